import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { Item } from '../../dataset/item.js'
import type { Bounds } from '../../geometry/bounds.js'
import { encodeUtf8 } from '../../text/decode.js'
import { numbersIn, numberText } from '../../text/json-number.js'
import { jsonString, jsonText } from '../../text/json-write.js'
import type { CategoryIds } from './category-ids.js'
import type { IntegerIds } from './ids.js'
import { annotationSlotText } from './slot.js'
import {
  type SegmentationChoice,
  unchangedSegmentation,
  type WrittenSegmentation,
  writeSegmentation,
} from './write-segmentation.js'

/** What one document knows while its annotations are written. */
export interface AnnotationScope {
  readonly choice: SegmentationChoice
  readonly categories: CategoryIds
  readonly ids: IntegerIds
  readonly account: Account
}

/** An annotation's JSON text, or undefined when COCO has no place for it, and what became of it. */
export interface WrittenAnnotation {
  readonly text: string | undefined
  readonly outcome: Outcome
}

const FRESH_KEYS: readonly string[] = ['id', 'image_id', 'category_id', 'segmentation', 'area', 'bbox', 'iscrowd']
/** Keys that are added to an element of a COCO source when the model says something its keys have no place for. */
const LATER_KEYS: readonly string[] = ['category_id', 'segmentation', 'iscrowd', 'score', 'attributes', 'annoform']

/** Writes one annotation afresh, in the key order of its source where that was COCO. `imageId` is JSON text. */
export function writeAnnotation(
  annotation: Annotation,
  item: Item,
  imageId: string,
  scope: AnnotationScope,
): WrittenAnnotation {
  const coco = annotation.extra?.get('coco')
  const { definition } = annotation
  const geometry = writeSegmentation(definition, scope.choice, coco?.form, item)
  const subject = definition.type
  if (geometry === undefined && coco === undefined)
    return { text: undefined, outcome: { effect: 'dropped', subject, reason: 'COCO has no place for it' } }
  const category = scope.categories.idOf(annotation.label)
  if (category === undefined && coco === undefined)
    return { text: undefined, outcome: { effect: 'dropped', subject, reason: 'its label is not in the label table' } }
  reportLosses(annotation, scope.account)
  const writing = new AnnotationText(annotation, coco, geometry, imageId, category, scope)
  return { text: writing.text(), outcome: geometry?.outcome ?? { effect: 'kept', subject } }
}

function reportLosses({ span, keyFrames, place }: Annotation, account: Account): void {
  const lose = (subject: string): void =>
    account.field({ level: 'field', effect: 'dropped', subject, reason: 'COCO images have no time', place })
  if (span !== undefined) lose('span')
  if (keyFrames !== undefined) lose('key frames')
}

class AnnotationText {
  readonly #annotation: Annotation
  readonly #coco: ExtraFields | undefined
  readonly #geometry: WrittenSegmentation | undefined
  readonly #imageId: string
  readonly #category: string | undefined
  readonly #scope: AnnotationScope
  #renumbered = false

  constructor(
    annotation: Annotation,
    coco: ExtraFields | undefined,
    geometry: WrittenSegmentation | undefined,
    imageId: string,
    category: string | undefined,
    scope: AnnotationScope,
  ) {
    this.#annotation = annotation
    this.#coco = coco
    this.#geometry = geometry
    this.#imageId = imageId
    this.#category = category
    this.#scope = scope
  }

  text(): string {
    const keys = this.#coco?.keys ?? FRESH_KEYS
    let text = ''
    for (const key of keys) text += this.#member(key)
    for (const key of LATER_KEYS) if (!keys.includes(key) && this.#wanted(key)) text += this.#member(key)
    return `{${text.slice(1)}}`
  }

  #member(key: string): string {
    const value = this.#value(key)
    return value === undefined ? '' : `,${jsonString(key)}:${value}`
  }

  /** Whether a key the source did not have must be added. */
  #wanted(key: string): boolean {
    const { definition, score, flags } = this.#annotation
    switch (key) {
      case 'category_id':
        return (
          this.#category !== undefined &&
          this.#coco !== undefined &&
          !this.#scope.categories.isUndeclared(this.#annotation.label)
        )
      case 'segmentation':
        return definition.type === 'segment' || definition.type === 'binary'
      case 'iscrowd':
        return flags.crowd === true
      case 'score':
        return score !== undefined
      case 'attributes':
        return Object.keys(definition.attributes).length > 0
      default:
        return true
    }
  }

  #value(key: string): string | undefined {
    const annotation = this.#annotation
    const source = this.#coco?.fields.get(key)
    switch (key) {
      case 'id':
        return this.#id(source)
      case 'image_id':
        return source !== undefined && unquoted(source) === unquoted(this.#imageId) ? source : this.#imageId
      case 'category_id':
        return source !== undefined && (this.#category === undefined || unquoted(source) === unquoted(this.#category))
          ? source
          : this.#category
      case 'segmentation':
        return unchangedSegmentation(annotation, source, this.#scope.choice) ?? this.#geometry?.text ?? source
      case 'area':
        if (annotation.area !== undefined) return numberText(annotation.area)
        return source ?? (this.#geometry === undefined ? undefined : numberText(this.#geometry.area))
      case 'bbox':
        return this.#box(source)
      case 'iscrowd':
        if (source !== undefined && source === String(annotation.flags.crowd ?? source)) return source
        return annotation.flags.crowd === true ? '1' : '0'
      case 'score':
        return annotation.score === undefined ? source : numberText(annotation.score)
      case 'attributes':
        return source ?? jsonText({ ...annotation.definition.attributes })
      case 'annoform':
        return source ?? annotationSlotText(annotation, this.#renumbered ? annotation.id : undefined)
      default:
        return source
    }
  }

  #id(source: string | undefined): string | undefined {
    const { id, place } = this.#annotation
    const { ids, account } = this.#scope
    // A text id of a COCO source stays a text; the number an earlier conversion gave stays that number.
    if (source !== undefined) {
      this.#renumbered = id !== undefined
      ids.note(source)
      return source
    }
    if (this.#coco !== undefined && id?.kind === 'string') return jsonString(id.text)
    const { text, fresh } = ids.take(id)
    this.#renumbered = fresh && id !== undefined
    if (fresh)
      account.field({
        level: 'field',
        effect: 'defaulted',
        subject: 'annotation id',
        reason: 'COCO demands an integer',
        place,
      })
    return text
  }

  #box(source: string | undefined): string | undefined {
    const { definition, box } = this.#annotation
    const bounds = box ?? definition.bounds ?? undefined
    if (bounds === undefined) return source
    if (source !== undefined && saysBox(source, bounds)) return source
    // The source's text for a box that could not be used comes back as long as nothing better is declared.
    if (source !== undefined && box === undefined && definition.type !== 'box') return source
    const { left, top, right, bottom } = bounds
    return `[${numberText(left)},${numberText(top)},${numberText(right - left)},${numberText(bottom - top)}]`
  }
}

function saysBox(text: string, { left, top, right, bottom }: Bounds): boolean {
  const bytes = encodeUtf8(text)
  const numbers = numbersIn(bytes, 0, bytes.length)
  if (numbers?.length !== 4) return false
  const [x = 0, y = 0, width = 0, height = 0] = numbers
  return x === left && y === top && x + width === right && y + height === bottom
}

/** The text of an id without quotes, so that 7 and "7" are the same. */
function unquoted(text: string): string {
  return text.startsWith('"') ? String(JSON.parse(text)) : text
}
