import type { Bounds } from '../geometry/bounds.js'
import { foregroundBounds } from './runs.js'

// Between runs and one byte a pixel. Words of four bytes carry the loops; rows and columns of pixels that do not
// change cost a quarter of a comparison a pixel or nothing.

/** Canonical runs of pixels given column by column; a pixel is foreground when its value exceeds `threshold`. */
export function runsFromColumns(data: Uint8Array, total: number, threshold: number): Int32Array {
  // A copy by the constructor: `slice` of a Node Buffer is a view, as misaligned as the original.
  const aligned = (data.byteOffset & 3) === 0 ? data : new Uint8Array(data)
  const words = new Int32Array(aligned.buffer, aligned.byteOffset, total >> 2)
  let runs = new Int32Array(256)
  let used = 0
  let last = 0
  let foreground = false
  let i = 0
  while (i < total) {
    if ((i & 3) === 0) {
      // Four equal bytes are repeated as a word; whole words of the byte just seen cannot hold a change.
      const same = i === 0 ? 0 : Math.imul(aligned[i - 1] as number, 0x01010101)
      let word = i >> 2
      const usable = i > 0 || threshold >= 0
      if (usable) while (word < words.length && (words[word] as number) === same) word++
      i = word << 2
      if (i >= total) break
    }
    const value = (aligned[i] as number) > threshold
    if (value !== foreground) {
      if (used + 2 > runs.length) {
        const larger = new Int32Array(runs.length * 2)
        larger.set(runs)
        runs = larger
      }
      runs[used++] = i - last
      last = i
      foreground = value
    }
    i++
  }
  if (total > last || used === 0) runs[used++] = total - last
  return runs.slice(0, used)
}

/** Canonical runs, column by column, of pixels given row by row; a pixel is foreground when its value exceeds `threshold`. */
export function runsFromRows(data: Uint8Array, width: number, height: number, threshold: number): Int32Array {
  const total = width * height
  if (total === 0) return new Int32Array(1)
  // Rows are compared with the row above, in words; copies into padded rows make any width and offset aligned.
  const stride = (width + 3) & ~3
  let above = new Uint8Array(stride)
  let row = new Uint8Array(stride)
  let aboveWords = new Int32Array(above.buffer)
  let rowWords = new Int32Array(row.buffer)
  const perColumn = new Int32Array(width + 1)
  let changes = new Int32Array(1024)
  let used = 0
  above.set(data.subarray(0, width))
  for (let y = 1; y < height; y++) {
    row.set(data.subarray(y * width, (y + 1) * width))
    if (used + width > changes.length) {
      const larger = new Int32Array(Math.max(changes.length * 2, used + width))
      larger.set(changes)
      changes = larger
    }
    for (let word = 0; word < rowWords.length; word++) {
      // Eight words a test: most of a row is like the row above.
      while ((word & 7) === 0 && word + 8 <= rowWords.length && sameEight(rowWords, aboveWords, word)) word += 8
      if (word >= rowWords.length || rowWords[word] === aboveWords[word]) continue
      const end = Math.min(width, (word << 2) + 4)
      for (let x = word << 2; x < end; x++) {
        if ((row[x] as number) > threshold !== (above[x] as number) > threshold) {
          changes[used++] = x * height + y
          perColumn[x] = (perColumn[x] as number) + 1
        }
      }
    }
    const bytes = above
    above = row
    row = bytes
    const wordsOf = aboveWords
    aboveWords = rowWords
    rowWords = wordsOf
  }
  return runsFromChanges(changes, used, perColumn, columnStarts(data, width, height, threshold), height)
}

function sameEight(a: Int32Array, b: Int32Array, i: number): boolean {
  const low =
    ((a[i] as number) ^ (b[i] as number)) |
    ((a[i + 1] as number) ^ (b[i + 1] as number)) |
    ((a[i + 2] as number) ^ (b[i + 2] as number)) |
    ((a[i + 3] as number) ^ (b[i + 3] as number))
  const high =
    ((a[i + 4] as number) ^ (b[i + 4] as number)) |
    ((a[i + 5] as number) ^ (b[i + 5] as number)) |
    ((a[i + 6] as number) ^ (b[i + 6] as number)) |
    ((a[i + 7] as number) ^ (b[i + 7] as number))
  return (low | high) === 0
}

/** 1 where the first pixel of a column differs from the pixel before it in column order (before the first: background). */
function columnStarts(data: Uint8Array, width: number, height: number, threshold: number): Uint8Array {
  const starts = new Uint8Array(width)
  const foot = (height - 1) * width
  let before = false
  for (let x = 0; x < width; x++) {
    if ((data[x] as number) > threshold !== before) starts[x] = 1
    before = (data[foot + x] as number) > threshold
  }
  return starts
}

/** Puts changes, ordered by row, in column order (a counting sort) and takes the differences. */
export function runsFromChanges(
  changes: Int32Array,
  count: number,
  perColumn: Int32Array,
  starts: Uint8Array,
  height: number,
): Int32Array {
  const width = starts.length
  const next = new Int32Array(width)
  let all = 0
  for (let x = 0; x < width; x++) {
    next[x] = all + (starts[x] as number)
    all += (starts[x] as number) + (perColumn[x] as number)
  }
  const sorted = new Int32Array(all + 1)
  for (let x = 0; x < width; x++) if (starts[x] === 1) sorted[(next[x] as number) - 1] = x * height
  for (let i = 0; i < count; i++) {
    const change = changes[i] as number
    const x = (change / height) | 0
    const at = next[x] as number
    sorted[at] = change
    next[x] = at + 1
  }
  sorted[all] = width * height
  for (let i = all; i > 0; i--) sorted[i] = (sorted[i] as number) - (sorted[i - 1] as number)
  return sorted
}

/** One byte a pixel, 0 or `foreground`, column by column. */
export function columnsFromRuns(runs: Int32Array, total: number, foreground: number): Uint8Array {
  const data = new Uint8Array(total)
  let position = 0
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const start = position + (runs[i] as number)
    position = start + (runs[i + 1] as number)
    // The call of `fill` costs as much as about 24 stores.
    if (position - start > 24) data.fill(foreground, start, position)
    else for (let k = start; k < position; k++) data[k] = foreground
  }
  return data
}

/** One byte a pixel, 0 or `foreground`, row by row. */
export function rowsFromRuns(runs: Int32Array, width: number, height: number, foreground: number): Uint8Array {
  const stride = (width + 3) & ~3
  const padded = new Uint8Array(stride * height)
  const bounds = foregroundBounds(runs, height)
  if (bounds !== null) {
    markChanges(runs, padded, stride, height, foreground)
    sweep(new Int32Array(padded.buffer), stride >> 2, height, bounds)
  }
  if (stride === width) return padded
  const data = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) data.set(padded.subarray(y * stride, y * stride + width), y * width)
  return data
}

/** Makes each row the row above with its marks flipped, inside the box and in the row below it, where the last runs end. */
function sweep(words: Int32Array, rowWords: number, height: number, bounds: Bounds): void {
  const first = bounds.left >> 2
  const last = (bounds.right - 1) >> 2
  const end = Math.min(bounds.bottom, height - 1)
  for (let y = bounds.top + 1; y <= end; y++) {
    const row = y * rowWords
    for (let i = row + first; i <= row + last; i++) words[i] = (words[i] as number) ^ (words[i - rowWords] as number)
  }
}

/** Marks each pixel that differs from the one above it; above the first row everything is background. */
function markChanges(runs: Int32Array, padded: Uint8Array, stride: number, height: number, sign: number): void {
  let position = 0
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const start = position + (runs[i] as number)
    position = start + (runs[i + 1] as number)
    const first = (start / height) | 0
    const end = (position / height) | 0
    const mark = (start - first * height) * stride + first
    padded[mark] = sign
    for (let x = first + 1; x < end; x++) padded[x] = sign
    const rest = position - end * height
    if (rest > 0) {
      if (end > first) padded[end] = sign
      padded[rest * stride + end] = sign
    }
  }
}
