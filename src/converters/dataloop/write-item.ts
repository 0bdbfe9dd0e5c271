import { type Account, type Outcome, SILENT } from '../../dataset/account.js'
import type { Item } from '../../dataset/item.js'
import type { LabelTree } from '../../dataset/labels.js'
import { AnnotationError } from '../../errors.js'
import { decodeUtf8, encodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanFields } from '../../text/json-fields.js'
import { freshItem, ITEM_WHEN_PRESENT, type ItemState, itemKeys } from './fresh-item.js'
import { DATALOOP, type FreshObject, KeyLists, mergedText } from './levels.js'
import { metadataText } from './metadata.js'
import { readItem } from './read-item.js'
import { type AnnotationWriting, writeAnnotation } from './write-annotation.js'

/** What writing an item needs to know. */
export interface ItemWriting extends AnnotationWriting {
  readonly labels: LabelTree | undefined
}

/** The JSON text of an item, and what became of its annotations, in their order. */
export interface WrittenItem {
  readonly text: string
  readonly outcomes: readonly Outcome[]
}

/**
 * Writes an item with its annotations: as its source had it where nothing of it changed, else afresh in the key order of
 * the source, else as the SDK does. `path`: the one it has in the output.
 * @throws AnnotationError `deflate-missing`
 */
export function writeItem(item: Item, path: string, writing: ItemWriting): WrittenItem {
  const texts: string[] = []
  const outcomes = item.annotations.map((annotation): Outcome => {
    try {
      const written = writeAnnotation(annotation, item, writing)
      texts.push(...written.texts)
      return written.outcome
    } catch (error) {
      if (!(error instanceof AnnotationError) || error.code === 'deflate-missing') throw error
      const { code, reason: message, expected, got, fix } = error
      writing.account.problem({ code, message, expected, got, fix, place: annotation.place, lossy: true })
      return { effect: 'dropped', subject: annotation.type, reason: 'invalid' }
    }
  })
  return { text: itemText(item, path, texts, writing), outcomes }
}

function itemText(item: Item, path: string, texts: readonly string[], { labels, account }: ItemWriting): string {
  const { extra, raw } = item
  // An annotation a line: files stay readable, and differences between two of them small.
  const list = texts.length === 0 ? '[]' : `[\n${texts.join(',\n')}\n]`
  const source = extra?.get(DATALOOP)
  const [form, read] = source?.form?.split('/') ?? []
  if (form === 'list') return `${list}\n`
  const unchanged = path === item.path && read === String(texts.length)
  if (raw?.format === DATALOOP && raw.json === true && unchanged) {
    const text = splicedText(raw.bytes, list)
    if (text !== undefined) return `${text}\n`
  }
  reportLosses(item, account)
  const keys = itemKeys(source?.keys)
  const state: ItemState = { keys, path, annotations: list, count: texts.length, labels }
  const fresh = freshItem(item, state)
  const merging = { extra, whenPresent: ITEM_WHEN_PRESENT }
  const before = source === undefined ? undefined : sourceState(item, fresh, state, Number(read ?? Number.NaN))
  return `${mergedText(fresh, { ...merging, before })}\n`
}

/** The source's text of an item with the list in the place of its annotations; undefined where it has no such place. */
function splicedText(bytes: Uint8Array, list: string): string | undefined {
  let extent: readonly [number, number] | undefined
  scanFields(bytes, 0, bytes.length, (key, start, end) => {
    if (key === 'annotations') extent = jsonKindAt(bytes, start) === 'array' ? [start, end] : undefined
  })
  if (extent === undefined) return list === '[]' ? decodeUtf8(bytes, 0, bytes.length) : undefined
  return decodeUtf8(bytes, 0, extent[0]) + list + decodeUtf8(bytes, extent[1], bytes.length)
}

/** What the source of an item says, as far as it is known. */
function sourceState(item: Item, fresh: FreshObject, state: ItemState, count: number): FreshObject {
  const { extra } = item
  const text = mergedText(freshItem(item, { ...state, annotations: '[]', count: 0 }), {
    extra,
    before: fresh,
    whenPresent: ITEM_WHEN_PRESENT,
  })
  const bytes = encodeUtf8(text)
  const scope = { file: item.place?.file, pointer: item.place?.pointer ?? '', account: SILENT, repair: false }
  const before = readItem(bytes, 0, bytes.length, { ...scope, deflate: undefined, lists: new KeyLists() })
  // Where nothing names the item, its file does.
  const path = extra?.get(DATALOOP)?.keys.includes('filename') === true ? before.path : state.path
  return freshItem(before, { ...state, path, annotations: '[]', count, labels: undefined })
}

function reportLosses({ metadata, place }: Item, account: Account): void {
  if (metadata === undefined || metadataText(metadata) !== undefined) return
  const reason = 'holds a number JSON has no word for'
  account.field({ level: 'item', effect: 'dropped', subject: 'metadata', reason, place })
}
