import { BitRows } from './bit-rows.js'
import { countsToStarts } from './buckets.js'
import { LineUnion } from './line-union.js'
import { Mask } from './mask.js'
import { RunBuilder } from './run-builder.js'
import { pixelCount } from './size.js'
import { transposeRuns } from './transpose.js'

/** Numbers a stretch takes: its row, where it starts, where it ends. */
const SPAN = 3

/** Up to so many numbers are kept as stretches whatever the canvas. */
const FEW = 2 ** 16 * SPAN

/**
 * Collects stretches of rows, in any order, overlapping or not, cut to the canvas; what is painted is their union. Once
 * they take three times the memory of the canvas in bits, bits are what is kept.
 */
export class RowSpans {
  readonly width: number
  readonly height: number
  readonly #total: number
  #spans = new Int32Array(64 * SPAN)
  #bits: BitRows | null = null
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
    if (this.#bits !== null) {
      this.#bits.add(row, start, end)
      return
    }
    let spans = this.#spans
    const used = this.#used
    // Outlines come a pixel at a time: most stretches lengthen the one before.
    if (used > 0 && spans[used - 3] === row) {
      const lastStart = spans[used - 2] as number
      const lastEnd = spans[used - 1] as number
      if (start <= lastEnd && end >= lastStart) {
        if (start < lastStart) spans[used - 2] = start
        if (end > lastEnd) spans[used - 1] = end
        return
      }
    }
    if (used === spans.length) {
      if (used >= FEW && used >= SPAN * BitRows.wordsOf(this.width, this.height)) {
        this.#paintBits().add(row, start, end)
        return
      }
      spans = new Int32Array(used * 2)
      spans.set(this.#spans)
      this.#spans = spans
    }
    if (row < this.#top) this.#top = row
    if (row >= this.#bottom) this.#bottom = row + 1
    spans[used] = row
    spans[used + 1] = start
    spans[used + 2] = end
    this.#used = used + SPAN
  }

  #paintBits(): BitRows {
    const bits = new BitRows(this.width, this.height)
    const spans = this.#spans
    for (let i = 0; i < this.#used; i += SPAN) {
      bits.add(spans[i] as number, spans[i + 1] as number, spans[i + 2] as number)
    }
    this.#bits = bits
    this.#spans = new Int32Array(0)
    this.#used = 0
    return bits
  }

  /** Canonical runs row by row. */
  rowRuns(): Int32Array {
    if (this.#bits !== null) {
      const builder = new RunBuilder()
      this.#bits.build(builder)
      return builder.finish(this.#total)
    }
    const spans = this.#spans
    const used = this.#used
    if (used === 0) return Int32Array.of(this.#total)
    // Only the rows that are reached: something small on a large canvas must not pay for the canvas.
    const top = this.#top
    const next = new Int32Array(this.#bottom - top)
    for (let i = 0; i < used; i += SPAN) {
      const row = (spans[i] as number) - top
      next[row] = (next[row] as number) + 2
    }
    const borders = new Int32Array(countsToStarts(next))
    for (let i = 0; i < used; i += SPAN) {
      const row = (spans[i] as number) - top
      const at = next[row] as number
      borders[at] = spans[i + 1] as number
      borders[at + 1] = spans[i + 2] as number
      next[row] = at + 2
    }
    const builder = new RunBuilder((used / SPAN) * 2 + 2)
    const union = new LineUnion(this.width)
    let from = 0
    for (let row = 0; row < next.length; row++) {
      const to = next[row] as number
      if (to > from) union.build(builder, borders, from, to, (top + row) * this.width)
      from = to
    }
    return builder.finish(this.#total)
  }

  /** The painted pixels. */
  toMask(): Mask {
    return Mask.trusted(this.width, this.height, transposeRuns(this.rowRuns(), this.height, this.width))
  }
}
