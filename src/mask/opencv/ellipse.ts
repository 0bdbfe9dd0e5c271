import type { RowSpans } from '../row-spans.js'
import { fillConvex } from './convex.js'
import { nearestPixel, ONE, roundHalfEven } from './fixed-point.js'
import { paintChain } from './thick-line.js'

/** The sine of whole degrees as OpenCV has it: seven decimals, kept in single precision. */
function sine(degrees: number): number {
  return Math.fround(Number(Math.sin((degrees * Math.PI) / 180).toFixed(7)))
}

const SINES = Float64Array.from({ length: 451 }, (_, degrees) => sine(degrees))

/**
 * A whole ellipse as EllipseEx of OpenCV 4.6 draws it: a polygon of a vertex each 5° (fewer for small ones) around an
 * integer centre with integer half axes, turned by whole degrees from -360 to 360; filled when `thickness` is negative.
 */
export function paintEllipse(
  spans: RowSpans,
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  angle: number,
  thickness: number,
): void {
  const points = ellipsePoints(cx * ONE, cy * ONE, rx * ONE, ry * ONE, angle)
  if (thickness < 0) fillConvex(spans, points)
  else paintChain(spans, points, false, thickness, true)
}

function ellipsePoints(cx: number, cy: number, rx: number, ry: number, angle: number): readonly number[] {
  const size = nearestPixel(Math.max(rx, ry))
  const step = size < 3 ? 90 : size < 10 ? 30 : size < 15 ? 18 : 5
  if (angle < 0) angle += 360
  const cos = SINES[450 - angle] as number
  const sin = SINES[angle] as number
  const points: number[] = []
  // One step beyond the full turn: the last vertex is the first again.
  for (let i = 0; i < 360 + step; i += step) {
    const at = Math.min(i, 360)
    const x = rx * (SINES[450 - at] as number)
    const y = ry * (SINES[at] as number)
    const px = snapped(cx + x * cos - y * sin)
    const py = snapped(cy + x * sin + y * cos)
    const n = points.length
    if (n === 0 || points[n - 2] !== px || points[n - 1] !== py) points.push(px, py)
  }
  return points.length === 2 ? [cx, cy, cx, cy] : points
}

/** Rounded to the grid in two steps, whole pixels first. */
function snapped(value: number): number {
  const pixel = roundHalfEven(value / ONE) * ONE
  return pixel + roundHalfEven(value - pixel)
}
