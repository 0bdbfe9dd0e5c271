import type { Account } from '../../dataset/account.js'
import type { Label, LabelTree } from '../../dataset/labels.js'
import { jsonString } from '../../text/json-write.js'
import { idText } from '../extra-json.js'
import { IntegerIds } from './ids.js'

/** The category id of every label, as JSON text; settled before the first annotation is written. */
export class CategoryIds {
  readonly #ids = new Map<string, string>()
  readonly #undeclared = new Set<string>()
  readonly #labels: LabelTree

  /** Ids of the source stay; labels without one are numbered above them. */
  constructor(labels: LabelTree, account: Account) {
    this.#labels = labels
    const ids = new IntegerIds()
    const late: Label[] = []
    for (const label of labels) {
      if (label.declared === false) this.#undeclared.add(label.name)
      // A text id is COCO only where the source had it so.
      const kept = label.id !== undefined && (label.id.kind === 'integer' || label.extra?.has('coco') === true)
      if (kept && label.id !== undefined) {
        ids.note(label.id.text)
        this.#ids.set(label.name, idText(label.id))
      } else if (label.declared !== false) late.push(label)
    }
    for (const label of late) {
      this.#ids.set(label.name, ids.take(undefined).text)
      account.field({ level: 'header', effect: 'defaulted', subject: 'category id', reason: 'COCO demands an integer' })
    }
  }

  idOf(label: string): string | undefined {
    return this.#ids.get(label)
  }

  /** A label that only annotations of a COCO source mention is no category. */
  isUndeclared(label: string): boolean {
    return this.#undeclared.has(label)
  }

  /** Whether annotations of this label may keep the text they were read from. */
  unchanged(label: string): boolean {
    const known = this.#labels.get(label)
    return known === undefined || known.declared === false || known.raw?.format === 'coco'
  }

  /** The elements of "categories" as JSON texts. */
  elements(): readonly (string | Uint8Array)[] {
    const elements = []
    for (const label of this.#labels) {
      if (this.#undeclared.has(label.name)) continue // not a category of the source
      elements.push(label.raw?.format === 'coco' ? label.raw.bytes : this.#text(label))
    }
    return elements
  }

  #text(label: Label): string {
    const coco = label.extra?.get('coco')
    const keys = new Set(coco?.keys ?? ['id', 'name', 'supercategory'])
    if (coco !== undefined && label.parent !== undefined) keys.add('supercategory')
    if (label.skeleton !== undefined) keys.add('keypoints').add('skeleton')
    if (label.color !== undefined) keys.add('color')
    const members: string[] = []
    for (const key of keys) {
      const text = this.#value(label, key, coco?.fields.get(key))
      if (text !== undefined) members.push(`${jsonString(key)}:${text}`)
    }
    return `{${members.join(',')}}`
  }

  #value(label: Label, key: string, source: string | undefined): string | undefined {
    const { skeleton } = label
    switch (key) {
      case 'id':
        return source ?? this.#ids.get(label.name)
      case 'name':
        return source !== undefined && standsFor(source, label.name) ? source : jsonString(label.name)
      case 'supercategory':
        return label.parent === undefined ? source : jsonString(label.parent)
      case 'keypoints':
        return source ?? (skeleton && JSON.stringify(skeleton.keypoints))
      case 'skeleton':
        return source ?? (skeleton && JSON.stringify(skeleton.edges.map(([a, b]) => [a + 1, b + 1])))
      case 'color':
        return source ?? (label.color && JSON.stringify(label.color))
      default:
        return source
    }
  }
}

/** Whether a name of the source is the one a label has, or had before it was told apart from another of that name. */
function standsFor(text: string, name: string): boolean {
  const given: unknown = JSON.parse(text)
  return typeof given !== 'string' || given === '' || name === given || /^ \([0-9]+\)$/.test(name.slice(given.length))
}
