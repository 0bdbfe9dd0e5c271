import type { Part } from '../geometry/parts.js'
import { difference, union } from './algebra.js'
import { fillPolygonCoco, fillRingCoco } from './fill-coco.js'
import { Mask } from './mask.js'

/**
 * The union over the parts of the fill of the outer ring minus the fills of its holes, all by the COCO rule; empty for no
 * parts. pycocotools knows no holes: this is what its fills give when they are taken from each other.
 * Throws as `fillRingCoco`.
 */
export function fillPartsCoco(parts: readonly Part[], width: number, height: number): Mask {
  if (parts.length === 0) return Mask.empty(width, height)
  return union(
    parts.map((part) => {
      const outer = fillRingCoco(part.outer, width, height)
      return part.holes.length === 0 ? outer : difference(outer, fillPolygonCoco(part.holes, width, height))
    }),
  )
}
