import type { Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import type { AnnotationDefinition, Box, Ellipse, Polygon, Segmentation } from '../../definitions/index.js'
import { type Bounds, boundsArea, boundsIntersection } from '../../geometry/bounds.js'
import { ellipseRing } from '../../geometry/ellipse.js'
import { type Part, partsArea, partsBounds } from '../../geometry/parts.js'
import type { Ring } from '../../geometry/ring.js'
import { rotatedBoxRing } from '../../geometry/rotated-box.js'
import { cocoRleCounts, cocoRleString } from '../../mask/coco-rle.js'
import { fillPartsCoco } from '../../mask/fill-parts.js'
import type { Mask } from '../../mask/mask.js'
import { MOST_PIXELS } from '../../mask/size.js'
import { traceMask } from '../../mask/trace.js'
import { encodeUtf8 } from '../../text/decode.js'
import { numberText } from '../../text/json-number.js'
import { jsonString } from '../../text/json-write.js'
import { requireSize } from '../sizes.js'
import { rasterError } from './raster-error.js'
import { readSegmentation } from './segmentation.js'

export type SegmentationChoice = 'auto' | 'polygon' | 'rle' | 'rle-string'

/** A definition as COCO's "segmentation": its JSON text, the area it covers, and what that does to it. */
export interface WrittenSegmentation {
  readonly text: string
  readonly area: number
  readonly outcome: Outcome
  /** Polygons were asked for, and it stays in run lengths because they cannot tell it. */
  readonly stays?: boolean
}

const KEPT_BOX: Outcome = Object.freeze({ effect: 'kept', subject: 'box' })
const KEPT_SEGMENT: Outcome = Object.freeze({ effect: 'kept', subject: 'segment' })
const KEPT_BINARY: Outcome = Object.freeze({ effect: 'kept', subject: 'binary' })
const KEPT_POSE: Outcome = Object.freeze({ effect: 'kept', subject: 'pose' })
const STAYS: Outcome = Object.freeze({
  effect: 'kept',
  subject: 'binary',
  reason: 'has holes, which COCO polygons cannot tell: stays RLE',
})
const STAYS_EMPTY: Outcome = Object.freeze({
  effect: 'kept',
  subject: 'binary',
  reason: 'has no pixels, which COCO polygons cannot tell: stays RLE',
})
/** No geometry in polygons or masks. */
export const EMPTY = '[]'

/** Undefined for what COCO has no place for. @throws AnnotationError `size-unknown` where pixels are needed */
export function writeSegmentation(
  definition: AnnotationDefinition,
  choice: SegmentationChoice,
  form: string | undefined,
  item: Item,
): WrittenSegmentation | undefined {
  switch (definition.type) {
    case 'box':
      return writeBox(definition)
    case 'segment':
      return writePolygon(definition, choice, item)
    case 'binary':
      return writeMask(definition, choice, form)
    case 'ellipse':
      return writeEllipse(definition)
    case 'cube':
    case 'pose': {
      const { bounds, type } = definition
      if (bounds === null) return undefined
      const outcome: Outcome =
        type === 'pose' ? KEPT_POSE : { effect: 'derived', subject: type, reason: 'its bounding box' }
      return { text: EMPTY, area: boundsArea(bounds), outcome }
    }
    default:
      return undefined
  }
}

/**
 * The text a source had for its segmentation, when that text still says what the annotation's geometry is and the
 * choice does not ask for another form. `moved`: the geometry is known to be another one.
 */
export function unchangedSegmentation(
  annotation: Annotation,
  text: string | undefined,
  choice: SegmentationChoice,
  moved = false,
): string | undefined {
  if (text === undefined || !formAllowed(annotation, choice)) return undefined
  // Beside key points a region is a foreign text, which stands as long as they do.
  if (annotation.type === 'pose') return moved ? undefined : text
  const bytes = encodeUtf8(text)
  const { value, skipped } = readSegmentation(bytes, 0, bytes.length, false)
  const { definition } = annotation
  if (value.kind === 'none') {
    if (definition.type === 'segment' || definition.type === 'binary') return undefined
    // Rings that enclose nothing are somewhere too.
    return moved && skipped !== undefined ? undefined : text
  }
  if (value.kind === 'mask')
    return definition.type === 'binary' && definition.mask.equals(value.mask) ? text : undefined
  if (definition.type !== 'segment' || definition.parts.length !== value.parts.length) return undefined
  const same = value.parts.every(({ outer }, i) => {
    const part = definition.parts[i]
    return part !== undefined && part.holes.length === 0 && sameRing(outer, part.outer)
  })
  // Rings beside them that were passed over have not moved with them.
  return same && !(moved && skipped !== undefined) ? text : undefined
}

/** Whether writing an annotation needs the size of its picture, because a polygon becomes pixels. */
export function needsPixels({ definition }: Annotation, choice: SegmentationChoice): boolean {
  if (definition.type !== 'segment') return false
  // No COCO text says holes: a polygon that has them is never copied.
  return choice === 'rle' || choice === 'rle-string' || definition.parts.some(({ holes }) => holes.length > 0)
}

/** Whether an annotation may keep the form it was read in. */
export function formAllowed({ definition, extra }: Annotation, choice: SegmentationChoice): boolean {
  if (choice === 'auto') return true
  if (definition.type === 'segment') return choice === 'polygon'
  return definition.type !== 'binary' || extra?.get('coco')?.form === choice
}

function sameRing(a: Ring, b: Ring): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}

function writeBox(box: Box): WrittenSegmentation {
  const area = (box.frame.right - box.frame.left) * (box.frame.bottom - box.frame.top)
  if (box.angle % 360 === 0) return { text: EMPTY, area, outcome: KEPT_BOX }
  const text = `[${ringText(rotatedBoxRing(box.frame, box.angle))}]`
  return { text, area, outcome: { effect: 'derived', subject: 'box', reason: 'corners of a rotated box as a polygon' } }
}

/** Undefined where pixels are needed and the picture has more of them than a mask can hold. */
function writePolygon(polygon: Polygon, choice: SegmentationChoice, item: Item): WrittenSegmentation | undefined {
  const { parts } = polygon
  const holes = parts.some((part) => part.holes.length > 0)
  if (!holes && (choice === 'auto' || choice === 'polygon'))
    return {
      text: `[${parts.map(({ outer }) => ringText(outer)).join(',')}]`,
      area: polygonArea(polygon, item),
      outcome: KEPT_SEGMENT,
    }
  // COCO's rings have no holes: only pixels can tell them.
  const { width, height } = requireSize(item)
  if (width * height > MOST_PIXELS) return undefined
  const mask = fillPartsCoco(parts, width, height)
  const reason = holes ? 'filled into pixels, because COCO polygons have no holes' : 'filled into pixels, as asked for'
  return {
    text: rleText(mask, choice === 'rle' ? 'rle' : 'rle-string'),
    area: mask.area,
    outcome: { effect: 'approximated', subject: 'segment', reason, measure: rasterError(parts, mask) },
  }
}

function writeMask({ mask }: Segmentation, choice: SegmentationChoice, form: string | undefined): WrittenSegmentation {
  const { area } = mask
  const asSource = choice === 'auto' || choice === 'polygon'
  const text = (): string => rleText(mask, choice === 'rle' || (asSource && form === 'rle') ? 'rle' : 'rle-string')
  if (choice !== 'polygon') return { text: text(), area, outcome: KEPT_BINARY }
  const parts = traceMask(mask)
  if (parts.length === 0) return { text: text(), area, outcome: STAYS_EMPTY, stays: true }
  if (parts.some(({ holes }) => holes.length > 0)) return { text: text(), area, outcome: STAYS, stays: true }
  return {
    text: `[${parts.map(({ outer }) => ringText(outer)).join(',')}]`,
    area,
    outcome: { effect: 'derived', subject: 'binary', reason: 'traced along its pixel edges, as asked for' },
  }
}

function writeEllipse({ x, y, rx, ry, angle }: Ellipse): WrittenSegmentation {
  const { ring, deviation } = ellipseRing(x, y, rx, ry, angle)
  return {
    text: `[${ringText(ring)}]`,
    area: Math.PI * rx * ry,
    outcome: {
      effect: 'approximated',
      subject: 'ellipse',
      reason: 'a polygon along the ellipse',
      measure: { name: 'px', value: deviation },
    },
  }
}

/** Square pixels of the union of the parts; parts that may overlap are counted in pixels. */
function polygonArea({ parts }: Polygon, item: Item): number {
  const { width, height } = item.media
  if (width === undefined || height === undefined || width * height > MOST_PIXELS || !mayOverlap(parts))
    return partsArea(parts)
  return fillPartsCoco(parts, width, height).area
}

/** Pairs that are compared for each part, before they are taken to overlap. */
const MOST_PAIRS = 64

/** Whether the boxes of two parts meet. Only boxes that share columns are compared. */
function mayOverlap(parts: readonly Part[]): boolean {
  if (parts.length < 2) return false
  const boxes = parts.flatMap((part) => partsBounds([part]) ?? []).sort((a, b) => a.left - b.left)
  let pairs = 0
  for (const [i, a] of boxes.entries()) {
    for (let k = i + 1; k < boxes.length; k++) {
      const b = boxes[k] as Bounds
      if (b.left > a.right) break
      if (boundsIntersection(a, b) !== null || ++pairs > MOST_PAIRS * boxes.length) return true
    }
  }
  return false
}

function rleText(mask: Mask, form: 'rle' | 'rle-string'): string {
  const counts = form === 'rle' ? `[${cocoRleCounts(mask).join(',')}]` : jsonString(cocoRleString(mask))
  return `{"size":[${mask.height},${mask.width}],"counts":${counts}}`
}

/** Numbers in their shortest form that reads back to the same double. */
function ringText(ring: Ring): string {
  let text = '['
  for (let i = 0; i < ring.length; i++) {
    const value = ring[i] as number
    text += (i === 0 ? '' : ',') + (value === 0 ? numberText(value) : value)
  }
  return `${text}]`
}
