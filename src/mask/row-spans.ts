import { countsToStarts, sortRange } from './buckets.js'
import { Mask } from './mask.js'
import { RunBuilder } from './run-builder.js'
import { pixelCount } from './size.js'
import { transposeRuns } from './transpose.js'

/** Collects stretches of rows, in any order, overlapping or not, cut to the canvas; what is painted is their union. */
export class RowSpans {
  readonly width: number
  readonly height: number
  readonly #total: number
  #rows = new Int32Array(64)
  #starts = new Int32Array(64)
  #ends = new Int32Array(64)
  #used = 0
  #top = Number.POSITIVE_INFINITY
  #bottom = 0

  /** @throws AnnotationError `mask-size` when the size is no size. */
  constructor(width: number, height: number) {
    this.#total = pixelCount(width, height, 'mask-size')
    this.width = width
    this.height = height
  }

  /** Adds the pixels `start <= x < end` of a row. Integers. */
  add(row: number, start: number, end: number): void {
    if (!(row >= 0 && row < this.height)) return
    if (start < 0) start = 0
    if (end > this.width) end = this.width
    if (!(start < end)) return
    if (this.#used === this.#rows.length) {
      this.#rows = doubled(this.#rows)
      this.#starts = doubled(this.#starts)
      this.#ends = doubled(this.#ends)
    }
    if (row < this.#top) this.#top = row
    if (row >= this.#bottom) this.#bottom = row + 1
    this.#rows[this.#used] = row
    this.#starts[this.#used] = start
    this.#ends[this.#used++] = end
  }

  /** Canonical runs row by row. */
  rowRuns(): Int32Array {
    const used = this.#used
    if (used === 0) return Int32Array.of(this.#total)
    // Only the rows that are reached: something small on a large canvas must not pay for the canvas.
    const top = this.#top
    const next = new Int32Array(this.#bottom - top)
    for (let i = 0; i < used; i++) {
      const row = (this.#rows[i] as number) - top
      next[row] = (next[row] as number) + 1
    }
    countsToStarts(next)
    // Starts and ends may be sorted apart: a pixel is covered when more spans have started than ended.
    const starts = new Int32Array(used)
    const ends = new Int32Array(used)
    for (let i = 0; i < used; i++) {
      const row = (this.#rows[i] as number) - top
      const at = next[row] as number
      starts[at] = this.#starts[i] as number
      ends[at] = this.#ends[i] as number
      next[row] = at + 1
    }
    const builder = new RunBuilder(used + 2)
    let from = 0
    for (let row = 0; row < next.length; row++) {
      const to = next[row] as number
      if (to > from) uniteRow(builder, starts, ends, from, to, (top + row) * this.width)
      from = to
    }
    return builder.finish(this.#total)
  }

  /** The painted pixels. */
  toMask(): Mask {
    return Mask.trusted(this.width, this.height, transposeRuns(this.rowRuns(), this.height, this.width))
  }
}

function uniteRow(
  builder: RunBuilder,
  starts: Int32Array,
  ends: Int32Array,
  from: number,
  to: number,
  base: number,
): void {
  if (to - from > 1) {
    sortRange(starts, from, to)
    sortRange(ends, from, to)
  }
  let start = starts[from] as number
  for (let i = from; i < to; i++) {
    // After the (i + 1)th end as many spans are open as have started before it and not ended.
    if (i + 1 < to && (starts[i + 1] as number) <= (ends[i] as number)) continue
    builder.add(base + start, base + (ends[i] as number))
    if (i + 1 < to) start = starts[i + 1] as number
  }
}

function doubled(values: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(values.length * 2)
  larger.set(values)
  return larger
}
