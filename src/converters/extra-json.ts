import type { Extra, ExtraFields } from '../dataset/extra.js'
import { type Id, integerId } from '../dataset/id.js'
import { decodeUtf8 } from '../text/decode.js'
import { jsonKindAt, scanElements, scanFields } from '../text/json-fields.js'
import { integerText } from '../text/json-number.js'
import { parseJson } from '../text/json-value.js'
import { jsonString } from '../text/json-write.js'

// How ids and foreign fields are written where a JSON format has a place for them. Numbers in foreign fields keep their
// text, so that a value beyond a double comes back as it was.

/** An integer id of any size as a bare JSON integer, a text as a JSON string. */
export function idText(id: Id): string {
  return id.kind === 'integer' ? id.text : jsonString(id.text)
}

/** The id in bytes[start, end), or undefined for what is neither an integer nor a string. */
export function idOf(bytes: Uint8Array, start: number, end: number): Id | undefined {
  const kind = jsonKindAt(bytes, start)
  if (kind === 'number') {
    const text = integerText(decodeUtf8(bytes, start, end))
    return text === undefined ? undefined : integerId(text)
  }
  const text = kind === 'string' ? parseJson(bytes, start, end) : undefined
  return typeof text === 'string' ? { text, kind: 'string' } : undefined
}

/**
 * Foreign fields as one JSON object by format id, on one line. `except` leaves out the format that is being written.
 * Undefined when nothing is left.
 */
export function extraText(extra: Extra | undefined, except?: string): string | undefined {
  if (extra === undefined) return undefined
  const members: string[] = []
  for (const [format, { keys, fields, form }] of extra) {
    if (format === except) continue // that format's own fields are written in their places
    const texts = [...fields].map(([key, text]) => `${jsonString(key)}:${text.replace(/[\r\n]/g, ' ')}`)
    const formText = form === undefined ? '' : `,"form":${jsonString(form)}`
    members.push(`${jsonString(format)}:{"keys":${JSON.stringify(keys)},"fields":{${texts.join(',')}}${formText}}`)
  }
  return members.length === 0 ? undefined : `{${members.join(',')}}`
}

/** What {@link extraText} wrote. Undefined when it is something else. @throws AnnotationError `json-syntax` */
export function parseExtra(bytes: Uint8Array, start: number, end: number): Map<string, ExtraFields> | undefined {
  if (jsonKindAt(bytes, start) !== 'object') return undefined
  const extra = new Map<string, ExtraFields>()
  let sound = true
  scanFields(bytes, start, end, (format, from, to) => {
    const fields = parseExtraFields(bytes, from, to)
    if (fields === undefined) sound = false
    else extra.set(format, fields)
  })
  return sound ? extra : undefined
}

function parseExtraFields(bytes: Uint8Array, start: number, end: number): ExtraFields | undefined {
  if (jsonKindAt(bytes, start) !== 'object') return undefined
  const keys: string[] = []
  const fields = new Map<string, string>()
  let form: string | undefined
  let sound = true
  scanFields(bytes, start, end, (name, from, to) => {
    const kind = jsonKindAt(bytes, from)
    if (name === 'keys' && kind === 'array')
      scanElements(bytes, from, to, (_, keyStart, keyEnd) => {
        keys.push(String(parseJson(bytes, keyStart, keyEnd)))
      })
    else if (name === 'fields' && kind === 'object')
      scanFields(bytes, from, to, (key, textStart, textEnd) => {
        parseJson(bytes, textStart, textEnd)
        fields.set(key, decodeUtf8(bytes, textStart, textEnd))
      })
    else if (name === 'form' && kind === 'string') form = String(parseJson(bytes, from, to))
    else sound = false
  })
  return sound ? { keys, fields, form } : undefined
}
