import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import { sortRange } from './buckets.js'
import { Mask } from './mask.js'
import { RowSpans } from './row-spans.js'
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
 * What lies off the canvas of `width` × `height` pixels is cut away; no rings give an empty mask.
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

/** Takes stretches of lines: the pixels `start <= pixel < end`. */
interface Stretches {
  add(line: number, start: number, end: number): void
}

/** Stretches in ascending order, as runs along the lines. */
class LineRuns implements Stretches {
  readonly #builder: RunBuilder
  readonly #length: number

  constructor(length: number, most: number) {
    this.#builder = new RunBuilder(most + 2)
    this.#length = length
  }

  add(line: number, start: number, end: number): void {
    const base = line * this.#length
    this.#builder.add(base + start, base + end)
  }

  finish(total: number): Int32Array {
    return this.#builder.finish(total)
  }
}

function fillPath(rings: readonly Ring[], lines: Lines, total: number, winding: Winding): Int32Array {
  const crossings = scanRings(rings, lines.count, lines.length, lines.axis, winding === 'non-zero')
  if (crossings === null) return Int32Array.of(total)
  const runs = new LineRuns(lines.length, crossings.at.length)
  if (winding === 'even-odd') alternate(crossings, runs)
  else {
    let turns = 0
    sweep(crossings, runs, (tag) => {
      turns += (tag & 1) * 2 - 1
      return turns !== 0
    })
  }
  return runs.finish(total)
}

function fillRegions(parts: readonly Part[], lines: Lines, total: number, winding: Winding): Int32Array {
  const [only] = parts
  if (parts.length === 1 && only !== undefined && only.holes.length === 0) {
    return fillPath([only.outer], lines, total, winding)
  }
  // Part by part, so that what is sorted together stays short; uniting the stretches of all needs no sorting.
  const spans = new RowSpans(lines.length, lines.count)
  for (const { outer, holes } of parts) {
    const plain = holes.length === 0 && winding === 'even-odd'
    const rings = plain ? [outer] : [outer, ...holes]
    const crossings = scanRings(rings, lines.count, lines.length, lines.axis, !plain)
    if (crossings === null) continue
    if (plain) alternate(crossings, spans)
    else sweep(crossings, spans, partCounter(holes.length, winding))
  }
  return spans.rowRuns()
}

/** Even-odd of everything: in each bucket the pixels from the first crossing to the second, from the third to the fourth, … */
function alternate({ firstLine, ends, at }: Crossings, stretches: Stretches): void {
  let from = 0
  for (let line = 0; line < ends.length; line++) {
    const to = ends[line] as number
    if (to - from === 2) {
      const a = at[from] as number
      const b = at[from + 1] as number
      if (a < b) stretches.add(firstLine + line, a, b)
      else stretches.add(firstLine + line, b, a)
    } else {
      sortRange(at, from, to)
      for (let i = from; i + 1 < to; i += 2) stretches.add(firstLine + line, at[i] as number, at[i + 1] as number)
    }
    from = to
  }
}

/**
 * In each bucket the pixels between crossings where `inside` holds. It is told the tag of each crossing in order and says
 * whether what follows is foreground; every line ends as it began, outside of everything.
 */
function sweep({ firstLine, ends, at, tags }: Crossings, stretches: Stretches, inside: (tag: number) => boolean): void {
  const marks = tags as Int32Array
  // Pixel and tag in one number, so that one sort orders both: at most 2^31 pixels and 2^21 rings fit a double's 2^53.
  let radix = 2
  for (let i = 0; i < marks.length; i++) if ((marks[i] as number) >= radix) radix = (marks[i] as number) + 1
  const keys = new Float64Array(at.length)
  for (let i = 0; i < keys.length; i++) keys[i] = (at[i] as number) * radix + (marks[i] as number)
  let from = 0
  for (let line = 0; line < ends.length; line++) {
    const to = ends[line] as number
    sortRange(keys, from, to)
    let start = -1
    for (let i = from; i < to; i++) {
      const pixel = Math.floor((keys[i] as number) / radix)
      const now = inside((keys[i] as number) - pixel * radix)
      if (now && start < 0) start = pixel
      else if (!now && start >= 0) {
        stretches.add(firstLine + line, start, pixel)
        start = -1
      }
    }
    from = to
  }
}

/** Keeps count of the rings of a part, the outer one first, that a place is in: it must be in that and in no other. */
function partCounter(holes: number, winding: Winding): (tag: number) => boolean {
  const turns = new Int32Array(holes + 1)
  let inHoles = 0
  return (tag) => {
    const ring = tag >> 1
    const before = turns[ring] as number
    const after = winding === 'even-odd' ? 1 - before : before + (tag & 1) * 2 - 1
    turns[ring] = after
    if (ring > 0) inHoles += (after === 0 ? 0 : 1) - (before === 0 ? 0 : 1)
    return turns[0] !== 0 && inHoles === 0
  }
}
