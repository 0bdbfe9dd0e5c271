import type { Attributes, AttributeValue } from '../../definitions/index.js'
import { parseJson } from '../../text/json-value.js'
import type { ElementFields } from './element.js'

/**
 * The `attributes` object that CVAT and Datumaro add to annotations. Undefined when a value is nothing an attribute can
 * hold (an object, null, a number beyond a double): then the whole object stays a foreign field.
 */
export function readAttributes(element: ElementFields, index: number): Attributes | undefined {
  if (element.kind(index) !== 'object') return undefined
  const value = parseJson(element.bytes, element.starts[index] as number, element.ends[index] as number, {
    nonFinite: 'accept',
  })
  const attributes: Record<string, AttributeValue> = Object.create(null)
  for (const [key, entry] of Object.entries(value as object)) {
    if (!isAttribute(entry)) return undefined
    attributes[key] = entry
  }
  return attributes
}

function isAttribute(value: unknown): value is AttributeValue {
  if (typeof value === 'number')
    return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value))
  if (typeof value === 'string' || typeof value === 'boolean') return true
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string')
}
