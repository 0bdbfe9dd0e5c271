import type { RowSpans } from '../row-spans.js'
import { paintCircle } from './circle.js'
import { fillConvex } from './convex.js'
import { nearestPixel, ONE, roundHalfEven } from './fixed-point.js'
import { fixedLine, thinLine } from './line.js'

/**
 * A chain of lines through fixed-point vertices `x0, y0, …`, as PolyLine and ThickLine of OpenCV 4.6 draw it: lines wider
 * than a pixel are rectangles with a disc at each vertex.
 * @param fixed Whether thin lines keep the fraction of their ends (as in ellipses) or run from pixel to pixel.
 */
export function paintChain(
  spans: RowSpans,
  points: readonly number[],
  closed: boolean,
  thickness: number,
  fixed: boolean,
): void {
  const n = points.length / 2
  let from = closed ? n - 1 : 0
  for (let to = closed ? 0 : 1; to < n; to++) {
    const [x0, y0, x1, y1] = [points[from * 2], points[from * 2 + 1], points[to * 2], points[to * 2 + 1]] as Quad
    if (thickness <= 1) {
      if (fixed) fixedLine(spans, x0, y0, x1, y1)
      else thinLine(spans, nearestPixel(x0), nearestPixel(y0), nearestPixel(x1), nearestPixel(y1))
    } else {
      thickLine(spans, x0, y0, x1, y1, thickness)
      // The disc of the first vertex is drawn by the last line when the chain is closed.
      if (!closed && to === 1) disc(spans, x0, y0, thickness)
      disc(spans, x1, y1, thickness)
    }
    from = to
  }
}

type Quad = [number, number, number, number]

function thickLine(spans: RowSpans, x0: number, y0: number, x1: number, y1: number, thickness: number): void {
  const dx = (x0 - x1) / ONE
  const dy = (y1 - y0) / ONE
  const square = dx * dx + dy * dy
  if (square <= Number.EPSILON) return
  const reach = (thickness * (ONE / 2) + (thickness % 2) * ONE * 0.5) / Math.sqrt(square)
  const ax = roundHalfEven(dy * reach)
  const ay = roundHalfEven(dx * reach)
  fillConvex(spans, [x0 + ax, y0 + ay, x0 - ax, y0 - ay, x1 - ax, y1 - ay, x1 + ax, y1 + ay])
}

function disc(spans: RowSpans, x: number, y: number, thickness: number): void {
  paintCircle(spans, nearestPixel(x), nearestPixel(y), nearestPixel((thickness * ONE) / 2), true)
}
