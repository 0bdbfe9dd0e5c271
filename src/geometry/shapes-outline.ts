import type { Bounds } from './bounds.js'
import { ellipseRing } from './ellipse.js'
import type { Part } from './parts.js'
import type { Pt } from './point.js'
import type { Ring } from './ring.js'
import { rotatedBoxRing } from './rotated-box.js'

/** A shape as a polygon, and what that cost. */
export interface ShapePolygon {
  /** The union of these is the shape; they may overlap. */
  readonly parts: readonly Part[]
  /** Whether the polygon is the shape itself, but for the rounding of the last digit. */
  readonly exact: boolean
  /** How far, in pixels, the outline of the polygon is from that of the shape at most; 0 when exact. */
  readonly error: number
}

const NO_HOLES: readonly Ring[] = Object.freeze([])

/** One ring as a polygon that is exactly the shape. */
function exactly(outer: Ring): ShapePolygon {
  return { parts: [{ outer, holes: NO_HOLES }], exact: true, error: 0 }
}

/**
 * A box turned by `angle` degrees, clockwise on screen, about its centre, as one part of four vertices: clockwise on screen
 * from what was the top left corner. Exact.
 */
export function boxPolygon(bounds: Bounds, angle = 0): ShapePolygon {
  return exactly(rotatedBoxRing(bounds, angle))
}

/**
 * An ellipse with centre (cx, cy), half axes in pixels and an angle in degrees, clockwise on screen, as a polygon
 * inscribed in it: one part, see `ellipseRing`. `error` is how far its sides are from the ellipse at most, in pixels: no
 * more than `tolerance` as long as 720 vertices suffice, 0 for an ellipse that is a point.
 */
export function ellipsePolygon(
  cx: number,
  cy: number,
  rx: number,
  ry: number,
  angle = 0,
  tolerance = 1 / 64,
): ShapePolygon {
  const { ring, deviation } = ellipseRing(cx, cy, rx, ry, angle, tolerance)
  return { parts: [{ outer: ring, holes: NO_HOLES }], exact: deviation === 0, error: deviation }
}

/** Two faces of a cuboid drawn in the picture, each from its top left corner clockwise; corners of the same index belong together. */
export interface CuboidFaces {
  readonly front: readonly [tl: Pt, tr: Pt, br: Pt, bl: Pt]
  readonly back: readonly [tl: Pt, tr: Pt, br: Pt, bl: Pt]
}

/**
 * The six faces of a cuboid as drawn in the picture: front, back, top, right, bottom, left, each one part of four vertices.
 * They run clockwise or counter-clockwise on screen as the cuboid stands. Exact.
 */
export function cuboidFacePolygons({ front, back }: CuboidFaces): readonly ShapePolygon[] {
  const sides = front.map((corner, i): readonly Pt[] => {
    const next = (i + 1) % 4
    return [corner, front[next] as Pt, back[next] as Pt, back[i] as Pt]
  })
  return [front, back, ...sides].map((corners) => exactly(Float64Array.from(corners.flat())))
}

/**
 * The outline of a cuboid as drawn: the convex hull of its eight corners, clockwise on screen from the leftmost (of
 * these the topmost) one on, without corners on a straight line. It is what the faces cover together when the faces are
 * the views of a convex body, and exact for it.
 */
export function cuboidHullPolygon({ front, back }: CuboidFaces): ShapePolygon {
  return exactly(convexHull([...front, ...back]))
}

/**
 * The convex hull of points: clockwise on screen from the leftmost (of these the topmost) one on, without vertices on a
 * straight line. Fewer than 3 vertices when all points lie on a line, none for no points. Rule: Andrew's chains (1979).
 */
export function convexHull(points: readonly Pt[]): Ring {
  const sorted = points.slice().sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const upper = halfHull(sorted)
  const lower = halfHull(sorted.reverse())
  const hull = [...upper.slice(0, -1), ...lower.slice(0, -1)]
  return Float64Array.from((hull.length === 0 ? sorted.slice(0, 1) : hull).flat())
}

/** The points from the first to the last that the hull has on the left hand. */
function halfHull(points: readonly Pt[]): readonly Pt[] {
  const hull: Pt[] = []
  for (const point of points) {
    while (hull.length > 1 && !turnsRight(hull[hull.length - 2] as Pt, hull[hull.length - 1] as Pt, point)) hull.pop()
    hull.push(point)
  }
  return hull
}

function turnsRight(a: Pt, b: Pt, c: Pt): boolean {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0
}
