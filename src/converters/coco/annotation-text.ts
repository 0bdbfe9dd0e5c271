import type { Annotation } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import { type Bounds, boundsEqual } from '../../geometry/bounds.js'
import { numberText } from '../../text/json-number.js'
import { jsonString } from '../../text/json-write.js'
import { attributesText } from './attributes.js'
import { idIn, type WrittenId } from './ids.js'
import type { PlacedPose } from './keypoint-lists.js'
import { type Insert, PoseText } from './pose-text.js'
import { plainId } from './raw-names.js'
import { areaChanged, boxChanged, geometryChanged, holdsCoordinates, saysBox } from './same-geometry.js'
import { annotationSlotText } from './slot.js'
import type { AnnotationScope } from './write-annotation.js'
import { EMPTY, unchangedSegmentation, type WrittenSegmentation } from './write-segmentation.js'

const FRESH_KEYS: readonly string[] = ['id', 'image_id', 'category_id', 'segmentation', 'area', 'bbox', 'iscrowd']
/** A segmentation that says nothing. */
const NOTHING = /^(?:null|[[\]\s]*)$/
const KEYPOINT_KEYS: readonly string[] = ['keypoints', 'num_keypoints']
const FRESH_CAPTION_KEYS: readonly string[] = ['id', 'image_id', 'category_id', 'caption']
const FRESH_POSE_KEYS: readonly string[] = [...FRESH_KEYS, ...KEYPOINT_KEYS]
/** Keys that are added to an element of a COCO source when the model says something its keys have no place for. */
const LATER_KEYS: readonly string[] = [
  'id',
  'category_id',
  'segmentation',
  'area',
  'bbox',
  'iscrowd',
  ...KEYPOINT_KEYS,
  'caption',
  'score',
  'attributes',
  'annoform',
]

interface Parts {
  readonly annotation: Annotation
  /** The element as its source had it, where that was COCO. */
  readonly coco: ExtraFields | undefined
  readonly geometry: WrittenSegmentation | undefined
  /** JSON texts. */
  readonly imageId: string
  readonly category: string | undefined
  /** Where the points of a pose stand, where its category can name them. */
  readonly placed: PlacedPose | undefined
  readonly scope: AnnotationScope
  /** It is also in the file of another task, where its own text is; whether its geometry changed is known from there. */
  readonly twin?: { readonly moved: boolean } | undefined
}

/** The JSON text of one annotation that is written afresh. */
export class AnnotationText {
  readonly #parts: Parts
  /** The source's texts of geometric keys are about another geometry. */
  readonly #moved: boolean
  readonly #pose: PoseText | undefined

  constructor(parts: Parts) {
    const { annotation, coco, placed } = parts
    const { definition } = annotation
    this.#parts = parts
    this.#moved = parts.twin?.moved ?? geometryChanged(annotation, coco, placed?.points)
    const source = this.#moved ? undefined : coco?.fields.get('keypoints')
    this.#pose =
      definition.type === 'pose' && placed !== undefined ? new PoseText(definition, placed, source) : undefined
  }

  /** `settle` gives the id; it is called last, when nothing can go wrong any more. */
  text(settle: () => WrittenId): { readonly text: string; readonly inserts: readonly Insert[] } {
    const isText = this.#parts.annotation.type === 'text'
    const fresh = isText ? FRESH_CAPTION_KEYS : this.#pose === undefined ? FRESH_KEYS : FRESH_POSE_KEYS
    const keys = this.#parts.coco?.keys ?? fresh
    const written = new Set(keys)
    for (const key of LATER_KEYS) if (!written.has(key) && this.#wanted(key)) written.add(key)
    const texts = new Map<string, string | undefined>()
    for (const key of written) if (key !== 'id' && key !== 'annoform') texts.set(key, this.#value(key))
    const id = settle()
    let text = ''
    const inserts: (Insert | undefined)[] = []
    let slot: number | undefined
    for (const key of written) {
      const value = key === 'id' ? id.text : key === 'annoform' ? this.#slot(id) : texts.get(key)
      if (value === undefined) continue // the model and the source say nothing of it
      text += `,${jsonString(key)}:${value}`
      if (key === 'keypoints') inserts.push(this.#pose?.padding(text.length - 1))
      if (key === 'annoform') slot = text.length - value.length + 1
    }
    // The comma before the first key makes room for the brace.
    const end = text.length
    const late =
      slot === undefined
        ? this.#pose?.late(end, (points) => `,"annoform":{${points}}`)
        : this.#pose?.late(slot, (points) => `${points},`)
    inserts.push(late)
    const sorted = inserts.filter((insert) => insert !== undefined).sort((a, b) => a.at - b.at)
    return { text: `{${text.slice(1)}}`, inserts: sorted }
  }

  /** Whether a key the source did not have must be added. */
  #wanted(key: string): boolean {
    const { annotation, coco, geometry, category } = this.#parts
    const { definition, score, area, box, flags } = annotation
    switch (key) {
      case 'category_id':
        return category !== undefined && coco !== undefined
      case 'segmentation':
        return geometry !== undefined && geometry.text !== EMPTY
      case 'area':
        return area !== undefined
      case 'bbox':
        return box !== undefined || (geometry?.text === EMPTY && (coco === undefined || definition.type !== 'pose'))
      case 'iscrowd':
        return flags.crowd === true
      case 'keypoints':
      case 'num_keypoints':
        return this.#pose !== undefined && coco?.keys.includes('keypoints') !== true
      case 'caption':
        return definition.type === 'text'
      case 'score':
        return score !== undefined
      case 'attributes':
        return Object.keys(definition.attributes).length > 0
      default:
        return true
    }
  }

  #value(key: string): string | undefined {
    const { annotation, coco, geometry, imageId, category, twin } = this.#parts
    const source = coco?.fields.get(key)
    switch (key) {
      case 'image_id':
        return source !== undefined && plainId(source) === plainId(imageId) ? source : imageId
      case 'category_id':
        if (source === undefined) return category
        // Without a category stays what names none, such as null.
        if (category === undefined) return idIn(source) === undefined ? source : undefined
        return plainId(source) === plainId(category) ? source : category
      case 'segmentation':
        return this.#segmentation(source)
      case 'area': {
        const computed = geometry && numberText(geometry.area)
        // The two files round it differently.
        if (twin !== undefined && source !== undefined && !this.#moved && !areaChanged(annotation)) return source
        return this.#number('area', annotation.area) ?? (this.#moved ? computed : (source ?? computed))
      }
      case 'bbox':
        return this.#box(source)
      case 'iscrowd':
        if (source !== undefined && source === String(annotation.flags.crowd ?? source)) return source
        return annotation.flags.crowd === true ? '1' : '0'
      case 'score':
        return this.#number('score', annotation.score) ?? source
      case 'attributes':
        return this.#attributes(source)
      case 'caption':
        return annotation.definition.type === 'text' ? jsonString(annotation.definition.text) : source
      case 'keypoints':
        return this.#pose?.keypoints ?? this.#foreign(key, source)
      case 'num_keypoints':
        return this.#pose === undefined || (source !== undefined && !this.#moved)
          ? this.#foreign(key, source)
          : this.#pose.count
      default:
        return this.#foreign(key, source)
    }
  }

  #foreign(key: string, source: string | undefined): string | undefined {
    if (!this.#moved || source === undefined || !holdsCoordinates(key)) return source
    this.#lose(key, 'the geometry changed')
    return undefined
  }

  #segmentation(source: string | undefined): string | undefined {
    const { annotation, geometry, scope } = this.#parts
    const choice = geometry?.stays === true ? 'auto' : scope.choice
    const unchanged = unchangedSegmentation(annotation, source, choice, this.#moved)
    const beside = annotation.type === 'pose' && source !== undefined && !NOTHING.test(source)
    if (beside && unchanged === undefined) this.#lose('segmentation', 'the geometry changed')
    return unchanged ?? geometry?.text ?? (this.#moved ? undefined : source)
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

  #slot(id: WrittenId): string | undefined {
    const { annotation, coco, scope } = this.#parts
    const source = coco?.fields.get('annoform')
    const text = annotationSlotText(
      annotation,
      { id: id.renumbered ? annotation.id : undefined, points: this.#pose?.own },
      scope.account,
    )
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
    const said = this.#moved || boxChanged(annotation) ? undefined : source
    // pycocotools wants a box of an empty mask too, and gives it this one.
    if (bounds === undefined) return said ?? (geometry === undefined ? undefined : '[0,0,0,0]')
    if (source !== undefined && saysBox(source, bounds)) return source
    // The source's text for a box that could not be used comes back as long as nothing better is declared.
    if (said !== undefined && declared === undefined && definition.type !== 'box') return said
    const { left, top, right, bottom } = bounds
    return `[${numberText(left)},${numberText(top)},${numberText(right - left)},${numberText(bottom - top)}]`
  }
}

function isFiniteBox({ left, top, right, bottom }: Bounds): boolean {
  return Number.isFinite(left) && Number.isFinite(top) && Number.isFinite(right - left) && Number.isFinite(bottom - top)
}
