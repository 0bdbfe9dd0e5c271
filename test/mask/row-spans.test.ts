import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Mask } from '../../src/mask/mask.js'
import { RowSpans } from '../../src/mask/row-spans.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'
import { isCanonical } from './fixtures.js'

const HEIGHT = 5

// Few and many stretches a row, on narrow rows, where they are marked, and on wide ones, where they are sorted.
const painted = fc.constantFrom(1, 13, 40, 9000).chain((width) =>
  fc.record({
    width: fc.constant(width),
    spans: fc.array(
      fc.tuple(
        fc.integer({ min: -1, max: HEIGHT }),
        fc.integer({ min: -3, max: width + 3 }),
        fc.oneof(fc.integer({ min: -2, max: 4 }), fc.integer({ min: 0, max: width + 3 })),
      ),
      { maxLength: 60 },
    ),
  }),
)

it('what is painted is the union of all stretches, cut to the canvas', () => {
  fc.assert(
    fc.property(painted, ({ width, spans }) => {
      const rows = new RowSpans(width, HEIGHT)
      const pixels = new Uint8Array(width * HEIGHT)
      for (const [row, start, length] of spans) {
        rows.add(row, start, start + length)
        if (row < 0 || row >= HEIGHT) continue
        for (let x = Math.max(0, start); x < Math.min(width, start + length); x++) pixels[row * width + x] = 1
      }
      const mask = rows.toMask()
      expect(isCanonical(mask)).toBe(true)
      expect(mask.equals(Mask.fromDense(pixels, width, HEIGHT))).toBe(true)
    }),
    { numRuns: LAW_RUNS },
  )
})

it('more stretches than the canvas has pixels are kept as bits', () => {
  for (const width of [61, 64, 320]) {
    const [height, count] = [7, 400_000]
    const rows = new RowSpans(width, height)
    const pixels = new Uint8Array(width * height)
    const before = process.memoryUsage().arrayBuffers
    for (let i = 0; i < count; i++) {
      // Never next to the one before; the last rows are painted late only, some of them to the right border.
      const row = i < 300_000 ? i % 3 : 3 + (i % 4)
      const start = (Math.imul(i, 0x9e3779b1) >>> 8) % width
      const end = start + 1 + (i % 97 === 0 ? 70 : 0)
      if ((start >> 2) % 3 === 1) continue
      rows.add(row, start - 2, end)
      pixels.fill(1, row * width + Math.max(0, start - 2), row * width + Math.min(width, end))
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(3e6)
    const mask = rows.toMask()
    expect(isCanonical(mask)).toBe(true)
    expect(mask.equals(Mask.fromDense(pixels, width, height))).toBe(true)
  }
})

it('many stretches on few pixels, and few on a row of 2 thousand million', () => {
  const narrow = new RowSpans(100, 1)
  for (let i = 0; i < 1000; i++) narrow.add(0, (i * 37) % 90, ((i * 37) % 90) + 1)
  expect([...narrow.rowRuns()]).toEqual([0, 90, 10])
  // Every other pixel, then those between: all in one row.
  for (const width of [40, 300_000]) {
    const row = new RowSpans(width, 1)
    for (let i = 0; i < 20; i++) row.add(0, 2 * i, 2 * i + 1)
    for (let i = 0; i < 20; i++) row.add(0, 39 - 2 * i, 40 - 2 * i)
    expect([...row.rowRuns()]).toEqual(width === 40 ? [0, 40] : [0, 40, width - 40])
  }
  const apart = new RowSpans(9000, 1)
  for (let i = 9; i >= 0; i--) apart.add(0, 900 * i, 900 * i + 2)
  expect([...apart.rowRuns()]).toEqual([0, ...Array.from({ length: 9 }, () => [2, 898]).flat(), 2, 898])
  const most = 2 ** 31 - 1
  const wide = new RowSpans(most, 1)
  for (let i = 0; i < 20; i++) wide.add(0, (i * 7 * 2 ** 20) % 2 ** 30, ((i * 7 * 2 ** 20) % 2 ** 30) + 2 ** 20)
  const runs = wide.rowRuns()
  expect(runs).toHaveLength(41)
  expect(runs.filter((_, i) => i % 2 === 1)).toEqual(new Int32Array(20).fill(2 ** 20))
})
