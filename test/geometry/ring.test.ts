import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boundsArea,
  boundsCorners,
  boundsEqual,
  boundsHeight,
  boundsIntersection,
  boundsOfPoints,
  boundsUnion,
  boundsWidth,
  boxIou,
  type Pt,
  reverseRing,
  ringArea,
  ringCentroid,
  ringContains,
  ringFrom,
  ringPerimeter,
  ringSignedArea,
  ringsEqual,
} from '../../src/geometry/index.js'

const coordinate = fc.double({ min: -1000, max: 1000, noNaN: true })
const points = fc.array(fc.tuple(coordinate, coordinate), { maxLength: 12 })

describe('ringFrom', () => {
  it('takes flat numbers and points alike, and copies', () => {
    const flat = ringFrom([1, 2, 30, 4, 5, 60])
    expect(flat).toEqual(Float64Array.of(1, 2, 30, 4, 5, 60))
    const pairs: Pt[] = [
      [1, 2],
      [30, 4],
      [5, 60],
    ]
    expect(ringFrom(pairs)).toEqual(flat)
    const copy = ringFrom(flat)
    copy[0] = 9
    expect(flat[0]).toBe(1)
    expect(ringFrom([])).toHaveLength(0)
  })

  it.each([
    [[1, 2, 3], 'expected pairs x, y, got 3 numbers'],
    [[1, 2, Number.NaN, 4], 'number 2 of a ring is not finite'],
    [[1, 2, 3, Number.POSITIVE_INFINITY], 'number 3 of a ring is not finite'],
    [['a', 2], 'number 0 of a ring is not finite'],
    [[[1, 2], [3]], 'point 1 of a ring is not a pair'],
    [[[1, 2], 3], 'point 1 of a ring is not a pair'],
    [[[1, 2, 3]], 'point 0 of a ring is not a pair'],
  ])('refuses %j', (input, message) => {
    const action = () => ringFrom(input as number[])
    expect(action).toThrow(expect.objectContaining({ code: 'ring-format' }))
    expect(action).toThrow(message)
  })
})

describe('measures', () => {
  const triangle = ringFrom([10, 10, 40, 10, 10, 50])

  it('of a 3-4-5 triangle', () => {
    expect(ringSignedArea(triangle)).toBe(600)
    expect(ringSignedArea(reverseRing(triangle))).toBe(-600)
    expect(ringArea(reverseRing(triangle))).toBe(600)
    expect(ringPerimeter(triangle)).toBe(120)
    const [x, y] = ringCentroid(triangle)
    expect(x).toBeCloseTo(20, 12)
    expect(y).toBeCloseTo(70 / 3, 12)
  })

  it('keep their digits far from the origin', () => {
    expect(ringArea(ringFrom([1e9, 1e9, 1e9 + 0.5, 1e9, 1e9 + 0.5, 1e9 + 0.25, 1e9, 1e9 + 0.25]))).toBe(0.125)
  })

  it('of rings that enclose nothing', () => {
    const line = ringFrom([0, 0, 3, 4])
    expect(ringArea(line)).toBe(0)
    expect(ringPerimeter(line)).toBe(10)
    expect(ringCentroid(line)).toEqual([1.5, 2])
    expect(ringCentroid(ringFrom([7, 5]))).toEqual([7, 5])
    expect(ringArea(ringFrom([]))).toBe(0)
    expect(() => ringCentroid(ringFrom([]))).toThrow(expect.objectContaining({ code: 'degenerate-geometry' }))
  })

  it('the area of a bow tie counts by winding', () => {
    expect(ringArea(ringFrom([0, 0, 4, 4, 4, 0, 0, 4]))).toBe(0)
  })

  it('reversing keeps the first vertex and undoes itself', () => {
    expect(reverseRing(triangle)).toEqual(Float64Array.of(10, 10, 10, 50, 40, 10))
    fc.assert(
      fc.property(points, (list) => {
        const ring = ringFrom(list)
        expect(ringsEqual(reverseRing(reverseRing(ring)), ring)).toBe(true)
        expect(ringArea(reverseRing(ring))).toBeCloseTo(ringArea(ring), 6)
      }),
    )
  })

  it('equality has a tolerance', () => {
    const moved = triangle.map((value) => value + 0.01)
    expect(ringsEqual(triangle, moved)).toBe(false)
    expect(ringsEqual(triangle, moved, 0.011)).toBe(true)
    expect(ringsEqual(triangle, triangle.slice(0, 4), 100)).toBe(false)
  })
})

describe('ringContains', () => {
  it('is half open and even-odd', () => {
    const box = ringFrom([2, 1, 7, 1, 7, 4, 2, 4])
    expect(ringContains(box, 2, 1)).toBe(true)
    expect(ringContains(box, 6.99, 3.99)).toBe(true)
    expect(ringContains(box, 7, 2)).toBe(false)
    expect(ringContains(box, 3, 4)).toBe(false)
    expect(ringContains(box, 1.99, 2)).toBe(false)
    const bow = ringFrom([0, 0, 4, 4, 4, 0, 0, 4])
    expect(ringContains(bow, 0.5, 2)).toBe(true)
    expect(ringContains(bow, 2, 0.5)).toBe(false)
    expect(ringContains(ringFrom([0, 0, 4, 4]), 2, 2)).toBe(false)
  })

  it('two triangles that share an edge split its points between them', () => {
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        coordinate,
        coordinate,
        fc.double({ min: 0, max: 1 }),
        (ax, ay, bx, by, t) => {
          fc.pre(ax < bx && ay < by && !Number.isNaN(t) && t < 1)
          const one = ringFrom([ax, ay, bx, ay, bx, by])
          const two = ringFrom([bx, by, ax, by, ax, ay])
          const x = ax + t * (bx - ax)
          const y = ay + t * (by - ay)
          fc.pre(x < bx && y < by)
          expect(ringContains(one, x, y)).toBe(!ringContains(two, x, y))
        },
      ),
    )
  })
})

describe('bounds', () => {
  const a = { left: 1, top: 2, right: 11, bottom: 5 }
  const b = { left: 8, top: 0, right: 12, bottom: 4 }

  it('measure, unite and meet', () => {
    expect([boundsWidth(a), boundsHeight(a), boundsArea(a)]).toEqual([10, 3, 30])
    expect(boundsArea({ left: 5, top: 5, right: 1, bottom: 1 })).toBe(0)
    expect(boundsUnion(a, b)).toEqual({ left: 1, top: 0, right: 12, bottom: 5 })
    expect(boundsIntersection(a, b)).toEqual({ left: 8, top: 2, right: 11, bottom: 4 })
    expect(boundsIntersection(a, { ...b, left: 11 })).toBeNull()
    expect(boxIou(a, b)).toBe(6 / (30 + 16 - 6))
    expect(boxIou(a, b, true)).toBe(6 / 30)
    expect(boxIou(a, { ...b, top: -4, bottom: 2 })).toBe(0)
    expect(boundsEqual(a, { ...a, bottom: 5.25 })).toBe(false)
    expect(boundsEqual(a, { ...a, bottom: 5.25 }, 0.25)).toBe(true)
  })

  it('come from points and give corners back', () => {
    expect(boundsOfPoints(ringFrom([3, 9, -1, 4, 2, 7]))).toEqual({ left: -1, top: 4, right: 3, bottom: 9 })
    expect(boundsOfPoints(ringFrom([]))).toBeNull()
    expect(boundsCorners(a)).toEqual(Float64Array.of(1, 2, 11, 2, 11, 5, 1, 5))
    expect(boundsOfPoints(boundsCorners(a))).toEqual(a)
    expect(ringSignedArea(boundsCorners(a))).toBe(30)
  })
})
