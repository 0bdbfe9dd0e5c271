import type { Account } from '../../dataset/account.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { Item } from '../../dataset/item.js'
import { encodeUtf8 } from '../../text/decode.js'
import { parseJson } from '../../text/json-value.js'
import { jsonString } from '../../text/json-write.js'
import type { ArrayIds, WrittenId } from './ids.js'
import { isMadeUpId, nameFromId, picturePath } from './image.js'
import { elementText } from './raw-names.js'
import { itemSlotText } from './slot.js'

/** An image element: its JSON text, and the JSON text of its id as its annotations name it. */
export interface WrittenImage {
  readonly text: string | Uint8Array
  readonly id: string
}

const FRESH_KEYS: readonly string[] = ['id', 'width', 'height', 'file_name']

/** Writes the image element of an item, verbatim where nothing of it changed. */
export function writeImage(item: Item, ids: ArrayIds, account: Account): WrittenImage {
  const coco = item.extra?.get('coco')
  const id = imageId(item, ids, account)
  const named = id.text ?? 'null'
  const text = elementText(item.raw)
  if (text !== undefined && id.reason === undefined) return { text, id: named }
  reportLosses(item, account)
  const keys = coco?.keys ?? FRESH_KEYS
  const members: string[] = []
  const add = (key: string): void => {
    const text = memberText(key, item, id, account)
    if (text !== undefined) members.push(`${jsonString(key)}:${text}`)
  }
  if (!keys.includes('id')) add('id')
  for (const key of keys) add(key)
  if (coco !== undefined) {
    // A size that was found later is worth a key of its own, and so is a path that no other key says.
    for (const key of ['width', 'height']) if (!keys.includes(key)) add(key)
    if (!keys.includes('file_name') && !saysPath(coco, item)) add('file_name')
  }
  if (!keys.includes('annoform')) add('annoform')
  return { text: `{${members.join(',')}}`, id: named }
}

function imageId(item: Item, ids: ArrayIds, account: Account): WrittenId {
  const coco = item.extra?.get('coco')
  const { id, place } = item
  const written = ids.settle(isMadeUpId(id, coco) ? undefined : id, coco, item.annotations.length > 0)
  const { reason } = written
  if (reason !== undefined) account.field({ level: 'field', effect: 'defaulted', subject: 'image id', reason, place })
  return written
}

function memberText(key: string, item: Item, id: WrittenId, account: Account): string | undefined {
  const coco = item.extra?.get('coco')
  const source = coco?.fields.get(key)
  switch (key) {
    case 'id':
      return id.text
    case 'file_name':
      return source !== undefined && coco !== undefined && saysPath(coco, item) ? source : jsonString(item.path)
    case 'width':
    case 'height':
      return item.media[key] === undefined ? source : String(item.media[key])
    case 'annoform':
      return slotText(item, id, source, account)
    default:
      return source
  }
}

function slotText(item: Item, id: WrittenId, source: string | undefined, account: Account): string | undefined {
  const text = itemSlotText(item, id.renumbered ? item.id : undefined, account)
  if (text !== undefined && source !== undefined)
    account.field({ level: 'item', effect: 'dropped', subject: 'annoform', reason: 'replaced', place: item.place })
  return text ?? source
}

/** Whether the source's own keys say the path: a file name with backslashes, a URL, or the id where there is neither. */
function saysPath({ fields }: ExtraFields, { path, id }: Item): boolean {
  const said = picturePath(textIn(fields.get('file_name')), textIn(fields.get('coco_url'))).path
  if (said !== undefined) return said === path
  const source = fields.get('id')
  return path === nameFromId(id.text) || path === nameFromId(textIn(source) ?? source ?? '')
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
