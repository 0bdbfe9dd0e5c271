import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { croppedRle, Mask, maskFromCroppedRle } from '../../src/mask/index.js'
import { denseMasks, isCanonical, maskOf } from './fixtures.js'

describe('row-major run lengths of a box', () => {
  it('read the rows of the box', () => {
    // Box of 3 × 2 at (2, 1): .## / #..
    const mask = maskFromCroppedRle({ counts: [1, 3, 2], left: 2, top: 1, width: 3, height: 2 }, 6, 4)
    expect([...mask.toDense()]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(croppedRle(mask)).toEqual({ counts: [1, 3, 2], left: 2, top: 1, width: 3, height: 2 })
  })

  it('begin with background even where the first pixel is foreground', () => {
    const mask = Mask.fromBounds(5, 4, { left: 1, top: 2, right: 4, bottom: 4 })
    expect(croppedRle(mask)).toEqual({ counts: [0, 6], left: 1, top: 2, width: 3, height: 2 })
    expect(croppedRle(Mask.empty(5, 4))).toBeNull()
  })

  it('round trip, and say what counting rows says', () => {
    fc.assert(
      fc.property(denseMasks, (dense) => {
        const mask = maskOf(dense)
        const rle = croppedRle(mask)
        if (rle === null) {
          expect(mask.isEmpty).toBe(true)
          return
        }
        const pixels: number[] = []
        for (let y = rle.top; y < rle.top + rle.height; y++) {
          for (let x = rle.left; x < rle.left + rle.width; x++) pixels.push(mask.get(x, y) ? 1 : 0)
        }
        expect(rle.counts.flatMap((run, i) => new Array<number>(run).fill(i % 2))).toEqual(pixels)
        const back = maskFromCroppedRle(rle, mask.width, mask.height)
        expect(back.equals(mask)).toBe(true)
        expect(isCanonical(back)).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('names what is wrong, and repairs on request', () => {
    const box = { left: 2, top: 1, width: 3, height: 2 }
    const read = (rle: Partial<typeof box> & { counts: number[] }, repair = false, said: string[] = []) =>
      maskFromCroppedRle({ ...box, ...rle }, 6, 4, { repair, onRepair: (message) => said.push(message) })
    expect(() => read({ counts: [1, 3] })).toThrow(expect.objectContaining({ code: 'rle-size' }))
    expect(() => read({ counts: [1, -3, 8] })).toThrow('run 1 of a mask is not a length')
    expect(() => read({ counts: [6], width: -3 })).toThrow(expect.objectContaining({ code: 'rle-size' }))
    for (const where of [{ left: -1 }, { top: -1 }, { left: 4 }, { top: 3 }, { left: 1.5 }, { top: 0.5 }]) {
      expect(() => read({ counts: [0, 6], ...where })).toThrow(expect.objectContaining({ code: 'mask-size' }))
    }
    expect(() => read({ counts: [0, 6], left: 1.5 }, true)).toThrow(expect.objectContaining({ code: 'mask-size' }))
    const said: string[] = []
    expect(read({ counts: [1, 3] }, true, said).area).toBe(3)
    expect(read({ counts: [0, 6], left: 4 }, true, said).bounds).toEqual({ left: 4, top: 1, right: 6, bottom: 3 })
    expect(said).toEqual([
      'padded runs that cover 4 of 6 pixels with background',
      'cut off 2 pixels of a mask that lie outside of its picture',
    ])
  })
})
