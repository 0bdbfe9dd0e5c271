import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Mask } from '../../src/mask/index.js'
import { approxPolyOpencv } from '../../src/mask/opencv/approx-poly.js'
import { arcLengthOpencv, contourAreaOpencv } from '../../src/mask/opencv/contour-measures.js'
import {
  type ContourMethod,
  type ContourMode,
  findContoursOpencv,
  type OpencvContour,
} from '../../src/mask/opencv/find-contours.js'
import { anyMask, drawn } from './trace-fixtures.js'

const MODES: readonly ContourMode[] = ['external', 'list', 'ccomp', 'tree']
const METHODS: readonly ContourMethod[] = ['none', 'simple']

const numbers = (text: string): number[] => (text === '' ? [] : text.split(' ').map(Number))
const lists = (text: string): number[][] => (text === '' ? [] : text.split('; ').map(numbers))
const pointsOf = (contours: readonly OpencvContour[]): number[][] => contours.map(({ points }) => [...points])
const hierarchyOf = (contours: readonly OpencvContour[]): number[][] => contours.map(({ hierarchy }) => [...hierarchy])

interface Case {
  readonly kind: string
  readonly width: number
  readonly height: number
  readonly runs: string
  readonly none: string
  readonly simple: string
  readonly tree: { readonly hierarchy: string }
  readonly ccomp: { readonly places: number[]; readonly hierarchy: string }
  readonly list: { readonly places: number[]; readonly hierarchy: string }
  readonly external: { readonly places: number[]; readonly hierarchy: string }
  readonly areas: number[]
  readonly closedLengths: number[]
  readonly openLengths: number[]
  readonly approx: string
}

interface Curve {
  readonly points: string
  readonly epsilon: number
  readonly area: number
  readonly closedLength: number
  readonly openLength: number
  readonly closed: string
  readonly open: string
}

describe('as OpenCV 4.6 finds contours, point for point', () => {
  const golden = JSON.parse(readFileSync(new URL('./opencv-contours.golden.json', import.meta.url), 'utf8')) as {
    cases: Case[]
    curves: Curve[]
  }

  it('has 54 masks of 9 kinds with holes and islands, and 60 curves', () => {
    expect(golden.cases).toHaveLength(54)
    expect(new Set(golden.cases.map(({ kind }) => kind)).size).toBe(9)
    const nested = golden.cases.filter(({ tree, ccomp }) => tree.hierarchy !== ccomp.hierarchy)
    expect(nested.length).toBeGreaterThan(5)
    expect(golden.curves).toHaveLength(60)
  })

  it.each(golden.cases.map((c, i) => ({ ...c, i })))('$i $kind $width x $height', (c) => {
    const mask = Mask.fromRuns(c.width, c.height, numbers(c.runs))
    for (const method of METHODS) {
      const all = lists(c[method])
      for (const mode of MODES) {
        const found = findContoursOpencv(mask, { mode, method })
        expect(pointsOf(found)).toEqual(mode === 'tree' ? all : c[mode].places.map((place) => all[place]))
        expect(hierarchyOf(found)).toEqual(lists(c[mode].hierarchy))
      }
    }
    const contours = findContoursOpencv(mask, { mode: 'tree', method: 'none' }).map(({ points }) => points)
    expect(contours.map(contourAreaOpencv)).toEqual(c.areas)
    expect(contours.map((points) => arcLengthOpencv(points, true))).toEqual(c.closedLengths)
    expect(contours.map((points) => arcLengthOpencv(points, false))).toEqual(c.openLengths)
    const approx = contours
      .slice(0, 4)
      .flatMap((points) =>
        [0, 1, 2.5].flatMap((epsilon) => [true, false].map((closed) => [...approxPolyOpencv(points, epsilon, closed)])),
      )
    expect(approx).toEqual(lists(c.approx))
  })

  it('simplifies and measures curves of any points', () => {
    for (const curve of golden.curves) {
      const points = Int32Array.from(numbers(curve.points))
      expect({
        points: [...points].join(' '),
        epsilon: curve.epsilon,
        area: contourAreaOpencv(points),
        closedLength: arcLengthOpencv(points, true),
        openLength: arcLengthOpencv(points, false),
        closed: approxPolyOpencv(points, curve.epsilon, true).join(' '),
        open: approxPolyOpencv(points, curve.epsilon, false).join(' '),
      }).toEqual(curve)
    }
  })
})

describe('contours by hand', () => {
  const ring = drawn('.....#', '.###..', '.#.##.', '.###..')

  it('run down from the topmost, leftmost pixel; around holes the other way', () => {
    expect(findContoursOpencv(ring, { mode: 'tree', method: 'simple' })).toEqual([
      { points: Int32Array.of(1, 1, 1, 3, 3, 3, 4, 2, 3, 1), hierarchy: [2, -1, 1, -1] },
      { points: Int32Array.of(1, 2, 2, 1, 3, 2, 2, 3), hierarchy: [-1, -1, -1, 0] },
      { points: Int32Array.of(5, 0), hierarchy: [-1, 0, -1, -1] },
    ])
  })

  it('of nothing are none', () => {
    for (const mode of MODES) {
      expect(findContoursOpencv(Mask.empty(7, 3), { mode, method: 'none' })).toEqual([])
      expect(findContoursOpencv(Mask.empty(0, 3), { mode, method: 'simple' })).toEqual([])
    }
    expect(approxPolyOpencv(new Int32Array(0), 1, true)).toEqual(new Int32Array(0))
    expect(contourAreaOpencv(new Int32Array(0))).toBe(0)
    expect(arcLengthOpencv(new Int32Array(0), true)).toBe(0)
  })

  it('refuse what is no mode, method, contour or epsilon', () => {
    const wrong = 'outer' as ContourMode
    expect(() => findContoursOpencv(ring, { mode: wrong, method: 'none' })).toThrow(TypeError)
    expect(() => findContoursOpencv(ring, { mode: 'tree', method: wrong as ContourMethod })).toThrow(/method/)
    const odd = Int32Array.of(1, 2, 3)
    for (const ask of [
      () => contourAreaOpencv(odd),
      () => arcLengthOpencv(odd, true),
      () => approxPolyOpencv(odd, 1, true),
    ])
      expect(ask).toThrow(expect.objectContaining({ code: 'ring-format' }))
    for (const epsilon of [-1, Number.NaN])
      expect(() => approxPolyOpencv(Int32Array.of(1, 2), epsilon, true)).toThrow(TypeError)
  })
})

const goldens = process.env.ANNOFORM_GOLDENS

interface SdkCase {
  readonly input: {
    readonly rows: readonly string[]
    readonly epsilon?: number | null
    readonly max_instances?: number | null
    readonly min_area?: number
  }
  readonly expected: { readonly polygons: readonly (readonly (readonly number[])[])[] }
}

describe.skipIf(goldens === undefined)('polygons the Dataloop SDK makes of masks (needs ANNOFORM_GOLDENS)', () => {
  it('follow from contours, areas, lengths and approximation', () => {
    const { polygon_from_segmentation: cases } = JSON.parse(readFileSync(`${goldens}/dtlpy/geometry.json`, 'utf8')) as {
      polygon_from_segmentation: SdkCase[]
    }
    expect(cases).toHaveLength(26)
    for (const { input, expected } of cases) {
      const { rows, epsilon, max_instances: most = 1, min_area: least = 0 } = input
      const mask = Mask.fromDense(Uint8Array.from(rows.join(''), Number), rows[0]?.length ?? 0, rows.length)
      const kept = findContoursOpencv(mask, { mode: 'tree', method: 'none' })
        .map(({ points }) => points)
        .filter((points) => contourAreaOpencv(points) > least)
        .sort((a, b) => contourAreaOpencv(b) - contourAreaOpencv(a))
        .slice(0, most ?? undefined)
      const within = epsilon ?? 0.0005 * arcLengthOpencv(kept[0] ?? new Int32Array(0), true)
      const polygons = kept.map((points) => {
        const approx = approxPolyOpencv(points, within, true)
        return [...(approx.length > 2 ? approx : points)]
      })
      expect(polygons.map(String).sort()).toEqual(expected.polygons.map((points) => points.flat().join()).sort())
    }
  })
})

const python = process.env.ANNOFORM_PYTHON ?? 'python3'
const hasCv2 = spawnSync(python, ['-c', 'import cv2']).status === 0

const SCRIPT = `
import sys, json, cv2, numpy as np
out = []
for c in json.load(sys.stdin):
    m = np.array(list(map(int, c['pixels'])), np.uint8).reshape(c['height'], c['width'])
    mode = getattr(cv2, 'RETR_' + c['mode'].upper())
    found, h = cv2.findContours(m, mode, getattr(cv2, 'CHAIN_APPROX_' + c['method'].upper()))
    out.append({
        'points': [p.reshape(-1).tolist() for p in found],
        'hierarchy': [] if h is None else h[0].tolist(),
        'approx': [cv2.approxPolyDP(p, c['epsilon'], c['closed']).reshape(-1).tolist() for p in found],
        'measures': [[cv2.contourArea(p), cv2.arcLength(p, c['closed'])] for p in found],
    })
json.dump(out, sys.stdout)
`

describe.skipIf(!hasCv2)('random masks against the cv2 at hand (needs python3 with cv2)', () => {
  it('400 masks', () => {
    const one = fc.record({
      mask: anyMask,
      mode: fc.constantFrom(...MODES),
      method: fc.constantFrom(...METHODS),
      epsilon: fc.double({ min: 0, max: 6, noNaN: true }),
      closed: fc.boolean(),
    })
    const cases = fc.sample(one, 400).filter(({ mask }) => mask.width > 0 && mask.height > 0)
    const asked = cases.map(({ mask, ...rest }) => {
      return { ...rest, width: mask.width, height: mask.height, pixels: mask.toDense().join('') }
    })
    const run = spawnSync(python, ['-c', SCRIPT], { input: JSON.stringify(asked), maxBuffer: 1e9 })
    const want = JSON.parse(run.stdout.toString()) as unknown[]
    for (const [i, { mask, mode, method, epsilon, closed }] of cases.entries()) {
      const found = findContoursOpencv(mask, { mode, method })
      expect({
        points: pointsOf(found),
        hierarchy: hierarchyOf(found),
        approx: found.map(({ points }) => [...approxPolyOpencv(points, epsilon, closed)]),
        measures: found.map(({ points }) => [contourAreaOpencv(points), arcLengthOpencv(points, closed)]),
      }).toEqual(want[i])
    }
  })
})
