import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsCorners, reverseRing, ringFrom } from '../../src/geometry/index.js'
import { fillPartsCoco, fillPolygonCoco, fillRingCoco, Mask, union } from '../../src/mask/index.js'
import { isCanonical } from './fixtures.js'

const fill = (points: readonly number[], width: number, height: number) => fillRingCoco(ringFrom(points), width, height)

describe('answers of cocoapi', () => {
  it.each([
    ['a square', [1, 1, 3, 1, 3, 3, 1, 3], 5, 5, [6, 2, 3, 2, 12]],
    ['the same the other way round', [1, 3, 3, 3, 3, 1, 1, 1], 5, 5, [6, 2, 3, 2, 12]],
    ['a square through pixel centres', [0.5, 0.5, 2.5, 0.5, 2.5, 2.5, 0.5, 2.5], 5, 5, [6, 2, 3, 2, 12]],
    ['a triangle', [0, 0, 4, 0, 0, 4], 4, 4, [0, 3, 1, 2, 2, 1, 7]],
    ['a square larger than the canvas', [-2, -2, 7, -2, 7, 7, -2, 7], 5, 5, [0, 25]],
    ['two points', [1, 1, 4, 3], 5, 5, [25]],
    ['one point', [1, 1], 5, 5, [25]],
    ['no point', [], 5, 5, [25]],
    ['a sliver', [2, 1, 2.1, 1, 2.1, 4, 2, 4], 5, 5, [25]],
    ['a repeated point', [1, 1, 1, 1, 3, 1, 3, 3, 3, 3, 1, 3], 5, 5, [6, 2, 3, 2, 12]],
  ])('%s', (_, points, width, height, runs) => {
    expect([...fill(points, width, height).runs]).toEqual(runs)
  })

  it('a bow tie is even-odd, a walked-in slit leaves a hole', () => {
    expect(fill([0, 0, 4, 4, 4, 0, 0, 4], 4, 4).area).toBe(8)
    const slit = [0, 0, 4, 0, 4, 4, 0, 4, 0, 0, 1, 1, 1, 3, 3, 3, 3, 1, 1, 1]
    expect(fill(slit, 4, 4).area).toBe(12)
  })
})

/** The walk step by step, all of it, as the rule is worded: the fast one must agree to the pixel. */
function walked(ring: Float64Array, width: number, height: number): Uint8Array {
  const count = ring.length / 2
  const us: number[] = []
  const vs: number[] = []
  const scaled = (i: number) => Math.trunc(5 * (ring[i % ring.length] as number) + 0.5)
  for (let i = 0; i < count; i++) {
    const from = { x: scaled(i * 2), y: scaled(i * 2 + 1) }
    const to = { x: scaled(i * 2 + 2), y: scaled(i * 2 + 3) }
    const along = Math.abs(to.x - from.x) >= Math.abs(to.y - from.y)
    const flip = along ? from.x > to.x : from.y > to.y
    const [s, e] = flip ? [to, from] : [from, to]
    const steps = along ? e.x - s.x : e.y - s.y
    const slope = (along ? e.y - s.y : e.x - s.x) / steps
    const edge: [number, number][] = []
    for (let t = 0; t <= steps; t++) {
      const across = Math.trunc((along ? s.y : s.x) + (steps === 0 ? 0 : slope * t) + 0.5)
      edge.push(along ? [s.x + t, across] : [across, s.y + t])
    }
    if (flip) edge.reverse()
    for (const [u, v] of edge) {
      us.push(u)
      vs.push(v)
    }
  }
  const toggles = new Uint8Array(width * height + 1)
  for (let j = 1; j < us.length; j++) {
    const [u0, u1] = [us[j - 1] as number, us[j] as number]
    if (u0 === u1) continue
    const x = (Math.min(u0, u1) + 0.5) / 5 - 0.5
    if (Math.floor(x) !== x || x < 0 || x > width - 1) continue
    const y = (Math.min(vs[j - 1] as number, vs[j] as number) + 0.5) / 5 - 0.5
    const at = x * height + Math.ceil(Math.min(height, Math.max(0, y)))
    toggles[at] = 1 - (toggles[at] as number)
  }
  const columns = new Uint8Array(width * height)
  let value = 0
  for (let i = 0; i < columns.length; i++) {
    value ^= toggles[i] as number
    columns[i] = value
  }
  return columns
}

describe('laws', () => {
  const free = fc.double({ min: -15, max: 45, noNaN: true })
  const coordinate = fc.oneof(
    free,
    fc.integer({ min: -5, max: 40 }),
    fc.integer({ min: -75, max: 225 }).map((n) => n / 5),
    fc.integer({ min: -50, max: 350 }).map((n) => n / 10),
  )
  const rings = fc
    .array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 14 })
    .map((points) => ringFrom(points))
  const side = fc.integer({ min: 1, max: 36 })

  it('the sparse walk is the full walk', () => {
    fc.assert(
      fc.property(rings, side, side, (ring, width, height) => {
        const mask = fillRingCoco(ring, width, height)
        expect(mask.toDense('column')).toEqual(walked(ring, width, height))
        expect(isCanonical(mask)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('and on large canvases with long edges', () => {
    const far = fc.oneof(
      fc.double({ min: -900, max: 1500, noNaN: true }),
      fc.integer({ min: -200, max: 2500 }).map((n) => n / 5),
    )
    const large = fc.array(fc.tuple(far, far), { minLength: 3, maxLength: 8 }).map((points) => ringFrom(points))
    fc.assert(
      fc.property(large, (ring) => {
        expect(Buffer.compare(fillRingCoco(ring, 211, 97).toDense('column'), walked(ring, 211, 97))).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it.each([
    ['right, through the middle between two steps', [0, 3, 3, 9]],
    ['left, a quotient rounded up', [25, 4, 0, 82]],
    ['left, a quotient rounded down', [27, 1, 0, 43]],
  ])('where a steep edge crosses is settled by the walk: %s', (_, [x0, y0, x1, y1]) => {
    // On the grid of fifths. A step more or less would be a row more or less.
    const ring = ringFrom([x0, y0, x1, y1, 60, 40].map((value) => (value as number) / 5))
    expect(fillRingCoco(ring, 13, 19).toDense('column')).toEqual(walked(ring, 13, 19))
  })

  it('as far as coordinates may go', () => {
    // An edge of 2.7 · 10^9 steps, beyond 32 bits, passes the canvas between the columns 3 and 4.
    const far = 2 ** 28
    const mask = fillRingCoco(ringFrom([0, -far, 7, far, -3, far]), 9, 5)
    expect(mask.toDense().subarray(0, 9)).toEqual(Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0, 0))
    expect(mask.area).toBe(4 * 5)
  })

  it('direction does not matter', () => {
    fc.assert(
      fc.property(rings, side, side, (ring, width, height) => {
        expect(fillRingCoco(reverseRing(ring), width, height).equals(fillRingCoco(ring, width, height))).toBe(true)
      }),
    )
  })

  it('a box with integer sides is its pixels', () => {
    const at = fc.integer({ min: -6, max: 40 })
    fc.assert(
      fc.property(at, at, fc.nat(20), fc.nat(20), side, side, (left, top, w, h, width, height) => {
        const box = { left, top, right: left + w, bottom: top + h }
        expect(fillRingCoco(boundsCorners(box), width, height).equals(Mask.fromBounds(width, height, box))).toBe(true)
      }),
    )
  })
})

describe('parts', () => {
  const outer = ringFrom([1, 1, 8, 1, 8, 6, 1, 6])
  const inner = ringFrom([3, 2, 6, 2, 6, 4, 3, 4])

  it('the rings of a COCO polygon are united, not nested', () => {
    expect(fillPolygonCoco([outer, inner], 9, 7).equals(fillRingCoco(outer, 9, 7))).toBe(true)
    const apart = ringFrom([0, 6, 9, 6, 9, 7, 0, 7])
    expect(fillPolygonCoco([outer, apart], 9, 7).area).toBe(35 + 9)
    expect(fillPolygonCoco([], 9, 7).equals(Mask.empty(9, 7))).toBe(true)
  })

  it('holes are cut out of their own part only', () => {
    const holed = fillPartsCoco([{ outer, holes: [inner] }], 9, 7)
    expect(holed.area).toBe(35 - 6)
    expect(holed.get(3, 2)).toBe(false)
    expect(holed.get(6, 2)).toBe(true)
    const island = ringFrom([4, 2, 5, 2, 5, 4, 4, 4])
    const both = fillPartsCoco(
      [
        { outer, holes: [inner] },
        { outer: island, holes: [] },
      ],
      9,
      7,
    )
    expect(both.area).toBe(35 - 6 + 2)
    expect(both.equals(union([holed, fillRingCoco(island, 9, 7)]))).toBe(true)
    expect(fillPartsCoco([], 9, 7).isEmpty).toBe(true)
  })
})

describe('unusual input', () => {
  it('coordinates far beyond the canvas cost nothing and cover it', () => {
    for (const far of [1e6, 1e9, 1e15, 1e300]) {
      expect(fill([-far, -far, far, -far, far, far, -far, far], 7, 5).equals(Mask.full(7, 5))).toBe(true)
      expect(fill([-far, -far, far, -far, far, 2, -far, 2], 7, 5).bounds).toEqual({
        left: 0,
        top: 0,
        right: 7,
        bottom: 2,
      })
    }
  })

  it('four numbers are a line, not a box', () => {
    expect(fill([1, 1, 3, 3], 7, 5).isEmpty).toBe(true)
  })

  it('canvases without pixels stay empty', () => {
    expect([...fill([0, 0, 4, 0, 4, 4], 0, 5).runs]).toEqual([0])
    expect([...fill([0, 0, 4, 0, 4, 4], 5, 0).runs]).toEqual([0])
  })

  it('refuses what is no ring', () => {
    const code = expect.objectContaining({ code: 'ring-format' })
    expect(() => fillRingCoco(Float64Array.of(1, 2, 3), 7, 5)).toThrow(code)
    expect(() => fillRingCoco(Float64Array.of(1, 2, 3, Number.NaN, 5, 6), 7, 5)).toThrow(code)
    expect(() => fillRingCoco(Float64Array.of(1, 2, 3, Number.POSITIVE_INFINITY, 5, 6), 7, 5)).toThrow(code)
  })
})
