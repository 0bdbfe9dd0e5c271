import type { Account } from '../../dataset/account.js'
import { encodeUtf8 } from '../../text/decode.js'
import { parseJson } from '../../text/json-value.js'
import type { DocumentIndex } from './document-index.js'

/**
 * The root fields of a document but the three arrays, checked to be JSON; NaN and Infinity become null and are reported.
 * @throws AnnotationError `json-syntax`
 */
export function checkRootFields(index: DocumentIndex, file: string, account: Account): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const [key, text] of index.fields) {
    const bytes = encodeUtf8(text)
    let found: string | undefined
    const value = parseJson(bytes, 0, bytes.length, {
      nonFinite: 'accept',
      onNonFinite: (_, token) => {
        found ??= token
      },
    })
    if (found === undefined) fields.set(key, text)
    else {
      const place = { file, pointer: `/${key}` }
      account.problem({
        code: 'json-non-finite',
        message: `${found} is no JSON number; it is left out`,
        place,
        lossy: true,
      })
      account.field({ level: 'header', effect: 'dropped', subject: key, reason: 'not a number', place })
      fields.set(key, JSON.stringify(value))
    }
  }
  return fields
}
