import type { Annotation } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { Id } from '../../dataset/id.js'
import type { Item, Media, Rational } from '../../dataset/item.js'
import type { Label, LabelTree } from '../../dataset/labels.js'
import { encodeUtf8 } from '../../text/decode.js'
import { scanFields } from '../../text/json-fields.js'
import { numberText } from '../../text/json-number.js'
import { type JsonValue, parseJson } from '../../text/json-value.js'
import { jsonString } from '../../text/json-write.js'
import { extraText, idOf, idText, parseExtra } from '../extra-json.js'
import { foreignExtra, isByte, numbersOf } from './annotation-slot.js'
import { recordOf } from './json-record.js'
import { isOwnExtra } from './levels.js'
import { MEDIA_KINDS, mediaSlot } from './media.js'
import { metadataFits, metadataText } from './metadata.js'
import { subsetOf } from './subsets.js'

// The same key, `metadata.user.annoform`, at the item: what item JSON has no word for. Dataloop keeps its labels in a
// recipe, which is no part of item JSON; each item carries those its annotations use, where they say more than a name.

export interface ItemSlot {
  readonly id?: Id | undefined
  readonly split?: string | undefined
  readonly kind?: Media['kind'] | undefined
  readonly fps?: Rational | undefined
  readonly labels?: readonly Label[] | undefined
  readonly metadata?: JsonValue | undefined
  readonly extra?: ReadonlyMap<string, ExtraFields> | undefined
}

/** The slot as JSON text, or undefined when there is nothing to carry. `path`: the one the item is written under. */
export function itemSlotText(item: Item, path: string, labels: LabelTree | undefined): string | undefined {
  const members: string[] = []
  const add = (key: string, text: string | undefined): void => {
    if (text !== undefined) members.push(`"${key}":${text}`)
  }
  if (item.id.kind === 'integer') add('id', item.id.text)
  if (item.split !== undefined && subsetOf(item.split) !== item.split) add('split', jsonString(item.split))
  const { kind, fps } = mediaSlot(item.media, path)
  if (kind !== undefined) add('kind', jsonString(kind))
  if (fps !== undefined) add('fps', `[${numberText(fps.numerator)},${numberText(fps.denominator)}]`)
  add('labels', labelsText(item, labels))
  if (item.metadata !== undefined && !metadataFits(item.metadata)) add('metadata', metadataText(item.metadata))
  add('extra', extraText(foreignExtra(item.extra)))
  return members.length === 0 ? undefined : `{${members.join(',')}}`
}

/** The name before the last dot: Dataloop's labels are full paths. */
export function parentInName(name: string): string | undefined {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : undefined
}

/** Whether a label says more than its name. */
export function labelSaysMore({ name, id, parent, color }: Label): boolean {
  return id !== undefined || color !== undefined || parent !== parentInName(name)
}

/** The labels of an annotation: a track may change its own. */
export function labelsOf({ label, keyFrames = [] }: Annotation): readonly string[] {
  return [label, ...keyFrames.map(({ definition }) => definition.label)]
}

function labelsText({ annotations }: Item, labels: LabelTree | undefined): string | undefined {
  const members: string[] = []
  for (const name of new Set(annotations.flatMap(labelsOf))) {
    const label = labels?.get(name)
    if (label === undefined || !labelSaysMore(label)) continue
    const fields: string[] = []
    if (label.id !== undefined) fields.push(`"id":${idText(label.id)}`)
    if (label.parent !== parentInName(name))
      fields.push(`"parent":${label.parent === undefined ? 'null' : jsonString(label.parent)}`)
    if (label.color !== undefined) fields.push(`"color":[${label.color.join(',')}]`)
    members.push(`${jsonString(name)}:{${fields.join(',')}}`)
  }
  return members.length === 0 ? undefined : `{${members.join(',')}}`
}

/** Reads a slot; undefined when it holds anything this version does not know, so that it is kept as foreign text. */
export function readItemSlot(text: string): ItemSlot | undefined {
  const bytes = encodeUtf8(text)
  if (bytes[0] !== 0x7b) return undefined
  const slot: { -readonly [K in keyof ItemSlot]: ItemSlot[K] } = {}
  let sound = true
  scanFields(bytes, 0, bytes.length, (key, start, end) => {
    sound = sound && readMember(key, bytes, start, end, slot)
  })
  return sound ? slot : undefined
}

function readMember(
  key: string,
  bytes: Uint8Array,
  start: number,
  end: number,
  slot: { -readonly [K in keyof ItemSlot]: ItemSlot[K] },
): boolean {
  switch (key) {
    case 'id':
      slot.id = idOf(bytes, start, end)
      return slot.id !== undefined
    case 'split': {
      const value = parseJson(bytes, start, end)
      if (typeof value !== 'string') return false
      slot.split = value
      return true
    }
    case 'kind': {
      const value = parseJson(bytes, start, end)
      slot.kind = MEDIA_KINDS.find((kind) => kind === value)
      return slot.kind !== undefined
    }
    case 'fps': {
      const [numerator, denominator] = numbersOf(parseJson(bytes, start, end), 2) ?? []
      if (numerator === undefined || denominator === undefined) return false
      slot.fps = { numerator, denominator }
      return true
    }
    case 'labels':
      slot.labels = readLabels(bytes, start, end)
      return slot.labels !== undefined
    case 'metadata':
      slot.metadata = parseJson(bytes, start, end)
      return true
    case 'extra':
      slot.extra = parseExtra(bytes, start, end)
      return slot.extra !== undefined && ![...slot.extra.keys()].some(isOwnExtra)
    default:
      return false
  }
}

function readLabels(bytes: Uint8Array, start: number, end: number): readonly Label[] | undefined {
  if (bytes[start] !== 0x7b) return undefined
  const labels: Label[] = []
  let sound = true
  scanFields(bytes, start, end, (name, from, to) => {
    const label = bytes[from] === 0x7b ? readLabel(name, bytes, from, to) : undefined
    if (label === undefined) sound = false
    else labels.push(label)
  })
  return sound ? labels : undefined
}

function readLabel(name: string, bytes: Uint8Array, start: number, end: number): Label | undefined {
  const label: { -readonly [K in keyof Label]: Label[K] } = { name, parent: parentInName(name) }
  let sound = true
  scanFields(bytes, start, end, (key, from, to) => {
    const value = parseJson(bytes, from, to)
    if (key === 'id') label.id = idOf(bytes, from, to)
    else if (key === 'parent') label.parent = typeof value === 'string' ? value : undefined
    else if (key === 'color') {
      const [red, green, blue] = numbersOf(value, 3) ?? []
      if (isByte(red) && isByte(green) && isByte(blue)) label.color = [red, green, blue]
      else sound = false
    } else sound = false
    if (recordOf(value) !== undefined) sound = false
  })
  return sound ? label : undefined
}
