import { AnnotationError } from '../errors.js'
import { clipRing } from '../geometry/clip.js'
import type { Ring } from '../geometry/ring.js'
import { union } from './algebra.js'
import { countsToStarts, sortRange } from './buckets.js'
import { Mask } from './mask.js'
import { pixelCount } from './size.js'

// The rule of rleFrPoly in cocoapi common/maskApi.c, as compiled for x86-64 without fused multiply-add. Coordinates are
// scaled by five and rounded to a grid; the outline is walked on the grid one step at a time along the longer axis of each
// edge. Where a step goes from sub-column 5n + 2 to 5n + 3 it crosses the line of the pixel centres of column n, at a row
// that is rounded up. Each crossing turns the colour of everything after it in column order, which makes the fill even-odd.
//
// The original visits every step; here only the one step in five that can cross is computed, with the same expressions in
// the same order, so that every rounding agrees.
const SCALE = 5
const CENTRE = 2

/** Beyond ±2^31 on the grid the C code overflows; rings that go there are cut to this frame first. */
const FAR = 2 ** 28
const FRAME = { left: -FAR, top: -FAR, right: FAR, bottom: FAR }

/**
 * The pixels COCO's tools give a ring, bit for bit as pycocotools (`frPyObjects` of one ring). Even-odd inside; parts off the
 * canvas are cut; a ring that encloses no pixel centre is empty.
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
  const grids = rings.map(toGrid)
  let crossings = 0
  for (const grid of grids) crossings += countCrossings(grid, grid.length >> 1, width)
  if (crossings === 0 || total === 0) return Mask.empty(width, height)
  const found = new Int32Array(crossings)
  let used = 0
  for (const grid of grids) {
    const n = grid.length >> 1
    for (let i = 0; i < n; i++) {
      used = crossEdge(grid, i, i + 1 === n ? 0 : i + 1, width, height, found, used)
    }
  }
  return Mask.trusted(width, height, runsFromCrossings(sortByColumn(found, used, height), total))
}

/**
 * The union of the fills of the rings, as pycocotools merges the parts of one COCO polygon: a ring inside another is no
 * hole. Empty for no rings. Throws as {@link fillRingCoco}.
 */
export function fillPolygonCoco(rings: readonly Ring[], width: number, height: number): Mask {
  if (rings.length === 0) return Mask.empty(width, height)
  return union(rings.map((ring) => fillRingCoco(ring, width, height)))
}

/** Scaled coordinates, rounded half up for positive numbers and cut toward zero: (int)(5·x + .5). */
function toGrid(ring: Ring): Float64Array {
  if (ring.length % 2 !== 0) throw new AnnotationError('ring-format', 'a ring has an odd count of numbers')
  const grid = new Float64Array(ring.length)
  let near = true
  for (let i = 0; i < ring.length; i++) {
    const value = ring[i] as number
    if (!(value >= -FAR && value <= FAR)) {
      if (!Number.isFinite(value)) {
        throw new AnnotationError('ring-format', `number ${i} of a ring is not finite`, {
          expected: 'a finite number',
          got: String(value),
        })
      }
      near = false
    }
    grid[i] = Math.trunc(SCALE * value + 0.5)
  }
  return near ? grid : toGrid(clipRing(ring, FRAME))
}

/** The first pixel column whose crossing 5n + 2 → 5n + 3 lies at or right of sub-column `low`. */
function firstColumn(low: number): number {
  return Math.max(0, Math.ceil((low - CENTRE) / SCALE))
}

/** The last pixel column whose crossing lies left of sub-column `high`. */
function lastColumn(high: number, width: number): number {
  return Math.min(width - 1, Math.floor((high - CENTRE - 1) / SCALE))
}

function countCrossings(grid: Float64Array, n: number, width: number): number {
  let count = 0
  for (let i = 0; i < n; i++) {
    const x0 = grid[i * 2] as number
    const x1 = grid[i + 1 === n ? 0 : i * 2 + 2] as number
    const columns = lastColumn(Math.max(x0, x1), width) - firstColumn(Math.min(x0, x1)) + 1
    if (columns > 0) count += columns
  }
  return count
}

/** Appends the linear indices where the edge from vertex `i` to vertex `k` crosses pixel-centre columns. */
function crossEdge(
  grid: Float64Array,
  i: number,
  k: number,
  width: number,
  height: number,
  found: Int32Array,
  used: number,
): number {
  let xs = grid[i * 2] as number
  let ys = grid[i * 2 + 1] as number
  let xe = grid[k * 2] as number
  let ye = grid[k * 2 + 1] as number
  const low = firstColumn(xs < xe ? xs : xe)
  const high = lastColumn(xs < xe ? xe : xs, width)
  if (low > high) return used
  const dx = Math.abs(xe - xs)
  const dy = Math.abs(ye - ys)
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
  for (let column = low; column <= high; column++) {
    const sub = column * SCALE + CENTRE
    let v: number
    if (flat) {
      // The lower end of the step counts.
      const t = slope < 0 ? sub + 1 - xs : sub - xs
      v = Math.trunc(ys + slope * t + 0.5)
    } else v = ys + steepStep(xs, slope, sub, dy)
    found[used++] = column * height + rowOf(v, height)
  }
  return used
}

/**
 * Along a steep edge, the last step still on its own side of the line between sub-columns `sub` and `sub` + 1.
 * The guess by division may be one off; the walk's own expression decides.
 */
function steepStep(xs: number, slope: number, sub: number, dy: number): number {
  const limit = sub + 1
  let t = Math.floor((limit - 0.5 - xs) / slope)
  if (t < 0) t = 0
  else if (t > dy) t = dy
  if (slope > 0) {
    while (t > 0 && xs + slope * t + 0.5 >= limit) t--
    while (t < dy && xs + slope * (t + 1) + 0.5 < limit) t++
  } else {
    while (t > 0 && xs + slope * t + 0.5 < limit) t--
    while (t < dy && xs + slope * (t + 1) + 0.5 >= limit) t++
  }
  return t
}

/** ceil((v + .5) / 5 - .5) between 0 and `height`. */
function rowOf(v: number, height: number): number {
  if (v <= CENTRE) return 0
  const row = Math.floor((v + CENTRE) / SCALE)
  return row > height ? height : row
}

/** Ascending order: a counting sort by column, an insertion sort within one (a few crossings as a rule). */
function sortByColumn(found: Int32Array, count: number, height: number): Int32Array {
  let low = found[0] as number
  let high = low
  for (let i = 1; i < count; i++) {
    const value = found[i] as number
    if (value < low) low = value
    else if (value > high) high = value
  }
  // Only the columns the ring reaches: a small ring on a large canvas must not pay for the canvas.
  const left = (low / height) | 0
  const perColumn = new Int32Array(((high / height) | 0) - left + 1)
  for (let i = 0; i < count; i++) {
    const x = (((found[i] as number) / height) | 0) - left
    perColumn[x] = (perColumn[x] as number) + 1
  }
  countsToStarts(perColumn)
  const sorted = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const value = found[i] as number
    const x = ((value / height) | 0) - left
    const at = perColumn[x] as number
    sorted[at] = value
    perColumn[x] = at + 1
  }
  // Now perColumn[x] is where column x ends.
  let first = 0
  for (let x = 0; x < perColumn.length; x++) {
    const end = perColumn[x] as number
    sortRange(sorted, first, end)
    first = end
  }
  return sorted
}

/** Canonical runs of the colour changes; two at the same place undo each other. */
function runsFromCrossings(sorted: Int32Array, total: number): Int32Array {
  const runs = new Int32Array(sorted.length + 1)
  let used = 0
  let last = 0
  for (let i = 0; i < sorted.length; i++) {
    const at = sorted[i] as number
    if (at === total) break
    if (i + 1 < sorted.length && sorted[i + 1] === at) i++
    else {
      runs[used++] = at - last
      last = at
    }
  }
  if (total > last || used === 0) runs[used++] = total - last
  return runs.slice(0, used)
}
