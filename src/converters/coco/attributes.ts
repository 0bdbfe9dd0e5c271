import { type Attributes, type AttributeValue, attributesEqual, NO_ATTRIBUTES } from '../../definitions/attributes.js'
import { encodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanFields } from '../../text/json-fields.js'
import { parseJson } from '../../text/json-value.js'
import { jsonText } from '../../text/json-write.js'

/** An `attributes` object as read. */
export interface AttributesReading {
  readonly attributes: Attributes
  /** Whether writing the attributes gives the same keys in the same order. */
  readonly exact: boolean
  /** A name that is there twice. */
  readonly repeated: string | undefined
}

/**
 * The `attributes` object that CVAT and Datumaro add to annotations, from its JSON text. Undefined when a value is nothing
 * an attribute can hold (an object, null, a number beyond a double): then the whole object stays a foreign field.
 * @throws AnnotationError `json-syntax`
 */
export function readAttributes(bytes: Uint8Array, start: number, end: number): AttributesReading | undefined {
  if (jsonKindAt(bytes, start) !== 'object') return undefined
  const value = parseJson(bytes, start, end, { nonFinite: 'accept' })
  const attributes: Record<string, AttributeValue> = Object.create(null)
  for (const [key, entry] of Object.entries(value as object)) {
    if (!isAttribute(entry)) return undefined
    attributes[key] = entry
  }
  const names: string[] = []
  scanFields(bytes, start, end, (name) => names.push(name))
  // JavaScript puts names that look like array indices first.
  const exact = Object.keys(attributes).every((name, i) => names[i] === name)
  const repeated = names.find((name, i) => names.indexOf(name) !== i)
  return { attributes, exact: exact && repeated === undefined, repeated }
}

function isAttribute(value: unknown): value is AttributeValue {
  if (typeof value === 'number')
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  if (typeof value === 'string' || typeof value === 'boolean') return true
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

/** JSON text of attributes: the source's own as long as it says the same. `replaces`: the source said something that is lost. */
export function attributesText(
  attributes: Attributes,
  source: string | undefined,
): { readonly text: string; readonly replaces: boolean } {
  const bytes = encodeUtf8(source ?? '')
  const said = source === undefined ? undefined : readAttributes(bytes, 0, bytes.length)
  if (source !== undefined && attributesEqual(said?.attributes ?? NO_ATTRIBUTES, attributes))
    return { text: source, replaces: false }
  return {
    text: jsonText({ ...attributes }),
    replaces: source !== undefined && said === undefined && source !== 'null',
  }
}
