import { interiorPoint } from './interior-point.js'
import { isLarger, type Nesting, ringsAround } from './nest-pairwise.js'
import { ringsAroundPoints, WORDS } from './nest-points.js'
import type { Pt } from './point.js'
import { type Ring, ringArea, ringContains } from './ring.js'

/**
 * What `nestPairwise` says of rings that do not cross, in a time that grows with n log n for n vertices. Null for rings
 * it cannot sort, which happens only when some cross.
 *
 * Every ring has a random mark, and a set of rings is the marks of its members turned by one another. The sets of the
 * rings around an inner point of each ring come from one sweep. As rings do not cross, such a set is a ring with all that
 * are around it; from the smallest ring to the largest it can be told which.
 */
export function nestBySweep(rings: readonly Ring[]): Nesting | null {
  const count = rings.length
  const areas = Float64Array.from(rings, ringArea)
  const points = rings.map(interiorPoint)
  const marks = randomMarks(count)
  const around = ringsAroundPoints(rings, points, marks)
  const upward = Array.from(rings, (_, i) => i).sort((a, b) => (isLarger(areas, a, b) ? 1 : -1))
  const chains = new Chains(marks, count)
  for (const i of upward) {
    const point = points[i] ?? null
    if (point !== null && ringContains(rings[i] as Ring, point[0], point[1])) {
      chains.climb(around, i)
      chains.settle(i)
    } else if (areas[i] === 0) chains.put(around, i)
    else return null
  }
  const depths = new Int32Array(count)
  const parents = new Int32Array(count)
  for (let k = count - 1; k >= 0; k--) {
    const i = upward[k] as number
    let parent = chains.parentOf(i)
    if (parent === null || (parent >= 0 && !isLarger(areas, parent, i))) {
      // What encloses nothing has no inner point: on the border of others its vertex may lie in any of these.
      if (areas[i] !== 0) return null
      const within = ringsAround(rings, areas, i, points[i] as Pt)
      parent = within.find((j) => depths[j] === within.length - 1) ?? -1
      depths[i] = within.length
    } else depths[i] = parent < 0 ? 0 : (depths[parent] as number) + 1
    parents[i] = parent
  }
  return { depths, parents }
}

/** Numbers that look random, the same every time. */
function randomMarks(count: number): Int32Array {
  const marks = new Int32Array(count * WORDS)
  let state = 0x2545f491
  for (let i = 0; i < marks.length; i++) {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    marks[i] = t ^ (t >>> 14)
  }
  return marks
}

/** The key of a set without rings. */
const NOTHING = '\0'.repeat(2 * WORDS)

/** For each ring that is settled the set of itself and all rings around it, its chain. */
class Chains {
  readonly #marks: Int32Array
  readonly #chains: Int32Array
  readonly #ringOf = new Map<string, number>()
  /** Leads from a ring to one around it that is settled, if any. */
  readonly #up: Int32Array

  constructor(marks: Int32Array, count: number) {
    this.#marks = marks
    this.#chains = new Int32Array(marks.length)
    this.#up = Int32Array.from({ length: count }, (_, i) => i)
  }

  /** Makes the chain of a ring that encloses nothing: itself and what is around it. */
  put(around: Int32Array, i: number): void {
    for (let w = i * WORDS; w < (i + 1) * WORDS; w++) {
      this.#chains[w] = (around[w] as number) ^ (this.#marks[w] as number)
    }
  }

  /** Makes the chain of a ring from the rings around a point in it: leaves those out that are smaller, so known. */
  climb(around: Int32Array, i: number): void {
    this.#chains.set(around.subarray(i * WORDS, (i + 1) * WORDS), i * WORDS)
    for (let inner = this.#find(i); inner >= 0; ) {
      const top = this.#topOf(inner)
      this.#setAround(top, i)
      inner = this.#find(i)
      if (inner >= 0) this.#up[top] = inner
    }
  }

  /** Makes a ring known by its chain. */
  settle(i: number): void {
    this.#ringOf.set(this.#key(i), i)
  }

  /** The ring next around one: -1 for none, null when there is no telling. */
  parentOf(i: number): number | null {
    const own = this.#chains.slice(i * WORDS, (i + 1) * WORDS)
    this.#setAround(i, i)
    const key = this.#key(i)
    const parent = key === NOTHING ? -1 : (this.#ringOf.get(key) ?? null)
    this.#chains.set(own, i * WORDS)
    return parent
  }

  /** Sets the chain of `to` to what is around `ring`. */
  #setAround(ring: number, to: number): void {
    for (let w = 0; w < WORDS; w++) {
      this.#chains[to * WORDS + w] =
        (this.#chains[ring * WORDS + w] as number) ^ (this.#marks[ring * WORDS + w] as number)
    }
  }

  /** The settled ring that has the chain of `i`, or -1. */
  #find(i: number): number {
    return this.#ringOf.get(this.#key(i)) ?? -1
  }

  #topOf(ring: number): number {
    const up = this.#up
    let top = ring
    while (up[top] !== top) top = up[top] as number
    while (up[ring] !== top) {
      const next = up[ring] as number
      up[ring] = top
      ring = next
    }
    return top
  }

  /** The chain of a ring, all its bits. */
  #key(i: number): string {
    let key = ''
    for (let w = i * WORDS; w < (i + 1) * WORDS; w++) {
      const word = this.#chains[w] as number
      key += String.fromCharCode(word & 0xffff, word >>> 16)
    }
    return key
  }
}
