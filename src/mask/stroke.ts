import { AnnotationError } from '../errors.js'
import type { Ring } from '../geometry/ring.js'
import type { Mask } from './mask.js'
import { RowSpans } from './row-spans.js'

/**
 * The pixels whose centre lies within half the thickness of one of the lines `x0, y0, x1, y1, …`: round ends, round
 * corners, no anti-aliasing. This is how the rule `pixel-center` draws lines. Of centres exactly on the border those on
 * its left and top are in, so that an upright line of whole thickness is as many pixels wide wherever it lies. A line of
 * one point is a disc, no lines give an empty mask. What lies off the canvas of `width` × `height` pixels is cut away.
 * @param closed Whether the last vertex is joined to the first.
 * @throws AnnotationError `ring-format` for an odd count of numbers or one that is not finite; `invalid-value` for a
 * thickness that is not above 0; `mask-size` when the size is no size.
 */
export function strokeLines(
  lines: readonly Ring[],
  width: number,
  height: number,
  thickness: number,
  closed = false,
): Mask {
  return strokeSpans(lines, width, height, thickness, closed).toMask()
}

/** @internal */
export function strokeSpans(
  lines: readonly Ring[],
  width: number,
  height: number,
  thickness: number,
  closed: boolean,
): RowSpans {
  const spans = new RowSpans(width, height)
  const radius = checkedRadius(thickness)
  for (const line of lines) {
    checkLine(line)
    const n = line.length
    if (n === 0) continue
    let x0 = line[closed ? n - 2 : 0] as number
    let y0 = line[closed ? n - 1 : 1] as number
    if (n === 2) capsule(spans, x0, y0, x0, y0, radius)
    for (let i = closed ? 0 : 2; i < n; i += 2) {
      const x1 = line[i] as number
      const y1 = line[i + 1] as number
      capsule(spans, x0, y0, x1, y1, radius)
      x0 = x1
      y0 = y1
    }
  }
  return spans
}

/** Half a thickness. @internal */
export function checkedRadius(thickness: number): number {
  if (thickness > 0 && thickness < Number.POSITIVE_INFINITY) return thickness / 2
  throw new AnnotationError('invalid-value', 'a line has no such thickness', {
    expected: 'a number of pixels above 0',
    got: String(thickness),
  })
}

function checkLine(line: Ring): void {
  if (line.length % 2 !== 0) throw new AnnotationError('ring-format', 'a line has an odd count of numbers')
  for (let i = 0; i < line.length; i++) {
    if (!Number.isFinite(line[i])) {
      throw new AnnotationError('ring-format', `number ${i} of a line is not finite`, {
        expected: 'a finite number',
        got: String(line[i]),
      })
    }
  }
}

/** All points within `radius` of the line from (x0, y0) to (x1, y1). It is convex: one stretch a row. */
function capsule(spans: RowSpans, x0: number, y0: number, x1: number, y1: number, radius: number): void {
  const length = Math.hypot(x1 - x0, y1 - y0)
  const ux = length === 0 ? 1 : (x1 - x0) / length
  const uy = length === 0 ? 0 : (y1 - y0) / length
  const first = Math.max(0, Math.ceil(Math.min(y0, y1) - radius - 0.5))
  const end = Math.min(spans.height, Math.ceil(Math.max(y0, y1) + radius - 0.5))
  for (let row = first; row < end; row++) {
    const y = row + 0.5
    let left = Number.POSITIVE_INFINITY
    let right = Number.NEGATIVE_INFINITY
    const reach0 = halfChord(radius, y - y0)
    if (reach0 > 0) {
      left = x0 - reach0
      right = x0 + reach0
    }
    const reach1 = halfChord(radius, y - y1)
    if (reach1 > 0) {
      left = Math.min(left, x1 - reach1)
      right = Math.max(right, x1 + reach1)
    }
    // The rectangle between the ends: along the line 0 … length, across it -radius … radius.
    const [low, high] = between(ux, uy, x0, y - y0, length, radius)
    if (low < high) {
      left = Math.min(left, low)
      right = Math.max(right, high)
    }
    spans.add(row, Math.ceil(Math.max(-1, left) - 0.5), Math.ceil(Math.min(spans.width + 1, right) - 0.5))
  }
}

/** Half the width of a disc at a height of `dy` from its centre. */
export function halfChord(radius: number, dy: number): number {
  const square = (radius - dy) * (radius + dy)
  return square > 0 ? Math.sqrt(square) : 0
}

/** Where the row at `dy` below the start of the line is in the rectangle; empty where the first is not below the second. */
function between(
  ux: number,
  uy: number,
  x0: number,
  dy: number,
  length: number,
  radius: number,
): readonly [number, number] {
  let low = Number.NEGATIVE_INFINITY
  let high = Number.POSITIVE_INFINITY
  // 0 <= (x - x0) ux + dy uy <= length
  if (ux === 0) {
    const along = dy * uy
    if (along < 0 || along > length) return NOWHERE
  } else {
    const a = (-dy * uy) / ux
    const b = (length - dy * uy) / ux
    low = Math.min(a, b)
    high = Math.max(a, b)
  }
  // -radius <= dy ux - (x - x0) uy <= radius; along a row that is so on all the rows that are asked for.
  if (uy !== 0) {
    const a = (dy * ux - radius) / uy
    const b = (dy * ux + radius) / uy
    low = Math.max(low, Math.min(a, b))
    high = Math.min(high, Math.max(a, b))
  }
  return [x0 + low, x0 + high]
}

const NOWHERE: readonly [number, number] = [0, 0]
