import { describe, expect, it } from 'vitest'
import type { Part } from '../../src/geometry/parts.js'
import { partsArea } from '../../src/geometry/parts.js'
import { ringSignedArea } from '../../src/geometry/ring.js'
import { fillPartsCoco } from '../../src/mask/fill-parts.js'
import { Mask } from '../../src/mask/mask.js'
import { traceMask, tracePixels } from '../../src/mask/trace.js'
import { drawn } from './trace-fixtures.js'

/** Rings as text, the outer one first. */
function texts(parts: readonly Part[]): readonly string[] {
  return parts.map(({ outer, holes }) => [outer, ...holes].map((ring) => ring.join(' ')).join(' | '))
}

/** The parts of a mask, of which it is sure that they fill it again and have its area. */
function traced(mask: Mask): readonly Part[] {
  const parts = traceMask(mask)
  expect(fillPartsCoco(parts, mask.width, mask.height).equals(mask)).toBe(true)
  expect(partsArea(parts)).toBe(mask.area)
  expect(tracePixels(mask.toDense(), mask.width, mask.height)).toEqual(parts)
  return parts
}

describe('the outline of a mask', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['nothing', ['....', '....', '....'], []],
    ['one pixel', ['....', '..#.'], ['2 1 3 1 3 2 2 2']],
    ['the last pixel', ['...', '..#'], ['2 1 3 1 3 2 2 2']],
    ['the first pixel', ['#..', '...'], ['0 0 1 0 1 1 0 1']],
    [
      'a pixel in each corner',
      ['#..#', '....', '#..#'],
      ['0 0 1 0 1 1 0 1', '3 0 4 0 4 1 3 1', '0 2 1 2 1 3 0 3', '3 2 4 2 4 3 3 3'],
    ],
    ['everything', ['###', '###'], ['0 0 3 0 3 2 0 2']],
    ['a picture of one row', ['.##.'], ['1 0 3 0 3 1 1 1']],
    ['a picture of one column', ['.', '#', '#'], ['0 1 1 1 1 3 0 3']],
    ['a row', ['.....', '.###.'], ['1 1 4 1 4 2 1 2']],
    ['steps', ['#..', '##.', '###'], ['0 0 1 0 1 1 2 1 2 2 3 2 3 3 0 3']],
    ['an L', ['.#...', '.#...', '.###.'], ['1 0 2 0 2 2 4 2 4 3 1 3']],
    ['a T, whose topmost left vertex is not the leftmost', ['..#..', '.###.'], ['2 0 3 0 3 1 4 1 4 2 1 2 1 1 2 1']],
    ['pixels that touch at a corner', ['#..', '.#.'], ['0 0 1 0 1 1 0 1', '1 1 2 1 2 2 1 2']],
    ['pixels that touch at the other corner', ['..#', '.#.'], ['2 0 3 0 3 1 2 1', '1 1 2 1 2 2 1 2']],
    ['pixels that touch in all of the picture', ['.#', '#.'], ['1 0 2 0 2 1 1 1', '0 1 1 1 1 2 0 2']],
    ['a ring', ['#####', '#..##', '#####'], ['0 0 5 0 5 3 0 3 | 1 1 1 2 3 2 3 1']],
    [
      'a ring on the border of a larger picture',
      ['.###.', '.#.#.', '.###.', '.....'],
      ['1 0 4 0 4 3 1 3 | 2 1 2 2 3 2 3 1'],
    ],
    ['an open ring', ['###', '#.#', '#.#'], ['0 0 3 0 3 3 2 3 2 1 1 1 1 3 0 3']],
    [
      'an island in a hole',
      ['#######', '#.....#', '#.##..#', '#.....#', '#######'],
      ['0 0 7 0 7 5 0 5 | 1 1 1 4 6 4 6 1', '2 2 4 2 4 3 2 3'],
    ],
    [
      'two holes beside each other',
      ['#####', '#.#.#', '#####'],
      ['0 0 5 0 5 3 0 3 | 1 1 1 2 2 2 2 1 | 3 1 3 2 4 2 4 1'],
    ],
    [
      'two holes, in the order of their topmost left vertices',
      ['######', '####.#', '#.####', '######'],
      ['0 0 6 0 6 4 0 4 | 4 1 4 2 5 2 5 1 | 1 2 1 3 2 3 2 2'],
    ],
    [
      'two background pixels that touch at a corner: one hole',
      ['####', '#.##', '##.#', '####'],
      ['0 0 4 0 4 4 0 4 | 1 1 1 2 2 2 2 3 3 3 3 2 2 2 2 1'],
    ],
    [
      'a loop closed by a corner only: it encloses nothing',
      ['###', '#.#', '##.'],
      ['0 0 3 0 3 2 2 2 2 1 1 1 1 2 2 2 2 3 0 3'],
    ],
    [
      'rings in rings, which alternate between parts and holes',
      [
        '#########',
        '#.......#',
        '#.#####.#',
        '#.#...#.#',
        '#.#.#.#.#',
        '#.#...#.#',
        '#.#####.#',
        '#.......#',
        '#########',
      ],
      ['0 0 9 0 9 9 0 9 | 1 1 1 8 8 8 8 1', '2 2 7 2 7 7 2 7 | 3 3 3 6 6 6 6 3', '4 4 5 4 5 5 4 5'],
    ],
  ])('%s', (_, rows, expected) => {
    expect(texts(traced(drawn(...rows)))).toEqual(expected)
  })

  it('of all of a wide picture is its frame', () => {
    expect(texts(traced(Mask.full(4, 2)))).toEqual(['0 0 4 0 4 2 0 2'])
  })

  it.each([
    [0, 0],
    [0, 4],
    [4, 0],
  ])('of masks without a side is nothing: %i × %i', (width, height) => {
    expect(traced(Mask.empty(width, height))).toEqual([])
  })

  it.each([0, 1])('of checkerboards is a square for each pixel, from colour %i on', (first) => {
    const [width, height] = [9, 6]
    const board = Uint8Array.from(
      { length: width * height },
      (_, i) => ((i % width) + Math.floor(i / width) + first) % 2,
    )
    const parts = traced(Mask.fromDense(board, width, height))
    expect(parts).toHaveLength(27)
    for (const { outer, holes } of parts) {
      expect(outer).toHaveLength(8)
      expect(ringSignedArea(outer)).toBe(1)
      expect(holes).toEqual([])
    }
  })

  it('of a checkerboard of background is one hole: its pixels touch at corners', () => {
    const parts = traced(drawn('#######', '##.#.##', '#.#.#.#', '#######'))
    expect(parts.map(({ outer }) => ringSignedArea(outer))).toEqual([28])
    expect(parts.map(({ holes }) => holes.map((hole) => ringSignedArea(hole)))).toEqual([[-5]])
  })

  it('of rings in rings on a wide picture nests them', () => {
    const [width, height] = [19, 13]
    const depth = (x: number, y: number): number => Math.min(x, y, width - 1 - x, height - 1 - y, 6)
    const pixels = Uint8Array.from({ length: width * height }, (_, i) =>
      depth(i % width, Math.floor(i / width)) % 2 === 0 && depth(i % width, Math.floor(i / width)) < 6 ? 1 : 0,
    )
    expect(traced(Mask.fromDense(pixels, width, height)).map(({ holes }) => holes.length)).toEqual([1, 1, 1])
  })
})

describe('pixels that are no mask yet', () => {
  it('are foreground above the threshold, any threshold', () => {
    const pixels = Uint8Array.of(0, 1, 100, 128, 254, 255)
    const spans = (threshold: number): readonly string[] => texts(tracePixels(pixels, 6, 1, { threshold }))
    expect(spans(0)).toEqual(['1 0 6 0 6 1 1 1'])
    expect(spans(127.5)).toEqual(['3 0 6 0 6 1 3 1'])
    expect(spans(254)).toEqual(['5 0 6 0 6 1 5 1'])
    expect(spans(300)).toEqual([])
    expect(spans(-7)).toEqual(['0 0 6 0 6 1 0 1'])
  })

  it('that stay the same for long are passed over, to the first that differs', () => {
    const [width, height] = [67, 3]
    for (let at = 0; at < width; at++) {
      const pixels = new Uint8Array(width * height).fill(255)
      pixels[width + at] = 0
      expect(tracePixels(pixels, width, height)).toEqual(traceMask(Mask.fromDense(pixels, width, height)))
    }
  })

  it('must be bytes, those of a canvas too, and the threshold a number', () => {
    const trace = tracePixels as (...given: unknown[]) => ReturnType<typeof tracePixels>
    for (const data of [Uint16Array.of(256, 1), [0, 1], undefined]) expect(() => trace(data, 2, 1)).toThrow(TypeError)
    for (const threshold of [Number.NaN, '5']) {
      expect(() => trace(Uint8Array.of(0, 1), 2, 1, { threshold })).toThrow(TypeError)
    }
    expect(texts(tracePixels(Uint8ClampedArray.of(0, 9), 2, 1))).toEqual(['1 0 2 0 2 1 1 1'])
  })

  it('must be as many as the picture has', () => {
    expect(() => tracePixels(new Uint8Array(5), 2, 3)).toThrow(expect.objectContaining({ code: 'mask-size' }))
    expect(() => tracePixels(new Uint8Array(0), -2, 3)).toThrow(expect.objectContaining({ code: 'mask-size' }))
  })
})

it('rings of many parts share buffers, of at most 16 kB', () => {
  const side = 90
  const board = Uint8Array.from({ length: side * side }, (_, i) => ((i % side) + Math.floor(i / side)) % 2)
  const parts = traceMask(Mask.fromDense(board, side, side))
  const buffers = new Set(parts.map(({ outer }) => outer.buffer))
  expect(parts).toHaveLength(4050)
  expect(tracePixels(board, side, side)).toEqual(parts)
  expect(buffers.size).toBe(Math.ceil((4050 * 8) / 2048))
  for (const buffer of buffers) expect(buffer.byteLength).toBeLessThanOrEqual(16384)
})
