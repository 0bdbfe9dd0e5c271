import type { Account, Outcome } from '../../dataset/account.js'
import type { Item } from '../../dataset/item.js'
import type { LabelTree } from '../../dataset/labels.js'
import type { Deflate } from '../../ports.js'
import { decodeText, encodeUtf8 } from '../../text/decode.js'
import type { Policy } from '../format.js'
import { Ledger } from '../ledger.js'
import { KeyLists } from './levels.js'
import { readItem } from './read-item.js'
import type { RingsChoice } from './write-annotation.js'
import { writeItem } from './write-item.js'

export { dataloop } from './format.js'
export type { RingsChoice } from './write-annotation.js'

export interface ParseDataloopItemOptions {
  /** What to call the document in messages; names an item that does not name itself. */
  readonly name?: string | undefined
  readonly policy?: Policy | undefined
  /** Told what is met; with one, `policy` is its business. */
  readonly account?: Account | undefined
  /** Inflates masks; without it they are carried unread. */
  readonly deflate?: Deflate | undefined
}

/**
 * The item in the text of one Dataloop JSON document: an item object of any layout, or a bare list of annotations. Works
 * without files, in a browser too.
 * @throws AnnotationError `json-syntax`, `encoding`, `expected-type`; under `strict` the first problem
 * @example const item = parseDataloopItem('{"filename":"/a.jpg","annotations":[]}')
 */
export function parseDataloopItem(document: string | Uint8Array, options: ParseDataloopItemOptions = {}): Item {
  const { name = 'item.json', policy = 'lenient', deflate } = options
  const account = options.account ?? new Ledger(policy)
  const text = typeof document === 'string' ? document : decodeText(document, { file: name }).text
  const bytes = encodeUtf8(text.trim())
  const scope = { file: name, pointer: '', account, repair: policy === 'salvage', deflate, lists: new KeyLists() }
  return readItem(bytes, 0, bytes.length, scope)
}

export interface DataloopItemOptions {
  readonly rings?: RingsChoice | undefined
  /** Compresses masks. */
  readonly deflate?: Deflate | undefined
  /** Labels whose ids, colours and groups are to be carried. */
  readonly labels?: LabelTree | undefined
  /** Write everything afresh. */
  readonly rewrite?: boolean | undefined
  readonly policy?: Policy | undefined
  readonly account?: Account | undefined
}

/** A Dataloop JSON document, and what became of each annotation of its item. */
export interface DataloopItemDocument {
  readonly text: string
  readonly outcomes: readonly Outcome[]
}

/**
 * The Dataloop JSON of an item.
 * @throws AnnotationError `deflate-missing` for a mask without `deflate`; under `strict` the first problem
 */
export function dataloopItem(item: Item, options: DataloopItemOptions = {}): DataloopItemDocument {
  const { rings = 'all', deflate, labels, rewrite = false, policy = 'lenient' } = options
  const account = options.account ?? new Ledger(policy)
  return writeItem(rewrite ? item.withoutRaw() : item, item.path, { rings, deflate, labels, account })
}
