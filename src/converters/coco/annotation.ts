import type { Account } from '../../dataset/account.js'
import { Annotation, type Flags } from '../../dataset/annotation.js'
import type { AnnotationDefinition, Attributes } from '../../definitions/index.js'
import { Box, Classification, Polygon, Segmentation, UndefinedAnnotation } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import type { RingArena, TextArena } from './arena.js'
import { readAttributes } from './attributes.js'
import type { Slice } from './batch.js'
import { type BoxReading, readBox } from './bbox.js'
import { type LabelOf, UNLABELLED } from './category.js'
import type { ElementExtra, ElementFields, ForeignFields } from './element.js'
import type { ElementNotes } from './notes.js'
import { readSegmentation, type SegmentationReading } from './segmentation.js'
import { type AnnotationSlot, readAnnotationSlot } from './slot.js'

/** What reading an annotation needs to know of its document. */
export interface AnnotationScope {
  readonly labelOf: LabelOf
  /** Labels whose ids differ from those of this document. */
  readonly renumbered: ReadonlySet<string>
  readonly repair: boolean
  readonly account: Account
  /** The text of its image's id and whether it is a number. */
  readonly imageKind: 'integer' | 'string'
  readonly rings: RingArena
  readonly texts: TextArena
  readonly extras: ElementExtra
}

const NOTHING: AnnotationSlot = Object.freeze({})

/**
 * An annotation element as an annotation; undefined when it is invalid, which is then reported and entered as dropped.
 * @throws AnnotationError `json-syntax`
 */
export function readAnnotation(
  element: ElementFields,
  slice: Slice,
  notes: ElementNotes,
  scope: AnnotationScope,
): Annotation | undefined {
  const { bytes, start, end, base } = slice
  element.scan(bytes, start, end, notes.file, base)
  notes.duplicateKey(element)
  try {
    return readElement(element, slice, notes, scope)
  } catch (error) {
    if (!(error instanceof AnnotationError) || error.code === 'json-syntax') throw error
    const place = { ...notes.place('segmentation'), ...error.place }
    scope.account.problem({ ...detailOf(error), place, lossy: true })
    scope.account.drop({ effect: 'dropped', subject: 'annotation', reason: 'invalid' }, place)
    return undefined
  }
}

function detailOf(error: AnnotationError) {
  const { code, reason, expected, got, fix } = error
  return { code, message: reason, expected, got, fix }
}

function readElement(
  element: ElementFields,
  { bytes, start, end, base }: Slice,
  notes: ElementNotes,
  scope: AnnotationScope,
): Annotation {
  const fields = scope.extras.start()
  const id = element.id(element.find('id'))
  const label = readLabel(element, scope.labelOf)
  const renumbered = label !== undefined && scope.renumbered.has(label.name)
  const boxReading = readBox(element, notes, scope.repair, fields)
  const { box } = boxReading
  const segmentation = readGeometry(element, notes, scope, fields)
  let area: number | undefined
  let score: number | undefined
  let crowd: boolean | undefined
  let attributes: Attributes | undefined
  let slot = NOTHING
  for (let i = 0; i < element.count; i++) {
    const key = element.names[i] as string
    if (element.find(key) !== i) {
      // A later field of the same name counts, but this one stands in the text as well.
      notes.foreignText(element, i, base)
      continue
    }
    switch (key) {
      case 'bbox':
      case 'segmentation':
        break // read above
      case 'category_id':
        if (renumbered) break
        if (label === undefined || element.kind(i) !== (label.kind === 'integer' ? 'number' : 'string'))
          fields.set(key, notes.foreignText(element, i, base))
        break
      case 'id':
        if (id === undefined) fields.set(key, notes.foreignText(element, i, base))
        break
      case 'image_id':
        if (element.kind(i) !== (scope.imageKind === 'integer' ? 'number' : 'string')) fields.set(key, element.text(i))
        break
      case 'area':
        area = element.number(i)
        if (area === undefined) keepBad(element, i, notes, fields, 'a finite number')
        break
      case 'score':
        score = element.number(i)
        if (score === undefined) keepBad(element, i, notes, fields, 'a finite number')
        break
      case 'iscrowd':
        crowd = readCrowd(element, i, notes, fields)
        break
      case 'attributes':
        attributes = readAttributes(element, i)
        if (attributes === undefined) fields.set(key, notes.foreignText(element, i, base))
        break
      case 'annoform': {
        const text = notes.foreignText(element, i, base)
        const read = readAnnotationSlot(text)
        if (read === undefined) fields.set(key, text)
        else slot = read
        break
      }
      default:
        fields.set(key, notes.foreignText(element, i, base))
    }
  }
  if (slot.id !== undefined && id !== undefined) fields.set('id', id.text)
  const named = { label: label?.name ?? UNLABELLED, attributes, description: slot.description }
  const definition = definitionOf(segmentation, boxReading, named, element, notes, label === undefined)
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
      notes.verbatim && repaired === undefined && !renumbered
        ? { format: 'coco', bytes: scope.texts.copy(bytes, start, end), json: true }
        : undefined,
    place: notes.place(),
    amended: repaired === undefined ? undefined : { effect: 'approximated', reason: 'repaired' },
  })
}

function readLabel(element: ElementFields, labelOf: LabelOf): ReturnType<LabelOf['get']> {
  const id = element.id(element.find('category_id'))
  return id === undefined ? undefined : labelOf.get(id.text)
}

function definitionOf(
  { value, skipped }: SegmentationReading,
  { box, wrong }: BoxReading,
  named: {
    readonly label: string
    readonly attributes: Attributes | undefined
    readonly description: string | undefined
  },
  element: ElementFields,
  notes: ElementNotes,
  uncategorised: boolean,
): AnnotationDefinition {
  const init = {
    label: named.label,
    ...(named.attributes === undefined ? {} : { attributes: named.attributes }),
    ...(named.description === undefined ? {} : { description: named.description }),
  }
  if (wrong !== undefined && value.kind !== 'none')
    notes.problem({ ...detailOf(wrong), message: 'bad bbox; the segmentation is used' }, 'bbox')
  if (value.kind === 'polygon') {
    if (skipped !== undefined) notes.problem(detailOf(skipped), 'segmentation')
    return Polygon.fromOwnedParts(value.parts, init)
  }
  if (value.kind === 'mask') return new Segmentation({ ...init, mask: value.mask })
  if (wrong !== undefined) throw wrong.at(notes.place('bbox'))
  if (skipped !== undefined) {
    if (box === undefined) throw skipped
    notes.problem({ ...detailOf(skipped), fix: 'The box is used instead' }, 'segmentation')
  }
  if (box !== undefined) return new Box({ ...init, ...box })
  if (!uncategorised) return new Classification(init)
  // No geometry and no category: a caption, or something else this version has no word for.
  return new UndefinedAnnotation({
    ...init,
    sourceType: element.find('caption') >= 0 ? 'caption' : 'coco',
    coordinates: null,
  })
}

/** The geometry, with its text kept where the model's value does not say everything about it. */
function readGeometry(
  element: ElementFields,
  notes: ElementNotes,
  { repair, rings }: AnnotationScope,
  fields: ForeignFields,
): SegmentationReading {
  const at = element.find('segmentation')
  if (at < 0) return { value: { kind: 'none' }, exact: true }
  const reading = readSegmentation(
    element.bytes,
    element.starts[at] as number,
    element.ends[at] as number,
    repair,
    rings,
  )
  if (!reading.exact && reading.repaired === undefined) fields.set('segmentation', element.text(at))
  if (reading.repaired !== undefined)
    notes.problem({ code: 'ring-format', message: `repaired: ${reading.repaired}` }, 'segmentation')
  return reading
}

function readCrowd(element: ElementFields, i: number, notes: ElementNotes, fields: ForeignFields): boolean | undefined {
  const kind = element.kind(i)
  if (kind === 'true' || kind === 'false') {
    fields.set('iscrowd', element.text(i))
    return kind === 'true'
  }
  const value = element.number(i)
  if (value === 0 || value === 1) return value === 1
  keepBad(element, i, notes, fields, '0 or 1')
  return undefined
}

/** A field of the wrong kind: reported (but for a plain null), its text kept for the way back. */
function keepBad(
  element: ElementFields,
  i: number,
  notes: ElementNotes,
  fields: ForeignFields,
  expected: string,
): void {
  if (element.kind(i) !== 'null') notes.badField(element, i, expected)
  if (element.kind(i) !== 'non-finite') fields.set(element.names[i] as string, element.text(i))
}
