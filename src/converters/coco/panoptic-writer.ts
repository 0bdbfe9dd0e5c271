import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import { intersectionArea } from '../../mask/algebra.js'
import { fillPartsCoco } from '../../mask/fill-parts.js'
import { maskFromLabelMap } from '../../mask/label-map-masks.js'
import type { Mask } from '../../mask/mask.js'
import { paintLabelMap } from '../../mask/paint-labels.js'
import { encodePng } from '../../png/encode.js'
import type { Deflate, SinkTree } from '../../ports.js'
import { decodeUtf8 } from '../../text/decode.js'
import { numberText } from '../../text/json-number.js'
import { jsonString } from '../../text/json-write.js'
import { OutputNames } from '../output-names.js'
import { requireSize, type Size } from '../sizes.js'
import type { CategoryIds } from './category-ids.js'
import { reportUnsaid } from './losses.js'
import { rasterError } from './raster-error.js'
import { elementText, fieldsIn } from './raw-names.js'

/** What becomes of segments that overlap: a pixel of a panoptic picture belongs to one of them. */
export type OverlapChoice = 'small-on-top' | 'skip' | 'fail'

const FRESH_KEYS: readonly string[] = ['id', 'category_id', 'area', 'bbox', 'iscrowd']
const ANNOTATION_KEYS: readonly string[] = ['segments_info', 'file_name', 'image_id']
const MOST_IDS = 0xffffff

interface Segment {
  readonly number: number
  readonly annotation: Annotation
  readonly mask: Mask
  readonly outcome: Outcome
  readonly id: number
}

/** Writes the annotations of one image as one panoptic annotation and its picture. */
export class PanopticPictures {
  readonly #tree: SinkTree
  readonly #folder: string
  readonly #keys: readonly string[]
  readonly #categories: CategoryIds
  readonly #account: Account
  readonly #overlap: OverlapChoice
  readonly #deflate: Deflate
  readonly #names: OutputNames
  /** The source was panoptic too, so that what stands in its segments is written again. */
  readonly #copies: boolean

  /** `path`: of the document; the pictures go into a folder of its name. `keys`: those of an annotation, in their order. */
  constructor(
    tree: SinkTree,
    path: string,
    keys: readonly string[] | undefined,
    categories: CategoryIds,
    account: Account,
    overlap: OverlapChoice,
    deflate: Deflate | undefined,
  ) {
    if (deflate === undefined)
      throw new AnnotationError(
        'deflate-missing',
        'panoptic segments go into PNG pictures, and nothing here can write them',
        {
          fix: 'Give convertDataset a `deflate`',
        },
      )
    this.#tree = tree
    this.#folder = path.replace(/\.json$/, '')
    this.#keys = keys ?? ANNOTATION_KEYS
    this.#copies = keys !== undefined
    for (const key of this.#keys)
      if (!ANNOTATION_KEYS.includes(key))
        account.field({ level: 'header', effect: 'dropped', subject: key, reason: 'no place beside segments' })
    this.#categories = categories
    this.#account = account
    this.#overlap = overlap
    this.#deflate = deflate
    this.#names = new OutputNames(account, { apart: 'path' })
  }

  /** @throws AnnotationError `size-unknown` */
  check(item: Item): void {
    pictureSize(item)
  }

  /** `imageId` is JSON text. @throws AnnotationError `invalid-value` for an overlap under `fail` */
  async write(item: Item, imageId: string): Promise<{ readonly text: string; readonly outcomes: readonly Outcome[] }> {
    const { width, height } = pictureSize(item)
    const outcomes: Outcome[] = []
    const segments = this.#segments(item, width, height, outcomes)
    const order = [...segments]
    // The large ones first, so that the small ones are not covered.
    if (this.#overlap === 'small-on-top') order.sort((a, b) => b.mask.area - a.mask.area)
    const layers = order.map(({ id, mask }) => ({ value: id, mask }))
    const map = paintLabelMap(width, height, layers, { bits: 32 })
    const { data } = map
    const visible = new Map<number, number>()
    const rgb = new Uint8Array(3 * data.length)
    for (let i = 0; i < data.length; i++) {
      const id = data[i] as number
      if (id === 0) continue // void
      visible.set(id, (visible.get(id) ?? 0) + 1)
      rgb[3 * i] = id & 0xff
      rgb[3 * i + 1] = (id >> 8) & 0xff
      rgb[3 * i + 2] = id >> 16
    }
    const infos: string[] = []
    for (const { number, annotation, mask, outcome, id } of segments) {
      const pixels = visible.get(id) ?? 0
      outcomes[number] = this.#outcome(outcome, pixels, mask.area, item)
      if (outcomes[number].effect === 'dropped') continue
      const covered = pixels !== mask.area
      infos.push(this.#info(annotation, id, covered ? maskFromLabelMap(map, id) : mask, covered))
      const said = this.#copies ? COPY_SAYS : SEGMENT_SAYS
      reportUnsaid(annotation, said, 'a segment has no place for it', this.#account)
    }
    const name = this.#names.take(`${item.path.replace(/\.[^./]*$/, '')}.png`, item.place)
    const file = await this.#tree.create(`${this.#folder}/${name}`)
    await file.write(encodePng({ width, height, kind: 'rgb', bitDepth: 8, data: rgb }, this.#deflate))
    await file.close()
    const values = new Map([
      ['segments_info', `[${infos.join()}]`],
      ['file_name', jsonString(name)],
      ['image_id', imageId],
    ])
    const members = this.#keys.flatMap((key) => (values.has(key) ? [`${jsonString(key)}:${values.get(key)}`] : []))
    return { text: `{${members.join()}}`, outcomes }
  }

  #outcome(outcome: Outcome, pixels: number, area: number, item: Item): Outcome {
    if (pixels === area) return outcome
    const { subject } = outcome
    if (this.#overlap === 'fail')
      throw new AnnotationError('invalid-value', 'two segments overlap, and a pixel can only be of one', {
        place: item.place,
        fix: 'Choose --coco.overlap small-on-top or skip',
      })
    if (pixels === 0) return { effect: 'dropped', subject, reason: 'others cover it' }
    const measure = { name: 'iou', value: Math.min(pixels / area, outcome.measure?.value ?? 1) } as const
    return { effect: 'approximated', subject, reason: 'others cover a part of it', measure }
  }

  /** What can be painted; the outcomes of everything else are entered. */
  #segments(item: Item, width: number, height: number, outcomes: Outcome[]): readonly Segment[] {
    const segments: Segment[] = []
    const taken = new Set<number>()
    for (const { id } of item.annotations) if (id !== undefined) taken.add(Number(id.text))
    const used = new Set<number>()
    let next = 1
    for (const [number, annotation] of item.annotations.entries()) {
      const subject = annotation.type
      const drop = (reason: string): void => {
        outcomes[number] = { effect: 'dropped', subject, reason }
      }
      const region = maskOf(annotation, width, height)
      if (region === undefined) drop('a panoptic picture holds regions')
      else if (region.mask.width !== width || region.mask.height !== height) drop('its mask has another size')
      else if (this.#overlap === 'skip' && segments.some(({ mask }) => intersectionArea(mask, region.mask) > 0))
        drop('it overlaps another one')
      else if (this.#categories.idFor(annotation.label, annotation.place ?? item.place) === undefined)
        drop('its label is not in the label table')
      else {
        const own = annotation.id?.kind === 'integer' ? Number(annotation.id.text) : 0
        let id = own
        if (!(own >= 1 && own <= MOST_IDS && Number.isInteger(own)) || used.has(own)) {
          while (taken.has(next) || used.has(next)) next++
          id = next
          const reason = 'no id a picture can hold'
          const { place } = annotation
          this.#account.field({ level: 'field', effect: 'defaulted', subject: 'annotation id', reason, place })
        }
        used.add(id)
        segments.push({ number, annotation, ...region, id })
      }
    }
    return segments
  }

  /** `mask`: what is seen of it; `covered`: which is not all. */
  #info(annotation: Annotation, id: number, mask: Mask, covered: boolean): string {
    const coco = this.#copies ? annotation.extra?.get('coco') : undefined
    const raw = covered || coco === undefined ? undefined : elementText(annotation.raw)
    const said = raw === undefined ? coco?.fields : fieldsIn(decodeUtf8(raw, 0, raw.length)).fields
    const category = this.#categories.idOf(annotation.label) ?? 'null'
    const bounds = (covered ? undefined : annotation.box) ?? mask.bounds
    const [left, top, right, bottom] =
      bounds === null ? [0, 0, 0, 0] : [bounds.left, bounds.top, bounds.right, bounds.bottom]
    const values = new Map<string, string>([
      ['id', String(id)],
      ['category_id', category],
      ['area', numberText((covered ? undefined : annotation.area) ?? mask.area)],
      ['bbox', `[${[left, top, right - left, bottom - top].map(numberText).join()}]`],
      ['iscrowd', annotation.flags.crowd === true ? '1' : '0'],
    ])
    const keys = (coco?.keys ?? FRESH_KEYS).filter((key) => !BESIDE.has(key))
    const members = keys.flatMap((key) => {
      const kept = raw !== undefined && key !== 'id' && key !== 'category_id' ? said?.get(key) : undefined
      const value = kept ?? values.get(key) ?? said?.get(key)
      return value === undefined ? [] : [`${jsonString(key)}:${value}`]
    })
    return `{${members.join()}}`
  }
}

/** The size all masks have, which may be another one than the picture's, else that of the picture. @throws AnnotationError `size-unknown` */
function pictureSize(item: Item): Size {
  let size: Size | undefined
  for (const { definition } of item.annotations) {
    if (definition.type === 'segment') return requireSize(item)
    if (definition.type !== 'binary') continue // not in the picture
    const { width, height } = definition.mask
    if (size !== undefined && (size.width !== width || size.height !== height)) return requireSize(item)
    size = { width, height }
  }
  return size ?? requireSize(item)
}

const BESIDE: ReadonlySet<string> = new Set([
  'image_id',
  'segmentation',
  'keypoints',
  'num_keypoints',
  'caption',
  'annoform',
])
const SEGMENT_SAYS: ReadonlySet<string> = new Set(['id', 'crowd'])
const COPY_SAYS: ReadonlySet<string> = new Set([...SEGMENT_SAYS, 'extra'])

function maskOf(
  { definition }: Annotation,
  width: number,
  height: number,
): { readonly mask: Mask; readonly outcome: Outcome } | undefined {
  if (definition.type === 'binary') return { mask: definition.mask, outcome: { effect: 'kept', subject: 'binary' } }
  if (definition.type !== 'segment') return undefined
  const mask = fillPartsCoco(definition.parts, width, height)
  const measure = rasterError(definition.parts, mask)
  return { mask, outcome: { effect: 'approximated', subject: 'segment', reason: 'filled into pixels', measure } }
}
