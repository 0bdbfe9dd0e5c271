import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complement, difference, intersection, intersectionArea, iou, Mask, union, xor } from '../../src/mask/index.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'
import { densePixels, isCanonical } from './fixtures.js'

const groups = fc.tuple(fc.nat(35), fc.nat(30), fc.integer({ min: 1, max: 5 })).chain(([width, height, count]) =>
  fc.array(densePixels(width, height), { minLength: count, maxLength: count }).map((layers) => ({
    width,
    height,
    layers,
  })),
)

type Rule = (values: number[]) => boolean

describe('set operations on runs agree with those on pixels', () => {
  const naive = (layers: Uint8Array[], rule: Rule) =>
    (layers[0] as Uint8Array).map((_, i) => (rule(layers.map((layer) => layer[i] as number)) ? 1 : 0))

  it('for any number of masks', () => {
    fc.assert(
      fc.property(groups, ({ width, height, layers }) => {
        const masks = layers.map((pixels) => Mask.fromDense(pixels, width, height))
        const check = (mask: Mask, rule: Rule) => {
          expect(mask.toDense()).toEqual(naive(layers, rule))
          expect(isCanonical(mask)).toBe(true)
        }
        check(union(masks), (values) => values.some((v) => v === 1))
        check(intersection(masks), (values) => values.every((v) => v === 1))
        const a = masks[0] as Mask
        const b = masks.at(-1) as Mask
        check(difference(a, b), (values) => values[0] === 1 && values.at(-1) === 0)
        check(xor(a, b), (values) => values[0] !== values.at(-1))
        check(complement(a), (values) => values[0] === 0)
        const both = naive(layers, (values) => values[0] === 1 && values.at(-1) === 1).reduce((n, v) => n + v, 0)
        const either = naive(layers, (values) => values[0] === 1 || values.at(-1) === 1).reduce((n, v) => n + v, 0)
        expect(intersectionArea(a, b)).toBe(both)
        expect(iou(a, b)).toBe(both === 0 ? 0 : both / either)
        expect(iou(a, b, true)).toBe(both === 0 ? 0 : both / a.area)
      }),
      { numRuns: LAW_RUNS },
    )
  })
})

describe('edges', () => {
  const mask = Mask.fromRuns(4, 3, [2, 3, 7])

  it('masks of different sizes do not combine', () => {
    const other = Mask.fromRuns(3, 4, [2, 3, 7])
    for (const action of [
      () => union([mask, other]),
      () => intersection([mask, other]),
      () => difference(mask, other),
      () => xor(mask, other),
      () => intersectionArea(mask, other),
      () => iou(mask, other),
    ]) {
      expect(action).toThrow(expect.objectContaining({ code: 'mask-size' }))
    }
  })

  it('nothing has no union', () => {
    expect(() => union([])).toThrow(TypeError)
    expect(() => intersection([])).toThrow(TypeError)
  })

  it('empty masks share nothing', () => {
    expect(iou(Mask.empty(4, 3), Mask.empty(4, 3))).toBe(0)
    expect(iou(mask, Mask.empty(4, 3))).toBe(0)
    expect(iou(mask, mask)).toBe(1)
    expect(complement(Mask.empty(0, 3)).equals(Mask.empty(0, 3))).toBe(true)
  })
})
