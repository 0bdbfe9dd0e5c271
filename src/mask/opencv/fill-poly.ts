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
  const edges: number[] = []
  for (const ring of rings) collectEdges(spans, ring, edges)
  const crossings = scanEdges(edges, spans.height)
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

/** Paints the outline of a ring and appends its edges: upper row, lower row, x at the upper row, slope. */
function collectEdges(spans: RowSpans, ring: Float64Array, edges: number[]): void {
  const n = ring.length / 2
  for (let i = 0; i < n; i++) {
    const from = i === 0 ? n - 1 : i - 1
    const fromX = ring[from * 2] as number
    const fromY = ring[from * 2 + 1] as number
    const toX = ring[i * 2] as number
    const toY = ring[i * 2 + 1] as number
    thinLine(spans, fromX, fromY, toX, toY)
    if (fromY === toY) continue
    const slope = Math.trunc(((toX - fromX) * ONE) / (toY - fromY))
    if (fromY < toY) edges.push(fromY, toY, fromX * ONE, slope)
    else edges.push(toY, fromY, toX * ONE, slope)
  }
}

/** The fixed-point places where edges cross the rows of the canvas, in buckets, one a row. */
function scanEdges(
  edges: readonly number[],
  height: number,
): { top: number; ends: Int32Array; at: Float64Array } | null {
  let top = height
  let bottom = 0
  for (let e = 0; e < edges.length; e += 4) {
    top = Math.min(top, Math.max(0, edges[e] as number))
    bottom = Math.max(bottom, Math.min(height, edges[e + 1] as number))
  }
  if (top >= bottom) return null
  const ends = new Int32Array(bottom - top)
  for (let e = 0; e < edges.length; e += 4) {
    const last = Math.min(height, edges[e + 1] as number)
    for (let y = Math.max(0, edges[e] as number); y < last; y++) ends[y - top] = (ends[y - top] as number) + 1
  }
  const at = new Float64Array(countsToStarts(ends))
  for (let e = 0; e < edges.length; e += 4) {
    const upper = edges[e] as number
    const last = Math.min(height, edges[e + 1] as number)
    const x = edges[e + 2] as number
    const slope = edges[e + 3] as number
    for (let y = Math.max(0, upper); y < last; y++) {
      const place = ends[y - top] as number
      at[place] = x + (y - upper) * slope
      ends[y - top] = place + 1
    }
  }
  return { top, ends, at }
}
