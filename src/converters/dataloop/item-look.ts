import { jsonKindAt } from '../../text/json-fields.js'
import { walkElements, walkFields } from './json-walk.js'

/** What the fields of one annotation say about it. */
export interface AnnotationLook {
  /** `type` is a text and there is a `label`. */
  readonly typed: boolean
  readonly coordinates: boolean
  /** A field annotations of another format have. */
  readonly foreign: string | undefined
  /** Whether all of it was seen. */
  readonly whole: boolean
}

/** What the fields of an object say about its being an item. */
export interface ItemLook {
  readonly keys: ReadonlySet<string>
  /** `rooted`: a path from the root of a data set, as Dataloop has them. */
  readonly filename: 'rooted' | 'text' | undefined
  /** `metadata.system` is an object. */
  readonly system: boolean
  readonly listed: boolean
  /** The most telling annotation that was seen. */
  readonly annotation: AnnotationLook | undefined
  /** Whether nothing that was not seen can matter any more. */
  readonly whole: boolean
}

/** Fields of annotations in COCO and Label Studio. */
const FOREIGN = new Set(['image_id', 'category_id', 'bbox', 'segmentation', 'result', 'from_name', 'label_id'])
/** Lists beside `annotations` that no item has: what follows them need not be read. */
const OTHER_ROOTS = new Set(['images', 'categories', 'shapes', 'assets', 'predictions'])
/** Annotations looked at before giving up. */
const MOST = 1000

/** Looks at the annotation that begins at `at`; undefined for what is no object. */
export function lookAtAnnotation(bytes: Uint8Array, at: number): AnnotationLook | undefined {
  if (jsonKindAt(bytes, at) !== 'object') return undefined
  const keys = new Set<string>()
  let type = false
  const whole = walkFields(bytes, at, (key, start) => {
    keys.add(key)
    if (key === 'type') type = jsonKindAt(bytes, start) === 'string'
    return true
  })
  const typed = type && keys.has('label') && !keys.has('annotations')
  const foreign = typed ? undefined : [...keys].find((key) => FOREIGN.has(key))
  return { typed, coordinates: keys.has('coordinates'), foreign, whole }
}

/** Looks at the object that begins at `at` as at an item. */
export function lookAtItem(bytes: Uint8Array, at: number): ItemLook {
  const keys = new Set<string>()
  let filename: ItemLook['filename']
  let system = false
  let listed = false
  let annotation: AnnotationLook | undefined
  let elsewhere = false
  const whole = walkFields(bytes, at, (key, start) => {
    keys.add(key)
    elsewhere = OTHER_ROOTS.has(key)
    if (key === 'filename') filename = filenameAt(bytes, start)
    else if (key === 'metadata') system = hasSystem(bytes, start)
    else if (key === 'annotations') {
      listed = jsonKindAt(bytes, start) === 'array'
      annotation = tellingAnnotation(bytes, start)
    }
    return !elsewhere
  })
  return { keys, filename, system, listed, annotation, whole: whole || elsewhere }
}

/** Name of the field by which an object is another format's, if it has one. */
export function otherRoot(keys: ReadonlySet<string>): string | undefined {
  return [...keys].find((key) => OTHER_ROOTS.has(key))
}

function filenameAt(bytes: Uint8Array, start: number): ItemLook['filename'] {
  if (jsonKindAt(bytes, start) !== 'string') return undefined
  // Some programs write a slash as `\/`.
  const first = start + (bytes[start + 1] === 0x5c ? 2 : 1)
  return bytes[first] === 0x2f ? 'rooted' : 'text'
}

function hasSystem(bytes: Uint8Array, at: number): boolean {
  let found = false
  walkFields(bytes, at, (key, start) => {
    if (key === 'system') found = jsonKindAt(bytes, start) === 'object'
    return !found
  })
  return found
}

/** The first with coordinates, else the first with a type, else the first foreign one. */
function tellingAnnotation(bytes: Uint8Array, at: number): AnnotationLook | undefined {
  let best: AnnotationLook | undefined
  let seen = 0
  walkElements(bytes, at, (start) => {
    const look = lookAtAnnotation(bytes, start)
    if (look !== undefined && rank(look) > rank(best)) best = look
    return rank(best) < 3 && ++seen < MOST
  })
  return best
}

function rank(look: AnnotationLook | undefined): number {
  if (look?.typed === true) return look.coordinates ? 3 : 2
  return look?.foreign === undefined ? 0 : 1
}
