import type { Affine } from './affine.js'

/** The values of the EXIF tag 0x0112: how stored pixels must be turned and mirrored to be displayed upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

type Linear = readonly [a: number, b: number, c: number, d: number]

// What each value does to a direction: x' = a·x + c·y, y' = b·x + d·y (EXIF 2.32, tag Orientation).
const LINEAR: readonly (readonly [Orientation, Linear])[] = [
  [1, [1, 0, 0, 1]],
  [2, [-1, 0, 0, 1]], // mirrored left-right
  [3, [-1, 0, 0, -1]], // half turn
  [4, [1, 0, 0, -1]], // mirrored top-bottom
  [5, [0, 1, 1, 0]], // transposed
  [6, [0, 1, -1, 0]], // quarter turn clockwise
  [7, [0, -1, -1, 0]], // transposed along the other diagonal
  [8, [0, -1, 1, 0]], // quarter turn anticlockwise
]

function linearOf(orientation: Orientation): Linear {
  const entry = LINEAR[orientation - 1]
  if (entry === undefined) throw new TypeError(`orientation must be an integer from 1 to 8, got ${String(orientation)}`)
  return entry[1]
}

/**
 * The transform from stored pixels, in an image stored as `width` × `height`, to displayed pixels. All numbers are exact.
 * Rule: EXIF 2.32, tag Orientation.
 * @throws TypeError for an orientation that is no integer from 1 to 8.
 */
export function orientationAffine(orientation: Orientation, width: number, height: number): Affine {
  const [a, b, c, d] = linearOf(orientation)
  // A direction that turns round is measured from the far side, so that the image lands on the displayed canvas.
  const e = (a < 0 ? width : 0) + (c < 0 ? height : 0)
  const f = (b < 0 ? width : 0) + (d < 0 ? height : 0)
  return { a, b, c, d, e, f }
}

/**
 * The displayed size, in pixels, of an image stored as `width` × `height`: 5 to 8 swap the sides. Throws as
 * {@link orientationAffine}.
 */
export function orientedSize(
  orientation: Orientation,
  width: number,
  height: number,
): { readonly width: number; readonly height: number } {
  return linearOf(orientation)[0] === 0 ? { width: height, height: width } : { width, height }
}

/**
 * The orientation that undoes `orientation`: 6 and 8 undo each other, the rest undo themselves. Throws as
 * {@link orientationAffine}.
 */
export function inverseOrientation(orientation: Orientation): Orientation {
  linearOf(orientation)
  if (orientation === 6) return 8
  if (orientation === 8) return 6
  return orientation
}

/** The one orientation that has the effect of `first`, then `second`. Throws as {@link orientationAffine}. */
export function composeOrientations(second: Orientation, first: Orientation): Orientation {
  const [a, b, c, d] = linearOf(first)
  const [p, q, r, s] = linearOf(second)
  const want: Linear = [p * a + r * b, q * a + s * b, p * c + r * d, q * c + s * d]
  for (const [orientation, linear] of LINEAR) {
    if (linear.every((value, i) => value === want[i])) return orientation
  }
  throw new TypeError('the eight orientations are closed under composition')
}
