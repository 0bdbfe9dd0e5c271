import { type Above, aboveOf, addChanges, highBits, runsBetween, uniformRuns } from './pixel-bits.js'
import { Scratch } from './scratch.js'

const places = new Scratch()

/** Canonical runs of pixels given column by column; a pixel is foreground when its value exceeds `threshold`. */
export function runsFromColumns(data: Uint8Array, total: number, threshold: number): Int32Array {
  const above = aboveOf(threshold)
  if (above === null) return uniformRuns(total, threshold)
  // A copy by the constructor: `slice` of a Node Buffer is a view, as misaligned as the original.
  const aligned = (data.byteOffset & 3) === 0 ? data : new Uint8Array(data)
  const rest = total & 31
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, (total - rest) >> 2)
  const found = changesInColumns(words, above)
  const { changes } = found
  let used = found.count
  let foreground = found.isForeground
  for (let i = total - rest; i < total; i++) {
    if ((aligned[i] as number) > threshold === foreground) continue
    changes[used++] = i
    foreground = !foreground
  }
  return runsBetween(changes, used, total)
}

/** The places of changes among pixels in whole blocks of eight words, with room for 32 more, and the colour they end with. */
function changesInColumns(
  words: Int32Array,
  { addend, lower }: Above,
): { changes: Int32Array; count: number; isForeground: boolean } {
  let changes = places.take(1024)
  let count = 0
  // 1 when the pixel before is foreground.
  let before = 0
  let calm = 0
  for (let i = 0; i < words.length; i += 8) {
    if (isEightTimes(words, i, calm)) continue
    const pixels = eightWords(words, i, addend, lower)
    // For this block and for what is left in the end.
    if (count + 64 > changes.length) changes = places.grow(changes, count, count + 64)
    count = addChanges(changes, count, pixels ^ ((pixels << 1) | before), i << 2)
    before = pixels >>> 31
    // Words of nothing but the last byte seen hold no change.
    calm = Math.imul((words[i + 7] as number) >>> 24, 0x01010101)
  }
  return { changes, count, isForeground: before === 1 }
}

/** 32 pixels as bits, the first lowest. */
function eightWords(words: Int32Array, i: number, addend: number, lower: number): number {
  let bits = 0
  for (let k = 0; k < 8; k++) {
    // The product brings the bits 0, 8, 16 and 24 next to each other.
    const four = Math.imul(highBits(words[i + k] as number, addend, lower) >>> 7, 0x10204080) >>> 28
    bits |= four << (k << 2)
  }
  return bits
}

function isEightTimes(words: Int32Array, i: number, word: number): boolean {
  const low =
    ((words[i] as number) ^ word) |
    ((words[i + 1] as number) ^ word) |
    ((words[i + 2] as number) ^ word) |
    ((words[i + 3] as number) ^ word)
  const high =
    ((words[i + 4] as number) ^ word) |
    ((words[i + 5] as number) ^ word) |
    ((words[i + 6] as number) ^ word) |
    ((words[i + 7] as number) ^ word)
  return (low | high) === 0
}
