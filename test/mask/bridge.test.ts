import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bridgeParts } from '../../src/geometry/bridge.js'
import { unbridgeRing } from '../../src/geometry/bridge-undo.js'
import { nestRings, type Part, partsArea } from '../../src/geometry/parts.js'
import { ringSignedArea } from '../../src/geometry/ring.js'
import { bridgeUnited } from '../../src/mask/bridge-united.js'
import { fillRingCoco } from '../../src/mask/fill-coco.js'
import { fillPartsPixelCenter, fillRingsPixelCenter } from '../../src/mask/fill-pixel-center.js'
import { traceMask } from '../../src/mask/trace.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'
import { partKeys, sidesCross, sidesOf } from '../geometry/bridge-rings.js'
import { anyMask, evenOddAtCentres, ringsOf } from './trace-fixtures.js'

const traced = fc
  .tuple(anyMask, fc.constantFrom<4 | 8>(4, 8))
  .filter(([mask]) => !mask.isEmpty)
  .map(([mask, connectivity]) => ({ mask, parts: traceMask(mask, { connectivity }) }))

const runs = { numRuns: LAW_RUNS }

describe('the outlines of any mask as one ring', () => {
  it('fill the mask again, even-odd and non-zero', () => {
    fc.assert(
      fc.property(traced, ({ mask, parts }) => {
        const ring = bridgeParts(parts)
        expect(evenOddAtCentres([ring], mask.width, mask.height).equals(mask)).toBe(true)
        expect(fillRingsPixelCenter([ring], mask.width, mask.height, 'non-zero').equals(mask)).toBe(true)
        expect(ringSignedArea(ring)).toBe(mask.area)
      }),
      runs,
    )
  })

  it('come back ring for ring', () => {
    fc.assert(
      fc.property(traced, ({ parts }) => {
        expect(partKeys(unbridgeRing(bridgeParts(parts)))).toEqual(partKeys(parts))
      }),
      runs,
    )
  })

  it('come back from another start, as the same region', () => {
    fc.assert(
      fc.property(traced, fc.nat(), ({ mask, parts }, turn) => {
        const ring = bridgeParts(parts)
        const at = (turn % (ring.length / 2)) * 2
        const turned = Float64Array.of(...ring.subarray(at), ...ring.subarray(0, at))
        const back = unbridgeRing(turned)
        expect(partsArea(back)).toBe(mask.area)
        expect(evenOddAtCentres(ringsOf(back), mask.width, mask.height).equals(mask)).toBe(true)
      }),
      runs,
    )
  })

  it('are joined by bridges that cross nothing', () => {
    fc.assert(
      fc.property(traced, ({ parts }) => {
        const outline = ringsOf(parts).flatMap(sidesOf)
        const all = sidesOf(bridgeParts(parts))
        // Bridges between corners of pixels may run aslant; sides of the outlines do not.
        const bridges = all.filter(([ax, ay, bx, by]) => ax !== bx && ay !== by)
        for (const bridge of bridges) {
          for (const side of outline) expect(sidesCross(bridge, side)).toBe(false)
          for (const other of bridges) expect(sidesCross(bridge, other)).toBe(false)
        }
      }),
      { numRuns: 200 },
    )
  })
})

it('by the COCO rule, too, bridges have no width', () => {
  fc.assert(
    fc.property(traced, ({ mask, parts }) => {
      expect(fillRingCoco(bridgeParts(parts), mask.width, mask.height).equals(mask)).toBe(true)
    }),
    runs,
  )
})

describe('a ring with spikes or repeated vertices', () => {
  const spiked = fc
    .tuple(
      fc.array(fc.tuple(fc.nat(6), fc.nat(6)), { minLength: 3, maxLength: 7 }),
      fc.array(fc.tuple(fc.nat(9), fc.nat(6), fc.nat(6)), { maxLength: 4 }),
    )
    .map(([points, spikes]) => {
      const all: [number, number][] = points.map(([x, y]) => [4 * x, 4 * y])
      for (const [i, x, y] of spikes) {
        const foot = all[i % all.length] as [number, number]
        all.splice((i % all.length) + 1, 0, [4 * x, 4 * y], foot)
      }
      return Float64Array.from(all.flat())
    })

  it('taken apart and filled is the ring', () => {
    const b = [0, 0, 24, 0, 24, 24, 0, 24, 0, 24, 8, 24, 0, 22, 0, 22, 0, 10, 0, 24, 0, 22, 0, 22, 0, 24, 0, 24]
    const ring = Float64Array.from(b)
    expect(fillRingsPixelCenter([ring], 24, 24).area).toBe(568)
    expect(fillPartsPixelCenter(unbridgeRing(ring), 24, 24).area).toBe(568)
  })

  it('as a hole of a plate cuts out what it encloses', () => {
    const hole = Float64Array.of(30, 100, 40, 90, 40, 20, 40, 90, 50, 100)
    const rings = [Float64Array.of(0, 0, 100, 0, 100, 100, 0, 100), hole]
    expect(fillRingsPixelCenter(rings, 100, 100).area).toBe(9900)
    expect(fillPartsPixelCenter(nestRings(rings), 100, 100).area).toBe(9900)
    fc.assert(
      fc.property(spiked, (ring) => {
        const list = [Float64Array.of(-1, -1, 25, -1, 25, 25, -1, 25), ring]
        fc.pre(ringSignedArea(ring) !== 0)
        const parts = nestRings(list)
        expect(fillPartsPixelCenter(parts, 24, 24).equals(fillRingsPixelCenter(list, 24, 24))).toBe(true)
      }),
      runs,
    )
  })
})

describe('parts that overlap', () => {
  const box = (left: number, top: number, right: number, bottom: number): Part => ({
    outer: Float64Array.of(left, top, right, top, right, bottom, left, bottom),
    holes: [],
  })

  it('are united in pixels first, and that is said', () => {
    const parts = [box(0.2, 1, 6, 4), box(3, 2.3, 9, 7), box(11, 0, 12, 2)]
    const united = bridgeUnited(parts, 14, 8)
    expect(united?.exact).toBe(false)
    const mask = fillPartsPixelCenter(parts, 14, 8)
    expect(fillRingsPixelCenter([united?.ring ?? new Float64Array(0)], 14, 8).equals(mask)).toBe(true)
    expect(mask.area).toBe(18 + 30 - 6 + 2)
  })

  it('are united, too, when a hole lies in another part: there it cuts out nothing', () => {
    const hole = Float64Array.of(3, 3, 6, 3, 6, 6, 3, 6)
    const parts = [box(0, 0, 10, 10), { ...box(20, 20, 30, 30), holes: [hole] }]
    const united = bridgeUnited(parts, 40, 40)
    expect(united?.exact).toBe(false)
    expect(fillPartsPixelCenter(parts, 40, 40).area).toBe(200)
    expect(fillRingsPixelCenter([united?.ring ?? new Float64Array(0)], 40, 40).area).toBe(200)
  })

  it('stay as they are when they only touch, off the canvas too', () => {
    const parts = [box(0.2, 1, 6, 4), box(6, 2.3, 900, 7)]
    const united = bridgeUnited(parts, 14, 8)
    expect(united?.exact).toBe(true)
    expect(ringSignedArea(united?.ring ?? new Float64Array(0))).toBeCloseTo(5.8 * 3 + 894 * 4.7, 9)
  })

  it('are nothing when no pixel is left of them', () => {
    expect(bridgeUnited([box(20, 1, 26, 4), box(23, 2, 29, 7)], 14, 8)).toBeNull()
  })
})
