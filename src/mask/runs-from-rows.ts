import { type Above, aboveOf, addChanges, highBits, runsBetween, uniformRuns } from './pixel-bits.js'
import { Scratch } from './scratch.js'

const places = new Scratch()
const columnBits = new Scratch()

/** Canonical runs, column by column, of pixels given row by row; a pixel is foreground when its value exceeds `threshold`. */
export function runsFromRows(data: Uint8Array, width: number, height: number, threshold: number): Int32Array {
  const total = width * height
  const above = aboveOf(threshold)
  if (total === 0 || above === null) return uniformRuns(total, threshold)
  const bands = (height + 31) >> 5
  const blocks = (width + 31) >> 5
  const changes: ColumnChanges = {
    bands,
    bits: columnBits.zeros(bands * width),
    touched: new Uint8Array(bands * blocks),
    packed: new Int32Array(blocks),
  }
  let count = markColumnStarts(changes, data, width, height, threshold)
  const rowWords = blocks << 3
  // Rows that are not whole blocks of whole words are copied, a band and the row above it at a time.
  const direct = (width & 31) === 0 && (data.byteOffset & 3) === 0
  const copy = new Uint8Array(direct ? 0 : rowWords * 4 * Math.min(33, height))
  const words = direct ? new Int32Array(data.buffer, data.byteOffset, total >> 2) : new Int32Array(copy.buffer)
  for (let band = 0; band < bands; band++) {
    // The row above the first to be compared.
    const first = Math.max(0, band * 32 - 1)
    const last = Math.min(height, band * 32 + 32) - 1
    if (!direct) {
      for (let y = first; y <= last; y++) {
        copy.set(data.subarray(y * width, (y + 1) * width), (y - first) * (rowWords << 2))
      }
    }
    const start = direct ? first * rowWords : 0
    if (band === 0) packRow(changes, words, above)
    count += markBand(changes, words, start, first + 1, last, above)
  }
  return runsFromBits(changes, count, width, height)
}

/** Where pixels differ from the one before in column order, as rows are read that are each compared with the row above. */
interface ColumnChanges {
  /** How many words hold the pixels of a column. */
  readonly bands: number
  /** One bit a pixel, column by column, each of whole words: what is found row by row falls into order. */
  readonly bits: Int32Array
  /** 1 where the words of 32 columns by 32 rows may hold a change. */
  readonly touched: Uint8Array
  /** For each 32 columns the {@link interleaved} pixels of the row read last. */
  readonly packed: Int32Array
}

function packRow({ packed }: ColumnChanges, words: Int32Array, { addend, lower }: Above): void {
  for (let block = 0; block < packed.length; block++) packed[block] = interleaved(words, block << 3, addend, lower)
}

/**
 * Marks what the rows from `first` to `last`, of one band, change, and says how much. The words of the row above the first
 * begin at `start`. Block by block downward, so that each word is loaded once.
 */
function markBand(
  { bands, bits, touched, packed }: ColumnChanges,
  words: Int32Array,
  start: number,
  first: number,
  last: number,
  { addend, lower }: Above,
): number {
  const rowWords = packed.length << 3
  const band = last >> 5
  let count = 0
  for (let block = 0; block < packed.length; block++) {
    let i = start + (block << 3)
    let a = words[i] as number
    let b = words[i + 1] as number
    let c = words[i + 2] as number
    let d = words[i + 3] as number
    let e = words[i + 4] as number
    let f = words[i + 5] as number
    let g = words[i + 6] as number
    let h = words[i + 7] as number
    for (let y = first; y <= last; y++) {
      i += rowWords
      const a1 = words[i] as number
      const b1 = words[i + 1] as number
      const c1 = words[i + 2] as number
      const d1 = words[i + 3] as number
      const e1 = words[i + 4] as number
      const f1 = words[i + 5] as number
      const g1 = words[i + 6] as number
      const h1 = words[i + 7] as number
      if (((a ^ a1) | (b ^ b1) | (c ^ c1) | (d ^ d1) | (e ^ e1) | (f ^ f1) | (g ^ g1) | (h ^ h1)) === 0) continue
      a = a1
      b = b1
      c = c1
      d = d1
      e = e1
      f = f1
      g = g1
      h = h1
      // As `interleaved`, of words that are at hand.
      const pixels =
        (highBits(a, addend, lower) >>> 7) |
        (highBits(b, addend, lower) >>> 6) |
        (highBits(c, addend, lower) >>> 5) |
        (highBits(d, addend, lower) >>> 4) |
        (highBits(e, addend, lower) >>> 3) |
        (highBits(f, addend, lower) >>> 2) |
        (highBits(g, addend, lower) >>> 1) |
        highBits(h, addend, lower)
      let change = pixels ^ (packed[block] as number)
      packed[block] = pixels
      touched[block * bands + band] = 1
      const bit = 1 << (y & 31)
      while (change !== 0) {
        const place = 31 - Math.clz32(change & -change)
        const at = ((block << 5) + ((place & 7) << 2) + (place >> 3)) * bands + band
        bits[at] = (bits[at] as number) | bit
        count++
        change &= change - 1
      }
    }
  }
  return count
}

/** 32 pixels as bits out of order, which is cheaper: the bit 8 · k + w is pixel k of word w. */
function interleaved(words: Int32Array, i: number, addend: number, lower: number): number {
  let bits = 0
  for (let k = 0; k < 8; k++) bits |= (highBits(words[i + k] as number, addend, lower) >>> 7) << k
  return bits
}

/** Marks the heads of columns that differ from the foot of the column before (before the first: background). */
function markColumnStarts(
  { bands, bits, touched }: ColumnChanges,
  data: Uint8Array,
  width: number,
  height: number,
  threshold: number,
): number {
  const foot = (height - 1) * width
  let before = false
  let marks = 0
  for (let x = 0; x < width; x++) {
    if ((data[x] as number) > threshold !== before) {
      bits[x * bands] = 1
      touched[(x >> 5) * bands] = 1
      marks++
    }
    before = (data[foot + x] as number) > threshold
  }
  return marks
}

function runsFromBits(
  { bands, bits, touched }: ColumnChanges,
  count: number,
  width: number,
  height: number,
): Int32Array {
  const changes = places.take(count)
  const here = new Int32Array(bands)
  let used = 0
  for (let left = 0; left < width; left += 32) {
    const block = (left >> 5) * bands
    let found = 0
    for (let band = 0; band < bands; band++) if (touched[block + band] === 1) here[found++] = band
    const right = Math.min(width, left + 32)
    for (let x = left; x < right; x++) {
      for (let k = 0; k < found; k++) {
        const band = here[k] as number
        used = addChanges(changes, used, bits[x * bands + band] as number, x * height + (band << 5))
      }
    }
  }
  return runsBetween(changes, count, width * height)
}
