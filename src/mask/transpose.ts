import { Scratch } from './scratch.js'

const changePixels = new Scratch()
const changePlaces = new Scratch()

/**
 * Canonical runs that go along lines, as the canonical runs of the same pixels that go across them: runs column by
 * column become runs row by row, and the other way round. Costs the length of a line, the lines
 * with foreground, runs, and the length of the outline along the lines.
 * @param lines How many lines the runs go along (columns for column-major runs). @param length Pixels in a line.
 */
export function transposeRuns(runs: Int32Array, lines: number, length: number): Int32Array {
  return transposedWithin(runs, lines, length, Number.POSITIVE_INFINITY) as Int32Array
}

/** As {@link transposeRuns}, or null when the outline along the lines is longer than `most` pixels. */
export function transposedWithin(runs: Int32Array, lines: number, length: number, most: number): Int32Array | null {
  const total = lines * length
  if (total === 0 || runs.length < 2) return Int32Array.of(total)
  // A pixel that differs from its neighbour on the line before starts a run across the lines.
  const across = new Int32Array(length + 1)
  let pixels = changePixels.take(runs.length * 2 + 64)
  let places = changePlaces.take(runs.length * 2 + 64)
  let used = 0
  const first = new Uint8Array(length)
  const last = new Uint8Array(length)
  const reader = new LineReader(runs, length)
  const firstLine = Math.floor((runs[0] as number) / length)
  let before = new Int32Array(16)
  let beforeCount = 0
  let now = new Int32Array(16)
  for (let line = firstLine; line < lines && (beforeCount > 0 || !reader.isDone); line++) {
    now = reader.next(now)
    const nowCount = reader.count
    if (line === 0) fillBetween(first, now, nowCount)
    else {
      let i = 0
      let j = 0
      // Borders of either line in order; every second one ends a stretch where the lines differ. Equal ones undo each other.
      let start = -1
      while (i < beforeCount || j < nowCount) {
        const a = i < beforeCount ? (before[i] as number) : length + 1
        const b = j < nowCount ? (now[j] as number) : length + 1
        const at = a < b ? a : b
        if (a === at) i++
        if (b === at) j++
        if (a === b) continue
        if (start < 0) {
          start = at
          continue
        }
        const needed = used + at - start
        if (needed > most) return null
        if (needed > pixels.length || needed > places.length) {
          pixels = changePixels.grow(pixels, used, needed)
          places = changePlaces.grow(places, used, needed)
        }
        for (let p = start; p < at; p++) {
          pixels[used] = p
          places[used++] = p * lines + line
          across[p] = (across[p] as number) + 1
        }
        start = -1
      }
    }
    if (line === lines - 1) fillBetween(last, now, nowCount)
    const spare = before
    before = now
    beforeCount = nowCount
    now = spare
  }
  const starts = new Uint8Array(length)
  for (let p = 0; p < length; p++) starts[p] = first[p] === (p === 0 ? 0 : last[p - 1]) ? 0 : 1
  return sortedRuns(pixels, places, used, across, starts, lines)
}

function fillBetween(line: Uint8Array, borders: Int32Array, count: number): void {
  for (let i = 0; i + 1 < count; i += 2) line.fill(1, borders[i] as number, borders[i + 1] as number)
}

/** Cuts runs at the ends of lines, from the first line that has foreground on. */
class LineReader {
  /** How many borders the line just read has. */
  count = 0
  readonly #runs: Int32Array
  readonly #length: number
  #index = 1
  #start: number
  #end: number
  #base: number

  constructor(runs: Int32Array, length: number) {
    this.#runs = runs
    this.#length = length
    this.#start = runs[0] as number
    this.#end = this.#start + (runs[1] as number)
    this.#base = this.#start - (this.#start % length)
  }

  /** Whether there is nothing left to read. */
  get isDone(): boolean {
    return this.#start === Number.POSITIVE_INFINITY
  }

  /** Puts start and end of each foreground stretch of the next line into `borders`, or into a larger array, and returns it. */
  next(borders: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
    const base = this.#base
    const stop = base + this.#length
    let used = 0
    while (this.#start < stop) {
      if (used + 2 > borders.length) {
        const larger = new Int32Array(borders.length * 2)
        larger.set(borders)
        borders = larger
      }
      borders[used++] = this.#start - base
      if (this.#end > stop) {
        borders[used++] = this.#length
        this.#start = stop
        break
      }
      borders[used++] = this.#end - base
      this.#index += 2
      if (this.#index < this.#runs.length) {
        this.#start = this.#end + (this.#runs[this.#index - 1] as number)
        this.#end = this.#start + (this.#runs[this.#index] as number)
      } else this.#start = Number.POSITIVE_INFINITY
    }
    this.#base = stop
    this.count = used
    return borders
  }
}

/** Puts changes, found line by line, in the order across the lines (a counting sort) and takes the differences. */
function sortedRuns(
  pixels: Int32Array,
  places: Int32Array,
  count: number,
  across: Int32Array,
  starts: Uint8Array,
  lines: number,
): Int32Array {
  const length = starts.length
  const next = new Int32Array(length)
  let all = 0
  for (let p = 0; p < length; p++) {
    next[p] = all + (starts[p] as number)
    all += (starts[p] as number) + (across[p] as number)
  }
  const sorted = new Int32Array(all + 1)
  for (let p = 0; p < length; p++) if (starts[p] === 1) sorted[(next[p] as number) - 1] = p * lines
  for (let i = 0; i < count; i++) {
    const p = pixels[i] as number
    const at = next[p] as number
    sorted[at] = places[i] as number
    next[p] = at + 1
  }
  sorted[all] = length * lines
  for (let i = all; i > 0; i--) sorted[i] = (sorted[i] as number) - (sorted[i - 1] as number)
  return sorted
}
