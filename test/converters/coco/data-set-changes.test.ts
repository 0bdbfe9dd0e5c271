import { describe, expect, it } from 'vitest'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { assignSplits, filterAnnotations, mapItems, withHeader } from '../../../src/dataset/transforms.js'
import { Box, Polygon } from '../../../src/definitions/index.js'
import {
  convertDocument,
  documentText,
  entryLines,
  problemLines,
  readDocument,
  texts,
  writeDataset,
} from './harness.js'
import { ANNOTATIONS, CATEGORIES, SOURCE } from './sample.js'

describe('annotations', () => {
  it('left out are counted', async () => {
    const { text, report } = await convertDocument(SOURCE, {
      change: (dataset) => filterAnnotations(dataset, ({ label }) => label !== 'dog'),
    })
    expect(texts(text, 'annotations')).toEqual([0, 1, 5, 6].map((i) => ANNOTATIONS[i]))
    expect(report.annotations).toEqual({ read: 7, kept: 4, derived: 0, approximated: 0, dropped: 3 })
    expect(entryLines({ entries: report.ledger }).slice(0, 3)).toEqual([
      'annotation dropped binary: filtered ×1',
      'annotation dropped pose: filtered ×1',
      'annotation dropped class: filtered ×1',
    ])
  })

  it('added by a program get numbers above all others, which stay', async () => {
    const made = new Annotation({ definition: new Box({ label: 'cow', left: 0, top: 0, right: 1, bottom: 1 }) })
    const source = documentText({
      images: ['{"id":1,"file_name":"a.jpg"}', '{"id":2,"file_name":"b.jpg"}'],
      annotations: [
        '{"id":4,"image_id":1,"category_id":1,"bbox":[1,2,3,4.0]}',
        '{"id":9,"image_id":2,"category_id":1,"bbox":[1,2,3,4.0]}',
        '{"id":30,"image_id":7,"category_id":1}',
        '{"id":12,"image_id":2,"category_id":1,"bbox":[1,2,3,4.0]}',
      ],
      categories: CATEGORIES,
    })
    const { text, report } = await convertDocument(source, {
      change: (dataset) => mapItems(dataset, (item) => item.with({ annotations: [made, ...item.annotations] })),
    })
    const fresh = (id: number, image: number): string =>
      `{"id":${id},"image_id":${image},"category_id":7,"segmentation":[],"area":1,"bbox":[0,0,1,1],"iscrowd":0}`
    expect(texts(text, 'annotations')).toEqual([
      fresh(31, 1),
      '{"id":4,"image_id":1,"category_id":1,"bbox":[1,2,3,4.0]}',
      fresh(32, 2),
      '{"id":9,"image_id":2,"category_id":1,"bbox":[1,2,3,4.0]}',
      '{"id":12,"image_id":2,"category_id":1,"bbox":[1,2,3,4.0]}',
      '{"id":30,"image_id":7,"category_id":1}',
    ])
    expect(report.annotations).toEqual({ read: 6, kept: 6, derived: 0, approximated: 0, dropped: 0 })
  })

  it('put on another image name that one', async () => {
    const source = documentText({
      images: ['{"id":1,"file_name":"a.jpg"}', '{"id":2,"file_name":"b.jpg"}'],
      annotations: ['{"id":4,"image_id":1,"category_id":1,"bbox":[1,2,3,4.0]}'],
    })
    const { items, dataset } = await readDocument(source)
    const [first, second] = items
    if (first === undefined || second === undefined) throw new Error('two items')
    const moved = createDataset({
      items: [first.with({ annotations: [] }), second.with({ annotations: first.annotations })],
      labels: dataset.header.labels,
    })
    const { text } = await writeDataset(moved)
    expect(texts(text, 'images')).toEqual(texts(source, 'images'))
    expect(texts(text, 'annotations')).toEqual(['{"id":4,"image_id":2,"category_id":1,"bbox":[1,2,3,4]}'])
  })

  it('of two data sets put together keep their labels and get ids of their own', async () => {
    const a = await readDocument(SOURCE)
    const b = await readDocument(
      documentText({
        images: ['{"id":1,"file_name":"z.jpg"}', '{"id":"1x","file_name":"y.jpg"}'],
        annotations: ['{"id":2,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}'],
        categories: ['{"id":1,"name":"dog"}'],
      }),
    )
    const { text, report } = await writeDataset(
      createDataset({ items: [...a.items, ...b.items], labels: a.dataset.header.labels }),
    )
    expect(texts(text, 'images').slice(1)).toEqual([
      '{"id":2,"file_name":"z.jpg","annoform":{"id":1}}',
      '{"id":"1x","file_name":"y.jpg"}',
    ])
    expect(texts(text, 'annotations').slice(7)).toEqual([
      '{"id":8,"image_id":2,"category_id":2,"bbox":[1,2,3,4],"annoform":{"id":2}}',
    ])
    expect(report.annotations).toEqual({ read: 8, kept: 8, derived: 0, approximated: 0, dropped: 0 })
    // Read back, they are what they were.
    const { items } = await readDocument(text)
    expect(items.map(({ id, path }) => [id.text, path])).toEqual([
      ['1', 'one.jpg'],
      ['1', 'z.jpg'],
      ['1x', 'y.jpg'],
    ])
    expect(items[1]?.annotations.map(({ id, label }) => [id, label])).toEqual([[{ text: '2', kind: 'integer' }, 'dog']])
  })
})

describe('images', () => {
  it('with another id take their annotations along', async () => {
    const source = documentText({ annotations: ['{"id":4,"image_id":1,"category_id":1,"bbox":[1,2,3,4.0]}'] })
    const { text } = await convertDocument(source, {
      change: (dataset) => mapItems(dataset, (item) => item.with({ id: idFrom(1234567890123456789n) })),
    })
    expect(texts(text, 'images')).toEqual(['{"id":1234567890123456789,"width":64,"height":40,"file_name":"one.jpg"}'])
    expect(texts(text, 'annotations')).toEqual([
      '{"id":4,"image_id":1234567890123456789,"category_id":1,"bbox":[1,2,3,4]}',
    ])
  })

  it('without an id get one when annotations are put on them', async () => {
    const source = documentText({
      images: ['{"file_name":"a.jpg"}', '{"id":null,"file_name":"b.jpg"}', '{"file_name":"c.jpg"}'],
    })
    const made = new Annotation({ definition: new Box({ label: 'cat', left: 0, top: 0, right: 1, bottom: 1 }) })
    const { text } = await convertDocument(source, {
      change: (dataset) =>
        mapItems(dataset, (item) => (item.path === 'c.jpg' ? item : item.with({ annotations: [made] }))),
    })
    expect(texts(text, 'images')).toEqual([
      '{"id":1,"file_name":"a.jpg"}',
      '{"id":2,"file_name":"b.jpg"}',
      '{"file_name":"c.jpg"}',
    ])
    expect(texts(text, 'annotations').map((element) => /"image_id":[^,]*/.exec(element)?.[0])).toEqual([
      '"image_id":1',
      '"image_id":2',
    ])
  })

  it('divided into splits keep their texts and the root of their document', async () => {
    const images = Array.from({ length: 8 }, (_, i) => `{"id":${i},"file_name":"${i}.jpg","w":1.0}`)
    const source = documentText({
      images,
      annotations: images.map((_, i) => `{"id":${i},"image_id":${i},"category_id":1,"bbox":[1,2,3,4.0]}`),
    }).replace('{', '{"info":{"v":1.0},')
    const shares = [
      { name: 'train', share: 3 },
      { name: 'val', share: 1 },
    ]
    const { files, report } = await convertDocument(source, { change: (dataset) => assignSplits(dataset, shares, 7) })
    const [train = '', val = ''] = [...files.values()]
    expect([...files.keys()]).toEqual(['annotations/instances_train.json', 'annotations/instances_val.json'])
    expect([...texts(train, 'images'), ...texts(val, 'images')].sort()).toEqual(images)
    expect(texts(train, 'images').length).toBe(texts(train, 'annotations').length)
    for (const text of files.values()) expect(text).toContain('{"info":{"v":1.0},"images":[')
    expect(report.annotations.kept).toBe(8)
    expect(problemLines(report)).toEqual([])
  })
})

describe('a data set made by a program', () => {
  it('without items is a document without elements', async () => {
    const { text } = await writeDataset(createDataset({ items: [] }))
    expect(text).toBe('{"info":{},"images":[\n],"annotations":[\n],"categories":[\n]}\n')
  })

  it('says its info', async () => {
    const { text } = await writeDataset(createDataset({ items: [], info: { year: 2026, 'a/b': [null] } }))
    expect(text).toContain('{"info":{"year":2026,"a/b":[null]},"images"')
    const { text: over } = await convertDocument('{"images":[],"x":1.0}', {
      change: (dataset) => withHeader(dataset, { ...dataset.header, info: 'new' }),
    })
    expect(over.replaceAll('\n', '')).toBe('{"info":"new","images":[],"x":1.0}')
  })

  it('with numbers JSON has no word for loses them and nothing else', async () => {
    const annotation = new Annotation({
      definition: Polygon.fromPoints([0, 0, 10, 0, 10, 4], { label: 'cat' }),
      score: Number.NaN,
      area: Number.POSITIVE_INFINITY,
      box: { left: Number.NEGATIVE_INFINITY, top: 0, right: 1, bottom: 1 },
      metadata: { a: Number.NaN },
    })
    const item = new Item({
      id: idFrom(1),
      path: 'a.jpg',
      media: { kind: 'image' },
      annotations: [annotation],
      metadata: [Number.NaN],
    })
    const { text, report } = await writeDataset(createDataset({ items: [item] }))
    expect(texts(text, 'images')).toEqual(['{"id":1,"file_name":"a.jpg"}'])
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":1,"segmentation":[[0,0,10,0,10,4]],"area":20,"bbox":[0,0,10,4],"iscrowd":0}',
    ])
    expect(entryLines({ entries: report.ledger }).slice(1).sort()).toEqual([
      'field defaulted annotation id: COCO demands an integer ×1',
      'field dropped area: not a number ×1',
      'field dropped box: not a number ×1',
      'field dropped metadata: holds a number JSON has no word for ×1',
      'field dropped score: not a number ×1',
      'header defaulted category id: COCO demands an integer ×1',
      'item dropped metadata: holds a number JSON has no word for ×1',
    ])
  })
})
