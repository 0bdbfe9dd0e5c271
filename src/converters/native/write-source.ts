import type { Extra, ExtraFields, Raw } from '../../dataset/extra.js'
import { decodeUtf8, encodeUtf8 } from '../../text/decode.js'
import { checkJson } from '../../text/json-value.js'
import { jsonString, type TextBuffer } from '../../text/json-write.js'
import { NATIVE } from './keys.js'

// Source texts (`raw`, the fields of `extra`) go into the file as the JSON they are. What is no JSON is written as a
// JSON string and marked as such, so that nothing is ever lost and every line stays valid.

const NEWLINE = 0x0a
const RETURN = 0x0d
const SPACE = 0x20

/** Appends `extra` and the foreign keys of an object that has at least one member already. */
export function appendExtra(buffer: TextBuffer, extra: Extra | undefined, known: ReadonlySet<string>): void {
  if (extra === undefined) return
  if (extra === lastExtra && known === lastKnown) {
    buffer.appendBytes(lastExtraText)
    return
  }
  const text = extraText(extra, known)
  const all = (text === undefined ? '' : `,"extra":${text}`) + foreignMembers(extra, known)
  buffer.append(all)
  for (const { fields } of extra.values()) if (fields.size > 0) return
  lastExtraText = encodeUtf8(all)
  lastExtra = extra
  lastKnown = known
}

// Readers share one extra between alike elements.
let lastExtra: Extra | undefined
let lastKnown: ReadonlySet<string> | undefined
let lastExtraText = new Uint8Array(0)

/**
 * Appends `raw` as the last member of its object, with the sum by which a reader knows whether anything of the object or of
 * the raw was changed.
 * @param sum that of the members of the object.
 */
export function appendRaw(buffer: TextBuffer, raw: Raw, sum: number): void {
  buffer.append(',"raw":')
  appendRawMembers(buffer, raw)
  buffer.append(`,"sum":${sum}}`)
}

/** Appends the raw of a stray, which has nothing to be compared with: it is the stray. */
export function appendStrayRaw(buffer: TextBuffer, raw: Raw): void {
  buffer.append(',"raw":')
  appendRawMembers(buffer, raw)
  buffer.append('}')
}

/** `{"format":…,"json":…`, with `text` in place of `json` for other UTF-8 and `bytes` for anything else. */
function appendRawMembers(buffer: TextBuffer, { format, bytes, json }: Raw): void {
  buffer.append(`{"format":${jsonString(format)},`)
  if (json === true || isJson(bytes)) {
    buffer.append('"json":')
    buffer.appendBytes(onOneLine(bytes))
    return
  }
  let text: string | undefined
  try {
    text = decodeUtf8(bytes, 0, bytes.length)
  } catch {
    // Against the promise of `Raw`, but a pivot has to carry what it is given.
  }
  buffer.append(text === undefined ? `"bytes":${jsonString(codeUnits(bytes))}` : `"text":${jsonString(text)}`)
}

/** One JSON value without white space around it, which a reader could not tell from that of the line. */
function isJson(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || (bytes[0] as number) <= SPACE || (bytes[bytes.length - 1] as number) <= SPACE) return false
  try {
    checkJson(bytes, 0, bytes.length)
    return true
  } catch {
    return false
  }
}

/** Line ends in JSON are white space, for they may not stand in strings: spaces do as well. */
function onOneLine(bytes: Uint8Array): Uint8Array {
  if (!bytes.includes(NEWLINE) && !bytes.includes(RETURN)) return bytes
  return bytes.map((byte) => (byte === NEWLINE || byte === RETURN ? SPACE : byte))
}

/** A character U+0000 to U+00FF for each byte. */
function codeUnits(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

// Most fields are plain numbers, words and names: no parser is needed to know that they are JSON.
const NUMBER = '-?(?:0|[1-9][0-9]{0,15})(?:\\.[0-9]{1,15})?'
const PLAIN = new RegExp(`^(?:${NUMBER}|"[\\w ./:-]*"|\\[(?:${NUMBER}(?:, ?${NUMBER})*)?\\]|null|true|false)$`)

function isJsonText(text: string): boolean {
  if (PLAIN.test(text)) return true
  // A text with lone surrogates has no UTF-8 form; a JSON string has escapes for them.
  return !/\p{Surrogate}/u.test(text) && isJson(encodeUtf8(text))
}

// The writer sees the same list of keys again and again, because readers share it between alike elements.
let lastKeys: readonly string[] | undefined
let lastKeysText = ''

function keysText(keys: readonly string[]): string {
  if (keys !== lastKeys) {
    lastKeysText = `[${keys.map(jsonString).join(',')}]`
    lastKeys = keys
  }
  return lastKeysText
}

/**
 * The text of an object's `extra`, or undefined when there is nothing to write.
 * Foreign keys of a native file are left to {@link foreignMembers}.
 */
export function extraText(extra: Extra | undefined, known: ReadonlySet<string>): string | undefined {
  if (extra === undefined) return undefined
  let text = ''
  let left = false
  for (const [format, fields] of extra) {
    if (format === NATIVE && isForeign(fields, known)) left = true
    else text += `${text === '' ? '' : ','}${jsonString(format)}:${fieldsText(fields)}`
  }
  return left && text === '' ? undefined : `{${text}}`
}

/** `,"key":value` for each foreign key that was met in this object of a native file. */
export function foreignMembers(extra: Extra | undefined, known: ReadonlySet<string>): string {
  const fields = extra?.get(NATIVE)
  if (fields === undefined || !isForeign(fields, known)) return ''
  let text = ''
  for (const [key, value] of fields.fields) text += `,${jsonString(key)}:${value.replace(/[\r\n]/g, ' ')}`
  return text
}

/** Whether these are what the native reader makes of foreign keys, so that it will make the same of them again. */
function isForeign({ keys, fields, form }: ExtraFields, known: ReadonlySet<string>): boolean {
  if (form !== undefined || fields.size === 0 || keys.length !== fields.size) return false
  let i = 0
  for (const [key, value] of fields) if (key !== keys[i++] || known.has(key) || !isJsonText(value)) return false
  return true
}

function oneLine(text: string): string {
  return text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, ' ') : text
}

function fieldsText({ keys, fields, form }: ExtraFields): string {
  let members = ''
  let texts = ''
  for (const [key, value] of fields) {
    const name = jsonString(key)
    const json = isJsonText(value)
    if (!json) texts += `${texts === '' ? '' : ','}${name}`
    members += `${members === '' ? '' : ','}${name}:${json ? oneLine(value) : jsonString(value)}`
  }
  let text = `{"keys":${keysText(keys)}`
  if (members !== '') text += `,"fields":{${members}}`
  if (texts !== '') text += `,"texts":[${texts}]`
  if (form !== undefined) text += `,"form":${jsonString(form)}`
  return `${text}}`
}
