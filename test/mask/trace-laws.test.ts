import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyToRing } from '../../src/geometry/affine.js'
import { type Orientation, orientationAffine } from '../../src/geometry/orientation.js'
import { nestRings } from '../../src/geometry/parts.js'
import { type Ring, ringSignedArea } from '../../src/geometry/ring.js'
import { xor } from '../../src/mask/algebra.js'
import type { Connectivity } from '../../src/mask/components.js'
import { fillParts, fillRings } from '../../src/mask/fill.js'
import { fillRingCoco } from '../../src/mask/fill-coco.js'
import { Mask } from '../../src/mask/mask.js'
import { traceMask, tracePixels, traceTree } from '../../src/mask/trace.js'
import { traceRings } from '../../src/mask/trace-rings.js'
import { orientMask } from '../../src/mask/transform.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'
import { partKeys } from '../geometry/bridge-rings.js'
import { anyMask, drawn, evenOddAtCentres, groupCount, ringsOf } from './trace-fixtures.js'

const runs = { numRuns: LAW_RUNS }
const connectivities = fc.constantFrom<Connectivity>(4, 8)

/** Background all around, so that what is outside is one group. */
function padded(mask: Mask): Mask {
  const { width, height } = mask
  const pixels = mask.toDense()
  const wide = new Uint8Array((width + 2) * (height + 2))
  for (let y = 0; y < height; y++) wide.set(pixels.subarray(y * width, (y + 1) * width), (y + 1) * (width + 2) + 1)
  return Mask.fromDense(wide, width + 2, height + 2)
}

describe('for every mask', () => {
  it.each(['pixel-center', 'coco'] as const)(
    'filling its parts, or its rings as one path, gives it again by the rule %s',
    (rule) => {
      fc.assert(
        fc.property(anyMask, connectivities, (mask, connectivity) => {
          const { width, height } = mask
          const parts = traceMask(mask, { connectivity })
          expect(fillParts(parts, width, height, { rule }).equals(mask)).toBe(true)
          expect(fillRings(ringsOf(parts), width, height, { rule }).equals(mask)).toBe(true)
        }),
        runs,
      )
    },
  )

  it('so does turning the pixels of one ring after the other by the COCO rule', () => {
    fc.assert(
      fc.property(anyMask, connectivities, (mask, connectivity) => {
        let filled = Mask.empty(mask.width, mask.height)
        for (const ring of ringsOf(traceMask(mask, { connectivity }))) {
          filled = xor(filled, fillRingCoco(ring, mask.width, mask.height))
        }
        expect(filled.equals(mask)).toBe(true)
      }),
      runs,
    )
  })

  it('so does even-odd at pixel centres, crossing by crossing', () => {
    fc.assert(
      fc.property(anyMask, connectivities, (mask, connectivity) => {
        const rings = ringsOf(traceMask(mask, { connectivity }))
        expect(evenOddAtCentres(rings, mask.width, mask.height).equals(mask)).toBe(true)
      }),
      runs,
    )
  })

  it('there is a part for each group of pixels and a hole for each group of background that is shut in', () => {
    fc.assert(
      fc.property(anyMask, connectivities, (mask, connectivity) => {
        const parts = traceMask(mask, { connectivity })
        const holes = parts.reduce((sum, part) => sum + part.holes.length, 0)
        expect(parts.length).toBe(groupCount(mask, 1, connectivity))
        expect(holes).toBe(groupCount(padded(mask), 0, connectivity === 4 ? 8 : 4) - 1)
      }),
      runs,
    )
  })

  it('holes belong to the part they lie in: sorting the loose rings by even-odd gives the same', () => {
    fc.assert(
      fc.property(anyMask, connectivities, (mask, connectivity) => {
        const { points, starts, count } = traceRings(mask, connectivity)
        const rings = Array.from({ length: count }, (_, i) => points.slice(starts[i], starts[i + 1]))
        expect(traceMask(mask, { connectivity })).toEqual(nestRings(rings))
      }),
      runs,
    )
  })

  it('areas in pixels are those of the rings, and every vertex is a corner on the canvas', () => {
    fc.assert(
      fc.property(anyMask, connectivities, (mask, connectivity) => {
        const { points, starts, count, areas, holeOf } = traceRings(mask, connectivity)
        let pixels = 0
        for (let i = 0; i < count; i++) {
          const ring = points.slice(starts[i], starts[i + 1])
          const hole = (holeOf[i] as number) >= 0
          expect(ringSignedArea(ring)).toBe((areas[i] as number) * (hole ? -1 : 1))
          pixels += (areas[i] as number) * (hole ? -1 : 1)
          expect(turnsEverywhere(ring)).toBe(true)
          expect(ring.every((value) => Number.isInteger(value))).toBe(true)
          expect(ring.every((value, k) => value >= 0 && value <= (k % 2 === 0 ? mask.width : mask.height))).toBe(true)
        }
        expect(pixels).toBe(mask.area)
      }),
      runs,
    )
  })

  it('rings start at their topmost, then leftmost vertex and stand in this order', () => {
    fc.assert(
      fc.property(anyMask, connectivities, (mask, connectivity) => {
        const { points, starts, count } = traceRings(mask, connectivity)
        const isBefore = (a: number, b: number): boolean => {
          const dy = (points[a + 1] as number) - (points[b + 1] as number)
          return dy < 0 || (dy === 0 && (points[a] as number) < (points[b] as number))
        }
        for (let i = 0; i < count; i++) {
          const first = starts[i] as number
          for (let k = first + 2; k < (starts[i + 1] as number); k += 2) expect(isBefore(first, k)).toBe(true)
          if (i > 0) expect(isBefore(starts[i - 1] as number, first)).toBe(true)
        }
      }),
      runs,
    )
  })

  it('flips and quarter turns commute with the trace, and with the fill of what is traced', () => {
    const orientations = fc.constantFrom<Orientation>(1, 2, 3, 4, 5, 6, 7, 8)
    fc.assert(
      fc.property(anyMask, connectivities, orientations, (mask, connectivity, orientation) => {
        const turned = orientMask(mask, orientation)
        const m = orientationAffine(orientation, mask.width, mask.height)
        const parts = traceMask(mask, { connectivity }).map(({ outer, holes }) => ({
          outer: applyToRing(m, outer),
          holes: holes.map((hole) => applyToRing(m, hole)),
        }))
        expect(partKeys(traceMask(turned, { connectivity }))).toEqual(partKeys(parts))
        for (const rule of ['pixel-center', 'coco'] as const) {
          expect(fillParts(parts, turned.width, turned.height, { rule }).equals(turned)).toBe(true)
        }
      }),
      runs,
    )
  })

  it('pixels traced at once give the very parts of their mask, wherever they begin in memory', () => {
    fc.assert(
      fc.property(
        anyMask,
        connectivities,
        fc.nat(3),
        fc.constantFrom(1, 130, 255),
        (mask, connectivity, shift, high) => {
          const { width, height } = mask
          const memory = new Uint8Array(width * height + shift)
          // Values up to the threshold are background, whatever they are.
          const pixels = memory.subarray(shift)
          mask.toDense().forEach((value, i) => {
            pixels[i] = value === 1 ? high - (high > 200 ? i % 3 : 0) : high > 200 ? i % 7 : 0
          })
          const threshold = high > 200 ? 6 : undefined
          const parts = tracePixels(pixels, width, height, { connectivity, threshold })
          expect(parts).toEqual(traceMask(mask, { connectivity }))
        },
      ),
      runs,
    )
  })

  it('islands lie in the hole they are assigned to, and parts in none lie inside no other part', () => {
    fc.assert(
      fc.property(anyMask, connectivities, (mask, connectivity) => {
        const { width, height } = mask
        const tree = traceTree(mask, { connectivity })
        for (const { outer, islandIn } of tree) {
          const pixels = fillRingCoco(outer, width, height)
          const around = tree.flatMap((part, p) =>
            part.holes.map((hole, h) => ({ p, h, area: Math.abs(ringSignedArea(hole)), hole })),
          )
          const smallest = around
            .filter(({ hole }) => covers(fillRingCoco(hole, width, height), pixels))
            .sort((a, b) => a.area - b.area)[0]
          expect(islandIn).toEqual(smallest === undefined ? null : { part: smallest.p, hole: smallest.h })
        }
      }),
      { numRuns: Math.ceil(LAW_RUNS / 3) },
    )
  })
})

function covers(large: Mask, small: Mask): boolean {
  const a = large.toDense()
  return small.toDense().every((value, i) => value === 0 || a[i] === 1)
}

function turnsEverywhere(ring: Ring): boolean {
  for (let i = 0; i < ring.length; i += 2) {
    const at = (k: number): number => ring[(i + k) % ring.length] as number
    const level = at(1) === at(3)
    const upright = at(0) === at(2)
    const levelNext = at(3) === at(5)
    if (level === upright || level === levelNext) return false
  }
  return true
}

describe('where pixels touch at a corner only', () => {
  const corner = drawn('#..', '.#.')
  const other = drawn('..#', '.#.')

  it('they are one part under 8, whose ring passes the corner twice', () => {
    expect(traceMask(corner, { connectivity: 8 })).toEqual([
      { outer: Float64Array.of(0, 0, 1, 0, 1, 1, 2, 1, 2, 2, 1, 2, 1, 1, 0, 1), holes: [] },
    ])
    expect(traceMask(other, { connectivity: 8 })).toEqual([
      { outer: Float64Array.of(2, 0, 3, 0, 3, 1, 2, 1, 2, 2, 1, 2, 1, 1, 2, 1), holes: [] },
    ])
  })

  it('a loop closed by a corner has a hole under 8 and none under 4', () => {
    const loop = drawn('###', '#.#', '##.')
    expect(traceMask(loop, { connectivity: 8 })).toEqual([
      {
        outer: Float64Array.of(0, 0, 3, 0, 3, 2, 2, 2, 2, 3, 0, 3),
        holes: [Float64Array.of(1, 1, 1, 2, 2, 2, 2, 1)],
      },
    ])
    expect(traceMask(loop)[0]?.holes).toEqual([])
  })

  it('two background pixels are two holes under 8', () => {
    expect(traceMask(drawn('####', '#.##', '##.#', '####'), { connectivity: 8 })[0]?.holes).toEqual([
      Float64Array.of(1, 1, 1, 2, 2, 2, 2, 1),
      Float64Array.of(2, 2, 2, 3, 3, 3, 3, 2),
    ])
  })

  it('any other connectivity is a TypeError', () => {
    expect(() => traceMask(corner, { connectivity: 6 as 4 })).toThrow(TypeError)
    expect(() => tracePixels(corner.toDense(), 3, 2, { connectivity: 6 as 4 })).toThrow(TypeError)
  })
})

it('islands in two holes of one part, and one in an island', () => {
  const mask = drawn(
    '..............',
    '.#########.##.',
    '.#..##...#.##.',
    '.#..##.#.#....',
    '.#..##...#....',
    '.#########....',
  )
  expect(traceTree(mask).map(({ islandIn }) => islandIn)).toEqual([null, null, { part: 0, hole: 1 }])
})

it('the work grows with the outline: a speck on a canvas of 2 thousand million pixels is nothing', () => {
  const side = 46_340
  const mask = Mask.fromBounds(side, side, { left: 46_000, top: 46_010, right: 46_003, bottom: 46_012 })
  expect(traceMask(mask)).toEqual([
    { outer: Float64Array.of(46_000, 46_010, 46_003, 46_010, 46_003, 46_012, 46_000, 46_012), holes: [] },
  ])
  expect(traceMask(Mask.full(side, side))[0]?.outer).toEqual(Float64Array.of(0, 0, side, 0, side, side, 0, side))
  const tall = 2 ** 31 - 1
  expect(traceMask(Mask.full(1, tall))[0]?.outer).toEqual(Float64Array.of(0, 0, 1, 0, 1, tall, 0, tall))
})
