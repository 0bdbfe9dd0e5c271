import { ringPoints } from './bridge-points.js'
import type { Pt } from './point.js'
import type { Ring } from './ring.js'

const TINY = 1e-12

/** Where in a gap to look: in its middle, and where that is just where sides cross, beside it. */
const SHARES = [1 / 2, (3 - Math.sqrt(5)) / 2] as const

/** Lines of four numbers: from x, y to x, y. */
type Sides = Float64Array

/**
 * A point strictly inside the ring by the even-odd rule, or the first vertex when the ring encloses nothing,
 * or null when it has no vertex. It lies on the middle of the widest stretch of the level halfway between the two
 * neighbouring vertex levels that are furthest apart, so that no vertex is near; where only a spike passes that level,
 * between the next furthest, and so on.
 *
 * One look at all sides does for almost any ring. Spikes may take one for each gap they pass.
 */
export function interiorPoint(ring: Ring): Pt | null {
  if (ring.length < 2) return null
  const all = sidesOf(ring)
  const [widest] = gapsOf(all, 1)
  if (widest === undefined) return [ring[0] as number, ring[1] as number]
  return middleAt(all, (widest.low + widest.high) / 2) ?? lookEverywhere(ring) ?? [ring[0] as number, ring[1] as number]
}

/** Looks into all gaps, the widest first, without the sides that are walked there and back: they enclose nothing. */
function lookEverywhere(ring: Ring): Pt | null {
  const sides = unpairedSides(ring)
  const gaps = gapsOf(sides, Number.POSITIVE_INFINITY)
  for (const share of SHARES) {
    for (const { low, high } of gaps) {
      const y = low + (high - low) * share
      const point = y > low && y < high ? middleAt(sides, y) : null
      if (point !== null) return point
    }
  }
  return null
}

/** The gaps between neighbouring heights of ends, the widest (of equals the upper) first; at most so many. */
function gapsOf(sides: Sides, most: number): readonly { readonly low: number; readonly high: number }[] {
  const levels = new Float64Array(sides.length / 2)
  for (let i = 0; i < levels.length; i++) levels[i] = sides[i * 2 + 1] as number
  levels.sort()
  const gaps: { low: number; high: number }[] = []
  for (let i = 1; i < levels.length; i++) {
    const low = levels[i - 1] as number
    const high = levels[i] as number
    if (!(high > low)) continue
    const first = gaps[0]
    if (most > 1 || first === undefined) gaps.push({ low, high })
    else if (high - low > first.high - first.low) gaps[0] = { low, high }
  }
  return gaps.sort((a, b) => b.high - b.low - (a.high - a.low))
}

/** The middle of the widest stretch inside at a height, if there is any. */
function middleAt(sides: Sides, y: number): Pt | null {
  const crossings = levelCrossings(sides, y)
  let widest = 0
  let x = 0
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const width = (crossings[i + 1] as number) - (crossings[i] as number)
    // Edges that lie on each other may cross a rounding error apart: nothing fits between them.
    if (width > widest && width > Math.abs(crossings[i] as number) * TINY) {
      widest = width
      x = (crossings[i] as number) + width / 2
    }
  }
  return widest === 0 ? null : [x, y]
}

function levelCrossings(sides: Sides, y: number): Float64Array {
  const crossings: number[] = []
  for (let i = 0; i < sides.length; i += 4) {
    const py = sides[i + 1] as number
    const qy = sides[i + 3] as number
    if (qy > y === py > y) continue
    const px = sides[i] as number
    const qx = sides[i + 2] as number
    // Always from the upper end, so that an edge walked there and back crosses at the very same place.
    if (qy > py) crossings.push(px + ((y - py) * (qx - px)) / (qy - py))
    else crossings.push(qx + ((y - qy) * (px - qx)) / (py - qy))
  }
  return Float64Array.from(crossings).sort()
}

function sidesOf(ring: Ring): Sides {
  const n = ring.length
  const sides = new Float64Array(n * 2)
  for (let i = 0; i < n; i += 2) {
    const next = i + 2 === n ? 0 : i + 2
    sides[i * 2] = ring[i] as number
    sides[i * 2 + 1] = ring[i + 1] as number
    sides[i * 2 + 2] = ring[next] as number
    sides[i * 2 + 3] = ring[next + 1] as number
  }
  return sides
}

/** The sides without those that come in pairs between the same two points, in whatever direction. */
function unpairedSides(ring: Ring): Sides {
  const { count, pointOf, after } = ringPoints([ring])
  const unpaired = new Map<number, number>()
  for (let v = 0; v < count; v++) {
    const a = pointOf[v] as number
    const b = pointOf[after[v] as number] as number
    const key = Math.min(a, b) * count + Math.max(a, b)
    if (!unpaired.delete(key)) unpaired.set(key, v)
  }
  const all = sidesOf(ring)
  const sides = new Float64Array(unpaired.size * 4)
  for (const [i, v] of [...unpaired.values()].entries()) sides.set(all.subarray(v * 4, v * 4 + 4), i * 4)
  return sides
}
