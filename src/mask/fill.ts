import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import { fillRingsCoco } from './fill-coco.js'
import { fillPartsCoco } from './fill-parts.js'
import { fillPartsPixelCenter, fillRingsPixelCenter, type Winding } from './fill-pixel-center.js'
import type { Mask } from './mask.js'
import { fillRingsOpencv, opencvFill } from './opencv/paint.js'

/**
 * Which pixels a polygon has:
 * - `pixel-center` those whose centre lies inside (half open, decided exactly); see `fillRingsPixelCenter`.
 * - `coco` those pycocotools gives it, bit for bit; see `fillRingCoco`.
 * - `opencv` those `cv2.fillPoly` gives it, bit for bit: integer vertices, the boundary painted; see `fillRingsOpencv`.
 */
export type FillRule = 'pixel-center' | 'coco' | 'opencv'

/** All fill rules, the default first. */
export const FILL_RULES: readonly FillRule[] = ['pixel-center', 'coco', 'opencv']

/** By which rule pixels are chosen. */
export interface FillOptions {
  /** Default `pixel-center`. */
  readonly rule?: FillRule | undefined
  /** Default `even-odd`; `non-zero` is known to `pixel-center` only. */
  readonly winding?: Winding | undefined
}

/**
 * The union over the parts of the pixels of a part. A part has the pixels of its outer ring that none of its holes has;
 * under `opencv`, which paints boundaries, it has those of its outer ring and holes taken together even-odd, with the
 * pixels on the outlines of the holes. What lies off the canvas of `width` × `height` pixels is cut away.
 * @throws AnnotationError `ring-format` for a ring of an odd count of numbers or with one that is not finite;
 * `mask-size` when the size is no size; TypeError for a rule or winding there is none of.
 */
export function fillParts(parts: readonly Part[], width: number, height: number, options: FillOptions = {}): Mask {
  const rule = checkedRule(options)
  if (rule === 'pixel-center') return fillPartsPixelCenter(parts, width, height, options.winding)
  if (rule === 'coco') return fillPartsCoco(parts, width, height)
  return opencvFill(parts.map(partRings), width, height).toMask()
}

/**
 * The pixels of rings taken together as one path: under even-odd those that an odd number of the rings has, so that a
 * ring inside another is a hole. Under `pixel-center` and `coco` the rings of a trace give the mask again. Throws as
 * {@link fillParts}.
 */
export function fillRings(rings: readonly Ring[], width: number, height: number, options: FillOptions = {}): Mask {
  const rule = checkedRule(options)
  if (rule === 'pixel-center') return fillRingsPixelCenter(rings, width, height, options.winding)
  return rule === 'coco' ? fillRingsCoco(rings, width, height) : fillRingsOpencv(rings, width, height)
}

/** The outer ring and the holes. @internal */
export function partRings(part: Part): readonly Ring[] {
  return [part.outer, ...part.holes]
}

/** The rule of the options, checked: they may come from a command line. @internal */
export function checkedRule({ rule = 'pixel-center', winding = 'even-odd' }: FillOptions): FillRule {
  if (!FILL_RULES.includes(rule))
    throw new TypeError(`fill rule must be one of ${FILL_RULES.join(', ')}, got ${String(rule)}`)
  if (winding !== 'even-odd' && winding !== 'non-zero') {
    throw new TypeError(`winding must be even-odd or non-zero, got ${String(winding)}`)
  }
  if (winding === 'non-zero' && rule !== 'pixel-center') throw new TypeError(`the rule ${rule} fills even-odd only`)
  return rule
}
