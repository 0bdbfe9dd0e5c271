import type { Part } from './parts.js'
import type { Ring } from './ring.js'
import type { ShapePolygon } from './shapes-outline.js'

/** How a line with a width looks at its vertices and ends. */
export interface StrokeOptions {
  /** `round` (default): a disc. `bevel`: the corner cut off. `miter`: the corner drawn out, cut off when sharper than `miterLimit`. */
  readonly join?: 'round' | 'bevel' | 'miter'
  /** `round` (default): half a disc. `butt`: nothing beyond the end. `square`: half the width beyond it. */
  readonly cap?: 'round' | 'butt' | 'square'
  /** The most a miter may reach from its vertex, in half widths. Default 4. */
  readonly miterLimit?: number
  /** How far, in pixels, arcs may be from circles. Default 1/64. */
  readonly tolerance?: number
}

const NO_HOLES: readonly Ring[] = Object.freeze([])

/**
 * An open line with a width in pixels as parts whose union it is: one for each side, and one for each corner to the
 * outer side of a bend. The parts overlap where the line bends or meets itself, so do not add their areas. Exact but for
 * arcs, which are inscribed polygons: `error` says how far they are off. Sides without length are left out; a line that
 * is all in one place is a dot with round or square caps and nothing with butt ones. So is any line without width.
 * @throws TypeError for a width that is not a finite number of at least 0.
 */
export function polylinePolygon(line: Ring, width: number, options: StrokeOptions = {}): ShapePolygon {
  if (!(width >= 0 && Number.isFinite(width))) {
    throw new TypeError(`the width of a line must be a finite number of at least 0, got ${String(width)}`)
  }
  const { join = 'round', cap = 'round', miterLimit = 4, tolerance = 1 / 64 } = options
  const points = distinct(line)
  const half = width / 2
  if (half === 0 || points.length === 0) return { parts: [], exact: true, error: 0 }
  const steps = quarterSteps(half, tolerance)
  const error = half * (1 - Math.cos(Math.PI / 4 / steps))
  if (points.length === 2) return dot(points[0] as number, points[1] as number, half, cap, steps, error)
  const parts: Part[] = []
  const last = points.length - 4
  let arcs = false
  for (let i = 0; i <= last; i += 2) {
    const [ax, ay, bx, by] = [points[i], points[i + 1], points[i + 2], points[i + 3]] as [
      number,
      number,
      number,
      number,
    ]
    const length = Math.hypot(bx - ax, by - ay)
    const dx = ((bx - ax) / length) * half
    const dy = ((by - ay) / length) * half
    const start = i === 0 ? cap : join === 'round' ? 'round' : 'butt'
    const end = i === last ? cap : join === 'round' ? 'round' : 'butt'
    const outer: number[] = []
    pushEnd(outer, bx, by, dx, dy, end, steps)
    pushEnd(outer, ax, ay, -dx, -dy, start, steps)
    arcs ||= start === 'round' || end === 'round'
    parts.push({ outer: Float64Array.from(outer), holes: NO_HOLES })
    if (i < last && join !== 'round') {
      const corner = cornerRing(points, i + 2, half, join === 'miter' ? miterLimit : 0)
      if (corner !== null) parts.push({ outer: corner, holes: NO_HOLES })
    }
  }
  return { parts, exact: !arcs, error: arcs ? error : 0 }
}

function distinct(line: Ring): readonly number[] {
  const points: number[] = []
  for (let i = 0; i + 1 < line.length; i += 2) {
    const x = line[i] as number
    const y = line[i + 1] as number
    const n = points.length
    if (n === 0 || points[n - 2] !== x || points[n - 1] !== y) points.push(x, y)
  }
  return points
}

/** Into how many chords a quarter of a circle must be cut; at most 180. */
function quarterSteps(radius: number, tolerance: number): number {
  if (!(tolerance > 0)) return 180
  if (tolerance >= radius) return 1
  return Math.min(180, Math.max(1, Math.ceil(Math.PI / 4 / Math.acos(1 - tolerance / radius))))
}

function dot(
  x: number,
  y: number,
  half: number,
  cap: 'round' | 'butt' | 'square',
  steps: number,
  error: number,
): ShapePolygon {
  if (cap === 'butt') return { parts: [], exact: true, error: 0 }
  const outer: number[] = []
  pushEnd(outer, x, y, half, 0, cap, steps)
  pushEnd(outer, x, y, -half, 0, cap, steps)
  return {
    parts: [{ outer: Float64Array.from(outer), holes: NO_HOLES }],
    exact: cap === 'square',
    error: cap === 'square' ? 0 : error,
  }
}

/** One end of a side that runs along (dx, dy), half a width long: clockwise on screen from its left to its right hand. */
function pushEnd(
  outer: number[],
  x: number,
  y: number,
  dx: number,
  dy: number,
  cap: 'round' | 'butt' | 'square',
  steps: number,
): void {
  const ahead = cap === 'square' ? 1 : 0
  outer.push(x + dy + dx * ahead, y - dx + dy * ahead)
  if (cap === 'round') {
    for (let i = 1; i < 2 * steps; i++) {
      const turn = (i * Math.PI) / 2 / steps
      // The end of the side itself must lie on the outline: no rounding there.
      const along = i === steps ? 1 : Math.sin(turn)
      const across = i === steps ? 0 : Math.cos(turn)
      outer.push(x + dx * along + dy * across, y + dy * along - dx * across)
    }
  }
  outer.push(x - dy + dx * ahead, y + dx + dy * ahead)
}

/** What a corner needs on the outer side of its bend: a triangle, or a kite out to where the edges meet. */
function cornerRing(points: readonly number[], at: number, half: number, miterLimit: number): Ring | null {
  const x = points[at] as number
  const y = points[at + 1] as number
  const inX = x - (points[at - 2] as number)
  const inY = y - (points[at - 1] as number)
  const outX = (points[at + 2] as number) - x
  const outY = (points[at + 3] as number) - y
  const inLength = Math.hypot(inX, inY)
  const outLength = Math.hypot(outX, outY)
  const sine = (inX * outY - inY * outX) / (inLength * outLength)
  if (sine === 0) return null
  // Bending to the right opens the left side; left of (dx, dy) is (dy, -dx) with y down.
  const hand = sine > 0 ? half : -half
  const ax = x + (inY / inLength) * hand
  const ay = y - (inX / inLength) * hand
  const bx = x + (outY / outLength) * hand
  const by = y - (outX / outLength) * hand
  const cosine = (inX * outX + inY * outY) / (inLength * outLength)
  // The tip is 1 / cos(half the bend) half widths away.
  const reach = Math.sqrt(2 / (1 + cosine))
  const kite = reach <= miterLimit
  const mx = (ax + bx) / 2 - x
  const my = (ay + by) / 2 - y
  const tip = kite ? [x + mx * reach * reach, y + my * reach * reach] : []
  const ring = hand > 0 ? [x, y, ax, ay, ...tip, bx, by] : [x, y, bx, by, ...tip, ax, ay]
  return Float64Array.from(ring)
}
