import { AnnotationError } from '../errors.js'

/** One byte a pixel; a Uint8ClampedArray is what a canvas has. */
export type DensePixels = Uint8Array | Uint8ClampedArray

/**
 * The bytes of dense pixels, not copied.
 * @throws TypeError for anything but bytes: wider numbers would be read as several pixels each. AnnotationError
 * `mask-size` when they are not width × height.
 */
export function checkedPixels(data: DensePixels, width: number, height: number): Uint8Array {
  if (!(data instanceof Uint8Array || data instanceof Uint8ClampedArray)) {
    throw new TypeError('the pixels must be a Uint8Array or a Uint8ClampedArray')
  }
  if (data.length !== width * height) {
    throw new AnnotationError('mask-size', 'the pixels do not fill the mask', {
      expected: `${width * height} bytes (${width} wide, ${height} high)`,
      got: `${data.length}`,
    })
  }
  return data instanceof Uint8Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length)
}

/** The threshold itself. @throws TypeError when it is no number. */
export function checkedThreshold(threshold: number): number {
  if (typeof threshold === 'number' && !Number.isNaN(threshold)) return threshold
  throw new TypeError(`threshold must be a number, got ${String(threshold)}`)
}
