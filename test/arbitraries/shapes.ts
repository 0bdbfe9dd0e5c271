import fc, { type Arbitrary } from 'fast-check'
import type { PartInit, TargetSize } from '../../src/definitions/index.js'
import type { Bounds } from '../../src/geometry/bounds.js'
import type { Pt } from '../../src/geometry/point.js'
import { Mask } from '../../src/mask/mask.js'

/** The picture that arbitraries lie in when nothing else is said. Not square, so that swapped sides show. */
export const CANVAS: TargetSize = Object.freeze({ width: 64, height: 40 })

/** A coordinate from 0 to `length`: often a whole pixel or a pixel centre, or the very edge. */
function arbitraryCoordinate(length: number): Arbitrary<number> {
  return fc.oneof(
    fc.integer({ min: 0, max: length }),
    fc.integer({ min: 0, max: 2 * length }).map((half) => half / 2),
    fc.double({ min: 0, max: length, noNaN: true }),
  )
}

export function arbitraryPoint({ width, height }: TargetSize): Arbitrary<Pt> {
  return fc.tuple(arbitraryCoordinate(width), arbitraryCoordinate(height))
}

/** Sides in order; now and then a box has no width or no height. */
export function arbitrarySides(size: TargetSize): Arbitrary<Bounds> {
  return fc.tuple(arbitraryPoint(size), arbitraryPoint(size)).map(([[x0, y0], [x1, y1]]) => ({
    left: Math.min(x0, x1),
    top: Math.min(y0, y1),
    right: Math.max(x0, x1),
    bottom: Math.max(y0, y1),
  }))
}

export function arbitraryLine(size: TargetSize): Arbitrary<readonly Pt[]> {
  return fc.array(arbitraryPoint(size), { minLength: 2, maxLength: 6 })
}

/**
 * A part within `left <= x <= left + width`, `0 <= y <= height`: a star-shaped ring, which never crosses itself, and
 * perhaps a hole, which is the same ring made smaller and so lies inside.
 */
export function arbitraryPart(left: number, width: number, height: number): Arbitrary<PartInit> {
  const corner = fc.tuple(fc.double({ min: 0, max: 0.4, noNaN: true }), fc.double({ min: 0.3, max: 1, noNaN: true }))
  const hole = fc.option(fc.double({ min: 0.1, max: 0.7, noNaN: true }), { nil: undefined })
  return fc.tuple(fc.array(corner, { minLength: 3, maxLength: 9 }), hole).map(([corners, shrink]) => {
    const ring = (scale: number): Pt[] =>
      corners.map(([jitter, radius], index) => {
        // Jitter below half a step keeps the corners in order and every gap below a half turn.
        const turn = (2 * Math.PI * (index + jitter)) / corners.length
        const x = left + (width / 2) * (1 + scale * radius * Math.cos(turn))
        const y = (height / 2) * (1 + scale * radius * Math.sin(turn))
        return [x, y]
      })
    return shrink === undefined ? { outer: ring(1) } : { outer: ring(1), holes: [ring(shrink)] }
  })
}

/** Masks of exactly this size: empty, full, a box, or noise; mostly with a few runs in each column. */
export function arbitraryMask({ width, height }: TargetSize): Arbitrary<Mask> {
  const total = width * height
  const runs = fc.array(fc.integer({ min: 1, max: Math.max(1, height) }), { maxLength: 40 }).map((lengths) => {
    const dense = new Uint8Array(total)
    let at = 0
    for (const [index, length] of lengths.entries()) {
      if (index % 2 === 1) dense.fill(1, at, Math.min(total, at + length))
      at += length
    }
    return Mask.fromDense(dense, width, height, { order: 'column' })
  })
  const box = fc
    .tuple(fc.nat({ max: width }), fc.nat({ max: height }), fc.nat({ max: width }), fc.nat({ max: height }))
    .map(([x0, y0, x1, y1]) => ({
      left: Math.min(x0, x1),
      top: Math.min(y0, y1),
      right: Math.max(x0, x1),
      bottom: Math.max(y0, y1),
    }))
  return fc.oneof(
    { weight: 4, arbitrary: runs },
    { weight: 2, arbitrary: box.map((bounds) => Mask.fromBounds(width, height, bounds)) },
    { weight: 1, arbitrary: fc.constantFrom(Mask.empty(width, height), Mask.full(width, height)) },
  )
}
