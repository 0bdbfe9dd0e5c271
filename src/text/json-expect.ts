import { AnnotationError, type Place } from '../errors.js'

/** What a strict reader of JSON waits for. */
export const Expect = {
  start: 0,
  arrayStart: 1,
  element: 2,
  objectStart: 3,
  key: 4,
  colon: 5,
  fieldValue: 6,
  after: 7,
  string: 8,
  escape: 9,
  hex: 10,
  word: 11,
  minus: 12,
  zero: 13,
  integer: 14,
  point: 15,
  fraction: 16,
  power: 17,
  powerSign: 18,
  powerDigits: 19,
} as const

// Where the reader is, for the sentence, and what may come there, by the numbers of Expect.
const SENTENCES: readonly (readonly [where: string, expected: string])[] = [
  ['at the start', 'a JSON value'],
  ["after '['", "a value or ']'"],
  ['after a comma', 'a value'],
  ["after '{'", "a key in double quotes or '}'"],
  ['after a comma', 'a key in double quotes'],
  ['after a key', "':'"],
  ['after a colon', 'a value'],
  ['after a value', "',' or a closing bracket"],
  ['in a string', 'an escape such as \\n, or the closing quote'],
  ['after a backslash', 'one of " \\ / b f n r t u'],
  ['in a \\u escape', 'four hexadecimal digits'],
  ['in a word', 'true, false or null'],
  ['after a minus sign', 'a digit'],
  ['after a leading zero', 'no more digits'],
  ['in a number', 'a digit'],
  ['after a decimal point', 'a digit'],
  ['in a number', 'a digit'],
  ['in an exponent', 'a digit'],
  ['in an exponent', 'a digit'],
  ['in an exponent', 'a digit'],
]

/** The bracket a reader is inside, if any. */
export type Inside = 'object' | 'array' | 'nothing'

/** The error for a byte (`undefined`: the end) that cannot be where `expect` is expected. */
export function unexpectedByte(
  byte: number | undefined,
  expect: number,
  inside: Inside,
  word: string,
  place: Place,
): AnnotationError {
  let [where, expected] = SENTENCES[expect] as readonly [string, string]
  if (expect === Expect.after) {
    if (inside === 'nothing') [where, expected] = ['after the end of the document', 'nothing more']
    else expected = inside === 'object' ? "',' or '}'" : "',' or ']'"
  } else if (expect === Expect.string && byte === undefined) expected = 'the closing quote'
  else if (expect === Expect.word) expected = word
  const got = byte === undefined ? 'the end of the text' : nameOf(byte)
  const nonFinite = (byte === 0x4e || byte === 0x49) && /value|digit/.test(expected)
  return new AnnotationError('json-syntax', `unexpected ${byte === undefined ? 'end of the text' : got} ${where}`, {
    place,
    expected,
    got,
    fix: nonFinite ? 'Write null where a number is unknown: JSON has neither NaN nor Infinity.' : undefined,
  })
}

/** The error for a byte (`undefined`: the end) that cannot go on the UTF-8 sequence at `place`. */
export function invalidUtf8(byte: number | undefined, place: Place): AnnotationError {
  return new AnnotationError('encoding', 'a string is not valid UTF-8', {
    place,
    expected: 'UTF-8 text',
    got: byte === undefined ? 'the end of the text' : nameOf(byte),
    fix: 'Save the file as UTF-8.',
  })
}

function nameOf(byte: number): string {
  const hex = byte.toString(16).toUpperCase()
  if (byte < 0x20 || byte === 0x7f) return `control character U+${hex.padStart(4, '0')}`
  return byte < 0x7f ? `'${String.fromCharCode(byte)}'` : `byte 0x${hex}`
}
