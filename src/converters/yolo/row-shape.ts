import { type AnnotationDefinition, Box, Polygon } from '../../definitions/index.js'
import type { Bounds } from '../../geometry/bounds.js'
import { unbridgeRing } from '../../geometry/bridge-undo.js'
import type { Part } from '../../geometry/parts.js'
import type { Ring } from '../../geometry/ring.js'
import type { Size } from '../sizes.js'

/** What the rows of a data set say. */
export type Task = 'detect' | 'segment' | 'pose'

/** What one row says: a box, or a ring. */
export type RowKind = 'box' | 'ring'

/** The box `cx cy w h` (shares of the picture) in pixels. */
export function boxFrom(values: ArrayLike<number>, { width, height }: Size): Bounds {
  const [cx, cy, w, h] = [values[0] as number, values[1] as number, values[2] as number, values[3] as number]
  return {
    left: (cx - w / 2) * width,
    top: (cy - h / 2) * height,
    right: (cx + w / 2) * width,
    bottom: (cy + h / 2) * height,
  }
}

/** The ring `x1 y1 x2 y2 …` (shares of the picture) in pixels. */
export function ringFromShares(values: ArrayLike<number>, count: number, { width, height }: Size): Ring {
  const ring = new Float64Array(count)
  for (let i = 0; i < count; i++) ring[i] = (values[i] as number) * (i % 2 === 0 ? width : height)
  return ring
}

/**
 * The parts of a ring. A ring whose parts and holes are joined by bridges without width falls apart into them; any other
 * ring stays exactly as it is.
 */
export function partsOfRing(ring: Ring): readonly Part[] {
  if (hasTwins(ring)) {
    const parts = unbridgeRing(ring)
    if (parts.length > 1 || parts.some(({ holes }) => holes.length > 0)) return parts
  }
  return [{ outer: ring, holes: [] }]
}

/** The definition that a row with these numbers is. */
export function shapeOf(
  kind: RowKind,
  values: ArrayLike<number>,
  count: number,
  size: Size,
  label: string,
): AnnotationDefinition {
  if (kind === 'box') return new Box({ label, ...boxFrom(values, size) })
  return Polygon.fromOwnedParts(partsOfRing(ringFromShares(values, count, size)), { label })
}

/** Whether a vertex is there twice, without which there are no bridges. */
function hasTwins(ring: Ring): boolean {
  const seen = new Map<number, Set<number> | number>()
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const x = ring[i] as number
    const y = ring[i + 1] as number
    const before = seen.get(x)
    if (before === undefined) seen.set(x, y)
    else if (typeof before === 'number') {
      if (before === y) return true
      seen.set(x, new Set([before, y]))
    } else if (before.has(y)) return true
    else before.add(y)
  }
  return false
}
