import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Box, Polygon, Segmentation } from '../../src/definitions/index.js'
import { fillPartsCoco } from '../../src/mask/fill-parts.js'
import { Mask } from '../../src/mask/mask.js'
import { traceInstances } from '../../src/mask/trace-instances.js'
import { anyMask, drawn } from '../mask/trace-fixtures.js'

const label = 'roof'

/** Two regions of 12 and 5 pixels, the larger with a hole and an island of one pixel in it. */
const scene = drawn('.........', '######...', '#....#..#', '#.#..#..#', '#....#..#', '######.##')

function boxesOf(boxes: readonly Box[]): readonly (readonly number[])[] {
  return boxes.map(({ left, top, right, bottom }) => [left, top, right, bottom])
}

describe('Polygon.fromSegmentation', () => {
  it('gives every region, largest first, with its holes; single pixels survive', () => {
    const polygons = Polygon.fromSegmentation(scene, { label, attributes: { age: 3 }, description: 'seen' })
    expect(polygons.map(({ parts }) => parts)).toEqual([
      [{ outer: Float64Array.of(0, 1, 6, 1, 6, 6, 0, 6), holes: [Float64Array.of(1, 2, 1, 5, 5, 5, 5, 2)] }],
      [{ outer: Float64Array.of(8, 2, 9, 2, 9, 6, 7, 6, 7, 5, 8, 5), holes: [] }],
      [{ outer: Float64Array.of(2, 3, 3, 3, 3, 4, 2, 4), holes: [] }],
    ])
    expect(polygons.map((polygon) => [polygon.label, polygon.attributes, polygon.description])).toEqual(
      Array(3).fill(['roof', { age: 3 }, 'seen']),
    )
    expect(polygons.every(({ parts }) => Object.isFrozen(parts) && parts.every((part) => Object.isFrozen(part)))).toBe(
      true,
    )
  })

  it('takes a Segmentation as well', () => {
    expect(Polygon.fromSegmentation(new Segmentation({ label: 'x', mask: scene }), { label })).toHaveLength(3)
    expect(() => Polygon.fromSegmentation({} as Mask, { label })).toThrow(TypeError)
    expect(() => Polygon.fromSegmentation(undefined as unknown as Mask, { label })).toThrow(TypeError)
  })

  it.each([
    [{ maxInstances: 1 }, [18]],
    [{ maxInstances: 0 }, []],
    [{ minArea: 5 }, [18, 5]],
    [{ minArea: 5.5 }, [18]],
    [{ holes: 'drop' }, [30, 5, 1]],
    [{ holes: 'drop', minArea: 19 }, [30]],
    [{}, [18, 5, 1]],
  ] as const)('%o', (options, areas) => {
    expect(Polygon.fromSegmentation(scene, { label, ...options }).map(({ area }) => area)).toEqual(areas)
  })

  it('equal regions stand from top to bottom', () => {
    const specks = Polygon.fromSegmentation(drawn('..#.#', '#....', '..#..'), { label })
    expect(boxesOf(specks.map(({ bounds }) => new Box({ label, ...bounds })))).toEqual([
      [2, 0, 3, 1],
      [4, 0, 5, 1],
      [0, 1, 1, 2],
      [2, 2, 3, 3],
    ])
  })

  it('connectivity 8 joins at corners', () => {
    const corner = drawn('##..', '..#.')
    expect(Polygon.fromSegmentation(corner, { label }).map(({ area }) => area)).toEqual([2, 1])
    expect(Polygon.fromSegmentation(corner, { label, connectivity: 8 }).map(({ area }) => area)).toEqual([3])
  })

  it('epsilon goes by ring, small ones keep a triangle, and what it cost is told', () => {
    const staircase = drawn('#.......', '##......', '###.....', '####....', '.......#')
    const told: (readonly [number, number])[] = []
    const onDeviation = (pixels: number, index: number): void => {
      told.push([index, pixels])
    }
    const polygons = Polygon.fromSegmentation(staircase, { label, epsilon: 0.8, onDeviation })
    expect(polygons.map(({ parts }) => parts[0]?.outer.length)).toEqual([6, 6])
    expect(told.map(([index]) => index)).toEqual([0, 1])
    for (const [, pixels] of told) expect(pixels).toBeCloseTo(Math.SQRT1_2, 12)
    const exact: number[] = []
    Polygon.fromSegmentation(scene, { label, onDeviation: (pixels) => exact.push(pixels) })
    expect(exact).toEqual([0, 0, 0])
  })

  it('holes are simplified each by itself, and count', () => {
    const [polygon] = traceInstances(scene, { epsilon: 100, maxInstances: 1 })
    expect(polygon?.part.outer).toHaveLength(6)
    expect(polygon?.part.holes.map((hole) => hole.length)).toEqual([6])
    // The corner of the 6 × 5 outline that went, from its diagonal; the hole's is nearer.
    expect(polygon?.deviation).toBeCloseTo(30 / Math.hypot(6, 5), 12)
    expect(polygon).toMatchObject({ area: 18, bounds: { left: 0, top: 1, right: 6, bottom: 6 } })
  })

  it('all together are the mask again', () => {
    fc.assert(
      fc.property(anyMask, fc.constantFrom<4 | 8>(4, 8), (mask, connectivity) => {
        const polygons = Polygon.fromSegmentation(mask, { label, connectivity })
        const parts = polygons.flatMap((polygon) => polygon.parts)
        expect(fillPartsCoco(parts, mask.width, mask.height).equals(mask)).toBe(true)
        expect(polygons.reduce((sum, { area }) => sum + area, 0)).toBe(mask.area)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    { epsilon: -1 },
    { minArea: Number.NaN },
    { maxInstances: 1.5 },
    { maxInstances: -1 },
    { holes: 'eat' as 'drop' },
    { connectivity: 6 as 4 },
  ])('refuses %o', (options) => {
    expect(() => Polygon.fromSegmentation(scene, { label, ...options })).toThrow(TypeError)
  })
})

describe('boxes of masks', () => {
  it('one for each region, half open', () => {
    expect(boxesOf(Box.fromSegmentation(scene, { label }))).toEqual([
      [0, 1, 6, 6],
      [7, 2, 9, 6],
      [2, 3, 3, 4],
    ])
    expect(boxesOf(Box.fromSegmentation(scene, { label, minArea: 2, maxInstances: 5 }))).toHaveLength(2)
    expect(boxesOf(Box.fromSegmentation(drawn('#.', '.#'), { label, connectivity: 8 }))).toEqual([[0, 0, 2, 2]])
    expect(Box.fromSegmentation(Mask.empty(4, 3), { label })).toEqual([])
  })

  it('toBoxes hands its label, attributes and description on', () => {
    const boxes = new Segmentation({ label, mask: scene, attributes: { a: 1 }, description: 'd' }).toBoxes({
      maxInstances: 2,
    })
    expect(boxes).toEqual([
      new Box({ label, left: 0, top: 1, right: 6, bottom: 6, attributes: { a: 1 }, description: 'd' }),
      new Box({ label, left: 7, top: 2, right: 9, bottom: 6, attributes: { a: 1 }, description: 'd' }),
    ])
    expect(new Segmentation({ label, mask: scene }).toBoxes()).toHaveLength(3)
  })
})

describe('Segmentation.fromPolygon', () => {
  const triangle = Polygon.fromPoints(
    [
      [1, 1],
      [7, 1],
      [1, 5],
    ],
    { label, description: 'd' },
  )

  it('fills at pixel centres unless another rule is given', () => {
    const size = { width: 9, height: 6 }
    expect(
      Segmentation.fromPolygon(triangle, size).mask.equals(
        drawn('.........', '.#####...', '.####....', '.##......', '.#.......', '.........'),
      ),
    ).toBe(true)
    // cv2.fillPoly paints the outline: 7, 6, 4, 3 and 1 pixels.
    expect(Segmentation.fromPolygon(triangle, { ...size, rule: 'opencv' }).mask.area).toBe(21)
    expect(
      Segmentation.fromPolygon(triangle, { ...size, rule: 'coco' }).mask.equals(fillPartsCoco(triangle.parts, 9, 6)),
    ).toBe(true)
  })

  it('keeps holes, cuts at the picture, and says what the polygon says unless told otherwise', () => {
    const polygon = new Polygon({
      label,
      parts: [{ outer: [0, 0, 9, 0, 9, 4, 0, 4], holes: [[1, 1, 3, 1, 3, 3, 1, 3]] }],
    })
    const segmentation = Segmentation.fromPolygon(polygon, { width: 5, height: 3 })
    expect(segmentation.mask.equals(drawn('#####', '#..##', '#..##'))).toBe(true)
    expect(segmentation.label).toBe(label)
    const other = Segmentation.fromPolygon(triangle, { width: 9, height: 6, label: 'tower', description: undefined })
    expect([other.label, other.description]).toEqual(['tower', undefined])
    expect(Segmentation.fromPolygon(triangle, { width: 9, height: 6 }).description).toBe('d')
  })

  it('undoes Polygon.fromSegmentation', () => {
    fc.assert(
      fc.property(
        anyMask.filter((mask) => !mask.isEmpty),
        (mask) => {
          const parts = Polygon.fromSegmentation(mask, { label }).flatMap((polygon) => polygon.parts)
          const back = Segmentation.fromPolygon(new Polygon({ label, parts }), {
            width: mask.width,
            height: mask.height,
          })
          expect(back.mask.equals(mask)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('a size that is none is an error', () => {
    expect(() => Segmentation.fromPolygon(triangle, { width: 9.5, height: 6 })).toThrow(
      expect.objectContaining({ code: 'mask-size' }),
    )
  })
})
