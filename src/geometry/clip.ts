import { type Bounds, boundsOfPoints } from './bounds.js'
import type { Pt } from './point.js'
import type { Ring } from './ring.js'

/**
 * What of the ring's area lies in `bounds`, by Sutherland and Hodgman's rule (1974); empty when nothing does. A concave
 * ring that falls into several pieces stays one ring, its pieces joined by edges of zero width along the border: area and
 * even-odd fill are right.
 */
export function clipRing(ring: Ring, bounds: Bounds): Ring {
  let clipped = clipHalfPlane(ring, 0, 1, bounds.left)
  clipped = clipHalfPlane(clipped, 0, -1, bounds.right)
  clipped = clipHalfPlane(clipped, 1, 1, bounds.top)
  clipped = clipHalfPlane(clipped, 1, -1, bounds.bottom)
  return isFlat(clipped) && !isFlat(ring) ? new Float64Array(0) : clipped
}

/** Whether all points stand on one horizontal or vertical line: what remains of a ring that only touches the frame. */
function isFlat(ring: Ring): boolean {
  const box = boundsOfPoints(ring)
  return box === null || box.left === box.right || box.top === box.bottom
}

/** Keeps what has `sign · coordinate[axis] >= sign · limit`. */
function clipHalfPlane(ring: Ring, axis: 0 | 1, sign: 1 | -1, limit: number): Ring {
  const n = ring.length
  if (n === 0) return ring
  const other = 1 - axis
  const out = new Float64Array(n * 2)
  let used = 0
  let previousOn = ring[n - 2 + axis] as number
  let previousAcross = ring[n - 2 + other] as number
  let previousInside = sign * previousOn >= sign * limit
  for (let i = 0; i < n; i += 2) {
    const on = ring[i + axis] as number
    const across = ring[i + other] as number
    const inside = sign * on >= sign * limit
    if (inside !== previousInside) {
      const share = (limit - previousOn) / (on - previousOn)
      out[used + axis] = limit
      out[used + other] = previousAcross + share * (across - previousAcross)
      used += 2
    }
    if (inside) {
      out[used + axis] = on
      out[used + other] = across
      used += 2
    }
    previousOn = on
    previousAcross = across
    previousInside = inside
  }
  return out.slice(0, used)
}

/** `bounds` cut to `frame`, or null when it lies outside. A box without extent stays when it lies in or on the frame. */
export function clipBounds(bounds: Bounds, frame: Bounds): Bounds | null {
  const left = Math.max(bounds.left, frame.left)
  const top = Math.max(bounds.top, frame.top)
  const right = Math.min(bounds.right, frame.right)
  const bottom = Math.min(bounds.bottom, frame.bottom)
  if (left > right || top > bottom) return null
  // A box with an extent that merely touches the frame shares nothing with it.
  if ((left === right && bounds.left < bounds.right) || (top === bottom && bounds.top < bounds.bottom)) return null
  return { left, top, right, bottom }
}

/**
 * The stretch of the segment from `from` to `to` that lies in `bounds`, borders included, or null.
 * Rule: Liang and Barsky (1984).
 */
export function clipSegment(from: Pt, to: Pt, bounds: Bounds): readonly [Pt, Pt] | null {
  const dx = to[0] - from[0]
  const dy = to[1] - from[1]
  const directions = [-dx, dx, -dy, dy]
  const distances = [from[0] - bounds.left, bounds.right - from[0], from[1] - bounds.top, bounds.bottom - from[1]]
  let start = 0
  let end = 1
  for (let side = 0; side < 4; side++) {
    const direction = directions[side] as number
    const distance = distances[side] as number
    if (direction === 0) {
      if (distance < 0) return null
    } else if (direction < 0) start = Math.max(start, distance / direction)
    else end = Math.min(end, distance / direction)
  }
  if (start > end) return null
  // Rounding must not push a cut point out of the frame it was cut to.
  const at = (share: number): Pt => [
    Math.min(bounds.right, Math.max(bounds.left, from[0] + share * dx)),
    Math.min(bounds.bottom, Math.max(bounds.top, from[1] + share * dy)),
  ]
  return [start === 0 ? from : at(start), end === 1 ? to : at(end)]
}
