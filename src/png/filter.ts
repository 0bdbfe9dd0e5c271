import { paeth } from './unfilter.js'

/** How rows are made easier to compress; `adaptive` takes the best of the five for each row. */
export type PngFilter = 'none' | 'up' | 'adaptive'

/**
 * The rows of `lines` (each `rowBytes` long), filtered, each with the byte before it that names its filter.
 * Rule: ISO/IEC 15948, 9.2; `adaptive` by the least sum of absolute differences (12.7).
 */
export function filterLines(
  lines: Uint8Array,
  rowBytes: number,
  rows: number,
  pixelBytes: number,
  filter: PngFilter,
): Uint8Array {
  const filtered = new Uint8Array((rowBytes + 1) * rows)
  if (filter === 'up') filterUp(lines, rowBytes, rows, filtered)
  else if (filter === 'none') {
    for (let row = 0; row < rows; row++) {
      filtered.set(lines.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1)
    }
  } else filterAdaptively(lines, rowBytes, rows, pixelBytes, filtered)
  return filtered
}

/**
 * Each row minus the one above. In a label map nearly all bytes are equal to those above, and `filtered` is zero already:
 * sixteen bytes that all are cost four comparisons. DataView reads words at any offset, which rows with a byte between
 * them need.
 */
function filterUp(lines: Uint8Array, rowBytes: number, rows: number, filtered: Uint8Array): void {
  const words = new DataView(lines.buffer, lines.byteOffset, lines.byteLength)
  const blocks = rowBytes & ~15
  filtered[0] = 2
  filtered.set(lines.subarray(0, rowBytes), 1)
  for (let row = 1; row < rows; row++) {
    const from = row * rowBytes
    const above = from - rowBytes
    const to = row * (rowBytes + 1) + 1
    filtered[to - 1] = 2
    for (let i = 0; i < blocks; i += 16) {
      const a = from + i
      const b = above + i
      const change =
        (words.getInt32(a, true) ^ words.getInt32(b, true)) |
        (words.getInt32(a + 4, true) ^ words.getInt32(b + 4, true)) |
        (words.getInt32(a + 8, true) ^ words.getInt32(b + 8, true)) |
        (words.getInt32(a + 12, true) ^ words.getInt32(b + 12, true))
      if (change === 0) continue
      for (let k = 0; k < 16; k++) filtered[to + i + k] = (lines[a + k] as number) - (lines[b + k] as number)
    }
    for (let i = blocks; i < rowBytes; i++) {
      filtered[to + i] = (lines[from + i] as number) - (lines[above + i] as number)
    }
  }
}

function filterAdaptively(
  lines: Uint8Array,
  rowBytes: number,
  rows: number,
  pixelBytes: number,
  filtered: Uint8Array,
): void {
  let above: Uint8Array = new Uint8Array(rowBytes)
  const attempts = Array.from({ length: 5 }, () => new Uint8Array(rowBytes))
  for (let row = 0; row < rows; row++) {
    const line = lines.subarray(row * rowBytes, (row + 1) * rowBytes)
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (const [filter, attempt] of attempts.entries()) {
      filterLine(filter, line, above, pixelBytes, attempt)
      const sum = magnitude(attempt)
      if (sum < least) {
        least = sum
        best = filter
      }
    }
    const to = row * (rowBytes + 1)
    filtered[to] = best
    filtered.set(attempts[best] as Uint8Array, to + 1)
    above = line
  }
}

function filterLine(filter: number, line: Uint8Array, above: Uint8Array, pixelBytes: number, out: Uint8Array): void {
  for (let i = 0; i < line.length; i++) {
    const left = i < pixelBytes ? 0 : (line[i - pixelBytes] as number)
    const up = above[i] as number
    const corner = i < pixelBytes ? 0 : (above[i - pixelBytes] as number)
    out[i] = (line[i] as number) - predicted(filter, left, up, corner)
  }
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0
  if (filter === 1) return left
  if (filter === 2) return up
  return filter === 3 ? (left + up) >> 1 : paeth(left, up, corner)
}

/** The sum of the bytes as signed numbers without their sign. */
function magnitude(bytes: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] as number
    sum += byte < 128 ? byte : 256 - byte
  }
  return sum
}
