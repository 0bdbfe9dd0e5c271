import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../src/dataset/annotation.js'
import { createDataset, type Dataset, type Stray } from '../../src/dataset/dataset.js'
import {
  filterAnnotations,
  filterItems,
  mapAnnotations,
  mapItems,
  selectSplit,
  withHeader,
  withoutRawTexts,
} from '../../src/dataset/transforms.js'
import { annotation, collect, item, labelsOf, rawText } from './sample.js'

const cat = annotation('cat', { place: { file: 'a.json', pointer: '/annotations/0' } })
const dog = annotation('dog')
const cow = annotation('cow', { place: { file: 'a.json', pointer: '/annotations/2' } })

function farm(): Dataset {
  return createDataset({ items: [item(1, [cat, dog], { split: 'train' }), item(2, [cow], { split: 'val' }), item(3)] })
}

describe('filterItems', () => {
  it('leaves items out and says what became of their annotations', async () => {
    const dataset = filterItems(farm(), ({ id }) => id.text !== '1')
    const { items, log } = await collect(dataset)
    expect(items.map(({ id }) => id.text)).toEqual(['2', '3'])
    expect(log).toEqual([
      'read 2',
      'drop box: filtered @ a.json /annotations/0',
      'drop box: filtered',
      'read 1',
      'read 0',
    ])
    expect((await collect(dataset)).log).toEqual(log)
  })

  it('keeps the header and knows no count of items any more', () => {
    const before = farm()
    const after = filterItems(before, () => true)
    expect(after.header).toBe(before.header)
    expect([before.itemCount, after.itemCount]).toEqual([3, undefined])
  })

  it('says nothing without an account', async () => {
    const paths: string[] = []
    for await (const { path } of filterItems(farm(), ({ id }) => id.text === '3').items()) paths.push(path)
    expect(paths).toEqual(['3.jpg'])
  })
})

describe('filterAnnotations', () => {
  it('leaves annotations out, by annotation and item', async () => {
    const dataset = filterAnnotations(farm(), ({ label }, { id }) => label === 'dog' || id.text === '2')
    const { items, log } = await collect(dataset)
    expect(labelsOf(items)).toEqual([['dog'], ['cow'], []])
    expect(log).toEqual(['read 2', 'drop box: filtered @ a.json /annotations/0', 'read 1', 'read 0'])
    expect(items[0]?.annotations[0]).toBe(dog)
    expect(items[0]?.raw).toBeDefined()
    expect(dataset.itemCount).toBe(3)
  })

  it('gives the very item when all stay', async () => {
    const before = await collect(farm())
    const dataset = createDataset({ items: before.items })
    const { items } = await collect(filterAnnotations(dataset, () => true))
    expect(items.every((each, i) => each === before.items[i])).toBe(true)
  })
})

describe('mapAnnotations', () => {
  const part = (of: Annotation, score: number): Annotation => of.with({ score })

  it('makes none, one or many of one', async () => {
    const dataset = mapAnnotations(farm(), (each) =>
      each === cat ? [] : each === dog ? [part(dog, 1), part(dog, 2)] : [each.with({ score: 3 })],
    )
    const { items, log } = await collect(dataset)
    expect(items.map(({ annotations }) => annotations.map(({ score, origin }) => [score, origin]))).toEqual([
      [
        [1, dog],
        [2, dog],
      ],
      [[3, cow]],
      [],
    ])
    expect(log).toEqual(['read 2', 'drop box: filtered @ a.json /annotations/0', 'read 1', 'read 0'])
  })

  it('takes nothing for none, and one annotation for a list of one', async () => {
    const dataset = mapAnnotations(farm(), (each) => (each === cat ? null : each === dog ? undefined : each))
    const { items } = await collect(dataset)
    expect(items.map(({ annotations }) => annotations)).toEqual([[], [cow], []])
  })

  it('takes annotations made from nothing for parts of the one they replace', async () => {
    const fresh = annotation('cat')
    const { items, log } = await collect(mapAnnotations(farm(), (each) => (each === cat ? [fresh] : [each])))
    const [first] = items[0]?.annotations ?? []
    expect(first?.origin).toBe(cat)
    expect(first?.raw).toBeUndefined()
    expect(log).toEqual(['read 2', 'read 1', 'read 0'])
  })

  it('keeps the very annotation among its copies', async () => {
    const { items, log } = await collect(mapAnnotations(farm(), (each) => [each, each.with({ score: 1 })]))
    const [first, second] = items[0]?.annotations ?? []
    expect([first === cat, first?.origin, second?.origin]).toEqual([true, undefined, cat])
    expect(log).toEqual(['read 2', 'read 1', 'read 0'])
  })

  it('one of several parts that is filtered later is not lost; the last one is', async () => {
    const parts = mapAnnotations(farm(), (each) => [part(each, 1), part(each, 2)])
    const some = filterAnnotations(parts, ({ score, label }) => score === 1 || label === 'cow')
    expect((await collect(some)).log).toEqual(['read 2', 'read 1', 'read 0'])
    const none = filterAnnotations(some, ({ label }) => label !== 'cow')
    const { items, log } = await collect(none)
    expect(labelsOf(items)).toEqual([['cat', 'dog'], [], []])
    expect(log).toEqual(['read 2', 'read 1', 'drop box: filtered @ a.json /annotations/2', 'read 0'])
  })

  it('parts of a filtered item are lost once for each source', async () => {
    const parts = mapAnnotations(farm(), (each) => [part(each, 1), part(each, 2)])
    const { log } = await collect(filterItems(parts, ({ id }) => id.text !== '1'))
    expect(log).toEqual([
      'read 2',
      'drop box: filtered @ a.json /annotations/0',
      'drop box: filtered',
      'read 1',
      'read 0',
    ])
  })
})

describe('mapItems', () => {
  it('counts what is added as read and what is left out as filtered', async () => {
    const extra = annotation('ant')
    const dataset = mapItems(farm(), (each) =>
      each.id.text === '1' ? each.with({ annotations: [dog, extra, extra.with({ score: 1 })] }) : each,
    )
    const { items, log } = await collect(dataset)
    expect(labelsOf(items)).toEqual([['dog', 'ant', 'ant'], ['cow'], []])
    // Both ants have one source: the copy counts with the one it was made from.
    expect(log).toEqual(['read 2', 'drop box: filtered @ a.json /annotations/0', 'read 1', 'read 1', 'read 0'])
    expect(dataset.itemCount).toBe(3)
  })

  it('enters nothing where the annotations are the same list', async () => {
    const { items, log } = await collect(mapItems(farm(), (each) => each.with({ path: `x/${each.path}` })))
    expect(items.map(({ path }) => path)).toEqual(['x/1.jpg', 'x/2.jpg', 'x/3.jpg'])
    expect(log).toEqual(['read 2', 'read 1', 'read 0'])
  })
})

function stray(name: string, split?: string): Stray {
  return { raw: rawText('{}'), reason: 'orphan', split, place: { file: name } }
}

describe('selectSplit', () => {
  it('takes items and strays of one split, and strays of none', async () => {
    const before = farm()
    const strays = [stray('a', 'val'), stray('b', 'train'), stray('c')]
    const dataset = selectSplit(withHeader(before, { ...before.header, strays }), 'val')
    expect(dataset.header.splits).toEqual(['val'])
    expect(dataset.header.strays).toEqual([strays[0], strays[2]])
    expect(dataset.header.labels).toBe(before.header.labels)
    expect(dataset.itemCount).toBeUndefined()
    const { items, log } = await collect(dataset)
    expect(items.map(({ id }) => id.text)).toEqual(['2'])
    expect(log).toEqual([
      'drop annotation: filtered @ b',
      'read 2',
      'drop box: filtered @ a.json /annotations/0',
      'drop box: filtered',
      'read 1',
      'read 0',
    ])
  })

  it('of a split that is not there nothing is left', async () => {
    expect((await collect(selectSplit(farm(), 'test'))).items).toEqual([])
  })
})

describe('withoutRawTexts', () => {
  it('gives up the texts of labels, items and annotations, and nothing is lost', async () => {
    const items = [item(1, [cat, dog])]
    const dataset = withoutRawTexts(createDataset({ items, labels: [{ name: 'cat', raw: rawText('{}') }, 'dog'] }))
    expect(dataset.header.labels.labels.map(({ name, raw }) => [name, raw])).toEqual([
      ['cat', undefined],
      ['dog', undefined],
    ])
    const read = await collect(dataset)
    expect(read.log).toEqual(['read 2'])
    expect(read.items[0]?.raw).toBeUndefined()
    expect(read.items[0]?.annotations.map(({ raw, origin }) => [raw, origin])).toEqual([
      [undefined, cat],
      [undefined, dog],
    ])
  })

  it('strays keep theirs: they have nothing else', () => {
    const before = farm()
    const strays = [stray('a')]
    expect(withoutRawTexts(withHeader(before, { ...before.header, strays })).header.strays).toBe(strays)
  })
})

it('every transform closes the data set it reads', async () => {
  let closed = 0
  const source: Dataset = { ...farm(), close: async () => void closed++ }
  const chain = withoutRawTexts(
    selectSplit(
      mapItems(
        filterAnnotations(source, () => true),
        (each) => each,
      ),
      'val',
    ),
  )
  await chain.close()
  expect(closed).toBe(1)
})
