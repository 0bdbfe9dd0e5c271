import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cropMask, flipMask, Mask, pasteMask, rotateMask } from '../../src/mask/index.js'
import { transposeRuns } from '../../src/mask/transpose.js'
import { denseMasks, isCanonical, maskOf } from './fixtures.js'
import { naivePixels } from './naive-fill.js'

const step = fc.integer({ min: -12, max: 45 })

describe('crop and paste copy pixels', () => {
  it('crop', () => {
    fc.assert(
      fc.property(denseMasks, step, step, fc.nat(45), fc.nat(45), (dense, left, top, width, height) => {
        const mask = maskOf(dense)
        const cropped = cropMask(mask, { left, top, right: left + width, bottom: top + height })
        expect([cropped.width, cropped.height]).toEqual([width, height])
        expect(cropped.toDense()).toEqual(naivePixels(width, height, (x, y) => mask.get(x + left, y + top)))
        expect(isCanonical(cropped)).toBe(true)
      }),
    )
  })

  it('paste replaces, background included', () => {
    fc.assert(
      fc.property(denseMasks, denseMasks, step, step, (below, above, left, top) => {
        const target = maskOf(below)
        const patch = maskOf(above)
        const pasted = pasteMask(target, patch, left, top)
        const want = naivePixels(target.width, target.height, (x, y) => {
          const covered = x >= left && y >= top && x < left + patch.width && y < top + patch.height
          return covered ? patch.get(x - left, y - top) : target.get(x, y)
        })
        expect(pasted.toDense()).toEqual(want)
        expect(isCanonical(pasted)).toBe(true)
      }),
    )
  })

  it('what is cut out goes back where it was', () => {
    const mask = Mask.fromRuns(5, 3, [2, 3, 1, 4, 5])
    const box = { left: 1, top: 0, right: 4, bottom: 2 }
    expect(pasteMask(mask, cropMask(mask, box), 1, 0).equals(mask)).toBe(true)
  })

  it('refuses boxes between pixels and swapped sides', () => {
    const mask = Mask.full(4, 3)
    for (const box of [
      { left: 0.5, top: 0, right: 2, bottom: 2 },
      { left: 3, top: 0, right: 2, bottom: 2 },
      { left: 0, top: 3, right: 2, bottom: 2 },
    ]) {
      expect(() => cropMask(mask, box)).toThrow(expect.objectContaining({ code: 'mask-size' }))
    }
    expect(() => pasteMask(mask, mask, 0.5, 0)).toThrow(expect.objectContaining({ code: 'transform-unsupported' }))
  })
})

describe('flips and quarter turns', () => {
  it('move each pixel to its place', () => {
    fc.assert(
      fc.property(denseMasks, (dense) => {
        const mask = maskOf(dense)
        const { width: w, height: h } = mask
        expect(flipMask(mask, 'horizontal').toDense()).toEqual(naivePixels(w, h, (x, y) => mask.get(w - 1 - x, y)))
        expect(flipMask(mask, 'vertical').toDense()).toEqual(naivePixels(w, h, (x, y) => mask.get(x, h - 1 - y)))
        // Clockwise: the left column, from its foot up, becomes the top row.
        expect(rotateMask(mask, 1).toDense()).toEqual(naivePixels(h, w, (x, y) => mask.get(y, h - 1 - x)))
        expect(rotateMask(mask, 2).toDense()).toEqual(naivePixels(w, h, (x, y) => mask.get(w - 1 - x, h - 1 - y)))
        expect(rotateMask(mask, -1).equals(rotateMask(mask, 3))).toBe(true)
        expect(rotateMask(rotateMask(mask, 3), 5).equals(mask)).toBe(true)
        expect(rotateMask(mask, -4)).toBe(mask)
      }),
    )
  })

  it('refuse what is none', () => {
    expect(() => flipMask(Mask.full(2, 3), 'diagonal' as 'vertical')).toThrow(TypeError)
    expect(() => rotateMask(Mask.full(2, 3), 0.5)).toThrow(TypeError)
  })
})

describe('transposeRuns', () => {
  it('gives the runs of the pixels read the other way', () => {
    fc.assert(
      fc.property(denseMasks, (dense) => {
        const mask = maskOf(dense)
        const rows = transposeRuns(mask.runs, mask.width, mask.height)
        const want = Mask.fromDense(mask.toDense(), mask.height, mask.width, { order: 'column' })
        expect([...rows]).toEqual([...want.runs])
        expect([...transposeRuns(rows, mask.height, mask.width)]).toEqual([...mask.runs])
      }),
      { numRuns: 300 },
    )
  })

  it('of a checkerboard, where everything changes everywhere', () => {
    const board = Mask.fromDense(
      naivePixels(40, 31, (x, y) => (x + y) % 2 === 0),
      40,
      31,
    )
    const rows = transposeRuns(board.runs, 40, 31)
    const want = Mask.fromDense(board.toDense(), 31, 40, { order: 'column' })
    expect([...rows]).toEqual([...want.runs])
  })
})

describe('hash and foreground', () => {
  it('equal masks hash alike, others do not', () => {
    fc.assert(
      fc.property(denseMasks, denseMasks, (a, b) => {
        const first = maskOf(a)
        const second = maskOf(b)
        expect(first.hash()).toMatch(/^[0-9a-f]{16}$/)
        expect(first.hash() === second.hash()).toBe(first.equals(second))
        expect(Mask.fromRuns(first.width, first.height, first.runs).hash()).toBe(first.hash())
      }),
    )
  })

  it('stays what it is from version to version', () => {
    expect(Mask.fromRuns(4, 3, [2, 3, 7]).hash()).toBe('3530b60483e8ba78')
    expect(Mask.empty(0, 0).hash()).toBe('958394c614a2ae80')
    expect(Mask.empty(3, 4).hash()).not.toBe(Mask.empty(4, 3).hash())
  })

  it('0 and 255 go both ways in both orders', () => {
    fc.assert(
      fc.property(
        denseMasks,
        fc.constantFrom('row', 'column'),
        fc.constantFrom(1, 2, 128, 255),
        (dense, order, value) => {
          const mask = maskOf(dense)
          const bytes = mask.toDense(order, value)
          expect(bytes).toEqual(mask.toDense(order).map((v) => v * value))
          const back = Mask.fromDense(bytes, mask.width, mask.height, { order, threshold: value - 1 })
          expect(back.equals(mask)).toBe(true)
        },
      ),
    )
    for (const value of [0, 256, 1.5]) expect(() => Mask.full(2, 3).toDense('row', value)).toThrow(TypeError)
  })
})
