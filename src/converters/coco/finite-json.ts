import { decodeUtf8 } from '../../text/decode.js'
import type { TextPlace } from '../../text/json-place.js'
import { checkJson } from '../../text/json-value.js'

/** JSON text that can be written, and what of its source could not. */
export interface FiniteJson {
  readonly text: string
  /** The first NaN, Infinity or -Infinity; each of them is null in `text`. */
  readonly found: string | undefined
}

/**
 * The JSON text in bytes[start, end), as it is but for NaN and the infinities.
 * @throws AnnotationError `json-syntax`, `encoding`
 */
export function finiteJson(bytes: Uint8Array, start: number, end: number, place?: TextPlace): FiniteJson {
  const base = place?.base ?? 0
  const words: { readonly at: number; readonly token: string }[] = []
  const onNonFinite = (offset: number, token: string) => void words.push({ at: offset - base, token })
  checkJson(bytes, start, end, { nonFinite: 'accept', onNonFinite, place })
  let text = ''
  let from = start
  for (const { at, token } of words) {
    text += `${decodeUtf8(bytes, from, at)}null`
    from = at + token.length
  }
  return { text: text + decodeUtf8(bytes, from, end), found: words[0]?.token }
}
