import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsCorners, ringFrom } from '../../src/geometry/index.js'
import {
  type FillRule,
  fillEllipse,
  fillParts,
  type LabelData,
  type LabelLayer,
  labelBits,
  labelMapOf,
  Mask,
  maskFromLabelMap,
  masksFromLabelMap,
  paintEllipseOpencv,
  paintLabelMap,
  strokeEllipse,
  strokeLines,
  strokeLinesOpencv,
} from '../../src/mask/index.js'
import { isCanonical } from './fixtures.js'

const WIDTH = 19
const HEIGHT = 13

const coordinate = fc.integer({ min: -12, max: 88 }).map((k) => k / 4)
const ring = fc
  .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 7 })
  .map((points) => Float64Array.from(points.flat()))
const part = fc.record({ outer: ring, holes: fc.array(ring, { maxLength: 1 }) })
const rule = fc.constantFrom<FillRule>('pixel-center', 'coco', 'opencv')
const value = fc.integer({ min: 0, max: 300 })
const ellipse = fc.record({
  cx: coordinate,
  cy: coordinate,
  rx: fc.nat(9),
  ry: fc.nat(9),
  angle: fc.integer({ min: -90, max: 90 }),
})
const layer: fc.Arbitrary<LabelLayer> = fc.oneof(
  fc.record({ value, parts: fc.array(part, { maxLength: 2 }), rule }),
  fc.record({ value, parts: fc.array(part, { maxLength: 2 }), rule, thickness: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    value,
    lines: fc.array(ring, { maxLength: 2 }),
    rule,
    thickness: fc.integer({ min: 1, max: 4 }),
    closed: fc.boolean(),
  }),
  fc.record({ value, ellipse, rule, thickness: fc.constantFrom(-1, 1, 3) }),
  fc.record({ value, mask: ring.map((outer) => fillParts([{ outer, holes: [] }], WIDTH, HEIGHT)) }),
)

/** The pixels of a layer by the functions for masks. */
function maskOfLayer(l: LabelLayer): Mask {
  if ('mask' in l) return l.mask
  const opencv = l.rule === 'opencv'
  if ('ellipse' in l) {
    const { cx, cy, rx, ry, angle = 0 } = l.ellipse
    const thickness = l.thickness ?? -1
    if (opencv) return paintEllipseOpencv(cx, cy, rx, ry, angle, WIDTH, HEIGHT, thickness)
    return thickness === -1 ? fillEllipse(l.ellipse, WIDTH, HEIGHT) : strokeEllipse(l.ellipse, WIDTH, HEIGHT, thickness)
  }
  if ('parts' in l && (l.thickness ?? -1) === -1) return fillParts(l.parts, WIDTH, HEIGHT, { rule: l.rule })
  const lines = 'parts' in l ? l.parts.flatMap(({ outer, holes }) => [outer, ...holes]) : l.lines
  const closed = 'parts' in l || l.closed === true
  const stroke = opencv ? strokeLinesOpencv : strokeLines
  return stroke(lines, WIDTH, HEIGHT, l.thickness as number, closed)
}

describe('painting', () => {
  it('is the painter’s order, pixel by pixel', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 6 }), value, (layers, background) => {
        const map = paintLabelMap(WIDTH, HEIGHT, layers, { background })
        const want = new Uint32Array(WIDTH * HEIGHT).fill(background)
        for (const l of layers) {
          for (const [i, on] of maskOfLayer(l).toDense().entries()) if (on === 1) want[i] = l.value
        }
        expect([...map.data]).toEqual([...want])
        const highest = Math.max(background, ...layers.map((l) => l.value))
        expect(map.data).toBeInstanceOf(highest > 255 ? Uint16Array : Uint8Array)
      }),
      { numRuns: 300 },
    )
  })

  it('fills long rows and short ones', () => {
    const box = (left: number, right: number) => [
      { outer: boundsCorners({ left, top: 1, right, bottom: 3 }), holes: [] },
    ]
    const map = paintLabelMap(70, 4, [
      { value: 5, parts: box(0, 70) },
      { value: 9, parts: box(3, 6) },
    ])
    const row = new Array<number>(70).fill(5).fill(9, 3, 6)
    expect([...map.data]).toEqual([...new Array<number>(70).fill(0), ...row, ...row, ...new Array<number>(70).fill(0)])
  })

  it('non-zero is known to pixel-center only', () => {
    const twice = ringFrom([1, 1, 5, 1, 5, 5, 1, 5, 1, 1, 5, 1, 5, 5, 1, 5])
    const parts = [{ outer: twice, holes: [] }]
    expect(masksFromLabelMap(paintLabelMap(8, 7, [{ value: 1, parts }])).size).toBe(0)
    expect(masksFromLabelMap(paintLabelMap(8, 7, [{ value: 1, parts, winding: 'non-zero' }])).get(1)?.area).toBe(16)
    expect(() => paintLabelMap(8, 7, [{ value: 1, parts, rule: 'coco', winding: 'non-zero' }])).toThrow(TypeError)
  })

  it('never wraps a value', () => {
    const paint = (v: number, bits: 8 | 16 | 32 | 'auto') =>
      paintLabelMap(3, 2, [{ value: v, mask: Mask.full(3, 2) }], { bits }).data[0]
    expect([paint(255, 8), paint(65535, 16), paint(4294967295, 32), paint(4294967295, 'auto')]).toEqual([
      255, 65535, 4294967295, 4294967295,
    ])
    for (const [v, bits] of [
      [256, 8],
      [65536, 16],
      [4294967296, 32],
      [4294967296, 'auto'],
      [-1, 8],
      [1.5, 16],
      [Number.NaN, 'auto'],
    ] as const) {
      expect(() => paint(v, bits)).toThrow(expect.objectContaining({ code: 'label-overflow', got: String(v) }))
    }
    expect(() => paintLabelMap(3, 2, [], { bits: 8, background: 256 })).toThrow(
      expect.objectContaining({ code: 'label-overflow' }),
    )
    expect(() => paintLabelMap(3, 2, [], { bits: 24 as 32 })).toThrow(TypeError)
  })

  it('refuses masks of another size and sizes that are none', () => {
    expect(() => paintLabelMap(3, 2, [{ value: 1, mask: Mask.full(2, 3) }])).toThrow(
      expect.objectContaining({ code: 'mask-size', expected: '3 × 2', got: '2 × 3' }),
    )
    expect(() => labelMapOf(-1, 2, 8)).toThrow(expect.objectContaining({ code: 'mask-size' }))
  })
})

describe('label bits', () => {
  it('are the fewest that hold all values', () => {
    expect([labelBits([]), labelBits([0, 255]), labelBits([256]), labelBits([65535, 3]), labelBits([65536])]).toEqual([
      8, 8, 16, 16, 32,
    ])
    expect(() => labelBits([1, 2 ** 32])).toThrow(expect.objectContaining({ code: 'label-overflow' }))
    expect([...labelMapOf(2, 2, 16, 700).data]).toEqual([700, 700, 700, 700])
  })
})

describe('masks of a label map', () => {
  const make = { 8: Uint8Array, 16: Uint16Array, 32: Uint32Array } as const
  const maps = fc
    .tuple(fc.nat(21), fc.nat(12), fc.constantFrom(8 as const, 16 as const, 32 as const), fc.boolean())
    .chain(([width, height, bits, few]) => {
      const top = bits === 8 ? 255 : bits === 16 ? 65535 : 4294967295
      const one = few ? fc.constantFrom(0, 3, top) : fc.integer({ min: 0, max: top })
      // Values in pairs and rows of equal ones, as real maps have them.
      return fc.array(fc.tuple(one, fc.integer({ min: 1, max: 30 })), { maxLength: 60 }).map((stretches) => {
        const data: LabelData = new make[bits](width * height)
        let at = 0
        for (const [v, count] of stretches) {
          data.fill(v, at, at + count)
          at += count
        }
        return { width, height, data }
      })
    })

  it('are the pixels of each value, in ascending order', () => {
    fc.assert(
      fc.property(maps, fc.constantFrom(0, 3, null), (map, background) => {
        const masks = masksFromLabelMap(map, background)
        const values = [...new Set(map.data)].filter((v) => v !== background).sort((a, b) => a - b)
        expect([...masks.keys()]).toEqual(values)
        for (const [v, mask] of masks) {
          expect([...mask.toDense()]).toEqual(Array.from(map.data, (pixel) => (pixel === v ? 1 : 0)))
          expect(isCanonical(mask)).toBe(true)
          expect(maskFromLabelMap(map, v).equals(mask)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('of noise, where every pixel borders on others', () => {
    const data = Uint16Array.from({ length: 61 * 47 }, (_, i) => (i * i * 31 + i * 7) % 5)
    const masks = masksFromLabelMap({ width: 61, height: 47, data })
    expect([...masks.keys()].length).toBeGreaterThan(1)
    for (const [v, mask] of masks) {
      expect([...mask.toDense()]).toEqual(Array.from(data, (pixel) => (pixel === v ? 1 : 0)))
    }
  })

  it('painted again give the map', () => {
    fc.assert(
      fc.property(maps, (map) => {
        const layers = [...masksFromLabelMap(map)].map(([v, mask]) => ({ value: v, mask }))
        const again = paintLabelMap(map.width, map.height, layers, { bits: 32 })
        expect([...again.data]).toEqual([...map.data])
      }),
    )
  })

  it('want a value for each pixel', () => {
    expect(() => masksFromLabelMap({ width: 3, height: 2, data: new Uint8Array(5) })).toThrow(
      expect.objectContaining({ code: 'mask-size' }),
    )
    expect(() => maskFromLabelMap({ width: 3, height: 2, data: new Uint16Array(7) }, 1)).toThrow(
      expect.objectContaining({ code: 'mask-size' }),
    )
    expect(maskFromLabelMap({ width: 2, height: 1, data: Uint8Array.of(1, 2) }, 7).equals(Mask.empty(2, 1))).toBe(true)
  })
})
