// The check sum that ties a `raw` to its object: FNV-1a, 32 bit, over the bytes of the file. White space between tokens
// does not count, so that a program that only lays the JSON out anew breaks no sum.

/** The sum of nothing. */
export const SUM_START = 0x811c9dc5
const PRIME = 0x01000193
const SPACE = 0x20
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** `sum` carried on over the JSON text `bytes[start, end)`, which begins and ends outside strings; 0 to 2^32 - 1. */
export function addToSum(sum: number, bytes: Uint8Array, start: number, end: number): number {
  let hash = sum | 0
  let at = start
  while (at < end) {
    const byte = bytes[at++] as number
    if (byte <= SPACE) continue
    hash = Math.imul(hash ^ byte, PRIME)
    if (byte !== QUOTE) continue
    while (at < end) {
      const inner = bytes[at++] as number
      hash = Math.imul(hash ^ inner, PRIME)
      if (inner === QUOTE) break
      // Whatever is escaped does not end the string.
      if (inner === BACKSLASH && at < end) hash = Math.imul(hash ^ (bytes[at++] as number), PRIME)
    }
  }
  return hash >>> 0
}
