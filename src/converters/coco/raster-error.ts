import type { Measure } from '../../dataset/account.js'
import { applyToRing, multiply, scaling, translation } from '../../geometry/affine.js'
import type { Bounds } from '../../geometry/bounds.js'
import { clipRing } from '../../geometry/clip.js'
import { type Part, partsArea, partsBounds } from '../../geometry/parts.js'
import { intersectionArea } from '../../mask/algebra.js'
import { fillPartsCoco } from '../../mask/fill-parts.js'
import { Mask } from '../../mask/mask.js'
import { RunBuilder } from '../../mask/run-builder.js'

/** Subdivisions of a pixel side at which a region and its mask are compared, the finest that is not too much. */
const FINE = [4, 2] as const
/** The most cells of a grid they are compared on. */
const MOST_CELLS = 2 ** 26

/**
 * How well a mask stands for the region it was filled from: intersection over union on a grid of quarter pixels, of half ones
 * where that would be too many, and from the areas alone where that would be too many still.
 * `mask` has the picture's size; what of the parts lies beyond it counts against it, and so does an empty mask.
 */
export function rasterError(parts: readonly Part[], mask: Mask): Measure {
  const window = windowOf(parts, mask)
  const width = window.right - window.left
  const height = window.bottom - window.top
  const fine = FINE.find((n) => width * height * n * n <= MOST_CELLS)
  const inside = partsWithin(parts, mask)
  const beyond = Math.max(0, partsArea(parts) - partsArea(inside))
  if (fine === undefined) {
    const region = partsArea(inside)
    return iouOf(Math.min(region, mask.area), Math.max(region, mask.area) + beyond)
  }
  const region = fillPartsCoco(movedParts(parts, window, fine), Math.max(1, width) * fine, Math.max(1, height) * fine)
  const coarse = enlarged(mask, window, fine)
  const common = intersectionArea(region, coarse)
  return iouOf(common, region.area + coarse.area - common + beyond * fine * fine)
}

function iouOf(common: number, union: number): Measure {
  // What lies too far outside to be measured leaves nothing in common.
  return { name: 'iou', value: union > 0 && union < Infinity ? common / union : 0 }
}

/** The whole pixels of the picture in which the parts or the mask have anything. */
function windowOf(parts: readonly Part[], { width, height, bounds: box }: Mask): Bounds {
  const bounds = partsBounds(parts) ?? { left: 0, top: 0, right: 0, bottom: 0 }
  const within = (value: number, most: number): number => Math.max(0, Math.min(most, value))
  return {
    left: within(Math.floor(Math.min(bounds.left, box?.left ?? bounds.left)), width),
    top: within(Math.floor(Math.min(bounds.top, box?.top ?? bounds.top)), height),
    right: within(Math.ceil(Math.max(bounds.right, box?.right ?? bounds.right)), width),
    bottom: within(Math.ceil(Math.max(bounds.bottom, box?.bottom ?? bounds.bottom)), height),
  }
}

/** The parts cut to the picture; those that lie in it are as they were. */
function partsWithin(parts: readonly Part[], { width, height }: Mask): readonly Part[] {
  const frame = { left: 0, top: 0, right: width, bottom: height }
  const bounds = partsBounds(parts)
  if (bounds === null) return parts
  if (bounds.left >= 0 && bounds.top >= 0 && bounds.right <= width && bounds.bottom <= height) return parts
  return parts.map(({ outer, holes }) => ({
    outer: clipRing(outer, frame),
    holes: holes.map((hole) => clipRing(hole, frame)),
  }))
}

function movedParts(parts: readonly Part[], { left, top }: Bounds, fine: number): readonly Part[] {
  const map = multiply(scaling(fine), translation(-left, -top))
  return parts.map(({ outer, holes }) => ({
    outer: applyToRing(map, outer),
    holes: holes.map((hole) => applyToRing(map, hole)),
  }))
}

/** The window of a mask with every pixel as fine × fine pixels. */
function enlarged(mask: Mask, window: Bounds, fine: number): Mask {
  const width = Math.max(1, window.right - window.left)
  const height = Math.max(1, window.bottom - window.top)
  const fineHeight = height * fine
  const runs = new RunBuilder()
  let column = -1
  let stretches: (readonly [number, number])[] = []
  const flush = (): void => {
    for (let x = (column - window.left) * fine; x < (column - window.left + 1) * fine; x++)
      for (const [from, to] of stretches) runs.add(x * fineHeight + from * fine, x * fineHeight + to * fine)
  }
  let at = 0
  for (let i = 0; i < mask.runs.length; i++) {
    const end = at + (mask.runs[i] as number)
    for (let from = at; i % 2 === 1 && from < end; ) {
      const x = Math.floor(from / mask.height)
      const stop = Math.min(end, (x + 1) * mask.height)
      if (x !== column) {
        flush()
        column = x
        stretches = []
      }
      stretches.push([from - x * mask.height - window.top, stop - x * mask.height - window.top])
      from = stop
    }
    at = end
  }
  flush()
  return Mask.trusted(width * fine, fineHeight, runs.finish(fineHeight * width * fine))
}
