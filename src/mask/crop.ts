import { AnnotationError } from '../errors.js'
import type { Bounds } from '../geometry/bounds.js'
import type { Orientation } from '../geometry/orientation.js'
import { difference, union } from './algebra.js'
import { Mask } from './mask.js'
import { orientMask, shiftMask } from './transform.js'

/**
 * The part of a mask in a half-open box of integer sides, as a mask of the box's size. What of the box lies off the canvas is
 * background.
 * @throws AnnotationError `mask-size` for a side that is no integer or a box with swapped sides.
 */
export function cropMask(mask: Mask, bounds: Bounds): Mask {
  const { left, top, right, bottom } = bounds
  if (![left, top, right, bottom].every(Number.isInteger) || right < left || bottom < top) {
    throw new AnnotationError('mask-size', 'a mask cannot be cropped to this box', {
      expected: 'integers, left <= right, top <= bottom',
      got: `${left}, ${top}, ${right}, ${bottom}`,
    })
  }
  return shiftMask(mask, -left, -top, right - left, bottom - top)
}

/**
 * The mask `target` with the rectangle that `patch` covers, its top left pixel at (left, top), replaced by `patch`,
 * background included. What falls off the canvas is cut. To add pixels only, unite with the shifted patch.
 * @throws AnnotationError `transform-unsupported` when left or top is no integer.
 */
export function pasteMask(target: Mask, patch: Mask, left: number, top: number): Mask {
  const { width, height } = target
  const moved = shiftMask(patch, left, top, width, height)
  const box = { left, top, right: left + patch.width, bottom: top + patch.height }
  return union([difference(target, Mask.fromBounds(width, height, box)), moved])
}

/**
 * The mirror image: `horizontal` swaps left and right, `vertical` top and bottom.
 * @throws TypeError for another direction.
 */
export function flipMask(mask: Mask, direction: 'horizontal' | 'vertical'): Mask {
  if (direction !== 'horizontal' && direction !== 'vertical') {
    throw new TypeError(`direction must be horizontal or vertical, got ${String(direction)}`)
  }
  return orientMask(mask, direction === 'horizontal' ? 2 : 4)
}

/** The orientations that are quarter turns clockwise. */
const TURNED: readonly Orientation[] = [1, 6, 3, 8]

/**
 * The mask turned clockwise on screen by that many quarter turns; negative ones turn back. Odd ones swap width and height.
 * @throws TypeError for a number of turns that is no integer.
 */
export function rotateMask(mask: Mask, quarterTurns: number): Mask {
  if (!Number.isInteger(quarterTurns)) throw new TypeError(`quarter turns must be an integer, got ${quarterTurns}`)
  return orientMask(mask, TURNED[((quarterTurns % 4) + 4) % 4] as Orientation)
}
