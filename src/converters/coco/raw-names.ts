import type { ExtraFields, Raw, RawNames } from '../../dataset/extra.js'
import type { Id } from '../../dataset/id.js'
import { encodeUtf8 } from '../../text/decode.js'
import { ElementFields } from './element.js'
import type { PlacedPose } from './keypoint-lists.js'
import { saysPoints } from './keypoints.js'
import { readAnnotationSlot } from './slot.js'
import type { Task } from './tasks.js'

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

/** The same text with another value of a key it has. `value` is JSON text. */
export function withValue(bytes: Uint8Array, key: string, value: string): Uint8Array {
  scanned.scan(bytes, 0, bytes.length, '', 0)
  const at = scanned.find(key)
  if (at < 0 || scanned.id(at)?.text === plainId(value)) return bytes
  const text = encodeUtf8(value)
  const [start, end] = [scanned.starts[at] as number, scanned.ends[at] as number]
  const changed = new Uint8Array(bytes.length - (end - start) + text.length)
  changed.set(bytes.subarray(0, start))
  changed.set(text, start)
  changed.set(bytes.subarray(end), start + text.length)
  return changed
}

/** Whether the text of a pose has its points in these places. */
export function saysPlaced(bytes: Uint8Array, { points, own }: PlacedPose): boolean {
  scanned.scan(bytes, 0, bytes.length, '', 0)
  const [keypoints, slot] = [scanned.find('keypoints'), scanned.find('annoform')]
  const said = slot < 0 ? undefined : readAnnotationSlot(scanned.text(slot))?.points
  return keypoints >= 0 && saysPoints(scanned.text(keypoints), points) && said?.join() === own?.join()
}

/** What the text of an annotation without an image says about ids. */
export interface StrayNames extends RawNames {
  /** Another annotation of its document has the same id. */
  readonly repeated?: boolean | undefined
  /** The task of its document. */
  readonly task?: Task | undefined
}

/** All fields of an element as texts. */
export function fieldsIn(text: string): ExtraFields {
  scanned.scan(encodeUtf8(text), 0, encodeUtf8(text).length, '', 0)
  const keys = [...scanned.keys()]
  return { keys, fields: new Map(keys.map((key) => [key, scanned.text(scanned.find(key))])) }
}

/** The id of an annotation's element and of the image it names. */
export function idsIn(bytes: Uint8Array): { readonly id: Id | undefined; readonly image: Id | undefined } {
  scanned.scan(bytes, 0, bytes.length, '', 0)
  return { id: scanned.id(scanned.find('id')), image: scanned.id(scanned.find('image_id')) }
}
