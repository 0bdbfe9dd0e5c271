import type { Pt } from './point.js'
import type { Ring } from './ring.js'

/** Words of a set of rings. */
export const WORDS = 3

/** Sides of rings that pass the height of at least one of the points. */
interface Sides {
  readonly ring: number[]
  /** Where in its ring the side starts. */
  readonly at: number[]
  /** The points it passes, as positions in the order of their heights: from the first, to before the second. */
  readonly from: number[]
  readonly until: number[]
}

/**
 * For each point the set of all rings that contain it, in {@link WORDS} words: the words of these rings (`marks`), each
 * turned by the next. For a point that is null 0.
 *
 * Sweeps over the points from top to bottom. A side is right of a point as a whole (these are counted in a tree over the
 * points' x), or left of it, or above, below and around it: then it is found by a tree of intervals and looked at. So the
 * time grows like n log n with sides and points, and with the pairs of a side and a point in the box around the side.
 */
export function ringsAroundPoints(
  rings: readonly Ring[],
  points: readonly (Pt | null)[],
  marks: Int32Array,
): Int32Array {
  const asked: number[] = []
  for (const [i, point] of points.entries()) if (point !== null) asked.push(i)
  const axis = (k: 0 | 1): Float64Array => Float64Array.from(asked, (i) => (points[i] as Pt)[k]).sort()
  const xs = axis(0)
  const sides = passingSides(rings, axis(1))
  const order = asked.sort((a, b) => (points[a] as Pt)[1] - (points[b] as Pt)[1])
  const sweep = new Sweep(rings, xs, sides, marks)
  const starting = byStep(sides.from, order.length)
  const ending = byStep(sides.until, order.length + 1)
  const around = new Int32Array(points.length * WORDS)
  for (const [step, i] of order.entries()) {
    for (let s = ending.first[step] as number; s >= 0; s = ending.next[s] as number) sweep.turnLeftOf(s)
    for (let s = starting.first[step] as number; s >= 0; s = starting.next[s] as number) sweep.add(s)
    const [x, y] = points[i] as Pt
    sweep.ask(x, y, step, around, i * WORDS)
  }
  return around
}

function passingSides(rings: readonly Ring[], ys: Float64Array): Sides {
  const sides: Sides = { ring: [], at: [], from: [], until: [] }
  for (const [r, ring] of rings.entries()) {
    const n = ring.length
    // As `ringContains` has it, fewer than 3 vertices contain nothing.
    if (n < 6) continue
    let before = placeOf(ys, ring[n - 1] as number)
    for (let i = 0; i < n; i += 2) {
      const here = placeOf(ys, ring[i + 1] as number)
      if (before !== here) {
        sides.ring.push(r)
        sides.at.push(i === 0 ? n - 2 : i - 2)
        sides.from.push(Math.min(before, here))
        sides.until.push(Math.max(before, here))
      }
      before = here
    }
  }
  return sides
}

/** How many of the ascending values are below `value`. */
function placeOf(values: Float64Array, value: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** Lists of sides by the step at which something happens to them: the first of each list, and what follows each side. */
function byStep(steps: readonly number[], count: number): { readonly first: Int32Array; readonly next: Int32Array } {
  const first = new Int32Array(count).fill(-1)
  const next = new Int32Array(steps.length)
  for (const [side, step] of steps.entries()) {
    next[side] = first[step] as number
    first[step] = side
  }
  return { first, next }
}

class Sweep {
  readonly #rings: readonly Ring[]
  readonly #xs: Float64Array
  readonly #sides: Sides
  readonly #marks: Int32Array
  /** A Fenwick tree: the sets of rings whose sides lie right of the points up to one. */
  readonly #right: Int32Array
  /** The interval tree's lists: the latest entry of each node, then by entry its side and the entry before it. */
  readonly #heads: Int32Array
  readonly #entries: number[] = []
  readonly #older: number[] = []

  constructor(rings: readonly Ring[], xs: Float64Array, sides: Sides, marks: Int32Array) {
    this.#rings = rings
    this.#xs = xs
    this.#sides = sides
    this.#marks = marks
    this.#right = new Int32Array((xs.length + 1) * WORDS)
    this.#heads = new Int32Array(xs.length * 2).fill(-1)
  }

  /** Begins with a side. */
  add(side: number): void {
    this.turnLeftOf(side)
    const [a, b] = this.#ends(side)
    const count = this.#xs.length
    // The points that are neither left nor right of all of it.
    let low = placeOf(this.#xs, Math.min(a, b)) + count
    let high = count
    const most = Math.max(a, b)
    high += placeOf(this.#xs, most)
    while (high < 2 * count && this.#xs[high - count] === most) high++
    for (; low < high; low >>= 1, high >>= 1) {
      if ((low & 1) === 1) this.#enter(low++, side)
      if ((high & 1) === 1) this.#enter(--high, side)
    }
  }

  /** Turns the ring of a side for all points that lie left of it; a second time takes it back. */
  turnLeftOf(side: number): void {
    const [a, b] = this.#ends(side)
    const mark = (this.#sides.ring[side] as number) * WORDS
    for (let i = placeOf(this.#xs, Math.min(a, b)); i > 0; i &= i - 1)
      this.#turn(this.#right, i * WORDS, this.#marks, mark)
  }

  /** Puts the set of rings around a point into `to`. */
  ask(x: number, y: number, step: number, to: Int32Array, offset: number): void {
    const count = this.#xs.length
    const place = placeOf(this.#xs, x)
    for (let i = place + 1; i <= count; i += i & -i) this.#turn(to, offset, this.#right, i * WORDS)
    for (let node = place + count; node > 0; node >>= 1) this.#askNode(node, x, y, step, to, offset)
  }

  #askNode(node: number, x: number, y: number, step: number, to: Int32Array, offset: number): void {
    const { ring, until } = this.#sides
    let later = -1
    for (let entry = this.#heads[node] as number; entry >= 0; entry = this.#older[entry] as number) {
      const side = this.#entries[entry] as number
      if ((until[side] as number) <= step) {
        // The sweep has left it behind.
        if (later < 0) this.#heads[node] = this.#older[entry] as number
        else this.#older[later] = this.#older[entry] as number
        continue
      }
      later = entry
      if (x < this.#crossing(side, y)) this.#turn(to, offset, this.#marks, (ring[side] as number) * WORDS)
    }
  }

  /** Where a side passes a height, by the arithmetic of `ringContains`. */
  #crossing(side: number, y: number): number {
    const ring = this.#rings[this.#sides.ring[side] as number] as Ring
    const p = this.#sides.at[side] as number
    const q = p + 2 === ring.length ? 0 : p + 2
    const [px, py, qx, qy] = [ring[p], ring[p + 1], ring[q], ring[q + 1]] as [number, number, number, number]
    return qy > py ? px + ((y - py) * (qx - px)) / (qy - py) : qx + ((y - qy) * (px - qx)) / (py - qy)
  }

  /** The x of both ends of a side. */
  #ends(side: number): readonly [number, number] {
    const ring = this.#rings[this.#sides.ring[side] as number] as Ring
    const p = this.#sides.at[side] as number
    return [ring[p] as number, ring[p + 2 === ring.length ? 0 : p + 2] as number]
  }

  #enter(node: number, side: number): void {
    this.#older.push(this.#heads[node] as number)
    this.#heads[node] = this.#entries.length
    this.#entries.push(side)
  }

  #turn(to: Int32Array, offset: number, by: Int32Array, from: number): void {
    for (let w = 0; w < WORDS; w++) to[offset + w] = (to[offset + w] as number) ^ (by[from + w] as number)
  }
}
