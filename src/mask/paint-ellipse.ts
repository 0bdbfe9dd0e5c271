import { AnnotationError } from '../errors.js'
import { cosSinDegrees } from '../geometry/angle.js'
import { ellipseRing } from '../geometry/ellipse.js'
import { difference } from './algebra.js'
import type { Mask } from './mask.js'
import { RowSpans } from './row-spans.js'
import { checkedRadius, halfChord, strokeSpans } from './stroke.js'

/** An ellipse: centre and half axes in pixels, turned by `angle` degrees clockwise on screen. */
export interface EllipseShape {
  readonly cx: number
  readonly cy: number
  readonly rx: number
  readonly ry: number
  readonly angle?: number | undefined
}

/**
 * The pixels whose centre lies inside the ellipse. Computed row by row from the equation, without a polygon in between.
 * A circle whose centre and radius are multiples of 1/2 (up to 2^20) is exact, and of centres on it those on its left are
 * in; of any other outline a centre that is as near to it as doubles round may fall on either side. What lies off the
 * canvas of `width` × `height` pixels is cut away; an ellipse without extent has no pixels.
 * @throws AnnotationError `invalid-value` for a number that is not finite or a negative half axis; `mask-size` when the
 * size is no size.
 */
export function fillEllipse(ellipse: EllipseShape, width: number, height: number): Mask {
  return ellipseSpans(ellipse, width, height).toMask()
}

/**
 * The pixels whose centre lies within half the thickness of the ellipse's outline. Of a circle they are those of the
 * filled circle of the larger radius that are not of the smaller; otherwise the outline is a polygon within 1/64 pixel of
 * the ellipse. Throws as {@link fillEllipse}, and `invalid-value` for a thickness not above 0 and, of an ellipse that is no
 * circle, for a half axis beyond 2^31.
 */
export function strokeEllipse(ellipse: EllipseShape, width: number, height: number, thickness: number): Mask {
  const { cx, cy, rx, ry, angle = 0 } = checked(ellipse)
  const half = checkedRadius(thickness)
  if (rx !== ry) {
    const most = Math.max(rx, ry)
    if (most > LONGEST) throw badEllipse(`half axes up to ${LONGEST} for an outline`, most)
    return strokeSpans(
      [ellipseRing(cx, cy, rx, ry, angle, 1 / 64, MOST_VERTICES).ring],
      width,
      height,
      thickness,
      true,
    ).toMask()
  }
  const outer = fillEllipse({ cx, cy, rx: rx + half, ry: ry + half }, width, height)
  const inner = rx - half
  return inner <= 0 ? outer : difference(outer, fillEllipse({ cx, cy, rx: inner, ry: inner }, width, height))
}

/** The longest half axis whose outline is followed; it takes 823 552 vertices. */
const LONGEST = 2 ** 31
const MOST_VERTICES = 2 ** 20

/** @internal */
export function ellipseSpans(ellipse: EllipseShape, width: number, height: number): RowSpans {
  const { cx, cy, rx, ry, angle = 0 } = checked(ellipse)
  const spans = new RowSpans(width, height)
  if (rx === 0 || ry === 0) return spans
  const [cos, sin] = cosSinDegrees(angle)
  const reach = rx === ry ? rx : Math.hypot(rx * sin, ry * cos)
  const stretch = rx === ry ? null : rowStretch(rx, ry, cos, sin, reach)
  const first = Math.max(0, Math.ceil(cy - reach - 0.5))
  const end = Math.min(height, Math.ceil(cy + reach - 0.5))
  for (let row = first; row < end; row++) {
    const y = row + 0.5 - cy
    // The square root of a perfect square is exact: so are the points of a circle on the grid.
    const [middle, half] = stretch === null ? [0, halfChord(rx, y)] : stretch(y)
    const left = Math.max(-1, cx + middle - half)
    const right = Math.min(width + 1, cx + middle + half)
    spans.add(row, Math.ceil(left - 0.5), Math.ceil(right - 0.5))
  }
  return spans
}

/**
 * Middle and half length of the part of a row at height `y` from the centre that is in the ellipse. Points (x, y) with
 * a x² + 2 b x y + c y² < 1, where a = (reach / (rx ry))² and b = cos sin (ry² - rx²) / (rx ry)², are between
 * -b y / a ∓ √(a - (y / (rx ry))²) / a. Nothing is squared, so that no size is too large or too small.
 */
function rowStretch(
  rx: number,
  ry: number,
  cos: number,
  sin: number,
  reach: number,
): (y: number) => readonly [middle: number, half: number] {
  const across = Math.max(rx, ry) * (Math.min(rx, ry) / reach)
  // Turned by quarters it does not lean; the sides of a fraction may be too far apart to be divided then.
  const lean = cos === 0 || sin === 0 ? 0 : ((sin * (rx - ry)) / reach) * (cos * (rx + ry))
  return (y) => [lean * (y / reach), across * Math.sqrt(Math.max(0, ((reach - y) / reach) * ((reach + y) / reach)))]
}

function checked(ellipse: EllipseShape): EllipseShape {
  const { cx, cy, rx, ry, angle = 0 } = ellipse
  for (const value of [cx, cy, rx, ry, angle]) {
    if (!Number.isFinite(value)) throw badEllipse('a finite number', value)
  }
  if (rx < 0) throw badEllipse('a half axis >= 0', rx)
  if (ry < 0) throw badEllipse('a half axis >= 0', ry)
  return ellipse
}

function badEllipse(expected: string, got: number): AnnotationError {
  return new AnnotationError('invalid-value', 'an ellipse cannot be painted', { expected, got: String(got) })
}
