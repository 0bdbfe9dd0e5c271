import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { partsArea } from '../../src/geometry/parts.js'
import type { Pt } from '../../src/geometry/point.js'
import { ringArea, ringContains, ringSignedArea } from '../../src/geometry/ring.js'
import {
  boxPolygon,
  convexHull,
  cuboidFacePolygons,
  cuboidHullPolygon,
  ellipsePolygon,
} from '../../src/geometry/shapes-outline.js'
import { polylinePolygon, type StrokeOptions } from '../../src/geometry/shapes-polyline.js'

describe('boxes and ellipses', () => {
  it('a box is exact, turned or not', () => {
    const bounds = { left: 1, top: 2, right: 7, bottom: 4 }
    expect(boxPolygon(bounds)).toEqual({
      parts: [{ outer: Float64Array.of(1, 2, 7, 2, 7, 4, 1, 4), holes: [] }],
      exact: true,
      error: 0,
    })
    expect(boxPolygon(bounds, 90).parts[0]?.outer).toEqual(Float64Array.of(5, 0, 5, 6, 3, 6, 3, 0))
  })

  it.each([0.5, 1 / 64, 0.001])('an ellipse keeps within a chord error of %f', (tolerance) => {
    const { parts, exact, error } = ellipsePolygon(20, 10, 15, 6, 30, tolerance)
    expect(exact).toBe(false)
    expect(error).toBeGreaterThan(0)
    expect(error).toBeLessThanOrEqual(tolerance)
    const lost = Math.PI * 15 * 6 - partsArea(parts)
    expect(lost).toBeGreaterThan(0)
    // No point of the curve is further off than `error`, so the area is short by less than a rim as wide as that.
    expect(lost).toBeLessThan(error * 2 * Math.PI * 15)
  })

  it('an ellipse without extent is exact', () => {
    expect(ellipsePolygon(3, 4, 0, 0)).toMatchObject({ exact: true, error: 0 })
  })
})

describe('cuboids', () => {
  const front = [
    [0, 2],
    [6, 2],
    [6, 8],
    [0, 8],
  ] as const
  const back = [
    [3, 0],
    [9, 0],
    [9, 6],
    [3, 6],
  ] as const

  it('six faces, each joining corners that belong together', () => {
    const faces = cuboidFacePolygons({ front, back })
    expect(faces.map(({ parts }) => [...(parts[0]?.outer ?? [])])).toEqual([
      [0, 2, 6, 2, 6, 8, 0, 8],
      [3, 0, 9, 0, 9, 6, 3, 6],
      [0, 2, 6, 2, 9, 0, 3, 0],
      [6, 2, 6, 8, 9, 6, 9, 0],
      [6, 8, 0, 8, 3, 6, 9, 6],
      [0, 8, 0, 2, 3, 0, 3, 6],
    ])
    expect(faces.every(({ exact, error }) => exact && error === 0)).toBe(true)
  })

  it('the hull is the silhouette', () => {
    expect(cuboidHullPolygon({ front, back }).parts).toEqual([
      { outer: Float64Array.of(0, 2, 3, 0, 9, 0, 9, 6, 6, 8, 0, 8), holes: [] },
    ])
  })

  it('a hull holds all points, runs clockwise and turns right at every corner', () => {
    const lists = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 6 })), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(lists, (list: readonly Pt[]) => {
        const hull = convexHull(list)
        const n = hull.length
        const at = (i: number): number => hull[i % n] as number
        for (let i = 0; i < n && n >= 6; i += 2) {
          const turn = (x: number, y: number): number =>
            (at(i + 2) - at(i)) * (y - at(i + 1)) - (at(i + 3) - at(i + 1)) * (x - at(i))
          expect(turn(at(i + 4), at(i + 5))).toBeGreaterThan(0)
          for (const [x, y] of list) expect(turn(x, y)).toBeGreaterThanOrEqual(0)
        }
        expect(n).toBeGreaterThanOrEqual(2)
        expect(ringSignedArea(hull)).toBeGreaterThanOrEqual(0)
      }),
      { numRuns: 500 },
    )
  })
})

/** The least distance of a point to an open line. */
function distance(line: readonly number[], x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [ax, ay, bx, by] = line.slice(i, i + 4) as [number, number, number, number]
    const length2 = (bx - ax) ** 2 + (by - ay) ** 2
    const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2))
    least = Math.min(least, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)))
  }
  return least
}

describe('lines with a width', () => {
  const stroke = (line: readonly number[], width: number, options?: StrokeOptions) =>
    polylinePolygon(Float64Array.from(line), width, options)

  it.each<[string, readonly number[], number, StrokeOptions, readonly (readonly number[])[]]>([
    ['butt ends', [1, 3, 6, 3], 2, { cap: 'butt' }, [[6, 2, 6, 4, 1, 4, 1, 2]]],
    ['square ends', [1, 3, 6, 3], 2, { cap: 'square' }, [[7, 2, 7, 4, 0, 4, 0, 2]]],
    [
      'a bevel where it bends right',
      [0, 0, 4, 0, 4, 6],
      2,
      { cap: 'butt', join: 'bevel' },
      [
        [4, -1, 4, 1, 0, 1, 0, -1],
        [4, 0, 4, -1, 5, 0],
        [5, 6, 3, 6, 3, 0, 5, 0],
      ],
    ],
    [
      'a miter where it bends left',
      [0, 6, 4, 6, 4, 0],
      2,
      { cap: 'butt', join: 'miter' },
      [
        [4, 5, 4, 7, 0, 7, 0, 5],
        [4, 6, 5, 6, 5, 7, 4, 7],
        [3, 0, 5, 0, 5, 6, 3, 6],
      ],
    ],
    ['a square dot', [2, 5, 2, 5], 4, { cap: 'square' }, [[4, 3, 4, 7, 0, 7, 0, 3]]],
    ['nothing: a dot with butt ends', [2, 5, 2, 5], 4, { cap: 'butt' }, []],
    ['nothing: no width', [2, 5, 4, 5], 0, {}, []],
    ['nothing: no points', [], 3, {}, []],
  ])('exactly, with %s', (_, line, width, options, parts) => {
    const { parts: found, exact, error } = stroke(line, width, options)
    expect({ exact, error }).toEqual({ exact: true, error: 0 })
    const rings = found.map(({ outer }) => [...outer].map((value) => Math.round(value * 1e9) / 1e9 + 0))
    expect(rings).toEqual(parts)
    expect(found.every(({ outer }) => ringSignedArea(outer) > 0)).toBe(true)
  })

  it('a sharp miter is cut off', () => {
    const sharp = [0, 0, 10, 0, 0, 1]
    expect(stroke(sharp, 2, { join: 'miter', cap: 'butt' }).parts[1]?.outer).toHaveLength(6)
    expect(stroke(sharp, 2, { join: 'miter', cap: 'butt', miterLimit: 100 }).parts[1]?.outer).toHaveLength(8)
  })

  it('a straight joint and a turn on the spot need no corner', () => {
    expect(stroke([0, 0, 3, 0, 7, 0], 2, { join: 'bevel', cap: 'butt' }).parts).toHaveLength(2)
    expect(stroke([0, 0, 3, 0, 1, 0], 2, { join: 'miter', cap: 'butt' }).parts).toHaveLength(2)
  })

  it('round ends and joints: all points within half the width, and `error` tells by how much less', () => {
    const coordinate = fc.integer({ min: 0, max: 12 })
    const lines = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 5 }).map((list) => list.flat())
    fc.assert(
      fc.property(
        lines,
        fc.constantFrom(1, 3, 7),
        fc.constantFrom(0.5, 1 / 16),
        coordinate,
        coordinate,
        (line, width, tolerance, px, py) => {
          const { parts, error, exact } = stroke(line, width, { tolerance })
          expect(exact).toBe(false)
          expect(error).toBeLessThanOrEqual(tolerance)
          const x = px + 0.3137
          const y = py + 0.6173
          const inside = parts.some(({ outer }) => ringContains(outer, x, y))
          const from = distance(line.length === 2 ? [...line, ...line] : line, x, y)
          if (from > width / 2 + 1e-9) expect(inside).toBe(false)
          if (from < width / 2 - error - 1e-9) expect(inside).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('a round dot is a polygon in a disc', () => {
    const { parts, error } = stroke([5, 5], 6, { tolerance: 0.01 })
    expect(Math.PI * 9 - ringArea(parts[0]?.outer ?? new Float64Array(0))).toBeLessThan(error * 2 * Math.PI * 3)
    expect(stroke([5, 5], 6, { tolerance: 0 }).error).toBeLessThan(1e-4)
    expect(stroke([5, 5], 6, { tolerance: 9 }).parts[0]?.outer).toHaveLength(12)
  })

  it('refuses a width that is none', () => {
    expect(() => stroke([0, 0, 1, 1], -1)).toThrow(TypeError)
    expect(() => stroke([0, 0, 1, 1], Number.NaN)).toThrow(TypeError)
  })
})
