import { AnnotationError } from '../errors.js'
import { clipRing } from '../geometry/clip.js'
import type { Ring } from '../geometry/ring.js'
import { union } from './algebra.js'
import { sortRange } from './buckets.js'
import { Mask } from './mask.js'
import { Scratch } from './scratch.js'
import { pixelCount } from './size.js'

// The rule of rleFrPoly in cocoapi common/maskApi.c, as compiled for x86-64 without fused multiply-add. Coordinates are
// scaled by five and rounded to a grid; the outline is walked on the grid one step at a time along the longer axis of each
// edge. Where a step goes from sub-column 5n + 2 to 5n + 3 it crosses the line of the pixel centres of column n, at a row
// that is rounded up. Each crossing turns the colour of everything after it in column order, which makes the fill even-odd.
//
// The original visits every step and sorts what it found; here only the one step in five that can cross is computed, with
// the same expressions in the same order, so that every rounding agrees, and each crossing goes to the bucket of its column.
const SCALE = 5
const CENTRE = 2

/** Beyond ±2^31 on the grid the C code overflows; rings that go there are cut to this frame first. */
const FAR = 2 ** 28
const FRAME = { left: -FAR, top: -FAR, right: FAR, bottom: FAR }

/** x, y, … of all vertices on the grid. */
const grids = new Scratch()
/** The first column whose crossing lies at or right of a vertex. */
const vertexColumns = new Scratch()
/** Where the bucket of a column ends. */
const columnEnds = new Scratch()
const crossedRows = new Scratch()
const changes = new Scratch()

/**
 * The pixels COCO's tools give a ring, bit for bit as pycocotools (`frPyObjects` of one ring). Even-odd inside; parts off the
 * canvas are cut; slivers may be empty. Rule: rleFrPoly in cocoapi common/maskApi.c.
 *
 * Two things are not reproduced: `frPyObjects` takes a ring of exactly four numbers for a box (here it is a line, so empty),
 * and where coordinates lie beyond ±2^28 pixels the C code overflows, while here the ring is cut off there.
 * @throws AnnotationError `ring-format` for an odd count or a number that is not finite; `mask-size` when the size is no size.
 */
export function fillRingCoco(ring: Ring, width: number, height: number): Mask {
  return fillRingsCoco([ring], width, height)
}

/**
 * The pixels that an odd number of the rings has, each filled as {@link fillRingCoco} does: a ring inside another is a
 * hole. Throws as that does.
 */
export function fillRingsCoco(rings: readonly Ring[], width: number, height: number): Mask {
  const total = pixelCount(width, height, 'mask-size')
  const near = rings.map(nearRing)
  let numbers = 0
  for (const ring of near) numbers += ring.length
  const grid = grids.take(numbers)
  const columns = vertexColumns.take(numbers >> 1)
  let low = width
  let high = 0
  let place = 0
  for (const ring of near) {
    for (let i = 0; i < ring.length; i += 2) {
      const x = toGrid(ring[i] as number)
      const column = columnOf(x, width)
      if (column < low) low = column
      if (column > high) high = column
      columns[place >> 1] = column
      grid[place++] = x
      grid[place++] = toGrid(ring[i + 1] as number)
    }
  }
  if (low >= high || total === 0) return Mask.empty(width, height)
  const ends = columnEnds.zeros(high - low + 1)
  const count = countCrossings(near, columns, ends, low, high - low)
  const rows = crossedRows.take(count)
  let first = 0
  for (const ring of near) {
    const n = ring.length >> 1
    for (let i = 0; i < n; i++) {
      const k = i + 1 === n ? 0 : i + 1
      if (columns[first + i] !== columns[first + k])
        crossEdge(grid, first + i, first + k, columns, ends, low, rows, height)
    }
    first += n
  }
  return Mask.trusted(width, height, runsOfCrossings(rows, count, ends, low, high, height, total))
}

/**
 * The union of the fills of the rings, as pycocotools merges the parts of one COCO polygon: a ring inside another is no
 * hole. Empty for no rings. Throws as {@link fillRingCoco}.
 */
export function fillPolygonCoco(rings: readonly Ring[], width: number, height: number): Mask {
  if (rings.length === 0) return Mask.empty(width, height)
  return union(rings.map((ring) => fillRingCoco(ring, width, height)))
}

/** The ring itself, or cut where it goes too far. */
function nearRing(ring: Ring): Ring {
  if (ring.length % 2 !== 0) throw new AnnotationError('ring-format', 'a ring has an odd count of numbers')
  let isNear = true
  for (let i = 0; i < ring.length; i++) {
    const value = ring[i] as number
    if (value >= -FAR && value <= FAR) continue
    if (!Number.isFinite(value)) {
      throw new AnnotationError('ring-format', `number ${i} of a ring is not finite`, {
        expected: 'a finite number',
        got: String(value),
      })
    }
    isNear = false
  }
  return isNear ? ring : clipRing(ring, FRAME)
}

/** Scaled and rounded, half up for positive numbers and cut toward zero: (int)(5·x + .5). */
function toGrid(value: number): number {
  return (SCALE * value + 0.5) | 0
}

/** The first column of the canvas whose crossing 5n + 2 → 5n + 3 lies at or right of sub-column `x`. */
function columnOf(x: number, width: number): number {
  if (x <= CENTRE) return 0
  const column = ((x + CENTRE) / SCALE) | 0
  return column > width ? width : column
}

/** Makes the counts in `ends`, all zero, where the bucket of each of `span` columns from `low` on starts, and says how many crossings there are. */
function countCrossings(
  rings: readonly Ring[],
  columns: Int32Array,
  ends: Int32Array,
  low: number,
  span: number,
): number {
  let first = 0
  for (const ring of rings) {
    const n = ring.length >> 1
    for (let i = 0; i < n; i++) {
      const a = (columns[first + i] as number) - low
      const b = (columns[first + (i + 1 === n ? 0 : i + 1)] as number) - low
      if (a === b) continue
      // One more crossing in every column from the one to the other.
      const from = a < b ? a : b
      const to = a < b ? b : a
      ends[from] = (ends[from] as number) + 1
      ends[to] = (ends[to] as number) - 1
    }
    first += n
  }
  let crossings = 0
  let all = 0
  for (let column = 0; column < span; column++) {
    crossings += ends[column] as number
    ends[column] = all
    all += crossings
  }
  return all
}

/** Puts the rows where an edge crosses the centres of columns into the buckets of the columns. */
function crossEdge(
  grid: Int32Array,
  i: number,
  k: number,
  columns: Int32Array,
  ends: Int32Array,
  low: number,
  rows: Int32Array,
  height: number,
): void {
  let xs = grid[i * 2] as number
  let ys = grid[i * 2 + 1] as number
  let xe = grid[k * 2] as number
  let ye = grid[k * 2 + 1] as number
  const a = columns[i] as number
  const b = columns[k] as number
  const last = a < b ? b : a
  const dx = xe < xs ? xs - xe : xe - xs
  const dy = ye < ys ? ys - ye : ye - ys
  const flat = dx >= dy
  // Edges are walked in ascending order of the longer axis, whatever their direction.
  if (flat ? xs > xe : ys > ye) {
    const x = xs
    xs = xe
    xe = x
    const y = ys
    ys = ye
    ye = y
  }
  const slope = flat ? (ye - ys) / dx : (xe - xs) / dy
  for (let column = a < b ? a : b; column < last; column++) {
    const sub = column * SCALE + CENTRE
    let v: number
    if (flat) {
      // The lower end of the step counts.
      const t = slope < 0 ? sub + 1 - xs : sub - xs
      v = (ys + slope * t + 0.5) | 0
    } else v = ys + steepStep(xs, slope, sub)
    const place = ends[column - low] as number
    rows[place] = rowOf(v, height)
    ends[column - low] = place + 1
  }
}

/**
 * Along a steep edge, the last step still on its own side of the line between sub-columns `sub` and `sub` + 1, which the
 * edge crosses at least half a sub-column from either end. The guess by division may be off by a rounding; the walk's own
 * expression decides. To the right the guess is never too low: a quotient below a whole t means a product at t that
 * reaches the line, and rounding keeps that order.
 */
function steepStep(xs: number, slope: number, sub: number): number {
  const limit = sub + 1
  let t = Math.floor((limit - 0.5 - xs) / slope)
  if (slope > 0) {
    while (xs + slope * t + 0.5 >= limit) t--
  } else {
    while (xs + slope * t + 0.5 < limit) t--
    while (xs + slope * (t + 1) + 0.5 >= limit) t++
  }
  return t
}

/** ceil((v + .5) / 5 - .5) between 0 and `height`. */
function rowOf(v: number, height: number): number {
  if (v <= CENTRE) return 0
  const row = ((v + CENTRE) / SCALE) | 0
  return row > height ? height : row
}

/** Canonical runs of the crossings in the buckets of columns, which are put in order; two at the same place undo each other. */
function runsOfCrossings(
  rows: Int32Array,
  count: number,
  ends: Int32Array,
  low: number,
  high: number,
  height: number,
  total: number,
): Int32Array {
  const runs = changes.take(count + 1)
  let used = 0
  let last = 0
  let i = 0
  for (let column = low; column < high; column++) {
    const end = ends[column - low] as number
    const top = rows[i] as number
    // Two as a rule.
    if (end - i === 2 && top > (rows[i + 1] as number)) {
      rows[i] = rows[i + 1] as number
      rows[i + 1] = top
    } else if (end - i > 2) sortRange(rows, i, end)
    const base = column * height
    for (; i < end; i++) {
      const at = base + (rows[i] as number)
      if (at === last && used > 0) last -= runs[--used] as number
      else {
        runs[used++] = at - last
        last = at
      }
    }
  }
  // The foot of the last column is no change.
  if (last === total) last -= runs[--used] as number
  runs[used++] = total - last
  return runs.slice(0, used)
}
