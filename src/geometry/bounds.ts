import type { Ring } from './ring.js'

/** An axis-aligned box in continuous pixels, half open: it covers `left <= x < right` and `top <= y < bottom`. */
export interface Bounds {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** `right - left`, in pixels; negative for a box with swapped sides. */
export function boundsWidth(bounds: Bounds): number {
  return bounds.right - bounds.left
}

/** `bottom - top`, in pixels; negative for a box with swapped sides. */
export function boundsHeight(bounds: Bounds): number {
  return bounds.bottom - bounds.top
}

/** Width times height in square pixels; 0 for a box with no extent or with swapped sides. */
export function boundsArea(bounds: Bounds): number {
  return Math.max(0, bounds.right - bounds.left) * Math.max(0, bounds.bottom - bounds.top)
}

/** The smallest box that encloses both, whether or not they have an extent. */
export function boundsUnion(a: Bounds, b: Bounds): Bounds {
  return {
    left: Math.min(a.left, b.left),
    top: Math.min(a.top, b.top),
    right: Math.max(a.right, b.right),
    bottom: Math.max(a.bottom, b.bottom),
  }
}

/** The half-open box that both cover, or null when they share no area (boxes that only touch share none). */
export function boundsIntersection(a: Bounds, b: Bounds): Bounds | null {
  const left = Math.max(a.left, b.left)
  const top = Math.max(a.top, b.top)
  const right = Math.min(a.right, b.right)
  const bottom = Math.min(a.bottom, b.bottom)
  return left < right && top < bottom ? { left, top, right, bottom } : null
}

/** Whether no side differs by more than `tolerance` pixels. */
export function boundsEqual(a: Bounds, b: Bounds, tolerance = 0): boolean {
  return (
    Math.abs(a.left - b.left) <= tolerance &&
    Math.abs(a.top - b.top) <= tolerance &&
    Math.abs(a.right - b.right) <= tolerance &&
    Math.abs(a.bottom - b.bottom) <= tolerance
  )
}

/** The smallest box around the points `x0, y0, x1, y1, …`, without extent for one point, or null when there is none. */
export function boundsOfPoints(flat: Float64Array): Bounds | null {
  if (flat.length < 2) return null
  let left = Number.POSITIVE_INFINITY
  let top = Number.POSITIVE_INFINITY
  let right = Number.NEGATIVE_INFINITY
  let bottom = Number.NEGATIVE_INFINITY
  for (let i = 0; i + 1 < flat.length; i += 2) {
    const x = flat[i] as number
    const y = flat[i + 1] as number
    if (x < left) left = x
    if (x > right) right = x
    if (y < top) top = y
    if (y > bottom) bottom = y
  }
  return { left, top, right, bottom }
}

/** The four corners as a ring: top left, top right, bottom right, bottom left (clockwise on screen). */
export function boundsCorners(bounds: Bounds): Ring {
  const { left, top, right, bottom } = bounds
  return Float64Array.of(left, top, right, top, right, bottom, left, bottom)
}

/**
 * Intersection over union of two boxes, 0 when they share no area.
 * With `crowd` the divisor is the area of `a` alone, as COCO matches a detection `a` against a crowd region `b`.
 * Rule: bbIou in cocoapi common/maskApi.c.
 */
export function boxIou(a: Bounds, b: Bounds, crowd = false): number {
  const shared = boundsIntersection(a, b)
  if (shared === null) return 0
  const area = boundsArea(shared)
  return area / (crowd ? boundsArea(a) : boundsArea(a) + boundsArea(b) - area)
}
