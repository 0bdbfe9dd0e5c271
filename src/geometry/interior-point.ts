import type { Pt } from './point.js'
import type { Ring } from './ring.js'

const TINY = 1e-12

/**
 * A point strictly inside the ring by the even-odd rule, or the first vertex when the ring encloses nothing,
 * or null when it has no vertex. It lies on the middle of the widest stretch of the level halfway between the two
 * neighbouring vertex levels that are furthest apart, so that no vertex is near.
 */
export function interiorPoint(ring: Ring): Pt | null {
  if (ring.length < 2) return null
  const vertex: Pt = [ring[0] as number, ring[1] as number]
  const levels = new Float64Array(ring.length / 2)
  for (let i = 0; i < levels.length; i++) levels[i] = ring[i * 2 + 1] as number
  levels.sort()
  let gap = 0
  let y = 0
  for (let i = 1; i < levels.length; i++) {
    const low = levels[i - 1] as number
    const high = levels[i] as number
    if (high - low > gap) {
      gap = high - low
      y = low + gap / 2
    }
  }
  if (gap === 0) return vertex
  const crossings = levelCrossings(ring, y)
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
  return widest === 0 ? vertex : [x, y]
}

function levelCrossings(ring: Ring, y: number): Float64Array {
  const crossings: number[] = []
  const n = ring.length
  let px = ring[n - 2] as number
  let py = ring[n - 1] as number
  for (let i = 0; i < n; i += 2) {
    const qx = ring[i] as number
    const qy = ring[i + 1] as number
    // Always from the upper end, so that an edge walked there and back crosses at the very same place.
    if (qy > y && py <= y) crossings.push(px + ((y - py) * (qx - px)) / (qy - py))
    else if (py > y && qy <= y) crossings.push(qx + ((y - qy) * (px - qx)) / (py - qy))
    px = qx
    py = qy
  }
  return Float64Array.from(crossings).sort()
}
