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
  const bands = countCrossings(edges, used, spans.height)
  for (const { top, ends } of bands) {
    const at = scanEdges(edges, used, top, ends)
    let from = 0
    for (let line = 0; line < ends.length; line++) {
      const to = ends[line] as number
      sortCrossings(at, from, to)
      for (let i = from; i + 1 < to; i += 2) {
        spans.add(top + line, Math.ceil((at[i] as number) / ONE), Math.floor((at[i + 1] as number) / ONE) + 1)
      }
      from = to
    }
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

/** So many crossings, of as many rows as have them, are held at once: 8 MB. */
const AT_ONCE = 2 ** 20

/** Rows that are scanned together, and for each how many crossings it has. */
interface Band {
  readonly top: number
  readonly ends: Int32Array
}

/** How many edges cross each row of the canvas, in bands of rows. */
function countCrossings(edges: Float64Array, used: number, height: number): readonly Band[] {
  let top = height
  let bottom = 0
  for (let e = 0; e < used; e += EDGE) {
    const upper = edges[e] as number
    const lower = edges[e + 1] as number
    if (upper < top) top = upper < 0 ? 0 : upper
    if (lower > bottom) bottom = lower > height ? height : lower
  }
  if (top >= bottom) return []
  const counts = new Int32Array(bottom - top + 1)
  for (let e = 0; e < used; e += EDGE) {
    const upper = edges[e] as number
    const lower = edges[e + 1] as number
    // One more crossing on every row from the one to the other.
    const first = (upper < 0 ? 0 : upper) - top
    const last = (lower > height ? height : lower) - top
    if (first >= last) continue
    counts[first] = (counts[first] as number) + 1
    counts[last] = (counts[last] as number) - 1
  }
  const bands: Band[] = []
  let from = 0
  let all = counts[0] as number
  for (let row = 1; row < counts.length; row++) {
    counts[row] = (counts[row] as number) + (counts[row - 1] as number)
    all += counts[row] as number
    if (all <= AT_ONCE && row + 1 < counts.length) continue
    bands.push({ top: top + from, ends: counts.subarray(from, row) })
    from = row
    all = counts[row] as number
  }
  return bands
}

/** The fixed-point places where edges cross the rows of a band, in buckets; the counts become where the buckets end. */
function scanEdges(edges: Float64Array, used: number, top: number, ends: Int32Array): Float64Array {
  const at = new Float64Array(countsToStarts(ends))
  const bottom = top + ends.length
  for (let e = 0; e < used; e += EDGE) {
    const upper = edges[e] as number
    const lower = edges[e + 1] as number
    const last = lower > bottom ? bottom : lower
    const x = edges[e + 2] as number
    const slope = edges[e + 3] as number
    for (let y = upper < top ? top : upper; y < last; y++) {
      const place = ends[y - top] as number
      at[place] = x + (y - upper) * slope
      ends[y - top] = place + 1
    }
  }
  return at
}

/** Moves an insertion sort may take for each value before the built-in sort is quicker. */
const MOVES = 8

/** Sorts ascending: edges that follow each other along a zigzag cross a row nearly in order, and then little is moved. */
function sortCrossings(at: Float64Array, from: number, to: number): void {
  let moves = (to - from) * MOVES
  for (let i = from + 1; i < to; i++) {
    const value = at[i] as number
    let k = i - 1
    while (k >= from && (at[k] as number) > value) {
      at[k + 1] = at[k] as number
      k--
    }
    at[k + 1] = value
    moves -= i - 1 - k
    if (moves < 0) {
      sortRange(at, from, to)
      return
    }
  }
}
