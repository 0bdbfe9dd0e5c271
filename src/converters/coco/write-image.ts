import type { Account } from '../../dataset/account.js'
import type { ExtraFields } from '../../dataset/extra.js'
import { isIntegerText } from '../../dataset/id.js'
import type { Item } from '../../dataset/item.js'
import { encodeUtf8 } from '../../text/decode.js'
import { parseJson } from '../../text/json-value.js'
import { jsonString } from '../../text/json-write.js'
import type { IntegerIds } from './ids.js'
import { nameFromId, picturePath } from './image.js'
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
    // A size that was found later is worth a key of its own, and so is a path that no other key says.
    for (const key of ['width', 'height']) if (!keys.includes(key)) add(key)
    if (!keys.includes('file_name') && !saysPath(coco, item)) add('file_name')
  }
  if (!keys.includes('annoform')) add('annoform')
  return { text: `{${members.join(',')}}`, id }
}

function imageId(item: Item, ids: IntegerIds, account: Account): { readonly id: string; readonly fresh: boolean } {
  const coco = item.extra?.get('coco')
  const source = coco?.fields.get('id')
  if (source !== undefined) {
    ids.note(source)
    // Either the number an earlier conversion gave, or something in the source that is no id.
    return { id: source, fresh: isIntegerText(source) }
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
  const coco = item.extra?.get('coco')
  const source = coco?.fields.get(key)
  switch (key) {
    case 'id':
      return source ?? id
    case 'file_name':
      return source !== undefined && coco !== undefined && saysPath(coco, item) ? source : jsonString(item.path)
    case 'width':
    case 'height':
      return item.media[key] === undefined ? source : String(item.media[key])
    case 'annoform':
      return source ?? itemSlotText(item, fresh ? item.id : undefined)
    default:
      return source
  }
}

/** Whether the source's own keys say the path: a file name with backslashes, a URL, or the id where there is neither. */
function saysPath({ fields }: ExtraFields, { path, id }: Item): boolean {
  const said = picturePath(textIn(fields.get('file_name')), textIn(fields.get('coco_url'))).path
  if (said !== undefined) return said === path
  return path === nameFromId(id.text) || path === nameFromId(fields.get('id') ?? '')
}

function textIn(json: string | undefined): string | undefined {
  if (json === undefined) return undefined
  const bytes = encodeUtf8(json)
  const value = parseJson(bytes, 0, bytes.length)
  return typeof value === 'string' ? value : undefined
}

function reportLosses({ media, place }: Item, account: Account): void {
  for (const subject of ['orientation', 'mimetype', 'duration', 'fps', 'frames'] as const) {
    if (media[subject] !== undefined)
      account.field({ level: 'item', effect: 'dropped', subject, reason: 'COCO has no place for it', place })
  }
}
