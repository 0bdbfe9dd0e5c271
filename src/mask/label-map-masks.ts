import { AnnotationError } from '../errors.js'
import { countsToStarts } from './buckets.js'
import type { LabelData, LabelMap } from './label-map.js'
import { Mask } from './mask.js'
import { RunBuilder } from './run-builder.js'
import { pixelCount } from './size.js'

/**
 * The masks of all values of a label map, but for `background` (default 0, `null` for none), in ascending order of the
 * values. One pass over the pixels for all of them; what follows costs the borders between values.
 * @throws AnnotationError `mask-size` when `data` has not width × height values or the size is no size.
 */
export function masksFromLabelMap(map: LabelMap, background: number | null = 0): ReadonlyMap<number, Mask> {
  const { width, height, data } = map
  const total = pixelCount(width, height, 'mask-size')
  if (data.length !== total) {
    throw new AnnotationError('mask-size', 'the values do not fill the label map', {
      expected: `${total} values (${width} wide, ${height} high)`,
      got: `${data.length}`,
    })
  }
  const builders = new Map<number, RunBuilder>()
  if (total > 0) collect(builders, data, width, height, background)
  const masks = new Map<number, Mask>()
  for (const value of [...builders.keys()].sort((a, b) => a - b)) {
    masks.set(value, Mask.trusted(width, height, (builders.get(value) as RunBuilder).finish(total)))
  }
  return masks
}

/**
 * The mask of one value of a label map; empty when no pixel has it. For several values take {@link masksFromLabelMap}.
 * Throws as that does.
 */
export function maskFromLabelMap(map: LabelMap, value: number): Mask {
  // Everything but the value is background: one builder only, whatever the map holds.
  const { width, height, data } = map
  const binary = new Uint8Array(data.length)
  for (let i = 0; i < data.length; i++) if (data[i] === value) binary[i] = 1
  return Mask.fromDense(binary, width, height)
}

/** Gives each value its stretches of columns, in column order. */
function collect(
  builders: Map<number, RunBuilder>,
  data: LabelData,
  width: number,
  height: number,
  background: number | null,
): void {
  const borders = findBorders(data, width)
  let held: number | null = null
  let builder = new RunBuilder()
  let from = 0
  for (let x = 0; x < width; x++) {
    let value = data[x] as number
    let start = x * height
    const to = borders.ends[x] as number
    for (let i = from; i <= to; i++) {
      const row = i < to ? (borders.rows[i] as number) : height
      const end = x * height + row
      if (value !== background) {
        if (value !== held) {
          builder = builderOf(builders, value)
          held = value
        }
        builder.add(start, end)
      }
      start = end
      if (row < height) value = data[row * width + x] as number
    }
    from = to
  }
}

function builderOf(builders: Map<number, RunBuilder>, value: number): RunBuilder {
  const known = builders.get(value)
  if (known !== undefined) return known
  const builder = new RunBuilder(8)
  builders.set(value, builder)
  return builder
}

/** In each column the rows whose value differs from the one above, ascending: a counting sort of the rows' findings. */
function findBorders(data: LabelData, width: number): { ends: Int32Array; rows: Int32Array } {
  const ends = new Int32Array(width)
  let places = new Int32Array(1024)
  let used = 0
  for (let i = width; i < data.length; i += width) {
    if (used + width > places.length) {
      const larger = new Int32Array(Math.max(places.length * 2, used + width))
      larger.set(places)
      places = larger
    }
    used = compareRow(data, i, width, places, used)
  }
  for (let k = 0; k < used; k++) {
    const x = (places[k] as number) % width
    ends[x] = (ends[x] as number) + 1
  }
  countsToStarts(ends)
  const rows = new Int32Array(used)
  for (let k = 0; k < used; k++) {
    const place = places[k] as number
    const row = (place / width) | 0
    const x = place - row * width
    const at = ends[x] as number
    rows[at] = row
    ends[x] = at + 1
  }
  return { ends, rows }
}

/** Appends the indices of the row that begins at `row` where the value differs from the one above. */
function compareRow(data: LabelData, row: number, width: number, places: Int32Array, used: number): number {
  const end = row + width
  let i = row
  // Eight values a test: most of a row is like the row above.
  for (; i + 8 <= end; i += 8) {
    let differs = 0
    for (let k = i; k < i + 8; k++) differs |= (data[k] as number) ^ (data[k - width] as number)
    if (differs === 0) continue
    for (let k = i; k < i + 8; k++) if (data[k] !== data[k - width]) places[used++] = k
  }
  for (; i < end; i++) if (data[i] !== data[i - width]) places[used++] = i
  return used
}
