import type { Attributes, AttributeValue } from '../../definitions/index.js'
import type { JsonValue } from '../../text/json-value.js'
import { fieldOf, type JsonRecord, listOf, numberOf, recordOf, textOf } from './json-record.js'
import type { Naming } from './shape-error.js'

/** What a drawn annotation without a label is called. */
export const UNLABELLED = 'unlabelled'

/** Types whose label may be empty. */
const FREE = new Set(['item_description'])

/** The label an annotation has in the model. `needed`: its type cannot do without one. */
export function labelIn(record: JsonRecord, type: string, needed: boolean): string {
  const label = textOf(fieldOf(record, 'label')) ?? ''
  return label === '' && needed && !FREE.has(type) ? UNLABELLED : label
}

/** Label, attributes and description of an annotation. */
export function namingIn(record: JsonRecord, system: JsonRecord | undefined, label: string): Naming {
  return {
    label,
    attributes: attributesIn(fieldOf(record, 'attributes'), fieldOf(system, 'attributes')),
    description: textOf(fieldOf(record, 'description')),
  }
}

/**
 * Attributes by key from `metadata.system.attributes`, and the names of the older list as true. What is no attribute value
 * (a null left by a deletion) is no attribute; its text is kept with the annotation.
 */
export function attributesIn(listed: JsonValue | undefined, keyed: JsonValue | undefined): Attributes | undefined {
  const names = (listOf(listed) ?? []).filter((name) => typeof name === 'string')
  const record = recordOf(keyed)
  const entries = record === undefined ? [] : Object.entries(record)
  if (names.length === 0 && entries.length === 0) return undefined
  const attributes: Record<string, AttributeValue> = Object.create(null)
  for (const name of names) attributes[name] = true
  for (const [name, value] of entries) {
    const number = numberOf(value)
    if (typeof value === 'string' || typeof value === 'boolean') attributes[name] = value
    else if (number !== undefined) attributes[name] = number
    else {
      const choices = listOf(value)
      if (choices?.every((choice) => typeof choice === 'string')) attributes[name] = choices as readonly string[]
    }
  }
  return attributes
}
