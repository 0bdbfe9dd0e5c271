import { iou } from './algebra.js'
import type { Mask } from './mask.js'

/**
 * The IoU of every mask of `a` with every mask of `b`, row by row: entry `i * b.length + k` is that of `a[i]` and `b[k]`.
 * Where `crowd[k]` is set, the divisor is the area of `a[i]` alone, as COCO matches detections against crowd regions.
 * Pairs whose boxes do not meet cost nothing.
 * @throws AnnotationError `mask-size` for masks of different sizes; TypeError when `crowd` is given and has another
 * length than `b`.
 */
export function iouMatrix(a: readonly Mask[], b: readonly Mask[], crowd?: readonly boolean[]): Float64Array {
  if (crowd !== undefined && crowd.length !== b.length) {
    throw new TypeError(`${crowd.length} crowd flags for ${b.length} masks`)
  }
  const matrix = new Float64Array(a.length * b.length)
  for (const [i, first] of a.entries()) {
    for (const [k, second] of b.entries()) matrix[i * b.length + k] = iou(first, second, crowd?.[k] === true)
  }
  return matrix
}
