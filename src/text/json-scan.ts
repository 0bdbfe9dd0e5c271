// Finds where JSON values end without looking at what is in them: four bytes at a time where nothing can happen.
// Measured on a 45 MB COCO file: about twice the speed of a table look-up a byte.

/** The value goes on after `end`. */
export const UNFINISHED = -1
/** A `]` closes a `{` or the other way round. */
export const MISMATCH = -2

// Kinds of bytes outside strings.
const OPEN = 1
const CLOSE = 2
const QUOTE = 3
const CLASS = new Uint8Array(256)
CLASS[0x5b] = CLASS[0x7b] = OPEN
CLASS[0x5d] = CLASS[0x7d] = CLOSE
CLASS[0x22] = QUOTE

// Letters, digits, `+`, `-` and `.`: what a number, true, false, null or NaN consists of.
const TOKEN = new Uint8Array(256)
for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.')
  TOKEN[letter.charCodeAt(0)] = 1

/** Larger arrays are scanned a byte at a time, so that the one remembered view never holds on to a large file. */
const LARGEST_VIEW = 64 * 1024 * 1024
const NOTHING = new Uint8Array(0)
const NO_WORDS = new Int32Array(0)

// The aligned words of the array seen last: scanning happens field by field in one window, and a view a field would cost
// more than the scan. `shift` is how far the array starts into its first word.
let viewed: Uint8Array = NOTHING
let words: Int32Array = NO_WORDS
let shift = 0

function view(bytes: Uint8Array): void {
  viewed = bytes
  if (bytes.length > LARGEST_VIEW) {
    words = NO_WORDS
    shift = 0
    return
  }
  shift = bytes.byteOffset & 3
  words = new Int32Array(bytes.buffer, bytes.byteOffset - shift, (shift + bytes.length) >> 2)
}

/** True for the first byte of a number, true, false, null, NaN or Infinity, as far as {@link skipToken} is concerned. */
export function startsToken(byte: number): boolean {
  return TOKEN[byte] === 1
}

/** True for the four characters JSON calls white space. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

/** Index of the first byte at or after `at` that is no JSON white space, at most `end`. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end) {
    const byte = bytes[at] as number
    if (byte > 0x20 || (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09)) break
    at++
  }
  return at
}

/** Index just past a number or word that starts at `at`; `end` when it may go on. */
export function skipToken(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && TOKEN[bytes[at] as number] === 1) at++
  return at
}

/** Index just past the closing quote of a string whose opening quote is at `at`, or {@link UNFINISHED}. */
export function skipString(bytes: Uint8Array, at: number, end: number): number {
  if (bytes !== viewed) view(bytes)
  return stringEnd(bytes, at + 1, end)
}

// `at` is inside the string, not after a backslash.
function stringEnd(bytes: Uint8Array, at: number, end: number): number {
  const wide = words
  const lead = shift
  const last = wide === NO_WORDS ? 0 : (end + lead) >> 2
  while (at < end) {
    const byte = bytes[at] as number
    if (byte === 0x22) return at + 1
    if (byte === 0x5c) {
      at += 2
      continue
    }
    at++
    if (((at + lead) & 3) !== 0) continue
    let word = (at + lead) >> 2
    if (word >= last) continue
    for (; word < last; word++) {
      // A byte of `quote` or `slash` is zero where the word has that character (zero-byte test of Mycroft).
      const four = wide[word] as number
      const quote = four ^ 0x22222222
      const slash = four ^ 0x5c5c5c5c
      if ((((quote - 0x01010101) & ~quote) | ((slash - 0x01010101) & ~slash)) & 0x80808080) break
    }
    at = word * 4 - lead
  }
  return UNFINISHED
}

/**
 * Index just past the bracket that closes the object or array opening at `at`, {@link UNFINISHED} or {@link MISMATCH}.
 * Kinds of brackets are compared down to 31 levels; deeper ones only count.
 */
export function skipContainer(bytes: Uint8Array, at: number, end: number): number {
  if (bytes !== viewed) view(bytes)
  const wide = words
  const lead = shift
  const last = wide === NO_WORDS ? 0 : (end + lead) >> 2
  let depth = 0
  let kinds = 0
  while (at < end) {
    const byte = bytes[at] as number
    switch (CLASS[byte]) {
      case OPEN:
        if (depth < 31) kinds = (kinds << 1) | ((byte >> 5) & 1)
        depth++
        at++
        break
      case CLOSE:
        at++
        depth--
        if (depth < 31) {
          if ((kinds & 1) !== ((byte >> 5) & 1)) return MISMATCH
          kinds >>>= 1
        }
        if (depth === 0) return at
        break
      case QUOTE:
        at = stringEnd(bytes, at + 1, end)
        if (at < 0) return UNFINISHED
        break
      default: {
        at++
        if (((at + lead) & 3) !== 0) break
        let word = (at + lead) >> 2
        if (word >= last) break
        for (; word < last; word++) {
          // Brackets and letters have bit 6; the only other byte that matters is the quote.
          const four = wide[word] as number
          const quote = four ^ 0x22222222
          if ((four & 0x40404040) | ((quote - 0x01010101) & ~quote & 0x80808080)) break
        }
        at = word * 4 - lead
      }
    }
  }
  return UNFINISHED
}

/**
 * Index just past the value that starts at `at` (no white space before it), {@link UNFINISHED} or {@link MISMATCH};
 * `at` itself when no value can start there. A number or word that reaches `end` ends there.
 */
export function skipValue(bytes: Uint8Array, at: number, end: number): number {
  const byte = at < end ? (bytes[at] as number) : 0
  if (byte === 0x22) return skipString(bytes, at, end)
  if (CLASS[byte] === OPEN) return skipContainer(bytes, at, end)
  return skipToken(bytes, at, end)
}
