import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyToRing, multiply, rotation, scaling } from '../../src/geometry/affine.js'
import { boundsCorners } from '../../src/geometry/bounds.js'
import { bridgeIfApart, bridgeParts } from '../../src/geometry/bridge.js'
import { unbridgeRing } from '../../src/geometry/bridge-undo.js'
import { nestPairwise } from '../../src/geometry/nest-pairwise.js'
import { nestBySweep } from '../../src/geometry/nest-sweep.js'
import { nestRings } from '../../src/geometry/parts.js'
import { type Ring, reverseRing } from '../../src/geometry/ring.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'

const box = (left: number, top: number, right: number, bottom: number): Ring =>
  boundsCorners({ left, top, right, bottom })

/** A box, cut in two again and again; each piece may hold a ring, often all of it, so that rings share sides and corners. */
function cutUp(random: () => number, frame: Ring, depth: number, into: Ring[]): void {
  const [left, top, right, bottom] = [frame[0], frame[1], frame[4], frame[5]] as [number, number, number, number]
  if (random() < 0.6) into.push(random() < 0.5 ? frame : reverseRing(frame))
  // Now and then the very ring again, and what encloses nothing.
  if (random() < 0.1) into.push(frame.slice())
  if (random() < 0.05) into.push(Float64Array.of(left, top, right, bottom))
  if (random() < 0.05) into.push(Float64Array.of(left, top))
  if (depth === 0) return
  const inset = random() < 0.4 ? 0 : 1 / 16
  const [dx, dy] = [(right - left) * inset, (bottom - top) * inset]
  const [l, t, r, b] = [left + dx, top + dy, right - dx, bottom - dy]
  const at = 0.25 + random() / 2
  if (random() < 0.5) {
    const x = l + (r - l) * at
    cutUp(random, box(l, t, x, b), depth - 1, into)
    cutUp(random, box(x, t, r, b), depth - 1, into)
  } else {
    const y = t + (b - t) * at
    cutUp(random, box(l, t, r, y), depth - 1, into)
    cutUp(random, box(l, y, r, b), depth - 1, into)
  }
}

/** Numbers from 0 to 1 that look random. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) / 2 ** 32
  }
}

const nested: fc.Arbitrary<readonly Ring[]> = fc
  .tuple(fc.integer(), fc.integer({ min: 1, max: 5 }), fc.double({ min: 0, max: 360, noNaN: true }))
  .map(([seed, depth, angle]) => {
    const random = seeded(seed)
    const rings: Ring[] = []
    cutUp(random, box(0, 0, 64, 40), depth, rings)
    const m = multiply(scaling(1.7, 0.6), rotation(random() < 0.5 ? 0 : angle))
    return rings
      .map((ring) => ({ ring: applyToRing(m, ring), key: random() }))
      .sort((a, b) => a.key - b.key)
      .map(({ ring }) => ring)
  })

const anyRings: fc.Arbitrary<readonly Ring[]> = fc
  .array(fc.array(fc.tuple(fc.nat(12), fc.nat(9)), { maxLength: 6 }), { maxLength: 9 })
  .map((list) => list.map((points) => Float64Array.from(points.flat())))

describe('nesting by one sweep', () => {
  it('is what looking at every pair gives, for rings that share sides, corners or all', () => {
    fc.assert(
      fc.property(nested, (rings) => {
        expect(nestBySweep(rings)).toEqual(nestPairwise(rings))
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('and for rings that cross, or it says that it cannot tell', () => {
    fc.assert(
      fc.property(anyRings, (rings) => {
        const swept = nestBySweep(rings)
        if (swept !== null) expect(swept).toEqual(nestPairwise(rings))
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('of many rings that cross looks at pairs', () => {
    const crosses = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? box(i, 0, i + 9, 3) : box(i + 1, -3, i + 3, 2)))
    expect(nestBySweep(crosses)).toBeNull()
    const parts = nestRings(crosses)
    expect(parts.reduce((sum, { holes }) => sum + 1 + holes.length, 0)).toBe(20)
  })
})

it('rings too thin to have an inner point are left to the pairs', () => {
  // Each begins with its right bottom corner, which does not belong to it.
  const slivers = Array.from({ length: 20 }, (_, i) => {
    const [left, right] = [1e6, 1e6 + 2e-10]
    return Float64Array.of(right, i + 1, left, i + 1, left, i, right, i)
  })
  expect(nestBySweep(slivers)).toBeNull()
  expect(nestRings(slivers)).toHaveLength(20)
})

it('what encloses nothing lies in all that its first vertex lies in, also where their borders meet', () => {
  const rings = [box(0, 0, 9, 9), box(2, 2, 5, 5), Float64Array.of(2, 2, 5, 5), Float64Array.of(9, 9, 0, 0)]
  expect(nestBySweep(rings)).toEqual(nestPairwise(rings))
  const corners = [box(0, 0, 4, 4), box(0, 0, 2, 2), box(-1, -1, 0.5, 0.5), Float64Array.of(0, 0, 4, 4)]
  expect([...nestPairwise(corners).depths]).toEqual([0, 1, 0, 3])
  expect(nestBySweep(corners)).toEqual(nestPairwise(corners))
})

it('rings that cross do not make thousands of others slow', () => {
  const squares = Array.from({ length: 20_000 }, (_, i) => {
    const [x, y] = [3 * (i % 150), 3 * Math.floor(i / 150)]
    return box(x, y, x + 2, y + 2)
  })
  // The least lies in the second, this for the most part in the first, but the least does not.
  const crossing = [box(-60, -60, -30, -30), box(-45, -45, -25, -35), box(-28, -41, -26, -39)]
  expect(nestBySweep([...squares, ...crossing])).toBeNull()
  const parts = nestRings([...squares, ...crossing])
  // Looking at every pair took a minute for 30 000 of them.
  expect(parts.slice(0, 20_000).every(({ outer, holes }, i) => outer === squares[i] && holes.length === 0)).toBe(true)
})

it.each([[[0, 0, 1, 0, 1]], [[0, 0, 1, Number.NaN, 1, 1]], [[0, 0, 1, 0, 1, Number.POSITIVE_INFINITY]]])(
  'what is no ring is refused: %s',
  (flat) => {
    for (const list of [[Float64Array.from(flat)], [box(0, 0, 9, 9), Float64Array.from(flat)]]) {
      expect(() => nestRings(list)).toThrow(expect.objectContaining({ code: 'ring-format' }))
    }
    expect(() => unbridgeRing(Float64Array.from(flat))).toThrow(expect.objectContaining({ code: 'ring-format' }))
    const parts = [{ outer: box(0, 0, 9, 9), holes: [Float64Array.from(flat)] }]
    expect(() => bridgeParts(parts)).toThrow(expect.objectContaining({ code: 'ring-format' }))
    expect(() => bridgeIfApart(parts)).toThrow(expect.objectContaining({ code: 'ring-format' }))
  },
)

describe('ten thousand rings', () => {
  const count = 10_000

  it('one in the other', () => {
    const rings = Array.from({ length: count }, (_, i) => {
      const frame = [i, i, 4 * count - i, 3 * count - i]
      const [left, top, right, bottom] = frame as [number, number, number, number]
      const steps = Array.from({ length: 12 }, (_, k) => [left + ((right - left) * k) / 12, top])
      return Float64Array.from([...steps.flat(), right, top, right, bottom, left, bottom])
    })
    const parts = nestRings(rings)
    expect(parts).toHaveLength(count / 2)
    expect(parts.every(({ outer, holes }, i) => outer === rings[2 * i] && holes[0] === rings[2 * i + 1])).toBe(true)
  })

  it('side by side in a plate of as many corners, joined and parted again', () => {
    const across = 100
    const teeth = Array.from({ length: count }, (_, i) => [1 + (2 * across * i) / count, (i % 2) / 2])
    const plate = Float64Array.from([...teeth.flat(), 2 * across + 1, 0, 2 * across + 1, 301, 0, 301, 0, 0])
    const holes = Array.from({ length: count }, (_, i) => {
      const [x, y] = [2 * (i % across) + 1, 3 * Math.floor(i / across) + 1]
      return box(x, y, x + 1, y + 1.5)
    })
    const ring = bridgeParts([{ outer: plate, holes }])
    const [part, ...others] = unbridgeRing(ring)
    expect(others).toEqual([])
    expect(part?.outer).toHaveLength(plate.length)
    expect(part?.holes).toHaveLength(count)
  })
})
