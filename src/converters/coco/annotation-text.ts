import type { Annotation } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import { type Bounds, boundsEqual } from '../../geometry/bounds.js'
import { encodeUtf8 } from '../../text/decode.js'
import { numbersIn, numberText } from '../../text/json-number.js'
import { jsonString } from '../../text/json-write.js'
import { attributesText } from './attributes.js'
import type { WrittenId } from './ids.js'
import { plainId } from './raw-names.js'
import { annotationSlotText } from './slot.js'
import type { AnnotationScope } from './write-annotation.js'
import { EMPTY, unchangedSegmentation, type WrittenSegmentation } from './write-segmentation.js'

const FRESH_KEYS: readonly string[] = ['id', 'image_id', 'category_id', 'segmentation', 'area', 'bbox', 'iscrowd']
/** Keys that are added to an element of a COCO source when the model says something its keys have no place for. */
const LATER_KEYS: readonly string[] = [
  'id',
  'category_id',
  'segmentation',
  'area',
  'bbox',
  'iscrowd',
  'score',
  'attributes',
  'annoform',
]

interface Parts {
  readonly annotation: Annotation
  /** The element as its source had it, where that was COCO. */
  readonly coco: ExtraFields | undefined
  readonly geometry: WrittenSegmentation | undefined
  readonly id: WrittenId
  /** JSON texts. */
  readonly imageId: string
  readonly category: string | undefined
  readonly scope: AnnotationScope
}

/** The JSON text of one annotation that is written afresh. */
export class AnnotationText {
  readonly #parts: Parts

  constructor(parts: Parts) {
    this.#parts = parts
  }

  text(): string {
    const keys = this.#parts.coco?.keys ?? FRESH_KEYS
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
    const { annotation, coco, geometry, category, scope } = this.#parts
    const { definition, score, area, box, flags } = annotation
    switch (key) {
      case 'category_id':
        return category !== undefined && coco !== undefined && !scope.categories.isUndeclared(annotation.label)
      case 'segmentation':
        return geometry !== undefined && geometry.text !== EMPTY
      case 'area':
        return area !== undefined
      case 'bbox':
        return box !== undefined || geometry?.text === EMPTY
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
    const { annotation, coco, geometry, id, imageId, category, scope } = this.#parts
    const source = coco?.fields.get(key)
    switch (key) {
      case 'id':
        return id.text
      case 'image_id':
        return source !== undefined && plainId(source) === plainId(imageId) ? source : imageId
      case 'category_id':
        return source !== undefined && (category === undefined || plainId(source) === plainId(category))
          ? source
          : category
      case 'segmentation':
        return unchangedSegmentation(annotation, source, scope.choice) ?? geometry?.text ?? source
      case 'area':
        return this.#number('area', annotation.area) ?? source ?? (geometry && numberText(geometry.area))
      case 'bbox':
        return this.#box(source)
      case 'iscrowd':
        if (source !== undefined && source === String(annotation.flags.crowd ?? source)) return source
        return annotation.flags.crowd === true ? '1' : '0'
      case 'score':
        return this.#number('score', annotation.score) ?? source
      case 'attributes':
        return this.#attributes(source)
      case 'annoform':
        return this.#slot(source)
      default:
        return source
    }
  }

  /** A number a program made may be none that JSON can write. */
  #number(subject: string, value: number | undefined): string | undefined {
    if (value === undefined || Number.isFinite(value)) return value === undefined ? undefined : numberText(value)
    this.#lose(subject, 'not a number')
    return undefined
  }

  #attributes(source: string | undefined): string {
    const { attributes } = this.#parts.annotation.definition
    const text = attributesText(attributes, source)
    if (text.replaces) this.#lose('attributes', 'replaced')
    return text.text
  }

  #slot(source: string | undefined): string | undefined {
    const { annotation, id, scope } = this.#parts
    const text = annotationSlotText(annotation, id.renumbered ? annotation.id : undefined, scope.account)
    if (text !== undefined && source !== undefined) this.#lose('annoform', 'replaced')
    return text ?? source
  }

  #lose(subject: string, reason: string): void {
    const { annotation, scope } = this.#parts
    scope.account.field({ level: 'field', effect: 'dropped', subject, reason, place: annotation.place })
  }

  #box(source: string | undefined): string | undefined {
    const { annotation, geometry } = this.#parts
    const { definition, box } = annotation
    const upright = definition.type === 'box' && geometry?.text === EMPTY
    const usable = box !== undefined && isFiniteBox(box)
    if (box !== undefined && !usable) this.#lose('box', 'not a number')
    else if (upright && usable && !boundsEqual(box, definition.bounds, 0))
      this.#lose('box', 'the box itself is written')
    const declared = usable && !upright ? box : undefined
    const bounds = declared ?? definition.bounds ?? undefined
    // pycocotools wants a box of an empty mask too, and gives it this one.
    if (bounds === undefined) return source ?? (geometry === undefined ? undefined : '[0,0,0,0]')
    if (source !== undefined && saysBox(source, bounds)) return source
    // The source's text for a box that could not be used comes back as long as nothing better is declared.
    if (source !== undefined && declared === undefined && definition.type !== 'box') return source
    const { left, top, right, bottom } = bounds
    return `[${numberText(left)},${numberText(top)},${numberText(right - left)},${numberText(bottom - top)}]`
  }
}

function isFiniteBox({ left, top, right, bottom }: Bounds): boolean {
  return Number.isFinite(left) && Number.isFinite(top) && Number.isFinite(right - left) && Number.isFinite(bottom - top)
}

function saysBox(text: string, { left, top, right, bottom }: Bounds): boolean {
  const bytes = encodeUtf8(text)
  const numbers = numbersIn(bytes, 0, bytes.length)
  if (numbers?.length !== 4) return false
  const [x = 0, y = 0, width = 0, height = 0] = numbers
  return x === left && y === top && x + width === right && y + height === bottom
}
