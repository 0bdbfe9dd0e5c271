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
 * Looks at every pair of rings: one lies in the other when this is larger (of equal ones: comes first) and has an inner
 * point of it. Any rings will do, also such as cross; but the time grows with the square of their count.
 */
export function nestPairwise(rings: readonly Ring[]): Nesting {
  const areas = Float64Array.from(rings, ringArea)
  const boxes = rings.map(boundsOfPoints)
  const around = rings.map((ring, i) => ringsAround(rings, areas, i, interiorPoint(ring), boxes))
  const depths = Int32Array.from(around, (list) => list.length)
  const parents = Int32Array.from(around, (list) => list.find((j) => depths[j] === list.length - 1) ?? -1)
  return { depths, parents }
}

/** The rings that a ring, of which `point` is an inner point, lies in. */
export function ringsAround(
  rings: readonly Ring[],
  areas: Float64Array,
  i: number,
  point: Pt | null,
  boxes?: readonly (Bounds | null)[],
): readonly number[] {
  const around: number[] = []
  if (point === null) return around
  const [x, y] = point
  for (const [j, ring] of rings.entries()) {
    if (i === j || !isLarger(areas, j, i)) continue
    const box = boxes?.[j]
    if (box && (x < box.left || x > box.right || y < box.top || y > box.bottom)) continue
    if (ringContains(ring, x, y)) around.push(j)
  }
  return around
}

/** Whether ring `a` can be around ring `b`; of two equal ones the earlier can. */
export function isLarger(areas: Float64Array, a: number, b: number): boolean {
  const [areaA, areaB] = [areas[a] as number, areas[b] as number]
  return areaA > areaB || (areaA === areaB && a < b)
}
