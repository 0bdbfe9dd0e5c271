import type { Account } from '../../dataset/account.js'
import { Annotation, type Flags } from '../../dataset/annotation.js'
import type { AnnotationDefinition, Attributes } from '../../definitions/index.js'
import { Box, Classification, FreeText, UndefinedAnnotation } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import { checkJson } from '../../text/json-value.js'
import type { RingArena, TextArena } from './arena.js'
import { readAttributes } from './attributes.js'
import type { Slice } from './batch.js'
import { readBox } from './bbox.js'
import type { LabelOf } from './category.js'
import { definitionOf, detailOf, type ImageOf, type Naming, reportBadBox } from './definition.js'
import type { ElementExtra, ElementFields, ForeignFields } from './element.js'
import type { GeometryChoice } from './keypoints.js'
import type { ElementNotes } from './notes.js'
import { readCrowd, readNumber } from './plain-fields.js'
import { keepBesidePose, poseOf, readPose } from './pose.js'
import { holdsCoordinates } from './same-geometry.js'
import { readSegmentation, type SegmentationReading } from './segmentation.js'
import { type AnnotationSlot, readAnnotationSlot } from './slot.js'

/** What reading an annotation needs to know of its document. */
export interface AnnotationScope {
  readonly labelOf: LabelOf
  /** The label of annotations without a category. */
  readonly unlabelled: string
  readonly geometry: GeometryChoice
  readonly repair: boolean
  readonly account: Account
  readonly image: ImageOf
  readonly rings: RingArena
  readonly texts: TextArena
  readonly extras: ElementExtra
}

const NOTHING: AnnotationSlot = {}
const NO_SEGMENTATION: SegmentationReading = { value: { kind: 'none' }, exact: true }

/**
 * An annotation element as an annotation; undefined when it is invalid, which is then reported and entered as dropped.
 * `repeated`: another annotation has the same id.
 * @throws AnnotationError `json-syntax`, `encoding`
 */
export function readAnnotation(
  element: ElementFields,
  slice: Slice,
  notes: ElementNotes,
  scope: AnnotationScope,
  repeated: boolean,
): Annotation | undefined {
  const { bytes, start, end, base } = slice
  element.scan(bytes, start, end, notes.file, base)
  notes.duplicateKeys(element)
  try {
    return readElement(element, slice, notes, scope, repeated)
  } catch (error) {
    if (!(error instanceof AnnotationError) || isUnreadable(error)) throw error
    // Whatever is invalid, the rest of it must still be text that a strict reader takes.
    checkJson(bytes, start, end, { nonFinite: 'accept' })
    const place = { ...notes.place('segmentation'), ...error.place }
    scope.account.problem({ ...detailOf(error), place, lossy: true })
    scope.account.drop({ effect: 'dropped', subject: 'annotation', reason: 'invalid' }, place)
    return undefined
  }
}

/** Whether an error says that the file is no JSON at all, which no policy can pass over. */
export function isUnreadable({ code }: AnnotationError): boolean {
  return code === 'json-syntax' || code === 'encoding'
}

function readElement(
  element: ElementFields,
  { bytes, start, end, base }: Slice,
  notes: ElementNotes,
  scope: AnnotationScope,
  repeated: boolean,
): Annotation | undefined {
  const fields = scope.extras.start()
  const id = element.id(element.find('id'))
  const category = element.id(element.find('category_id'))
  const label = category === undefined ? undefined : scope.labelOf.get(category.text)
  const pose = readPose(element, label?.keypoints, scope.geometry, notes)
  if (pose === undefined && scope.geometry === 'keypoints') {
    checkJson(bytes, start, end, { nonFinite: 'accept' })
    scope.account.drop({ effect: 'dropped', subject: 'annotation', reason: 'no key points' }, notes.place())
    return undefined
  }
  const boxReading = readBox(element, notes, scope.repair, fields)
  const { box } = boxReading
  const segmentation = pose === undefined ? readGeometry(element, notes, scope, fields, base) : NO_SEGMENTATION
  if (pose !== undefined) keepBesidePose(element, pose, notes, fields, base)
  let area: number | undefined
  let score: number | undefined
  let crowd: boolean | undefined
  let attributes: Attributes | undefined
  let slot = NOTHING
  let caption: string | undefined
  const bare = pose === undefined && segmentation.value.kind === 'none' && box === undefined
  for (let i = 0; i < element.count; i++) {
    const key = element.names[i] as string
    if (!element.isLast(i)) {
      // A later field of the same name counts, but this one stands in the text as well.
      notes.foreignText(element, i, base)
      continue
    }
    switch (key) {
      case 'bbox':
      case 'segmentation':
        break // read above
      case 'category_id':
        if (label === undefined || element.kind(i) !== (label.kind === 'integer' ? 'number' : 'string'))
          fields.set(key, notes.foreignText(element, i, base))
        break
      case 'id':
        if (id === undefined) fields.set(key, notes.foreignText(element, i, base))
        break
      case 'image_id':
        if (element.kind(i) !== (scope.image.id.kind === 'integer' ? 'number' : 'string'))
          fields.set(key, element.text(i))
        break
      case 'area':
        area = readNumber(element, i, notes, fields, base)
        break
      case 'score':
        score = readNumber(element, i, notes, fields, base)
        break
      case 'iscrowd':
        crowd = readCrowd(element, i, notes, fields, base)
        break
      case 'attributes': {
        const read = readAttributes(element.bytes, element.starts[i] as number, element.ends[i] as number)
        attributes = read?.attributes
        if (read?.exact !== true) fields.set(key, notes.foreignText(element, i, base))
        for (const name of read?.repeated ?? []) notes.repeatedKey(name, key)
        break
      }
      case 'caption':
        caption = bare ? element.string(i) : undefined
        if (caption === undefined) fields.set(key, notes.foreignText(element, i, base))
        break
      case 'annoform': {
        const text = notes.foreignText(element, i, base)
        const read = readAnnotationSlot(text)
        if (read === undefined) fields.set(key, text)
        else slot = read
        break
      }
      default:
        // Beside key points what tells where something is has been read above.
        if (pose === undefined || !holdsCoordinates(key)) fields.set(key, notes.foreignText(element, i, base))
    }
  }
  // The text says more than the model's id: the number it has in COCO, or that another one has it too.
  if (id !== undefined && (slot.id !== undefined || repeated)) fields.set('id', element.text(element.find('id')))
  const init: Naming = {
    label: label?.name ?? scope.unlabelled,
    ...(attributes === undefined ? {} : { attributes }),
    ...(slot.description === undefined ? {} : { description: slot.description }),
  }
  if (pose !== undefined && boxReading.wrong !== undefined) reportBadBox(boxReading.wrong, 'key points are', notes)
  const definition =
    (pose === undefined
      ? definitionOf(segmentation, boxReading, init, slot, scope.image, notes)
      : poseOf(pose, slot, init)) ?? textOrClass(caption, label !== undefined, init)
  const placeless = definition instanceof UndefinedAnnotation || definition instanceof FreeText
  if (category === undefined && !placeless) notes.noCategory()
  const repaired = segmentation.repaired ?? boxReading.repaired
  const flags: Flags | undefined = crowd === undefined ? slot.flags : { crowd, ...slot.flags }
  const form = segmentation.value.kind === 'mask' ? segmentation.value.form : undefined
  const extra = scope.extras.finish(element.keys(), form, slot.extra)
  const { parentId, objectId, model, automated, status, metadata } = slot
  return new Annotation({
    definition,
    id: slot.id ?? id,
    parentId,
    objectId,
    model,
    automated,
    status,
    metadata,
    score,
    box: definition instanceof Box ? undefined : box,
    area,
    flags,
    extra,
    raw:
      notes.verbatim && repaired === undefined
        ? {
            format: 'coco',
            bytes: scope.texts.copy(bytes, start, end),
            json: true,
            names: { item: scope.image.id.text, label: category?.text },
          }
        : undefined,
    place: notes.place(),
    amended: repaired === undefined ? undefined : { effect: 'approximated', reason: 'repaired' },
  })
}

/** Without a geometry: a caption, else a class of the picture, else something this version has no word for. */
function textOrClass(caption: string | undefined, labelled: boolean, init: Naming): AnnotationDefinition {
  if (caption !== undefined) return new FreeText({ ...init, text: caption })
  return labelled
    ? new Classification(init)
    : new UndefinedAnnotation({ ...init, sourceType: 'coco', coordinates: null })
}

/** The geometry, with its text kept where the model's value does not say everything about it. */
function readGeometry(
  element: ElementFields,
  notes: ElementNotes,
  { repair, rings }: AnnotationScope,
  fields: ForeignFields,
  base: number,
): SegmentationReading {
  const at = element.find('segmentation')
  if (at < 0) return NO_SEGMENTATION
  const reading = readSegmentation(
    element.bytes,
    element.starts[at] as number,
    element.ends[at] as number,
    repair,
    rings,
  )
  if (!reading.exact && reading.repaired === undefined) fields.set('segmentation', notes.foreignText(element, at, base))
  if (reading.repaired !== undefined) {
    const code = reading.value.kind === 'mask' ? 'rle-size' : 'ring-format'
    notes.problem({ code, message: 'repaired: a segmentation', got: reading.repaired }, 'segmentation')
  }
  return reading
}
