import type { Account } from '../../dataset/account.js'
import type { Item } from '../../dataset/item.js'
import { encodeUtf8 } from '../../text/decode.js'
import { parseJson } from '../../text/json-value.js'
import { jsonString } from '../../text/json-write.js'
import type { IntegerIds } from './ids.js'
import { normalPath } from './image.js'
import { itemSlotText } from './slot.js'

/** An image element: its JSON text, and the JSON text of its id as annotations refer to it. */
export interface WrittenImage {
  readonly text: string | Uint8Array
  readonly id: string
}

const FRESH_KEYS: readonly string[] = ['id', 'width', 'height', 'file_name']

/** Writes the image element of an item, verbatim where nothing of it changed. */
export function writeImage(item: Item, ids: IntegerIds, account: Account): WrittenImage {
  const coco = item.extra?.get('coco')
  const { id, fresh } = imageId(item, ids, account)
  if (item.raw?.format === 'coco') return { text: item.raw.bytes, id }
  reportLosses(item, account)
  const keys = coco?.keys ?? FRESH_KEYS
  const members: string[] = []
  const add = (key: string): void => {
    const text = memberText(key, item, id, fresh)
    if (text !== undefined) members.push(`${jsonString(key)}:${text}`)
  }
  for (const key of keys) add(key)
  if (coco !== undefined) {
    // A size that was found later is worth a key of its own.
    for (const key of ['width', 'height']) if (!keys.includes(key)) add(key)
  }
  if (!keys.includes('annoform')) add('annoform')
  return { text: `{${members.join(',')}}`, id }
}

function imageId(item: Item, ids: IntegerIds, account: Account): { readonly id: string; readonly fresh: boolean } {
  const coco = item.extra?.get('coco')
  const source = coco?.fields.get('id')
  if (source !== undefined) {
    ids.note(source)
    return { id: source, fresh: true }
  }
  if (coco !== undefined && item.id.kind === 'string') return { id: jsonString(item.id.text), fresh: false }
  const { text, fresh } = ids.take(item.id)
  if (fresh)
    account.field({
      level: 'field',
      effect: 'defaulted',
      subject: 'image id',
      reason: 'COCO demands an integer',
      place: item.place,
    })
  return { id: text, fresh }
}

function memberText(key: string, item: Item, id: string, fresh: boolean): string | undefined {
  const source = item.extra?.get('coco')?.fields.get(key)
  switch (key) {
    case 'id':
      return source ?? id
    case 'file_name':
      return source !== undefined && standsFor(source, item.path) ? source : jsonString(item.path)
    case 'width':
    case 'height':
      return item.media[key] === undefined ? source : String(item.media[key])
    case 'annoform':
      return source ?? itemSlotText(item, fresh ? item.id : undefined)
    default:
      return source
  }
}

/** Whether a file name of the source, such as one with backslashes, is the path the item has. */
function standsFor(text: string, path: string): boolean {
  const bytes = encodeUtf8(text)
  const given = parseJson(bytes, 0, bytes.length)
  if (typeof given !== 'string') return true
  const normal = normalPath(given)
  return (
    normal === path ||
    normal
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/') === path ||
    normal.slice(normal.lastIndexOf('/') + 1) === path
  )
}

function reportLosses({ media, place }: Item, account: Account): void {
  for (const subject of ['orientation', 'mimetype', 'duration', 'fps', 'frames'] as const) {
    if (media[subject] !== undefined)
      account.field({ level: 'item', effect: 'dropped', subject, reason: 'COCO has no place for it', place })
  }
}
