import type { RunBuilder } from './run-builder.js'

/** So few stretches are sorted by insertion. */
const FEW = 6

/** With more pixels from the first border to the last for each border the bitmap would be mostly empty: sorting is quicker. */
const SPARSE = 256

/** Longer lines have no bitmap: something small on them must not pay for them. */
const LONG = 2 ** 18

/**
 * The union of stretches of one line, line after line. Where stretches start and end is marked in a bitmap of the line and
 * counted, which puts them in order without sorting: no comparisons, one look at each 32 pixels of the line that are reached.
 */
export class LineUnion {
  /** For each place how many more stretches start than end there; all 0 between lines. */
  #balance: Int32Array | null = null
  #marks: Int32Array | null = null
  readonly #length: number

  /** @param length Pixels in a line. */
  constructor(length: number) {
    this.#length = length
  }

  /** Adds the union of the stretches `borders[from] … borders[to - 1]`, starts and ends by turns, to runs of a line that begins at `base`. */
  build(builder: RunBuilder, borders: Int32Array, from: number, to: number, base: number): void {
    if (to - from === 2) builder.add(base + (borders[from] as number), base + (borders[from + 1] as number))
    else if (to - from <= 2 * FEW) sorted(builder, borders, from, to, base)
    else if (this.#length > LONG || !this.#marked(builder, borders, from, to, base)) {
      sortedApart(builder, borders.subarray(from, to), base)
    }
  }

  /** False when the stretches lie too far apart for this. */
  #marked(builder: RunBuilder, borders: Int32Array, from: number, to: number, base: number): boolean {
    let low = borders[from] as number
    let high = borders[from + 1] as number
    for (let i = from + 2; i < to; i += 2) {
      if ((borders[i] as number) < low) low = borders[i] as number
      if ((borders[i + 1] as number) > high) high = borders[i + 1] as number
    }
    if (high - low > (to - from) * SPARSE) return false
    this.#balance ??= new Int32Array(this.#length + 1)
    this.#marks ??= new Int32Array((this.#length >> 5) + 1)
    const balance = this.#balance
    const marks = this.#marks
    for (let i = from; i < to; i += 2) {
      const start = borders[i] as number
      const end = borders[i + 1] as number
      balance[start] = (balance[start] as number) + 1
      balance[end] = (balance[end] as number) - 1
      marks[start >> 5] = (marks[start >> 5] as number) | (1 << start)
      marks[end >> 5] = (marks[end >> 5] as number) | (1 << end)
    }
    let open = 0
    let start = 0
    const last = high >> 5
    for (let word = low >> 5; word <= last; word++) {
      let bits = marks[word] as number
      marks[word] = 0
      while (bits !== 0) {
        const bit = bits & -bits
        bits ^= bit
        const at = (word << 5) + 31 - Math.clz32(bit)
        const change = balance[at] as number
        if (change === 0) continue
        balance[at] = 0
        if (open === 0) start = at
        open += change
        if (open === 0) builder.add(base + start, base + at)
      }
    }
    return true
  }
}

function sorted(builder: RunBuilder, borders: Int32Array, from: number, to: number, base: number): void {
  for (let i = from + 2; i < to; i += 2) {
    const start = borders[i] as number
    const end = borders[i + 1] as number
    let k = i - 2
    while (k >= from && (borders[k] as number) > start) {
      borders[k + 2] = borders[k] as number
      borders[k + 3] = borders[k + 1] as number
      k -= 2
    }
    borders[k + 2] = start
    borders[k + 3] = end
  }
  let start = borders[from] as number
  let end = borders[from + 1] as number
  for (let i = from + 2; i < to; i += 2) {
    if ((borders[i] as number) > end) {
      builder.add(base + start, base + end)
      start = borders[i] as number
      end = borders[i + 1] as number
    } else if ((borders[i + 1] as number) > end) end = borders[i + 1] as number
  }
  builder.add(base + start, base + end)
}

function sortedApart(builder: RunBuilder, borders: Int32Array, base: number): void {
  // Starts and ends may be sorted apart: a pixel is covered when more stretches have started than ended.
  const count = borders.length >> 1
  const starts = Int32Array.from({ length: count }, (_, i) => borders[i * 2] as number).sort()
  const ends = Int32Array.from({ length: count }, (_, i) => borders[i * 2 + 1] as number).sort()
  let start = starts[0] as number
  for (let i = 0; i < count; i++) {
    // After the (i + 1)th end as many stretches are open as have started before it and not ended.
    if (i + 1 < count && (starts[i + 1] as number) <= (ends[i] as number)) continue
    builder.add(base + start, base + (ends[i] as number))
    if (i + 1 < count) start = starts[i + 1] as number
  }
}
