import { AnnotationError } from '../../errors.js'
import type { Ring } from '../../geometry/ring.js'
import type { Mask } from '../mask.js'
import { RowSpans } from '../row-spans.js'
import { paintCircle } from './circle.js'
import { paintEllipse } from './ellipse.js'
import { fillPoly } from './fill-poly.js'
import { ONE, roundHalfEven } from './fixed-point.js'
import { paintChain } from './thick-line.js'

// OpenCV numbers pixels, it has no edges between them: vertex (3, 5) is the pixel in column 3 and row 5. Coordinates are
// handed over as they are and rounded to the nearest integer, halves to the even one, as NumPy and the Dataloop SDK do.

/** The widest line OpenCV draws. */
const WIDEST = 32767

/** Beyond this the fixed-point arithmetic of the original and the doubles here no longer agree. */
const FAR = 2 ** 20

/**
 * `cv2.fillPoly(rings)` of OpenCV 4.6, pixel for pixel: vertices rounded half to even, the rings taken together
 * even-odd, their outlines painted too; so a box of vertices w × h apart covers (w + 1) × (h + 1) pixels, and a ring of
 * one point is one pixel. What lies off the canvas of `width` × `height` pixels is cut away.
 * @throws AnnotationError `ring-format` for an odd count of numbers or one that is not within ±2^20; `mask-size` when
 * the size is no size.
 */
export function fillRingsOpencv(rings: readonly Ring[], width: number, height: number): Mask {
  return opencvFill([rings], width, height).toMask()
}

/**
 * `cv2.polylines(lines, closed, thickness)` of OpenCV 4.6 without anti-aliasing, pixel for pixel. A line of one point
 * paints nothing when open. Throws as {@link fillRingsOpencv}, and `invalid-value` for a thickness that is no integer
 * from 1 to 32767.
 */
export function strokeLinesOpencv(
  lines: readonly Ring[],
  width: number,
  height: number,
  thickness: number,
  closed: boolean,
): Mask {
  return opencvStroke(lines, width, height, thickness, closed).toMask()
}

/**
 * `cv2.circle` of OpenCV 4.6 without anti-aliasing, pixel for pixel; filled when `thickness` is -1. Centre and radius
 * are rounded half to even. Throws as {@link strokeLinesOpencv}.
 */
export function paintCircleOpencv(
  cx: number,
  cy: number,
  radius: number,
  width: number,
  height: number,
  thickness: number,
): Mask {
  const spans = new RowSpans(width, height)
  const [x, y] = [rounded(cx, 'centre'), rounded(cy, 'centre')]
  const r = length(radius)
  const wide = checkedThickness(thickness, true)
  if (wide > 1) paintEllipse(spans, x, y, r, r, 0, wide)
  else paintCircle(spans, x, y, r, wide < 0)
  return spans.toMask()
}

/**
 * `cv2.ellipse` of OpenCV 4.6 for the whole turn without anti-aliasing, pixel for pixel; filled when `thickness` is -1.
 * Centre, half axes and the angle in degrees clockwise are rounded half to even. Throws as {@link strokeLinesOpencv}.
 */
export function paintEllipseOpencv(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  angle: number,
  width: number,
  height: number,
  thickness: number,
): Mask {
  return opencvEllipse(cx, cy, rx, ry, angle, width, height, thickness).toMask()
}

/** The union of paths, each filled by itself. @internal */
export function opencvFill(
  paths: readonly (readonly Ring[])[],
  width: number,
  height: number,
  spans: RowSpans = new RowSpans(width, height),
): RowSpans {
  for (const rings of paths) fillPoly(spans, rings.map(onPixels))
  return spans
}

/** @internal */
export function opencvStroke(
  lines: readonly Ring[],
  width: number,
  height: number,
  thickness: number,
  closed: boolean,
): RowSpans {
  const spans = new RowSpans(width, height)
  const wide = checkedThickness(thickness, false)
  for (const line of lines)
    paintChain(
      spans,
      Array.from(onPixels(line), (v) => v * ONE),
      closed,
      wide,
      false,
    )
  return spans
}

/** @internal */
export function opencvEllipse(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  angle: number,
  width: number,
  height: number,
  thickness: number,
): RowSpans {
  const spans = new RowSpans(width, height)
  const wide = checkedThickness(thickness, true)
  const turn = rounded(angle % 360, 'angle')
  paintEllipse(spans, rounded(cx, 'centre'), rounded(cy, 'centre'), length(rx), length(ry), turn, wide)
  return spans
}

function onPixels(ring: Ring): Float64Array {
  if (ring.length % 2 !== 0) throw new AnnotationError('ring-format', 'a ring has an odd count of numbers')
  const pixels = new Float64Array(ring.length)
  for (let i = 0; i < ring.length; i++) {
    const value = ring[i] as number
    // Most are whole already: so far from the text of an error a number costs a tenth.
    pixels[i] = value === (value | 0) && value <= FAR && value >= -FAR ? value : rounded(value, `number ${i} of a ring`)
  }
  return pixels
}

function rounded(value: number, what: string): number {
  if (!(Math.abs(value) <= FAR)) {
    throw new AnnotationError('ring-format', `the opencv rule cannot take ${what}`, {
      expected: `a number within ±${FAR}`,
      got: String(value),
    })
  }
  return roundHalfEven(value)
}

function length(value: number): number {
  const whole = rounded(value, 'a radius')
  if (whole < 0)
    throw new AnnotationError('invalid-value', 'a radius is negative', { expected: '>= 0', got: String(value) })
  return whole
}

function checkedThickness(thickness: number, mayFill: boolean): number {
  const fits = Number.isInteger(thickness) && ((thickness >= 1 && thickness <= WIDEST) || (mayFill && thickness === -1))
  if (fits) return thickness
  throw new AnnotationError('invalid-value', 'the opencv rule cannot draw this thickness', {
    expected: `an integer from 1 to ${WIDEST}${mayFill ? ', or -1 to fill' : ''}`,
    got: String(thickness),
  })
}
