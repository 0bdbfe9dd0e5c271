import { properlyCross, type RingPoints, side } from './bridge-points.js'

/** Lines between points of rings that cross no ring and not each other, and enough of them to connect all rings. */
export interface Diagonals {
  readonly count: number
  /** Points, two a line, the left one first. */
  readonly ends: Int32Array
}

/**
 * Sweeps a line over the rings from left to right (and down where vertices stand above each other) and cuts the plane
 * into trapezoids, each between the side above, the side below and the two vertices that bound it to the left and right.
 * No vertex lies inside one, so the line between its two vertices crosses nothing; these lines are the diagonals. As the
 * trapezoids make up the plane, their diagonals and the rings hang together.
 *
 * O(n log n) comparisons; the active sides are kept in a sorted array, so inserting also moves those below.
 * The rings have an inside, where they wind once in the direction of `inward` (1: clockwise on screen), and an outside.
 * Gives null where they wind twice or the other way round, where two sides cross, and where what winds once is not one
 * part alone but the holes of another lie in it; `partOf` says which part a ring belongs to.
 */
export function sweepDiagonals(points: RingPoints, partOf: readonly number[], inward: 1 | -1): Diagonals | null {
  return new Sweep(points, partOf, inward).run()
}

class Sweep {
  readonly #points: RingPoints
  readonly #partOf: readonly number[]
  #ends: Int32Array
  readonly #inward: number
  #count = 0
  /** Active sides from top to bottom, by their first vertices. */
  #active: Int32Array = new Int32Array(64)
  /** For each gap, from the one above all sides on, its latest vertex (as a point); one more than sides. */
  #latest: Int32Array = new Int32Array(65)
  /** For each gap how often the rings wind around it. */
  #winding: Int32Array = new Int32Array(65)
  /** For each gap the parts that wind around it: the sums of their numbers (from 1 on) and of the squares of these. */
  #parts: Float64Array = new Float64Array(65)
  #squares: Float64Array = new Float64Array(65)
  #size = 0

  constructor(points: RingPoints, partOf: readonly number[], inward: number) {
    this.#points = points
    this.#partOf = partOf
    // A point closes a gap for each side that ends there, and one more: the one it lies in, or those outside the sides.
    this.#ends = new Int32Array(2 * (points.count + points.pointCount) + 2)
    this.#inward = inward
    this.#latest[0] = -1
  }

  run(): Diagonals | null {
    const { pointCount } = this.#points
    for (let point = 0; point < pointCount; point++) if (!this.#visit(point)) return null
    return { count: this.#count, ends: this.#ends }
  }

  /** Ends the sides that come in at a point and begins those that go out; false when sides cross or lie wrong. */
  #visit(point: number): boolean {
    const { pointOf, sorted, pointStarts, after } = this.#points
    const from = pointStarts[point] as number
    const to = pointStarts[point + 1] as number
    const vertex = sorted[from] as number
    const starting: number[] = []
    let ending = 0
    for (let i = from; i < to; i++) {
      const v = sorted[i] as number
      const next = pointOf[after[v] as number] as number
      if (next > point) starting.push(v)
      else if (next < point) ending++
    }
    ending += this.#arrivals(point, starting)
    const at = this.#place(vertex, point, ending)
    // Sides on which the point lies are looked at as if they ended here and began anew: now it shows where they belong.
    let until = at
    for (; until < this.#size; until++) {
      const edge = this.#active[until] as number
      if (pointOf[this.#right(edge)] === point) ending--
      else if (side(this.#points, this.#left(edge), this.#right(edge), vertex) === 0) starting.push(edge)
      else break
    }
    if (ending !== 0) return false
    starting.sort((a, b) => this.#compareSlopes(vertex, a, b))
    for (let gap = at; gap <= until; gap++) this.#note(this.#latest[gap] as number, point)
    this.#replace(at, until - at, starting, point)
    return this.#windsOnce(vertex, at, starting) && this.#soundAround(at, starting.length)
  }

  #note(from: number, to: number): void {
    if (from < 0) return
    if (this.#count * 2 === this.#ends.length) {
      const ends = new Int32Array(this.#ends.length * 2)
      ends.set(this.#ends)
      this.#ends = ends
    }
    this.#ends[this.#count * 2] = from
    this.#ends[this.#count * 2 + 1] = to
    this.#count++
  }

  /** Sides whose second vertex is at `point`: adds those that come from the right to `starting`, counts those from the left. */
  #arrivals(point: number, starting: number[]): number {
    const { pointOf, sorted, pointStarts, before } = this.#points
    let count = 0
    for (let i = pointStarts[point] as number; i < (pointStarts[point + 1] as number); i++) {
      const v = before[sorted[i] as number] as number
      const far = pointOf[v] as number
      if (far > point) starting.push(v)
      else if (far < point) count++
    }
    return count
  }

  /** The vertex of a side, named by its first vertex, that is further right. */
  #right(edge: number): number {
    const { pointOf, after } = this.#points
    const next = after[edge] as number
    return (pointOf[next] as number) > (pointOf[edge] as number) ? next : edge
  }

  #left(edge: number): number {
    const { after } = this.#points
    const right = this.#right(edge)
    return right === edge ? (after[edge] as number) : edge
  }

  /** Sides that go out from one vertex, the upper one first; of two that lie on each other the earlier. */
  #compareSlopes(vertex: number, a: number, b: number): number {
    const turn = side(this.#points, vertex, this.#right(a), this.#right(b))
    return turn > 0 ? -1 : turn < 0 ? 1 : a - b
  }

  /** Where in the active sides those that end at a point or hold it begin, or where new ones belong. */
  #place(vertex: number, point: number, ending: number): number {
    let low = 0
    let high = this.#size
    while (low < high) {
      const middle = (low + high) >> 1
      const edge = this.#active[middle] as number
      if (side(this.#points, this.#left(edge), this.#right(edge), vertex) > 0) low = middle + 1
      else high = middle
    }
    if (ending === 0) return low
    const { pointOf } = this.#points
    const ends = (i: number): boolean => pointOf[this.#right(this.#active[i] as number)] === point
    const holds = (i: number): boolean => {
      const edge = this.#active[i] as number
      return ends(i) || side(this.#points, this.#left(edge), this.#right(edge), vertex) === 0
    }
    // Rounding may have led the search astray among sides that all but touch; all that end here are active, somewhere.
    if (low < this.#size && holds(low) && (low === 0 || !ends(low - 1))) return low
    let first = 0
    while (!ends(first)) first++
    return first
  }

  #replace(at: number, ending: number, starting: readonly number[], point: number): void {
    const grown = this.#size + starting.length - ending
    if (grown > this.#active.length) {
      this.#active = longer(this.#active, new Int32Array(grown * 2))
      this.#latest = longer(this.#latest, new Int32Array(grown * 2 + 1))
      this.#winding = longer(this.#winding, new Int32Array(grown * 2 + 1))
      this.#parts = longer(this.#parts, new Float64Array(grown * 2 + 1))
      this.#squares = longer(this.#squares, new Float64Array(grown * 2 + 1))
    }
    if (starting.length !== ending) {
      this.#active.copyWithin(at + starting.length, at + ending, this.#size)
      for (const gaps of [this.#latest, this.#winding, this.#parts, this.#squares]) {
        gaps.copyWithin(at + starting.length + 1, at + ending + 1, this.#size + 1)
      }
    }
    for (const [i, edge] of starting.entries()) this.#active[at + i] = edge
    this.#latest.fill(point, at, at + starting.length + 1)
    this.#size = grown
  }

  /** Sets how the rings wind between the sides that go out from a vertex; false unless one part does so once, or none. */
  #windsOnce(vertex: number, at: number, starting: readonly number[]): boolean {
    let winding = this.#winding[at] as number
    let parts = this.#parts[at] as number
    let squares = this.#squares[at] as number
    for (const [i, edge] of starting.entries()) {
      const turn = this.#right(edge) === edge ? -this.#inward : this.#inward
      const part = (this.#partOf[this.#points.ringOf[edge] as number] as number) + 1
      winding += turn
      parts += turn * part
      squares += turn * part * part
      this.#winding[at + i + 1] = winding
      this.#parts[at + i + 1] = parts
      this.#squares[at + i + 1] = squares
      const next = starting[i + 1]
      // Between sides that lie on each other is nothing to wind around.
      const open = next === undefined || side(this.#points, vertex, this.#right(edge), this.#right(next)) !== 0
      // Two parts less a hole of a third have the sums of one part only if the third is one of the two.
      if (open && (winding !== 0 || parts !== 0) && (winding !== 1 || squares !== parts * parts)) return false
    }
    return true
  }

  /** Whether no new neighbours cross each other, around the sides put in at `at`. */
  #soundAround(at: number, count: number): boolean {
    if (count === 0) return !this.#crosses(at - 1, at)
    return !this.#crosses(at - 1, at) && !this.#crosses(at + count - 1, at + count)
  }

  #crosses(i: number, k: number): boolean {
    if (i < 0 || k >= this.#size) return false
    const a = this.#active[i] as number
    const b = this.#active[k] as number
    return properlyCross(this.#points, this.#left(a), this.#right(a), this.#left(b), this.#right(b))
  }
}

function longer<A extends Int32Array | Float64Array>(values: A, into: A): A {
  into.set(values)
  return into
}
