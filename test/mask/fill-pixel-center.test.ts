import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundsCorners, type Part, type Ring, ringContains, ringFrom } from '../../src/geometry/index.js'
import { sideOfEdge } from '../../src/mask/exact-side.js'
import { rowRunsOfParts } from '../../src/mask/fill-pixel-center.js'
import { fillPartsPixelCenter, fillRingsPixelCenter, Mask, union } from '../../src/mask/index.js'
import { transposeRuns } from '../../src/mask/transpose.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'
import { isCanonical } from './fixtures.js'
import { naivePixels, QUARTER, windingAt } from './naive-fill.js'

const WIDTH = 13
const HEIGHT = 9

/** Coordinates in quarters: every fourth is a pixel centre, so that ties with edges and vertices are the rule. */
const quarter = fc.integer({ min: -16, max: 72 }).map((k) => k * QUARTER)
const whole = fc.integer({ min: -2, max: 15 }).map((k) => k + 0.5)
const coordinate = fc.oneof({ weight: 3, arbitrary: quarter }, { weight: 1, arbitrary: whole })
const rings: fc.Arbitrary<Ring> = fc
  .array(fc.tuple(coordinate, coordinate), { maxLength: 9 })
  .map((points) => Float64Array.from(points.flat()))
const parts: fc.Arbitrary<Part> = fc.record({ outer: rings, holes: fc.array(rings, { maxLength: 2 }) })

const isOdd = (ring: Ring, x: number, y: number): boolean => windingAt(ring, x, y).crossings % 2 === 1
const isWound = (ring: Ring, x: number, y: number): boolean => windingAt(ring, x, y).turns !== 0

describe('pixel-center agrees with exact arithmetic pixel by pixel', () => {
  it('rings as one path', () => {
    fc.assert(
      fc.property(fc.array(rings, { maxLength: 3 }), (list) => {
        const evenOdd = fillRingsPixelCenter(list, WIDTH, HEIGHT)
        expect(isCanonical(evenOdd)).toBe(true)
        const odd = naivePixels(WIDTH, HEIGHT, (x, y) => list.filter((ring) => isOdd(ring, x, y)).length % 2 === 1)
        expect(evenOdd.toDense()).toEqual(odd)
        const nonZero = fillRingsPixelCenter(list, WIDTH, HEIGHT, 'non-zero')
        expect(isCanonical(nonZero)).toBe(true)
        const wound = naivePixels(
          WIDTH,
          HEIGHT,
          (x, y) => list.reduce((sum, ring) => sum + windingAt(ring, x, y).turns, 0) !== 0,
        )
        expect(nonZero.toDense()).toEqual(wound)
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('parts and holes that may overlap and cross, scanned by columns and by rows', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 3 }), fc.constantFrom('even-odd', 'non-zero'), (list, winding) => {
        const inside = winding === 'even-odd' ? isOdd : isWound
        const want = naivePixels(WIDTH, HEIGHT, (x, y) =>
          list.some((part) => inside(part.outer, x, y) && !part.holes.some((hole) => inside(hole, x, y))),
        )
        const mask = fillPartsPixelCenter(list, WIDTH, HEIGHT, winding)
        expect(isCanonical(mask)).toBe(true)
        expect(mask.toDense()).toEqual(want)
        const rows = rowRunsOfParts(list, WIDTH, HEIGHT, winding)
        expect([...transposeRuns(rows, HEIGHT, WIDTH)]).toEqual([...mask.runs])
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('and with ringContains', () => {
    fc.assert(
      fc.property(rings, (ring) => {
        const want = naivePixels(WIDTH, HEIGHT, (x, y) => ringContains(ring, x + 0.5, y + 0.5))
        expect(fillRingsPixelCenter([ring], WIDTH, HEIGHT).toDense()).toEqual(want)
      }),
      { numRuns: LAW_RUNS },
    )
  })
})

describe('the half-open rule', () => {
  const fill = (points: number[], width = 6, height = 5) => [
    ...fillRingsPixelCenter([ringFrom(points)], width, height).toDense(),
  ]

  it('left and top edges through centres are in, right and bottom edges out', () => {
    const box = boundsCorners({ left: 1.5, top: 0.5, right: 4.5, bottom: 2.5 })
    const mask = fillRingsPixelCenter([box], 6, 5)
    expect(mask.bounds).toEqual({ left: 1, top: 0, right: 4, bottom: 2 })
    expect(mask.area).toBe(6)
  })

  it('a triangle over centres of a diagonal: right of the edge is in', () => {
    // The diagonal y = x through the centres, the region to the right of and above it.
    expect(fill([0.5, 0.5, 4.5, 0.5, 4.5, 4.5], 5, 5)).toEqual([
      1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0,
    ])
    // The region to the left of and below it: the diagonal belongs to the other.
    expect(fill([0.5, 0.5, 0.5, 4.5, 4.5, 4.5], 5, 5)).toEqual([
      0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0,
    ])
  })

  it('a fan of triangles around any point shares no pixel and leaves none out', () => {
    const corner = fc.constantFrom(...[0, 0.5, 2, 3.5, 6].flatMap((x) => [0, 2.5, 5].map((y) => [x, y] as const)))
    const inner = fc.tuple(
      fc.double({ min: 0.01, max: 5.99, noNaN: true }),
      fc.double({ min: 0.01, max: 4.99, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.oneof(inner, corner), ([px, py]) => {
        const frame = [0, 0, 6, 0, 6, 5, 0, 5]
        const pieces = [0, 1, 2, 3].map((i) => {
          const k = (i + 1) % 4
          return ringFrom([px, py, frame[i * 2], frame[i * 2 + 1], frame[k * 2], frame[k * 2 + 1]] as number[])
        })
        const masks = pieces.map((ring) => fillRingsPixelCenter([ring], 6, 5))
        expect(masks.reduce((sum, mask) => sum + mask.area, 0)).toBe(30)
        expect(union(masks).equals(Mask.full(6, 5))).toBe(true)
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('decides ties exactly where doubles round', () => {
    // One unit in the last place of an edge's height moves the centre (1.5, 1.5) to either side of it.
    const above = 1.5 - 2 ** -52
    const below = 1.5 + 2 ** -52
    const half = (y: number) => fillRingsPixelCenter([ringFrom([0, y, 3, y, 3, 9, 0, 9])], 3, 2).get(1, 1)
    expect([half(above), half(1.5), half(below)]).toEqual([true, true, false])
    // A slanting edge whose height at the centre differs from it by 2^-54: far less than any double computation shows.
    const slanted = (y: number) =>
      fillRingsPixelCenter([ringFrom([0.25, 0.25, 1e6 + 0.25, y, 0.25, 1e6])], 3, 3).get(1, 1)
    expect([slanted(1e6 + 0.25), slanted(1e6 + 0.25 + 2 ** -33), slanted(1e6 + 0.25 - 2 ** -33)]).toEqual([
      false,
      false,
      true,
    ])
  })
})

describe('sideOfEdge', () => {
  it('tells sides that doubles cannot', () => {
    // The line through (0, 0) and (3, 1), at c = 1.5 half a pixel away; vertices moved by units in the last place.
    expect(sideOfEdge(0, 0, 3, 1, 1.5, 0.5)).toBe(0)
    expect(sideOfEdge(0, 2 ** -60, 3, 1, 1.5, 0.5)).toBeLessThan(0)
    expect(sideOfEdge(0, -(2 ** -60), 3, 1, 1.5, 0.5)).toBeGreaterThan(0)
    expect(sideOfEdge(0, 5e-324, 3, 1, 1.5, 0.5)).toBeLessThan(0)
    expect(sideOfEdge(-1e300, -1e300, 1e300, 1e300, 0.5, 0.5)).toBe(0)
    expect(sideOfEdge(0.1, 0.1, 0.7, 0.7, 0.5, 0.5)).toBe(0)
    expect(sideOfEdge(0, 0, 3, 1, 1.5, 1.5)).toBeGreaterThan(0)
    expect(sideOfEdge(0, 0, 3, 7, 1.5, 1.5)).toBeLessThan(0)
  })
})

describe('odd rings', () => {
  it('have no pixels without area', () => {
    for (const points of [
      [],
      [2.5, 2.5],
      [0, 0, 5, 4],
      [0.5, 0.5, 4.5, 0.5],
      [1, 1, 4, 1, 2, 1],
      [1.5, 0, 1.5, 5, 1.5, 2],
    ]) {
      for (const winding of ['even-odd', 'non-zero'] as const) {
        expect(fillRingsPixelCenter([ringFrom(points)], 6, 5, winding).isEmpty).toBe(true)
      }
    }
  })

  it('smaller than a pixel have it when they hold its centre', () => {
    const at = (x: number, y: number) => boundsCorners({ left: x, top: y, right: x + 0.2, bottom: y + 0.2 })
    expect([...fillRingsPixelCenter([at(2.4, 1.4)], 4, 3).runs]).toEqual([7, 1, 4])
    expect(fillRingsPixelCenter([at(2.6, 1.4)], 4, 3).isEmpty).toBe(true)
  })

  it.each([1e3, 1e9, 1e15, 1e100, 1e300])('reaching %f pixels out are still exact', (far) => {
    const full = boundsCorners({ left: -far, top: -far, right: far, bottom: far })
    expect(fillRingsPixelCenter([full], 7, 3).equals(Mask.full(7, 3))).toBe(true)
    // The diagonal from corner to corner goes through the centres (k + 0.5, k + 0.5), which lie to the right of it.
    const upper = ringFrom([-far, -far, far, -far, far, far])
    const want = naivePixels(7, 3, (x, y) => x >= y)
    expect(fillRingsPixelCenter([upper], 7, 3).toDense()).toEqual(want)
    const beside = ringFrom([far, far, 2 * far, far, 2 * far, 2 * far])
    expect(fillRingsPixelCenter([beside], 7, 3).isEmpty).toBe(true)
  })

  it('pentagram: the middle is out under even-odd and in under non-zero', () => {
    const star = ringFrom(
      [0, 1, 2, 3, 4].flatMap((k) => [10 + 9 * Math.sin(k * 0.8 * Math.PI), 10 - 9 * Math.cos(k * 0.8 * Math.PI)]),
    )
    expect(fillRingsPixelCenter([star], 21, 20).get(10, 10)).toBe(false)
    expect(fillRingsPixelCenter([star], 21, 20, 'non-zero').get(10, 10)).toBe(true)
  })

  it('with a number that is none are refused by name', () => {
    expect(() => fillRingsPixelCenter([Float64Array.of(0, 0, 1)], 4, 3)).toThrow(
      expect.objectContaining({ code: 'ring-format' }),
    )
    expect(() => fillRingsPixelCenter([Float64Array.of(0, 0, Number.NaN, 1, 2, 2)], 4, 3)).toThrow(
      'number 2 of a ring is not finite',
    )
    expect(() => fillRingsPixelCenter([Float64Array.of(0, 0, 1, Number.POSITIVE_INFINITY)], 4, 3)).toThrow(
      expect.objectContaining({ code: 'ring-format' }),
    )
    expect(() => fillRingsPixelCenter([], -1, 3)).toThrow(expect.objectContaining({ code: 'mask-size' }))
    expect(() => fillPartsPixelCenter([], 2.5, 3)).toThrow(expect.objectContaining({ code: 'mask-size' }))
  })

  it('nothing fills nothing', () => {
    expect(fillRingsPixelCenter([], 4, 3).equals(Mask.empty(4, 3))).toBe(true)
    expect(fillPartsPixelCenter([], 4, 3).equals(Mask.empty(4, 3))).toBe(true)
    const box = boundsCorners({ left: 0, top: 0, right: 9, bottom: 9 })
    expect([...fillRingsPixelCenter([box], 0, 3).runs]).toEqual([0])
    expect([...fillRingsPixelCenter([box], 3, 0).runs]).toEqual([0])
  })
})

it('many crossings on one line are sorted', () => {
  // A comb of 60 teeth lying on its side: 120 crossings in each column it reaches.
  const points: number[] = [0, 0]
  for (let k = 0; k < 60; k++) points.push(4, 2 * k, 4, 2 * k + 1, 1, 2 * k + 1, 1, 2 * k + 2)
  points.push(0, 120)
  for (const winding of ['even-odd', 'non-zero'] as const) {
    const mask = fillRingsPixelCenter([ringFrom(points)], 5, 121, winding)
    expect(mask.toDense()).toEqual(naivePixels(5, 121, (x, y) => y < 120 && x < 4 && (x === 0 || y % 2 === 0)))
  }
})
