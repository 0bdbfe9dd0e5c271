import { AnnotationError } from '../errors.js'
import { cosSinDegrees } from './angle.js'
import { type Bounds, boundsCorners, boundsOfPoints } from './bounds.js'
import type { Pt } from './point.js'
import type { Ring } from './ring.js'

/** A map of points, `x' = a·x + c·y + e`, `y' = b·x + d·y + f`: the order of letters of SVG and canvas. */
export interface Affine {
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
  readonly f: number
}

/** The transform that changes nothing. */
export const IDENTITY: Affine = { a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }

/** The transform that applies `first`, then `second`. */
export function multiply(second: Affine, first: Affine): Affine {
  // `+ 0` keeps negative zeros out, which would print and compare as something else than 0.
  return {
    a: second.a * first.a + second.c * first.b + 0,
    b: second.b * first.a + second.d * first.b + 0,
    c: second.a * first.c + second.c * first.d + 0,
    d: second.b * first.c + second.d * first.d + 0,
    e: second.a * first.e + second.c * first.f + second.e + 0,
    f: second.b * first.e + second.d * first.f + second.f + 0,
  }
}

/** The factor by which areas grow; negative when the transform mirrors, 0 when it flattens the plane. */
export function determinant(m: Affine): number {
  return m.a * m.d - m.b * m.c
}

/**
 * The transform that undoes `m`.
 * @throws AnnotationError `transform-unsupported` when `m` flattens the plane or is not finite.
 */
export function invert(m: Affine): Affine {
  const det = determinant(m)
  if (det === 0 || !Number.isFinite(det) || !Number.isFinite(m.e) || !Number.isFinite(m.f)) {
    throw new AnnotationError('transform-unsupported', 'the transform has no inverse', {
      expected: 'a finite determinant other than 0',
      got: String(det),
    })
  }
  return {
    // No negative zeros here either.
    a: m.d / det + 0,
    b: 0 - m.b / det,
    c: 0 - m.c / det,
    d: m.a / det + 0,
    e: (m.c * m.f - m.d * m.e) / det + 0,
    f: (m.b * m.e - m.a * m.f) / det + 0,
  }
}

/** The image of the point (x, y), in continuous pixels. */
export function applyToPoint(m: Affine, x: number, y: number): Pt {
  return [m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f]
}

/** A new ring of the images of the vertices, in the same order (a mirroring turns the direction of the ring round). */
export function applyToRing(m: Affine, ring: Ring): Ring {
  const image = new Float64Array(ring.length)
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const x = ring[i] as number
    const y = ring[i + 1] as number
    image[i] = m.a * x + m.c * y + m.e
    image[i + 1] = m.b * x + m.d * y + m.f
  }
  return image
}

/** Moves by (dx, dy) pixels. */
export function translation(dx: number, dy: number): Affine {
  return { a: 1, b: 0, c: 0, d: 1, e: dx, f: dy }
}

/** Scales about the origin by `sx` and `sy`; one factor serves both axes. */
export function scaling(sx: number, sy = sx): Affine {
  return { a: sx, b: 0, c: 0, d: sy, e: 0, f: 0 }
}

/** Turns by `degrees`, clockwise on screen, about (cx, cy). Exact at multiples of 90°. */
export function rotation(degrees: number, cx = 0, cy = 0): Affine {
  const [cos, sin] = cosSinDegrees(degrees)
  return { a: cos, b: sin, c: 0 - sin, d: cos, e: cx - cos * cx + sin * cy, f: cy - sin * cx - cos * cy }
}

/** Whether `m` is exactly the identity. */
export function isIdentity(m: Affine): boolean {
  return m.a === 1 && m.b === 0 && m.c === 0 && m.d === 1 && m.e === 0 && m.f === 0
}

/** Whether `m` keeps shapes: turning, one scale for both axes, moving, with or without mirroring (to 1e-12 of the scale). */
export function isSimilarity(m: Affine): boolean {
  const first = m.a * m.a + m.b * m.b
  const second = m.c * m.c + m.d * m.d
  const allowed = 1e-12 * Math.max(first, second)
  return first > 0 && Math.abs(first - second) <= allowed && Math.abs(m.a * m.c + m.b * m.d) <= allowed
}

/** Whether `m` maps axis-aligned boxes onto axis-aligned boxes: scaling, flips, quarter turns, moving. Exact test. */
export function isAxisAligned(m: Affine): boolean {
  return (m.b === 0 && m.c === 0) || (m.a === 0 && m.d === 0)
}

/** The smallest box around the image of `bounds`, half open as it; the image itself when {@link isAxisAligned}. */
export function applyToBounds(m: Affine, bounds: Bounds): Bounds {
  return boundsOfPoints(applyToRing(m, boundsCorners(bounds))) as Bounds
}

/** The direction of the image of the x axis, degrees clockwise on screen, in (-180, 180]. */
export function rotationAngle(m: Affine): number {
  // `+ 0` turns a negative zero into zero: atan2(-0, -1) would be -180.
  return (Math.atan2(m.b + 0, m.a) * 180) / Math.PI
}
