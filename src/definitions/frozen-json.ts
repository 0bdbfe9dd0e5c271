import type { JsonValue } from '../text/json-value.js'
import { fieldError } from './field.js'

/** Deeper nesting than this is refused: it is a cycle or an attack, and recursion must end. */
const MAX_DEPTH = 512

/** Values made here, which nobody can change: shared instead of copied again. */
const owned = new WeakSet<object>()

/**
 * A copy of `value`, frozen to the bottom; objects in it have no prototype, so that any name is just a name.
 * Properties that are `undefined` are left out, as in JSON. A value made here comes back itself.
 * @throws AnnotationError `definition-field` for what JSON cannot hold (NaN, functions, class instances, cycles).
 */
export function frozenJson(value: unknown, type: string, field: string): JsonValue {
  if (typeof value === 'object' && value !== null && owned.has(value)) return value as JsonValue
  const result = copy(value, type, field, 0)
  if (typeof result === 'object' && result !== null) owned.add(result)
  return result
}

function copy(value: unknown, type: string, field: string, depth: number): JsonValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (depth >= MAX_DEPTH) throw fieldError(type, field, `JSON of at most ${MAX_DEPTH} levels`, value)
  if (Array.isArray(value)) return Object.freeze(Array.from(value, (element) => copy(element, type, field, depth + 1)))
  if (typeof value === 'object' && isPlain(value)) {
    const result: Record<string, JsonValue> = Object.create(null)
    for (const [name, property] of Object.entries(value)) {
      if (property !== undefined) result[name] = copy(property, type, `${field}.${name}`, depth + 1)
    }
    return Object.freeze(result)
  }
  throw fieldError(type, field, 'a JSON value', value)
}

function isPlain(value: object): boolean {
  // Not compared with Object.prototype: an object of another realm (a worker, a frame) is as plain.
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/** Whether both are the same JSON value; the order of names does not matter. */
export function jsonEqual(a: JsonValue, b: JsonValue): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isList(a) || isList(b)) {
    if (!isList(a) || !isList(b) || a.length !== b.length) return false
    return a.every((element, index) => jsonEqual(element, b[index] as JsonValue))
  }
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  return names.every((name) => Object.hasOwn(b, name) && jsonEqual(a[name] as JsonValue, b[name] as JsonValue))
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value)
}
