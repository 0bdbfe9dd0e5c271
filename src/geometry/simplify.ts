import type { Ring } from './ring.js'

/** A ring with fewer vertices, and what leaving them out cost. */
export interface SimplifiedRing {
  readonly ring: Ring
  /** The largest distance in pixels of a vertex left out from the side that stands for it now; at most `epsilon` unless 3 vertices remain. */
  readonly deviation: number
}

/**
 * The ring with vertices left out that lie within `epsilon` pixels of the sides that remain, by Douglas and Peucker's
 * rule (1973) on the closed ring: between two vertices that are kept, the one furthest from the side between them is
 * kept too as long as it is more than `epsilon` away. The first two kept are vertices of which each is the furthest from
 * the other, so that they are corners whatever vertex the ring starts at. At least 3 vertices remain, however large
 * `epsilon` is, and a ring that encloses an area never becomes a line. Vertices are never moved, and keep their order.
 *
 * With `epsilon` 0 only vertices that lie exactly on a side go. The result may cross itself, or other rings: distance is
 * all that is looked at.
 * @throws TypeError for an `epsilon` that is not a number of at least 0.
 */
export function simplifyRing(ring: Ring, epsilon: number): SimplifiedRing {
  if (!(epsilon >= 0)) throw new TypeError(`epsilon must be a number of at least 0, got ${String(epsilon)}`)
  const n = ring.length >> 1
  if (n <= 3) return { ring: ring.slice(), deviation: 0 }
  const keep = new Uint8Array(n)
  const [a, b, span] = farEnds(ring)
  // All vertices in one place: any three say the same.
  if (span === 0) return { ring: ring.slice(0, 6), deviation: 0 }
  keep[a] = 1
  keep[b] = 1
  const stack = [a, b, b, a]
  let deviation = 0
  let kept = 2
  let reserve = -1
  let reserveDistance = -1
  while (stack.length > 0) {
    const to = stack.pop() as number
    const from = stack.pop() as number
    const [at, distance] = furthestFromSide(ring, from, to)
    if (at < 0) continue
    if (distance > epsilon) {
      keep[at] = 1
      kept++
      stack.push(from, at, at, to)
    } else {
      if (distance > deviation) deviation = distance
      if (distance > reserveDistance) {
        reserve = at
        reserveDistance = distance
      }
    }
  }
  if (kept === 2) {
    keep[reserve] = 1
    deviation = deviationOf(ring, keep)
  }
  const points: number[] = []
  for (let i = 0; i < n; i++) if (keep[i] === 1) points.push(ring[i * 2] as number, ring[i * 2 + 1] as number)
  return { ring: Float64Array.from(points), deviation }
}

/** Two vertices of which each is furthest from the other: no vertex lies in line with both but outside them. */
function farEnds(ring: Ring): readonly [a: number, b: number, span: number] {
  let [a] = furthestFromPoint(ring, 0)
  for (;;) {
    const [b, span] = furthestFromPoint(ring, a)
    const [back, longer] = furthestFromPoint(ring, b)
    if (!(longer > span)) return [a, b, span]
    a = back
  }
}

/** The vertex furthest from vertex `from` (the first of equals), and how far it is. */
function furthestFromPoint(ring: Ring, from: number): readonly [at: number, distance: number] {
  const x = ring[from * 2] as number
  const y = ring[from * 2 + 1] as number
  let at = from
  let most = 0
  for (let i = 0; i < ring.length; i += 2) {
    const distance = Math.hypot((ring[i] as number) - x, (ring[i + 1] as number) - y)
    if (distance > most) {
      most = distance
      at = i >> 1
    }
  }
  return [at, most]
}

/** Of the vertices after `from` and before `to` the one furthest from the side between these, -1 when there is none. */
function furthestFromSide(ring: Ring, from: number, to: number): readonly [at: number, distance: number] {
  const n = ring.length >> 1
  const ax = ring[from * 2] as number
  const ay = ring[from * 2 + 1] as number
  const dx = (ring[to * 2] as number) - ax
  const dy = (ring[to * 2 + 1] as number) - ay
  const length2 = dx * dx + dy * dy
  const length = Math.sqrt(length2)
  let at = -1
  let most = -1
  for (let i = from + 1 === n ? 0 : from + 1; i !== to; i = i + 1 === n ? 0 : i + 1) {
    const x = (ring[i * 2] as number) - ax
    const y = (ring[i * 2 + 1] as number) - ay
    const along = dx * x + dy * y
    let distance: number
    // The side ends: beside it the nearest place is one of its ends.
    if (along <= 0 || length2 === 0) distance = Math.hypot(x, y)
    else if (along >= length2) distance = Math.hypot(x - dx, y - dy)
    else distance = Math.abs(dx * y - dy * x) / length
    if (distance > most) {
      most = distance
      at = i
    }
  }
  return [at, most]
}

/** The largest distance of a vertex left out from its side. */
function deviationOf(ring: Ring, keep: Uint8Array): number {
  const kept: number[] = []
  for (let i = 0; i < keep.length; i++) if (keep[i] === 1) kept.push(i)
  let deviation = 0
  for (const [i, from] of kept.entries()) {
    const to = kept[(i + 1) % kept.length] as number
    deviation = Math.max(deviation, furthestFromSide(ring, from, to)[1])
  }
  return deviation
}
