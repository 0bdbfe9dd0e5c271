import { AnnotationError } from '../errors.js'
import { show } from './field.js'

/** One attribute: free text, a number (always finite), yes/no, or a list of choices. */
export type AttributeValue = string | number | boolean | readonly string[]

/** Attributes by name. Frozen, with no prototype, so that `__proto__` or `constructor` are names like any other. */
export type Attributes = Readonly<Record<string, AttributeValue>>

/** The attributes of everything that has none: one shared frozen object. */
export const NO_ATTRIBUTES: Attributes = Object.freeze(Object.create(null))

/** Objects made here: frozen to the bottom, so they are shared instead of copied again. */
const owned = new WeakSet<Attributes>([NO_ATTRIBUTES])

/**
 * A frozen copy of `attributes` (the very object when it was made here before).
 * @throws AnnotationError `definition-field` when a value is none of {@link AttributeValue}.
 */
export function ownAttributes(attributes: Attributes | undefined, type: string): Attributes {
  if (attributes === undefined || owned.has(attributes)) return attributes ?? NO_ATTRIBUTES
  if (typeof attributes !== 'object' || attributes === null || Array.isArray(attributes)) {
    throw new AnnotationError('definition-field', `attributes of ${type}`, {
      expected: 'an object of names and values',
      got: show(attributes),
    })
  }
  const names = Object.keys(attributes)
  if (names.length === 0) return NO_ATTRIBUTES
  const copy: Record<string, AttributeValue> = Object.create(null)
  for (const name of names) copy[name] = ownValue(attributes[name], name, type)
  Object.freeze(copy)
  owned.add(copy)
  return copy
}

function ownValue(value: unknown, name: string, type: string): AttributeValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (Array.isArray(value) && value.every((choice) => typeof choice === 'string')) return Object.freeze([...value])
  throw new AnnotationError('definition-field', `attribute ${show(name)} of ${type}`, {
    expected: 'a string, a finite number, a boolean or a list of strings',
    got: show(value),
  })
}

/** Whether both hold the same names with the same values, in any order of names; lists compare in order. */
export function attributesEqual(a: Attributes, b: Attributes): boolean {
  if (a === b) return true
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  for (const name of names) {
    // No prototype, no undefined values: a name that is missing gives undefined, which equals nothing.
    if (!valuesEqual(a[name], b[name])) return false
  }
  return true
}

function valuesEqual(a: AttributeValue | undefined, b: AttributeValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a.length !== b.length) return false
  return a.every((choice, index) => choice === b[index])
}
