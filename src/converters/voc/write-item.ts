import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { Item } from '../../dataset/item.js'
import { decodeUtf8 } from '../../text/decode.js'
import { BASE_ATTRIBUTE, type Base, saysDevkit, withoutBase } from './base.js'
import { keptAttributes, keptElement, keptOwnText, VOC } from './elements.js'
import { picturePath } from './picture-path.js'
import { filledSlots, OBJECT_SLOT } from './slots.js'
import type { GeometryOptions } from './write-geometry.js'
import { holdableText, isWritten, writeObject } from './write-object.js'
import { escapedText } from './xml-characters.js'
import { childText } from './xml-tree.js'

/** A document and what became of each annotation, in their order. */
export interface WrittenItem {
  readonly xml: string
  readonly outcomes: readonly Outcome[]
}

const FRESH: readonly string[] = ['folder', 'filename', 'source', 'size', 'segmented', 'object']

/**
 * The document of an item. `name` is the picture's path as it is called in the output; `renamed`: the item could not
 * have the one it wanted.
 */
export function writeItem(
  item: Item,
  name: string,
  renamed: boolean,
  options: GeometryOptions,
  account: Account,
): WrittenItem {
  const { texts, outcomes } = writeObjects(item, options, account)
  return { xml: documentText(item, name, renamed, texts, options.base, account), outcomes }
}

function writeObjects(
  item: Item,
  options: GeometryOptions,
  account: Account,
): { readonly texts: readonly string[]; readonly outcomes: readonly Outcome[] } {
  const { annotations } = item
  const parents = partParents(annotations, options)
  const outcomes: Outcome[] = new Array(annotations.length)
  const parts = new Map<number, string[]>()
  for (const [i, annotation] of annotations.entries()) {
    const parent = parents[i]
    if (parent === undefined) continue
    const { xml, outcome } = writeObject(annotation, item, 'part', [], options, account)
    outcomes[i] = outcome
    if (xml === undefined) continue
    const others = parts.get(parent)
    if (others === undefined) parts.set(parent, [xml])
    else others.push(xml)
  }
  const texts: string[] = []
  for (const [i, annotation] of annotations.entries()) {
    if (parents[i] !== undefined) continue
    const { xml, outcome } = writeObject(annotation, item, 'object', parts.get(i) ?? [], options, account)
    outcomes[i] = outcome
    if (xml === undefined) continue
    texts.push(xml)
    const { parentId, place } = annotation
    if (parentId !== undefined)
      account.field({
        level: 'field',
        effect: 'dropped',
        subject: 'parent id',
        reason: 'VOC objects have parts, and parts have none',
        place,
      })
  }
  return { texts, outcomes }
}

/**
 * For each annotation the index of the one it is written as a part of. An annotation with children of its own, and one
 * whose parent is a part itself or is not written, is an object.
 */
function partParents(annotations: readonly Annotation[], options: GeometryOptions): readonly (number | undefined)[] {
  if (annotations.every(({ parentId }) => parentId === undefined)) return []
  const byId = new Map<string, number>()
  for (const [i, { id }] of annotations.entries()) if (id !== undefined && !byId.has(id.text)) byId.set(id.text, i)
  const parents = annotations.map(({ parentId }, i) => {
    const at = parentId === undefined ? undefined : byId.get(parentId.text)
    return at === i ? undefined : at
  })
  const hasChildren = new Set(parents)
  return parents.map((parent, i) => {
    if (parent === undefined || hasChildren.has(i) || parents[parent] !== undefined) return undefined
    const annotation = annotations[parent]
    return annotation !== undefined && isWritten(annotation, options) ? parent : undefined
  })
}

function documentText(
  item: Item,
  name: string,
  renamed: boolean,
  objects: readonly string[],
  base: Base,
  account: Account,
): string {
  const { raw } = item
  const kept = item.extra?.get(VOC)
  if (raw?.format === VOC && kept?.form === base && !renamed) {
    const text = filledSlots(decodeUtf8(raw.bytes, 0, raw.bytes.length), OBJECT_SLOT, objects)
    if (text !== undefined) return text
  }
  reportLosses(item, account)
  const children = new ItemChildren(item, kept, name, renamed, base, account)
  const lines: string[] = []
  const keys = kept?.keys ?? FRESH
  const lastObject = keys.lastIndexOf('object')
  let next = 0
  const missing = (key: string): void => {
    const line = keys.includes(key) ? undefined : children.line(key)
    if (line !== undefined) lines.push(line)
  }
  const late = (): void => {
    if (kept !== undefined && !children.saysPath()) missing('filename')
    missing('size')
  }
  for (const [i, key] of keys.entries()) {
    if (key !== 'object') {
      const line = children.line(key)
      if (line !== undefined) lines.push(line)
      continue
    }
    if (i === lastObject) late()
    const end = i === lastObject ? objects.length : next + 1
    lines.push(...objects.slice(next, end))
    next = end
  }
  if (lastObject < 0) {
    late()
    lines.push(...objects)
  }
  const text = keptOwnText(kept)
  if (text !== undefined) lines.unshift(escapedText(text))
  const own = keptAttributes(kept)
  const marked = base === 'inclusive1' && kept?.form !== base ? ` ${BASE_ATTRIBUTE}="inclusive1"` : ''
  return `<annotation${base === 'inclusive1' ? own : withoutBase(own)}${marked}>${lines.map((line) => `\n\t${line}`).join('')}\n</annotation>\n`
}

/** The elements of a document beside its objects. */
class ItemChildren {
  readonly #item: Item
  readonly #kept: ExtraFields | undefined
  readonly #name: string
  readonly #renamed: boolean
  readonly #base: Base
  readonly #account: Account

  constructor(item: Item, kept: ExtraFields | undefined, name: string, renamed: boolean, base: Base, account: Account) {
    this.#item = item
    this.#kept = kept
    this.#name = name
    this.#renamed = renamed
    this.#base = base
    this.#account = account
  }

  /** Whether the document says the path without a `filename`: it is that of its own name. */
  saysPath(): boolean {
    return !this.#renamed && this.#item.path === `${this.#item.id.text}.jpg`
  }

  /** The element for a key; undefined where there is nothing to write. */
  line(key: string): string | undefined {
    const source = keptElement(this.#kept, key)
    switch (key) {
      case 'folder':
        return this.#kept === undefined ? '<folder>JPEGImages</folder>' : source?.text
      case 'segmented':
        return this.#kept === undefined ? '<segmented>0</segmented>' : source?.text
      case 'filename':
        return this.#filename(source)
      case 'size':
        return this.#size(source)
      case 'source':
        return this.#source(source)
      default:
        return source?.text
    }
  }

  #filename(source: ReturnType<typeof keptElement>): string {
    const { path } = this.#item
    if (source !== undefined && !this.#renamed) {
      const { text } = source.element
      const said = text === '' ? undefined : picturePath(text)?.path
      // Without a name of its own the document says the path by its own.
      if (said === undefined || said === path) return source.text
    }
    const name = this.#kept === undefined || this.#renamed ? this.#name : path
    return `<filename>${escapedText(holdableText(name, 'path', 'item', this.#item, this.#account))}</filename>`
  }

  #size(source: ReturnType<typeof keptElement>): string | undefined {
    const { media, place } = this.#item
    const { width, height } = media
    if (width === undefined || height === undefined) {
      if (source === undefined && this.#kept === undefined) {
        const reason = 'unknown, left out'
        this.#account.field({ level: 'item', effect: 'defaulted', subject: 'size', reason, place })
      }
      return source?.text
    }
    if (source !== undefined) {
      const [w, h] = [childText(source.element, 'width'), childText(source.element, 'height')]
      if (Number(w) === width && Number(h) === height) return source.text
    } else if (this.#kept === undefined)
      this.#account.field({ level: 'item', effect: 'defaulted', subject: 'depth', reason: 'VOC demands it', place })
    const depth = source === undefined ? '3' : (childText(source.element, 'depth') ?? '3')
    return `<size><width>${width}</width><height>${height}</height><depth>${escapedText(depth)}</depth></size>`
  }

  /** A source that names a devkit would make readers take edges for inclusive corners. */
  #source(source: ReturnType<typeof keptElement>): string | undefined {
    if (source === undefined) return this.#kept === undefined ? UNKNOWN_SOURCE : undefined
    if (this.#base === 'inclusive1' || !saysDevkit(source.element)) return source.text
    const reason = 'it would say that corners are inclusive'
    this.#account.field({ level: 'item', effect: 'dropped', subject: 'source', reason, place: this.#item.place })
    return UNKNOWN_SOURCE
  }
}

const UNKNOWN_SOURCE = '<source><database>Unknown</database></source>'

/** Fields of an item that VOC has no element for. */
function reportLosses(item: Item, account: Account): void {
  const { media, place, metadata, extra } = item
  const lose = (subject: string): void =>
    account.field({ level: 'item', effect: 'dropped', subject, reason: 'VOC has no place for it', place })
  for (const subject of ['orientation', 'mimetype', 'duration', 'fps', 'frames'] as const)
    if (media[subject] !== undefined) lose(subject)
  if (metadata !== undefined) lose('metadata')
  for (const format of extra?.keys() ?? []) if (format !== VOC) lose('extra')
}
