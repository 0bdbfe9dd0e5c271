import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Affine,
  applyToBounds,
  applyToPoint,
  applyToRing,
  composeOrientations,
  determinant,
  IDENTITY,
  inverseOrientation,
  invert,
  isAxisAligned,
  isIdentity,
  isSimilarity,
  multiply,
  type Orientation,
  orientationAffine,
  orientedSize,
  ringArea,
  ringFrom,
  rotation,
  rotationAngle,
  scaling,
  translation,
} from '../../src/geometry/index.js'

const number = fc.double({ min: -50, max: 50, noNaN: true })
const affines = fc.record({ a: number, b: number, c: number, d: number, e: number, f: number })

/** Doubles are mostly tiny, and so would be nearly all determinants: quarters are not. */
const quarter = fc.integer({ min: -200, max: 200 }).map((n) => n / 4)
const sturdy = fc.record({ a: quarter, b: quarter, c: quarter, d: quarter, e: number, f: number })

describe('affine transforms', () => {
  it('apply in the order of multiply', () => {
    fc.assert(
      fc.property(affines, affines, number, number, (second, first, x, y) => {
        const [px, py] = applyToPoint(first, x, y)
        const [qx, qy] = applyToPoint(second, px, py)
        const [rx, ry] = applyToPoint(multiply(second, first), x, y)
        expect(rx).toBeCloseTo(qx, 6)
        expect(ry).toBeCloseTo(qy, 6)
      }),
    )
    expect(applyToPoint(multiply(scaling(2, 3), translation(1, 1)), 4, 5)).toEqual([10, 18])
    expect(applyToPoint(multiply(translation(1, 1), scaling(2, 3)), 4, 5)).toEqual([9, 16])
  })

  it('are undone by invert', () => {
    fc.assert(
      fc.property(sturdy, number, number, (m, x, y) => {
        fc.pre(Math.abs(determinant(m)) > 1)
        const [px, py] = applyToPoint(m, x, y)
        const [qx, qy] = applyToPoint(invert(m), px, py)
        expect(qx).toBeCloseTo(x, 6)
        expect(qy).toBeCloseTo(y, 6)
      }),
    )
    expect(invert(IDENTITY)).toEqual(IDENTITY)
    expect(invert({ a: 0, b: 2, c: -4, d: 0, e: 8, f: 6 })).toEqual({ a: 0, b: -0.25, c: 0.5, d: 0, e: -3, f: 2 })
    for (const m of [scaling(0, 1), scaling(Number.NaN), translation(Number.POSITIVE_INFINITY, 0)]) {
      expect(() => invert(m)).toThrow(expect.objectContaining({ code: 'transform-unsupported' }))
    }
  })

  it('rotate clockwise on screen, exactly at quarter turns', () => {
    expect(applyToPoint(rotation(90), 1, 0)).toEqual([0, 1])
    expect(applyToPoint(rotation(90, 7, 3), 9, 3)).toEqual([7, 5])
    expect(rotation(-270, 7, 3)).toEqual(rotation(90, 7, 3))
    expect(rotation(360)).toEqual(IDENTITY)
    const [x, y] = applyToPoint(rotation(30), 2, 0)
    expect(x).toBeCloseTo(Math.sqrt(3), 14)
    expect(y).toBeCloseTo(1, 14)
    for (const angle of [-179, -90, -45, 0, 30, 90, 135, 180]) {
      expect(rotationAngle(rotation(angle))).toBeCloseTo(angle, 12)
    }
    expect(rotationAngle(scaling(-1, 1))).toBe(180)
  })

  it('map rings, areas by the determinant', () => {
    const ring = ringFrom([1, 1, 5, 1, 5, 9])
    const m: Affine = { a: 2, b: 1, c: -1, d: 3, e: 10, f: 20 }
    expect(applyToRing(m, ring)).toEqual(Float64Array.of(11, 24, 19, 28, 11, 52))
    expect(ringArea(applyToRing(m, ring))).toBe(16 * determinant(m))
  })

  it('know their kind', () => {
    expect(isIdentity(multiply(rotation(90), rotation(-90)))).toBe(true)
    expect(isIdentity(translation(0, 1))).toBe(false)
    expect([rotation(33, 4, 5), scaling(-3), scaling(2, -2)].map(isSimilarity)).toEqual([true, true, true])
    const shear: Affine = { a: 1, b: 0, c: 1, d: 1, e: 0, f: 0 }
    expect([scaling(2, 3), shear, scaling(0)].map(isSimilarity)).toEqual([false, false, false])
    expect([scaling(2, -3), rotation(90), translation(4, 1)].map(isAxisAligned)).toEqual([true, true, true])
    expect([rotation(33), shear].map(isAxisAligned)).toEqual([false, false])
  })

  it('map boxes', () => {
    const box = { left: 1, top: 2, right: 11, bottom: 5 }
    expect(applyToBounds(rotation(90), box)).toEqual({ left: -5, top: 1, right: -2, bottom: 11 })
    expect(applyToBounds(scaling(-2, 3), box)).toEqual({ left: -22, top: 6, right: -2, bottom: 15 })
    const turned = applyToBounds(rotation(45, 6, 3.5), box)
    const half = (10 + 3) / 2 / Math.SQRT2
    expect(turned.left).toBeCloseTo(6 - half, 12)
    expect(turned.bottom).toBeCloseTo(3.5 + half, 12)
  })
})

describe('EXIF orientations', () => {
  const all: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]
  const width = 7
  const height = 3

  // Where the EXIF standard puts the stored top-left pixel and the one to the right of it on the display.
  it.each([
    [1, [0.5, 0.5], [1.5, 0.5]],
    [2, [6.5, 0.5], [5.5, 0.5]],
    [3, [6.5, 2.5], [5.5, 2.5]],
    [4, [0.5, 2.5], [1.5, 2.5]],
    [5, [0.5, 0.5], [0.5, 1.5]],
    [6, [2.5, 0.5], [2.5, 1.5]],
    [7, [2.5, 6.5], [2.5, 5.5]],
    [8, [0.5, 6.5], [0.5, 5.5]],
  ] as const)('%i', (orientation, first, second) => {
    const m = orientationAffine(orientation, width, height)
    expect(applyToPoint(m, 0.5, 0.5)).toEqual(first)
    expect(applyToPoint(m, 1.5, 0.5)).toEqual(second)
    const size = orientedSize(orientation, width, height)
    expect(size).toEqual(orientation > 4 ? { width: 3, height: 7 } : { width: 7, height: 3 })
    expect(applyToBounds(m, { left: 0, top: 0, right: width, bottom: height })).toEqual({
      left: 0,
      top: 0,
      right: size.width,
      bottom: size.height,
    })
  })

  it('all 64 products agree with their transforms', () => {
    for (const first of all) {
      const size = orientedSize(first, width, height)
      for (const second of all) {
        const product = composeOrientations(second, first)
        const chained = multiply(
          orientationAffine(second, size.width, size.height),
          orientationAffine(first, width, height),
        )
        expect(chained).toEqual(orientationAffine(product, width, height))
      }
    }
  })

  it('each has its inverse', () => {
    for (const orientation of all) {
      const back = inverseOrientation(orientation)
      expect(composeOrientations(back, orientation)).toBe(1)
      expect(composeOrientations(orientation, back)).toBe(1)
      const size = orientedSize(orientation, width, height)
      expect(orientationAffine(back, size.width, size.height)).toEqual(
        invert(orientationAffine(orientation, width, height)),
      )
    }
    expect(inverseOrientation(6)).toBe(8)
  })

  it('refuses other numbers', () => {
    for (const wrong of [0, 9, 1.5]) {
      expect(() => orientationAffine(wrong as Orientation, 7, 3)).toThrow(TypeError)
      expect(() => inverseOrientation(wrong as Orientation)).toThrow(TypeError)
    }
  })
})
