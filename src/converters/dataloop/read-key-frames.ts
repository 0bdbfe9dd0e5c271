import type { Extra } from '../../dataset/extra.js'
import type { KeyFrame } from '../../dataset/track.js'
import { type AnnotationDefinition, Segmentation } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import { decodeUtf8, encodeUtf8 } from '../../text/decode.js'
import { scanElements, scanFields } from '../../text/json-fields.js'
import { type JsonValue, parseJson } from '../../text/json-value.js'
import { type AnnotationSlot, readAnnotationSlot } from './annotation-slot.js'
import { fieldOf, type JsonRecord, recordOf, textOf } from './json-record.js'
import { compactJson } from './json-texts.js'
import { DATALOOP, type KeyLists } from './levels.js'
import { attributesIn } from './naming.js'
import { type DefinitionSource, readDefinition } from './read-definition.js'
import { shapeError } from './shape-error.js'
import { typeOf } from './write-definition.js'

// A track is one annotation: its first key frame is the annotation itself, the others are the list `snapshots_`. A frame
// without one is as the frame before.

/** What the key frames of a track are read from. */
export interface TrackSource {
  /** JSON text of the list, without white space. */
  readonly text: string
  /** What the annotation itself is, from the frame `start` on. */
  readonly definition: AnnotationDefinition
  readonly start: number
  readonly source: DefinitionSource
  readonly lists: KeyLists
}

/** Where the list stands in an annotation. */
const POINTER = '/metadata/system/snapshots_'

/** What a snapshot says that a key frame has a word for. */
const KNOWN: ReadonlySet<string> = new Set([
  'frame',
  'fixed',
  'label',
  'type',
  'objectVisible',
  'data',
  'coordinates',
  'description',
  'namedAttributes',
  'attributes',
  'annoform',
])

/**
 * The key frames of a track, the annotation itself as the first of them unless a snapshot stands in its place.
 * @throws AnnotationError for a snapshot that cannot be read, with the pointer below the annotation
 */
export function readKeyFrames({ text, definition, start, source, lists }: TrackSource): readonly KeyFrame[] {
  const bytes = encodeUtf8(text)
  const first: KeyFrame = { frame: start, definition, fixed: true, visible: true }
  const frames: KeyFrame[] = []
  scanElements(bytes, 0, bytes.length, (index, from, to) => {
    const pointer = `${POINTER}/${index}`
    const value = parseJson(bytes, from, to)
    const record = recordOf(value)
    if (record === undefined) throw shapeError(pointer, 'an object', value)
    const { extra, slot } = beside(bytes, from, to, lists)
    const frame = readSnapshot(record, frames.at(-1) ?? first, source, slot, pointer)
    frames.push(extra === undefined ? frame : { ...frame, extra })
  })
  return frames.some(({ frame }) => frame <= start) ? frames : [first, ...frames]
}

/** What a snapshot says beside what is known, and what this library left in it. */
function beside(
  bytes: Uint8Array,
  start: number,
  end: number,
  lists: KeyLists,
): { readonly extra: Extra | undefined; readonly slot: AnnotationSlot } {
  const keys = new Set<string>()
  const fields = new Map<string, string>()
  let slot: AnnotationSlot = {}
  scanFields(bytes, start, end, (key, from, to) => {
    keys.add(key)
    const said = (): string => compactJson(decodeUtf8(bytes, from, to))
    if (key === 'annoform') slot = readAnnotationSlot(said()) ?? {}
    else if (!KNOWN.has(key)) fields.set(key, said())
  })
  const extra: Extra = new Map([
    ...(fields.size === 0 ? [] : ([[DATALOOP, { keys: lists.shared([...keys]), fields }]] as const)),
    ...(slot.extra ?? []),
  ])
  return { extra: extra.size === 0 ? undefined : extra, slot }
}

function readSnapshot(
  record: JsonRecord,
  last: KeyFrame,
  source: DefinitionSource,
  slot: AnnotationSlot,
  pointer: string,
): KeyFrame {
  const frame = fieldOf(record, 'frame') ?? last.frame + 1
  if (typeof frame !== 'number' || !Number.isSafeInteger(frame) || frame < 0)
    throw shapeError(`${pointer}/frame`, 'a whole number from 0', frame)
  return {
    frame,
    definition: snapshotDefinition(record, last.definition, source, slot, pointer),
    fixed: fieldOf(record, 'fixed') === true,
    visible: fieldOf(record, 'objectVisible') !== false,
  }
}

/** What a snapshot does not say is as before. */
function snapshotDefinition(
  record: JsonRecord,
  last: AnnotationDefinition,
  source: DefinitionSource,
  { parts, color }: AnnotationSlot,
  pointer: string,
): AnnotationDefinition {
  const [listed, keyed] = [fieldOf(record, 'attributes'), fieldOf(record, 'namedAttributes')]
  const label = textOf(fieldOf(record, 'label')) ?? ''
  const description = fieldOf(record, 'description')
  const init = {
    label: label === '' ? last.label : label,
    attributes: isSaid(listed) || isSaid(keyed) ? attributesIn(listed, keyed) : last.attributes,
    description: description === undefined ? last.description : textOf(description),
  }
  const type = textOf(fieldOf(record, 'type')) ?? source.type
  const coordinates = fieldOf(record, fieldOf(record, 'data') === undefined ? 'coordinates' : 'data')
  if (coordinates === undefined && type === typeOf(last)) return last.with(init) as AnnotationDefinition
  try {
    const rings = { counts: parts, skip: undefined }
    const definition = readDefinition({ ...source, type, coordinates, init, rings })
    if (definition.type !== 'binary' || color === undefined) return definition
    return new Segmentation({ ...definition, color })
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    const below = (error.place?.pointer ?? '').replace(/^\/coordinates/, '/data')
    const { code, reason, expected, got } = error
    throw new AnnotationError(code, reason, { expected, got, place: { pointer: `${pointer}${below}` } })
  }
}

function isSaid(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null
}
