import { decodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanFields } from '../../text/json-fields.js'

/** The text of a value deep in the objects of `bytes[start, end)`; undefined where a name on the way is missing. */
export function textAt(bytes: Uint8Array, start: number, end: number, names: readonly string[]): string | undefined {
  const [name, ...rest] = names
  if (name === undefined) return decodeUtf8(bytes, start, end)
  if (jsonKindAt(bytes, start) !== 'object') return undefined
  let extent: readonly [number, number] | undefined
  scanFields(bytes, start, end, (key, from, to) => {
    if (key === name) extent = [from, to]
  })
  return extent === undefined ? undefined : textAt(bytes, extent[0], extent[1], rest)
}
