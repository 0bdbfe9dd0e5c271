import { type Defined, type GoldenInput, ringsOf } from './golden-inputs.js'
import { within } from './object-matching.js'
import { type PlainObject, type PlainRow, stemOf } from './plain-objects.js'
import { deviationOf, overlapOf, type Region } from './regions.js'

/** The tolerance of all formats, in pixels. */
export const PIXEL_TOLERANCE = 1 / 1024

/** How much of two regions must be common. */
export const LEAST_OVERLAP = 0.999

const EXACT = within(1e-9)

/**
 * Whether objects with rings, or else with boxes alone, are those of the definitions: rings to the double and in their
 * order. A bridged ring of a YOLO row may be taken apart; then the region must be the same.
 */
export function shapeDifference(input: GoldenInput, found: readonly PlainObject[]): string | undefined {
  const left = new Set(found)
  for (const object of input.objects) {
    const rings = ringsOf(object)
    if (rings === undefined && object.iscrowd === 1) continue // run lengths, of which the definition says nothing
    const image = stemOf(object.image)
    const same = [...left].find(
      (each) =>
        each.image === image &&
        each.label === object.label &&
        (rings === undefined ? sameBox(object, each) : sameRings(object, rings, each.rings)),
    )
    if (same === undefined) return `${image} ${object.label} [${object.voc_plain.join(', ')}] is not there`
    left.delete(same)
  }
  return undefined
}

function sameBox(object: Defined, found: PlainObject): boolean {
  const numbers = (values: readonly number[]) => ({ image: '', label: '', numbers: values })
  return EXACT(numbers(object.voc_plain), numbers(found.box))
}

function sameRings(
  object: Defined,
  rings: readonly (readonly number[])[],
  found: readonly (readonly number[])[],
): boolean {
  const numbers = (values: readonly number[]) => ({ image: '', label: '', numbers: values })
  const alike = (ring: readonly number[], i: number): boolean => EXACT(numbers(ring), numbers(found[i] ?? []))
  if (rings.length === found.length) return rings.every(alike)
  // Rings of one annotation are filled by even and odd.
  return object.polygon !== undefined && found.length > 1 && sameRegion([found], regionOf(rings))
}

/** Rows of one ring, within half a unit of the last digit; parts joined by bridges make the same region. */
export function ringRowDifference(input: GoldenInput, rows: readonly PlainRow[]): string | undefined {
  if (rows.length !== input.objects.length) return `${rows.length} rows for ${input.objects.length} objects`
  const left = new Set(rows)
  for (const object of input.objects) {
    const rings = ringsOf(object)
    if (rings === undefined) continue // run lengths, of which the definition says nothing
    const image = stemOf(object.image)
    const same = [...left].find(
      (row) =>
        row.image === image &&
        row.label === object.label &&
        row.index === object.class_index &&
        sameRow(object, rings, row),
    )
    if (same === undefined) return `${image} ${object.label} [${object.voc_plain.join(', ')}] is not there`
    left.delete(same)
  }
  return undefined
}

function sameRow({ width, height }: Defined, rings: readonly (readonly number[])[], row: PlainRow): boolean {
  const sides = (i: number): number => (i % 2 === 0 ? width : height)
  const ring = row.numbers.map((share, i) => share * sides(i))
  const [only, ...others] = rings
  if (only === undefined || others.length > 0) return sameRegion([[ring]], regionOf(rings))
  const half = 0.5000001 * 10 ** -row.decimals
  return only.length === ring.length && only.every((value, i) => Math.abs(value - (ring[i] ?? 0)) <= half * sides(i))
}

/** Whether two regions are one within the tolerances that bridged rings are judged by. */
export function sameRegion(found: Region, expected: Region): boolean {
  return deviationOf(found, expected) <= PIXEL_TOLERANCE && overlapOf(found, expected) >= LEAST_OVERLAP
}

/** Each ring a part. */
function regionOf(rings: readonly (readonly number[])[]): Region {
  return rings.map((ring) => [ring])
}
