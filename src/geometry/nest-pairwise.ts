import { type Bounds, boundsOfPoints } from './bounds.js'
import { interiorPoint } from './interior-point.js'
import type { Pt } from './point.js'
import { type Ring, ringArea, ringContains } from './ring.js'

/** Which rings lie in which. */
export interface Nesting {
  /** How many rings each ring lies in. */
  readonly depths: Int32Array
  /** The ring that lies in one ring less than this and around it; -1 for a ring that lies in none, or where rings cross. */
  readonly parents: Int32Array
}

/**
 * Looks at every pair of a ring and an inner point of another in the box around it: one lies in the other when this is
 * larger (of equal ones: comes first) and has the point. Any rings will do, also such as cross; but the time grows with
 * the count of these pairs, and of boxes that are beside each other.
 */
export function nestPairwise(rings: readonly Ring[]): Nesting {
  const areas = Float64Array.from(rings, ringArea)
  const points = rings.map(interiorPoint)
  const around: number[][] = rings.map(() => [])
  for (const [i, j] of pairsToTry(rings.map(boundsOfPoints), points)) {
    const [x, y] = points[i] as Pt
    if (i !== j && isLarger(areas, j, i) && ringContains(rings[j] as Ring, x, y)) around[i]?.push(j)
  }
  for (const list of around) list.sort((a, b) => a - b)
  const depths = Int32Array.from(around, (list) => list.length)
  const parents = Int32Array.from(around, (list) => list.find((j) => depths[j] === list.length - 1) ?? -1)
  return { depths, parents }
}

/** A range along one axis, and where the box ends along the other. */
interface Extent {
  readonly ring: number
  readonly low: number
  readonly high: number
  readonly across: readonly [low: number, high: number]
}

/** Every ring with a point in the box around a ring, by a sweep along the axis in which fewer boxes are side by side. */
function* pairsToTry(
  boxes: readonly (Bounds | null)[],
  points: readonly (Pt | null)[],
): Generator<readonly [point: number, box: number]> {
  const [wide, tall]: [Extent[], Extent[]] = [[], []]
  for (const [ring, box] of boxes.entries()) {
    if (box === null) continue
    const { left, top, right, bottom } = box
    wide.push({ ring, low: left, high: right, across: [top, bottom] })
    tall.push({ ring, low: top, high: bottom, across: [left, right] })
  }
  const axis = spread(wide) <= spread(tall) ? 0 : 1
  const waiting = (axis === 0 ? wide : tall).sort((a, b) => b.low - a.low)
  const asked = [...points.entries()].flatMap(([i, point]) => (point === null ? [] : [{ i, at: point }]))
  let active: Extent[] = []
  for (const { i, at } of asked.sort((a, b) => a.at[axis] - b.at[axis])) {
    const place = at[axis]
    const aside = at[1 - axis] as number
    for (let next = waiting.at(-1); next !== undefined && next.low <= place; next = waiting.at(-1)) {
      active.push(next)
      waiting.pop()
    }
    let left = 0
    for (const extent of active) {
      if (extent.high < place) left++
      else if (extent.across[0] <= aside && aside <= extent.across[1]) yield [i, extent.ring]
    }
    if (left * 2 > active.length) active = active.filter(({ high }) => high >= place)
  }
}

/** How much of the way along an axis the boxes take, all together, as a share of the whole. */
function spread(extents: readonly Extent[]): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const extent of extents) {
    low = Math.min(low, extent.low)
    high = Math.max(high, extent.high)
    sum += extent.high - extent.low
  }
  return high > low ? sum / (high - low) : Number.POSITIVE_INFINITY
}

/** The rings that a ring, of which `point` is an inner point, lies in. */
export function ringsAround(rings: readonly Ring[], areas: Float64Array, i: number, point: Pt): readonly number[] {
  const around: number[] = []
  for (const [j, ring] of rings.entries()) {
    if (i !== j && isLarger(areas, j, i) && ringContains(ring, point[0], point[1])) around.push(j)
  }
  return around
}

/** Whether ring `a` can be around ring `b`; of two equal ones the earlier can. */
export function isLarger(areas: Float64Array, a: number, b: number): boolean {
  const [areaA, areaB] = [areas[a] as number, areas[b] as number]
  return areaA > areaB || (areaA === areaB && a < b)
}
