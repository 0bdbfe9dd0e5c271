import { AnnotationError } from '../errors.js'
import { Mask } from './mask.js'

// Truth tables: bit (a + 2·b) is the result for foreground a and b. Bit 0 is always 0: nothing comes of nothing.
const UNION = 0b1110
const INTERSECTION = 0b1000
const DIFFERENCE = 0b0010
const XOR = 0b0110

/**
 * The pixels of any of the masks.
 * @throws AnnotationError `mask-size` for masks of different sizes; TypeError for an empty list, which has no size.
 */
export function union(masks: readonly Mask[]): Mask {
  return reduce(masks, UNION)
}

/** The pixels of all the masks. Throws as {@link union}. */
export function intersection(masks: readonly Mask[]): Mask {
  return reduce(masks, INTERSECTION)
}

/** The pixels of `a` that are not of `b`. @throws AnnotationError `mask-size` for masks of different sizes. */
export function difference(a: Mask, b: Mask): Mask {
  return combine(a, b, DIFFERENCE)
}

/** The pixels of one but not of both. @throws AnnotationError `mask-size` for masks of different sizes. */
export function xor(a: Mask, b: Mask): Mask {
  return combine(a, b, XOR)
}

/** The pixels that are not of the mask, on the same canvas. */
export function complement(mask: Mask): Mask {
  const { width, height, runs } = mask
  if (width * height === 0) return mask
  if (runs[0] === 0) return Mask.trusted(width, height, runs.slice(1))
  const shifted = new Int32Array(runs.length + 1)
  shifted.set(runs, 1)
  return Mask.trusted(width, height, shifted)
}

/** How many pixels both have. @throws AnnotationError `mask-size` for masks of different sizes. */
export function intersectionArea(a: Mask, b: Mask): number {
  sameSize(a, b)
  return apart(a, b) ? 0 : sharedArea(a.runs, b.runs)
}

/** How many pixels are foreground in both of two canonical runs of one size, neither without foreground. */
export function sharedArea(x: Int32Array, y: Int32Array): number {
  let i = 1
  let j = 1
  let area = 0
  // Foreground intervals [start, end) of either; the one that ends first is done with.
  let startA = x[0] as number
  let endA = startA + (x[1] as number)
  let startB = y[0] as number
  let endB = startB + (y[1] as number)
  for (;;) {
    const shared = (endA < endB ? endA : endB) - (startA > startB ? startA : startB)
    if (shared > 0) area += shared
    if (endA <= endB) {
      i += 2
      if (i >= x.length) return area
      startA = endA + (x[i - 1] as number)
      endA = startA + (x[i] as number)
    } else {
      j += 2
      if (j >= y.length) return area
      startB = endB + (y[j - 1] as number)
      endB = startB + (y[j] as number)
    }
  }
}

/**
 * Intersection over union, 0 when the masks share nothing (two empty masks too). With `crowd` the divisor is the area of
 * `a` alone, as COCO matches a detection `a` against a crowd region `b`. Rule: rleIou in cocoapi common/maskApi.c.
 * @throws AnnotationError `mask-size` for masks of different sizes.
 */
export function iou(a: Mask, b: Mask, crowd = false): number {
  const shared = intersectionArea(a, b)
  if (shared === 0) return 0
  return shared / (crowd ? a.area : a.area + b.area - shared)
}

/** Whether one is empty or their boxes do not meet. */
function apart(a: Mask, b: Mask): boolean {
  const p = a.bounds
  const q = b.bounds
  if (p === null || q === null) return true
  return p.right <= q.left || q.right <= p.left || p.bottom <= q.top || q.bottom <= p.top
}

/** @throws AnnotationError `mask-size` for masks of different sizes. */
export function sameSize(a: Mask, b: Mask): void {
  if (a.width !== b.width || a.height !== b.height) {
    throw new AnnotationError('mask-size', 'masks of different sizes cannot be combined', {
      expected: `${a.width} × ${a.height}`,
      got: `${b.width} × ${b.height}`,
    })
  }
}

/** Pairs first, then pairs of pairs: no mask is walked more than log2(n) times. */
function reduce(masks: readonly Mask[], table: number): Mask {
  let level = masks
  if (level.length === 0) throw new TypeError('at least one mask is needed')
  while (level.length > 1) {
    const next: Mask[] = []
    for (let i = 0; i < level.length; i += 2) {
      const a = level[i] as Mask
      const b = level[i + 1]
      next.push(b === undefined ? a : combine(a, b, table))
    }
    level = next
  }
  return level[0] as Mask
}

function combine(a: Mask, b: Mask, table: number): Mask {
  sameSize(a, b)
  const total = a.width * a.height
  const x = a.runs
  const y = b.runs
  const out = new Int32Array(x.length + y.length)
  let used = 0
  let written = 0
  let i = 1
  let j = 1
  let endA = x[0] as number
  let endB = y[0] as number
  let state = 0
  let foreground = 0
  // Walks the places where either changes; at `total` both end.
  for (;;) {
    const at = endA < endB ? endA : endB
    if (at === total) break
    if (endA === at) {
      endA += x[i++] as number
      state ^= 1
    }
    if (endB === at) {
      endB += y[j++] as number
      state ^= 2
    }
    const value = (table >> state) & 1
    if (value !== foreground) {
      out[used++] = at - written
      written = at
      foreground = value
    }
  }
  // Changes lie before `total`, so the last run is not empty but where there are no pixels.
  out[used++] = total - written
  return Mask.trusted(a.width, a.height, out.slice(0, used))
}
