import type { Problem } from '../../dataset/account.js'
import type { Id } from '../../dataset/id.js'
import type { AnnotationDefinition, Attributes } from '../../definitions/index.js'
import { Box, Polygon, Segmentation } from '../../definitions/index.js'
import type { AnnotationError } from '../../errors.js'
import type { Mask } from '../../mask/mask.js'
import type { BoxReading } from './bbox.js'
import type { ElementNotes } from './notes.js'
import type { SegmentationReading } from './segmentation.js'
import type { AnnotationSlot } from './slot.js'

/** What every definition is made from. */
export interface Naming {
  readonly label: string
  readonly attributes?: Attributes
  readonly description?: string
}

/** What an annotation needs to know of its image. */
export interface ImageOf {
  /** Its id in the document. */
  readonly id: Id
  readonly width: number | undefined
  readonly height: number | undefined
}

/**
 * The definition of an element by its geometry: a region, else its box; undefined where it has none.
 * @throws AnnotationError what makes the element invalid
 */
export function definitionOf(
  { value, skipped }: SegmentationReading,
  { box, wrong }: BoxReading,
  init: Naming,
  { color }: AnnotationSlot,
  image: ImageOf,
  notes: ElementNotes,
): AnnotationDefinition | undefined {
  if (wrong !== undefined && value.kind !== 'none') reportBadBox(wrong, 'segmentation is', notes)
  if (value.kind === 'polygon') {
    if (skipped !== undefined) notes.problem(detailOf(skipped), 'segmentation')
    return Polygon.fromOwnedParts(value.parts, init)
  }
  if (value.kind === 'mask') {
    checkSize(value.mask, image, notes)
    return new Segmentation({ ...init, mask: value.mask, color })
  }
  if (wrong !== undefined) throw wrong.at(notes.place('bbox'))
  if (skipped !== undefined) {
    if (box === undefined) throw skipped
    notes.problem({ ...detailOf(skipped), fix: 'The box is used instead' }, 'segmentation')
  }
  return box === undefined ? undefined : new Box({ ...init, ...box })
}

/** A box that cannot be used, where there is a geometry beside it. `used`: what is used instead. */
export function reportBadBox(
  wrong: AnnotationError,
  used: 'segmentation is' | 'key points are',
  notes: ElementNotes,
): void {
  if (wrong.code === 'json-non-finite') notes.nonFinite('bbox', wrong.got ?? '')
  else notes.problem({ ...detailOf(wrong), message: `bad bbox; the ${used} used` }, 'bbox')
}

/** What an error says, as a problem without a place. */
export function detailOf({ code, reason, expected, got, fix }: AnnotationError): Omit<Problem, 'place'> {
  return { code, message: reason, expected, got, fix }
}

function checkSize(mask: Mask, { width = mask.width, height = mask.height }: ImageOf, notes: ElementNotes): void {
  if (width === mask.width && height === mask.height) return
  notes.problem(
    {
      code: 'mask-size',
      message: 'a mask of another size than its picture',
      got: `[${mask.height}, ${mask.width}] on a picture of height ${height} and width ${width}`,
      fix: 'Check that the size is [height, width]',
    },
    'segmentation',
  )
}
