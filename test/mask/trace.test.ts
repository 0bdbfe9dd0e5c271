import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Part } from '../../src/geometry/parts.js'
import { ringSignedArea } from '../../src/geometry/ring.js'
import { fillPartsCoco } from '../../src/mask/fill-parts.js'
import { Mask } from '../../src/mask/mask.js'
import { traceMask } from '../../src/mask/trace.js'
import { arbitraryMask } from '../arbitraries/shapes.js'
import { denseMasks, maskOf } from './fixtures.js'

/** A mask from rows of `#` and `.`. */
function drawn(...rows: readonly string[]): Mask {
  const width = rows[0]?.length ?? 0
  const pixels = Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0))
  return Mask.fromDense(pixels, width, rows.length)
}

function texts(parts: readonly Part[]): readonly string[] {
  return parts.map(({ outer, holes }) => [outer, ...holes].map((ring) => ring.join(' ')).join(' | '))
}

/** Area of the parts, holes taken away, with the sign of their direction: positive where outer rings go clockwise on screen. */
function signedArea(parts: readonly Part[]): number {
  return parts.reduce(
    (sum, { outer, holes }) => holes.reduce((rest, hole) => rest + ringSignedArea(hole), sum + ringSignedArea(outer)),
    0,
  )
}

describe('the outline of a mask', () => {
  it.each([
    ['nothing', ['....', '....'], []],
    ['one pixel', ['....', '..#.'], ['2 1 3 1 3 2 2 2']],
    [
      'a pixel in each corner',
      ['#..#', '....', '#..#'],
      ['0 0 1 0 1 1 0 1', '3 0 4 0 4 1 3 1', '0 2 1 2 1 3 0 3', '3 2 4 2 4 3 3 3'],
    ],
    ['everything', ['###', '###'], ['0 0 3 0 3 2 0 2']],
    ['a row', ['.....', '.###.'], ['1 1 4 1 4 2 1 2']],
    ['steps', ['#..', '##.', '###'], ['0 0 1 0 1 1 2 1 2 2 3 2 3 3 0 3']],
    ['pixels that touch at a corner', ['#.', '.#'], ['0 0 1 0 1 1 0 1', '1 1 2 1 2 2 1 2']],
    ['pixels that touch at the other corner', ['.#', '#.'], ['1 0 2 0 2 1 1 1', '0 1 1 1 1 2 0 2']],
    ['a ring', ['###', '#.#', '###'], ['0 0 3 0 3 3 0 3 | 1 1 1 2 2 2 2 1']],
    [
      'a ring on the border of a larger picture',
      ['.###.', '.#.#.', '.###.', '.....'],
      ['1 0 4 0 4 3 1 3 | 2 1 2 2 3 2 3 1'],
    ],
    [
      'a pixel in a ring',
      ['#####', '#...#', '#.#.#', '#...#', '#####'],
      ['0 0 5 0 5 5 0 5 | 1 1 1 4 4 4 4 1', '2 2 3 2 3 3 2 3'],
    ],
    ['two holes', ['#####', '#.#.#', '#####'], ['0 0 5 0 5 3 0 3 | 1 1 1 2 2 2 2 1 | 3 1 3 2 4 2 4 1']],
    ['an open ring', ['###', '#.#', '#.#'], ['0 0 3 0 3 3 2 3 2 1 1 1 1 3 0 3']],
  ])('%s', (_, rows, expected) => {
    const mask = drawn(...rows)
    const parts = traceMask(mask)
    expect(texts(parts)).toEqual(expected)
    expect(fillPartsCoco(parts, mask.width, mask.height).equals(mask)).toBe(true)
    expect(signedArea(parts)).toBe(mask.area)
  })

  it('has holes that touch at a corner as one', () => {
    const mask = drawn('####', '#.##', '##.#', '####')
    const [part, ...others] = traceMask(mask)
    expect(others).toEqual([])
    expect(part?.holes.map((hole) => ringSignedArea(hole))).toEqual([-2])
    expect(fillPartsCoco(traceMask(mask), 4, 4).equals(mask)).toBe(true)
  })

  it.each([0, 1])('of checkerboards is a square for each pixel, from colour %i on', (first) => {
    const [width, height] = [9, 6]
    const pixels = Uint8Array.from(
      { length: width * height },
      (_, i) => ((i % width) + Math.floor(i / width) + first) % 2,
    )
    const mask = Mask.fromDense(pixels, width, height)
    const parts = traceMask(mask)
    expect(parts.length).toBe(mask.area)
    for (const { outer, holes } of parts) {
      expect(outer.length).toBe(8)
      expect(ringSignedArea(outer)).toBe(1)
      expect(holes).toEqual([])
    }
    expect(fillPartsCoco(parts, width, height).equals(mask)).toBe(true)
  })

  it('of rings in rings nests them', () => {
    const [width, height] = [19, 13]
    const pixels = new Uint8Array(width * height)
    for (let depth = 0; depth < 6; depth++)
      for (let y = depth; y < height - depth; y++)
        for (let x = depth; x < width - depth; x++) pixels[y * width + x] = (depth + 1) % 2
    const mask = Mask.fromDense(pixels, width, height)
    const parts = traceMask(mask)
    expect(parts.map(({ holes }) => holes.length)).toEqual([1, 1, 1])
    expect(fillPartsCoco(parts, width, height).equals(mask)).toBe(true)
  })

  it('of masks without a side is nothing', () => {
    for (const [width, height] of [
      [0, 0],
      [0, 4],
      [4, 0],
    ] as const)
      expect(traceMask(Mask.empty(width, height))).toEqual([])
  })

  it('gives the mask again, whatever it is', () => {
    const masks = fc.oneof(
      denseMasks.map(maskOf),
      fc
        .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
        .chain(([width, height]) =>
          fc
            .uint8Array({ minLength: width * height, maxLength: width * height, max: 1 })
            .map((pixels) => Mask.fromDense(pixels, width, height)),
        ),
      arbitraryMask({ width: 31, height: 17 }),
    )
    fc.assert(
      fc.property(masks, (mask) => {
        const parts = traceMask(mask)
        expect(fillPartsCoco(parts, mask.width, mask.height).equals(mask)).toBe(true)
        expect(signedArea(parts)).toBe(mask.area)
        for (const { outer, holes } of parts)
          for (const ring of [outer, ...holes]) {
            expect(ring.every((value) => Number.isInteger(value))).toBe(true)
            // Every vertex is a corner: edges go across and down by turns.
            for (let i = 0; i < ring.length; i += 2) {
              const [x, y] = [ring[i], ring[i + 1]]
              const [nextX, nextY] = [ring[(i + 2) % ring.length], ring[(i + 3) % ring.length]]
              const [afterX] = [ring[(i + 4) % ring.length]]
              expect((x === nextX) !== (y === nextY)).toBe(true)
              expect((x === nextX) !== (nextX === afterX)).toBe(true)
            }
          }
      }),
      { numRuns: 400 },
    )
  })
})
