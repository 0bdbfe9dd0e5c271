import type { Bounds } from '../../geometry/bounds.js'
import type { Mask } from '../mask.js'
import { transposeRuns } from '../transpose.js'
import { BEFORE_OUTER, BEHIND_HOLE, BorderGrid, PointBuffer } from './border-following.js'
import { type ContourHierarchy, hierarchyOrder } from './contour-hierarchy.js'

/**
 * Which contours, and how they hang together. `external`: outer borders that lie in no other. `list`: all borders,
 * side by side. `ccomp`: all, outer borders side by side, each with the borders of its holes as children. `tree`: all,
 * a hole's border below the border around it, an island's below that of the hole it lies in.
 */
export type ContourMode = 'external' | 'list' | 'ccomp' | 'tree'

/** Which pixels of a border: `none` leaves no one out, `simple` keeps those where the direction changes. */
export type ContourMethod = 'none' | 'simple'

/** What {@link findContoursOpencv} looks for. */
export interface ContourOptions {
  readonly mode: ContourMode
  readonly method: ContourMethod
}

/** One border of a mask. */
export interface OpencvContour {
  /** Columns and rows of pixels `x0, y0, x1, y1, …`, not closed. A pixel where the border touches itself stands there twice. */
  readonly points: Int32Array
  /** `[next, previous, firstChild, parent]` as places in the list of contours, -1 for none. */
  readonly hierarchy: ContourHierarchy
}

const MODES: readonly unknown[] = ['external', 'list', 'ccomp', 'tree'] satisfies readonly ContourMode[]
const METHODS: readonly unknown[] = ['none', 'simple'] satisfies readonly ContourMethod[]

/**
 * `cv2.findContours(mask, mode, method)` of OpenCV 4.6, point for point: the same contours in the same order, beginning at
 * the same pixels. None for an empty mask.
 *
 * Contours run through pixels, not along their edges: all points are foreground, those of a hole's contour the foreground
 * around it, so that only OpenCV's own fill (`fillRingsOpencv`) gives the mask again. For polygons that
 * other programs shall fill take `traceMask`. Foreground pixels that touch at a corner belong together, background ones do not.
 * On screen outer borders run counter-clockwise from their topmost, then leftmost pixel; borders of holes clockwise from
 * the pixel to the left of the hole's topmost, then leftmost one. (`simple` begins at the first of these that it keeps.)
 *
 * The rule is that of Suzuki and Abe (1985), algorithm 1. The work grows with the box around the foreground.
 * @throws TypeError for another mode or method.
 */
export function findContoursOpencv(mask: Mask, { mode, method }: ContourOptions): OpencvContour[] {
  if (!MODES.includes(mode)) throw new TypeError(`mode must be one of ${MODES.join(', ')}, got ${String(mode)}`)
  if (!METHODS.includes(method)) {
    throw new TypeError(`method must be one of ${METHODS.join(', ')}, got ${String(method)}`)
  }
  if (mask.bounds === null) return []
  const { points, starts, parents, holes } = followBorders(mask, mask.bounds, method === 'none')
  // Which to list, by the number they were found by, and below which of those.
  const listed: number[] = []
  const below: number[] = []
  for (let i = 0; i < parents.length; i++) {
    const parent = parents[i] as number
    if (mode === 'external' && parent >= 0) continue
    listed.push(i)
    below.push(mode === 'tree' || (mode === 'ccomp' && holes[i] === true) ? parent : -1)
  }
  const { order, hierarchy } = hierarchyOrder(below)
  return Array.from(order, (at, place) => {
    const i = listed[at] as number
    return {
      points: points.slice(starts[i] as number, starts[i + 1] as number),
      hierarchy: hierarchy[place] as ContourHierarchy,
    }
  })
}

/** All borders of a mask in the order in which a scan row by row meets them. */
interface Borders {
  readonly points: PointBuffer
  /** Where each begins in `points`, and where the last ends. */
  readonly starts: readonly number[]
  /** The border around each, met before it, or -1. */
  readonly parents: readonly number[]
  readonly holes: readonly boolean[]
}

function followBorders(mask: Mask, bounds: Bounds, everyPixel: boolean): Borders {
  const { left, top, right, bottom } = bounds
  const grid = new BorderGrid(left, top, right - left, bottom - top)
  const { cells } = grid
  const stretches = rowStretches(mask)
  for (let i = 0; i < stretches.length; i += 3) {
    const y = stretches[i] as number
    cells.fill(1, grid.indexOf(stretches[i + 1] as number, y), grid.indexOf(stretches[i + 2] as number, y))
  }
  const points = new PointBuffer()
  const starts = [0]
  const parents: number[] = []
  const holes: boolean[] = []
  /** Follows a new border. `mark` is the last one met before it in its row, 0 when there is none. */
  const follow = (start: number, isHole: boolean, mark: number): void => {
    const near = Math.abs(mark) - 2
    // Between borders of one kind there is none of the other: they are siblings.
    parents.push(near < 0 ? -1 : holes[near] === isHole ? (parents[near] as number) : near)
    holes.push(isHole)
    grid.follow(start, isHole ? BEHIND_HOLE : BEFORE_OUTER, parents.length + 1, everyPixel, points)
    starts.push(points.used)
  }
  let row = -1
  let mark = 0
  for (let i = 0; i < stretches.length; i += 3) {
    const y = stretches[i] as number
    if (y !== row) mark = 0
    row = y
    const first = grid.indexOf(stretches[i + 1] as number, y)
    const last = grid.indexOf(stretches[i + 2] as number, y) - 1
    if (cells[first] === 1) follow(first, false, mark)
    if ((cells[last] as number) > 0) {
      // The first pixel of a stretch has a mark by now.
      let at = last
      while (cells[at] === 1) at--
      follow(last, true, cells[at] as number)
    }
    mark = cells[last] as number
  }
  return { points, starts, parents, holes }
}

/** The foreground row by row, as triples: row, first column, column behind the last. */
function rowStretches({ runs, width, height }: Mask): Int32Array {
  const rows = transposeRuns(runs, width, height)
  const stretches = new Int32Array(((rows.length >> 1) + height) * 3)
  let used = 0
  let position = 0
  for (let i = 0; i + 1 < rows.length; i += 2) {
    position += rows[i] as number
    const end = position + (rows[i + 1] as number)
    while (position < end) {
      const y = Math.floor(position / width)
      const stop = Math.min(end, (y + 1) * width)
      stretches[used++] = y
      stretches[used++] = position - y * width
      stretches[used++] = stop - y * width
      position = stop
    }
  }
  return stretches.subarray(0, used)
}
