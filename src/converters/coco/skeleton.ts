import type { Skeleton } from '../../dataset/labels.js'
import type { JsonValue } from '../../text/json-value.js'

/**
 * The skeleton a category's "keypoints" and "skeleton" say. COCO joins key points by numbers from 1; pairs that name no
 * key point are not edges. Undefined when the key points are no list of names.
 */
export function skeletonOf(keypoints: JsonValue, pairs: JsonValue | undefined): Skeleton | undefined {
  if (!Array.isArray(keypoints) || !keypoints.every((name) => typeof name === 'string')) return undefined
  const edges: [number, number][] = []
  for (const pair of Array.isArray(pairs) ? pairs : []) {
    const [a, b]: readonly unknown[] = Array.isArray(pair) ? pair : []
    if (isNumberOf(a, keypoints.length) && isNumberOf(b, keypoints.length)) edges.push([a - 1, b - 1])
  }
  return { keypoints, edges }
}

function isNumberOf(value: unknown, count: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= count
}
