import { AnnotationError } from '../errors.js'
import type { Pt } from './point.js'

/** Vertices `x0, y0, x1, y1, …` in continuous pixels. The ring closes by itself: the first vertex is not repeated. */
export type Ring = Float64Array

/**
 * A ring of its own memory from flat numbers or from points.
 * @throws AnnotationError `ring-format` for an odd count, a point that is not a pair, or a number that is not finite.
 */
export function ringFrom(points: Ring | readonly number[] | readonly Pt[]): Ring {
  const first: unknown = points[0]
  const ring = Array.isArray(first) ? flatten(points as readonly Pt[]) : Float64Array.from(points as readonly number[])
  checkRing(ring)
  return ring
}

/**
 * Refuses what is no ring.
 * @throws AnnotationError `ring-format` for an odd count, or a number that is not finite.
 */
export function checkRing(ring: Ring): void {
  if (ring.length % 2 !== 0) {
    throw new AnnotationError('ring-format', 'a ring has an odd count of numbers', {
      expected: 'pairs x, y',
      got: `${ring.length} numbers`,
    })
  }
  for (let i = 0; i < ring.length; i++) {
    if (!Number.isFinite(ring[i])) {
      throw new AnnotationError('ring-format', `number ${i} of a ring is not finite`, {
        expected: 'a finite number',
        got: String(ring[i]),
      })
    }
  }
}

function flatten(points: readonly Pt[]): Ring {
  const ring = new Float64Array(points.length * 2)
  for (let i = 0; i < points.length; i++) {
    const point: unknown = points[i]
    if (!Array.isArray(point) || point.length !== 2) {
      throw new AnnotationError('ring-format', `point ${i} of a ring is not a pair`, {
        expected: '[x, y]',
        got: Array.isArray(point) ? `${point.length} numbers` : typeof point,
      })
    }
    ring[i * 2] = point[0]
    ring[i * 2 + 1] = point[1]
  }
  return ring
}

/**
 * The shoelace area in square pixels, positive when the ring runs clockwise on screen; 0 for fewer than 3 points.
 * A ring that crosses itself counts each region by its winding.
 */
export function ringSignedArea(ring: Ring): number {
  const n = ring.length
  if (n < 6) return 0
  // Relative to the first vertex: far from the origin the products would lose the digits that matter.
  const x0 = ring[0] as number
  const y0 = ring[1] as number
  let twice = 0
  let px = (ring[2] as number) - x0
  let py = (ring[3] as number) - y0
  for (let i = 4; i < n; i += 2) {
    const x = (ring[i] as number) - x0
    const y = (ring[i + 1] as number) - y0
    twice += px * y - x * py
    px = x
    py = y
  }
  return twice / 2
}

/** The absolute shoelace area in square pixels; 0 for fewer than 3 points. See {@link ringSignedArea}. */
export function ringArea(ring: Ring): number {
  return Math.abs(ringSignedArea(ring))
}

/** The length of the closed outline in pixels; a ring of two points is walked there and back. */
export function ringPerimeter(ring: Ring): number {
  const n = ring.length
  if (n < 4) return 0
  let length = 0
  let px = ring[n - 2] as number
  let py = ring[n - 1] as number
  for (let i = 0; i < n; i += 2) {
    const x = ring[i] as number
    const y = ring[i + 1] as number
    length += Math.hypot(x - px, y - py)
    px = x
    py = y
  }
  return length
}

/**
 * The centre of mass of the enclosed area, in continuous pixels; of the vertices when the ring encloses none.
 * @throws AnnotationError `degenerate-geometry` for a ring without points.
 */
export function ringCentroid(ring: Ring): Pt {
  const n = ring.length
  if (n < 2) throw new AnnotationError('degenerate-geometry', 'a ring without points has no centroid')
  const x0 = ring[0] as number
  const y0 = ring[1] as number
  let twice = 0
  let mx = 0
  let my = 0
  let sumX = 0
  let sumY = 0
  for (let i = 2; i < n; i += 2) {
    const px = (ring[i - 2] as number) - x0
    const py = (ring[i - 1] as number) - y0
    const x = (ring[i] as number) - x0
    const y = (ring[i + 1] as number) - y0
    const cross = px * y - x * py
    twice += cross
    mx += (px + x) * cross
    my += (py + y) * cross
    sumX += x
    sumY += y
  }
  if (twice === 0) return [x0 + (2 * sumX) / n, y0 + (2 * sumY) / n]
  return [x0 + mx / (3 * twice), y0 + my / (3 * twice)]
}

/** A new ring of the same vertices in the other direction, beginning with the same vertex. */
export function reverseRing(ring: Ring): Ring {
  const n = ring.length
  const reversed = new Float64Array(n)
  for (let i = 0; i < n; i += 2) {
    const from = i === 0 ? 0 : n - i
    reversed[i] = ring[from] as number
    reversed[i + 1] = ring[from + 1] as number
  }
  return reversed
}

/** Whether both have the same vertices in the same order from the same start, no coordinate further than `tolerance` pixels away. */
export function ringsEqual(a: Ring, b: Ring, tolerance = 0): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    if (!(Math.abs((a[i] as number) - (b[i] as number)) <= tolerance)) return false
  }
  return true
}

/**
 * Whether (x, y) lies inside by the even-odd rule. Half open: of two rings that share an edge exactly one contains a
 * point of it; a left or top edge of a box is in, its right or bottom edge is out. Fewer than 3 points contain nothing.
 */
export function ringContains(ring: Ring, x: number, y: number): boolean {
  const n = ring.length
  if (n < 6) return false
  let inside = false
  let px = ring[n - 2] as number
  let py = ring[n - 1] as number
  for (let i = 0; i < n; i += 2) {
    const qx = ring[i] as number
    const qy = ring[i + 1] as number
    if (qy > y !== py > y) {
      // Always computed from the lower vertex, so that neighbours that walk a shared edge both ways agree to the bit.
      const crossing = qy > py ? px + ((y - py) * (qx - px)) / (qy - py) : qx + ((y - qy) * (px - qx)) / (py - qy)
      if (x < crossing) inside = !inside
    }
    px = qx
    py = qy
  }
  return inside
}
