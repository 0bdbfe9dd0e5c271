import { expect, it } from 'vitest'
import { bridgeParts } from '../../src/geometry/bridge.js'
import { unbridgeRing } from '../../src/geometry/bridge-undo.js'
import { type Part, partsArea } from '../../src/geometry/parts.js'
import { type Ring, ringSignedArea } from '../../src/geometry/ring.js'

function box(left: number, top: number, right: number, bottom: number): Ring {
  return Float64Array.of(left, top, right, top, right, bottom, left, bottom)
}

function solid(...rings: readonly Ring[]): Part {
  const [outer, ...holes] = rings
  return { outer: outer as Ring, holes }
}

it('thousands of parts that meet in one point are joined there, each once', () => {
  const count = 8000
  const fan = Array.from({ length: count }, (_, i) => {
    const [a, b] = [(2 * Math.PI * i) / count, (2 * Math.PI * (i + 0.5)) / count]
    return solid(Float64Array.of(0, 0, 1000 * Math.cos(a), 1000 * Math.sin(a), 1000 * Math.cos(b), 1000 * Math.sin(b)))
  })
  const ring = bridgeParts(fan)
  // Every pair of them took more than ten seconds, and gigabytes.
  expect(ring).toHaveLength(2 * (3 * count + 2 * (count - 1)))
  expect(ringSignedArea(ring)).toBeCloseTo(partsArea(fan), 3)
})

it('a bridge of no length is a vertex written twice on both ways past, whoever wrote it', () => {
  const touching = Float64Array.of(0, 0, 4, 0, 4, 4, 4, 4, 8, 4, 8, 8, 4, 8, 4, 4, 4, 4, 0, 4)
  expect(bridgeParts([solid(box(0, 0, 4, 4)), solid(box(4, 4, 8, 8))])).toEqual(touching)
  expect(unbridgeRing(touching)).toHaveLength(2)
  const once = Float64Array.of(0, 0, 4, 0, 4, 4, 8, 4, 8, 8, 4, 8, 4, 4, 0, 4)
  expect(unbridgeRing(once)).toEqual([solid(once)])
})

it('many rings: 4000 holes in a plate, one sweep, all connected', () => {
  const holes = Array.from({ length: 4000 }, (_, i) =>
    box(2 * (i % 80) + 1, 2 * Math.floor(i / 80) + 1, 2 * (i % 80) + 2, 2 * Math.floor(i / 80) + 2),
  )
  const plate = [solid(box(0, 0, 161, 101), ...holes)]
  const ring = bridgeParts(plate)
  expect(ringSignedArea(ring)).toBe(161 * 101 - 4000)
  expect(unbridgeRing(ring)[0]?.holes).toHaveLength(4000)
})
