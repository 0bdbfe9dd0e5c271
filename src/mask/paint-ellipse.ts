import { AnnotationError } from '../errors.js'
import { cosSinDegrees } from '../geometry/angle.js'
import { ellipseRing } from '../geometry/ellipse.js'
import { difference } from './algebra.js'
import type { Mask } from './mask.js'
import { RowSpans } from './row-spans.js'
import { checkedRadius, strokeSpans } from './stroke.js'

/** An ellipse: centre and half axes in pixels, turned by `angle` degrees clockwise on screen. */
export interface EllipseShape {
  readonly cx: number
  readonly cy: number
  readonly rx: number
  readonly ry: number
  readonly angle?: number | undefined
}

/**
 * The pixels whose centre lies inside the ellipse (of centres exactly on it those on its left). Computed row by row from
 * the equation, without a polygon in between. What lies off the canvas of `width` × `height` pixels is cut away; an
 * ellipse without extent has no pixels.
 * @throws AnnotationError `invalid-value` for a number that is not finite or a negative half axis; `mask-size` when the
 * size is no size.
 */
export function fillEllipse(ellipse: EllipseShape, width: number, height: number): Mask {
  return ellipseSpans(ellipse, width, height).toMask()
}

/**
 * The pixels whose centre lies within half the thickness of the ellipse's outline. Exact for circles; otherwise the
 * outline is a polygon within 1/64 pixel of the ellipse. Throws as {@link fillEllipse}, and for a thickness not above 0.
 */
export function strokeEllipse(ellipse: EllipseShape, width: number, height: number, thickness: number): Mask {
  const { cx, cy, rx, ry, angle = 0 } = checked(ellipse)
  const half = checkedRadius(thickness)
  if (rx !== ry) {
    return strokeSpans([ellipseRing(cx, cy, rx, ry, angle).ring], width, height, thickness, true).toMask()
  }
  const outer = fillEllipse({ cx, cy, rx: rx + half, ry: ry + half }, width, height)
  const inner = rx - half
  return inner <= 0 ? outer : difference(outer, fillEllipse({ cx, cy, rx: inner, ry: inner }, width, height))
}

/** @internal */
export function ellipseSpans(ellipse: EllipseShape, width: number, height: number): RowSpans {
  const { cx, cy, rx, ry, angle = 0 } = checked(ellipse)
  const spans = new RowSpans(width, height)
  if (rx === 0 || ry === 0) return spans
  const [cos, sin] = cosSinDegrees(angle)
  // Points (x, y) from the centre with a x² + 2 b x y + c y² < 1; where that has two roots in x, between them.
  const a = (cos / rx) ** 2 + (sin / ry) ** 2
  const b = cos * sin * (1 / rx ** 2 - 1 / ry ** 2)
  const reach = Math.hypot(rx * sin, ry * cos)
  const first = Math.max(0, Math.ceil(cy - reach - 0.5))
  const end = Math.min(height, Math.ceil(cy + reach - 0.5))
  for (let row = first; row < end; row++) {
    const y = row + 0.5 - cy
    // The discriminant b² y² - a (c y² - 1) is a - (y / (rx ry))², as a c - b² = 1 / (rx ry)².
    const root = (Math.sqrt(a) * Math.sqrt(Math.max(0, (reach - y) * (reach + y)))) / reach
    const middle = cx - (b * y) / a
    const left = Math.max(-1, middle - root / a)
    const right = Math.min(width + 1, middle + root / a)
    spans.add(row, Math.ceil(left - 0.5), Math.ceil(right - 0.5))
  }
  return spans
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
