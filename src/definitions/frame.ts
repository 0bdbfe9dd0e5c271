import {
  type Affine,
  applyToBounds,
  applyToPoint,
  determinant,
  isAxisAligned,
  isSimilarity,
  rotationAngle,
} from '../geometry/affine.js'
import { type Bounds, boundsEqual } from '../geometry/bounds.js'
import { rotatedBoxBounds, rotatedBoxCorners } from '../geometry/rotated-box.js'
import { fieldError, finiteField } from './field.js'
import { transformError } from './transform-error.js'

/** A rectangle before it is turned, and by how many degrees it is turned, clockwise on screen, about its centre. */
export interface Frame {
  readonly frame: Bounds
  readonly angle: number
}

/**
 * A frozen copy of the four sides.
 * @throws AnnotationError `definition-field` when one is not finite or two are swapped.
 */
export function ownFrame(sides: Bounds, type: string): Bounds {
  const left = finiteField(sides.left, type, 'left')
  const top = finiteField(sides.top, type, 'top')
  const right = finiteField(sides.right, type, 'right')
  const bottom = finiteField(sides.bottom, type, 'bottom')
  if (right < left) throw fieldError(type, 'right', `a number of at least left, ${left}`, right)
  if (bottom < top) throw fieldError(type, 'bottom', `a number of at least top, ${top}`, bottom)
  return Object.freeze({ left, top, right, bottom })
}

/** The upright rectangle around the turned frame; the frame itself when it is not turned. */
export function frameBounds(frame: Bounds, angle: number): Bounds {
  return angle % 360 === 0 ? frame : Object.freeze(rotatedBoxBounds(frame, angle))
}

/** Whether no corner is further away than `tolerance` pixels, in x or y, from the corner of the same name. */
export function framesEqual(a: Frame, b: Frame, tolerance: number): boolean {
  if (a.angle === b.angle && boundsEqual(a.frame, b.frame, 0)) return true
  if (a.angle % 360 === 0 && b.angle % 360 === 0) return boundsEqual(a.frame, b.frame, tolerance)
  const others = rotatedBoxCorners(b.frame, b.angle)
  return rotatedBoxCorners(a.frame, a.angle).every(([x, y], index) => {
    const [otherX, otherY] = others[index] as readonly [number, number]
    return Math.abs(x - otherX) <= tolerance && Math.abs(y - otherY) <= tolerance
  })
}

/**
 * The image of a turned frame. Level frames stay level under axis-aligned maps; flips and quarter turns keep the size of
 * the angle (its sign changes when `m` mirrors), so that they are exact.
 * @throws AnnotationError `transform-unsupported` when the image is not a rectangle.
 */
export function transformFrame(m: Affine, { frame, angle }: Frame, type: string): Frame {
  const upright = isAxisAligned(m)
  if (upright && angle % 360 === 0) return { frame: applyToBounds(m, frame), angle: 0 }
  const similar = isSimilarity(m)
  const mirrors = determinant(m) < 0
  const width = frame.right - frame.left
  const height = frame.bottom - frame.top
  const alongX = Math.hypot(m.a, m.b)
  const alongY = Math.hypot(m.c, m.d)
  if (upright && (similar || angle % 90 === 0)) {
    const quarter = angle % 90 === 0 && angle % 180 !== 0
    const across = width * (quarter ? alongY : alongX)
    const down = height * (quarter ? alongX : alongY)
    const swaps = m.a === 0 && m.d === 0
    return {
      frame: around(m, frame, swaps ? down : across, swaps ? across : down),
      angle: mirrors ? 0 - angle : angle,
    }
  }
  if (!similar) {
    throw transformError(type, 'a map that keeps right angles', 'Turn it into a Polygon of its corners first.')
  }
  const turn = rotationAngle(m)
  return {
    frame: around(m, frame, width * alongX, height * alongX),
    angle: halfTurns(mirrors ? turn - angle : turn + angle),
  }
}

function around(m: Affine, frame: Bounds, width: number, height: number): Bounds {
  const [x, y] = applyToPoint(m, (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2)
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 }
}

// Into (-180, 180]; angles already there are left to the bit.
function halfTurns(angle: number): number {
  const turn = angle % 360
  if (turn > 180) return turn - 360
  return turn <= -180 ? turn + 360 : turn
}
