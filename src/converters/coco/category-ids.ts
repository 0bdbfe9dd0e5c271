import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Header } from '../../dataset/dataset.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { Label, Skeleton } from '../../dataset/labels.js'
import type { Place } from '../../errors.js'
import { encodeUtf8 } from '../../text/decode.js'
import { parseJson } from '../../text/json-value.js'
import { jsonString } from '../../text/json-write.js'
import { idText } from '../extra-json.js'
import { isUnlabelled } from './category.js'
import { ArrayIds, idIn } from './ids.js'
import { KeypointLists } from './keypoint-lists.js'
import { LabelList } from './label-list.js'
import { elementText, fieldsIn } from './raw-names.js'
import { skeletonOf } from './skeleton.js'
import { colorOf } from './slot.js'
import { IN_TASKS, type Task, tasksOf } from './tasks.js'

/** The category id of every label, as JSON text; that of a label in the header is settled before the first annotation is written. */
export class CategoryIds {
  readonly #ids = new Map<string, string>()
  /** Labels that get another id than their source has. */
  readonly #late = new Set<string>()
  readonly #labels: LabelList
  /** Several files of a split have categories of their own. */
  readonly #shared: boolean
  readonly #numbers = new ArrayIds()
  readonly #account: Account
  /** The key points of the categories, which poses may add to. */
  readonly keypoints: KeypointLists

  /** Ids of the source stay; labels without one are numbered above them. */
  constructor(header: Pick<Header, 'labels' | 'labelLock'>, account: Account) {
    const { labels } = header
    this.#labels = new LabelList(header, account)
    this.#shared = labels.labels.some(({ extra }) => tasksOf(extra) !== undefined)
    this.keypoints = new KeypointLists(this.#labels)
    this.#account = account
    const ids = this.#numbers
    const late: Label[] = []
    const owners = new Map<string, number>()
    for (const [i, label] of labels.labels.entries()) {
      const { id, name } = label
      if (label.declared === false || isUnnamed(label)) continue
      // A text id is COCO only where the source had it so.
      const fit = id !== undefined && (id.kind === 'integer' || label.extra?.has('coco') === true)
      if (fit && ids.claim(id)) {
        this.#ids.set(name, idText(id))
        owners.set(id.text, i)
      } else late.push(label)
    }
    // A category whose id another one has too stands behind that one, or annotations would be taken for its own.
    for (const [i, label] of labels.labels.entries())
      if (
        label.declared !== false &&
        label.id !== undefined &&
        isUnnamed(label) &&
        (owners.get(label.id.text) ?? -1) > i
      )
        late.push(label)
    for (const { id, name, declared } of labels) {
      if (declared !== false || id === undefined || !ids.claim(id)) continue
      this.#ids.set(name, idText(id))
    }
    for (const label of late) {
      this.#late.add(label.name)
      this.#number(label)
    }
    this.#reportLosses(account)
  }

  has(label: string): boolean {
    return this.#labels.get(label) !== undefined
  }

  /**
   * The id annotations name a label by. A label that only annotations mention, and whose own id somebody else has, gets a
   * number; annotations without a category, and categories that cannot be named, have none.
   */
  idOf(label: string): string | undefined {
    const id = this.#ids.get(label)
    const found = this.#labels.get(label)
    return id === undefined && found?.declared === false && !isUnlabelled(label) ? this.#number(found) : id
  }

  /**
   * The same when an annotation of the label is about to be written: a label the header does not have becomes a category with
   * the next number. Undefined where that cannot be; a problem where it may not be, because the labels are fixed.
   */
  idFor(label: string, place: Place | undefined): string | undefined {
    if (this.has(label) || label === '') return this.idOf(label)
    if (this.#labels.meet(label) !== undefined) {
      const text = this.#numbers.next()
      this.#ids.set(label, text)
      return text
    }
    this.#account.problem({
      code: 'unknown-label',
      message: 'this label is not in the header, and its labels are fixed',
      got: JSON.stringify(label),
      place,
      fix: 'Add it to the label file',
      lossy: true,
    })
    return undefined
  }

  /** Whether a text stands without a category: nobody announced its label, which is that of captions of no category. */
  isBare({ type, label }: Annotation): boolean {
    return type === 'text' && !this.has(label) && isUnlabelled(label)
  }

  /** How many labels are categories. */
  get count(): number {
    let count = 0
    for (const { declared } of this.#labels) if (declared !== false) count++
    return count
  }

  #number({ name, id }: Label): string {
    const text = this.#numbers.next()
    this.#ids.set(name, text)
    const reason = id?.kind === 'integer' ? 'another one has this number' : 'COCO demands an integer'
    this.#account.field({ level: 'header', effect: 'defaulted', subject: 'category id', reason })
    return text
  }

  /** A label that only annotations of a COCO source mention is no category. */
  isUndeclared(label: string): boolean {
    return this.#labels.get(label)?.declared === false
  }

  /** Whether a category belongs into the file of a task, or the only one, before anything in it is of that category. */
  isIn({ extra, declared }: Label, task: Task | undefined): boolean {
    if (declared === false || task === undefined) return declared !== false
    return tasksOf(extra)?.keys.includes(task) ?? !this.#shared
  }

  /**
   * The elements of "categories" of one file as JSON texts, when all annotations are written: those that belong into it, and
   * those that are `used` there. Without a task it is the only file, and has them all.
   */
  elements(task: Task | undefined, used: ReadonlySet<string>): readonly (string | Uint8Array)[] {
    const elements = []
    for (const label of this.#labels) {
      if (label.declared === false) continue // not a category of the source
      if (!this.isIn(label, task) && !used.has(label.name)) continue // of other files
      const skeleton = this.keypoints.grown(label)
      const own = task === undefined ? undefined : tasksOf(label.extra)?.fields.get(task)
      // The first file may say less of a category than the label does.
      const whole = task !== undefined || tasksOf(label.extra) === undefined
      const changed =
        skeleton !== undefined ||
        this.#late.has(label.name) ||
        label.raw === undefined ||
        !whole ||
        isThingless(label, own, task)
      const text = changed ? undefined : (own ?? elementText(label.raw))
      elements.push(text ?? this.#text(label, own, skeleton ?? (whole ? undefined : label.skeleton), task))
    }
    return elements
  }

  #reportLosses(account: Account): void {
    for (const { extra } of this.#labels) {
      for (const [format, { fields }] of extra ?? []) {
        const loss = { level: 'header', effect: 'dropped', subject: 'label extra' } as const
        if (format !== 'coco' && format !== IN_TASKS && fields.size > 0)
          account.field({ ...loss, reason: `COCO has no place for that of ${format}`, count: fields.size })
      }
    }
  }

  /** `own`: the element as the file has it, where that is not the first one of the label. */
  #text(given: Label, own: string | undefined, grown: Skeleton | undefined, task: Task | undefined): string {
    const coco = own === undefined ? given.extra?.get('coco') : fieldsIn(own)
    // In the files of COCO only those of key points name them.
    const elsewhere = tasksOf(given.extra) !== undefined && coco?.keys.includes('keypoints') === false
    const skeleton = grown ?? (elsewhere ? undefined : given.skeleton)
    const label = { ...given, skeleton }
    const keys = new Set(coco?.keys ?? ['id', 'name', 'supercategory'])
    if (coco !== undefined && label.parent !== undefined) keys.add('supercategory')
    if (this.#ids.has(label.name)) keys.add('id')
    if (label.name !== madeUpName(coco, label)) keys.add('name')
    if (label.skeleton !== undefined) keys.add('keypoints').add('skeleton')
    if (label.color !== undefined) keys.add('color')
    const members: string[] = []
    for (const key of keys) {
      const text = this.#value(label, key, coco)
      if (text !== undefined) members.push(`${jsonString(key)}:${text}`)
    }
    // The programs of the panoptic challenge want it; what is told apart from others of its kind is a thing.
    if (task === 'panoptic' && !keys.has('isthing')) members.push('"isthing":1')
    return `{${members.join(',')}}`
  }

  #value(label: Label, key: string, coco: ExtraFields | undefined): string | undefined {
    const source = coco?.fields.get(key)
    const { skeleton, color } = label
    switch (key) {
      case 'id':
        return this.#ids.get(label.name) ?? source
      case 'name':
        return source !== undefined && saysName(source, label, coco) ? source : jsonString(label.name)
      case 'supercategory':
        return label.parent === undefined ? source : jsonString(label.parent)
      case 'keypoints':
      case 'skeleton': {
        if (skeleton === undefined || saysSkeleton(coco, skeleton)) return source
        if (key === 'keypoints') return JSON.stringify(skeleton.keypoints)
        return JSON.stringify(skeleton.edges.map(([a, b]) => [a + 1, b + 1]))
      }
      case 'color':
        if (color === undefined) return source
        return source !== undefined && String(colorOf(jsonOf(source))) === String(color)
          ? source
          : JSON.stringify(color)
      default:
        return source
    }
  }
}

/** Whether a category lacks what every panoptic one has. */
function isThingless({ extra }: Label, own: string | undefined, task: Task | undefined): boolean {
  const keys = own === undefined ? extra?.get('coco')?.keys : fieldsIn(own).keys
  return task === 'panoptic' && keys?.includes('isthing') === false
}

/** Whether a category of a COCO source has no id annotations could name it by: none at all, or one that another has too. */
function isUnnamed({ id, extra }: Label): boolean {
  const coco = extra?.get('coco')
  if (coco === undefined) return false
  const source = coco.fields.get('id')
  if (id === undefined) return source !== undefined || !coco.keys.includes('id')
  return source !== undefined && idIn(source)?.text === id.text
}

/** The name a category without one got; undefined where the source gives it a name. */
function madeUpName(coco: ExtraFields | undefined, { id, name }: Label): string | undefined {
  if (coco === undefined || (coco.keys.includes('name') && !coco.fields.has('name'))) return undefined
  const number = /^category (.+?)(?: \([0-9]+\))?$/.exec(name)?.[1]
  if (number === undefined) return undefined
  return (id === undefined ? /^[0-9]+$/.test(number) : number === id.text) ? name : undefined
}

/** Whether a name of the source is the one a label has, or had before it was told apart from another of that name. */
function saysName(text: string, label: Label, coco: ExtraFields | undefined): boolean {
  const given = jsonOf(text)
  if (typeof given !== 'string' || given === '') return madeUpName(coco, label) !== undefined
  return label.name === given || (label.name.startsWith(given) && /^ \([0-9]+\)$/.test(label.name.slice(given.length)))
}

function saysSkeleton(coco: ExtraFields | undefined, skeleton: NonNullable<Label['skeleton']>): boolean {
  const [keypoints, edges] = [coco?.fields.get('keypoints'), coco?.fields.get('skeleton')]
  if (keypoints === undefined) return false
  const said = skeletonOf(jsonOf(keypoints), edges === undefined ? undefined : jsonOf(edges))
  return JSON.stringify(said) === JSON.stringify(skeleton)
}

function jsonOf(text: string) {
  const bytes = encodeUtf8(text)
  return parseJson(bytes, 0, bytes.length)
}
