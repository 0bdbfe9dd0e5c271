import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyToPoint,
  composeOrientations,
  inverseOrientation,
  type Orientation,
  orientationAffine,
  orientedSize,
} from '../../src/geometry/index.js'
import { Mask, orientMask, shiftMask } from '../../src/mask/index.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'
import { denseMasks, isCanonical, maskOf } from './fixtures.js'

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]

describe('orientMask', () => {
  it.each(ORIENTATIONS)('%i does to pixels what the transform does to their centres', (orientation) => {
    fc.assert(
      fc.property(denseMasks, (dense) => {
        const { width, height, pixels } = dense
        const turned = orientMask(maskOf(dense), orientation)
        const size = orientedSize(orientation, width, height)
        expect({ width: turned.width, height: turned.height }).toEqual(size)
        const want = new Uint8Array(pixels.length)
        const m = orientationAffine(orientation, width, height)
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const [px, py] = applyToPoint(m, x + 0.5, y + 0.5)
            want[(py - 0.5) * size.width + (px - 0.5)] = pixels[y * width + x] as number
          }
        }
        expect(turned.toDense()).toEqual(want)
        expect(isCanonical(turned)).toBe(true)
      }),
      { numRuns: Math.ceil(LAW_RUNS / 8) },
    )
  })

  it('follows the group', () => {
    fc.assert(
      fc.property(denseMasks, fc.constantFrom(...ORIENTATIONS), fc.constantFrom(...ORIENTATIONS), (dense, a, b) => {
        const mask = maskOf(dense)
        expect(orientMask(orientMask(mask, a), b).equals(orientMask(mask, composeOrientations(b, a)))).toBe(true)
        expect(orientMask(orientMask(mask, a), inverseOrientation(a)).equals(mask)).toBe(true)
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('turns the letter L clockwise for 6', () => {
    // 10        11
    // 10   ->   10   turned clockwise: 111 / 100
    // 11
    const upright = Mask.fromDense(Uint8Array.of(1, 0, 1, 0, 1, 1), 2, 3)
    expect([...orientMask(upright, 6).toDense()]).toEqual([1, 1, 1, 1, 0, 0])
    expect([...orientMask(upright, 8).toDense()]).toEqual([0, 0, 1, 1, 1, 1])
    expect(() => orientMask(upright, 9 as Orientation)).toThrow(TypeError)
  })
})

describe('shiftMask', () => {
  it('moves, crops and pads as pixel copying does', () => {
    const step = fc.integer({ min: -12, max: 12 })
    fc.assert(
      fc.property(denseMasks, step, step, fc.nat(45), fc.nat(45), (dense, dx, dy, width, height) => {
        const want = new Uint8Array(width * height)
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            const sx = x - dx
            const sy = y - dy
            if (sx < 0 || sy < 0 || sx >= dense.width || sy >= dense.height) continue
            want[y * width + x] = dense.pixels[sy * dense.width + sx] as number
          }
        }
        const moved = shiftMask(maskOf(dense), dx, dy, width, height)
        expect(moved.toDense()).toEqual(want)
        expect(isCanonical(moved)).toBe(true)
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('refuses half pixels', () => {
    expect(() => shiftMask(Mask.full(3, 2), 0.5, 0, 3, 2)).toThrow(
      expect.objectContaining({ code: 'transform-unsupported' }),
    )
  })
})
