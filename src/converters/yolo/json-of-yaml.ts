import { numberText } from '../../text/json-number.js'
import { jsonString } from '../../text/json-write.js'

/**
 * A value read from YAML as JSON text: maps as objects with their keys as texts, and what JSON has no word for (infinities)
 * as the text Python prints.
 */
export function jsonOfYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonOfYaml).join(',')}]`
  if (value instanceof Map) {
    const members = [...value].map(([key, member]) => `${jsonString(String(key))}:${jsonOfYaml(member)}`)
    return `{${members.join(',')}}`
  }
  switch (typeof value) {
    case 'string':
      return jsonString(value)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'bigint':
      return String(value)
    case 'number':
      return Number.isFinite(value)
        ? numberText(value)
        : jsonString(Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf')
    default:
      return 'null'
  }
}
