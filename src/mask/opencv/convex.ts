import type { RowSpans } from '../row-spans.js'
import { nearestPixel, ONE } from './fixed-point.js'
import { fixedLine } from './line.js'

/** One of the two chains of edges that run down a convex polygon. */
interface Chain {
  /** The vertex at the lower end of the current edge. */
  vertex: number
  readonly step: number
  x: number
  slope: number
  /** The row where the current edge ends. */
  until: number
}

/**
 * A convex polygon of fixed-point vertices `x0, y0, …`, its outline painted too. The rule of FillConvexPoly of OpenCV 4.6:
 * two chains of edges go down from the topmost vertex, both rounded to the nearest pixel.
 */
export function fillConvex(spans: RowSpans, points: readonly number[]): void {
  const n = points.length / 2
  const x = (i: number): number => points[i * 2] as number
  const y = (i: number): number => points[i * 2 + 1] as number
  let topmost = 0
  let lowest = y(0)
  for (let i = 0; i < n; i++) {
    const from = i === 0 ? n - 1 : i - 1
    fixedLine(spans, x(from), y(from), x(i), y(i))
    if (y(i) < y(topmost)) topmost = i
    if (y(i) > lowest) lowest = y(i)
  }
  const last = Math.min(nearestPixel(lowest), spans.height - 1)
  let row = nearestPixel(y(topmost))
  if (n < 3 || nearestPixel(lowest) < 0 || row >= spans.height) return
  const start = { vertex: topmost, x: -ONE, slope: 0, until: row }
  const chains: [Chain, Chain] = [
    { ...start, step: 1 },
    { ...start, step: n - 1 },
  ]
  let edges = n
  for (; row <= last; row++) {
    for (const chain of chains) {
      if (row < chain.until) continue
      let from = chain.vertex
      let to = (from + chain.step) % n
      // Edges that end in this row or above it are passed over; each edge of the polygon is taken once, by one chain.
      while (edges-- > 0) {
        const end = nearestPixel(y(to))
        if (end > row) {
          const rows = end - row
          chain.until = end
          chain.slope = Math.trunc(((x(to) - x(from)) * 2 + rows) / (2 * rows))
          chain.x = x(from)
          chain.vertex = to
          break
        }
        from = to
        to = (to + chain.step) % n
      }
    }
    if (edges < 0) return
    const [a, b] = chains
    const left = Math.min(a.x, b.x)
    const right = Math.max(a.x, b.x)
    spans.add(row, nearestPixel(left), nearestPixel(right) + 1)
    a.x += a.slope
    b.x += b.slope
  }
}
