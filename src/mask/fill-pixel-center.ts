import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import { sortRange } from './buckets.js'
import { Mask } from './mask.js'
import { RunBuilder } from './run-builder.js'
import { type Crossings, type ScanAxis, scanRings } from './scan.js'
import { pixelCount } from './size.js'

/**
 * Which points a ring that crosses itself encloses: `even-odd` those from which a way out crosses it an odd number of
 * times, `non-zero` all that it winds around, whatever the direction.
 */
export type Winding = 'even-odd' | 'non-zero'

/** How many pixels a scan line has and how many lines there are, in the order in which runs go. */
interface Lines {
  readonly axis: ScanAxis
  readonly count: number
  readonly length: number
}

/**
 * The pixels whose centre lies inside rings that are taken together as one path: under even-odd a ring inside another is
 * a hole. This is the rule `pixel-center`.
 *
 * Pixel (i, j) has its centre at (i + 0.5, j + 0.5). A centre exactly on an edge belongs to what lies to the right of the
 * edge or, where the edge runs along a row, below it: left and top edges are in, right and bottom edges are out. So
 * polygons that share an edge share no pixel and leave none out. The side of an edge is decided exactly for the
 * coordinates given; no rounding of any intersection can move a pixel. Coordinates may lie anywhere. Rings without area
 * (points, lines, rings that run back on themselves) have no pixels.
 *
 * Cost: vertices, plus crossings of the outline with pixel columns.
 * @throws AnnotationError `ring-format` for an odd count or a number that is not finite; `mask-size` when the size is no size.
 */
export function fillRingsPixelCenter(
  rings: readonly Ring[],
  width: number,
  height: number,
  winding: Winding = 'even-odd',
): Mask {
  const total = pixelCount(width, height, 'mask-size')
  return Mask.trusted(width, height, fillPath(rings, { axis: 'columns', count: width, length: height }, total, winding))
}

/**
 * The union over the parts of the pixels of the outer ring that are not of a hole, each ring by itself filled as
 * {@link fillRingsPixelCenter} does. Parts and holes may overlap or cross. Throws as that does.
 */
export function fillPartsPixelCenter(
  parts: readonly Part[],
  width: number,
  height: number,
  winding: Winding = 'even-odd',
): Mask {
  const total = pixelCount(width, height, 'mask-size')
  return Mask.trusted(
    width,
    height,
    fillRegions(parts, { axis: 'columns', count: width, length: height }, total, winding),
  )
}

/** The same pixels as {@link fillPartsPixelCenter}, as canonical runs row by row. */
export function rowRunsOfParts(parts: readonly Part[], width: number, height: number, winding: Winding): Int32Array {
  const total = pixelCount(width, height, 'mask-size')
  return fillRegions(parts, { axis: 'rows', count: height, length: width }, total, winding)
}

function fillPath(rings: readonly Ring[], lines: Lines, total: number, winding: Winding): Int32Array {
  const crossings = scanRings(rings, lines.count, lines.length, lines.axis, winding === 'non-zero')
  if (crossings === null) return Int32Array.of(total)
  if (winding === 'even-odd') return alternate(crossings, lines.length, total)
  let turns = 0
  return sweep(crossings, lines.length, total, (tag) => {
    turns += (tag & 1) * 2 - 1
    return turns !== 0
  })
}

function fillRegions(parts: readonly Part[], lines: Lines, total: number, winding: Winding): Int32Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined && only.holes.length === 0) {
    return fillPath([only.outer], lines, total, winding)
  }
  const rings = parts.flatMap((part) => [part.outer, ...part.holes])
  const crossings = scanRings(rings, lines.count, lines.length, lines.axis, true)
  if (crossings === null) return Int32Array.of(total)
  return sweep(crossings, lines.length, total, regionCounter(parts, winding))
}

/** Even-odd of everything: in each bucket the pixels from the first crossing to the second, from the third to the fourth, … */
function alternate({ firstLine, ends, at }: Crossings, length: number, total: number): Int32Array {
  const builder = new RunBuilder(at.length + 2)
  let from = 0
  for (let line = 0; line < ends.length; line++) {
    const to = ends[line] as number
    const base = (firstLine + line) * length
    if (to - from === 2) {
      const a = at[from] as number
      const b = at[from + 1] as number
      if (a < b) builder.add(base + a, base + b)
      else builder.add(base + b, base + a)
    } else {
      sortRange(at, from, to)
      for (let i = from; i + 1 < to; i += 2) builder.add(base + (at[i] as number), base + (at[i + 1] as number))
    }
    from = to
  }
  return builder.finish(total)
}

/**
 * In each bucket the pixels between crossings where `inside` holds. It is told the tag of each crossing in order and says
 * whether what follows is foreground; every line ends as it began, outside of everything.
 */
function sweep(crossings: Crossings, length: number, total: number, inside: (tag: number) => boolean): Int32Array {
  const { firstLine, ends, at } = crossings
  const tags = crossings.tags as Int32Array
  // Pixel and tag in one number, so that one sort orders both: at most 2^31 pixels and 2^21 rings fit a double's 2^53.
  let radix = 2
  for (let i = 0; i < tags.length; i++) if ((tags[i] as number) >= radix) radix = (tags[i] as number) + 1
  const keys = new Float64Array(at.length)
  for (let i = 0; i < keys.length; i++) keys[i] = (at[i] as number) * radix + (tags[i] as number)
  const builder = new RunBuilder(at.length + 2)
  let from = 0
  for (let line = 0; line < ends.length; line++) {
    const to = ends[line] as number
    const base = (firstLine + line) * length
    sortRange(keys, from, to)
    let start = -1
    for (let i = from; i < to; i++) {
      const pixel = Math.floor((keys[i] as number) / radix)
      const now = inside((keys[i] as number) - pixel * radix)
      if (now && start < 0) start = pixel
      else if (!now && start >= 0) {
        builder.add(base + start, base + pixel)
        start = -1
      }
    }
    from = to
  }
  return builder.finish(total)
}

/** Keeps count of the parts a place is in: inside the outer ring and in none of the holes. */
function regionCounter(parts: readonly Part[], winding: Winding): (tag: number) => boolean {
  const partOf: number[] = []
  const isHole: boolean[] = []
  for (const [p, part] of parts.entries()) {
    partOf.push(p)
    isHole.push(false)
    for (let h = 0; h < part.holes.length; h++) {
      partOf.push(p)
      isHole.push(true)
    }
  }
  const turns = new Int32Array(partOf.length)
  const outers = new Int32Array(parts.length)
  const holes = new Int32Array(parts.length)
  let regions = 0
  return (tag) => {
    const ring = tag >> 1
    const before = turns[ring] as number
    const after = winding === 'even-odd' ? 1 - before : before + (tag & 1) * 2 - 1
    turns[ring] = after
    if ((before !== 0) === (after !== 0)) return regions > 0
    const p = partOf[ring] as number
    const was = outers[p] === 1 && holes[p] === 0
    const step = after !== 0 ? 1 : -1
    if (isHole[ring] === true) holes[p] = (holes[p] as number) + step
    else outers[p] = (outers[p] as number) + step
    const is = outers[p] === 1 && holes[p] === 0
    if (was !== is) regions += is ? 1 : -1
    return regions > 0
  }
}
