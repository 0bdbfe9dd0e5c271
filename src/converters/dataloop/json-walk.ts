import { keyText } from '../../text/json-fields.js'
import { skipSpace, skipString, skipValue, startsToken } from '../../text/json-scan.js'

/** Sees a value before its end is known, by the index of its first byte; false: nothing more is wanted. */
export type FieldGlance = (key: string, start: number) => boolean
export type ElementGlance = (start: number) => boolean

/**
 * Visits the fields of the object that begins at `at` as far as the bytes go: a text that is cut short or broken ends the
 * visit, the value it ends in included. True when the object was seen up to its end.
 */
export function walkFields(bytes: Uint8Array, at: number, glance: FieldGlance): boolean {
  if (bytes[at] !== 0x7b) return false
  return walk(bytes, at, 0x7d, (start) => {
    const keyEnd = bytes[start] === 0x22 ? skipString(bytes, start, bytes.length) : -1
    const key = keyEnd < 0 ? undefined : keyText(bytes, start, keyEnd)
    const colon = skipSpace(bytes, keyEnd, bytes.length)
    if (key === undefined || bytes[colon] !== 0x3a) return -1
    const value = skipSpace(bytes, colon + 1, bytes.length)
    return value < bytes.length && glance(key, value) ? value : -1
  })
}

/** Visits the elements of the array that begins at `at` as {@link walkFields} does fields. */
export function walkElements(bytes: Uint8Array, at: number, glance: ElementGlance): boolean {
  if (bytes[at] !== 0x5b) return false
  return walk(bytes, at, 0x5d, (start) => (glance(start) ? start : -1))
}

/** `valueIn`: where the value of the member at an index begins, or −1 to stop. */
function walk(bytes: Uint8Array, at: number, closing: number, valueIn: (at: number) => number): boolean {
  const { length } = bytes
  at = skipSpace(bytes, at + 1, length)
  if (bytes[at] === closing) return true
  while (at < length) {
    const value = valueIn(at)
    if (value < 0) return false
    const end = skipValue(bytes, value, length)
    // A number or word that touches the end may go on after it.
    if (end <= value || (end === length && startsToken(bytes[value] as number))) return false
    at = skipSpace(bytes, end, length)
    if (bytes[at] === closing) return true
    if (bytes[at] !== 0x2c) return false
    at = skipSpace(bytes, at + 1, length)
  }
  return false
}
