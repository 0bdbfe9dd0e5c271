import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Ring, ringArea } from '../../src/geometry/ring.js'
import { simplifyRing } from '../../src/geometry/simplify.js'

function points(ring: Ring): readonly (readonly [number, number])[] {
  return Array.from({ length: ring.length / 2 }, (_, i) => [ring[i * 2] as number, ring[i * 2 + 1] as number])
}

/** Distance of a point to the closed outline, side by side. */
function distance(ring: Ring, x: number, y: number): number {
  const all = points(ring)
  return Math.min(
    ...all.map(([ax, ay], i) => {
      const [bx, by] = all[(i + 1) % all.length] as readonly [number, number]
      const length2 = (bx - ax) ** 2 + (by - ay) ** 2
      const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2))
      return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
    }),
  )
}

describe('exact results', () => {
  it.each<[string, readonly number[], number, readonly number[], number]>([
    ['points on straight sides go', [0, 0, 2, 0, 5, 0, 5, 3, 5, 4, 0, 4], 0, [0, 0, 5, 0, 5, 4, 0, 4], 0],
    ['also the first point', [2, 0, 5, 0, 5, 4, 0, 4, 0, 0], 0, [5, 0, 5, 4, 0, 4, 0, 0], 0],
    ['a bump of less than epsilon goes', [0, 0, 4, 0.5, 9, 0, 9, 6, 0, 6], 0.5, [0, 0, 9, 0, 9, 6, 0, 6], 0.5],
    ['a bump of more stays', [0, 0, 4, 0.5, 9, 0, 9, 6, 0, 6], 0.49, [0, 0, 4, 0.5, 9, 0, 9, 6, 0, 6], 0],
    ['a pixel never becomes a line', [3, 2, 4, 2, 4, 3, 3, 3], 100, [3, 2, 4, 2, 4, 3], Math.SQRT1_2],
    ['a triangle stays', [0, 0, 4, 0, 0, 1], 100, [0, 0, 4, 0, 0, 1], 0],
    ['all in one place', [2, 1, 2, 1, 2, 1, 2, 1], 0, [2, 1, 2, 1, 2, 1], 0],
    [
      'beyond the ends of a side counts',
      [0, 0, 9, 0, 9, 1, 10, 0.5, 9, 0.2, 0, 1],
      0,
      [0, 0, 9, 0, 9, 1, 10, 0.5, 9, 0.2, 0, 1],
      0,
    ],
  ])('%s', (_, ring, epsilon, expected, deviation) => {
    const simple = simplifyRing(Float64Array.from(ring), epsilon)
    expect([...simple.ring]).toEqual(expected)
    expect(simple.deviation).toBeCloseTo(deviation, 12)
  })

  it.each<[string, readonly number[], number, readonly number[], number]>([
    // Both halves of the chevron lie within epsilon of the lines through its middle: one corner stays.
    [
      'a ring that touches itself does not become a line walked there and back',
      [0, 0, 50, 30, 100, 0, 75, 14.2, 50, 30, 25, 14.2],
      0.75,
      [0, 0, 50, 30, 100, 0, 75, 14.2, 50, 30],
      (0.8 * 50) / Math.hypot(50, 30),
    ],
  ])('%s', (_, ring, epsilon, expected, deviation) => {
    const simple = simplifyRing(Float64Array.from(ring), epsilon)
    expect([...simple.ring]).toEqual(expected)
    expect(simple.deviation).toBeCloseTo(deviation, 12)
    expect(ringArea(simple.ring)).toBeCloseTo(20, 9)
  })

  it('refuses what is no ring', () => {
    for (const ring of [
      [0, 0, 1, 0, 1],
      [0, 0, 1, Number.NaN, 1, 1],
      [0, 0, 1, 0, 1, Number.POSITIVE_INFINITY],
    ]) {
      expect(() => simplifyRing(Float64Array.from(ring), 1)).toThrow(expect.objectContaining({ code: 'ring-format' }))
    }
  })

  it('refuses an epsilon that is no distance', () => {
    expect(() => simplifyRing(Float64Array.of(0, 0, 1, 0, 1, 1), -1)).toThrow(TypeError)
    expect(() => simplifyRing(Float64Array.of(0, 0, 1, 0, 1, 1), Number.NaN)).toThrow(TypeError)
  })
})

const rings = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -9, max: 12 })), { minLength: 3, maxLength: 40 })
  .map((list) => Float64Array.from(list.flat()))

/** Ways to and fro, the way back a little beside: they touch themselves. */
const chevrons = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: -9, max: 12 }), fc.integer({ min: -1, max: 1 })), {
    minLength: 2,
    maxLength: 12,
  })
  .map((list) => {
    const forth = list.flatMap(([x, y]) => [4 * x, 4 * y])
    const back = list.slice(1, -1).map(([x, y, aside]) => [4 * x + aside, 4 * y])
    return Float64Array.from([...forth, ...back.reverse().flat()])
  })

describe('for any ring', () => {
  it('that encloses an area by the shoelace, so does the result; the deviation still holds', () => {
    fc.assert(
      fc.property(fc.oneof(rings, chevrons), fc.constantFrom(0, 0.5, 1, 3, 100), (ring, epsilon) => {
        const { ring: simple, deviation } = simplifyRing(ring, epsilon)
        if (ringArea(ring) > 0) expect(ringArea(simple)).toBeGreaterThan(0)
        if (simple.length > 6) expect(deviation).toBeLessThanOrEqual(epsilon)
        for (const [x, y] of points(ring)) expect(distance(simple, x, y)).toBeLessThanOrEqual(deviation + 1e-9)
      }),
      { numRuns: 1000 },
    )
  })

  it('the deviation is the largest distance of a vertex left out, and at most epsilon above a triangle', () => {
    fc.assert(
      fc.property(rings, fc.constantFrom(0, 0.5, 1, 2.5, 8, 100), (ring, epsilon) => {
        const { ring: simple, deviation } = simplifyRing(ring, epsilon)
        for (const [x, y] of points(ring)) expect(distance(simple, x, y)).toBeLessThanOrEqual(deviation + 1e-9)
        if (simple.length > 6) expect(deviation).toBeLessThanOrEqual(epsilon)
        expect(simple.length).toBeGreaterThanOrEqual(6)
      }),
      { numRuns: 1000 },
    )
  })

  it('vertices are kept as they are, in order; none goes twice', () => {
    fc.assert(
      fc.property(rings, fc.constantFrom(0, 1, 4), (ring, epsilon) => {
        const all = points(ring).map(String)
        let at = -1
        for (const point of points(simplifyRing(ring, epsilon).ring).map(String)) {
          at = all.indexOf(point, at + 1)
          expect(at).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('what is no line does not become one', () => {
    fc.assert(
      fc.property(rings, fc.constantFrom(0, 3, 100), (ring, epsilon) => {
        const flat = (one: Ring): boolean => {
          const [[ax, ay] = [0, 0], ...rest] = points(one)
          const [bx, by] = rest.find(([x, y]) => x !== ax || y !== ay) ?? [ax, ay]
          return rest.every(([x, y]) => (bx - ax) * (y - ay) === (by - ay) * (x - ax))
        }
        expect(flat(simplifyRing(ring, epsilon).ring)).toBe(flat(ring))
      }),
      { numRuns: 1000 },
    )
  })

  it('epsilon 0 keeps the area', () => {
    fc.assert(
      fc.property(rings, (ring) => {
        expect(ringArea(simplifyRing(ring, 0).ring)).toBe(ringArea(ring))
      }),
      { numRuns: 500 },
    )
  })
})
