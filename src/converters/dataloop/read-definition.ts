import { type AnnotationDefinition, Classification, UndefinedAnnotation } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import type { Deflate } from '../../ports.js'
import type { JsonValue } from '../../text/json-value.js'
import { readBinary } from './binary.js'
import { readBox } from './box.js'
import type { KnownSize } from './png-mask.js'
import { type RingReading, readPolyline, readSegment } from './rings.js'
import type { Naming } from './shape-error.js'
import { readCube, readCube3d, readEllipse, readPointShape } from './simple-shapes.js'
import * as texts from './texts.js'

/** What the definition of an annotation is read from. */
export interface DefinitionSource {
  /** As Dataloop spells it. */
  readonly type: string
  readonly coordinates: JsonValue | undefined
  readonly init: Naming
  /** `metadata.system.isOpen`: a segment that says so is a line. */
  readonly open: boolean
  readonly rings: RingReading
  readonly deflate: Pick<Deflate, 'inflate'> | undefined
  /** The size of the picture, which no mask exceeds by much. */
  readonly picture?: KnownSize | undefined
}

const POINTER = '/coordinates'

type Reader = (value: JsonValue | undefined, init: Naming, source: DefinitionSource) => AnnotationDefinition

/** Types with a place in the picture: what cannot be read of them is invalid. */
const DRAWN: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['box', (value, init) => readBox(value, init, POINTER)],
  ['segment', (value, init, source) => (source.open ? readPolyline : readSegment)(value, init, source.rings, POINTER)],
  ['polyline', (value, init, source) => readPolyline(value, init, source.rings, POINTER)],
  ['point', (value, init) => readPointShape(value, init, POINTER)],
  ['ellipse', (value, init) => readEllipse(value, init, POINTER)],
  ['class', (_value, init) => new Classification(init)],
])

/** Types nobody has described fully: what cannot be read of them is carried. */
const OTHERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['cube', (value, init) => readCube(value, init, POINTER)],
  ['cube_3d', (value, init) => readCube3d(value, init, POINTER)],
  ['note', (value, init) => texts.readNote(value, init, POINTER)],
  ['pose', (value, init) => texts.readPose(value, init)],
  ['comparison', (value, init) => texts.readComparison(value, init)],
  ['subtitle', (value, init) => texts.readSubtitle(value, init, POINTER)],
  ['item_description', (value, init) => texts.readItemDescription(value, init, POINTER)],
  ['text_mark', (value, init) => texts.readTextMark(value, init, POINTER)],
  ['text', (value, init) => texts.readFreeText(value, init, POINTER)],
  ['ref_image', (value, init) => texts.readRefImage(value, init, POINTER)],
  ['gis', (value, init) => texts.readGis(value, init, POINTER)],
])

/** Whether a type is one this reader knows the coordinates of. */
export function isKnownType(type: string): boolean {
  return type === 'binary' || DRAWN.has(type) || OTHERS.has(type)
}

/**
 * The definition of an annotation. Unknown types, and those whose coordinates are of another shape than the SDK's, are
 * `UndefinedAnnotation`s with their coordinates as they stand.
 * @throws AnnotationError for coordinates of a drawn type that are none, with the pointer below the annotation
 */
export function readDefinition(source: DefinitionSource): AnnotationDefinition {
  const { type, coordinates, init, deflate } = source
  const drawn = DRAWN.get(type)
  if (drawn !== undefined) return drawn(coordinates, init, source)
  if (type === 'binary' && deflate !== undefined) return readBinary(coordinates, init, deflate, POINTER, source.picture)
  const other = OTHERS.get(type)
  if (other === undefined) return carried(source)
  try {
    return other(coordinates, init, source)
  } catch (error) {
    if (error instanceof AnnotationError) return carried(source)
    throw error
  }
}

/** The annotation as it stands, for what this library has no word for. */
export function carried({ type, coordinates, init }: DefinitionSource): UndefinedAnnotation {
  return new UndefinedAnnotation({ ...init, sourceType: type, coordinates })
}
