import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createDataset } from '../../src/dataset/dataset.js'
import { assignSplits, type SplitShare } from '../../src/dataset/transforms.js'
import { annotation, collect, item } from './sample.js'

const SHARES: readonly SplitShare[] = [
  { name: 'train', share: 80 },
  { name: 'val', share: 15 },
  { name: 'test', share: 5 },
]

/** The split of each id. */
async function splitsOf(
  ids: readonly (string | number)[],
  shares: readonly SplitShare[] = SHARES,
  seed?: number,
): Promise<ReadonlyMap<string, string | undefined>> {
  const dataset = createDataset({ labels: [], items: () => ids.map((id) => item(id)) })
  const { items } = await collect(assignSplits(dataset, shares, seed))
  return new Map(items.map(({ id, split }) => [id.text, split]))
}

const NUMBERS = Array.from({ length: 10_000 }, (_, i) => i + 1)

describe('assignSplits', () => {
  it('names the splits in the header, in the order of the shares', () => {
    const { header } = assignSplits(createDataset({ items: [item(1, [], { split: 'old' })] }), SHARES)
    expect(header.splits).toEqual(['train', 'val', 'test'])
  })

  it('keeps texts and annotations, and loses nothing', async () => {
    const before = item(1, [annotation('cat')])
    const { items, log } = await collect(assignSplits(createDataset({ items: [before] }), [{ name: 'all', share: 1 }]))
    expect(items[0]?.split).toBe('all')
    expect(items[0]?.raw).toBe(before.raw)
    expect(items[0]?.annotations).toBe(before.annotations)
    expect(log).toEqual(['read 1'])
  })

  it('never changes where these items go', async () => {
    const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 'a.jpg', 'ä', '7706992903151817196']
    const halves = [
      { name: 'a', share: 1 },
      { name: 'b', share: 1 },
    ]
    expect([...(await splitsOf(ids, halves)).values()].join('')).toBe('babbabaabbaaa')
  })

  it.each([
    ['numbers', NUMBERS],
    ['names', NUMBERS.map((i) => `img_${String(i).padStart(6, '0')}.jpg`)],
    ['every fourth number', NUMBERS.map((i) => i * 4)],
  ])('10 000 %s are shared out as asked, within four standard deviations', async (_, ids) => {
    const splits = [...(await splitsOf(ids)).values()]
    for (const { name, share } of SHARES) {
      const p = share / 100
      const count = splits.filter((split) => split === name).length
      expect(Math.abs(count - 10_000 * p), name).toBeLessThan(4 * Math.sqrt(10_000 * p * (1 - p)))
    }
  })

  it('shares are weights, whatever their sum', async () => {
    const parts = SHARES.map(({ name, share }) => ({ name, share: share / 128 }))
    expect(await splitsOf(NUMBERS.slice(0, 500), parts)).toEqual(await splitsOf(NUMBERS.slice(0, 500)))
  })

  it('the same item goes to the same split in any company and order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 12 }),
        fc.uniqueArray(fc.string(), { maxLength: 12 }),
        fc.integer(),
        async (ids, others, seed) => {
          const alone = await splitsOf(ids, SHARES, seed)
          const added = others.filter((id) => !ids.includes(id))
          const together = await splitsOf([...added, ...[...ids].reverse()], SHARES, seed)
          for (const id of ids) expect(together.get(id)).toBe(alone.get(id))
        },
      ),
      { numRuns: 50 },
    )
  })

  it('an integer id and the same characters as a string go to the same split', async () => {
    expect(await splitsOf(NUMBERS.slice(0, 200))).toEqual(await splitsOf(NUMBERS.slice(0, 200).map(String)))
  })

  it('another seed divides differently, seed 0 is the default', async () => {
    const halves = [
      { name: 'a', share: 1 },
      { name: 'b', share: 1 },
    ]
    const [none, zero, one] = await Promise.all([
      splitsOf(NUMBERS, halves),
      splitsOf(NUMBERS, halves, 0),
      splitsOf(NUMBERS, halves, 1),
    ])
    expect(zero).toEqual(none)
    const moved = NUMBERS.filter((id) => one.get(String(id)) !== zero.get(String(id))).length
    // Independent halves differ in half of the items.
    expect(Math.abs(moved - 5000)).toBeLessThan(200)
  })

  it.each([
    [[]],
    [[{ name: 'a', share: 0 }]],
    [
      [
        { name: 'a', share: 1 },
        { name: 'b', share: -1 },
      ],
    ],
    [[{ name: 'a', share: Number.NaN }]],
    [[{ name: 'a', share: Infinity }]],
  ])('refuses shares that are none: %o', (shares) => {
    expect(() => assignSplits(createDataset({ items: [] }), shares)).toThrow(
      new TypeError('splits need shares above 0'),
    )
  })

  it('refuses one name twice', () => {
    const shares = [
      { name: 'a', share: 1 },
      { name: 'a', share: 2 },
    ]
    expect(() => assignSplits(createDataset({ items: [] }), shares)).toThrow(
      new TypeError('splits need different names'),
    )
  })
})
