import type { Connectivity } from './components.js'
import type { Mask } from './mask.js'

/**
 * The upright sides of all outlines of a mask, linked in the direction of travel (foreground on the right hand). Each
 * side takes {@link SIDE} numbers of `sides`: its x, the y it starts at, the y it ends at (smaller when it runs up), and
 * where in `sides` the next one of its outline begins. They stand in ascending order of x, then of y.
 *
 * The same of a mask whose rows were swept as if they were columns: then x and y change places, and with them the hand.
 */
export interface LinkedSides {
  readonly sides: Int32Array
  /** How much of `sides` is used. */
  readonly used: number
  /**
   * For the leftmost side of an outline (by its ordinal, `offset / SIDE`): a side of the outline that bounds the pixels
   * to its left from above, or -1 when there is none up to the edge of the canvas. Without meaning for other sides.
   */
  readonly above: Int32Array
}

/** Numbers a side takes in {@link LinkedSides.sides}. */
export const SIDE = 4

/** Beyond every row and every pixel, also of a picture as large as can be. */
export const NEVER = 2 ** 40

/** The ends of the stretches of a column, from top to bottom, and the side each of these level edges comes from. */
export interface Column {
  readonly y: Int32Array
  readonly from: Int32Array
  /** How many ends there are. */
  count: number
}

/**
 * Sweeps over the columns of a mask that has pixels. A stretch of a column has a level edge at either end; comparing the
 * ends of neighbouring columns shows where a level edge goes on and where upright sides stand between them. So a run is
 * looked at once, and once for each further column it reaches.
 */
export function linkSides(mask: Mask, connectivity: Connectivity): LinkedSides {
  const { runs, height } = mask
  const pairs = runs.length >> 1
  const total = mask.width * height
  const lastEnd = (runs.length & 1) === 1 ? total - (runs[runs.length - 1] as number) : total
  const firstColumn = ((runs[0] as number) / height) | 0
  const columns = (((lastEnd - 1) / height) | 0) - firstColumn + 1
  // A column's foot cuts at most one run; each stretch has two ends and each side stands between two ends.
  const stretches = pairs + columns - 1
  const sides = new Int32Array(2 * stretches * SIDE)
  const above = new Int32Array(2 * stretches)
  const widest = Math.min(height, 2 * pairs) + 4
  let left: Column = { y: new Int32Array(widest), from: new Int32Array(widest), count: 0 }
  let right: Column = { y: new Int32Array(widest), from: new Int32Array(widest), count: 0 }
  let used = 0
  let next = 2
  let start = runs[0] as number
  let end = start + (runs[1] as number)
  let x = firstColumn
  for (;;) {
    const base = x * height
    const foot = base + height
    let count = 0
    const { y } = right
    while (start < foot) {
      y[count++] = start - base
      if (end > foot) {
        y[count++] = height
        start = foot
        break
      }
      y[count++] = end - base
      start = next + 1 < runs.length ? end + (runs[next] as number) : NEVER
      if (start !== NEVER) end = start + (runs[next + 1] as number)
      next += 2
    }
    right.count = count
    if (count === 0 && left.count === 0) {
      if (start === NEVER) return { sides, used, above }
      // Nothing to the next pixel, however far.
      x = (start / height) | 0
      continue
    }
    used = linkLine(x, left, right, sides, above, used, connectivity === 4)
    const column = left
    left = right
    right = column
    x++
  }
}

/**
 * Sets the sides on the line between two columns, at most one for every two of their ends; returns how much of `sides`
 * is used then.
 */
export function linkLine(
  x: number,
  left: Column,
  right: Column,
  sides: Int32Array,
  above: Int32Array,
  used: number,
  apart: boolean,
): number {
  const yL = left.y
  const yR = right.y
  const fromL = left.from
  const fromR = right.from
  const nL = left.count
  const nR = right.count
  // Odd ends are bottoms: p and q also tell whether the left and the right pixel are foreground.
  let p = 0
  let q = 0
  let open = -1
  let up = false
  while (p < nL || q < nR) {
    const a = p < nL ? (yL[p] as number) : NEVER
    const b = q < nR ? (yR[q] as number) : NEVER
    if (a === b && ((p ^ q) & 1) === 0) {
      fromR[q++] = fromL[p++] as number // a level edge goes straight on
      continue
    }
    let sideL = open
    let sideR = open
    if (open >= 0) sides[open + (up ? 1 : 2)] = a < b ? a : b
    if (open < 0 || a === b) {
      // A side begins; where two pixels touch at a corner, right below the one that ended.
      up = a === b ? !up : a < b ? (q & 1) === 1 : (q & 1) === 0
      sides[used] = x
      sides[used + (up ? 2 : 1)] = a < b ? a : b
      if (a === b) {
        // To part the pixels, the upper side takes the bottom edge; to join them, the top edge.
        if (((p & 1) === 1) === apart) sideR = used
        else sideL = used
        above[used >> 2] = fromL[p] as number
      } else {
        sideL = used
        sideR = used
        above[used >> 2] = p > 0 ? (fromL[p - 1] as number) : -1
      }
      open = used
      used += SIDE
    } else open = -1
    if (a <= b) {
      // Top edges run right and end here, bottom edges run left and begin here.
      const far = fromL[p] as number
      if ((p & 1) === 0) sides[far + 3] = sideL
      else sides[sideL + 3] = far
      p++
    }
    if (b <= a) fromR[q++] = sideR
  }
  return used
}
