import { describe, expect, it } from 'vitest'
import { Ledger } from '../../src/converters/ledger.js'
import {
  fillSizes,
  firstSize,
  oneSize,
  parseSizeTable,
  requireSize,
  type SizeSource,
  sizesFromTable,
} from '../../src/converters/sizes.js'
import { createDataset } from '../../src/dataset/dataset.js'
import type { Item } from '../../src/dataset/item.js'
import { annotation, collect, item } from '../dataset/sample.js'
import { failure } from '../definitions/failure.js'

/** An item of this path without a size. */
const unsized = (path: string): Item => item(1, [annotation('cat')], { path, media: { kind: 'image' } })

const TABLE = parseSizeTable(
  `{
    "train/a.jpg": [10, 20], "val/a.jpg": [11, 21], "val/b.png": [30, 40],
    "x/c.jpg": [5, 6], "y/c.jpg": [5, 6], "x/d.jpg": [1, 2], "x/d.png": [3, 4], "w/a.jpg": [11, 21], ".e": [7, 8], "f.g.h": [9, 10]
  }`,
  's.json',
)

describe('sizesFromTable', () => {
  const found = async (path: string) => {
    const ledger = new Ledger('lenient')
    const size = await sizesFromTable(TABLE)(unsized(path), ledger)
    const [problem] = ledger.problems
    return [size === undefined ? undefined : [size.width, size.height], problem?.message]
  }

  it.each([
    ['by relative path', 'train/a.jpg', [10, 20]],
    ['by relative path, the other one', 'val/a.jpg', [11, 21]],
    ['by base name', 'b.png', [30, 40]],
    ['by base name in another folder', 'deep/down/b.png', [30, 40]],
    ['by stem', 'labels/b.txt', [30, 40]],
    ['by a stem without an ending', 'b', [30, 40]],
    ['by base name, two pictures of one size', 'c.jpg', [5, 6]],
    ['by stem, two pictures of one size', 'c.txt', [5, 6]],
    ['by base name where the stem has two sizes', 'd.png', [3, 4]],
    ['by a name that begins with a dot', 'z/.e', [7, 8]],
    ['by the stem before the last dot', 'f.g.txt', [9, 10]],
    ['not', 'B.png', undefined],
    ['not by a part of a name', 'f.txt', undefined],
  ])('%s', async (_, path, size) => {
    expect(await found(path)).toEqual([size, undefined])
  })

  it.each([
    ['base name', 'a.jpg', 'several sizes are given for pictures called "a.jpg"'],
    ['base name in another folder', 'test/a.jpg', 'several sizes are given for pictures called "a.jpg"'],
    ['stem', 'a.txt', 'several sizes are given for pictures called "a"'],
    ['stem of two endings', 'd.txt', 'several sizes are given for pictures called "d"'],
  ])('an ambiguous %s is a problem and not used', async (_, path, problem) => {
    expect(await found(path)).toEqual([undefined, problem])
  })

  it('the problem says what to do, and nobody need listen', async () => {
    const ledger = new Ledger('lenient')
    await sizesFromTable(TABLE)(unsized('a.jpg'), ledger)
    expect(ledger.problems).toEqual([
      {
        code: 'size-unknown',
        message: 'several sizes are given for pictures called "a.jpg"',
        fix: 'Name the picture by its whole relative path',
        lossy: false,
        count: 1,
        places: ['a.jpg'],
      },
    ])
    expect(await sizesFromTable(TABLE)(unsized('a.jpg'), undefined)).toBeUndefined()
  })
})

describe('parseSizeTable', () => {
  it('reads paths as they are', () => {
    expect([...parseSizeTable('{"__proto__":[1,2],"7":[3,4]}', 's.json')]).toEqual([
      ['7', { width: 3, height: 4 }],
      ['__proto__', { width: 1, height: 2 }],
    ])
  })

  it.each([
    ['[]', 'expected-type', 's.json: not a size table: expected an object {"name.jpg": [width, height]}, got an array'],
    ['null', 'expected-type', 's.json: not a size table: expected an object {"name.jpg": [width, height]}, got null'],
    ['7', 'expected-type', 's.json: not a size table: expected an object {"name.jpg": [width, height]}, got 7'],
    ...['[1]', '[1,2,3]', '[1,0]', '[1,2.5]', '["1",2]', '{"width":1}', 'null', '[-1,1]'].map((size) => [
      `{"a.jpg":${size}}`,
      'expected-type',
      `s.json: bad size of "a.jpg": expected [width, height] in whole pixels above 0, got ${size}`,
    ]),
    [
      '{"a":[1,2]',
      'json-syntax',
      "s.json:1:11: unexpected end of the text after a value: expected ',' or '}', got the end of the text",
    ],
  ])('refuses %s', (text, code, message) => {
    expect(failure(() => parseSizeTable(text ?? '', 's.json'))).toEqual({ code, message })
  })
})

describe('fillSizes', () => {
  it('asks for items that lack a side only, and keeps what else the media says', async () => {
    const asked: string[] = []
    const source: SizeSource = ({ path }) => {
      asked.push(path)
      return path === 'none.jpg' ? undefined : { width: 7, height: 9 }
    }
    const whole = item(1)
    const half = item(2, [annotation('cat')], { path: 'half.jpg', media: { kind: 'video', width: 7, frames: 5 } })
    const none = unsized('none.jpg')
    const before = createDataset({ items: [whole, half, none] })
    const after = fillSizes(before, source)
    expect([after.header, after.itemCount]).toEqual([before.header, 3])
    const { items, log } = await collect(after)
    expect(asked).toEqual(['half.jpg', 'none.jpg'])
    expect(items[0]).toBe(whole)
    expect(items[1]?.media).toEqual({ kind: 'video', width: 7, height: 9, frames: 5 })
    expect(items[1]?.raw).toBeUndefined()
    expect(items[1]?.annotations[0]).toBe(half.annotations[0])
    expect(items[2]).toBe(none)
    expect(log).toEqual(['read 0', 'read 1', 'read 1'])
  })

  it('never contradicts a side the source knows, nor gives sound a size', async () => {
    const half = item(2, [], { path: 'half.jpg', media: { kind: 'image', width: 3 } })
    const sound = item(3, [], { path: 'a.wav', media: { kind: 'audio' } })
    const ledger = new Ledger('lenient')
    const items = []
    for await (const one of fillSizes(createDataset({ items: [half, sound] }), oneSize({ width: 7, height: 9 })).items(
      ledger,
    ))
      items.push(one)
    expect(items.map(({ media }) => media)).toEqual([{ kind: 'image', width: 3 }, { kind: 'audio' }])
    expect(ledger.problems.map(({ code, expected, got }) => [code, expected, got])).toEqual([
      ['size-unknown', '3 × ?', '7 × 9'],
    ])
  })

  it('takes the first of several sources that knows, and asks no further', async () => {
    const size = firstSize(
      sizesFromTable(TABLE),
      async () => undefined,
      oneSize({ width: 640, height: 480 }),
      () => {
        throw new Error('not asked')
      },
    )
    expect(await size(unsized('b.png'), undefined)).toEqual({ width: 30, height: 40 })
    expect(await size(unsized('other.png'), undefined)).toEqual({ width: 640, height: 480 })
    expect(await firstSize()(unsized('b.png'), undefined)).toBeUndefined()
  })
})

describe('requireSize', () => {
  it('gives the size', () => {
    expect(requireSize(item(1))).toEqual({ width: 64, height: 40 })
  })

  it.each([{ kind: 'image' }, { kind: 'image', width: 5 }, { kind: 'image', height: 5 }] as const)(
    'refuses %o',
    (media) => {
      expect(() => requireSize(item(1, [], { path: 'a "b".jpg', media, place: { file: 'a.txt', line: 3 } }))).toThrow(
        expect.objectContaining({
          code: 'size-unknown',
          message: 'a.txt:3: the size of "a \\"b\\".jpg" is not known',
          fix: 'Put the pictures beside the annotations, or give --images FOLDER, --sizes FILE or --sizes WIDTHxHEIGHT',
        }),
      )
    },
  )
})
