import type { Raw, RawNames } from '../../dataset/extra.js'
import { encodeUtf8 } from '../../text/decode.js'
import { ElementFields } from './element.js'

// An annotation names its image and its category by their ids. Its text can only stand for it in a document in which both
// still have these ids.

const scanned = new ElementFields()

/** The text of a COCO element where there is one that can be written as it is. */
export function elementText(raw: Raw | undefined): Uint8Array | undefined {
  return raw?.format === 'coco' && raw.json === true && raw.bytes[0] === 0x7b ? raw.bytes : undefined
}

/** Whether a text names this image and this category, whose ids are JSON texts. */
export function namesSame(raw: Raw, imageId: string, category: string | undefined): boolean {
  const { names = namesIn(raw.bytes) } = raw
  return names.item === plainId(imageId) && names.label === (category === undefined ? undefined : plainId(category))
}

function namesIn(bytes: Uint8Array): RawNames {
  scanned.scan(bytes, 0, bytes.length, '', 0)
  return { item: scanned.id(scanned.find('image_id'))?.text, label: scanned.id(scanned.find('category_id'))?.text }
}

/** The text of an id without quotes, so that 7 and "7" are the same. */
export function plainId(text: string): string {
  return text.startsWith('"') ? String(JSON.parse(text)) : text
}

/** The same text with another category. `category` is JSON text. */
export function withCategory(bytes: Uint8Array, category: string): Uint8Array {
  scanned.scan(bytes, 0, bytes.length, '', 0)
  const at = scanned.find('category_id')
  if (at < 0 || scanned.id(at)?.text === plainId(category)) return bytes
  const id = encodeUtf8(category)
  const [start, end] = [scanned.starts[at] as number, scanned.ends[at] as number]
  const changed = new Uint8Array(bytes.length - (end - start) + id.length)
  changed.set(bytes.subarray(0, start))
  changed.set(id, start)
  changed.set(bytes.subarray(end), start + id.length)
  return changed
}
