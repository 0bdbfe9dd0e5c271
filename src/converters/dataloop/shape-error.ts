import type { Attributes } from '../../definitions/index.js'
import { AnnotationError, type ErrorCode } from '../../errors.js'
import type { JsonValue } from '../../text/json-value.js'

/** What every definition is made from beside its coordinates. */
export interface Naming {
  readonly label: string
  readonly attributes?: Attributes | undefined
  readonly description?: string | undefined
}

/** Coordinates that are not what their type has. The pointer is that of the value below the annotation. */
export function shapeError(
  pointer: string,
  expected: string,
  got: JsonValue | undefined,
  code: ErrorCode = 'invalid-value',
): AnnotationError {
  return new AnnotationError(code, 'bad coordinates', { place: { pointer }, expected, got: shown(got) })
}

function shown(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
