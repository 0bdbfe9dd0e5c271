import { checkRing, type Ring, ringArea } from './ring.js'

const TINY = 1e-12

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
 * `epsilon` is, and a ring that encloses an area never becomes a line, nor one whose sides lie on each other: then the
 * vertices furthest away of those left out stay. Vertices are never moved, and keep their order.
 *
 * With `epsilon` 0 only vertices that lie exactly on a side go. The result may cross itself, or other rings: distance is
 * all that is looked at.
 *
 * For n vertices the time grows with n log n for outlines as they occur, but with n² in the worst case, where every
 * vertex kept is a neighbour of the last (such as a zigzag that grows from tooth to tooth).
 * @throws TypeError for an `epsilon` that is not a number of at least 0. AnnotationError `ring-format` for an odd count of
 * numbers, or one that is not finite.
 */
export function simplifyRing(ring: Ring, epsilon: number): SimplifiedRing {
  if (!(epsilon >= 0)) throw new TypeError(`epsilon must be a number of at least 0, got ${String(epsilon)}`)
  checkRing(ring)
  const n = ring.length >> 1
  if (n <= 3) return { ring: ring.slice(), deviation: 0 }
  const keep = new Uint8Array(n)
  const [a, b, span] = farEnds(ring)
  // All vertices in one place: any three say the same.
  if (span === 0) return { ring: ring.slice(0, 6), deviation: 0 }
  keep[a] = 1
  keep[b] = 1
  const { kept, deviation, reserve } = split(ring, keep, epsilon, [a, b, b, a])
  if (kept === 0) {
    keep[reserve] = 1
    return { ring: keptRing(ring, keep), deviation: deviationOf(ring, keep) }
  }
  return unflattened(ring, keep, epsilon, span) ?? { ring: keptRing(ring, keep), deviation }
}

/** What splitting sides came to. */
interface Split {
  /** How many vertices were added to those kept. */
  readonly kept: number
  /** The largest distance of the others. */
  readonly deviation: number
  /** The vertex at that distance, or -1. */
  readonly reserve: number
}

/** Douglas and Peucker's rule on sides, given by their ends in pairs: keeps what is too far from them, again and again. */
function split(ring: Ring, keep: Uint8Array, epsilon: number, stack: number[]): Split {
  let deviation = 0
  let kept = 0
  let reserve = -1
  while (stack.length > 0) {
    const to = stack.pop() as number
    const from = stack.pop() as number
    const [at, distance] = furthestFromSide(ring, from, to)
    if (at < 0) continue
    if (distance > epsilon) {
      keep[at] = 1
      kept++
      stack.push(from, at, at, to)
    } else if (reserve < 0 || distance > deviation) {
      deviation = distance
      reserve = at
    }
  }
  return { kept, deviation, reserve }
}

/**
 * Where sides that remain lie on each other, a ring with area may have become one without: brings the furthest of the
 * vertices left out back, more each time, until it has area again. Null when it has not lost its area.
 */
function unflattened(ring: Ring, keep: Uint8Array, epsilon: number, span: number): SimplifiedRing | null {
  const area = ringArea(ring)
  // Rounding alone can make a little area; but a ring may be as thin as that.
  const tiny = area > span * span * TINY ? span * span * TINY : 0
  const isFlat = (): boolean => area !== 0 && ringArea(keptRing(ring, keep)) <= tiny
  if (!isFlat()) return null
  let deviation = 0
  for (let count = 1; isFlat(); count *= 2) {
    for (const at of furthestDropped(ring, keep, count)) keep[at] = 1
    deviation = split(ring, keep, epsilon, sidesBetween(keep)).deviation
  }
  return { ring: keptRing(ring, keep), deviation }
}

/** The vertices left out that are furthest from the sides that stand for them, at most `count`. */
function furthestDropped(ring: Ring, keep: Uint8Array, count: number): readonly number[] {
  const n = keep.length
  const dropped: { readonly at: number; readonly distance2: number }[] = []
  const ends = sidesBetween(keep)
  for (let e = 0; e < ends.length; e += 2) {
    const from = ends[e] as number
    const to = ends[e + 1] as number
    const ax = ring[from * 2] as number
    const ay = ring[from * 2 + 1] as number
    const dx = (ring[to * 2] as number) - ax
    const dy = (ring[to * 2 + 1] as number) - ay
    for (let at = (from + 1) % n; at !== to; at = (at + 1) % n) {
      const [x, y] = [(ring[at * 2] as number) - ax, (ring[at * 2 + 1] as number) - ay]
      dropped.push({ at, distance2: squaredDistance(x, y, dx, dy) })
    }
  }
  return dropped
    .sort((a, b) => b.distance2 - a.distance2 || a.at - b.at)
    .slice(0, count)
    .map(({ at }) => at)
}

/** The sides between neighbours that are kept, as vertices in pairs. */
function sidesBetween(keep: Uint8Array): number[] {
  const kept: number[] = []
  for (let i = 0; i < keep.length; i++) if (keep[i] === 1) kept.push(i)
  return kept.flatMap((from, i) => [from, kept[(i + 1) % kept.length] as number])
}

function keptRing(ring: Ring, keep: Uint8Array): Ring {
  const points: number[] = []
  for (let i = 0; i < keep.length; i++) if (keep[i] === 1) points.push(ring[i * 2] as number, ring[i * 2 + 1] as number)
  return Float64Array.from(points)
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
  let most2 = 0
  for (let i = 0; i < ring.length; i += 2) {
    const dx = (ring[i] as number) - x
    const dy = (ring[i + 1] as number) - y
    const distance2 = dx * dx + dy * dy
    if (distance2 > most2) {
      most2 = distance2
      at = i >> 1
    }
  }
  return [at, Math.sqrt(most2)]
}

/** Of the vertices after `from` and before `to` the one furthest from the side between these, -1 when there is none. */
function furthestFromSide(ring: Ring, from: number, to: number): readonly [at: number, distance: number] {
  const n = ring.length >> 1
  const ax = ring[from * 2] as number
  const ay = ring[from * 2 + 1] as number
  const dx = (ring[to * 2] as number) - ax
  const dy = (ring[to * 2 + 1] as number) - ay
  let at = -1
  let most2 = -1
  for (let i = from + 1 === n ? 0 : from + 1; i !== to; i = i + 1 === n ? 0 : i + 1) {
    const distance2 = squaredDistance((ring[i * 2] as number) - ax, (ring[i * 2 + 1] as number) - ay, dx, dy)
    if (distance2 > most2) {
      most2 = distance2
      at = i
    }
  }
  return [at, Math.sqrt(Math.max(most2, 0))]
}

/** The squared distance of (x, y) from the side that leads from the origin to (dx, dy). */
function squaredDistance(x: number, y: number, dx: number, dy: number): number {
  const length2 = dx * dx + dy * dy
  const along = dx * x + dy * y
  // The side ends: beside it the nearest place is one of its ends.
  if (along <= 0 || length2 === 0) return x * x + y * y
  if (along >= length2) return (x - dx) * (x - dx) + (y - dy) * (y - dy)
  const across = dx * y - dy * x
  return (across / length2) * across
}

/** The largest distance of a vertex left out from its side. */
function deviationOf(ring: Ring, keep: Uint8Array): number {
  const ends = sidesBetween(keep)
  let deviation = 0
  for (let e = 0; e < ends.length; e += 2) {
    deviation = Math.max(deviation, furthestFromSide(ring, ends[e] as number, ends[e + 1] as number)[1])
  }
  return deviation
}
