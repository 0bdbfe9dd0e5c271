import type { AnnotationError, ErrorCode } from '../../src/errors.js'

/** Code and sentence of the error of `make`; undefined when it has none. */
export function failure(make: () => unknown): { code: ErrorCode; message: string } | undefined {
  try {
    make()
    return undefined
  } catch (error) {
    const { code, message } = error as AnnotationError
    return { code, message }
  }
}
