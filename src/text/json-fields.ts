import { AnnotationError } from '../errors.js'
import { stringAt } from './json-build.js'
import type { TextPlace } from './json-place.js'
import { skipSpace, skipString, skipValue } from './json-scan.js'
import { checkJson } from './json-value.js'

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'true' | 'false' | 'null' | 'non-finite' | 'invalid'

/** One field: its decoded key, the extent of its value, and where the key's opening quote is. Indexes into the bytes. */
export type FieldVisitor = (key: string, valueStart: number, valueEnd: number, keyStart: number) => void

/** One element: its index and its extent. */
export type ElementVisitor = (index: number, valueStart: number, valueEnd: number) => void

/**
 * Visits the fields of the object whose JSON text is `bytes[start, end)`, in order, repeated keys included, and returns how
 * many there are. Braces, keys, colons and commas of this object are checked strictly; a value is only delimited
 * (`valueStart` to `valueEnd`, no white space around it) and may be invalid inside.
 * @throws AnnotationError `json-syntax` or `encoding` with the offset of the first byte a strict parser refuses. Fields
 *   before it have been visited by then.
 */
export function scanFields(
  bytes: Uint8Array,
  start: number,
  end: number,
  visit: FieldVisitor,
  place?: TextPlace,
): number {
  let at = skipSpace(bytes, start, end)
  if (at >= end || bytes[at] !== 0x7b) throw refusal(bytes, start, end, place, at, 'an object')
  at = skipSpace(bytes, at + 1, end)
  let count = 0
  if (at < end && bytes[at] === 0x7d) at++
  else {
    for (;;) {
      const keyStart = at
      const keyEnd = at < end && bytes[at] === 0x22 ? skipString(bytes, at, end) : -1
      if (keyEnd < 0) throw refusal(bytes, start, end, place, at, 'a key in double quotes')
      const key = keyText(bytes, keyStart, keyEnd)
      if (key === undefined) throw refusal(bytes, start, end, place, at, 'a key in double quotes')
      at = skipSpace(bytes, keyEnd, end)
      if (at >= end || bytes[at] !== 0x3a) throw refusal(bytes, start, end, place, at, "':'")
      const valueStart = skipSpace(bytes, at + 1, end)
      const valueEnd = skipValue(bytes, valueStart, end)
      if (valueEnd <= valueStart) throw refusal(bytes, start, end, place, valueStart, 'a value')
      at = skipSpace(bytes, valueEnd, end)
      const next = at < end ? bytes[at] : 0
      if (next !== 0x2c && next !== 0x7d) throw refusal(bytes, start, end, place, at, "',' or '}'")
      count++
      visit(key, valueStart, valueEnd, keyStart)
      at++
      if (next === 0x7d) break
      at = skipSpace(bytes, at, end)
    }
  }
  at = skipSpace(bytes, at, end)
  if (at !== end) throw refusal(bytes, start, end, place, at, 'nothing more')
  return count
}

/**
 * Visits the elements of the array whose JSON text is `bytes[start, end)` and returns how many there are; checked as
 * strictly, and throwing as, {@link scanFields}.
 */
export function scanElements(
  bytes: Uint8Array,
  start: number,
  end: number,
  visit: ElementVisitor,
  place?: TextPlace,
): number {
  let at = skipSpace(bytes, start, end)
  if (at >= end || bytes[at] !== 0x5b) throw refusal(bytes, start, end, place, at, 'an array')
  at = skipSpace(bytes, at + 1, end)
  let count = 0
  if (at < end && bytes[at] === 0x5d) at++
  else {
    for (;;) {
      const valueEnd = skipValue(bytes, at, end)
      if (valueEnd <= at) throw refusal(bytes, start, end, place, at, 'a value')
      const valueStart = at
      at = skipSpace(bytes, valueEnd, end)
      const next = at < end ? bytes[at] : 0
      if (next !== 0x2c && next !== 0x5d) throw refusal(bytes, start, end, place, at, "',' or ']'")
      visit(count++, valueStart, valueEnd)
      at++
      if (next === 0x5d) break
      at = skipSpace(bytes, at, end)
    }
  }
  at = skipSpace(bytes, at, end)
  if (at !== end) throw refusal(bytes, start, end, place, at, 'nothing more')
  return count
}

const SINGLE: Readonly<Record<number, JsonKind>> = { 123: 'object', 91: 'array', 34: 'string', 45: 'number' }

/** What kind of value starts at `start`, by its first characters; a number or string may still be malformed further on. */
export function jsonKindAt(bytes: Uint8Array, start: number): JsonKind {
  const byte = bytes[start]
  if (byte === undefined) return 'invalid'
  if (byte >= 0x30 && byte <= 0x39) return 'number'
  if (byte === 0x2d && bytes[start + 1] === 0x49) return hasWord(bytes, start, '-Infinity') ? 'non-finite' : 'invalid'
  const single = SINGLE[byte]
  if (single !== undefined) return single
  if (hasWord(bytes, start, 'true')) return 'true'
  if (hasWord(bytes, start, 'false')) return 'false'
  if (hasWord(bytes, start, 'null')) return 'null'
  return hasWord(bytes, start, 'NaN') || hasWord(bytes, start, 'Infinity') ? 'non-finite' : 'invalid'
}

function hasWord(bytes: Uint8Array, start: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[start + i] !== word.charCodeAt(i)) return false
  return true
}

// Keys repeat for every object of a file: the string is looked up by its bytes instead of being decoded each time. The table
// is overwritten, never grown.
const INTERNED = 512
const keys: (string | undefined)[] = new Array(INTERNED).fill(undefined)

/** The text of the key whose literal, quotes included, is `bytes[start, end)`; `undefined` when it is malformed. */
export function keyText(bytes: Uint8Array, start: number, end: number): string | undefined {
  const length = end - start - 2
  if (length > 40) return decodedKey(bytes, start, end)
  let hash = length
  for (let at = start + 1; at < end - 1; at++) {
    const byte = bytes[at] as number
    if (byte < 0x20 || byte >= 0x80 || byte === 0x5c) return decodedKey(bytes, start, end)
    hash = (Math.imul(hash, 31) + byte) | 0
  }
  const slot = (hash ^ (hash >>> 9)) & (INTERNED - 1)
  const known = keys[slot]
  if (known !== undefined && known.length === length) {
    let index = 0
    while (index < length && known.charCodeAt(index) === bytes[start + 1 + index]) index++
    if (index === length) return known
  }
  const text = stringAt(bytes, start, end)
  keys[slot] = text
  return text
}

function decodedKey(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    checkJson(bytes, start, end)
    return stringAt(bytes, start, end)
  } catch {
    return undefined
  }
}

// The strict reader knows the first bad byte and its sentence. It finds none only when the text is valid but of another kind.
function refusal(
  bytes: Uint8Array,
  start: number,
  end: number,
  place: TextPlace | undefined,
  at: number,
  expected: string,
): AnnotationError {
  try {
    checkJson(bytes, start, end, { nonFinite: 'accept', place })
  } catch (error) {
    if (error instanceof AnnotationError) return error
    throw error
  }
  return new AnnotationError('json-syntax', 'not the expected JSON', {
    place: { file: place?.file, offset: (place?.base ?? 0) + at },
    expected,
    got: jsonKindAt(bytes, at),
  })
}
