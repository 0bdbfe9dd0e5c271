// From one byte a pixel to runs, 32 pixels at a time: eight words that repeat cost a comparison; of others each pixel becomes
// a bit, four at a time, and the bits that change are picked one by one. The lowest byte of a word is the first pixel:
// typed arrays are little-endian wherever Node and browsers run.
const HIGH_BITS = 0x80808080 | 0
const LOW_BITS = 0x7f7f7f7f

/** What makes the highest bit of a byte say whether the byte exceeds a threshold. */
export interface Above {
  readonly addend: number
  /** All bits when the threshold lies in the lower half, so that every byte of the upper half passes; else none. */
  readonly lower: number
}

/** Null when every pixel is on one side of the threshold. */
export function aboveOf(threshold: number): Above | null {
  const floor = Math.floor(threshold)
  if (!(floor >= 0 && floor < 255)) return null
  const isLower = floor < 128
  return { addend: Math.imul(isLower ? 127 - floor : 255 - floor, 0x01010101), lower: isLower ? -1 : 0 }
}

/** The runs of pixels that are all on one side of the threshold. */
export function uniformRuns(total: number, threshold: number): Int32Array {
  return total > 0 && threshold < 0 ? Int32Array.of(0, total) : Int32Array.of(total)
}

/** The highest bits of the bytes that are foreground. */
export function highBits(word: number, addend: number, lower: number): number {
  const sum = (word & LOW_BITS) + addend
  return ((sum & word) | ((sum | word) & lower)) & HIGH_BITS
}

/** Appends the places of the bits that are set, counted from `at`. */
export function addChanges(changes: Int32Array, used: number, bits: number, at: number): number {
  let rest = bits
  while (rest !== 0) {
    changes[used++] = at + 31 - Math.clz32(rest & -rest)
    rest &= rest - 1
  }
  return used
}

/** The distances between changes, in ascending order, from the first pixel to the last. */
export function runsBetween(changes: Int32Array, count: number, total: number): Int32Array {
  const runs = new Int32Array(count + 1)
  let last = 0
  for (let i = 0; i < count; i++) {
    const at = changes[i] as number
    runs[i] = at - last
    last = at
  }
  runs[count] = total - last
  return runs
}
