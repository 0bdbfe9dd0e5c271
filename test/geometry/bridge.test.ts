import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyToRing, multiply, rotation, scaling, translation } from '../../src/geometry/affine.js'
import { bridgeIfApart, bridgeParts } from '../../src/geometry/bridge.js'
import { unbridgeRing } from '../../src/geometry/bridge-undo.js'
import { type Part, partsArea } from '../../src/geometry/parts.js'
import { type Ring, reverseRing, ringSignedArea } from '../../src/geometry/ring.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'
import { bridgeLength, partKeys, sidesCross, sidesOf } from './bridge-rings.js'

function box(left: number, top: number, right: number, bottom: number): Ring {
  return Float64Array.of(left, top, right, top, right, bottom, left, bottom)
}

function solid(...rings: readonly Ring[]): Part {
  const [outer, ...holes] = rings
  return { outer: outer as Ring, holes }
}

describe('exact rings', () => {
  it('one part is its own ring, clockwise on screen', () => {
    expect(bridgeParts([solid(box(1, 2, 5, 4))])).toEqual(box(1, 2, 5, 4))
    expect(bridgeParts([solid(reverseRing(box(1, 2, 5, 4)))])).toEqual(box(1, 2, 5, 4))
  })

  it('a hole is reached by the shortest way between vertices and walked the other way round', () => {
    // The shortest of all ways leads from (0, 0) to (1, 2).
    expect(bridgeParts([solid(box(0, 0, 9, 7), box(1, 2, 4, 5))])).toEqual(
      Float64Array.of(0, 0, 1, 2, 1, 5, 4, 5, 4, 2, 1, 2, 0, 0, 9, 0, 9, 7, 0, 7),
    )
  })

  it.each<[string, readonly Part[], number]>([
    ['side by side', [solid(box(0, 0, 10, 4)), solid(box(11, 0, 20, 4))], 1],
    ['one above the other', [solid(box(0, 0, 4, 10)), solid(box(0, 11, 4, 20))], 1],
    ['both, around a corner', [solid(box(0, 0, 10, 4)), solid(box(11, 0, 20, 4)), solid(box(0, 6, 10, 9))], 3],
    ['touching at a corner', [solid(box(0, 0, 3, 2)), solid(box(3, 2, 5, 7))], 0],
    [
      'an island in a hole',
      [solid(box(0, 0, 12, 9), box(1, 1, 11, 8)), solid(box(2, 1.5, 3, 2))],
      Math.SQRT2 + Math.hypot(1, 0.5),
    ],
  ])('the bridges between parts %s are short', (_, parts, length) => {
    expect(bridgeLength(bridgeParts(parts), parts)).toBeCloseTo(length, 9)
  })

  it('rings that meet in a point repeat it there', () => {
    const joined = bridgeParts([solid(box(0, 0, 1, 1)), solid(box(1, 1, 2, 3))])
    expect(joined).toEqual(Float64Array.of(0, 0, 1, 0, 1, 1, 1, 1, 2, 1, 2, 3, 1, 3, 1, 1, 1, 1, 0, 1))
    expect(unbridgeRing(joined)).toEqual([solid(box(0, 0, 1, 1)), solid(Float64Array.of(1, 1, 2, 1, 2, 3, 1, 3))])
  })
})

it('three and more rings that meet in a point come back as they were', () => {
  const fan = [
    solid(Float64Array.of(5, 5, 2, 1, 4, 0)),
    solid(Float64Array.of(5, 5, 7, 0, 9, 2)),
    solid(Float64Array.of(5, 5, 9, 6, 6, 9)),
    solid(Float64Array.of(5, 5, 3, 8, 0, 7)),
  ]
  const ring = bridgeParts(fan)
  expect(ring).toHaveLength(2 * (12 + 6))
  expect(partKeys(unbridgeRing(ring))).toEqual(partKeys(fan))
})

/** Triangles that share sides and corners, and touch in the middle of sides, turned so that nothing is exact. */
const pavings = fc
  .tuple(
    fc.array(fc.tuple(fc.nat(5), fc.nat(4), fc.nat(3)), { minLength: 2, maxLength: 12 }),
    fc.double({ min: 0, max: 360, noNaN: true }),
    fc.double({ min: -2, max: 2, noNaN: true }),
  )
  .map(([tiles, angle, away]) => {
    const cells = new Map(tiles.map((tile) => [`${tile[0]},${tile[1]}`, tile]))
    const corner = [
      [0, 0, 1, 0, 0, 1],
      [0, 0, 1, 0, 1, 1],
      [0, 0.5, 1, 0, 1, 1],
      [0, 0, 1, 0.5, 0, 1],
    ]
    return [...cells.values()].map(([x, y, kind]) => {
      const flat = (corner[kind] ?? []).map((value, i) => value + (i % 2 === 0 ? x : y))
      return solid(applyToRing(multiply(rotation(angle), translation(away, away / 3)), Float64Array.from(flat)))
    })
  })

it('parts that touch but for rounding are joined with their area, or taken for overlapping', () => {
  fc.assert(
    fc.property(pavings, (parts) => {
      const ring = bridgeIfApart(parts)
      if (ring === null) return
      expect(ringSignedArea(ring)).toBeCloseTo(partsArea(parts), 6)
      expect(partsArea(unbridgeRing(ring))).toBeCloseTo(partsArea(parts), 6)
    }),
    { numRuns: LAW_RUNS },
  )
})

it.each<[string, readonly Part[]]>([
  [
    'the last place',
    [
      [2, 1, 0, 1, 1, 0],
      [1, 2, 2, 0.9999999999999999, 1, 2],
    ].map((flat) => solid(Float64Array.from(flat))),
  ],
  [
    'less than that',
    [
      [1, 1, 1, 0, 1, 1],
      [0, 1, 0, 1, 1, 1.5841806157620057e-18, 0, 0, 1, 0],
    ].map((flat) => solid(Float64Array.from(flat))),
  ],
])('sides that miss each other by %s are joined with their area, or taken for overlapping', (_, parts) => {
  const ring = bridgeIfApart(parts)
  if (ring !== null) expect(ringSignedArea(ring)).toBeCloseTo(partsArea(parts), 12)
  expect(bridgeIfApart(parts)).toEqual(ring)
})

describe('parts that cannot be joined', () => {
  it.each<[string, readonly Part[]]>([
    ['cross', [solid(box(0, 0, 6, 6)), solid(box(3, 2, 9, 5))]],
    ['cross like a plus sign', [solid(box(0, 2, 9, 4)), solid(box(3, 0, 5, 7))]],
    ['lie one in the other', [solid(box(0, 0, 9, 9)), solid(box(2, 3, 5, 6))]],
    ['are the same', [solid(box(0, 0, 9, 7)), solid(box(0, 0, 9, 7))]],
    ['have a hole outside', [solid(box(0, 0, 4, 4), box(6, 1, 8, 3))]],
    ['have a hole in another part', [solid(box(0, 0, 10, 10)), solid(box(20, 20, 30, 30), box(3, 3, 6, 6))]],
    ['have a hole in an earlier part', [solid(box(0, 0, 10, 10), box(23, 23, 26, 26)), solid(box(20, 20, 30, 30))]],
    [
      'have a hole in their own island',
      [solid(box(0, 0, 20, 20), box(2, 2, 18, 18), box(7, 7, 9, 9)), solid(box(5, 5, 15, 15))],
    ],
    [
      'share a side with a hole of a third',
      [solid(box(0, 0, 4, 4)), solid(box(4, 0, 8, 4)), solid(box(20, 0, 29, 9), box(4, 1, 6, 3))],
    ],
    ['have a hole that crosses', [solid(box(0, 0, 4, 4), box(2, 1, 8, 3))]],
    ['cross themselves', [solid(Float64Array.of(0, 0, 4, 4, 4, 0, 0, 4)), solid(box(8, 0, 9, 3))]],
  ])('parts that %s are an error, and null for who asks', (_, parts) => {
    expect(bridgeIfApart(parts)).toBeNull()
    expect(() => bridgeParts(parts)).toThrow(expect.objectContaining({ code: 'degenerate-geometry' }))
  })

  it.each<[string, readonly Part[]]>([
    ['no parts', []],
    ['a ring without vertices', [solid(box(0, 0, 1, 1)), solid(new Float64Array(0))]],
  ])('%s', (_, parts) => {
    expect(() => bridgeParts(parts)).toThrow(expect.objectContaining({ code: 'degenerate-geometry' }))
  })

  it.each<[string, readonly Part[]]>([
    ['along a side', [solid(box(0, 0, 4, 4)), solid(box(4, 0, 8, 4))]],
    ['along a side, the lower first', [solid(box(0, 4, 4, 8)), solid(box(0, 0, 4, 4))]],
    ['along half a side', [solid(box(0, 0, 4, 6)), solid(box(4, 2, 8, 9))]],
    ['where a corner meets a side', [solid(box(0, 0, 4, 6)), solid(Float64Array.of(4, 3, 7, 1, 7, 5))]],
    ['where a hole meets the outline', [solid(box(0, 0, 9, 6), Float64Array.of(0, 3, 5, 1, 5, 5))]],
    ['where a hole shares a side with the outline', [solid(box(0, 0, 9, 6), box(0, 0, 3, 2))]],
  ])('parts that touch %s are joined, and the region stays', (_, parts) => {
    const ring = bridgeParts(parts)
    expect(ringSignedArea(ring)).toBe(partsArea(parts))
    expect(partsArea(unbridgeRing(ring))).toBe(partsArea(parts))
  })
})

/** Stars in the cells of a grid, some with a hole that has an island: they never meet. */
const scattered: fc.Arbitrary<readonly Part[]> = fc
  .array(
    fc.record({
      cell: fc.nat(35),
      levels: fc.integer({ min: 1, max: 4 }),
      radii: fc.array(fc.double({ min: 0.55, max: 0.95, noNaN: true }), { minLength: 3, maxLength: 9 }),
      turned: fc.boolean(),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((stars) => {
    const cells = new Map(stars.map((star) => [star.cell, star]))
    return [...cells.values()].flatMap(({ cell, levels, radii, turned }) => {
      const ring = (level: number): Ring => {
        const flat = radii.flatMap((radius, i) => {
          const angle = (i * 2 * Math.PI) / radii.length
          // Each level is well inside the one around it, for 3 corners as well.
          const r = (radius * 4.5) / 4 ** level
          return [10 * (cell % 6) + r * Math.cos(angle), 10 * Math.floor(cell / 6) + r * Math.sin(angle)]
        })
        return turned ? reverseRing(Float64Array.from(flat)) : Float64Array.from(flat)
      }
      const parts: Part[] = []
      for (let level = 0; level < levels; level += 2) {
        parts.push({ outer: ring(level), holes: level + 1 < levels ? [ring(level + 1)] : [] })
      }
      return parts
    })
  })

const maps = fc
  .tuple(fc.double({ min: 0, max: 360, noNaN: true }), fc.double({ min: 0.2, max: 3, noNaN: true }))
  .map(([angle, stretch]) => multiply(translation(71.3, -20.9), multiply(scaling(stretch, 1), rotation(angle))))

const regions = fc.tuple(scattered, maps).map(([parts, m]) =>
  parts.map(({ outer, holes }) => ({
    outer: applyToRing(m, outer),
    holes: holes.map((hole) => applyToRing(m, hole)),
  })),
)

describe('for parts anywhere', () => {
  it('they come back ring for ring, bit for bit', () => {
    fc.assert(
      fc.property(regions, (parts) => {
        expect(partKeys(unbridgeRing(bridgeParts(parts)))).toEqual(partKeys(parts))
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('the ring has the area of the parts, and only their vertices', () => {
    fc.assert(
      fc.property(regions, (parts) => {
        const ring = bridgeParts(parts)
        const rings = parts.flatMap(({ outer, holes }) => [outer, ...holes])
        const vertices = rings.reduce((sum, one) => sum + one.length / 2, 0)
        expect(ring.length / 2).toBe(vertices + 2 * (rings.length - 1))
        expect(ringSignedArea(ring)).toBeCloseTo(partsArea(parts), 6)
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('no side of the ring crosses another', () => {
    fc.assert(
      fc.property(regions, (parts) => {
        const sides = sidesOf(bridgeParts(parts))
        for (const [i, side] of sides.entries()) {
          for (const other of sides.slice(i + 1)) expect(sidesCross(side, other)).toBe(false)
        }
      }),
      { numRuns: Math.ceil(LAW_RUNS / 20) },
    )
  })

  it('rounding to six decimals of the size does not keep them from coming back', () => {
    fc.assert(
      fc.property(regions, (parts) => {
        const round = (ring: Ring): Ring => ring.map((value) => Math.round(value * 1e4) / 1e4)
        const rounded = parts.map(({ outer, holes }) => ({ outer: round(outer), holes: holes.map(round) }))
        expect(partKeys(unbridgeRing(round(bridgeParts(parts))))).toEqual(partKeys(rounded))
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('the order of the parts changes nothing but the start', () => {
    fc.assert(
      fc.property(regions, (parts) => {
        const length = bridgeLength(bridgeParts(parts), parts)
        expect(bridgeLength(bridgeParts(parts.slice().reverse()), parts)).toBeCloseTo(length, 6)
        expect(bridgeParts(parts)).toEqual(bridgeParts(parts))
      }),
      { numRuns: LAW_RUNS },
    )
  })
})

describe('rings that other programs joined', () => {
  it('a ring without bridges is one part', () => {
    expect(unbridgeRing(box(0, 0, 4, 3))).toEqual([solid(box(0, 0, 4, 3))])
    expect(unbridgeRing(Float64Array.of(0, 0, 1, 1))).toEqual([solid(Float64Array.of(0, 0, 1, 1))])
  })

  it('three parts in a row, joined there and back in one chain', () => {
    const chain = Float64Array.from(
      [
        [0, 0, 2, 0, 2, 2],
        [4, 2, 4, 0, 6, 0, 6, 2],
        [9, 2, 9, 0, 11, 1, 9, 2],
        [6, 2, 4, 2],
        [2, 2, 0, 2],
      ].flat(),
    )
    expect(unbridgeRing(chain).map(({ outer }) => Math.abs(ringSignedArea(outer)))).toEqual([4, 4, 2])
  })

  it('a spike goes, a ring that is nothing but a spike stays', () => {
    expect(unbridgeRing(Float64Array.of(0, 0, 4, 0, 9, 0, 4, 0, 4, 3))).toEqual([
      solid(Float64Array.of(0, 0, 4, 0, 4, 3)),
    ])
    // To and fro between the corners of a square, with vertices repeated: all of it goes, so that it stays.
    const zigzag = Float64Array.of(1, 0, 0, 0, 0, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0)
    expect(unbridgeRing(zigzag)).toEqual([solid(zigzag)])
    const line = Float64Array.of(0, 0, 4, 1, 0, 0, 4, 1)
    expect(unbridgeRing(line)).toEqual([solid(line)])
  })
})
