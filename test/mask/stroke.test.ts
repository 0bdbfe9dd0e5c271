import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ringFrom } from '../../src/geometry/index.js'
import { difference, fillEllipse, Mask, strokeEllipse, strokeLines } from '../../src/mask/index.js'
import { isCanonical } from './fixtures.js'

const WIDTH = 23
const HEIGHT = 17
/** Centres nearer to a border than this may fall on either side: square roots round. */
const DOUBT = 1e-9

function distanceToSegment(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0]
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / square))
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy)
}

/** Compares with a margin: `value(x, y)` is below 0 inside, above outside. */
function expectInside(mask: Mask, value: (x: number, y: number) => number): void {
  for (let y = 0; y < mask.height; y++) {
    for (let x = 0; x < mask.width; x++) {
      const v = value(x + 0.5, y + 0.5)
      if (Math.abs(v) > DOUBT) expect([x, y, mask.get(x, y)]).toEqual([x, y, v < 0])
    }
  }
}

const coordinate = fc.double({ min: -9, max: 32, noNaN: true })

describe('lines', () => {
  it('have the pixels whose centres lie within half the thickness', () => {
    const line = fc.array(fc.tuple(coordinate, coordinate), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 2 }),
        fc.double({ min: 0.2, max: 12, noNaN: true }),
        fc.boolean(),
        (lines, thickness, closed) => {
          const flat = lines.map((points) => Float64Array.from(points.flat()))
          const mask = strokeLines(flat, WIDTH, HEIGHT, thickness, closed)
          expect(isCanonical(mask)).toBe(true)
          expectInside(mask, (x, y) => {
            let nearest = Number.POSITIVE_INFINITY
            for (const points of lines) {
              for (let i = 0; i < points.length; i++) {
                const last = i + 1 === points.length
                if (last && !closed && points.length > 1) continue
                const [x0, y0] = points[i] as [number, number]
                const [x1, y1] = points[last ? 0 : i + 1] as [number, number]
                nearest = Math.min(nearest, distanceToSegment(x, y, x0, y0, x1, y1))
              }
            }
            return nearest - thickness / 2
          })
        },
      ),
      { numRuns: 200 },
    )
  })

  it.each([1, 2, 3, 4])('upright ones of thickness %i are as wide on pixel edges as on centres', (thickness) => {
    for (const at of [7, 7.25, 7.5, 7.75]) {
      const down = strokeLines([ringFrom([at, 6, at, 10])], 20, 16, thickness)
      const across = strokeLines([ringFrom([6, at, 10, at])], 20, 16, thickness)
      const first = Math.ceil(at - thickness / 2 - 0.5)
      for (let i = 0; i < 20; i++) {
        expect([i, down.get(i, 8)]).toEqual([i, i >= first && i < first + thickness])
        if (i < 16) expect([i, across.get(8, i)]).toEqual([i, i >= first && i < first + thickness])
      }
    }
  })

  it('one pixel thick leave no gap between neighbours, whatever their direction', () => {
    fc.assert(
      fc.property(coordinate, coordinate, coordinate, coordinate, (x0, y0, x1, y1) => {
        const mask = strokeLines([ringFrom([x0, y0, x1, y1])], 60, 60, 1)
        const flat = Math.abs(x1 - x0) >= Math.abs(y1 - y0)
        const [low, high] = flat ? [Math.min(x0, x1), Math.max(x0, x1)] : [Math.min(y0, y1), Math.max(y0, y1)]
        const rows = mask.toDense()
        for (let i = Math.max(0, Math.ceil(low)); i + 1 <= high && i < 60; i++) {
          const t = (i + 0.5 - (flat ? x0 : y0)) / (flat ? x1 - x0 : y1 - y0)
          const across = flat ? y0 + t * (y1 - y0) : x0 + t * (x1 - x0)
          if (across < 1 || across > 59) continue
          let count = 0
          for (let k = 0; k < 60; k++) count += (flat ? rows[k * 60 + i] : rows[i * 60 + k]) as number
          expect(count).toBeGreaterThan(0)
        }
      }),
      { numRuns: 100 },
    )
  })

  it('refuse what they cannot be', () => {
    for (const thickness of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => strokeLines([], 4, 3, thickness)).toThrow(expect.objectContaining({ code: 'invalid-value' }))
    }
    expect(() => strokeLines([Float64Array.of(1, 2, 3)], 4, 3, 1)).toThrow(
      expect.objectContaining({ code: 'ring-format' }),
    )
    expect(() => strokeLines([Float64Array.of(1, Number.NaN)], 4, 3, 1)).toThrow('number 1 of a line is not finite')
    expect(strokeLines([new Float64Array(0)], 4, 3, 1, true).isEmpty).toBe(true)
    expect(strokeLines([ringFrom([-1e9, 1, 1e9, 1])], 4, 3, 2).area).toBe(8)
  })
})

describe('ellipses', () => {
  const axis = fc.double({ min: 0.3, max: 14, noNaN: true })
  const angle = fc.oneof(fc.double({ min: -400, max: 400, noNaN: true }), fc.constantFrom(0, 90, 45, 180))

  it('filled have the pixels whose centres are inside', () => {
    fc.assert(
      fc.property(coordinate, coordinate, axis, axis, angle, (cx, cy, rx, ry, turn) => {
        const mask = fillEllipse({ cx, cy, rx, ry, angle: turn }, WIDTH, HEIGHT)
        expect(isCanonical(mask)).toBe(true)
        const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)]
        expectInside(mask, (x, y) => {
          const [dx, dy] = [x - cx, y - cy]
          return ((dx * cos + dy * sin) / rx) ** 2 + ((dy * cos - dx * sin) / ry) ** 2 - 1
        })
      }),
      { numRuns: 150 },
    )
  })

  it('a circle of radius 2 about a corner has 12 pixels, about a centre 13 less its lowest and rightmost', () => {
    expect(fillEllipse({ cx: 4, cy: 3, rx: 2, ry: 2 }, 9, 7).area).toBe(12)
    const odd = fillEllipse({ cx: 4.5, cy: 3.5, rx: 2, ry: 2 }, 9, 7)
    expect([odd.area, odd.get(2, 3), odd.get(6, 3), odd.get(4, 1), odd.get(4, 5)]).toEqual([
      10,
      true,
      false,
      false,
      false,
    ])
  })

  it('circles of whole radii about a pixel centre are exact: of centres on them those on their left are in', () => {
    for (let r = 1; r <= 70; r++) {
      const size = 2 * r + 3
      const mask = fillEllipse({ cx: r + 1.5, cy: r + 1.5, rx: r, ry: r, angle: r }, size, size)
      const want = new Uint8Array(size * size)
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const [dx, dy] = [x - r - 1, y - r - 1]
          const over = dx * dx + dy * dy - r * r
          want[y * size + x] = over < 0 || (over === 0 && dx < 0) ? 1 : 0
        }
      }
      expect([r, Buffer.compare(mask.toDense(), want)]).toEqual([r, 0])
      // Where no rule of left and right decides, rows are as columns.
      for (let y = 0; y <= r; y++) for (let x = 0; x <= r; x++) expect(mask.get(x, y)).toBe(mask.get(y, x))
    }
  })

  it('outlines of circles of whole radii and thickness are the larger less the smaller', () => {
    for (const [r, thickness] of [
      [5, 2],
      [13, 6],
      [25, 10],
    ] as const) {
      const size = 2 * r + thickness + 1
      const c = size / 2
      const mask = strokeEllipse({ cx: c, cy: c, rx: r, ry: r }, size, size, thickness)
      const within = (dx: number, dy: number, radius: number): boolean => {
        const over = dx * dx + dy * dy - radius * radius
        return over < 0 || (over === 0 && dx < 0)
      }
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const [dx, dy] = [x + 0.5 - c, y + 0.5 - c]
          const want = within(dx, dy, r + thickness / 2) && !within(dx, dy, r - thickness / 2)
          expect([x, y, mask.get(x, y)]).toEqual([x, y, want])
        }
      }
    }
  })

  it('as large as numbers go are filled', () => {
    for (const far of [1e9, 1e163, 1e200, 1e300]) {
      for (const angle of [0, 30, 90]) {
        expect(fillEllipse({ cx: 3, cy: 2, rx: far, ry: far, angle }, 7, 5).equals(Mask.full(7, 5))).toBe(true)
        expect(fillEllipse({ cx: 3, cy: 2, rx: far, ry: far / 2, angle }, 7, 5).equals(Mask.full(7, 5))).toBe(true)
      }
      const level = fillEllipse({ cx: 3, cy: 2, rx: far, ry: 1 }, 7, 5)
      expect(level.equals(Mask.fromBounds(7, 5, { left: 0, top: 1, right: 7, bottom: 3 }))).toBe(true)
      const upright = fillEllipse({ cx: 3, cy: 2, rx: far, ry: 1, angle: 90 }, 7, 5)
      expect(upright.equals(Mask.fromBounds(7, 5, { left: 2, top: 0, right: 4, bottom: 5 }))).toBe(true)
    }
  })

  it.each([2000, 30_000, 1e6])('outlines with half axes of %i are within 1/64 pixel of the ellipse too', (far) => {
    // At the right end the curve goes through (0, 0.5) of the canvas; what is seen of it is nearly a parabola.
    const [rx, ry] = [far, far / 2]
    const [width, height] = [5, 400]
    const thickness = 2
    const mask = strokeEllipse({ cx: 2.5 - rx, cy: 200, rx, ry }, width, height, thickness)
    let doubtful = 0
    for (let row = 0; row < height; row++) {
      const dy = row + 0.5 - 200
      for (let x = 0; x < width; x++) {
        // The distance to the ellipse: where it bends as little as here, along its normal.
        const dx = x + 0.5 - 2.5 + rx
        const value = (dx / rx) ** 2 + (dy / ry) ** 2 - 1
        const distance = Math.abs(value / 2 / Math.hypot(dx / rx ** 2, dy / ry ** 2)) - thickness / 2
        if (Math.abs(distance) > 1 / 32) expect([x, row, mask.get(x, row)]).toEqual([x, row, distance < 0])
        else doubtful++
      }
    }
    expect(doubtful).toBeLessThan(width * height * 0.5)
  })

  it('outlines of ellipses beyond 2^31 are refused, those of circles are not', () => {
    expect(() => strokeEllipse({ cx: 3, cy: 2, rx: 2 ** 31 + 1, ry: 4 }, 6, 5, 2)).toThrow(
      expect.objectContaining({ code: 'invalid-value' }),
    )
    const circle = strokeEllipse({ cx: 3 - 1e12, cy: 2, rx: 1e12, ry: 1e12 }, 6, 5, 2)
    expect(circle.equals(Mask.fromBounds(6, 5, { left: 2, top: 0, right: 4, bottom: 5 }))).toBe(true)
  })

  it('outlines of circles are rings', () => {
    fc.assert(
      fc.property(
        coordinate,
        coordinate,
        axis,
        fc.double({ min: 0.3, max: 8, noNaN: true }),
        (cx, cy, r, thickness) => {
          const mask = strokeEllipse({ cx, cy, rx: r, ry: r }, WIDTH, HEIGHT, thickness)
          expectInside(mask, (x, y) => Math.abs(Math.hypot(x - cx, y - cy) - r) - thickness / 2)
        },
      ),
      { numRuns: 80 },
    )
  })

  it('outlines of ellipses lie on both sides of the border, evenly', () => {
    const ellipse = { cx: 11.3, cy: 8.2, rx: 8, ry: 4, angle: 30 }
    const outline = strokeEllipse(ellipse, WIDTH, HEIGHT, 2)
    const inside = fillEllipse({ ...ellipse, rx: 6.9, ry: 2.9 }, WIDTH, HEIGHT)
    const outside = fillEllipse({ ...ellipse, rx: 9.1, ry: 5.1 }, WIDTH, HEIGHT)
    expect(difference(outline, outside).isEmpty).toBe(true)
    expect(difference(inside, outline).area).toBeGreaterThan(0.9 * inside.area)
    // Perimeter by Ramanujan times thickness.
    const perimeter = Math.PI * (3 * 12 - Math.sqrt((24 + 4) * (8 + 12)))
    expect(Math.abs(outline.area - 2 * perimeter)).toBeLessThan(0.06 * 2 * perimeter)
  })

  it('degenerate and wrong ones', () => {
    expect(fillEllipse({ cx: 3, cy: 2, rx: 0, ry: 4 }, 6, 5).isEmpty).toBe(true)
    expect(strokeEllipse({ cx: 3, cy: 2, rx: 1, ry: 1 }, 6, 4, 9).equals(Mask.full(6, 4))).toBe(true)
    for (const wrong of [{ rx: -1 }, { ry: -1 }, { cx: Number.NaN }, { angle: Number.POSITIVE_INFINITY }]) {
      expect(() => fillEllipse({ cx: 3, cy: 2, rx: 1, ry: 4, ...wrong }, 6, 5)).toThrow(
        expect.objectContaining({ code: 'invalid-value' }),
      )
    }
  })
})
