import type { Bounds } from '../geometry/bounds.js'
import { foregroundBounds } from './runs.js'
import { transposedWithin } from './transpose.js'

// From runs to one byte a pixel, 0 or `foreground`, in an array of zeros.

/** Column by column. */
export function fillColumns(data: Uint8Array, runs: Int32Array, foreground: number): void {
  let position = 0
  for (let i = 0; i + 1 < runs.length; i += 2) {
    const start = position + (runs[i] as number)
    position = start + (runs[i + 1] as number)
    // The call of `fill` costs as much as about 24 stores.
    if (position - start > 24) data.fill(foreground, start, position)
    else for (let k = start; k < position; k++) data[k] = foreground
  }
}

/** What a run more costs when runs are turned, so many pixels cost when they are swept. */
const PIXELS_A_RUN = 96

/** Row by row. */
export function fillRows(data: Uint8Array, runs: Int32Array, width: number, height: number, foreground: number): void {
  const few = data.length / PIXELS_A_RUN
  const turned = runs.length < few ? transposedWithin(runs, width, height, few) : null
  if (turned !== null) {
    fillColumns(data, turned, foreground)
    return
  }
  const bounds = foregroundBounds(runs, height)
  if (bounds === null) return
  const stride = (width + 3) & ~3
  const direct = stride === width && (data.byteOffset & 3) === 0
  const padded = direct ? data : new Uint8Array(stride * height)
  markChanges(runs, padded, stride, height, foreground)
  sweep(new Int32Array(padded.buffer, padded.byteOffset, padded.length >> 2), stride >> 2, height, bounds)
  if (direct) return
  for (let y = 0; y < height; y++) data.set(padded.subarray(y * stride, y * stride + width), y * width)
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
