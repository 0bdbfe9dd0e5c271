import type { Ring } from './ring.js'

/** The vertices of several rings, with equal ones known as one point. */
export interface RingPoints {
  /** How many vertices there are. */
  readonly count: number
  readonly x: Float64Array
  readonly y: Float64Array
  /** The ring of a vertex. */
  readonly ringOf: Int32Array
  /** The vertex after a vertex in its ring. */
  readonly after: Int32Array
  /** The vertex before it. */
  readonly before: Int32Array
  /** The first vertex of each ring. */
  readonly firsts: Int32Array
  /** The point of a vertex; points count from 0 in ascending order of x, then of y. */
  readonly pointOf: Int32Array
  readonly pointCount: number
  /** Vertices in the order of their points, those of one point in ascending order. */
  readonly sorted: Int32Array
  /** Where in `sorted` the vertices of each point start, and one more for the end. */
  readonly pointStarts: Int32Array
}

/** Numbers the vertices of the rings, which must have some, and sorts them. */
export function ringPoints(rings: readonly Ring[]): RingPoints {
  let count = 0
  for (const ring of rings) count += ring.length >> 1
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  const ringOf = new Int32Array(count)
  const after = new Int32Array(count)
  const before = new Int32Array(count)
  const firsts = new Int32Array(rings.length)
  let used = 0
  for (const [r, ring] of rings.entries()) {
    const first = used
    firsts[r] = first
    for (let i = 0; i + 1 < ring.length; i += 2) {
      // The addition turns a negative zero into zero: they are one place.
      x[used] = (ring[i] as number) + 0
      y[used] = (ring[i + 1] as number) + 0
      ringOf[used] = r
      after[used] = used + 1
      before[used] = used - 1
      used++
    }
    after[used - 1] = first
    before[first] = used - 1
  }
  const sorted = new Int32Array(count)
  for (let i = 0; i < count; i++) sorted[i] = i
  sorted.sort((a, b) => (x[a] as number) - (x[b] as number) || (y[a] as number) - (y[b] as number) || a - b)
  const pointOf = new Int32Array(count)
  const pointStarts = new Int32Array(count + 1)
  let pointCount = 0
  for (let i = 0; i < count; i++) {
    const v = sorted[i] as number
    const last = sorted[i - 1] as number
    if (i === 0 || x[v] !== x[last] || y[v] !== y[last]) pointStarts[pointCount++] = i
    pointOf[v] = pointCount - 1
  }
  pointStarts[pointCount] = count
  return { count, x, y, ringOf, after, before, firsts, pointOf, pointCount, sorted, pointStarts }
}

/**
 * Which way c lies of the line from vertex a to vertex b: positive on the right hand (below, for a line that runs right),
 * negative on the left, 0 on the line. Rounding can mistake what lies closer to the line than about 1e-16 of its extent.
 */
export function side({ x, y }: RingPoints, a: number, b: number, c: number): number {
  const ax = x[a] as number
  const ay = y[a] as number
  return ((x[b] as number) - ax) * ((y[c] as number) - ay) - ((y[b] as number) - ay) * ((x[c] as number) - ax)
}

/** Whether two lines between vertices cross at a place inside both. */
export function properlyCross(points: RingPoints, a: number, b: number, c: number, d: number): boolean {
  return side(points, a, b, c) * side(points, a, b, d) < 0 && side(points, c, d, a) * side(points, c, d, b) < 0
}

/** Whether vertex c lies on the line from a to b, but at neither of its ends. */
export function liesBetween(points: RingPoints, a: number, b: number, c: number): boolean {
  if (side(points, a, b, c) !== 0) return false
  const { x, y } = points
  const [ax, ay, bx, by] = [x[a], y[a], x[b], y[b]] as [number, number, number, number]
  const along = (bx - ax) * ((x[c] as number) - ax) + (by - ay) * ((y[c] as number) - ay)
  return along > 0 && along < (bx - ax) ** 2 + (by - ay) ** 2
}
