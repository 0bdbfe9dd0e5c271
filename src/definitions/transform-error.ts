import { AnnotationError } from '../errors.js'
import type { Affine } from '../geometry/affine.js'

/** The error of a map that a type cannot follow exactly: code `transform-unsupported`. */
export function transformError(type: string, expected: string, fix: string): AnnotationError {
  return new AnnotationError('transform-unsupported', `transforming a ${type}`, { expected, got: 'another map', fix })
}

/** @throws AnnotationError `transform-unsupported` when a coefficient of `m` is not finite. */
export function requireFinite(m: Affine, type: string): void {
  if (!Number.isFinite(m.a + m.b + m.c + m.d + m.e + m.f)) {
    throw transformError(type, 'finite coefficients', 'Check the sizes the map was computed from.')
  }
}
