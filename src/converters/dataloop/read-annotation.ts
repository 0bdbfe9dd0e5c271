import type { Account } from '../../dataset/account.js'
import { Annotation, type ModelInfo } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import { type Id, integerId } from '../../dataset/id.js'
import type { Media } from '../../dataset/item.js'
import type { KeyFrame } from '../../dataset/track.js'
import { type AnnotationDefinition, Segmentation } from '../../definitions/index.js'
import { AnnotationError, type Place } from '../../errors.js'
import type { Deflate } from '../../ports.js'
import { integerText } from '../../text/json-number.js'
import type { JsonValue } from '../../text/json-value.js'
import { pointerOf } from '../../text/json-write.js'
import { type AnnotationSlot, readAnnotationSlot } from './annotation-slot.js'
import { annotationKeys, freshAnnotation } from './fresh-annotation.js'
import { textAt } from './json-path.js'
import { fieldOf, type JsonRecord, listOf, numberOf, recordOf, textOf } from './json-record.js'
import { compactJson } from './json-texts.js'
import { DATALOOP, type KeyLists, levelsOf } from './levels.js'
import { metadataOf } from './metadata.js'
import { labelIn, namingIn, UNLABELLED } from './naming.js'
import { carried, type DefinitionSource, isKnownType, readDefinition } from './read-definition.js'
import { readKeyFrames } from './read-key-frames.js'
import { isTimed, readSpan } from './track-time.js'

/** What reading an annotation needs to know of its item. */
export interface AnnotationScope {
  readonly media: Media
  readonly deflate: Deflate | undefined
  readonly repair: boolean
  readonly account: Account
  readonly lists: KeyLists
  readonly file: string | undefined
  /** The text is all there is of the annotation: it may be kept as its source. */
  readonly verbatim: boolean
}

/** An annotation element: its value, and its text in `bytes[start, end)`. */
export interface Element {
  readonly value: JsonValue
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** JSON pointer of the element in its file. */
  readonly pointer: string
}

/** An annotation element as an annotation; undefined when it is invalid, which is then reported and entered as dropped. */
export function readAnnotation(element: Element, scope: AnnotationScope): Annotation | undefined {
  const { account, file } = scope
  const place = { file, pointer: element.pointer }
  const type = textOf(fieldOf(recordOf(element.value), 'type'))
  try {
    return readRecord(element, scope, place)
  } catch (error) {
    // One with a file is the account's own word: the policy is to stop.
    if (!(error instanceof AnnotationError) || error.place?.file !== undefined) throw error
    const pointer = element.pointer + (error.place?.pointer ?? '')
    const { code, reason, expected, got, fix } = error
    account.problem({ code, message: reason, expected, got, fix, place: { file, pointer }, lossy: true })
    const subject = type !== undefined && isKnownType(type) ? type : 'annotation'
    account.drop({ effect: 'dropped', subject, reason: 'invalid' }, place)
    return undefined
  }
}

function readRecord(element: Element, scope: AnnotationScope, place: Place): Annotation {
  const record = recordOf(element.value)
  if (record === undefined) throw new AnnotationError('expected-type', 'bad annotation', { expected: 'an object' })
  const metadata = recordOf(fieldOf(record, 'metadata'))
  const system = recordOf(fieldOf(metadata, 'system'))
  const user = fieldOf(metadata, 'user')
  const model = recordOf(fieldOf(recordOf(user), 'model'))
  const slot = slotIn(element, user)
  const { definition, repaired, source } = readGeometry(record, system, slot, scope, place)
  const span = isTimed(scope.media) ? readSpan(system, slot.time) : undefined
  const id = fieldOf(record, 'id') ?? fieldOf(record, '_id')
  const annotation = new Annotation({
    definition,
    id: idIn(id, slot.id, () => fieldText(element, ['id']) ?? fieldText(element, ['_id'])),
    objectId: idIn(fieldOf(system, 'objectId'), slot.objectId, () =>
      fieldText(element, ['metadata', 'system', 'objectId']),
    ),
    parentId: idIn(fieldOf(system, 'parentId'), slot.parentId, () =>
      fieldText(element, ['metadata', 'system', 'parentId']),
    ),
    score: numberOf(fieldOf(model, 'confidence')),
    model: modelIn(model),
    automated: booleanOf(fieldOf(system, 'automated')),
    status: textOf(fieldOf(system, 'status')),
    box: slot.box,
    area: slot.area,
    flags: slot.flags,
    span,
    keyFrames: readTrack(element, system, definition, span?.frame ?? 0, source, scope),
    metadata: slot.metadata ?? metadataOf(user),
    place,
  })
  const levels = levelsIn(annotation, record, element, scope)
  return new Annotation({
    ...annotation,
    extra: new Map([...levels, ...(slot.extra ?? [])]),
    amended: repaired ? { effect: 'approximated', reason: 'repaired' } : undefined,
    raw:
      scope.verbatim && !repaired
        ? { format: DATALOOP, bytes: element.bytes.slice(element.start, element.end), json: true }
        : undefined,
  })
}

function slotIn(element: Element, user: JsonValue | undefined): AnnotationSlot {
  if (fieldOf(recordOf(user), 'annoform') === undefined) return {}
  const text = fieldText(element, ['metadata', 'user', 'annoform'])
  return (text === undefined ? undefined : readAnnotationSlot(compactJson(text))) ?? {}
}

function fieldText({ bytes, start, end }: Element, names: readonly string[]): string | undefined {
  return textAt(bytes, start, end, names)
}

/** A text, or an integer of any size. `slot`: the id as this library wrote it, where that was no text. */
function idIn(value: JsonValue | undefined, slot: Id | undefined, text: () => string | undefined): Id | undefined {
  if (typeof value === 'string')
    return slot !== undefined && slot.text === value ? slot : { text: value, kind: 'string' }
  if (typeof value !== 'number') return undefined
  const integer = integerText(text() ?? '')
  return integer === undefined ? undefined : integerId(integer)
}

function modelIn(model: JsonRecord | undefined): ModelInfo | undefined {
  const name = textOf(fieldOf(model, 'name'))
  const id = textOf(fieldOf(model, 'model_id'))
  if (name === undefined && id === undefined) return undefined
  return { ...(name === undefined ? {} : { name }), ...(id === undefined ? {} : { id }) }
}

function booleanOf(value: JsonValue | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

function readGeometry(
  record: JsonRecord,
  system: JsonRecord | undefined,
  slot: AnnotationSlot,
  { media, deflate, repair, account }: AnnotationScope,
  place: Place,
): { readonly definition: AnnotationDefinition; readonly repaired: boolean; readonly source: DefinitionSource } {
  const type = textOf(fieldOf(record, 'type'))
  if (type === undefined) {
    const code = Object.hasOwn(record, 'type') ? 'expected-type' : 'missing-field'
    throw new AnnotationError(code, 'an annotation without type', { place: { pointer: '/type' }, expected: 'a text' })
  }
  const whole = !isKnownType(type) || (type === 'binary' && deflate === undefined)
  const label = labelIn(record, type, !whole)
  const at = (pointer: string): Place => ({ ...place, pointer: `${place.pointer ?? ''}${pointer}` })
  if (label === UNLABELLED && textOf(fieldOf(record, 'label')) !== UNLABELLED)
    account.problem({ code: 'missing-field', message: `no label; it is called ${UNLABELLED}`, place: at('/label') })
  let repaired = false
  const skip = ({ code, reason, expected, got, place: where }: AnnotationError): void => {
    repaired = true
    account.problem({
      code,
      message: `${reason}; the ring is left out`,
      expected,
      got,
      place: at(where?.pointer ?? ''),
    })
  }
  const source: DefinitionSource = {
    type,
    coordinates: fieldOf(record, annotationKeys(Object.keys(record)).coordinates),
    init: namingIn(record, system, label),
    open: fieldOf(system, 'isOpen') === true,
    rings: { counts: slot.parts, skip: repair ? skip : undefined },
    deflate,
    picture: media,
  }
  if (type === 'binary' && deflate === undefined)
    account.problem({
      code: 'deflate-missing',
      message: 'masks are PNGs, and nothing here can inflate them: they are carried unread',
      place,
      fix: 'Give a deflate port: nodeDeflate in Node, a small library in a browser',
    })
  const definition = whole ? carried(source) : isTimed(media) ? readOrCarry(source) : readDefinition(source)
  if (definition.type !== 'binary') return { definition, repaired, source }
  checkSize(definition, media, account, at('/coordinates'))
  const { color } = slot
  return { definition: color === undefined ? definition : new Segmentation({ ...definition, color }), repaired, source }
}

/** A track may have all its geometry in its key frames, and none that can be read before them. */
function readOrCarry(source: DefinitionSource): AnnotationDefinition {
  try {
    return readDefinition(source)
  } catch (error) {
    if (error instanceof AnnotationError) return carried(source)
    throw error
  }
}

/** The key frames of a track. A list that cannot be read stays with the annotation as it stands, which is a problem. */
function readTrack(
  element: Element,
  system: JsonRecord | undefined,
  definition: AnnotationDefinition,
  start: number,
  source: DefinitionSource,
  { media, account, lists, file }: AnnotationScope,
): readonly KeyFrame[] | undefined {
  if (!isTimed(media) || definition.type === 'undefined') return undefined
  if (listOf(fieldOf(system, 'snapshots_')) === undefined) return undefined
  const text = fieldText(element, ['metadata', 'system', 'snapshots_'])
  if (text === undefined) return undefined
  try {
    return readKeyFrames({ text: compactJson(text), definition, start, source, lists })
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    const { code, reason, expected, got } = error
    const place = { file, pointer: element.pointer + (error.place?.pointer ?? '') }
    const message = `${reason} in a key frame; the track is carried unread`
    account.problem({ code, message, expected, got, place })
    return undefined
  }
}

function checkSize({ mask }: Segmentation, { width, height }: Media, account: Account, place: Place): void {
  if ((width ?? mask.width) === mask.width && (height ?? mask.height) === mask.height) return
  account.problem({
    code: 'mask-size',
    message: 'a mask of another size than its picture',
    expected: `${width ?? '?'} x ${height ?? '?'}`,
    got: `${mask.width} x ${mask.height}`,
    place,
  })
}

function levelsIn(
  annotation: Annotation,
  record: JsonRecord,
  { bytes, start, end, pointer }: Element,
  { account, lists, file, deflate, media }: AnnotationScope,
): Map<string, ExtraFields> {
  const fresh = freshAnnotation(annotation, annotationKeys(Object.keys(record)), { media, deflate })
  return levelsOf(bytes, start, end, fresh, {
    lists,
    onDuplicate: (path, key) => {
      const names = path === '' ? [key] : [...path.split('.'), key]
      account.problem({
        code: 'json-duplicate-key',
        message: 'a key is there twice; the last one counts',
        place: { file, pointer: pointer + pointerOf(names) },
      })
    },
  })
}
