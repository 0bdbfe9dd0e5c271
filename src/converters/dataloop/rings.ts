import { Polygon, Polyline } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import { nestRings, type Part, partsEqual } from '../../geometry/parts.js'
import type { Ring } from '../../geometry/ring.js'
import type { JsonValue } from '../../text/json-value.js'
import { listOf, recordOf } from './json-record.js'
import { readRing, ringText } from './points.js'
import { type Naming, shapeError } from './shape-error.js'

/** How rings are read. */
export interface RingReading {
  /** How many rings each part has, outer ring first, where the writer left word of it. */
  readonly counts?: readonly number[] | undefined
  /** Told about a ring that is left out; absent: a bad ring makes the whole annotation invalid. */
  readonly skip?: ((error: AnnotationError) => void) | undefined
}

/**
 * A polygon from all its rings, `[[{x,y},…],…]` or one ring without the outer list. Rings inside others are holes by the
 * even-odd rule.
 * @throws AnnotationError `invalid-value`, `degenerate-geometry`
 */
export function readSegment(
  value: JsonValue | undefined,
  init: Naming,
  { counts, skip }: RingReading,
  pointer: string,
): Polygon {
  const rings = readRings(value, 3, skip, pointer)
  return Polygon.fromOwnedParts(grouped(rings, counts) ?? nestRings(rings), init)
}

/** One or more open lines. @throws AnnotationError `invalid-value`, `degenerate-geometry` */
export function readPolyline(
  value: JsonValue | undefined,
  init: Naming,
  { skip }: RingReading,
  pointer: string,
): Polyline {
  return new Polyline(init, readRings(value, 2, skip, pointer))
}

function readRings(
  value: JsonValue | undefined,
  least: number,
  skip: RingReading['skip'],
  pointer: string,
): readonly Ring[] {
  const list = listOf(value)
  if (list === undefined) throw shapeError(pointer, 'a list of rings', value)
  if (list.length === 0) throw shapeError(pointer, 'at least one ring', value, 'degenerate-geometry')
  if (recordOf(list[0]) !== undefined) return [readRing(value, least, pointer)]
  const rings: Ring[] = []
  let first: AnnotationError | undefined
  for (const [i, element] of list.entries()) {
    try {
      rings.push(readRing(element, least, `${pointer}/${i}`))
    } catch (error) {
      if (!(error instanceof AnnotationError) || skip === undefined) throw error
      first ??= error
      if (rings.length > 0 || i < list.length - 1) skip(error)
    }
  }
  if (rings.length === 0 && first !== undefined) throw first
  return rings
}

function grouped(rings: readonly Ring[], counts: readonly number[] | undefined): readonly Part[] | undefined {
  if (counts === undefined || counts.reduce((sum, count) => sum + count, 0) !== rings.length) return undefined
  const parts: Part[] = []
  let at = 0
  for (const count of counts) {
    const outer = rings[at]
    if (outer === undefined) return undefined
    parts.push({ outer, holes: rings.slice(at + 1, at + count) })
    at += count
  }
  return parts
}

/** The counts a reader needs to find the parts again; undefined where the even-odd rule finds them by itself. */
export function ringCounts({ parts }: Polygon): readonly number[] | undefined {
  const rings = parts.flatMap(({ outer, holes }) => [outer, ...holes])
  if (rings.length === 1 || partsEqual(nestRings(rings), parts)) return undefined
  return parts.map(({ holes }) => 1 + holes.length)
}

/** All rings in one outer list, not closed. */
export function ringsText(rings: readonly Ring[]): string {
  return `[${rings.map(ringText).join(',')}]`
}
