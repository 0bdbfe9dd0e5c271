import { type Attributes, type AttributeValue, attributesEqual, NO_ATTRIBUTES } from '../../definitions/attributes.js'
import { decodeUtf8, encodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanFields } from '../../text/json-fields.js'
import { type JsonValue, parseJson } from '../../text/json-value.js'
import { jsonText } from '../../text/json-write.js'

/** An `attributes` object as read. */
export interface AttributesReading {
  readonly attributes: Attributes
  /** Whether writing the attributes gives the same keys in the same order. */
  readonly exact: boolean
  /** Names that are there twice. */
  readonly repeated: ReadonlySet<string>
}

/**
 * The `attributes` object that CVAT and Datumaro add to annotations, from its JSON text. Undefined when a value is nothing
 * an attribute can hold (an object, null, a number beyond a double): then the whole object stays a foreign field.
 * @throws AnnotationError `json-syntax`
 */
export function readAttributes(bytes: Uint8Array, start: number, end: number): AttributesReading | undefined {
  if (jsonKindAt(bytes, start) !== 'object') return undefined
  const value = parseJson(bytes, start, end, { nonFinite: 'accept' }) as Readonly<Record<string, JsonValue>>
  const attributes: Record<string, AttributeValue> = Object.create(null)
  const names = new Set<string>()
  const repeated = new Set<string>()
  let sound = true
  scanFields(bytes, start, end, (name, from, to) => {
    const entry = value[name]
    if (names.has(name)) repeated.add(name)
    names.add(name)
    if (isAttribute(entry) && (typeof entry !== 'number' || isExact(decodeUtf8(bytes, from, to))))
      attributes[name] = entry
    else sound = false
  })
  if (!sound) return undefined
  // JavaScript puts names that look like array indices first.
  const order = [...names]
  const exact = Object.keys(attributes).every((name, i) => order[i] === name)
  return { attributes, exact: exact && repeated.size === 0, repeated }
}

function isAttribute(value: JsonValue | undefined): value is AttributeValue {
  if (typeof value === 'number') return Number.isFinite(value)
  if (typeof value === 'string' || typeof value === 'boolean') return true
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}

/** Whether a double says as much as the text; of texts with a point or an exponent nobody expects more. */
function isExact(text: string): boolean {
  if (text.length <= 15 || !/^-?[0-9]+$/.test(text)) return true
  const value = Number(text)
  return String(value) === text || BigInt(text) === BigInt(value)
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
