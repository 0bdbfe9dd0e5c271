import { AnnotationError } from '../errors.js'
import { type RingPoints, ringPoints } from './bridge-points.js'
import { type Bridge, bridgesBetween } from './bridge-tree.js'
import type { Part } from './parts.js'
import { checkRing, type Ring, reverseRing, ringSignedArea } from './ring.js'

/**
 * All rings of the parts as one ring, joined by bridges that are walked there and back, so that they have no width.
 * Filled even-odd (non-zero as well, and by its shoelace area) it is the parts and their holes again: outer rings run
 * clockwise on screen in it, holes counter-clockwise. All vertices are vertices of the parts, bit for bit.
 *
 * A bridge joins two vertices; it crosses no ring and no other bridge. Up to 300 vertices the bridges are the shortest
 * there are. Beyond, they are the shortest that connect everything among the diagonals of four trapezoidal cuts of the
 * plane (one cut for more than 500 rings): short, though shorter ones may exist, and found by O(n log n) comparisons for n
 * vertices. Rings that share a vertex are joined there, by a bridge of no length: the vertex is repeated. The result
 * depends on nothing but the parts and their order.
 *
 * Give it to `unbridgeRing` to get the parts back.
 * @throws AnnotationError `degenerate-geometry` for no parts, for a ring without vertices, and for parts that overlap,
 * rings that cross, or holes outside their own part: even-odd would cut out what they share, so unite them first. Parts
 * that touch are fine. `ring-format` for an odd count of numbers, or one that is not finite.
 */
export function bridgeParts(parts: readonly Part[]): Ring {
  const ring = bridgeIfApart(parts)
  if (ring !== null) return ring
  throw new AnnotationError('degenerate-geometry', 'parts that overlap cannot be joined into one ring', {
    expected: 'rings that do not cross, parts outside each other, holes inside their parts',
    got: 'parts that overlap',
    fix: 'Unite the parts first, for example by filling them into a mask and tracing it.',
  })
}

/**
 * As {@link bridgeParts}, but null for parts that overlap, rings that cross, and holes outside their own part.
 * @throws AnnotationError `degenerate-geometry` for no parts and for a ring without vertices; `ring-format` for an odd
 * count of numbers, or one that is not finite.
 */
export function bridgeIfApart(parts: readonly Part[]): Ring | null {
  const rings: Ring[] = []
  const partOf: number[] = []
  for (const [p, { outer, holes }] of parts.entries()) {
    rings.push(directed(outer, 1))
    partOf.push(p)
    for (const hole of holes) {
      rings.push(directed(hole, -1))
      partOf.push(p)
    }
  }
  const [only] = rings
  if (only === undefined || rings.some((ring) => ring.length < 2)) {
    throw new AnnotationError('degenerate-geometry', 'nothing to join into one ring', {
      expected: 'at least one part, every ring with vertices',
      got: only === undefined ? 'no parts' : 'a ring without vertices',
    })
  }
  if (rings.length === 1) return only
  const points = ringPoints(rings)
  const bridges = bridgesBetween(rings, partOf, points)
  return bridges === null ? null : walk(points, bridges, rings.length)
}

function directed(ring: Ring, sign: number): Ring {
  checkRing(ring)
  return ringSignedArea(ring) * sign < 0 ? reverseRing(ring) : ring.slice()
}

/** One walk over all rings, beginning with the first vertex of the first. */
function walk(points: RingPoints, bridges: readonly Bridge[], rings: number): Ring {
  const { count, x, y, ringOf, firsts } = points
  const { links, meetings } = linksByRing(points, bridges, rings)
  // A bridge repeats both of its vertices.
  const vertex = new Int32Array(count + 2 * bridges.length)
  const next = new Int32Array(vertex.length)
  const before = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    vertex[i] = i
    next[i] = points.after[i] as number
    before[i] = points.before[i] as number
  }
  let used = count
  const reached = new Uint8Array(rings)
  reached[0] = 1
  const queue = [0]
  for (const ring of queue) {
    const join = ({ from, to }: Bridge): void => {
      const other = ringOf[to] as number
      if (reached[other] === 1) return
      reached[other] = 1
      queue.push(other)
      const arrival = used++
      const departure = used++
      vertex[arrival] = to
      vertex[departure] = from
      // … from, to … (around the other ring) … to, from …
      next[departure] = next[from] as number
      next[arrival] = departure
      next[before[to] as number] = arrival
      next[from] = to
    }
    for (const bridge of links[ring] as readonly Bridge[]) join(bridge)
    for (const { vertex: from, members } of meetings[ring] as readonly Meeting[]) {
      for (const to of members) join({ from, to })
      // All that meet there are reached now.
      members.length = 0
    }
  }
  const joined = new Float64Array(used * 2)
  let at = firsts[0] as number
  for (let i = 0; i < used; i++) {
    const v = vertex[at] as number
    joined[i * 2] = x[v] as number
    joined[i * 2 + 1] = y[v] as number
    at = next[at] as number
  }
  return joined
}

/** A vertex of a ring where it meets others, and one vertex of each ring that meets there: one list for all of them. */
interface Meeting {
  readonly vertex: number
  readonly members: number[]
}

/** What leaves each ring. */
interface Links {
  readonly links: readonly (readonly Bridge[])[]
  readonly meetings: readonly (readonly Meeting[])[]
}

/**
 * The bridges that leave each ring. Rings that meet in a point are joined to whichever of them is reached first: bridges
 * without length inside each other could not be told apart again.
 */
function linksByRing({ ringOf, pointOf }: RingPoints, bridges: readonly Bridge[], rings: number): Links {
  const links: Bridge[][] = Array.from({ length: rings }, () => [])
  const meetings: Meeting[][] = Array.from({ length: rings }, () => [])
  const membersAt = new Map<number, number[]>()
  for (const { from, to } of bridges) {
    if (pointOf[from] !== pointOf[to]) {
      links[ringOf[from] as number]?.push({ from, to })
      links[ringOf[to] as number]?.push({ from: to, to: from })
      continue
    }
    const point = pointOf[from] as number
    const members = membersAt.get(point)
    if (members === undefined) membersAt.set(point, [from, to])
    else members.push(to)
  }
  for (const members of membersAt.values()) {
    for (const vertex of members) meetings[ringOf[vertex] as number]?.push({ vertex, members })
  }
  return { links, meetings }
}
