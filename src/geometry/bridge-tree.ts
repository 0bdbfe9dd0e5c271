import { liesBetween, properlyCross, type RingPoints, ringPoints } from './bridge-points.js'
import { type Diagonals, sweepDiagonals } from './bridge-sweep.js'
import { Forest } from './forest.js'
import type { Ring } from './ring.js'

/** Two vertices of different rings to be joined; at one place when the rings touch there. */
export interface Bridge {
  readonly from: number
  readonly to: number
}

interface Candidate extends Bridge {
  readonly length2: number
  /** Which sweep it is from: those of one never cross each other. */
  readonly sweep: number
}

/** With more rings only one sweep is looked at: the lines of several must be compared with each other. */
const FEW_RINGS = 500

/** With more vertices not every pair is looked at. */
const FEW_VERTICES = 300

/**
 * Sweeps in other directions, as what to do to x and y, and whether that mirrors. Where vertices stand in a row, even
 * the opposite order within the row gives other diagonals.
 */
const OTHER_SWEEPS: readonly (readonly [turn: (x: number, y: number) => readonly [number, number], inward: 1 | -1])[] =
  [
    [(x, y) => [y, x], -1],
    [(x, y) => [x, -y], -1],
    [(x, y) => [y, -x], 1],
  ]

/**
 * Bridges of least total length that connect all rings and cross no ring and not each other: of all lines between two
 * vertices when there are few of these, else of the diagonals of sweeps. Rings that share a point are connected there.
 * Outer rings must run clockwise on screen, holes counter-clockwise. Null when rings cross or overlap, or when a hole lies
 * outside its part; `partOf` says which part a ring belongs to.
 */
export function bridgesBetween(
  rings: readonly Ring[],
  partOf: readonly number[],
  points: RingPoints,
): readonly Bridge[] | null {
  const across = sweepDiagonals(points, partOf, 1)
  if (across === null) return null
  const touching = new Forest(rings.length)
  const shared = touchingBridges(points, touching)
  const certain = diagonalCandidates(points, points, across, 0, touching)
  const chosen =
    (points.count <= FEW_VERTICES ? shortestVisible(points, touching.copy()) : null) ??
    (rings.length <= FEW_RINGS
      ? shortest(points, manyDiagonals(rings, partOf, points, certain, touching), touching.copy())
      : null) ??
    shortest(points, certain, touching.copy())
  return chosen === null ? null : [...shared, ...chosen]
}

function manyDiagonals(
  rings: readonly Ring[],
  partOf: readonly number[],
  points: RingPoints,
  certain: readonly Candidate[],
  forest: Forest,
): readonly Candidate[] {
  const candidates = certain.slice()
  for (const [i, [turn, inward]] of OTHER_SWEEPS.entries()) {
    const turned = ringPoints(rings.map((ring) => turnedRing(ring, turn)))
    const found = sweepDiagonals(turned, partOf, inward)
    if (found !== null) candidates.push(...diagonalCandidates(points, turned, found, i + 1, forest))
  }
  return candidates
}

function turnedRing(ring: Ring, turn: (x: number, y: number) => readonly [number, number]): Ring {
  const turned = new Float64Array(ring.length)
  for (let i = 0; i + 1 < ring.length; i += 2) turned.set(turn(ring[i] as number, ring[i + 1] as number), i)
  return turned
}

/** Connects the rings that meet in a point: the first of them with each of the others. */
function touchingBridges({ pointCount, pointStarts, sorted, ringOf }: RingPoints, forest: Forest): readonly Bridge[] {
  const bridges: Bridge[] = []
  for (let point = 0; point < pointCount; point++) {
    const from = sorted[pointStarts[point] as number] as number
    for (let i = (pointStarts[point] as number) + 1; i < (pointStarts[point + 1] as number); i++) {
      const to = sorted[i] as number
      if (forest.join(ringOf[from] as number, ringOf[to] as number)) bridges.push({ from, to })
    }
  }
  return bridges
}

/** The diagonals between rings that do not hang together yet, as vertices, short ones first. */
function diagonalCandidates(
  points: RingPoints,
  swept: RingPoints,
  { ends, count }: Diagonals,
  sweep: number,
  forest: Forest,
): readonly Candidate[] {
  const { ringOf, pointOf, pointStarts, sorted } = points
  const vertexOf = (point: number): number => {
    const vertex = swept.sorted[swept.pointStarts[point] as number] as number
    return sorted[pointStarts[pointOf[vertex] as number] as number] as number
  }
  const candidates: Candidate[] = []
  for (let i = 0; i < count; i++) {
    const from = vertexOf(ends[i * 2] as number)
    const to = vertexOf(ends[i * 2 + 1] as number)
    if (forest.find(ringOf[from] as number) === forest.find(ringOf[to] as number)) continue
    candidates.push({ from, to, length2: squaredLength(points, from, to), sweep })
  }
  return candidates
}

function squaredLength({ x, y }: RingPoints, from: number, to: number): number {
  return ((x[to] as number) - (x[from] as number)) ** 2 + ((y[to] as number) - (y[from] as number)) ** 2
}

/** Kruskal's choice among all lines between two vertices that nothing crosses or touches; null when these do not connect everything. */
function shortestVisible(points: RingPoints, forest: Forest): readonly Bridge[] | null {
  const { ringOf, pointCount, pointStarts, sorted } = points
  const firsts = Array.from({ length: pointCount }, (_, point) => sorted[pointStarts[point] as number] as number)
  const candidates: Candidate[] = []
  for (const [i, from] of firsts.entries()) {
    for (const to of firsts.slice(i + 1)) {
      if (forest.find(ringOf[from] as number) === forest.find(ringOf[to] as number)) continue
      candidates.push({ from, to, length2: squaredLength(points, from, to), sweep: 0 })
    }
  }
  return kruskal(points, candidates, forest, (candidate, chosen) => isFree(points, candidate, chosen))
}

function isFree(points: RingPoints, { from, to }: Bridge, chosen: readonly Bridge[]): boolean {
  for (let v = 0; v < points.count; v++) {
    if (properlyCross(points, from, to, v, points.after[v] as number)) return false
    if (liesBetween(points, from, to, v)) return false
  }
  return !chosen.some((other) => properlyCross(points, from, to, other.from, other.to))
}

/** Kruskal's choice among diagonals. */
function shortest(points: RingPoints, candidates: readonly Candidate[], forest: Forest): readonly Bridge[] | null {
  return kruskal(
    points,
    candidates,
    forest,
    ({ from, to, sweep }, chosen) =>
      !chosen.some((other) => other.sweep !== sweep && properlyCross(points, from, to, other.from, other.to)),
  )
}

/** The shortest candidates that may be taken, until they connect everything; null when they do not. */
function kruskal(
  { ringOf }: RingPoints,
  candidates: readonly Candidate[],
  forest: Forest,
  mayTake: (candidate: Candidate, chosen: readonly Candidate[]) => boolean,
): readonly Bridge[] | null {
  const ordered = candidates
    .slice()
    .sort((a, b) => a.length2 - b.length2 || a.sweep - b.sweep || a.from - b.from || a.to - b.to)
  const chosen: Candidate[] = []
  for (const candidate of ordered) {
    if (forest.trees === 1) break
    const from = ringOf[candidate.from] as number
    const to = ringOf[candidate.to] as number
    if (forest.find(from) === forest.find(to) || !mayTake(candidate, chosen)) continue
    forest.join(from, to)
    chosen.push(candidate)
  }
  return forest.trees === 1 ? chosen : null
}
