import { AnnotationError, type ErrorCode } from '../errors.js'

/** The most pixels a mask can have: runs and linear indices are 32-bit signed integers. */
export const MOST_PIXELS = 2 ** 31 - 1

/**
 * Width times height.
 * @throws AnnotationError `code` unless both are integers >= 0 whose product is at most {@link MOST_PIXELS}.
 */
export function pixelCount(width: number, height: number, code: ErrorCode): number {
  const total = width * height
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 0 || height < 0 || total > MOST_PIXELS) {
    throw new AnnotationError(code, 'the size of a mask is not usable', {
      expected: `width and height as integers >= 0 with at most ${MOST_PIXELS} pixels`,
      got: `width ${width}, height ${height}`,
    })
  }
  return total
}
