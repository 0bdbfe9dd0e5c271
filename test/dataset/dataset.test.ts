import { describe, expect, it } from 'vitest'
import { createDataset } from '../../src/dataset/dataset.js'
import type { Item } from '../../src/dataset/item.js'
import { LabelTree } from '../../src/dataset/labels.js'
import { ItemDescription } from '../../src/definitions/index.js'
import { annotation, box, collect, item, labelsOf } from './sample.js'

describe('createDataset', () => {
  it('surveys labels in order of first use, key frames included, and splits', () => {
    const key = (label: string) => ({ frame: 0, definition: box(label), fixed: true, visible: true })
    const dataset = createDataset({
      items: [
        item(1, [annotation('dog'), annotation('cat', { keyFrames: [key('cat'), key('lion')] })], { split: 'val' }),
        item(2, [annotation('', { definition: new ItemDescription({ label: '', text: 'a farm' }) })]),
        item(3, [annotation('ant'), annotation('dog')], { split: 'train' }),
        item(4, [], { split: 'val' }),
      ],
      info: { year: 2020 },
      extra: new Map(),
    })
    expect(dataset.header.labels.labels).toEqual([{ name: 'dog' }, { name: 'cat' }, { name: 'lion' }, { name: 'ant' }])
    expect(dataset.header.splits).toEqual(['val', 'train'])
    expect(dataset.header.strays).toEqual([])
    expect(dataset.header.info).toEqual({ year: 2020 })
    expect(dataset.itemCount).toBe(4)
  })

  it('takes labels as names, labels or a tree', () => {
    const items = [item(1, [annotation('cat')])]
    const mixed = createDataset({ items, labels: ['dog', { name: 'cat', color: [1, 2, 3] }] })
    expect(mixed.header.labels.labels).toEqual([{ name: 'dog' }, { name: 'cat', color: [1, 2, 3] }])
    const tree = new LabelTree([{ name: 'cow' }])
    expect(createDataset({ items, labels: tree }).header.labels).toBe(tree)
    expect(() => createDataset({ items, labels: ['a', 'a'] })).toThrow(
      expect.objectContaining({ code: 'duplicate-label' }),
    )
  })

  it('gives the very items, again and again, and counts their annotations', async () => {
    const items = [item(1, [annotation('cat'), annotation('dog')]), item(2)]
    const dataset = createDataset({ items })
    const first = await collect(dataset)
    expect(first.log).toEqual(['read 2', 'read 0'])
    expect(first.items).toHaveLength(2)
    expect(first.items.every((each, i) => each === items[i])).toBe(true)
    expect((await collect(dataset)).items).toEqual(first.items)
    await expect(dataset.close()).resolves.toBeUndefined()
  })

  it('takes an iterable that can be walked only once', async () => {
    function* walk(): Generator<Item> {
      yield item(1, [annotation('cat')])
      yield item(2, [annotation('dog')])
    }
    const dataset = createDataset({ items: walk() })
    expect(dataset.itemCount).toBe(2)
    expect(labelsOf((await collect(dataset)).items)).toEqual([['cat'], ['dog']])
    expect(labelsOf((await collect(dataset)).items)).toEqual([['cat'], ['dog']])
  })

  it('calls a function anew for every reading', async () => {
    let calls = 0
    const dataset = createDataset({
      labels: ['cat'],
      async *items() {
        calls++
        await Promise.resolve()
        yield item(calls, [annotation('cat')])
      },
    })
    expect([dataset.itemCount, dataset.header.splits, calls]).toEqual([undefined, [], 0])
    expect((await collect(dataset)).items.map(({ id }) => id.text)).toEqual(['1'])
    expect((await collect(dataset)).items.map(({ id }) => id.text)).toEqual(['2'])
    const plain = createDataset({ labels: [], items: () => [item(1), item(2)] })
    expect((await collect(plain)).items).toHaveLength(2)
  })

  it('refuses a function of items without labels', () => {
    expect(() => createDataset({ items: () => [] })).toThrow(
      new TypeError('a data set made from a function needs `labels`'),
    )
  })

  it('makes each annotation a source of its own, whatever it was made from', async () => {
    const before = annotation('cat', { score: 0.5 })
    const parts = [before.with({ score: 1 }), before.with({ score: 2 })]
    for (const items of [[item(1, parts)], () => [item(1, parts)]]) {
      const { items: read, log } = await collect(createDataset({ items, labels: ['cat'] }))
      const [only] = read
      expect(log).toEqual(['read 2'])
      expect(only?.annotations.map(({ score, origin }) => [score, origin])).toEqual([
        [1, undefined],
        [2, undefined],
      ])
    }
  })

  it('makes an annotation that is there twice two of them', async () => {
    const twice = annotation('cat')
    const { items, log } = await collect(createDataset({ items: [item(1, [twice, twice])] }))
    const [first, second] = items[0]?.annotations ?? []
    expect(log).toEqual(['read 2'])
    expect(first).toEqual(second)
    expect(first).not.toBe(second)
    expect(second?.raw).toBe(twice.raw)
  })
})
