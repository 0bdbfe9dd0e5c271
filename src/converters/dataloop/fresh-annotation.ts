import type { Annotation } from '../../dataset/annotation.js'
import type { Extra } from '../../dataset/extra.js'
import type { Media } from '../../dataset/item.js'
import { type Attributes, attributesEqual } from '../../definitions/attributes.js'
import type { AnnotationDefinition, Color } from '../../definitions/index.js'
import type { Deflate } from '../../ports.js'
import { numberText } from '../../text/json-number.js'
import { jsonString, jsonText } from '../../text/json-write.js'
import { annotationSlotText } from './annotation-slot.js'
import { DATALOOP, type DearLeaf, type Fresh, type FreshObject, type WhenPresent } from './levels.js'
import { freshUser } from './metadata.js'
import { areSayable, SnapshotsLeaf } from './snapshots.js'
import { freshSpan, isSayable, isTimed, saidTime } from './track-time.js'
import { coordinatesText, typeOf } from './write-definition.js'

export const WHEN_PRESENT: WhenPresent = new Set(['metadata.system.isOpen', 'metadata.user'])

/** Under which key an annotation has its id and its coordinates: older files and snapshots have other ones. */
export interface AnnotationKeys {
  readonly id: 'id' | '_id'
  readonly coordinates: 'coordinates' | 'data'
}

export function annotationKeys(keys: readonly string[] | undefined): AnnotationKeys {
  const either = <K extends string>(usual: K, other: K): K =>
    keys !== undefined && !keys.includes(usual) && keys.includes(other) ? other : usual
  return { id: either('id', '_id'), coordinates: either('coordinates', 'data') }
}

/** What the fields of an annotation are made with. */
export interface Making {
  /** What the item shows: only on video and audio do annotations have times. */
  readonly media: Media
  readonly deflate: Pick<Deflate, 'deflate'> | undefined
}

/** What the model says an annotation's fields are, in the order of the SDK. */
export function freshAnnotation(annotation: Annotation, keys: AnnotationKeys, making: Making): FreshObject {
  const { definition, id, span } = annotation
  const { media, deflate } = making
  const said = span !== undefined && isTimed(media) && isSayable(span) ? saidTime(span, media) : undefined
  const { attributes, description } = definition
  return new Map<string, Fresh>([
    [keys.id, id === undefined ? 'null' : jsonString(id.text)],
    [
      'metadata',
      new Map<string, Fresh>([
        ['system', freshSystem(annotation, making)],
        [
          'user',
          freshUser(annotation.metadata, [
            ['model', modelText(annotation)],
            ['annoform', annotationSlotText(annotation, said)],
          ]),
        ],
      ]),
    ],
    ['label', jsonString(definition.label)],
    ['description', description === undefined ? undefined : jsonString(description)],
    ['type', jsonString(typeOf(definition))],
    [keys.coordinates, new CoordinatesLeaf(definition, deflate)],
    ['attributes', new ListedAttributes(attributes)],
  ])
}

function freshSystem(annotation: Annotation, making: Making): FreshObject {
  const { definition, automated, objectId, parentId, status } = annotation
  const { type } = definition
  return new Map<string, Fresh>([
    ['status', status === undefined ? undefined : jsonString(status)],
    ['automated', automated === undefined ? undefined : String(automated)],
    ['objectId', objectId && jsonString(objectId.text)],
    ['parentId', parentId && jsonString(parentId.text)],
    ['system', type === 'item_description' ? 'true' : undefined],
    ['isOpen', type === 'polyline' ? 'true' : type === 'segment' ? 'false' : undefined],
    ['attributes', jsonText({ ...definition.attributes })],
    ...freshTrack(annotation, making),
  ])
}

/** When an annotation is there, and how it changes. */
function freshTrack(
  { definition, span, keyFrames }: Annotation,
  { media, deflate }: Making,
): readonly (readonly [string, Fresh])[] {
  if (!isTimed(media)) return []
  const fields = span !== undefined && isSayable(span) ? freshSpan(span, media) : []
  if (keyFrames === undefined || !areSayable(keyFrames)) return fields
  return [...fields, ['snapshots_', new SnapshotsLeaf(keyFrames, definition, span?.frame ?? 0, deflate)]]
}

function modelText({ score, model }: Annotation): string | undefined {
  if (score === undefined && model === undefined) return undefined
  const confidence = score === undefined || !Number.isFinite(score) ? '' : `,"confidence":${numberText(score)}`
  const [name = null, id = null] = [model?.name, model?.id]
  return `{"name":${jsonText(name)}${confidence},"model_id":${jsonText(id)}}`
}

/** The fields of an envelope that only a server can fill, for annotations that never had one. */
export function withEnvelope(fresh: FreshObject, itemId: string | undefined): FreshObject {
  const envelope = new Map<string, Fresh>([
    ['id', fresh.get('id')],
    ['url', 'null'],
    ['creator', 'null'],
    ['metadata', fresh.get('metadata')],
    ['hash', 'null'],
    ['itemId', itemId === undefined ? 'null' : jsonString(itemId)],
    ['item', 'null'],
    ['label', fresh.get('label')],
    ['dataset', 'null'],
    ['createdAt', 'null'],
    ['updatedBy', 'null'],
    ['updatedAt', 'null'],
    ['source', '"sdk"'],
    ['description', fresh.get('description')],
    ['datasetId', 'null'],
  ])
  for (const [key, value] of fresh) if (!envelope.has(key)) envelope.set(key, value)
  return envelope
}

/** The keys an annotation was read with. */
export function sourceKeys(extra: Extra | undefined): readonly string[] | undefined {
  return extra?.get(DATALOOP)?.keys
}

/** Coordinates: masks are compared as masks, because compressing one costs more than all the rest of an annotation. */
class CoordinatesLeaf implements DearLeaf {
  readonly #definition: AnnotationDefinition
  readonly #deflate: Pick<Deflate, 'deflate'> | undefined
  #text: { readonly text: string | undefined } | undefined

  constructor(definition: AnnotationDefinition, deflate: Pick<Deflate, 'deflate'> | undefined) {
    this.#definition = definition
    this.#deflate = deflate
  }

  /** The same pixels can be compressed in many ways. */
  get keep(): boolean {
    return this.#definition.type === 'binary'
  }

  text(): string | undefined {
    this.#text ??= { text: coordinatesText(this.#definition, this.#deflate) }
    return this.#text.text
  }

  same(other: Fresh): boolean {
    if (!(other instanceof CoordinatesLeaf)) return false
    const [a, b] = [this.#definition, other.#definition]
    if (typeOf(a) !== typeOf(b)) return false
    if (a.type === 'binary' || b.type === 'binary')
      return a.type === 'binary' && b.type === 'binary' && a.mask.equals(b.mask) && sameColor(a.color, b.color)
    return this.text() === other.text()
  }
}

function sameColor(a: Color | undefined, b: Color | undefined): boolean {
  return String(a) === String(b)
}

/** The list of names that older files have for attributes: none in what is written now, where they stand in `metadata.system`. */
class ListedAttributes implements DearLeaf {
  readonly keep = false
  readonly #attributes: Attributes

  constructor(attributes: Attributes) {
    this.#attributes = attributes
  }

  text(): string {
    return 'null'
  }

  same(other: Fresh): boolean {
    return other instanceof ListedAttributes && attributesEqual(this.#attributes, other.#attributes)
  }
}
