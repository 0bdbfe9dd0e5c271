import { AnnotationError } from '../errors.js'

/** What a message shows of a value: JSON for plain values, cut at 40 characters, else what it is. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'function') return 'a function'
  return String(value)
}

/** The error of a field that does not hold what a definition needs: code `definition-field`. */
export function fieldError(type: string, field: string, expected: string, got: unknown): AnnotationError {
  return new AnnotationError('definition-field', `${field} of ${type}`, { expected, got: show(got) })
}

/** `value` when it is a finite number. @throws AnnotationError `definition-field` */
export function finiteField(value: unknown, type: string, field: string): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw fieldError(type, field, 'a finite number', value)
  return value
}

/** `value` when it is a finite number of at least 0. @throws AnnotationError `definition-field` */
export function sizeField(value: unknown, type: string, field: string): number {
  const size = finiteField(value, type, field)
  if (size < 0) throw fieldError(type, field, 'a number of at least 0', value)
  return size
}

/** `value` when it is an integer of at least 0. @throws AnnotationError `definition-field` */
export function countField(value: unknown, type: string, field: string): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw fieldError(type, field, 'an integer of at least 0', value)
  }
  return value as number
}

/** `value` when it is a string, empty or not. @throws AnnotationError `definition-field` */
export function textField(value: unknown, type: string, field: string): string {
  if (typeof value !== 'string') throw fieldError(type, field, 'a string', value)
  return value
}
