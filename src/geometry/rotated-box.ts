import { AnnotationError } from '../errors.js'
import { applyToPoint, rotation } from './affine.js'
import { type Bounds, boundsOfPoints } from './bounds.js'
import type { Pt } from './point.js'
import type { Ring } from './ring.js'

/**
 * The corners of `bounds` turned by `angle` degrees, clockwise on screen, about its centre.
 * Order as in the Dataloop SDK: top left, bottom left, bottom right, top right of the unturned box.
 */
export function rotatedBoxCorners(bounds: Bounds, angle: number): readonly [Pt, Pt, Pt, Pt] {
  const { left, top, right, bottom } = bounds
  // Angle 0 must give the sides back to the bit; (left + right) / 2 and back would round.
  if (angle === 0) {
    return [
      [left, top],
      [left, bottom],
      [right, bottom],
      [right, top],
    ]
  }
  const cx = (left + right) / 2
  const cy = (top + bottom) / 2
  const turn = rotation(angle)
  const corner = (x: number, y: number): Pt => {
    const [dx, dy] = applyToPoint(turn, x - cx, y - cy)
    return [cx + dx, cy + dy]
  }
  return [corner(left, top), corner(left, bottom), corner(right, bottom), corner(right, top)]
}

/** The turned box as a ring: top left, top right, bottom right, bottom left (clockwise on screen). */
export function rotatedBoxRing(bounds: Bounds, angle: number): Ring {
  const [tl, bl, br, tr] = rotatedBoxCorners(bounds, angle)
  return Float64Array.of(tl[0], tl[1], tr[0], tr[1], br[0], br[1], bl[0], bl[1])
}

/**
 * The smallest upright box around `bounds` turned by `angle` degrees, clockwise on screen, about its centre; the very
 * sides at angle 0.
 */
export function rotatedBoxBounds(bounds: Bounds, angle: number): Bounds {
  return boundsOfPoints(rotatedBoxRing(bounds, angle)) as Bounds
}

/** A box, how far it is turned, and how far its corners are from those it was made of. */
export interface FittedBox {
  /** The unturned box. */
  readonly bounds: Bounds
  /** Degrees clockwise on screen about the centre, in (-180, 180]. */
  readonly angle: number
  /** The largest distance in pixels between a given corner and the one of the fitted box; about 1e-13 for a true rectangle. */
  readonly error: number
}

/**
 * The turned box whose corners are these: centre = mean of the corners, sides = means of opposite sides, direction = that
 * of the longer pair of sides. Corners that are no rectangle in this order come back with an `error` in pixels.
 * @throws AnnotationError `degenerate-geometry` when a corner is not finite or `error` exceeds `tolerance` pixels.
 */
export function rotatedBoxFromCorners(tl: Pt, bl: Pt, br: Pt, tr: Pt, tolerance = Number.POSITIVE_INFINITY): FittedBox {
  const cx = (tl[0] + bl[0] + br[0] + tr[0]) / 4
  const cy = (tl[1] + bl[1] + br[1] + tr[1]) / 4
  const acrossX = (tr[0] - tl[0] + br[0] - bl[0]) / 2
  const acrossY = (tr[1] - tl[1] + br[1] - bl[1]) / 2
  const downX = (bl[0] - tl[0] + br[0] - tr[0]) / 2
  const downY = (bl[1] - tl[1] + br[1] - tr[1]) / 2
  const width = Math.hypot(acrossX, acrossY)
  const height = Math.hypot(downX, downY)
  // The longer sides fix the direction best, and a box without width still has one; across is a quarter turn before down.
  const direction = width >= height ? Math.atan2(acrossY, acrossX) : Math.atan2(-downX, downY)
  const degrees = (direction * 180) / Math.PI
  const angle = degrees === -180 ? 180 : degrees + 0
  const bounds =
    angle === 0
      ? { left: (tl[0] + bl[0]) / 2, top: (tl[1] + tr[1]) / 2, right: (tr[0] + br[0]) / 2, bottom: (bl[1] + br[1]) / 2 }
      : { left: cx - width / 2, top: cy - height / 2, right: cx + width / 2, bottom: cy + height / 2 }
  const given = [tl, bl, br, tr]
  let error = 0
  for (const [i, [x, y]] of rotatedBoxCorners(bounds, angle).entries()) {
    const [gx, gy] = given[i] as Pt
    error = Math.max(error, Math.hypot(x - gx, y - gy))
  }
  if (!(error <= tolerance)) {
    throw new AnnotationError('degenerate-geometry', 'four corners are not a rectangle', {
      expected: `corners within ${tolerance} px of a turned box (order: top left, bottom left, bottom right, top right)`,
      got: `${error} px`,
    })
  }
  return { bounds, angle, error }
}
