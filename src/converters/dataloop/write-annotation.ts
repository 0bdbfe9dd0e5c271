import { type Account, type Outcome, SILENT } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Extra, ExtraFields } from '../../dataset/extra.js'
import type { Item, Media } from '../../dataset/item.js'
import type { AnnotationDefinition } from '../../definitions/index.js'
import type { Deflate } from '../../ports.js'
import { decodeUtf8, encodeUtf8 } from '../../text/decode.js'
import { parseJson } from '../../text/json-value.js'
import {
  type AnnotationKeys,
  annotationKeys,
  freshAnnotation,
  sourceKeys,
  WHEN_PRESENT,
  withEnvelope,
} from './fresh-annotation.js'
import { DATALOOP, type FreshObject, KeyLists, levelId, mergedText } from './levels.js'
import { metadataText } from './metadata.js'
import { readAnnotation } from './read-annotation.js'
import { isKnownType } from './read-definition.js'
import { polygonParts, posePoints } from './several.js'
import { areSayable } from './snapshots.js'
import { isSayable, isTimed } from './track-time.js'

export type RingsChoice = 'all' | 'split'

/** What writing annotations needs to know. */
export interface AnnotationWriting {
  readonly rings: RingsChoice
  readonly deflate: Deflate | undefined
  readonly account: Account
}

/** The JSON texts of the elements an annotation becomes, and what became of it. */
export interface WrittenAnnotation {
  readonly texts: readonly string[]
  readonly outcome: Outcome
}

const FIRST_RING = 'several rings, of which the SDK reads the first'

/**
 * Writes one annotation: verbatim where nothing of it changed, else afresh, in the key order of its source where that was
 * Dataloop's.
 * @throws AnnotationError `deflate-missing` for a mask without somebody to compress it
 */
export function writeAnnotation(annotation: Annotation, item: Item, writing: AnnotationWriting): WrittenAnnotation {
  const { definition, raw, keyFrames } = annotation
  const { type } = definition
  if (raw?.format === DATALOOP && raw.json === true)
    return { texts: [decodeUtf8(raw.bytes, 0, raw.bytes.length)], outcome: { effect: 'kept', subject: type } }
  const reason = refusal(annotation, item, writing)
  if (reason !== undefined) return { texts: [], outcome: { effect: 'dropped', subject: type, reason } }
  reportLosses(annotation, item, writing.account)
  if (definition.type === 'segment') {
    // A track is one annotation, whatever it looks like at its frames.
    const parts = writing.rings === 'split' && keyFrames === undefined ? polygonParts(annotation, definition) : []
    if (parts.length > 1) {
      const outcome: Outcome = { effect: 'derived', subject: type, reason: 'an annotation for each part, as asked for' }
      return { texts: parts.map((part) => annotationText(part, item, writing)), outcome }
    }
    const several = definition.rings().length > 1
    const outcome: Outcome = { effect: 'kept', subject: type, ...(several ? { reason: FIRST_RING } : {}) }
    return { texts: [annotationText(annotation, item, writing)], outcome }
  }
  if (definition.type === 'pose' && definition.points.length > 0) {
    const family = posePoints(annotation, definition)
    const outcome: Outcome = { effect: 'derived', subject: type, reason: 'its key points as annotations of their own' }
    return { texts: family.map((member) => annotationText(member, item, writing)), outcome }
  }
  return { texts: [annotationText(annotation, item, writing)], outcome: { effect: 'kept', subject: type } }
}

/** Why an annotation has no place; undefined where it has one. */
function refusal({ definition }: Annotation, { media }: Item, { deflate }: AnnotationWriting): string | undefined {
  if (definition.type === 'undefined')
    return isReadAgain(definition, media, deflate) ? undefined : 'its type means something else in Dataloop'
  if (definition.type === 'binary' && definition.mask.width * definition.mask.height === 0) return 'a mask of no size'
  return undefined
}

/** Whether an annotation of a type the model does not know comes back as that. */
function isReadAgain(
  definition: Extract<AnnotationDefinition, { readonly type: 'undefined' }>,
  media: Media,
  deflate: Deflate | undefined,
): boolean {
  const { sourceType } = definition
  if (!isKnownType(sourceType) || (sourceType === 'binary' && deflate === undefined)) return true
  const element = JSON.stringify({ type: sourceType, label: definition.label, coordinates: definition.coordinates })
  const again = readText(element, media, deflate)
  return again?.definition.geometryEquals(definition, 0) === true
}

function readText(text: string, media: Media, deflate: Deflate | undefined): Annotation | undefined {
  const bytes = encodeUtf8(text)
  const element = { value: parseJson(bytes, 0, bytes.length), bytes, start: 0, end: bytes.length, pointer: '' }
  const scope = { media, deflate, repair: false, account: SILENT, lists: new KeyLists(), file: undefined }
  return readAnnotation(element, { ...scope, verbatim: false })
}

/** The JSON text of one element, made from the model and from what its source said beside. */
function annotationText(annotation: Annotation, item: Item, { deflate }: AnnotationWriting): string {
  const { extra } = annotation
  const keys = sourceKeys(extra)
  const fresh = freshAnnotation(annotation, annotationKeys(keys), { media: item.media, deflate })
  if (keys === undefined) {
    const itemId = item.id.kind === 'string' && item.id.text === item.path ? undefined : item.id.text
    return mergedText(withEnvelope(fresh, itemId), { extra: undefined, before: undefined, whenPresent: WHEN_PRESENT })
  }
  return mergedText(fresh, { extra, before: before(annotation, fresh, item, deflate), whenPresent: WHEN_PRESENT })
}

/** What the source of an annotation says, as far as it is known: its own texts where they were kept, else what is said now. */
function before(
  { extra }: Annotation,
  fresh: FreshObject,
  { media }: Item,
  deflate: Deflate | undefined,
): FreshObject | undefined {
  const keys = annotationKeys(sourceKeys(extra))
  const readWith = (texts: Extra | undefined): FreshObject | undefined => {
    const text = mergedText(fresh, { extra: texts, before: fresh, whenPresent: WHEN_PRESENT })
    const source = readText(text, media, deflate)
    return source && freshAnnotation(source, keys, { media, deflate })
  }
  const source = readWith(extra)
  if (source !== undefined) return source
  // The geometry is of another type now: with what it is today the rest can be read.
  const said = readWith(withoutGeometry(extra, keys))
  if (said === undefined) return undefined
  return new Map([...said, ['type', undefined], [keys.coordinates, undefined]])
}

function withoutGeometry(extra: Extra | undefined, { coordinates }: AnnotationKeys): Extra {
  const without = (level: ExtraFields, ...names: string[]): ExtraFields => ({
    ...level,
    fields: new Map([...level.fields].filter(([key]) => !names.includes(key))),
  })
  return new Map(
    [...(extra ?? [])].map(([id, level]) => {
      if (id === DATALOOP) return [id, without(level, 'type', coordinates)]
      return [id, id === levelId('metadata.system') ? without(level, 'isOpen') : level]
    }),
  )
}

function reportLosses(
  { span, keyFrames, metadata, score, place }: Annotation,
  { media }: Item,
  account: Account,
): void {
  const lose = (subject: string, reason: string): void =>
    account.field({ level: 'field', effect: 'dropped', subject, reason, place })
  const timed = isTimed(media)
  if (span !== undefined && !timed) lose('span', 'no time is written')
  if (span !== undefined && timed && !isSayable(span)) lose('span', 'JSON has no word for it')
  if (keyFrames !== undefined && !timed) lose('key frames', 'no time is written')
  if (keyFrames !== undefined && timed && !areSayable(keyFrames)) lose('key frames', 'frames that there are not')
  if (metadata !== undefined && metadataText(metadata) === undefined)
    lose('metadata', 'holds a number JSON has no word for')
  if (score !== undefined && !Number.isFinite(score)) lose('score', 'JSON has no word for it')
}
