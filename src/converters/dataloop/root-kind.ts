import type { JsonValue } from '../../text/json-value.js'
import { fieldOf, type JsonRecord, listOf, recordOf, textOf } from './json-record.js'

/** What a value of a JSON file is, to this format. */
export type ElementKind = 'item' | 'annotation' | 'other'

/** Keys of annotated pictures in other formats that also have "annotations". */
const FOREIGN = ['images', 'categories', 'data', 'image', 'shapes', 'assets', 'predictions', 'version']

/** Whether a value is an item with its annotations, or an annotation. */
export function kindOfElement(value: JsonValue | undefined): ElementKind {
  const record = recordOf(value)
  if (record === undefined) return 'other'
  if (isAnnotation(record)) return 'annotation'
  const annotations = listOf(fieldOf(record, 'annotations'))
  const filename = textOf(fieldOf(record, 'filename'))
  if (annotations === undefined)
    return filename !== undefined && (Object.hasOwn(record, 'metadata') || Object.hasOwn(record, 'annotations'))
      ? 'item'
      : 'other'
  if (FOREIGN.some((key) => Object.hasOwn(record, key)) && filename === undefined) return 'other'
  const [first] = annotations
  if (first === undefined) return 'item'
  return filename !== undefined || annotations.some((element) => isAnnotationLike(recordOf(element))) ? 'item' : 'other'
}

function isAnnotation(record: JsonRecord): boolean {
  return (
    textOf(fieldOf(record, 'type')) !== undefined &&
    Object.hasOwn(record, 'label') &&
    !Object.hasOwn(record, 'annotations')
  )
}

function isAnnotationLike(record: JsonRecord | undefined): boolean {
  return record !== undefined && Object.hasOwn(record, 'type') && Object.hasOwn(record, 'label')
}
