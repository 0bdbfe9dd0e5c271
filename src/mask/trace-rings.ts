import type { Connectivity } from './components.js'
import type { Mask } from './mask.js'
import { type LinkedSides, linkSides, SIDE } from './trace-links.js'

/** All outlines of a mask in flat arrays, in the order of their topmost, then leftmost vertices. */
export interface TracedRings {
  readonly count: number
  /** Vertices `x0, y0, …` of ring after ring; outer rings clockwise on screen, holes counter-clockwise. */
  readonly points: Float64Array
  /** Where in `points` each ring starts, and one more for the end. */
  readonly starts: Int32Array
  /** For a hole the ring it is a hole of, which comes before it; -1 for an outer ring. */
  readonly holeOf: Int32Array
  /** For an outer ring the hole it is an island in; -1 for a hole, and for an outer ring inside no other. */
  readonly islandIn: Int32Array
  /** Pixels each ring encloses, not less its holes. */
  readonly areas: Float64Array
}

/** Outlines found, in the order of their leftmost sides. */
interface Found {
  readonly count: number
  /** The side that ends or starts at the topmost left vertex. */
  readonly first: Int32Array
  /** That vertex. */
  readonly x: Int32Array
  readonly y: Int32Array
  readonly area: Float64Array
  /** As in {@link TracedRings}, by order of discovery. */
  readonly holeOf: Int32Array
  readonly islandIn: Int32Array
}

/** The outlines of a mask along its pixel edges; see `traceMask` for the rules. */
export function traceRings(mask: Mask, connectivity: Connectivity = 4): TracedRings {
  if (mask.isEmpty) {
    const none = new Int32Array(0)
    const empty = new Float64Array(0)
    return { count: 0, points: empty, starts: new Int32Array(1), holeOf: none, islandIn: none, areas: empty }
  }
  const linked = linkSides(mask, connectivity)
  const { sides, used } = linked
  const found = findRings(linked)
  const { count } = found
  const order = readingOrder(found)
  const rank = new Int32Array(count)
  for (let i = 0; i < count; i++) rank[order[i] as number] = i
  const points = new Float64Array((used / SIDE) * 4)
  const starts = new Int32Array(count + 1)
  const holeOf = new Int32Array(count)
  const islandIn = new Int32Array(count)
  const areas = new Float64Array(count)
  let at = 0
  for (let i = 0; i < count; i++) {
    const ring = order[i] as number
    const outer = found.holeOf[ring] as number
    const hole = found.islandIn[ring] as number
    holeOf[i] = outer < 0 ? -1 : (rank[outer] as number)
    islandIn[i] = hole < 0 ? -1 : (rank[hole] as number)
    areas[i] = found.area[ring] as number
    at = writeRing(sides, found.first[ring] as number, points, at)
    starts[i + 1] = at
  }
  return { count, points, starts, holeOf, islandIn, areas }
}

/** Follows each outline once and settles what it lies in. */
function findRings({ sides, used, above }: LinkedSides): Found {
  const total = used / SIDE
  const most = total >> 1
  // 0 is nowhere yet; an outline is known by its ordinal + 1.
  const ringOf = new Int32Array(total)
  const first = new Int32Array(most)
  const xs = new Int32Array(most)
  const ys = new Int32Array(most)
  const area = new Float64Array(most)
  const holeOf = new Int32Array(most)
  const islandIn = new Int32Array(most)
  let count = 0
  for (let start = 0; start < used; start += SIDE) {
    if (ringOf[start >> 2] !== 0) continue
    const ring = count++
    let at = start
    let sum = 0
    let best = start
    let bestX = 0
    let bestY = 2 ** 31
    do {
      ringOf[at >> 2] = count
      const x = sides[at] as number
      const from = sides[at + 1] as number
      const to = sides[at + 2] as number
      const y = from < to ? from : to
      if (y < bestY || (y === bestY && x < bestX)) {
        best = at
        bestX = x
        bestY = y
      }
      sum += x * (to - from)
      at = sides[at + 3] as number
    } while (at !== start)
    first[ring] = best
    xs[ring] = bestX
    ys[ring] = bestY
    area[ring] = sum < 0 ? -sum : sum
    // This is the leftmost side, so what lies above and left of it belongs to an outline that is known.
    const side = above[start >> 2] as number
    nest(holeOf, islandIn, ring, sum < 0, side < 0 ? -1 : (ringOf[side >> 2] as number) - 1)
  }
  return { count, first, x: xs, y: ys, area, holeOf, islandIn }
}

/** Says what an outline lies in, by a neighbour that bounds the same pixels as a hole does, the same background as an outer ring does. */
export function nest(holeOf: Int32Array, islandIn: Int32Array, ring: number, isHole: boolean, neighbour: number): void {
  const outside = neighbour < 0 ? -1 : (holeOf[neighbour] as number)
  if (isHole) {
    // The neighbour is the outer ring or another hole in it.
    holeOf[ring] = outside < 0 ? neighbour : outside
    islandIn[ring] = -1
  } else {
    // The neighbour is the hole around it or another island in that.
    holeOf[ring] = -1
    islandIn[ring] = neighbour < 0 ? -1 : outside < 0 ? (islandIn[neighbour] as number) : neighbour
  }
}

/** The outlines ordered by topmost, then leftmost vertex, by counting; no two share that vertex. */
function readingOrder({ count, x, y }: Found): Int32Array {
  const order = new Int32Array(count)
  for (let i = 0; i < count; i++) order[i] = i
  return count < 2 ? order : countingSort(countingSort(order, x), y)
}

/** `order` in ascending order of `keys`, equal ones as they stood. */
function countingSort(order: Int32Array, keys: Int32Array): Int32Array {
  const n = order.length
  let low = keys[0] as number
  let high = low
  for (let i = 1; i < n; i++) {
    const key = keys[i] as number
    if (key < low) low = key
    else if (key > high) high = key
  }
  const next = new Int32Array(high - low + 2)
  for (let i = 0; i < n; i++) {
    const slot = (keys[i] as number) - low + 1
    next[slot] = (next[slot] as number) + 1
  }
  for (let i = 1; i < next.length; i++) next[i] = (next[i] as number) + (next[i - 1] as number)
  const sorted = new Int32Array(n)
  for (let i = 0; i < n; i++) {
    const value = order[i] as number
    const slot = (keys[value] as number) - low
    const at = next[slot] as number
    sorted[at] = value
    next[slot] = at + 1
  }
  return sorted
}

/** Writes the vertices of an outline from its topmost left one on; returns where the next begins. */
function writeRing(sides: Int32Array, first: number, points: Float64Array, offset: number): number {
  let to = offset
  const x = sides[first] as number
  const from = sides[first + 1] as number
  const end = sides[first + 2] as number
  const rises = end < from
  points[to++] = x
  points[to++] = rises ? end : from
  if (!rises) {
    points[to++] = x
    points[to++] = end
  }
  for (let at = sides[first + 3] as number; at !== first; at = sides[at + 3] as number) {
    const level = sides[at] as number
    points[to] = level
    points[to + 1] = sides[at + 1] as number
    points[to + 2] = level
    points[to + 3] = sides[at + 2] as number
    to += 4
  }
  if (rises) {
    points[to++] = x
    points[to++] = from
  }
  return to
}
