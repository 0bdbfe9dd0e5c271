import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnnotationError } from '../../src/errors.js'
import {
  type CocoRle,
  cocoRleCounts,
  cocoRleString,
  Mask,
  maskFromCocoRle,
  maskFromCocoString,
} from '../../src/mask/index.js'
import { LAW_RUNS } from '../arbitraries/law-runs.js'
import { denseMasks, isCanonical, ltwhOf, maskOf } from './fixtures.js'

function failure(action: () => unknown): AnnotationError {
  try {
    action()
  } catch (error) {
    if (error instanceof AnnotationError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}

// Run against cocoapi common/maskApi.c.
const VECTORS: readonly (readonly [number, number, number[], string, number, number[]])[] = [
  [4, 4, [0, 16], '0`0', 16, [0, 0, 4, 4]],
  [4, 4, [16], '`0', 0, [0, 0, 0, 0]],
  [4, 4, [5, 2, 2, 2, 5], '52203', 4, [1, 1, 2, 2]],
  [4, 3, [0, 3, 2, 3, 2, 2], '03200O', 8, [0, 0, 3, 4]],
  [9, 10, [6, 1, 40, 4, 5, 4, 5, 4, 21], '61X13mN000`0', 13, [0, 2, 8, 5]],
  [1000, 1002, [100, 1000, 100000, 15, 16, 31, 32, 1, 900000], 'T3Xo0PeQ3WQO`[nL`0`0ROPl^k0', 1047, [0, 0, 102, 1000]],
]

describe('known encodings', () => {
  it.each(VECTORS)('%i x %i %j', (height, width, counts, text, area, box) => {
    // The runs of the last vector, as published, stop short of its size: their text is checked on one row of as many pixels.
    const sum = counts.reduce((a, b) => a + b)
    const row = Mask.fromRuns(sum, 1, counts)
    expect(cocoRleString(row)).toBe(text)
    expect(cocoRleCounts(maskFromCocoString(text, sum, 1))).toEqual(counts)
    const mask = maskFromCocoString(text, width, height, { repair: sum < width * height })
    expect(mask.area).toBe(area)
    expect(ltwhOf(mask)).toEqual(box)
  })
})

describe('laws', () => {
  it('text and runs give the mask back', () => {
    fc.assert(
      fc.property(denseMasks, (dense) => {
        const mask = maskOf(dense)
        const size = [dense.height, dense.width] as const
        const text = cocoRleString(mask)
        expect(text).toMatch(/^[0-o]+$/)
        expect(maskFromCocoRle({ size, counts: text }).equals(mask)).toBe(true)
        expect(maskFromCocoRle({ size, counts: cocoRleCounts(mask) }).equals(mask)).toBe(true)
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('runs of every magnitude survive', () => {
    const run = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 2 ** 28 }))
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 7 }), fc.boolean(), (lengths, first) => {
        const runs = first ? [0, ...lengths] : lengths
        const total = runs.reduce((a, b) => a + b)
        const mask = Mask.fromRuns(total, 1, runs)
        expect(cocoRleCounts(maskFromCocoString(cocoRleString(mask), total, 1))).toEqual(runs)
      }),
      { numRuns: LAW_RUNS },
    )
  })

  it('the largest mask survives', () => {
    const most = 2 ** 31 - 1
    for (const runs of [[most], [0, most], [1, 1, 1, most - 3], [0, most - 3, 1, 1, 1], [most - 1, 1]]) {
      const mask = Mask.fromRuns(most, 1, runs)
      expect(cocoRleCounts(maskFromCocoString(cocoRleString(mask), most, 1))).toEqual(runs)
    }
  })

  it('runs of length 0 inside the text are merged away', () => {
    // 5 0 0 2 0 0 9 by hand: the fourth and later as differences (2-0, 0-0, 0-2, 9-0).
    const mask = maskFromCocoString('50020N9', 4, 4)
    expect(cocoRleCounts(mask)).toEqual([5, 2, 9])
    expect(isCanonical(mask)).toBe(true)
  })

  it('runs may come in any list of numbers', () => {
    const want = [5, 2, 2, 2, 5]
    for (const counts of [
      Int32Array.from(want),
      Uint32Array.from(want),
      Float64Array.from(want),
      { ...want, length: 5 },
    ]) {
      expect(cocoRleCounts(maskFromCocoRle({ size: [4, 4], counts }))).toEqual(want)
    }
  })

  it('does not depend on how many arguments a call may have', () => {
    const width = 300
    const height = 301
    const pixels = new Uint8Array(width * height).map((_, i) => Math.floor(i / width + (i % width)) % 2)
    const mask = Mask.fromDense(pixels, width, height)
    expect(mask.runs.length).toBeGreaterThan(40000)
    expect(maskFromCocoString(cocoRleString(mask), width, height).equals(mask)).toBe(true)
  })
})

describe('broken encodings', () => {
  it.each([
    ['52 03', 4, 4, 'character 2: stray'],
    ['52p03', 4, 4, 'character 2: stray'],
    ['522\u00e903', 4, 4, 'character 3: stray'],
    ['52203/', 4, 4, 'character 5: stray'],
    ['5220T', 4, 4, 'character 4: the last number'],
    ['`', 4, 4, 'character 0: the last number'],
    ['52oooooooo0', 4, 4, 'character 8: number too large'],
    ['PPPPPP2', 4, 4, 'character 6: number too large'],
    ['PPPPPP4`0', 4, 4, 'character 6: number too large'],
    ['\u{1f3ad}`0', 4, 4, 'character 0: stray'],
    ['O', 4, 4, 'character 0: run out of range'],
    ['5221C', 4, 4, 'character 4: run out of range'],
  ])('%s is refused where it breaks', (text, width, height, message) => {
    const error = failure(() => maskFromCocoString(text, width, height))
    expect(error.code).toBe('rle-format')
    expect(error.message).toContain(message)
    // Repairs are for sizes; broken text stays broken.
    expect(failure(() => maskFromCocoString(text, width, height, { repair: true })).code).toBe('rle-format')
  })

  it('an unfinished number is not finished by what was read before', () => {
    expect(cocoRleCounts(maskFromCocoString('`0', 4, 4))).toEqual([16])
    expect(failure(() => maskFromCocoString('`', 4, 4)).message).toContain('the last number is not finished')
  })

  it('no text is a mask without pixels, or none', () => {
    expect(cocoRleCounts(maskFromCocoString('', 0, 3))).toEqual([0])
    expect(failure(() => maskFromCocoString('', 4, 4)).code).toBe('rle-size')
  })

  it('runs far beyond the size are refused', () => {
    const most = 2 ** 31 - 1
    const text = cocoRleString(Mask.fromRuns(most, 1, [0, most - 3, 1, 1, 1]))
    expect(failure(() => maskFromCocoString(text, 4, 4)).message).toContain(`got ${most}`)
    // Two numbers of six groups, the second added to the first and so on: past 2^31.
    expect(failure(() => maskFromCocoString('0oooooO1oooooOoooooO', 4, 4)).code).toBe('rle-format')
  })

  it('a sum that is not the size is refused, or repaired aloud', () => {
    const error = failure(() => maskFromCocoRle({ size: [4, 5], counts: '52203' }))
    expect(error.code).toBe('rle-size')
    expect(error.message).toContain('expected 20 pixels (5 wide, 4 high), got 16')
    const said: string[] = []
    const onRepair = (message: string) => said.push(message)
    const padded = maskFromCocoRle({ size: [4, 5], counts: '52203' }, { repair: true, onRepair })
    expect(cocoRleCounts(padded)).toEqual([5, 2, 2, 2, 9])
    const cut = maskFromCocoRle({ size: [5, 2], counts: [5, 2, 2, 2, 5] }, { repair: true, onRepair })
    expect(cocoRleCounts(cut)).toEqual([5, 2, 2, 1])
    expect(said).toEqual([
      'padded runs that cover 16 of 20 pixels with background',
      'cut runs that cover 16 pixels to the 10 of the mask',
    ])
    const sound: string[] = []
    maskFromCocoRle({ size: [4, 4], counts: '52203' }, { repair: true, onRepair: (m) => sound.push(m) })
    expect(sound).toEqual([])
  })

  it.each([
    [{ size: [4], counts: '52203' }, 'rle-size'],
    [{ size: 16, counts: '52203' }, 'rle-size'],
    [{ size: [4.5, 2], counts: '52203' }, 'rle-size'],
    [{ size: [-4, -4], counts: '52203' }, 'rle-size'],
    [{ size: ['4', '4'], counts: '52203' }, 'rle-size'],
    [{ size: [65536, 65536], counts: [0] }, 'rle-size'],
    [{ size: [4, 4], counts: null }, 'rle-format'],
    [{ size: [4, 4], counts: 16 }, 'rle-format'],
    [{ size: [4, 4], counts: {} }, 'rle-format'],
    [{ size: [4, 4], counts: { length: -1 } }, 'rle-format'],
    [{ size: [4, 4], counts: ['16'] }, 'rle-format'],
    [{ size: [4, 4], counts: [17, -1] }, 'rle-format'],
    [{ size: [4, 4], counts: [15.5, 0.5] }, 'rle-format'],
    [{ size: [4, 4], counts: [16, 2 ** 31] }, 'rle-format'],
    [{ size: [4, 4], counts: [Number.NaN] }, 'rle-format'],
  ])('%j gives %s', (rle, code) => {
    expect(failure(() => maskFromCocoRle(rle as unknown as CocoRle)).code).toBe(code)
  })
})
