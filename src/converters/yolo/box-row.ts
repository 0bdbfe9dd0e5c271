import type { Annotation } from '../../dataset/annotation.js'
import { type Bounds, boundsEqual } from '../../geometry/bounds.js'
import { clipBounds } from '../../geometry/clip.js'
import type { Size } from '../sizes.js'
import { decimalText, digitsFor, LARGEST, MOST_DIGITS, rounded } from './decimal-text.js'
import { BOUNDING_BOX, type Change, NO_EXTENT, NO_PLACE, OUTSIDE, TOO_FAR, UNCHANGED } from './outcomes.js'
import { boxFrom } from './row-shape.js'

/** How far a coordinate may move and the annotation still be kept, in pixels. */
export const TOLERANCE = 1 / 1024

/** The numbers of a row as text, and what was done on the way; or why there are none. */
export type RowNumbers = { readonly text: string; readonly changes: readonly Change[] } | string

export interface NumbersOptions {
  /** Cut away what lies outside the picture. */
  readonly clip: boolean
  /** At least so many digits after the point. */
  readonly digits: number
}

/** An annotation as `cx cy w h`. */
export function boxNumbers(annotation: Annotation, size: Size, { clip, digits }: NumbersOptions): RowNumbers {
  const { definition } = annotation
  let bounds: Bounds | null
  let change = BOUNDING_BOX
  switch (definition.type) {
    case 'box':
      bounds = definition.bounds
      if (definition.angle % 360 === 0) {
        bounds = definition.frame
        change = UNCHANGED
      }
      break
    case 'segment':
    case 'binary':
    case 'ellipse':
    case 'cube':
    case 'pose':
      bounds = declaredBox(annotation) ?? definition.bounds
      break
    default:
      return NO_PLACE
  }
  if (bounds === null) return NO_EXTENT
  const clipped = clip ? clippedBox(bounds, size) : { bounds, change: UNCHANGED }
  if (typeof clipped === 'string') return clipped
  const numbers = fittedBox(clipped.bounds, size, Math.max(digits, digitsFor(Math.max(size.width, size.height))))
  return typeof numbers === 'string'
    ? numbers
    : { text: numbers.text, changes: [change, clipped.change, numbers.change] }
}

/** The box that the source declares, where it is one. */
export function declaredBox({ box }: Annotation): Bounds | undefined {
  return box !== undefined && box.left <= box.right && box.top <= box.bottom ? box : undefined
}

function clippedBox(bounds: Bounds, { width, height }: Size): { bounds: Bounds; change: Change } | string {
  const beyond = excess(bounds, { width, height })
  if (beyond <= 0) return { bounds, change: UNCHANGED }
  if (beyond <= TOLERANCE) return { bounds: clamped(bounds, width, height), change: UNCHANGED }
  const inside = clipBounds(bounds, { left: 0, top: 0, right: width, bottom: height })
  return inside === null ? OUTSIDE : { bounds: inside, change: clippedBy(beyond) }
}

/** How far something reaches out of its picture, in pixels; 0 or less when it does not. */
export function excess({ left, top, right, bottom }: Bounds, { width, height }: Size): number {
  return Math.max(-left, -top, right - width, bottom - height)
}

export function clippedBy(pixels: number): Change {
  return { effect: 'approximated', reason: 'clipped to the picture', measure: { name: 'px', value: pixels } }
}

export function roundedBy(pixels: number): Change {
  return { effect: 'approximated', reason: 'rounded', measure: { name: 'px', value: pixels } }
}

function clamped({ left, top, right, bottom }: Bounds, width: number, height: number): Bounds {
  const within = (value: number, most: number): number => Math.min(most, Math.max(0, value))
  return {
    left: within(left, width),
    top: within(top, height),
    right: within(right, width),
    bottom: within(bottom, height),
  }
}

/** With as many digits as it takes for the box to come back. */
function fittedBox(bounds: Bounds, size: Size, least: number): { text: string; change: Change } | string {
  const { width, height } = size
  const w = sideOf(bounds.left, bounds.right)
  const h = sideOf(bounds.top, bounds.bottom)
  const shares = [(bounds.left + w / 2) / width, (bounds.top + h / 2) / height, w / width, h / height]
  if (!shares.every((share) => Math.abs(share) < LARGEST)) return TOO_FAR
  for (let digits = least; ; digits++) {
    const back = boxFrom(
      shares.map((share) => rounded(share, digits)),
      size,
    )
    const fits = boundsEqual(bounds, back, TOLERANCE)
    if (!fits && digits < MOST_DIGITS) continue
    const text = shares.map((share) => decimalText(share, digits)).join(' ')
    return { text, change: fits ? UNCHANGED : roundedBy(distance(bounds, back)) }
  }
}

/**
 * A side without the noise of subtraction: 10.3 to 105.06 is 94.76 wide, not 94.75999999999999. Numbers that lie halfway
 * between two texts are then rounded as everybody rounds them who knows the side.
 */
function sideOf(from: number, to: number): number {
  const side = to - from
  const plain = Math.round(side * 1e9) / 1e9
  return side < 1e6 && Math.abs(plain - side) < 1e-9 ? plain : side
}

function distance(a: Bounds, b: Bounds): number {
  return Math.max(
    Math.abs(a.left - b.left),
    Math.abs(a.top - b.top),
    Math.abs(a.right - b.right),
    Math.abs(a.bottom - b.bottom),
  )
}
