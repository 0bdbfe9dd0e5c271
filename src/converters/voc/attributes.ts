import type { Attributes, AttributeValue } from '../../definitions/index.js'
import { jsonText } from '../../text/json-write.js'
import { escapedText } from './xml-characters.js'
import { child, type XmlElement } from './xml-tree.js'

// CVAT and Datumaro write attributes as a list of names and texts. What is no text (a number, yes or no, a list of choices)
// is written as JSON and says so, because nothing else would tell `true` from "true".

const JSON_VALUE = /^type\s*=\s*["']json["']$/

/**
 * The attributes of an `attributes` element; undefined when it is anything else than a list of names and values, such as
 * the Python text dtlpy writes. Of two with one name the last holds.
 */
export function readAttributes(element: XmlElement): Attributes | undefined {
  if (element.elements.length === 0 || element.text !== '') return undefined
  const attributes: Record<string, AttributeValue> = Object.create(null)
  for (const attribute of element.elements) {
    const name = child(attribute, 'name')
    const value = child(attribute, 'value')
    if (attribute.name !== 'attribute' || name === undefined || value === undefined || value.elements.length > 0)
      return undefined
    attributes[name.text] = attributeValue(value)
  }
  return attributes
}

/** The element for attributes, in one line. `holdable` makes texts such that XML can hold them. */
export function attributesXml(attributes: Attributes, holdable: (text: string) => string = asItIs): string {
  const xmlText = (text: string): string => escapedText(holdable(text))
  const all = Object.entries(attributes).map(([name, value]) => {
    const text = typeof value === 'string' ? value : jsonText(value)
    const type = typeof value === 'string' ? '' : ' type="json"'
    return `<attribute><name>${xmlText(name)}</name><value${type}>${xmlText(text)}</value></attribute>`
  })
  return `<attributes>${all.join('')}</attributes>`
}

function asItIs(text: string): string {
  return text
}

function attributeValue({ text, attributes }: XmlElement): AttributeValue {
  if (!JSON_VALUE.test(attributes)) return text
  try {
    const value: unknown = JSON.parse(text)
    const fits =
      typeof value === 'string' ||
      typeof value === 'boolean' ||
      (typeof value === 'number' && Number.isFinite(value)) ||
      (Array.isArray(value) && value.every((one) => typeof one === 'string'))
    return fits ? (value as AttributeValue) : text
  } catch {
    return text
  }
}
