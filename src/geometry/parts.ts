import { type Bounds, boundsOfPoints, boundsUnion } from './bounds.js'
import { nestPairwise } from './nest-pairwise.js'
import { nestBySweep } from './nest-sweep.js'
import { checkRing, type Ring, ringArea, ringsEqual } from './ring.js'

/** A region with holes: an outer ring and the rings cut out of it. The direction of the rings carries no meaning. */
export interface Part {
  readonly outer: Ring
  readonly holes: readonly Ring[]
}

/** For so few rings looking at every pair is as fast as anything. */
const FEW_RINGS = 16

/**
 * Sorts rings into parts and holes by the even-odd rule: a ring inside an odd number of others is a hole of the
 * smallest of them, any other ring is an outer one. The parts stand in the order of their outer rings, holes in theirs.
 * The rings may touch but must not cross; of two equal rings the later counts as lying inside the earlier. They are not
 * copied, and keep their directions. A ring without area lies in what its first vertex lies in.
 *
 * The time grows with n log n for n vertices; where rings cross it may grow with the pairs of rings whose boxes overlap,
 * and the result is then the best guess there is: no ring is lost.
 * @throws AnnotationError `ring-format` for an odd count of numbers, or one that is not finite.
 */
export function nestRings(rings: readonly Ring[]): readonly Part[] {
  for (const ring of rings) checkRing(ring)
  if (rings.length <= 1) return rings.map((outer) => ({ outer, holes: [] }))
  const nesting = rings.length <= FEW_RINGS ? null : nestBySweep(rings)
  const { depths, parents } = nesting ?? nestPairwise(rings)
  const holes = new Map<number, Ring[]>()
  for (let i = 0; i < rings.length; i++) if ((depths[i] as number) % 2 === 0) holes.set(i, [])
  for (const [i, ring] of rings.entries()) {
    if ((depths[i] as number) % 2 === 0) continue
    const list = holes.get(parents[i] as number)
    // Only rings that cross can leave a hole without the ring it is cut out of; it then stands for itself.
    if (list === undefined) holes.set(i, [])
    else list.push(ring)
  }
  return [...holes.entries()].sort(([a], [b]) => a - b).map(([i, list]) => ({ outer: rings[i] as Ring, holes: list }))
}

/** Area of the outer ring minus its holes, in square pixels. Exact when the holes lie inside and apart from each other. */
export function partArea(part: Part): number {
  let area = ringArea(part.outer)
  for (const hole of part.holes) area -= ringArea(hole)
  return area
}

/** The sum of the parts' areas. Exact for disjoint parts; where parts overlap, the shared area counts once for each. */
export function partsArea(parts: readonly Part[]): number {
  let area = 0
  for (const part of parts) area += partArea(part)
  return area
}

/** The smallest box around all outer rings, half open, or null when there is no point. */
export function partsBounds(parts: readonly Part[]): Bounds | null {
  let bounds: Bounds | null = null
  for (const part of parts) {
    const box = boundsOfPoints(part.outer)
    if (box !== null) bounds = bounds === null ? box : boundsUnion(bounds, box)
  }
  return bounds
}

/** Whether both have the same rings in the same order, by `ringsEqual` with `tolerance` in pixels. */
export function partsEqual(a: readonly Part[], b: readonly Part[], tolerance = 0): boolean {
  return (
    a.length === b.length &&
    a.every((part, i) => {
      const other = b[i] as Part
      return (
        part.holes.length === other.holes.length &&
        ringsEqual(part.outer, other.outer, tolerance) &&
        part.holes.every((hole, k) => ringsEqual(hole, other.holes[k] as Ring, tolerance))
      )
    })
  )
}

/** How many vertices the parts have in all, holes included. */
export function partsVertexCount(parts: readonly Part[]): number {
  let count = 0
  for (const part of parts) {
    count += part.outer.length / 2
    for (const hole of part.holes) count += hole.length / 2
  }
  return count
}
