import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { iou, iouMatrix, Mask, maskFromCocoRle } from '../../src/mask/index.js'
import { densePixels, maskFixture, type RleJson } from './fixtures.js'

interface IouCase {
  readonly id: string
  readonly dt: RleJson[]
  readonly gt: RleJson[]
  readonly iscrowd: number[]
  readonly mask_iou: number[][]
}

describe('iouMatrix', () => {
  it.each(maskFixture<{ cases: IouCase[] }>('iou').cases)('$id as pycocotools', ({ dt, gt, iscrowd, mask_iou }) => {
    const matrix = iouMatrix(
      dt.map((rle) => maskFromCocoRle(rle)),
      gt.map((rle) => maskFromCocoRle(rle)),
      iscrowd.map((flag) => flag === 1),
    )
    expect([...matrix]).toEqual(mask_iou.flat())
  })

  it('has a row for each of the first and a column for each of the second', () => {
    const layers = fc.array(densePixels(9, 7), { maxLength: 3 })
    fc.assert(
      fc.property(layers, layers, (first, second) => {
        const a = first.map((pixels) => Mask.fromDense(pixels, 9, 7))
        const b = second.map((pixels) => Mask.fromDense(pixels, 9, 7))
        expect([...iouMatrix(a, b)]).toEqual(a.flatMap((p) => b.map((q) => iou(p, q))))
        expect([
          ...iouMatrix(
            a,
            b,
            b.map(() => true),
          ),
        ]).toEqual(a.flatMap((p) => b.map((q) => iou(p, q, true))))
      }),
    )
  })

  it('wants a crowd flag for each', () => {
    expect(() => iouMatrix([Mask.full(2, 3)], [Mask.full(2, 3)], [])).toThrow(TypeError)
  })

  it('wants all masks of one size', () => {
    const code = expect.objectContaining({ code: 'mask-size' })
    const [a, b] = [Mask.full(2, 3), Mask.full(3, 2)]
    expect(() => iouMatrix([a], [b])).toThrow(code)
    expect(() => iouMatrix([a, b], [a])).toThrow(code)
    expect(() => iouMatrix([a], [a, b])).toThrow(code)
    expect([...iouMatrix([a, b], [])]).toEqual([])
    expect([...iouMatrix([], [a, b])]).toEqual([])
  })
})
