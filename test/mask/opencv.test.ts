import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ringFrom } from '../../src/geometry/index.js'
import {
  fillRingsOpencv,
  Mask,
  paintCircleOpencv,
  paintEllipseOpencv,
  strokeLinesOpencv,
} from '../../src/mask/index.js'
import { clipLine } from '../../src/mask/opencv/line.js'
import { isCanonical } from './fixtures.js'

interface Case {
  readonly op: 'fillPoly' | 'polylines' | 'circle' | 'ellipse'
  readonly width: number
  readonly height: number
  readonly rings?: readonly number[][]
  readonly center?: readonly [number, number]
  readonly radius?: number
  readonly axes?: readonly [number, number]
  readonly angle?: number
  readonly thickness?: number
  readonly closed?: boolean
}

function paint(c: Case): Mask {
  const { width, height, thickness = 1, closed = false, angle = 0, radius = 0 } = c
  const rings = (c.rings ?? []).map((ring) => ringFrom(ring))
  const [x, y] = c.center ?? [0, 0]
  const [rx, ry] = c.axes ?? [0, 0]
  if (c.op === 'fillPoly') return fillRingsOpencv(rings, width, height)
  if (c.op === 'polylines') return strokeLinesOpencv(rings, width, height, thickness, closed)
  if (c.op === 'circle') return paintCircleOpencv(x, y, radius, width, height, thickness)
  return paintEllipseOpencv(x, y, rx, ry, angle, width, height, thickness)
}

describe('as OpenCV 4.6 paints, pixel for pixel', () => {
  const golden = JSON.parse(readFileSync(new URL('./opencv.golden.json', import.meta.url), 'utf8')) as {
    cases: (Case & { runs: string })[]
  }

  it('has all 345 cases, most of them not empty', () => {
    expect(golden.cases).toHaveLength(345)
    expect(golden.cases.filter((c) => c.runs.includes(' ')).length).toBeGreaterThan(250)
  })

  it.each(['fillPoly', 'polylines', 'circle', 'ellipse'] as const)('%s', (op) => {
    for (const { runs, ...c } of golden.cases.filter((each) => each.op === op)) {
      const mask = paint(c)
      expect(isCanonical(mask)).toBe(true)
      expect({ ...c, runs: [...mask.runs].join(' ') }).toEqual({ ...c, runs })
    }
  })
})

const goldens = process.env.ANNOFORM_GOLDENS

interface ContourCase {
  readonly id: string
  readonly w: number
  readonly h: number
  readonly find: { readonly external_simple: { readonly contours: number[][][] } }
  readonly refill_external_simple_fillPoly: number[]
}

describe.skipIf(goldens === undefined)('contours refilled by OpenCV (needs ANNOFORM_GOLDENS)', () => {
  const cases =
    goldens === undefined
      ? []
      : (JSON.parse(readFileSync(`${goldens}/masks/contours.json`, 'utf8')) as { cases: ContourCase[] }).cases

  it('all 25', () => {
    expect(cases).toHaveLength(25)
    for (const c of cases) {
      const rings = c.find.external_simple.contours.map((points) => Float64Array.from(points.flat()))
      const want = Uint8Array.from(c.refill_external_simple_fillPoly.flatMap((run, i) => new Array(run).fill(i % 2)))
      expect(fillRingsOpencv(rings, c.w, c.h).toDense(), c.id).toEqual(want)
    }
  })
})

const python = process.env.ANNOFORM_PYTHON ?? 'python3'
const hasCv2 = spawnSync(python, ['-c', 'import cv2']).status === 0

const SCRIPT = `
import sys, json, cv2, numpy as np
out = []
for c in json.load(sys.stdin):
    m = np.zeros((c['height'], c['width']), np.uint8)
    r = [np.array(p, np.int32).reshape(-1, 2) for p in c['rings']]
    if c['op'] == 'fillPoly': cv2.fillPoly(m, r, 1)
    else: cv2.polylines(m, r, c['closed'], 1, c['thickness'])
    out.append(''.join(map(str, m.ravel())))
json.dump(out, sys.stdout)
`

describe.skipIf(!hasCv2)('random polygons against the cv2 at hand (needs python3 with cv2)', () => {
  it('200 fills and 200 outlines inside the canvas', () => {
    const ring = fc
      .array(fc.tuple(fc.nat(28), fc.nat(20)), { minLength: 1, maxLength: 8 })
      .map((points) => points.flat())
    const rings = fc.array(ring, { minLength: 1, maxLength: 3 })
    const one = fc.record({
      op: fc.constantFrom('fillPoly' as const, 'polylines' as const),
      width: fc.constant(29),
      height: fc.constant(21),
      rings,
      thickness: fc.integer({ min: 1, max: 6 }),
      closed: fc.boolean(),
    })
    const cases = fc.sample(one, 400)
    const run = spawnSync(python, ['-c', SCRIPT], { input: JSON.stringify(cases), maxBuffer: 1e9 })
    const want = JSON.parse(run.stdout.toString()) as string[]
    expect(cases.map((c) => paint(c).toDense().join(''))).toEqual(want)
  })
})

describe('zigzags with more crossings than are held at once', () => {
  // Area and hash of what cv2.fillPoly of OpenCV 4.6 paints.
  it.each([
    [1300, 4000, 900, 2386347, 'ece67870d7a85e53'],
    [20_000, 4000, 3000, 12_000_000, 'eb49860029a4a5b9'],
  ])('%i strokes on %i × %i pixels', (n, width, height, area, hash) => {
    const points: number[] = []
    for (let i = 0; i < 2 * n; i++) points.push(Math.floor(((i >> 1) * width) / n), ((i + 1) >> 1) & 1 ? height : 0)
    const before = process.resourceUsage().maxRSS
    const mask = fillRingsOpencv([Float64Array.from(points)], width, height)
    expect([mask.area, mask.hash()]).toEqual([area, hash])
    // The second would take more than a gigabyte, were all crossings and stretches kept (kilobytes).
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(300_000)
  })

  it('without an order to speak of are sorted all the same', () => {
    const points: number[] = []
    for (let i = 0; i < 400; i++) points.push(Math.imul(i, 0x9e3779b1) >>> 22, i % 2 === 0 ? 0 : 40)
    const ring = Float64Array.from(points)
    const turned = Float64Array.from(points.slice(2 * 101).concat(points.slice(0, 2 * 101)))
    const mask = fillRingsOpencv([ring], 1024, 41)
    expect(mask.equals(fillRingsOpencv([turned], 1024, 41))).toBe(true)
    expect(mask.isEmpty || mask.area === 1024 * 41).toBe(false)
  })
})

describe('what the rule means', () => {
  it('a box of vertices w × h apart covers (w + 1) × (h + 1) pixels', () => {
    const box = ringFrom([2, 1, 6, 1, 6, 4, 2, 4])
    expect(fillRingsOpencv([box], 9, 7).equals(Mask.fromBounds(9, 7, { left: 2, top: 1, right: 7, bottom: 5 }))).toBe(
      true,
    )
  })

  it('vertices are rounded half to even', () => {
    const spot = (x: number, y: number) => fillRingsOpencv([ringFrom([x, y])], 6, 5).bounds
    expect(spot(0.5, 1.5)).toEqual({ left: 0, top: 2, right: 1, bottom: 3 })
    expect(spot(2.5, 3.5)).toEqual({ left: 2, top: 4, right: 3, bottom: 5 })
    expect(spot(2.51, 2.49)).toEqual({ left: 3, top: 2, right: 4, bottom: 3 })
    expect(spot(-0.5, -0.4)).toEqual({ left: 0, top: 0, right: 1, bottom: 1 })
    expect(spot(-0.6, 0)).toBeNull()
  })

  it('an inner square on the same path leaves only the pixels strictly inside it out', () => {
    const outer = ringFrom([0, 0, 8, 0, 8, 8, 0, 8])
    const inner = ringFrom([2, 3, 6, 3, 6, 6, 2, 6])
    const hole = Mask.fromBounds(9, 9, { left: 3, top: 4, right: 6, bottom: 6 })
    const filled = fillRingsOpencv([outer, inner], 9, 9)
    expect(filled.area).toBe(81 - hole.area)
    expect(filled.get(3, 4)).toBe(false)
    expect(filled.get(2, 4)).toBe(true)
  })

  it('refuses what it cannot take', () => {
    const line = ringFrom([0, 0, 3, 3])
    expect(() => fillRingsOpencv([Float64Array.of(1, 2, 3)], 4, 3)).toThrow(
      expect.objectContaining({ code: 'ring-format' }),
    )
    for (const far of [2 ** 21, Number.NaN]) {
      expect(() => fillRingsOpencv([Float64Array.of(0, far)], 4, 3)).toThrow(
        expect.objectContaining({ code: 'ring-format' }),
      )
    }
    for (const thickness of [0, -1, 1.5, 32768]) {
      expect(() => strokeLinesOpencv([line], 4, 3, thickness, false)).toThrow(
        expect.objectContaining({ code: 'invalid-value' }),
      )
    }
    expect(() => paintCircleOpencv(1, 1, -2, 4, 3, 1)).toThrow(expect.objectContaining({ code: 'invalid-value' }))
    expect(() => paintEllipseOpencv(1, 1, 2, 2, 0, 4, 3, -2)).toThrow(
      expect.objectContaining({ code: 'invalid-value' }),
    )
    expect(() => fillRingsOpencv([line], -4, 3)).toThrow(expect.objectContaining({ code: 'mask-size' }))
  })

  it('draws nothing on a canvas without pixels', () => {
    const line = ringFrom([0, 0, 3, 3, 1, 2])
    expect(fillRingsOpencv([line], 0, 3).equals(Mask.empty(0, 3))).toBe(true)
    expect(strokeLinesOpencv([line], 3, 0, 3, true).equals(Mask.empty(3, 0))).toBe(true)
    expect(clipLine(0, 0, 3, 3, -1, 2).inside).toBe(false)
  })
})
