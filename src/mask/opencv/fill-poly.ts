import { countsToStarts, sortRange } from '../buckets.js'
import type { RowSpans } from '../row-spans.js'
import { ONE } from './fixed-point.js'
import { thinLine } from './line.js'

/**
 * Rings of integer vertices as one path, even-odd, with their outlines painted. The rule of fillPoly of OpenCV 4.6:
 * edges have a slope cut to 1/65536 pixel a row and are followed from their upper end; of the vertices' rows the upper is
 * in, the lower is out (the outline paints it); between two crossings everything from the one to the other, both included.
 */
export function fillPoly(spans: RowSpans, rings: readonly Float64Array[]): void {
  let vertices = 0
  for (const ring of rings) vertices += ring.length >> 1
  const edges = new Float64Array(vertices * EDGE)
  let used = 0
  for (const ring of rings) used = collectEdges(spans, ring, edges, used)
  const crossings = scanEdges(edges, used, spans.height)
  if (crossings === null) return
  const { top, ends, at } = crossings
  let from = 0
  for (let line = 0; line < ends.length; line++) {
    const to = ends[line] as number
    sortRange(at, from, to)
    for (let i = from; i + 1 < to; i += 2) {
      spans.add(top + line, Math.ceil((at[i] as number) / ONE), Math.floor((at[i + 1] as number) / ONE) + 1)
    }
    from = to
  }
}

/** Numbers an edge takes: upper row, lower row, x at the upper row, slope. */
const EDGE = 4

/** Paints the outline of a ring and appends its edges; returns how much of `edges` is used then. */
function collectEdges(spans: RowSpans, ring: Float64Array, edges: Float64Array, used: number): number {
  const n = ring.length
  if (n === 0) return used
  let fromX = ring[n - 2] as number
  let fromY = ring[n - 1] as number
  for (let i = 0; i < n; i += 2) {
    const toX = ring[i] as number
    const toY = ring[i + 1] as number
    thinLine(spans, fromX, fromY, toX, toY)
    if (fromY !== toY) {
      const down = fromY < toY
      edges[used] = down ? fromY : toY
      edges[used + 1] = down ? toY : fromY
      edges[used + 2] = (down ? fromX : toX) * ONE
      edges[used + 3] = Math.trunc(((toX - fromX) * ONE) / (toY - fromY))
      used += EDGE
    }
    fromX = toX
    fromY = toY
  }
  return used
}

/** The fixed-point places where edges cross the rows of the canvas, in buckets, one a row. */
function scanEdges(
  edges: Float64Array,
  used: number,
  height: number,
): { top: number; ends: Int32Array; at: Float64Array } | null {
  let top = height
  let bottom = 0
  for (let e = 0; e < used; e += EDGE) {
    const upper = edges[e] as number
    const lower = edges[e + 1] as number
    if (upper < top) top = upper < 0 ? 0 : upper
    if (lower > bottom) bottom = lower > height ? height : lower
  }
  if (top >= bottom) return null
  const ends = new Int32Array(bottom - top + 1)
  for (let e = 0; e < used; e += EDGE) {
    const upper = edges[e] as number
    const lower = edges[e + 1] as number
    // One more crossing on every row from the one to the other.
    const first = (upper < 0 ? 0 : upper) - top
    const last = (lower > height ? height : lower) - top
    if (first >= last) continue
    ends[first] = (ends[first] as number) + 1
    ends[last] = (ends[last] as number) - 1
  }
  for (let row = 1; row < ends.length; row++) ends[row] = (ends[row] as number) + (ends[row - 1] as number)
  const at = new Float64Array(countsToStarts(ends))
  for (let e = 0; e < used; e += EDGE) {
    const upper = edges[e] as number
    const lower = edges[e + 1] as number
    const last = lower > height ? height : lower
    const x = edges[e + 2] as number
    const slope = edges[e + 3] as number
    for (let y = upper < 0 ? 0 : upper; y < last; y++) {
      const place = ends[y - top] as number
      at[place] = x + (y - upper) * slope
      ends[y - top] = place + 1
    }
  }
  return { top, ends: ends.subarray(0, bottom - top), at }
}
