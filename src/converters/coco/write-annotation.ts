import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import { AnnotationText } from './annotation-text.js'
import type { CategoryIds } from './category-ids.js'
import type { ArrayIds, WrittenId } from './ids.js'
import type { Insert } from './pose-text.js'
import { elementText, namesSame, saysPlaced } from './raw-names.js'
import { formAllowed, type SegmentationChoice, writeSegmentation } from './write-segmentation.js'

/** What one document knows while its annotations are written. */
export interface AnnotationScope {
  readonly choice: SegmentationChoice
  readonly categories: CategoryIds
  readonly ids: ArrayIds
  readonly account: Account
}

/** An annotation's JSON text, or undefined when COCO has no place for it, and what became of it. */
export interface WrittenAnnotation {
  readonly text: string | Uint8Array | undefined
  readonly outcome: Outcome
  /** What belongs into the text in the end, in order. */
  readonly inserts?: readonly Insert[]
}

/**
 * Writes one annotation: verbatim where nothing of it changed and what it names is still called so, else afresh, in the key
 * order of its source where that was COCO. `imageId` is JSON text. `twin`: the file of another task has it too, key points and all.
 * @throws AnnotationError `size-unknown` where pixels are needed
 */
export function writeAnnotation(
  annotation: Annotation,
  item: Item,
  imageId: string,
  scope: AnnotationScope,
  twin?: { readonly moved: boolean },
): WrittenAnnotation {
  const { definition, label, raw } = annotation
  const { categories, choice, ids, account } = scope
  const coco = annotation.extra?.get('coco')
  const known = categories.idOf(label)
  let id: WrittenId | undefined
  const text = elementText(raw)
  const pointed = twin !== undefined || (text !== undefined && namesPoints(annotation, text, categories))
  const copied = text !== undefined && formAllowed(annotation, choice) && pointed
  if (raw !== undefined && copied && namesSame(raw, imageId, known)) {
    id = ids.settle(annotation.id, coco, false)
    if (id.reason === undefined) return { text, outcome: keptOutcome(definition.type) }
  }
  const dropped = (reason: string): WrittenAnnotation => ({
    text: undefined,
    outcome: { effect: 'dropped', subject: definition.type, reason },
  })
  const geometry = writeSegmentation(definition, choice, coco?.form, item)
  // What COCO's reader makes of elements without geometry goes back as it came.
  const bare = definition.type === 'text' || (coco !== undefined && (definition.type === 'class' || isOwn(annotation)))
  if (geometry === undefined && !bare) return dropped(NO_GEOMETRY.get(definition.type) ?? 'COCO has no place for it')
  const alone = categories.isBare(annotation)
  const category = alone ? undefined : (known ?? categories.idFor(label, annotation.place ?? item.place))
  const free = alone || (coco !== undefined && categories.isUndeclared(label))
  if (category === undefined && !free)
    return dropped(categories.has(label) ? 'its category has no id' : 'its label is not in the label table')
  const placed = definition.type === 'pose' && twin === undefined ? categories.keypoints.place(definition) : undefined
  const parts = { annotation, coco, geometry, imageId, category, placed, scope, twin }
  const afresh = new AnnotationText(parts).text(() => {
    const settled = id ?? ids.settle(annotation.id, coco, false)
    const { reason } = settled
    if (reason !== undefined)
      account.field({ level: 'field', effect: 'defaulted', subject: 'annotation id', reason, place: annotation.place })
    return settled
  })
  reportTime(annotation, account)
  const outcome = definition.type === 'pose' && placed === undefined && twin === undefined ? UNNAMED : geometry?.outcome
  return { ...afresh, outcome: outcome ?? keptOutcome(definition.type) }
}

/** Whether the text of a pose can be copied: its category still has its points where they were. */
function namesPoints({ definition }: Annotation, text: Uint8Array, { keypoints }: CategoryIds): boolean {
  if (definition.type !== 'pose' || keypoints.fits(definition)) return true
  const placed = keypoints.place(definition)
  return placed !== undefined && saysPlaced(text, placed)
}

/** Whether the definition stands for an element COCO's reader had no word for. */
function isOwn({ definition }: Annotation): boolean {
  return definition.type === 'undefined' && (definition.sourceType === 'caption' || definition.sourceType === 'coco')
}

function reportTime({ span, keyFrames, place }: Annotation, account: Account): void {
  const lose = (subject: string): void =>
    account.field({ level: 'field', effect: 'dropped', subject, reason: 'COCO images have no time', place })
  if (span !== undefined) lose('span')
  if (keyFrames !== undefined) lose('key frames')
}

const NO_GEOMETRY: ReadonlyMap<string, string> = new Map([
  ['segment', 'its picture is too large for a mask'],
  ['pose', 'no point of it is labelled'],
])
const UNNAMED: Outcome = Object.freeze({ effect: 'derived', subject: 'pose', reason: 'its bounding box' })
const KEPT = new Map<string, Outcome>()

function keptOutcome(subject: string): Outcome {
  let outcome = KEPT.get(subject)
  if (outcome === undefined) {
    outcome = Object.freeze({ effect: 'kept', subject })
    KEPT.set(subject, outcome)
  }
  return outcome
}
