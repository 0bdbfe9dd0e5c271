import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boundsCorners,
  nestRings,
  partArea,
  partsArea,
  partsBounds,
  partsEqual,
  partsVertexCount,
  type Ring,
  reverseRing,
  ringContains,
  ringFrom,
} from '../../src/geometry/index.js'
import { interiorPoint } from '../../src/geometry/interior-point.js'

const box = (left: number, top: number, right: number, bottom: number) => boundsCorners({ left, top, right, bottom })

describe('nestRings', () => {
  const lake = box(2, 2, 18, 8)
  const land = box(0, 0, 20, 10)
  const island = box(5, 3, 15, 7)
  const pond = box(6, 4, 8, 6)
  const apart = box(30, 0, 33, 2)

  it('alternates land and water, in any order of the rings', () => {
    expect(nestRings([land, lake, island, pond, apart])).toEqual([
      { outer: land, holes: [lake] },
      { outer: island, holes: [pond] },
      { outer: apart, holes: [] },
    ])
    expect(nestRings([pond, apart, island, lake, land])).toEqual([
      { outer: apart, holes: [] },
      { outer: island, holes: [pond] },
      { outer: land, holes: [lake] },
    ])
  })

  it('does not care for the direction of rings', () => {
    const turned = [land, lake, island].map(reverseRing)
    expect(nestRings(turned)).toEqual([
      { outer: turned[0], holes: [turned[1]] },
      { outer: turned[2], holes: [] },
    ])
  })

  it('rings that share corners and edges nest by their insides', () => {
    const corner = ringFrom([0, 0, 20, 0, 0, 10])
    expect(nestRings([corner, land])).toEqual([{ outer: land, holes: [corner] }])
    const beside = box(20, 0, 25, 10)
    expect(nestRings([land, beside])).toEqual([
      { outer: land, holes: [] },
      { outer: beside, holes: [] },
    ])
    // In the notch of a U, inside its box but outside of it.
    const u = ringFrom([0, 0, 2, 0, 2, 8, 8, 8, 8, 0, 10, 0, 10, 10, 0, 10])
    const notch = box(2, 0, 8, 8)
    expect(nestRings([u, notch])).toHaveLength(2)
  })

  it('equal rings cancel out, as even-odd says', () => {
    expect(nestRings([land, land])).toEqual([{ outer: land, holes: [land] }])
    expect(nestRings([land, land, land])).toHaveLength(2)
  })

  it('keeps rings that enclose nothing', () => {
    const line = ringFrom([50, 50, 60, 60])
    const none = ringFrom([])
    expect(nestRings([line, land, none])).toEqual([
      { outer: line, holes: [] },
      { outer: land, holes: [] },
      { outer: none, holes: [] },
    ])
    expect(nestRings([])).toEqual([])
  })

  it('loses no ring, whatever crosses', () => {
    const side = fc.integer({ min: 0, max: 12 })
    const rings = fc.array(
      fc.tuple(side, side, side, side).map(([l, t, w, h]) => box(l, t, l + w, t + h)),
      { maxLength: 9 },
    )
    fc.assert(
      fc.property(rings, (list) => {
        const parts = nestRings(list)
        const out: Ring[] = parts.flatMap((part) => [part.outer, ...part.holes])
        expect(new Set(out)).toEqual(new Set(list))
        expect(out).toHaveLength(list.length)
        const order = parts.map((part) => list.indexOf(part.outer))
        expect(order).toEqual([...order].sort((a, b) => a - b))
      }),
      { numRuns: 300 },
    )
  })
})

describe('interiorPoint', () => {
  it('lies inside', () => {
    const at = fc.integer({ min: -9, max: 9 })
    fc.assert(
      fc.property(fc.array(fc.tuple(at, at), { minLength: 3, maxLength: 9 }), (points) => {
        const ring = ringFrom(points)
        const [x, y] = interiorPoint(ring) ?? [Number.NaN, Number.NaN]
        const vertex = x === ring[0] && y === ring[1]
        expect(vertex || ringContains(ring, x, y)).toBe(true)
      }),
      { numRuns: 500 },
    )
    // A line walked there and back encloses nothing, whatever rounding says.
    expect(interiorPoint(ringFrom([4, -8, 0, 0, 4, -8, 0, 4]))).toEqual([4, -8])
    expect(interiorPoint(ringFrom([0, 0, 4, 0, 4, 2, 0, 2]))).toEqual([2, 1])
    expect(interiorPoint(ringFrom([3, 2, 9, 2]))).toEqual([3, 2])
    expect(interiorPoint(ringFrom([]))).toBeNull()
  })
})

describe('rings with spikes', () => {
  it('have an inner point wherever they enclose something, whatever the spike passes', () => {
    expect(interiorPoint(ringFrom([30, 100, 40, 90, 40, 20, 40, 90, 50, 100]))).toEqual([40, 95])
    // The widest gap is passed by a spike, the next by two.
    expect(interiorPoint(ringFrom([0, 0, 0, 9, 0, 4, 0, 0, 4, 0, 4, -2, 0, -2]))).toEqual([2, -1])
    // Two sides cross just in the middle.
    const [x, y] = interiorPoint(ringFrom([0, 0, 4, 4, 0, 4, 4, 0])) ?? [0, 0]
    expect(ringContains(ringFrom([0, 0, 4, 4, 0, 4, 4, 0]), x, y)).toBe(true)
  })

  it('nest by what they enclose', () => {
    const ground = box(0, 0, 100, 100)
    const notch = ringFrom([30, 100, 40, 90, 40, 20, 40, 90, 50, 100])
    expect(nestRings([ground, notch])).toEqual([{ outer: ground, holes: [notch] }])
    expect(nestRings([notch, ground])).toEqual([{ outer: ground, holes: [notch] }])
  })

  it('any ring has an inner point unless it encloses nothing at all', () => {
    const at = fc.integer({ min: 0, max: 6 })
    const spiked = fc
      .tuple(
        fc.array(fc.tuple(at, at), { minLength: 3, maxLength: 7 }),
        fc.array(fc.tuple(fc.nat(6), at, fc.integer({ min: -40, max: 40 })), { maxLength: 4 }),
      )
      .map(([points, spikes]) => {
        const all = points.slice()
        for (const [i, x, y] of spikes) {
          const foot = all[i % all.length] as [number, number]
          all.splice((i % all.length) + 1, 0, [x, y], foot)
        }
        return ringFrom(all)
      })
    fc.assert(
      fc.property(spiked, (ring) => {
        const point = interiorPoint(ring)
        const inside = point !== null && ringContains(ring, point[0], point[1])
        // A lattice finer than what vertices this near can enclose, off all vertices.
        let found = false
        for (let y = -40 + 1 / 97; y < 41 && !found; y += 1 / 3) {
          for (let x = 1 / 89; x < 6 && !found; x += 1 / 4) found = ringContains(ring, x, y)
        }
        if (found) expect(inside).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('a long way there and back is soon known to enclose nothing', () => {
    const way = Array.from({ length: 40_000 }, (_, i) => [i % 7, (i * 7919) % 40_009] as const)
    const ring = ringFrom([...way, ...way.slice(1, -1).reverse()])
    expect(interiorPoint(ring)).toEqual([0, 0])
  })
})

describe('measures of parts', () => {
  const parts = nestRings([box(0, 0, 20, 10), box(2, 2, 18, 8), box(30, 0, 33, 2)])

  it('subtract holes', () => {
    expect(parts.map(partArea)).toEqual([200 - 96, 6])
    expect(partsArea(parts)).toBe(110)
    expect(partsBounds(parts)).toEqual({ left: 0, top: 0, right: 33, bottom: 10 })
    expect(partsBounds([])).toBeNull()
    expect(partsBounds([{ outer: ringFrom([]), holes: [] }])).toBeNull()
    expect(partsVertexCount(parts)).toBe(12)
  })

  it('compare ring by ring', () => {
    const moved = parts.map(({ outer, holes }) => ({ outer, holes: holes.map((hole) => hole.map((v) => v + 0.5)) }))
    expect(partsEqual(parts, parts)).toBe(true)
    expect(partsEqual(parts, moved)).toBe(false)
    expect(partsEqual(parts, moved, 0.5)).toBe(true)
    expect(partsEqual(parts, parts.slice(1))).toBe(false)
    expect(partsEqual(parts, [{ outer: box(0, 0, 20, 10), holes: [] }, ...parts.slice(1)])).toBe(false)
  })
})
