import type { JsonValue } from '../../text/json-value.js'

/** A JSON object. Its names may be anything, `__proto__` included: read it with {@link fieldOf}. */
export type JsonRecord = Readonly<Record<string, JsonValue>>

/** The value as an object, or undefined. */
export function recordOf(value: JsonValue | undefined): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined
}

/** The value as a list, or undefined. */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** What an object has of its own under a name. */
export function fieldOf(record: JsonRecord | undefined, name: string): JsonValue | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined
}

export function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A finite number, or undefined. */
export function numberOf(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}
