import type { Annotation, AnnotationInit, Flags } from '../../dataset/annotation.js'
import type { Extra } from '../../dataset/extra.js'
import type { Color } from '../../definitions/index.js'
import { encodeUtf8 } from '../../text/decode.js'
import { scanFields } from '../../text/json-fields.js'
import { numberText } from '../../text/json-number.js'
import { type JsonValue, parseJson } from '../../text/json-value.js'
import { jsonString } from '../../text/json-write.js'
import { extraText, idOf, parseExtra } from '../extra-json.js'
import { listOf, numberOf } from './json-record.js'
import { isOwnExtra } from './levels.js'
import { metadataFits, metadataText } from './metadata.js'
import { isWhite } from './png-mask.js'
import { ringCounts } from './rings.js'
import type { SaidTime } from './track-time.js'

// Dataloop has no word for some of what other formats say about an annotation. `metadata.user` is free, so one key of
// it, "annoform", carries the rest; docs/formats/dataloop.md describes it.

/** What the slot of an annotation holds, as fields of the model. */
export type AnnotationSlot = Pick<
  AnnotationInit,
  'id' | 'objectId' | 'parentId' | 'box' | 'area' | 'flags' | 'extra'
> & {
  readonly color?: Color | undefined
  readonly metadata?: JsonValue | undefined
  /** Rings of each part. */
  readonly parts?: readonly number[] | undefined
  /** The half of the times that the source said; the other was worked out. */
  readonly time?: SaidTime | undefined
}

const FLAGS = ['crowd', 'truncated', 'occluded', 'difficult'] as const
const IDS = ['id', 'objectId', 'parentId'] as const

/** The slot as JSON text, or undefined when there is nothing to carry. */
export function annotationSlotText(annotation: Annotation, time?: SaidTime): string | undefined {
  const { definition, flags, box, area, metadata } = annotation
  const members: string[] = []
  const add = (key: string, text: string | undefined): void => {
    if (text !== undefined) members.push(`"${key}":${text}`)
  }
  // Dataloop's ids are texts; an integer says so here.
  for (const name of IDS) if (annotation[name]?.kind === 'integer') add(name, annotation[name]?.text)
  if (box !== undefined) add('box', `[${[box.left, box.top, box.right, box.bottom].map(numberText).join(',')}]`)
  if (area !== undefined && Number.isFinite(area)) add('area', numberText(area))
  for (const name of FLAGS) if (flags[name] !== undefined) add(name, String(flags[name]))
  if (definition.type === 'binary' && definition.color !== undefined)
    if (definition.mask.area === 0 || isWhite(definition.color)) add('color', `[${definition.color.join(',')}]`)
  if (definition.type === 'segment') {
    const counts = ringCounts(definition)
    if (counts !== undefined) add('parts', `[${counts.join(',')}]`)
  }
  if (metadata !== undefined && !metadataFits(metadata)) add('metadata', metadataText(metadata))
  if (time !== undefined) add('time', jsonString(time))
  add('extra', extraText(foreignExtra(annotation.extra)))
  return members.length === 0 ? undefined : `{${members.join(',')}}`
}

/** What other formats left. */
export function foreignExtra(extra: Extra | undefined): Extra | undefined {
  if (extra === undefined) return undefined
  const foreign = [...extra].filter(([id]) => !isOwnExtra(id))
  return foreign.length === 0 ? undefined : new Map(foreign)
}

/** Reads a slot; undefined when it holds anything this version does not know, so that it is kept as foreign text. */
export function readAnnotationSlot(text: string): AnnotationSlot | undefined {
  const bytes = encodeUtf8(text)
  if (bytes[0] !== 0x7b) return undefined
  const slot: { -readonly [K in keyof AnnotationSlot]: AnnotationSlot[K] } = {}
  const flags: { -readonly [K in keyof Flags]: Flags[K] } = {}
  let sound = true
  scanFields(bytes, 0, bytes.length, (key, start, end) => {
    sound = sound && readMember(key, bytes, start, end, slot, flags)
  })
  if (!sound) return undefined
  return Object.keys(flags).length === 0 ? slot : { ...slot, flags }
}

function readMember(
  key: string,
  bytes: Uint8Array,
  start: number,
  end: number,
  slot: { -readonly [K in keyof AnnotationSlot]: AnnotationSlot[K] },
  flags: { -readonly [K in keyof Flags]: Flags[K] },
): boolean {
  const value = parseJson(bytes, start, end)
  switch (key) {
    case 'id':
    case 'objectId':
    case 'parentId':
      slot[key] = idOf(bytes, start, end)
      return slot[key] !== undefined
    case 'box': {
      const [left, top, right, bottom] = numbersOf(value, 4) ?? []
      if (left === undefined || top === undefined || right === undefined || bottom === undefined) return false
      slot.box = { left, top, right, bottom }
      return true
    }
    case 'area':
      slot.area = numberOf(value)
      return slot.area !== undefined
    case 'crowd':
    case 'truncated':
    case 'occluded':
    case 'difficult':
      if (typeof value !== 'boolean') return false
      flags[key] = value
      return true
    case 'color': {
      const [red, green, blue] = numbersOf(value, 3) ?? []
      if (!isByte(red) || !isByte(green) || !isByte(blue)) return false
      slot.color = [red, green, blue]
      return true
    }
    case 'parts':
      slot.parts = numbersOf(value)
      return slot.parts?.every((count) => Number.isSafeInteger(count) && count > 0) === true
    case 'time':
      if (value !== 'seconds' && value !== 'frames') return false
      slot.time = value
      return true
    case 'metadata':
      slot.metadata = value
      return true
    case 'extra':
      slot.extra = parseExtra(bytes, start, end)
      return slot.extra !== undefined && ![...slot.extra.keys()].some(isOwnExtra)
    default:
      return false
  }
}

/** A list of finite numbers. */
export function numbersOf(value: JsonValue, length?: number): readonly number[] | undefined {
  const numbers = listOf(value)?.map(numberOf)
  if (numbers === undefined || (length !== undefined && numbers.length !== length)) return undefined
  return numbers.every((number) => number !== undefined) ? numbers : undefined
}

export function isByte(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 0 && value <= 255
}
