import type { JsonValue } from '../../text/json-value.js'

// YAML that YAML 1.1 (PyYAML, which Ultralytics uses) and YAML 1.2 read alike: every text in double quotes, every number
// plain, class numbers as plain integers.

/** Words that YAML 1.1 takes for something else than a text. */
const WORDS = /^(?:y|yes|n|no|on|off|true|false|null|nan|inf)$/i
/** Control characters, what YAML takes for line ends, and the byte order mark. */
const UNSAFE = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A text in double quotes. JSON's escapes are YAML's too; the characters above need escapes besides. */
export function yamlString(text: string): string {
  return JSON.stringify(text).replace(
    UNSAFE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

export function yamlKey(key: string): string {
  if (/^(?:0|[1-9][0-9]{0,15})$/.test(key)) return key
  return /^[A-Za-z_][\w-]*$/.test(key) && !WORDS.test(key) ? key : yamlString(key)
}

/** One line of flow style. */
export function yamlValue(value: JsonValue): string {
  if (typeof value === 'string') return yamlString(value)
  if (Array.isArray(value)) return `[${value.map(yamlValue).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).map(([key, member]) => `${yamlKey(key)}: ${yamlValue(member)}`)
    return `{${members.join(', ')}}`
  }
  return typeof value === 'number' ? yamlNumber(value) : String(value)
}

/** A key of the document with its value; a map of texts or numbers stands on lines of its own. */
export function yamlEntry(key: string, value: JsonValue): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length === 0)
    return `${yamlKey(key)}: ${yamlValue(value)}\n`
  const lines = Object.entries(value).map(([member, text]) => `  ${yamlKey(member)}: ${yamlValue(text)}\n`)
  return `${yamlKey(key)}:\n${lines.join('')}`
}

/** PyYAML takes `1e-7` for a text: it wants a point before the exponent and a sign after it. */
function yamlNumber(value: number): string {
  const text = String(value)
  return text.includes('e') && !text.includes('.') ? text.replace('e', '.0e') : text
}
