import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  boundsOfPoints,
  clipBounds,
  clipRing,
  clipSegment,
  ellipseBounds,
  ellipseRing,
  type Pt,
  ringArea,
  ringContains,
  ringFrom,
  ringSignedArea,
  rotatedBoxBounds,
  rotatedBoxCorners,
  rotatedBoxFromCorners,
  rotatedBoxRing,
} from '../../src/geometry/index.js'

const goldens = process.env.ANNOFORM_GOLDENS

interface SdkGeometry {
  readonly box_corners: readonly {
    readonly input: { readonly box: [number, number, number, number]; readonly angle: number | null }
    readonly expected: { readonly v1_106_4: Pt[] }
  }[]
  readonly ellipse_box: readonly {
    readonly input: { x: number; y: number; rx: number; ry: number; angle: number }
    readonly expected: [number, number, number, number]
  }[]
}

describe('answers of the Dataloop SDK (skipped unless ANNOFORM_GOLDENS is set)', () => {
  const load = () => JSON.parse(readFileSync(join(goldens as string, 'dtlpy/geometry.json'), 'utf8')) as SdkGeometry

  it.skipIf(goldens === undefined)('corners of 20 rotated boxes', () => {
    const cases = load().box_corners
    expect(cases).toHaveLength(20)
    for (const { input, expected } of cases) {
      const [left, top, right, bottom] = input.box
      const corners = rotatedBoxCorners({ left, top, right, bottom }, input.angle ?? 0)
      for (const [i, [x, y]] of corners.entries()) {
        expect(x).toBeCloseTo(expected.v1_106_4[i]?.[0] as number, 9)
        expect(y).toBeCloseTo(expected.v1_106_4[i]?.[1] as number, 9)
      }
    }
  })

  it.skipIf(goldens === undefined)('boxes of 20 ellipses', () => {
    const cases = load().ellipse_box
    expect(cases).toHaveLength(20)
    for (const { input, expected } of cases) {
      const box = ellipseBounds(input.x, input.y, input.rx, input.ry, input.angle)
      for (const [i, side] of [box.left, box.top, box.right, box.bottom].entries()) {
        expect(side).toBeCloseTo(expected[i] as number, 9)
      }
    }
  })
})

describe('rotated boxes', () => {
  const box = { left: 10, top: 10, right: 30, bottom: 20 }

  it('turn clockwise on screen about the centre', () => {
    const want = [
      [13.84, 5.67],
      [8.84, 14.33],
      [26.16, 24.33],
      [31.16, 15.67],
    ]
    for (const [i, [x, y]] of rotatedBoxCorners(box, 30).entries()) {
      expect(x).toBeCloseTo(want[i]?.[0] as number, 2)
      expect(y).toBeCloseTo(want[i]?.[1] as number, 2)
    }
    expect(rotatedBoxCorners(box, 90)).toEqual([
      [25, 5],
      [15, 5],
      [15, 25],
      [25, 25],
    ])
    expect(rotatedBoxRing(box, 0)).toEqual(Float64Array.of(10, 10, 30, 10, 30, 20, 10, 20))
    expect(ringSignedArea(rotatedBoxRing(box, 77))).toBeCloseTo(200, 9)
    expect(rotatedBoxBounds(box, 90)).toEqual({ left: 15, top: 5, right: 25, bottom: 25 })
  })

  it('keep their sides to the bit at angle 0', () => {
    const odd = { left: 0.1, top: 0.7, right: 1234.3, bottom: 999.9 }
    const [tl, bl, br, tr] = rotatedBoxCorners(odd, 0)
    expect(rotatedBoxFromCorners(tl, bl, br, tr)).toEqual({ bounds: odd, angle: 0, error: 0 })
  })

  it('come back from their corners', () => {
    const at = fc.double({ min: -2000, max: 4000, noNaN: true })
    const extent = fc.double({ min: 0.5, max: 3000, noNaN: true })
    const degrees = fc.double({ min: -179.9, max: 180, noNaN: true })
    fc.assert(
      fc.property(at, at, extent, extent, degrees, (left, top, width, height, angle) => {
        const bounds = { left, top, right: left + width, bottom: top + height }
        const [tl, bl, br, tr] = rotatedBoxCorners(bounds, angle)
        const fitted = rotatedBoxFromCorners(tl, bl, br, tr, 1e-6)
        expect(fitted.error).toBeLessThan(1e-9)
        expect(Math.abs(fitted.angle - angle) % 360).toBeLessThan(1e-6)
        for (const side of ['left', 'top', 'right', 'bottom'] as const) {
          expect(fitted.bounds[side]).toBeCloseTo(bounds[side], 8)
        }
      }),
    )
  })

  it('without width still have a direction', () => {
    const line = { left: 5, top: 0, right: 5, bottom: 8 }
    const [tl, bl, br, tr] = rotatedBoxCorners(line, 30)
    const { angle, bounds, error } = rotatedBoxFromCorners(tl, bl, br, tr)
    expect(angle).toBeCloseTo(30, 9)
    expect(bounds.bottom - bounds.top).toBeCloseTo(8, 9)
    expect(error).toBeLessThan(1e-9)
    expect(rotatedBoxFromCorners([3, 4], [3, 4], [3, 4], [3, 4])).toEqual({
      bounds: { left: 3, top: 4, right: 3, bottom: 4 },
      angle: 0,
      error: 0,
    })
  })

  it('measure and refuse what is no rectangle', () => {
    const leaning = rotatedBoxFromCorners([0, 0], [2, 10], [22, 10], [20, 0])
    expect(leaning.error).toBeGreaterThan(0.9)
    expect(() => rotatedBoxFromCorners([0, 0], [2, 10], [22, 10], [20, 0], 0.5)).toThrow(
      expect.objectContaining({ code: 'degenerate-geometry' }),
    )
    // The right corners in the wrong order.
    expect(rotatedBoxFromCorners([0, 0], [20, 0], [20, 10], [0, 10]).error).toBeGreaterThan(9)
    expect(() => rotatedBoxFromCorners([0, 0], [0, Number.NaN], [20, 10], [20, 0])).toThrow(
      expect.objectContaining({ code: 'degenerate-geometry' }),
    )
  })
})

describe('ellipses', () => {
  it('have exact boxes at quarter turns', () => {
    expect(ellipseBounds(10, 20, 6, 2, 0)).toEqual({ left: 4, top: 18, right: 16, bottom: 22 })
    expect(ellipseBounds(10, 20, 6, 2, 90)).toEqual({ left: 8, top: 14, right: 12, bottom: 26 })
  })

  it('become inscribed rings within the tolerance', () => {
    const radius = fc.double({ min: 0.01, max: 2000, noNaN: true })
    const degrees = fc.double({ min: -360, max: 360, noNaN: true })
    const tolerance = fc.constantFrom(1 / 64, 0.25, 1)
    fc.assert(
      fc.property(radius, radius, degrees, tolerance, (rx, ry, angle, allowed) => {
        const { ring, deviation } = ellipseRing(50, -20, rx, ry, angle, allowed)
        const count = ring.length / 2
        expect(count % 4).toBe(0)
        expect(count).toBeGreaterThanOrEqual(8)
        expect(count).toBeLessThanOrEqual(720)
        if (count < 720) expect(deviation).toBeLessThanOrEqual(allowed)
        const cos = Math.cos((angle * Math.PI) / 180)
        const sin = Math.sin((angle * Math.PI) / 180)
        const scale = (x: number, y: number) =>
          Math.hypot((cos * (x - 50) + sin * (y + 20)) / rx, (cos * (y + 20) - sin * (x - 50)) / ry)
        let worst = 0
        for (let i = 0; i < ring.length; i += 2) {
          const k = (i + 2) % ring.length
          const [x, y] = [ring[i] as number, ring[i + 1] as number]
          expect(scale(x, y)).toBeCloseTo(1, 6)
          const mx = (x + (ring[k] as number)) / 2
          const my = (y + (ring[k + 1] as number)) / 2
          const s = scale(mx, my)
          worst = Math.max(worst, Math.hypot(mx - 50, my + 20) * (1 / s - 1))
        }
        expect(worst).toBeLessThanOrEqual(deviation * (1 + 1e-6) + 1e-9)
      }),
    )
  })

  it('need few vertices, and the fewest multiple of four', () => {
    const { ring, deviation } = ellipseRing(0, 0, 100, 40, 0)
    expect(ring.length / 2).toBe(180)
    expect(deviation).toBeLessThanOrEqual(1 / 64)
    expect(100 * (1 - Math.cos(Math.PI / 176))).toBeGreaterThan(1 / 64)
    expect([ring[0], ring[1]]).toEqual([100, 0])
    expect(ringSignedArea(ring)).toBeGreaterThan(0)
    expect(boundsOfPoints(ring)).toEqual({ left: -100, top: -40, right: 100, bottom: 40 })
    expect(ellipseRing(0, 0, 1e6, 1, 0).ring).toHaveLength(1440)
    expect(ellipseRing(0, 0, 1e6, 1, 0).deviation).toBeGreaterThan(1)
    expect(ellipseRing(0, 0, 0, 0, 0)).toEqual({ ring: new Float64Array(16), deviation: 0 })
  })
})

describe('clipping', () => {
  const frame = { left: 0, top: 0, right: 20, bottom: 10 }

  it('cuts rings to the frame', () => {
    expect(clipRing(ringFrom([1, 1, 5, 1, 5, 4]), frame)).toEqual(Float64Array.of(1, 1, 5, 1, 5, 4))
    expect(ringArea(clipRing(ringFrom([-10, -10, 30, -10, 30, 30, -10, 30]), frame))).toBe(200)
    expect(ringArea(clipRing(ringFrom([-5, 5, 5, -5, 15, 5, 5, 15]), frame))).toBe(125)
    for (const outside of [[21, 1, 25, 1, 25, 5], [20, 1, 25, 1, 25, 5, 20, 5], [-9, 11, 30, 11, 30, 40], []]) {
      expect(clipRing(ringFrom(outside), frame)).toHaveLength(0)
    }
    // A U with its bottom below the frame: two towers stay, in one ring.
    const u = ringFrom([2, 2, 4, 2, 4, 15, 10, 15, 10, 2, 12, 2, 12, 18, 2, 18])
    expect(ringArea(clipRing(u, frame))).toBe(32)
  })

  it('keeps even-odd inside the frame', () => {
    const at = fc.integer({ min: -15, max: 35 })
    fc.assert(
      fc.property(fc.array(fc.tuple(at, at), { minLength: 3, maxLength: 8 }), (points) => {
        const ring = ringFrom(points)
        const clipped = clipRing(ring, frame)
        const box = boundsOfPoints(clipped)
        if (box !== null) {
          expect(box.left >= 0 && box.top >= 0 && box.right <= 20 && box.bottom <= 10).toBe(true)
        }
        // Irrational steps: no point of the grid lies on an edge between integer vertices, where rounding decides.
        for (let y = Math.PI / 9; y < 10; y += Math.E * 0.6) {
          for (let x = Math.SQRT2 / 5; x < 20; x += Math.SQRT2 * 1.3) {
            expect(ringContains(clipped, x, y)).toBe(ringContains(ring, x, y))
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  it('cuts boxes, keeping those without extent', () => {
    expect(clipBounds({ left: -3, top: 4, right: 8, bottom: 40 }, frame)).toEqual({
      left: 0,
      top: 4,
      right: 8,
      bottom: 10,
    })
    const line = { left: 20, top: 3, right: 20, bottom: 4 }
    expect(clipBounds(line, frame)).toEqual(line)
    expect(clipBounds({ left: 20, top: 3, right: 21, bottom: 4 }, frame)).toBeNull()
    expect(clipBounds({ left: 22, top: 3, right: 25, bottom: 4 }, frame)).toBeNull()
  })

  it('cuts segments', () => {
    expect(clipSegment([-5, 5], [25, 5], frame)).toEqual([
      [0, 5],
      [20, 5],
    ])
    expect(clipSegment([5, 5], [5, 25], frame)).toEqual([
      [5, 5],
      [5, 10],
    ])
    expect(clipSegment([-4, 4], [4, -4], frame)).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(clipSegment([1, 2], [3, 4], frame)).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(clipSegment([-6, 4], [4, -6], frame)).toBeNull()
    expect(clipSegment([-5, 11], [25, 11], frame)).toBeNull()
    expect(clipSegment([30, 5], [25, 5], frame)).toBeNull()
  })
})
