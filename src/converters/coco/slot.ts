import type { Account } from '../../dataset/account.js'
import type { Annotation, AnnotationInit, Flags, ModelInfo } from '../../dataset/annotation.js'
import type { Extra, ExtraFields } from '../../dataset/extra.js'
import type { Id } from '../../dataset/id.js'
import type { Item } from '../../dataset/item.js'
import type { Color } from '../../definitions/index.js'
import { AnnotationError, type Place } from '../../errors.js'
import { encodeUtf8 } from '../../text/decode.js'
import { scanFields } from '../../text/json-fields.js'
import { type JsonValue, parseJson } from '../../text/json-value.js'
import { jsonString, jsonText } from '../../text/json-write.js'
import { extraText, idOf, idText, parseExtra } from '../extra-json.js'
import { IN_TASKS } from './tasks.js'

// COCO has no word for most of what other formats say about an annotation. Readers of COCO pass over keys they do not
// know, so one key, "annoform", carries the rest; docs/formats/coco.md describes it.

/** What the slot of an annotation holds, as fields of the model. */
export type AnnotationSlot = Pick<
  AnnotationInit,
  'id' | 'parentId' | 'objectId' | 'model' | 'automated' | 'status' | 'flags' | 'metadata' | 'extra'
> & {
  readonly description?: string | undefined
  readonly color?: Color | undefined
  /** Of a pose: the numbers of its points among those of its category, from 1; absent: all of them. */
  readonly points?: readonly number[] | undefined
  readonly templateId?: string | undefined
  readonly instanceId?: string | undefined
}

/** What the slot of an image holds. */
export interface ItemSlot {
  readonly id?: Id | undefined
  readonly metadata?: JsonValue | undefined
  readonly extra: ReadonlyMap<string, ExtraFields>
}

/** The slot of an annotation, or undefined when there is nothing to carry. */
export function annotationSlotText(
  annotation: Annotation,
  { id, points }: Pick<AnnotationSlot, 'id' | 'points'>,
  account: Account,
): string | undefined {
  const { definition, parentId, objectId, model, automated, status, flags, place } = annotation
  const { description } = definition
  const members: string[] = []
  const add = (key: string, text: string | undefined): void => {
    if (text !== undefined) members.push(`"${key}":${text}`)
  }
  // First, because that is where they are put when they are only known in the end.
  add('points', points && `[${points.join(',')}]`)
  add('id', id && idText(id))
  if (definition.type === 'pose')
    for (const name of ['templateId', 'instanceId'] as const)
      add(name, definition[name] === undefined ? undefined : jsonString(definition[name]))
  add('description', description === undefined ? undefined : jsonString(description))
  add('objectId', objectId && idText(objectId))
  add('parentId', parentId && idText(parentId))
  add('status', status === undefined ? undefined : jsonString(status))
  add('automated', automated === undefined ? undefined : String(automated))
  add('model', model && JSON.stringify(model))
  for (const name of ['truncated', 'occluded', 'difficult'] as const)
    add(name, flags[name] === undefined ? undefined : String(flags[name]))
  if (definition.type === 'binary' && definition.color !== undefined) add('color', `[${definition.color.join(',')}]`)
  add('metadata', metadataText(annotation.metadata, 'field', place, account))
  add('extra', extraText(othersExtra(annotation.extra), 'coco'))
  return members.length === 0 ? undefined : `{${members.join(',')}}`
}

/** Which files of COCO an element is in is no business of other formats. */
function othersExtra(extra: Extra | undefined): Extra | undefined {
  return extra?.has(IN_TASKS) === true ? new Map([...extra].filter(([key]) => key !== IN_TASKS)) : extra
}

/** The slot of an image, or undefined. */
export function itemSlotText(item: Item, id: Id | undefined, account: Account): string | undefined {
  const members: string[] = []
  if (id !== undefined) members.push(`"id":${idText(id)}`)
  const metadata = metadataText(item.metadata, 'item', item.place, account)
  if (metadata !== undefined) members.push(`"metadata":${metadata}`)
  const extra = extraText(othersExtra(item.extra), 'coco')
  if (extra !== undefined) members.push(`"extra":${extra}`)
  return members.length === 0 ? undefined : `{${members.join(',')}}`
}

/** Metadata a program made may hold what JSON has no word for; then it cannot be carried. */
function metadataText(
  metadata: JsonValue | undefined,
  level: 'field' | 'item',
  place: Place | undefined,
  account: Account,
): string | undefined {
  if (metadata === undefined) return undefined
  try {
    return jsonText(metadata)
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    account.field({
      level,
      effect: 'dropped',
      subject: 'metadata',
      reason: 'holds a number JSON has no word for',
      place,
    })
    return undefined
  }
}

/** Reads a slot; undefined when it holds anything this version does not know, so that it is kept as foreign text. */
export function readAnnotationSlot(text: string): AnnotationSlot | undefined {
  const bytes = encodeUtf8(text)
  const slot: { -readonly [K in keyof AnnotationSlot]: AnnotationSlot[K] } = {}
  const flags: { -readonly [K in keyof Flags]: Flags[K] } = {}
  const sound = eachMember(bytes, (key, start, end) => {
    const value = (): JsonValue => parseJson(bytes, start, end)
    switch (key) {
      case 'id':
      case 'objectId':
      case 'parentId':
        slot[key] = idOf(bytes, start, end)
        return slot[key] !== undefined
      case 'points':
        slot.points = numbersOf(value())
        return slot.points !== undefined
      case 'templateId':
      case 'instanceId':
      case 'description':
      case 'status': {
        const given = value()
        if (typeof given !== 'string') return false
        slot[key] = given
        return true
      }
      case 'automated':
      case 'truncated':
      case 'occluded':
      case 'difficult': {
        const given = value()
        if (typeof given !== 'boolean') return false
        if (key === 'automated') slot.automated = given
        else flags[key] = given
        return true
      }
      case 'model':
        slot.model = modelOf(value())
        return slot.model !== undefined
      case 'color':
        slot.color = colorOf(value())
        return slot.color !== undefined
      case 'metadata':
        slot.metadata = value()
        return true
      case 'extra':
        slot.extra = parseExtra(bytes, start, end)
        return slot.extra !== undefined
      default:
        return false
    }
  })
  if (!sound) return undefined
  if (Object.keys(flags).length > 0) slot.flags = flags
  return slot
}

/** The slot of an image; undefined when it holds anything this version does not know. */
export function readItemSlot(text: string): ItemSlot | undefined {
  const bytes = encodeUtf8(text)
  let id: Id | undefined
  let metadata: JsonValue | undefined
  let extra: ReadonlyMap<string, ExtraFields> | undefined = new Map()
  const sound = eachMember(bytes, (key, start, end) => {
    if (key === 'id') {
      id = idOf(bytes, start, end)
      return id !== undefined
    }
    if (key === 'metadata') {
      metadata = parseJson(bytes, start, end)
      return true
    }
    if (key !== 'extra') return false
    extra = parseExtra(bytes, start, end)
    return extra !== undefined
  })
  return sound && extra !== undefined ? { id, metadata, extra } : undefined
}

function eachMember(bytes: Uint8Array, read: (key: string, start: number, end: number) => boolean): boolean {
  if (bytes[0] !== 0x7b) return false
  let sound = true
  // An empty object is nothing this library writes.
  let empty = true
  scanFields(bytes, 0, bytes.length, (key, start, end) => {
    sound = read(key, start, end) && sound
    empty = false
  })
  return sound && !empty
}

function modelOf(value: JsonValue): ModelInfo | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined
  const known = Object.entries(value).every(
    ([key, text]) => (key === 'name' || key === 'id') && typeof text === 'string',
  )
  return known ? (value as ModelInfo) : undefined
}

/** Integers from 1, or undefined. */
function numbersOf(value: JsonValue): readonly number[] | undefined {
  if (!Array.isArray(value)) return undefined
  const numbers = value.filter((number) => typeof number === 'number' && Number.isInteger(number) && number >= 1)
  return numbers.length === value.length ? numbers : undefined
}

/** Three integers from 0 to 255, or undefined. */
export function colorOf(value: JsonValue): Color | undefined {
  if (!Array.isArray(value) || value.length !== 3) return undefined
  const [red, green, blue]: readonly unknown[] = value
  return isByte(red) && isByte(green) && isByte(blue) ? [red, green, blue] : undefined
}

function isByte(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255
}
