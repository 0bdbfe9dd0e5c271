import type { RowSpans } from '../row-spans.js'
import { ONE } from './fixed-point.js'

// The rules of LineIterator, clipLine and Line2 of OpenCV 4.6, imgproc/src/drawing.cpp.

/** Two points; `inside` says whether the line between them meets the canvas. */
export interface Clipped {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
  readonly inside: boolean
}

/**
 * A line of integer points cut to 0 … right and 0 … bottom. Cuts go to the nearest integer toward zero from the given
 * end, first at the top or bottom, then at the sides. A line that is rejected keeps what has been cut until then.
 */
export function clipLine(x0: number, y0: number, x1: number, y1: number, right: number, bottom: number): Clipped {
  const side = (x: number): number => (x < 0 ? 1 : x > right ? 2 : 0)
  const level = (y: number): number => (y < 0 ? 4 : y > bottom ? 8 : 0)
  let a = side(x0) | level(y0)
  let b = side(x1) | level(y1)
  if (right < 0 || bottom < 0) return { x0, y0, x1, y1, inside: false }
  if ((a & b) === 0 && (a | b) !== 0) {
    if ((a & 12) !== 0) {
      const y = a < 8 ? 0 : bottom
      x0 += Math.trunc(((y - y0) * (x1 - x0)) / (y1 - y0))
      y0 = y
      a = side(x0)
    }
    if ((b & 12) !== 0) {
      const y = b < 8 ? 0 : bottom
      x1 += Math.trunc(((y - y1) * (x1 - x0)) / (y1 - y0))
      y1 = y
      b = side(x1)
    }
    if ((a & b) === 0 && (a | b) !== 0) {
      if (a !== 0) {
        const x = a === 1 ? 0 : right
        y0 += Math.trunc(((x - x0) * (y1 - y0)) / (x1 - x0))
        x0 = x
        a = 0
      }
      if (b !== 0) {
        const x = b === 1 ? 0 : right
        y1 += Math.trunc(((x - x1) * (y1 - y0)) / (x1 - x0))
        x1 = x
        b = 0
      }
    }
  }
  return { x0, y0, x1, y1, inside: (a | b) === 0 }
}

/** A line one pixel wide between pixels, 8-connected: along its longer axis, from left to right, halves not stepped. */
export function thinLine(spans: RowSpans, fromX: number, fromY: number, toX: number, toY: number): void {
  const right = spans.width - 1
  const bottom = spans.height - 1
  if (isOn(fromX, right) && isOn(toX, right) && isOn(fromY, bottom) && isOn(toY, bottom)) {
    if (fromX <= toX) steps(spans, fromX, fromY, toX, toY)
    else steps(spans, toX, toY, fromX, fromY)
    return
  }
  const { x0, y0, x1, y1, inside } = clipLine(fromX, fromY, toX, toY, right, bottom)
  if (!inside) return
  if (x0 <= x1) steps(spans, x0, y0, x1, y1)
  else steps(spans, x1, y1, x0, y0)
}

function isOn(value: number, last: number): boolean {
  return value >= 0 && value <= last
}

/** The pixels of a line on the canvas that does not run left. */
function steps(spans: RowSpans, x0: number, y0: number, x1: number, y1: number): void {
  const dx = x1 - x0
  const dy = y1 < y0 ? y0 - y1 : y1 - y0
  const step = y1 < y0 ? -1 : 1
  // Bresenham's error: a step aside is taken where it has become negative.
  let error = dx < dy ? dy - 2 * dx : dx - 2 * dy
  let x = x0
  let y = y0
  if (dy > dx) {
    for (let k = 0; k <= dy; k++) {
      spans.add(y, x, x + 1)
      if (error < 0) {
        x++
        error += 2 * dy
      }
      error -= 2 * dx
      y += step
    }
    return
  }
  let start = x0
  for (; x < x1; x++) {
    if (error < 0) {
      spans.add(y, start, x + 1)
      start = x + 1
      y += step
      error += 2 * dx
    }
    error -= 2 * dy
  }
  spans.add(y, start, x1 + 1)
}

/** A line one pixel wide between fixed-point positions: the centre rounded at every step along the longer axis. */
export function fixedLine(spans: RowSpans, fromX: number, fromY: number, toX: number, toY: number): void {
  const line = clipLine(fromX, fromY, toX, toY, spans.width * ONE - 1, spans.height * ONE - 1)
  if (!line.inside) return
  const acrossX = Math.abs(line.x1 - line.x0)
  const acrossY = Math.abs(line.y1 - line.y0)
  const flat = acrossX > acrossY
  const swap = flat ? line.x1 < line.x0 : line.y1 < line.y0
  const x0 = swap ? line.x1 : line.x0
  const y0 = swap ? line.y1 : line.y0
  const x1 = swap ? line.x0 : line.x1
  const y1 = swap ? line.y0 : line.y1
  const put = (x: number, y: number): void => spans.add(y, x, x + 1)
  put(Math.floor((x1 + ONE / 2) / ONE), Math.floor((y1 + ONE / 2) / ONE))
  if (flat) {
    const slope = Math.trunc(((y1 - y0) * ONE) / (acrossX | 1))
    const steps = Math.floor((x1 - x0) / ONE)
    const x = Math.floor((x0 + ONE / 2) / ONE)
    for (let k = 0; k <= steps; k++) put(x + k, Math.floor((y0 + ONE / 2 + k * slope) / ONE))
  } else {
    const slope = Math.trunc(((x1 - x0) * ONE) / (acrossY | 1))
    const steps = Math.floor((y1 - y0) / ONE)
    const y = Math.floor((y0 + ONE / 2) / ONE)
    for (let k = 0; k <= steps; k++) put(Math.floor((x0 + ONE / 2 + k * slope) / ONE), y + k)
  }
}
