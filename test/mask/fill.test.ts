import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsCorners, type Part, type Ring, ringFrom } from '../../src/geometry/index.js'
import {
  difference,
  FILL_RULES,
  type FillRule,
  fillParts,
  fillPartsCoco,
  fillPartsPixelCenter,
  fillRingCoco,
  fillRings,
  fillRingsCoco,
  fillRingsOpencv,
  fillRingsPixelCenter,
  flipMask,
  Mask,
  rotateMask,
  union,
  xor,
} from '../../src/mask/index.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'

const WIDTH = 17
const HEIGHT = 12

const coordinate = fc.integer({ min: -40, max: 210 }).map((k) => k / 10)
const rings: fc.Arbitrary<Ring> = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 3, maxLength: 8 })
  .map((points) => Float64Array.from(points.flat()))
const parts: fc.Arbitrary<Part[]> = fc.array(fc.record({ outer: rings, holes: fc.array(rings, { maxLength: 2 }) }), {
  maxLength: 3,
})

describe('the rule decides', () => {
  it('which function fills parts', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const centre = fillPartsPixelCenter(list, WIDTH, HEIGHT)
        expect(fillParts(list, WIDTH, HEIGHT).equals(centre)).toBe(true)
        expect(fillParts(list, WIDTH, HEIGHT, { rule: 'pixel-center' }).equals(centre)).toBe(true)
        const wound = fillPartsPixelCenter(list, WIDTH, HEIGHT, 'non-zero')
        expect(fillParts(list, WIDTH, HEIGHT, { winding: 'non-zero' }).equals(wound)).toBe(true)
        expect(fillParts(list, WIDTH, HEIGHT, { rule: 'coco' }).equals(fillPartsCoco(list, WIDTH, HEIGHT))).toBe(true)
        const painted = list.map((part) => fillRingsOpencv([part.outer, ...part.holes], WIDTH, HEIGHT))
        const opencv = union([Mask.empty(WIDTH, HEIGHT), ...painted])
        expect(fillParts(list, WIDTH, HEIGHT, { rule: 'opencv' }).equals(opencv)).toBe(true)
      }),
    )
  })

  it('which function fills rings; one path is the xor of its rings under pixel-center and coco', () => {
    fc.assert(
      fc.property(fc.array(rings, { maxLength: 4 }), (list) => {
        const empty = Mask.empty(WIDTH, HEIGHT)
        const xored = (one: (ring: Ring) => Mask) => list.reduce((mask, ring) => xor(mask, one(ring)), empty)
        const centre = fillRings(list, WIDTH, HEIGHT)
        expect(centre.equals(fillRingsPixelCenter(list, WIDTH, HEIGHT))).toBe(true)
        expect(centre.equals(xored((ring) => fillRingsPixelCenter([ring], WIDTH, HEIGHT)))).toBe(true)
        const coco = fillRings(list, WIDTH, HEIGHT, { rule: 'coco' })
        expect(coco.equals(fillRingsCoco(list, WIDTH, HEIGHT))).toBe(true)
        expect(coco.equals(xored((ring) => fillRingCoco(ring, WIDTH, HEIGHT)))).toBe(true)
        const opencv = fillRings(list, WIDTH, HEIGHT, { rule: 'opencv' })
        expect(opencv.equals(fillRingsOpencv(list, WIDTH, HEIGHT))).toBe(true)
      }),
    )
  })

  it('what a box, a hole and an overlap come to', () => {
    const outer = boundsCorners({ left: 1, top: 1, right: 9, bottom: 8 })
    const hole = boundsCorners({ left: 3, top: 2, right: 6, bottom: 5 })
    const area = (rule: FillRule) => fillParts([{ outer, holes: [hole] }], 12, 10, { rule }).area
    // opencv: a box of 9 × 8 pixels, of whose hole the 2 × 2 pixels strictly inside are out.
    expect(FILL_RULES.map(area)).toEqual([56 - 9, 56 - 9, 72 - 4])
    const second = boundsCorners({ left: 5, top: 0, right: 11, bottom: 3 })
    const both = [
      { outer, holes: [hole] },
      { outer: second, holes: [] },
    ]
    const box = Mask.fromBounds(12, 10, { left: 1, top: 1, right: 9, bottom: 8 })
    const cut = difference(box, Mask.fromBounds(12, 10, { left: 3, top: 2, right: 6, bottom: 5 }))
    const want = union([cut, Mask.fromBounds(12, 10, { left: 5, top: 0, right: 11, bottom: 3 })])
    for (const rule of ['pixel-center', 'coco'] as const) {
      expect(fillParts(both, 12, 10, { rule }).equals(want)).toBe(true)
    }
  })

  it('and there are no others', () => {
    for (const rule of FILL_RULES) expect(fillRings([new Float64Array(0)], 4, 3, { rule }).isEmpty).toBe(true)
    const ring = ringFrom([0, 0, 3, 0, 3, 3])
    expect(() => fillRings([ring], 4, 3, { rule: 'skimage' as FillRule })).toThrow(TypeError)
    expect(() => fillParts([], 4, 3, { winding: 'positive' as 'non-zero' })).toThrow(TypeError)
    expect(() => fillRings([ring], 4, 3, { rule: 'opencv', winding: 'non-zero' })).toThrow(TypeError)
    expect(() => fillParts([], -4, 3, { rule: 'opencv' })).toThrow(expect.objectContaining({ code: 'mask-size' }))
    expect(() => fillRingsCoco([Float64Array.of(1, 2, 3)], 4, 3)).toThrow(
      expect.objectContaining({ code: 'ring-format' }),
    )
  })
})

describe('flips and quarter turns commute with the fill where no centre lies on an edge', () => {
  // Multiples of 1/64: flips, turns and the products below are exact.
  const loose = fc.integer({ min: -256, max: 1280 }).map((k) => k / 64)
  const ring = fc.array(fc.tuple(loose, loose), { minLength: 3, maxLength: 8 })

  /** Whether the line of an edge, or a vertex's row or column, meets a centre exactly. */
  const isTied = (points: [number, number][]): boolean =>
    points.some(([x0, y0], i) => {
      const [x1, y1] = points[(i + 1) % points.length] as [number, number]
      if (Math.abs(x0 % 1) === 0.5 || Math.abs(y0 % 1) === 0.5) return true
      for (let cy = 0.5; cy < HEIGHT; cy++) {
        for (let cx = 0.5; cx < WIDTH; cx++) if ((cy - y0) * (x1 - x0) === (cx - x0) * (y1 - y0)) return true
      }
      return false
    })

  it('under pixel-center', () => {
    fc.assert(
      fc.property(ring, fc.constantFrom('even-odd', 'non-zero'), (points, winding) => {
        fc.pre(!isTied(points))
        const fill = (map: (x: number, y: number) => number[], w: number, h: number) =>
          fillRingsPixelCenter([Float64Array.from(points.flatMap(([x, y]) => map(x, y)))], w, h, winding)
        const mask = fill((x, y) => [x, y], WIDTH, HEIGHT)
        const wide = fill((x, y) => [WIDTH - x, y], WIDTH, HEIGHT)
        expect(flipMask(mask, 'horizontal').equals(wide)).toBe(true)
        expect(flipMask(mask, 'vertical').equals(fill((x, y) => [x, HEIGHT - y], WIDTH, HEIGHT))).toBe(true)
        expect(rotateMask(mask, 1).equals(fill((x, y) => [HEIGHT - y, x], HEIGHT, WIDTH))).toBe(true)
      }),
      { numRuns: LAW_RUNS },
    )
  })
})
