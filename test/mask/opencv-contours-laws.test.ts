import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complement, components, difference, fillRingsOpencv, Mask, union } from '../../src/mask/index.js'
import { approxPolyOpencv } from '../../src/mask/opencv/approx-poly.js'
import { contourAreaOpencv } from '../../src/mask/opencv/contour-measures.js'
import { findContoursOpencv, type OpencvContour } from '../../src/mask/opencv/find-contours.js'
import { anyMask, LAW_RUNS } from './trace-fixtures.js'

const METHODS = ['none', 'simple'] as const
const hierarchyOf = (contours: readonly OpencvContour[]): number[][] => contours.map(({ hierarchy }) => [...hierarchy])
const pointsOf = (contours: readonly OpencvContour[]): number[][] => contours.map(({ points }) => [...points])

describe('laws of contours', () => {
  const runs = { numRuns: LAW_RUNS }
  const filled = (mask: Mask, contours: readonly OpencvContour[]): Mask =>
    fillRingsOpencv(
      contours.map(({ points }) => Float64Array.from(points)),
      mask.width,
      mask.height,
    )
  const onRim = ({ width, height, bounds }: Mask): boolean =>
    bounds !== null && (bounds.left === 0 || bounds.top === 0 || bounds.right === width || bounds.bottom === height)

  it('OpenCV fill of all contours gives the mask, of the external ones the mask without holes', () => {
    fc.assert(
      fc.property(anyMask, fc.constantFrom(...METHODS), (mask, method) => {
        for (const mode of ['list', 'ccomp', 'tree'] as const)
          expect(filled(mask, findContoursOpencv(mask, { mode, method })).equals(mask)).toBe(true)
        const inside = components(complement(mask), 4).filter((hole) => !onRim(hole))
        const whole = union([mask, ...inside])
        expect(filled(mask, findContoursOpencv(mask, { mode: 'external', method })).equals(whole)).toBe(true)
      }),
      runs,
    )
  })

  it('there is one for each component and each hole; parents lie around their children', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const tree = findContoursOpencv(mask, { mode: 'tree', method: 'none' })
        const depth = tree.map(() => 0)
        for (const [i, { points, hierarchy }] of tree.entries()) {
          const [next, previous, child, parent] = hierarchy
          if (next >= 0) expect(tree[next]?.hierarchy.slice(1)).toEqual([i, tree[next]?.hierarchy[2], parent])
          if (child >= 0) expect([child, tree[child]?.hierarchy[1], tree[child]?.hierarchy[3]]).toEqual([i + 1, -1, i])
          if (previous < 0) expect(parent).toBe(i === 0 ? -1 : i - 1)
          depth[i] = parent < 0 ? 0 : (depth[parent] ?? Number.NaN) + 1
          if (parent < 0) continue
          const around = fillRingsOpencv([Float64Array.from(tree[parent]?.points ?? [])], mask.width, mask.height)
          for (let k = 0; k < points.length; k += 2)
            expect(around.get(points[k] as number, points[k + 1] as number)).toBe(true)
        }
        expect(depth.filter((d) => d % 2 === 0)).toHaveLength(components(mask, 8).length)
        const holes = components(complement(mask), 4).filter((hole) => !onRim(hole))
        expect(depth.filter((d) => d % 2 === 1)).toHaveLength(holes.length)
      }),
      runs,
    )
  })

  it('their pixels are just the foreground that has background beside it', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const { width, height } = mask
        const pixels = new Uint8Array(width * height)
        for (const { points } of findContoursOpencv(mask, { mode: 'list', method: 'none' }))
          for (let i = 0; i < points.length; i += 2)
            pixels[(points[i + 1] as number) * width + (points[i] as number)] = 1
        const inner = Mask.fromDense(
          Uint8Array.from({ length: width * height }, (_, i) => {
            const [x, y] = [i % width, Math.floor(i / width)]
            return mask.get(x - 1, y) && mask.get(x + 1, y) && mask.get(x, y - 1) && mask.get(x, y + 1) ? 1 : 0
          }),
          width,
          height,
        )
        expect(Mask.fromDense(pixels, width, height).equals(difference(mask, inner))).toBe(true)
      }),
      runs,
    )
  })

  it('simple keeps the turns of none, and what is enclosed', () => {
    fc.assert(
      fc.property(anyMask, (mask) => {
        const none = findContoursOpencv(mask, { mode: 'tree', method: 'none' })
        const simple = findContoursOpencv(mask, { mode: 'tree', method: 'simple' })
        expect(hierarchyOf(simple)).toEqual(hierarchyOf(none))
        expect(pointsOf(simple)).toEqual(pointsOf(none).map(turnsOf))
        expect(simple.map(({ points }) => contourAreaOpencv(points))).toEqual(
          none.map(({ points }) => contourAreaOpencv(points)),
        )
      }),
      runs,
    )
  })

  it('approximation takes given points, in their order round the line', () => {
    const curve = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), { minLength: 1 })
    fc.assert(
      fc.property(curve, fc.constantFrom(0, 0.7, 1, 2, 5), fc.boolean(), (points, epsilon, closed) => {
        const flat = Int32Array.from(points.flat())
        const copy = flat.slice()
        const left = pairs([...approxPolyOpencv(flat, epsilon, closed)])
        expect(flat).toEqual(copy)
        expect(left.length).toBeGreaterThan(0)
        const once = pairs([...flat])
        const twice = closed ? [...once, ...once] : once
        let at = -1
        for (const point of left) {
          at = twice.indexOf(point, at + 1)
          expect(at).toBeGreaterThanOrEqual(0)
        }
        if (closed) return
        expect(left[0]).toBe(once[0])
        // The end of an open line that comes back to its first point is left out.
        if (once[0] !== once.at(-1)) expect(left.at(-1)).toBe(once.at(-1))
      }),
      runs,
    )
  })
})

function pairs(flat: readonly number[]): string[] {
  return Array.from({ length: flat.length / 2 }, (_, i) => `${flat[i * 2]},${flat[i * 2 + 1]}`)
}

/** The points of a closed line at which its direction changes. */
function turnsOf(flat: readonly number[]): number[] {
  const n = flat.length
  const at = (i: number): number => flat[(i + n) % n] as number
  if (n <= 2) return [...flat]
  return flat.filter((_, i) => {
    const p = i - (i % 2)
    return at(p + 2) - at(p) !== at(p) - at(p - 2) || at(p + 3) - at(p + 1) !== at(p + 1) - at(p - 1)
  })
}
