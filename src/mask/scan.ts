import { AnnotationError } from '../errors.js'
import type { Ring } from '../geometry/ring.js'
import { countsToStarts } from './buckets.js'
import { sideOfEdge } from './exact-side.js'

/** `columns` cuts the plane along the pixel-centre line of each column, `rows` along that of each row. */
export type ScanAxis = 'columns' | 'rows'

/** Where the edges of rings cross the scan lines, in buckets, one a line; the values within a bucket are in no order. */
export interface Crossings {
  /** The line of the first bucket. */
  readonly firstLine: number
  /** Where each bucket ends; the first begins at 0. */
  readonly ends: Int32Array
  /** The first pixel along the line whose centre lies beyond the edge, 0 to the length of the line. */
  readonly at: Int32Array
  /** When asked for: twice the index of the ring, plus 1 where the edge runs toward higher lines. */
  readonly tags: Int32Array | null
}

/** Beyond this coordinate a double no longer tells which pixel an edge crosses; the pixel is then searched for exactly. */
const FAR = 2 ** 40

/**
 * All crossings of the edges with the lines through pixel centres, or null when there is none. An edge crosses the lines
 * from its lower end (included) to its upper end (excluded). Every crossing is decided exactly for the numbers given.
 *
 * A centre exactly on a slanting edge counts as lying a hair to the right of it, whichever axis is scanned; on an edge
 * that runs along the rows, a hair below it. That makes left and top edges in, right and bottom edges out.
 * @param lines How many lines, numbered from 0. @param length How many pixels each has.
 */
export function scanRings(
  rings: readonly Ring[],
  lines: number,
  length: number,
  axis: ScanAxis,
  tagged: boolean,
): Crossings | null {
  let vertices = 0
  for (const ring of rings) vertices += ring.length >> 1
  const lineOf = new Int32Array(vertices)
  const across = axis === 'columns' ? 0 : 1
  let low = lines
  let high = 0
  let far = 0
  let vertex = 0
  for (const ring of rings) {
    far = Math.max(far, farthest(ring))
    for (let i = across; i < ring.length; i += 2) {
      const line = Math.min(lines, Math.max(0, Math.ceil((ring[i] as number) - 0.5)))
      lineOf[vertex++] = line
      if (line < low) low = line
      if (line > high) high = line
    }
  }
  if (low >= high || length === 0) return null
  const cursors = countCrossings(rings, lineOf, low, high)
  const count = cursors[high - low] as number
  const scan: Scan = {
    firstLine: low,
    ends: cursors.subarray(0, high - low),
    at: new Int32Array(count),
    tags: tagged ? new Int32Array(count) : null,
    length,
    across,
    far,
  }
  vertex = 0
  for (const [index, ring] of rings.entries()) {
    crossRing(scan, ring, index, lineOf, vertex)
    vertex += ring.length >> 1
  }
  return scan
}

interface Scan extends Crossings {
  readonly length: number
  readonly across: 0 | 1
  /** The largest absolute coordinate. */
  readonly far: number
}

function farthest(ring: Ring): number {
  if (ring.length % 2 !== 0) {
    throw new AnnotationError('ring-format', 'a ring has an odd count of numbers', {
      expected: 'pairs x, y',
      got: `${ring.length} numbers`,
    })
  }
  let far = 0
  for (let i = 0; i < ring.length; i++) {
    const size = Math.abs(ring[i] as number)
    if (size > far) far = size
    if (!(size < Number.POSITIVE_INFINITY)) {
      throw new AnnotationError('ring-format', `number ${i} of a ring is not finite`, {
        expected: 'a finite number',
        got: String(ring[i]),
      })
    }
  }
  return far
}

/** For each line from `low` on where its bucket starts, and at the end how many crossings there are. */
function countCrossings(rings: readonly Ring[], lineOf: Int32Array, low: number, high: number): Int32Array {
  const counts = new Int32Array(high - low + 1)
  let vertex = 0
  for (const ring of rings) {
    const n = ring.length >> 1
    for (let i = 0; i < n; i++) {
      const a = (lineOf[vertex + i] as number) - low
      const b = (lineOf[vertex + (i + 1 === n ? 0 : i + 1)] as number) - low
      if (a === b) continue
      // One more crossing on every line from the one to the other.
      const from = a < b ? a : b
      const to = a < b ? b : a
      counts[from] = (counts[from] as number) + 1
      counts[to] = (counts[to] as number) - 1
    }
    vertex += n
  }
  for (let line = 1; line < counts.length; line++)
    counts[line] = (counts[line] as number) + (counts[line - 1] as number)
  countsToStarts(counts)
  return counts
}

function crossRing(scan: Scan, ring: Ring, index: number, lineOf: Int32Array, vertex: number): void {
  const { across, firstLine, ends, at, tags, length, far } = scan
  const along = 1 - across
  const n = ring.length >> 1
  // What the roundings of a crossing can come to, sixteen of relative size 2^-53 at most, twice over.
  const doubt = far * 2 ** -48 + 2 ** -60
  const sure = 1 - doubt
  for (let i = 0; i < n; i++) {
    const k = i + 1 === n ? 0 : i + 1
    const a = lineOf[vertex + i] as number
    const b = lineOf[vertex + k] as number
    if (a === b) continue
    const up = a < b
    // From the lower end to the upper, so that neighbours that walk a shared edge both ways agree to the bit.
    const s = (up ? i : k) * 2
    const e = (up ? k : i) * 2
    const va = ring[s + along] as number
    const vb = ring[e + along] as number
    const last = up ? b : a
    const tag = index * 2 + (up ? 1 : 0)
    let first = up ? a : b
    if (va === vb) {
      const pixel = Math.min(length, Math.max(0, Math.ceil(va - 0.5)))
      for (; first < last; first++) {
        const place = ends[first - firstLine] as number
        at[place] = pixel
        if (tags !== null) tags[place] = tag
        ends[first - firstLine] = place + 1
      }
    } else {
      const ua = ring[s + across] as number
      const ub = ring[e + across] as number
      const slope = (vb - va) / (ub - ua)
      for (; first < last; first++) {
        const place = ends[first - firstLine] as number
        const v = va + (first + 0.5 - ua) * slope - 0.5
        let pixel: number
        if (far > FAR) pixel = search(ua, va, ub, vb, first + 0.5, across, 0, length)
        else if (v < -doubt) pixel = 0
        else if (v >= length) pixel = length
        else {
          pixel = v | 0
          const rest = v - pixel
          if (rest > doubt && rest < sure) pixel++
          else {
            const near = Math.round(v)
            const beyond = isBeyond(ua, va, ub, vb, first + 0.5, near + 0.5, across)
            pixel = Math.min(length, beyond ? near : near + 1)
          }
        }
        at[place] = pixel
        if (tags !== null) tags[place] = tag
        ends[first - firstLine] = place + 1
      }
    }
  }
}

/** Whether the centre (c, w) lies beyond the edge, with the rule for centres exactly on it. */
function isBeyond(ua: number, va: number, ub: number, vb: number, c: number, w: number, across: number): boolean {
  const side = sideOfEdge(ua, va, ub, vb, c, w)
  if (side !== 0) return side > 0
  // A hair to the right: along a row that is beyond; across columns it is beyond where the edge rises on screen.
  return across === 1 || vb < va
}

/** The first pixel beyond the edge by bisection. */
function search(
  ua: number,
  va: number,
  ub: number,
  vb: number,
  c: number,
  across: number,
  low: number,
  high: number,
): number {
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isBeyond(ua, va, ub, vb, c, middle + 0.5, across)) high = middle
    else low = middle + 1
  }
  return low
}
