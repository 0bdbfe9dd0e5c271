import { sameSize, sharedArea } from './algebra.js'
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
  const first = a[0]
  const other = b[0]
  if (first === undefined || other === undefined) return matrix
  for (const mask of b) sameSize(first, mask)
  for (const mask of a) sameSize(mask, other)
  const p = boxes(a)
  const q = boxes(b)
  let entry = 0
  for (let i = 0; i < p.length; i += 4) {
    const left = p[i] as number
    const top = p[i + 1] as number
    const right = p[i + 2] as number
    const bottom = p[i + 3] as number
    for (let k = 0; k < q.length; k += 4, entry++) {
      if (left >= (q[k + 2] as number) || (q[k] as number) >= right) continue
      if (top >= (q[k + 3] as number) || (q[k + 1] as number) >= bottom) continue
      const mask = a[i >> 2] as Mask
      const against = b[k >> 2] as Mask
      const shared = sharedArea(mask.runs, against.runs)
      if (shared === 0) continue
      matrix[entry] = shared / (crowd?.[k >> 2] === true ? mask.area : mask.area + against.area - shared)
    }
  }
  return matrix
}

/** Left, top, right, bottom of each mask; all 0, which meets nothing, for an empty one. */
function boxes(masks: readonly Mask[]): Int32Array {
  const sides = new Int32Array(masks.length * 4)
  for (const [i, { bounds }] of masks.entries()) {
    if (bounds === null) continue
    sides[i * 4] = bounds.left
    sides[i * 4 + 1] = bounds.top
    sides[i * 4 + 2] = bounds.right
    sides[i * 4 + 3] = bounds.bottom
  }
  return sides
}
