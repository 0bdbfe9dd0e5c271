import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import type { Mask } from './mask.js'

/** Steps along pixel edges: right, down, left, up. The foreground lies on the right hand. */
const DX = [1, 0, -1, 0] as const
const DY = [0, 1, 0, -1] as const
const UP = 3

/**
 * The outlines of a mask along its pixel edges, as parts with their holes. Vertices are integers; points on a straight
 * line are left out. Outer rings run clockwise on screen, holes counter-clockwise, both in order of their topmost left
 * vertex. Pixels that touch at a corner only are different parts. Filling the parts by the COCO rule gives the mask again.
 */
export function traceMask(mask: Mask): readonly Part[] {
  const { bounds } = mask
  if (bounds === null) return []
  const columns = bounds.right - bounds.left + 1
  const rows = bounds.bottom - bounds.top + 1
  const grid: Grid = {
    columns,
    steps: edgeSteps(mask, bounds.left, bounds.top, columns, rows),
    owners: new Int32Array(columns * rows),
    left: bounds.left,
    top: bounds.top,
  }
  const parts: OpenPart[] = []
  for (let at = 0; at < grid.steps.length; at++) {
    // The topmost left vertex of an outer ring has a step to the right, that of a hole one down.
    for (let bits = grid.steps[at] as number; bits !== 0; bits = grid.steps[at] as number) {
      const isHole = (bits & 1) === 0
      const part = isHole ? partAround(grid, at) : parts.length
      const ring = follow(grid, at, part)
      if (isHole) parts[part]?.holes.push(ring)
      else parts.push({ outer: ring, holes: [] })
    }
  }
  return parts
}

interface OpenPart {
  readonly outer: Ring
  readonly holes: Ring[]
}

/** The corners of the pixels within the bounds, row by row. */
interface Grid {
  readonly columns: number
  /** The steps that leave each corner and have not been walked, one bit a direction. */
  readonly steps: Uint8Array
  /** For the corner at the top of each left edge of a pixel that has been walked: 1 + the number of its part. */
  readonly owners: Int32Array
  readonly left: number
  readonly top: number
}

/**
 * The part a hole is in: left of the hole's first pixel lies the foreground around it, and the left end of that belongs to
 * the outer ring of the part or to another of its holes, which has been met before. Comparing every hole with every ring
 * instead took 200 s for a noisy picture of two megapixels.
 */
function partAround({ owners }: Grid, corner: number): number {
  let at = corner - 1
  while ((owners[at] as number) === 0) at--
  return (owners[at] as number) - 1
}

/** For each corner of the grid the steps that leave it, one bit a direction. */
function edgeSteps(mask: Mask, left: number, top: number, columns: number, rows: number): Uint8Array {
  const steps = new Uint8Array(columns * rows)
  const pixels = mask.toDense('row')
  const { width, height } = mask
  const set = (x: number, y: number): boolean =>
    x >= 0 && y >= 0 && x < width && y < height && pixels[y * width + x] === 1
  const leave = (x: number, y: number, direction: number): void => {
    const at = (y - top) * columns + (x - left)
    steps[at] = (steps[at] as number) | (1 << direction)
  }
  for (let y = top; y < top + rows - 1; y++) {
    for (let x = left; x < left + columns - 1; x++) {
      if (!set(x, y)) continue // background has no edges of its own
      if (!set(x, y - 1)) leave(x, y, 0)
      if (!set(x + 1, y)) leave(x + 1, y, 1)
      if (!set(x, y + 1)) leave(x + 1, y + 1, 2)
      if (!set(x - 1, y)) leave(x, y + 1, 3)
    }
  }
  return steps
}

/** Follows one outline from a corner until it is back, taking its steps away. */
function follow({ steps, owners, columns, left, top }: Grid, start: number, part: number): Ring {
  const points: number[] = []
  let at = start
  let direction = firstStep(steps[start] as number)
  const begun = direction
  let before = -1
  do {
    if (direction !== before) points.push((at % columns) + left, Math.floor(at / columns) + top)
    steps[at] = (steps[at] as number) & ~(1 << direction)
    at += (DX[direction] as number) + (DY[direction] as number) * columns
    if (direction === UP) owners[at] = part + 1
    before = direction
    const out = steps[at] as number
    // Turning right first keeps pixels apart that touch at a corner only.
    const right = (direction + 1) & 3
    const back = (direction + 3) & 3
    direction = (out & (1 << right)) !== 0 ? right : (out & (1 << direction)) !== 0 ? direction : back
  } while (at !== start)
  // The outline may have begun in the middle of a straight line.
  return Float64Array.from(before === begun ? points.slice(2) : points)
}

function firstStep(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
