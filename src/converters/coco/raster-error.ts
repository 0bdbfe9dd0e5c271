import type { Measure } from '../../dataset/account.js'
import { applyToRing, multiply, scaling, translation } from '../../geometry/affine.js'
import type { Bounds } from '../../geometry/bounds.js'
import { clipRing } from '../../geometry/clip.js'
import { type Part, partsArea, partsBounds } from '../../geometry/parts.js'
import { intersectionArea } from '../../mask/algebra.js'
import { fillPartsCoco } from '../../mask/fill-parts.js'
import { Mask } from '../../mask/mask.js'
import { RunBuilder } from '../../mask/run-builder.js'

/** Subdivisions of a pixel side at which a region and its mask are compared. */
const FINE = 4
/** The most of these that are compared at a time. */
const MOST = 1 << 28

/**
 * How well a mask stands for the region it was filled from: intersection over union on a grid of quarter pixels.
 * `mask` has the picture's size; what of the parts lies beyond it counts against it, and so does an empty mask.
 */
export function rasterError(parts: readonly Part[], mask: Mask): Measure {
  const window = windowOf(parts, mask)
  let [common, region, coarse] = [0, 0, 0]
  const height = Math.max(1, window.bottom - window.top)
  const step = Math.max(1, Math.floor(MOST / (height * FINE * FINE)))
  for (let left = window.left; left < window.right; left += step) {
    const width = Math.min(step, window.right - left)
    const fine = fillPartsCoco(movedParts(parts, left, window.top), width * FINE, height * FINE)
    const enlargement = enlarged(mask, left, window.top, width, height)
    common += intersectionArea(fine, enlargement)
    region += fine.area
    coarse += enlargement.area
  }
  const union = region + coarse - common + areaBeyond(parts, mask) * FINE * FINE
  return { name: 'iou', value: union === 0 ? 0 : common / union }
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

/** Square pixels of the parts beyond the picture. */
function areaBeyond(parts: readonly Part[], { width, height }: Mask): number {
  const frame = { left: 0, top: 0, right: width, bottom: height }
  const bounds = partsBounds(parts)
  if (bounds === null) return 0
  if (bounds.left >= 0 && bounds.top >= 0 && bounds.right <= width && bounds.bottom <= height) return 0
  const inside = parts.map(({ outer, holes }) => ({
    outer: clipRing(outer, frame),
    holes: holes.map((hole) => clipRing(hole, frame)),
  }))
  return Math.max(0, partsArea(parts) - partsArea(inside))
}

function movedParts(parts: readonly Part[], left: number, top: number): readonly Part[] {
  const map = multiply(scaling(FINE), translation(-left, -top))
  return parts.map(({ outer, holes }) => ({
    outer: applyToRing(map, outer),
    holes: holes.map((hole) => applyToRing(map, hole)),
  }))
}

/** The window of a mask with every pixel as FINE × FINE pixels. */
function enlarged(mask: Mask, left: number, top: number, width: number, height: number): Mask {
  const columns: [number, number][][] = Array.from({ length: width }, () => [])
  let at = 0
  for (let i = 0; i < mask.runs.length; i++) {
    const end = at + (mask.runs[i] as number)
    for (let from = at; i % 2 === 1 && from < end; ) {
      const x = Math.floor(from / mask.height)
      const stop = Math.min(end, (x + 1) * mask.height)
      columns[x - left]?.push([from - x * mask.height - top, stop - x * mask.height - top])
      from = stop
    }
    at = end
  }
  const runs = new RunBuilder()
  const fineHeight = height * FINE
  for (let x = 0; x < width * FINE; x++) {
    const base = x * fineHeight
    for (const [from, to] of columns[Math.floor(x / FINE)] ?? []) runs.add(base + from * FINE, base + to * FINE)
  }
  return Mask.trusted(width * FINE, fineHeight, runs.finish(fineHeight * width * FINE))
}
