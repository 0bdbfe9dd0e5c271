import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { Id } from '../../dataset/id.js'
import { Item } from '../../dataset/item.js'
import { AnnotationError, type Place } from '../../errors.js'
import type { Deflate } from '../../ports.js'
import { encodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanElements, scanFields } from '../../text/json-fields.js'
import { type JsonValue, parseJson } from '../../text/json-value.js'
import { pointerOf } from '../../text/json-write.js'
import { idOf } from '../extra-json.js'
import { freshItem, itemKeys } from './fresh-item.js'
import { pathOfFilename, pathOfSidecar } from './item-path.js'
import { type ItemSlot, readItemSlot } from './item-slot.js'
import { textAt } from './json-path.js'
import { fieldOf, type JsonRecord, listOf, recordOf, textOf } from './json-record.js'
import { compactJson } from './json-texts.js'
import { DATALOOP, type KeyLists, levelsOf } from './levels.js'
import { readMedia } from './media.js'
import { metadataOf } from './metadata.js'
import { readAnnotation } from './read-annotation.js'
import { splitIn } from './subsets.js'

/** What reading an item needs to know of where it comes from. */
export interface ItemScope {
  readonly file: string | undefined
  /** JSON pointer of the item in its file; empty for a file that is one item. */
  readonly pointer: string
  readonly account: Account
  readonly repair: boolean
  readonly deflate: Deflate | undefined
  readonly lists: KeyLists
  /** Where the picture of an item is: by its path, or where nothing names it by the path without an extension. */
  readonly picture?: ((path: string, named: boolean) => string | undefined) | undefined
}

/**
 * An item from the JSON text in `bytes[start, end)`: an item object in any layout, or a bare list of annotations.
 * @throws AnnotationError `json-syntax` and `encoding` with an offset, `expected-type`
 */
export function readItem(bytes: Uint8Array, start: number, end: number, scope: ItemScope): Item {
  const { value, finite } = parsed(bytes, start, end, scope)
  const list = jsonKindAt(bytes, start) === 'array'
  const record = recordOf(value)
  if (!list && record === undefined)
    throw new AnnotationError('expected-type', 'this is no item', {
      place: { file: scope.file, pointer: scope.pointer },
      expected: 'an object with annotations, or a list of annotations',
    })
  const source: Source = { bytes, start, end, record, value, list, finite }
  const extent = annotationsExtent(source)
  const count = extent === undefined ? 0 : countElements(bytes, extent)
  scope.account.read(count)
  return itemFrom(source, extent, count, scope)
}

interface Source {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly value: JsonValue
  readonly record: JsonRecord | undefined
  readonly list: boolean
  readonly finite: boolean
}

interface Extent {
  readonly start: number
  readonly end: number
}

function parsed(
  bytes: Uint8Array,
  start: number,
  end: number,
  { account, file, pointer }: ItemScope,
): { readonly value: JsonValue; readonly finite: boolean } {
  try {
    return { value: parseJson(bytes, start, end), finite: true }
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    const words: string[] = []
    const onNonFinite = (_offset: number, token: string): void => void words.push(token)
    const value = parseJson(bytes, start, end, { nonFinite: 'accept', onNonFinite })
    for (const got of words)
      account.problem({
        code: 'json-non-finite',
        message: 'JSON has no such number; what is not needed becomes null',
        got,
        place: { file, pointer },
      })
    return { value, finite: words.length === 0 }
  }
}

function countElements(bytes: Uint8Array, { start, end }: Extent): number {
  return scanElements(bytes, start, end, () => undefined)
}

function annotationsExtent({ bytes, start, end, list }: Source): Extent | undefined {
  if (list) return { start, end }
  let extent: Extent | undefined
  scanFields(bytes, start, end, (key, from, to) => {
    if (key === 'annotations') extent = jsonKindAt(bytes, from) === 'array' ? { start: from, end: to } : undefined
  })
  return extent
}

function itemFrom(source: Source, extent: Extent | undefined, count: number, scope: ItemScope): Item {
  const { record } = source
  const { file, pointer } = scope
  const place: Place = { file, pointer }
  const keys = itemKeys(record === undefined ? undefined : Object.keys(record))
  const metadata = recordOf(fieldOf(record, keys.metadata))
  const user = fieldOf(metadata, 'user')
  const slot = slotIn(source, keys.metadata, user)
  const { path, file: picture, mended } = pathIn(record, scope)
  const media = readMedia(metadata, path, slot)
  const item = new Item({
    id: idIn(source, keys.id, slot.id) ?? { text: path, kind: 'string' },
    path,
    media,
    split: slot.split ?? splitIn(fieldOf(recordOf(fieldOf(metadata, 'system')), 'tags')),
    metadata: slot.metadata ?? metadataOf(user),
    place,
    file: picture,
  })
  const annotations = extent === undefined ? [] : readAnnotations(source, extent, item, scope)
  const form = `${source.list ? 'list' : 'item'}/${count}`
  if (source.list) {
    const level: ExtraFields = { keys: [], fields: new Map(), form }
    return new Item({ ...item, annotations, extra: new Map([[DATALOOP, level]]) })
  }
  const skeleton = skeletonOf(source, extent)
  const levels = levelsIn(item, skeleton, form, scope)
  if (mended) dropFilename(levels)
  return new Item({
    ...item,
    annotations,
    extra: new Map([...levels, ...(slot.extra ?? [])]),
    raw: source.finite && !mended ? { format: DATALOOP, bytes: skeleton, json: true } : undefined,
  })
}

function slotIn({ bytes, start, end }: Source, metadata: string, user: JsonValue | undefined): ItemSlot {
  if (fieldOf(recordOf(user), 'annoform') === undefined) return {}
  const text = textAt(bytes, start, end, [metadata, 'user', 'annoform'])
  return (text === undefined ? undefined : readItemSlot(compactJson(text))) ?? {}
}

function idIn({ bytes, start, end, record, list }: Source, key: string, slot: Id | undefined): Id | undefined {
  const value = fieldOf(record, key) ?? fieldOf(record, '_id')
  if (typeof value === 'string')
    return slot !== undefined && slot.text === value ? slot : { text: value, kind: 'string' }
  if (typeof value !== 'number' || list) return undefined
  const text = textAt(bytes, start, end, [key]) ?? textAt(bytes, start, end, ['_id']) ?? ''
  const said = encodeUtf8(text)
  return said.length === 0 ? undefined : idOf(said, 0, said.length)
}

function pathIn(
  record: JsonRecord | undefined,
  { account, file = 'item.json', pointer, picture }: ItemScope,
): { readonly path: string; readonly file: string | undefined; readonly mended: boolean } {
  const filename = textOf(fieldOf(record, 'filename'))
  const named = filename === undefined ? undefined : pathOfFilename(filename)
  if (filename !== undefined && named?.mended !== false)
    account.problem({
      code: 'path-escape',
      message: 'this path leaves its folder; the last part of it is used',
      place: { file, pointer: `${pointer}/filename` },
      got: JSON.stringify(filename),
    })
  if (named !== undefined) return { ...named, file: picture?.(named.path, true) }
  const number = /\/(\d+)$/.exec(pointer)?.[1]
  const stem = pathOfSidecar(file) + (number === undefined ? '' : `-${number}`)
  const found = picture?.(stem, false)
  const extension = found === undefined ? '' : found.slice(found.lastIndexOf('.'))
  return { path: stem + extension, file: found, mended: filename !== undefined }
}

function readAnnotations(source: Source, extent: Extent, item: Item, scope: ItemScope): readonly Annotation[] {
  const { bytes, value, record, list } = source
  const values = listOf(list ? value : fieldOf(record, 'annotations')) ?? []
  const { account, repair, deflate, lists, file } = scope
  const inner = { media: item.media, deflate, repair, account, lists, file, verbatim: source.finite }
  const annotations: Annotation[] = []
  scanElements(bytes, extent.start, extent.end, (index, start, end) => {
    const pointer = `${scope.pointer}${list ? '' : '/annotations'}/${index}`
    const element = { value: values[index] ?? null, bytes, start, end, pointer }
    const annotation = readAnnotation(element, inner)
    if (annotation !== undefined) annotations.push(annotation)
  })
  return annotations
}

/** The item's text with an empty list of annotations. */
function skeletonOf({ bytes, start, end }: Source, extent: Extent | undefined): Uint8Array {
  if (extent === undefined) return bytes.slice(start, end)
  const head = bytes.subarray(start, extent.start)
  const tail = bytes.subarray(extent.end, end)
  const skeleton = new Uint8Array(head.length + 2 + tail.length)
  skeleton.set(head)
  skeleton.set([0x5b, 0x5d], head.length)
  skeleton.set(tail, head.length + 2)
  return skeleton
}

function levelsIn(item: Item, skeleton: Uint8Array, form: string, scope: ItemScope): Map<string, ExtraFields> {
  const { account, lists, file, pointer } = scope
  const keys: string[] = []
  scanFields(skeleton, 0, skeleton.length, (key) => void keys.push(key))
  const count = Number(form.slice(form.indexOf('/') + 1))
  const fresh = freshItem(item, { keys: itemKeys(keys), path: item.path, annotations: '[]', count, labels: undefined })
  return levelsOf(skeleton, 0, skeleton.length, fresh, {
    lists,
    form,
    onDuplicate: (path, key) =>
      account.problem({
        code: 'json-duplicate-key',
        message: 'a key is there twice; the last one counts',
        place: { file, pointer: pointer + pointerOf(path === '' ? [key] : [...path.split('.'), key]) },
      }),
  })
}

/** A name that leads out of the folder is not written again. */
function dropFilename(levels: Map<string, ExtraFields>): void {
  const top = levels.get(DATALOOP)
  if (top === undefined) return
  levels.set(DATALOOP, { ...top, fields: new Map([...top.fields].filter(([key]) => key !== 'filename')) })
}
