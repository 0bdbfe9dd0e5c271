import type { Measure } from '../../dataset/account.js'
import { applyToRing, multiply, scaling, translation } from '../../geometry/affine.js'
import { type Part, partsBounds } from '../../geometry/parts.js'
import { intersectionArea } from '../../mask/algebra.js'
import { fillPartsCoco } from '../../mask/fill-parts.js'
import type { Mask } from '../../mask/mask.js'
import { Mask as MaskOf } from '../../mask/mask.js'
import { RunBuilder } from '../../mask/run-builder.js'

/** Subdivisions of a pixel side at which a region and its mask are compared. */
const FINE = 4

/**
 * How well a mask stands for the region it was filled from: intersection over union on a grid of quarter pixels.
 * `mask` has the picture's size; the parts may reach beyond it, which counts against it.
 */
export function rasterError(parts: readonly Part[], mask: Mask): Measure {
  const bounds = partsBounds(parts)
  if (bounds === null) return { name: 'iou', value: mask.isEmpty ? 1 : 0 }
  const box = mask.bounds
  const left = Math.floor(Math.min(bounds.left, box?.left ?? bounds.left))
  const top = Math.floor(Math.min(bounds.top, box?.top ?? bounds.top))
  const width = Math.max(1, Math.ceil(Math.max(bounds.right, box?.right ?? bounds.right)) - left)
  const height = Math.max(1, Math.ceil(Math.max(bounds.bottom, box?.bottom ?? bounds.bottom)) - top)
  const map = multiply(scaling(FINE), translation(-left, -top))
  const fineParts = parts.map(({ outer, holes }) => ({
    outer: applyToRing(map, outer),
    holes: holes.map((hole) => applyToRing(map, hole)),
  }))
  const region = fillPartsCoco(fineParts, width * FINE, height * FINE)
  const coarse = enlarged(mask, left, top, width, height)
  const common = intersectionArea(region, coarse)
  const union = region.area + coarse.area - common
  return { name: 'iou', value: union === 0 ? 1 : common / union }
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
  return MaskOf.trusted(width * FINE, fineHeight, runs.finish(fineHeight * width * FINE))
}
