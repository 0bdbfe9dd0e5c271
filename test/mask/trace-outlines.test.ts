import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Part } from '../../src/geometry/parts.js'
import { partsArea } from '../../src/geometry/parts.js'
import { type Ring, ringSignedArea } from '../../src/geometry/ring.js'
import { fillPartsCoco } from '../../src/mask/fill-parts.js'
import { Mask } from '../../src/mask/mask.js'
import { traceMask } from '../../src/mask/trace.js'
import { denseMasks, maskOf } from './fixtures.js'

/** A mask from rows of text: `#` is foreground. */
function drawn(...rows: readonly string[]): Mask {
  const width = rows[0]?.length ?? 0
  return Mask.fromDense(
    Uint8Array.from([...rows.join('')].map((character) => (character === '#' ? 1 : 0))),
    width,
    rows.length,
  )
}

interface PlainPart {
  readonly outer: readonly number[]
  readonly holes: readonly (readonly number[])[]
}

function plain(parts: readonly Part[]): readonly PlainPart[] {
  return parts.map(({ outer, holes }) => ({ outer: [...outer], holes: holes.map((hole) => [...hole]) }))
}

describe('exact outlines', () => {
  it.each<[string, Mask, readonly PlainPart[]]>([
    ['nothing', drawn('....', '....', '....'), []],
    ['a picture without pixels', Mask.empty(0, 3), []],
    ['all of a wide picture', Mask.full(4, 2), [{ outer: [0, 0, 4, 0, 4, 2, 0, 2], holes: [] }]],
    ['one pixel', drawn('...', '..#'), [{ outer: [2, 1, 3, 1, 3, 2, 2, 2], holes: [] }]],
    ['the first pixel', drawn('#..', '...'), [{ outer: [0, 0, 1, 0, 1, 1, 0, 1], holes: [] }]],
    ['one row', drawn('.##.'), [{ outer: [1, 0, 3, 0, 3, 1, 1, 1], holes: [] }]],
    ['one column', drawn('.', '#', '#'), [{ outer: [0, 1, 1, 1, 1, 3, 0, 3], holes: [] }]],
    ['an L', drawn('.#...', '.#...', '.###.'), [{ outer: [1, 0, 2, 0, 2, 2, 4, 2, 4, 3, 1, 3], holes: [] }]],
    [
      'a T, whose topmost left vertex is not the leftmost',
      drawn('..#..', '.###.'),
      [{ outer: [2, 0, 3, 0, 3, 1, 4, 1, 4, 2, 1, 2, 1, 1, 2, 1], holes: [] }],
    ],
    [
      'a ring',
      drawn('#####', '#..##', '#####'),
      [{ outer: [0, 0, 5, 0, 5, 3, 0, 3], holes: [[1, 1, 1, 2, 3, 2, 3, 1]] }],
    ],
    [
      'two pixels that touch at a corner',
      drawn('#..', '.#.'),
      [
        { outer: [0, 0, 1, 0, 1, 1, 0, 1], holes: [] },
        { outer: [1, 1, 2, 1, 2, 2, 1, 2], holes: [] },
      ],
    ],
    [
      'the other two pixels that touch at a corner',
      drawn('..#', '.#.'),
      [
        { outer: [2, 0, 3, 0, 3, 1, 2, 1], holes: [] },
        { outer: [1, 1, 2, 1, 2, 2, 1, 2], holes: [] },
      ],
    ],
    [
      'an island in a hole',
      drawn('#######', '#.....#', '#.##..#', '#.....#', '#######'),
      [
        { outer: [0, 0, 7, 0, 7, 5, 0, 5], holes: [[1, 1, 1, 4, 6, 4, 6, 1]] },
        { outer: [2, 2, 4, 2, 4, 3, 2, 3], holes: [] },
      ],
    ],
    [
      'two holes, in the order of their topmost left vertices',
      drawn('######', '####.#', '#.####', '######'),
      [
        {
          outer: [0, 0, 6, 0, 6, 4, 0, 4],
          holes: [
            [4, 1, 4, 2, 5, 2, 5, 1],
            [1, 2, 1, 3, 2, 3, 2, 2],
          ],
        },
      ],
    ],
    [
      'two background pixels that touch at a corner: one hole',
      drawn('####', '#.##', '##.#', '####'),
      [{ outer: [0, 0, 4, 0, 4, 4, 0, 4], holes: [[1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 2, 2, 2, 2, 1]] }],
    ],
    [
      'a loop closed by a corner only encloses nothing',
      drawn('###', '#.#', '##.'),
      [{ outer: [0, 0, 3, 0, 3, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 2, 2, 3, 0, 3], holes: [] }],
    ],
  ])('%s', (_, mask, parts) => {
    expect(plain(traceMask(mask))).toEqual(parts)
  })

  it('rings in rings alternate between parts and holes', () => {
    const nested = drawn(
      '#########',
      '#.......#',
      '#.#####.#',
      '#.#...#.#',
      '#.#.#.#.#',
      '#.#...#.#',
      '#.#####.#',
      '#.......#',
      '#########',
    )
    expect(plain(traceMask(nested))).toEqual([
      { outer: [0, 0, 9, 0, 9, 9, 0, 9], holes: [[1, 1, 1, 8, 8, 8, 8, 1]] },
      { outer: [2, 2, 7, 2, 7, 7, 2, 7], holes: [[3, 3, 3, 6, 6, 6, 6, 3]] },
      { outer: [4, 4, 5, 4, 5, 5, 4, 5], holes: [] },
    ])
  })

  it('a checkerboard is one part a pixel', () => {
    const width = 7
    const height = 4
    const board = Uint8Array.from({ length: width * height }, (_, i) => ((i % width) + Math.floor(i / width)) % 2)
    const mask = Mask.fromDense(board, width, height)
    const parts = traceMask(mask)
    expect(parts).toHaveLength(14)
    expect(parts.every(({ outer, holes }) => outer.length === 8 && holes.length === 0)).toBe(true)
    expect(fillPartsCoco(parts, width, height).equals(mask)).toBe(true)
  })

  it('a checkerboard of background is one hole', () => {
    const mask = drawn('#######', '##.#.##', '#.#.#.#', '#######')
    const parts = traceMask(mask)
    expect(parts.map(({ outer }) => ringSignedArea(outer))).toEqual([28])
    // The background pixels touch at corners.
    expect(parts.map(({ holes }) => holes.map((hole) => ringSignedArea(hole)))).toEqual([[-5]])
    expect(fillPartsCoco(parts, 7, 4).equals(mask)).toBe(true)
    expect(partsArea(parts)).toBe(mask.area)
  })
})

/** Random masks of every density, besides the rectangles and specks of {@link denseMasks}. */
const noisyMasks = fc
  .record({
    width: fc.integer({ min: 1, max: 24 }),
    height: fc.integer({ min: 1, max: 17 }),
    density: fc.constantFrom(0.02, 0.2, 0.41, 0.5, 0.59, 0.8, 0.98),
    seed: fc.integer({ min: 1, max: 2 ** 31 - 1 }),
  })
  .map(({ width, height, density, seed }) => {
    let state = seed
    const pixels = Uint8Array.from({ length: width * height }, () => {
      state = Math.imul(state, 48_271) % 2_147_483_647
      return (state >>> 0) / 0x1_0000_0000 < density ? 1 : 0
    })
    return Mask.fromDense(pixels, width, height)
  })

const lines = fc
  .tuple(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 40 }), fc.boolean())
  .map(([pixels, upright]) =>
    Mask.fromDense(Uint8Array.from(pixels), upright ? 1 : pixels.length, upright ? pixels.length : 1),
  )

const masks = fc.oneof(denseMasks.map(maskOf), noisyMasks, lines)

function ringsOf(parts: readonly Part[]): readonly Ring[] {
  return parts.flatMap(({ outer, holes }) => [outer, ...holes])
}

/** Directions of the sides, 0 to 3 as right, down, left, up; NaN for one along neither axis or of no length. */
function directions(ring: Ring): readonly number[] {
  const sides: number[] = []
  for (let i = 0; i < ring.length; i += 2) {
    const dx = Math.sign((ring[(i + 2) % ring.length] as number) - (ring[i] as number))
    const dy = Math.sign((ring[(i + 3) % ring.length] as number) - (ring[i + 1] as number))
    sides.push(
      dx !== 0 && dy !== 0 ? Number.NaN : dx === 1 ? 0 : dy === 1 ? 1 : dx === -1 ? 2 : dy === -1 ? 3 : Number.NaN,
    )
  }
  return sides
}

/** Parts that touch along sides, counted by flooding: what tracing must find. */
function componentCount(mask: Mask): number {
  const { width, height } = mask
  const pixels = mask.toDense()
  let count = 0
  for (let start = 0; start < pixels.length; start++) {
    if (pixels[start] === 0) continue
    count++
    const open = [start]
    pixels[start] = 0
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      const x = at % width
      const near = [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]
      for (const next of near) {
        if (next < 0 || next >= width * height || pixels[next] === 0) continue
        pixels[next] = 0
        open.push(next)
      }
    }
  }
  return count
}

describe('laws, for masks of every density', () => {
  it('filling the outlines by the COCO rule gives the mask again', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        expect(fillPartsCoco(traceMask(mask), mask.width, mask.height).equals(mask)).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  it('outer rings run clockwise on screen, holes counter-clockwise, and their areas add up to the pixels', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        const parts = traceMask(mask)
        expect(parts.every(({ outer }) => ringSignedArea(outer) > 0)).toBe(true)
        expect(parts.every(({ holes }) => holes.every((hole) => ringSignedArea(hole) < 0))).toBe(true)
        expect(partsArea(parts)).toBe(mask.area)
      }),
      { numRuns: 300 },
    )
  })

  it('vertices are integers on the canvas, and every one of them is a corner', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        for (const ring of ringsOf(traceMask(mask))) {
          expect(ring.every((value) => Number.isInteger(value) && value >= 0)).toBe(true)
          expect(ring.every((value, i) => value <= (i % 2 === 0 ? mask.width : mask.height))).toBe(true)
          const sides = directions(ring)
          expect(sides.every((side, i) => (side + (sides[(i + 1) % sides.length] as number)) % 2 === 1)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('there is one part for each group of pixels that touch along a side', () => {
    fc.assert(
      fc.property(masks, (mask) => {
        expect(traceMask(mask)).toHaveLength(componentCount(mask))
      }),
      { numRuns: 300 },
    )
  })
})
