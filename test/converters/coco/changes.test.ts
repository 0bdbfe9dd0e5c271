import { describe, expect, it } from 'vitest'
import { lockLabels } from '../../../src/converters/labels.js'
import { SILENT } from '../../../src/dataset/account.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset, type Dataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { LabelTree } from '../../../src/dataset/labels.js'
import {
  assignSplits,
  filterAnnotations,
  mapAnnotations,
  mapItems,
  remapLabels,
  withHeader,
} from '../../../src/dataset/transforms.js'
import { Box, Classification, Point, Polygon, Segmentation } from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import {
  convertDocument,
  documentText,
  entryLines,
  problemLines,
  readDocument,
  texts,
  writeDataset,
} from './harness.js'

// Seven annotations that are written in seven ways; the numbers show whether an element was written afresh.
const ANNOTATIONS = [
  '{"id":1,"image_id":1,"category_id":1,"bbox":[1.0,2.0,3.0,4.0],"area":12.0,"iscrowd":0,"segmentation":[]}',
  '{"segmentation":[[1.0,2.0,30.50,4.0,5.0,20.25]],"id":2,"category_id":1,"image_id":1,"bbox":[1.00,2.0,29.5,18.25],"area":1.50e2}',
  '{"id":3,"image_id":1,"category_id":2,"bbox":[0.0,0,5,5],"segmentation":{"counts":[6,0,0,2,12],"size":[4,5],"x":1.0},"iscrowd":1}',
  '{"id":4,"image_id":1.0,"category_id":2,"keypoints":[1.0,2.0,2],"num_keypoints":1.0,"bbox":[5.0,5,5,5]}',
  '{"id":5,"image_id":1,"category_id":2}',
  '{"id":6,"image_id":1,"category_id":1,"bbox":[0.10,0.20,0.30,0.40],"attributes":{"a":1.0},"score":0.50}',
  '{"id":7,"image_id":1,"caption":"x","z":1.0}',
] as const
const CATEGORIES = [
  '{"id":1.0,"name":"cat","supercategory":"animal","w":1.0}',
  '{"id":2,"name":"dog","keypoints":["nose"],"skeleton":[]}',
  '{"id":7,"name":"cow"}',
]
const SOURCE = documentText({ annotations: ANNOTATIONS, categories: CATEGORIES })

/** Only the annotation with this id changed, in every way a test wants. */
function changing(id: number, change: (annotation: Annotation) => Annotation): (dataset: Dataset) => Dataset {
  return (dataset) =>
    mapAnnotations(dataset, (annotation) => [annotation.id?.text === String(id) ? change(annotation) : annotation])
}

async function changed(id: number, change: (annotation: Annotation) => Annotation): Promise<string | undefined> {
  const { text, report } = await convertDocument(SOURCE, { change: changing(id, change) })
  expect(texts(text, 'images')).toEqual(texts(SOURCE, 'images'))
  expect(texts(text, 'categories')).toEqual(CATEGORIES)
  expect(report.annotations.read).toBe(7)
  const annotations = texts(text, 'annotations')
  for (const [i, element] of ANNOTATIONS.entries()) if (i + 1 !== id) expect(annotations[i]).toBe(element)
  return annotations[id - 1]
}

describe('after one annotation changed only its element differs', () => {
  it.each([
    [1, '{"id":1,"image_id":1,"category_id":7,"bbox":[1,2,3,4],"area":12,"iscrowd":0,"segmentation":[]}'],
    [
      2,
      '{"segmentation":[[1,2,30.5,4,5,20.25]],"id":2,"category_id":7,"image_id":1,"bbox":[1,2,29.5,18.25],"area":150}',
    ],
    [
      3,
      '{"id":3,"image_id":1,"category_id":7,"bbox":[0,0,5,5],"segmentation":{"counts":[6,0,0,2,12],"size":[4,5],"x":1.0},"iscrowd":1}',
    ],
    [4, '{"id":4,"image_id":1,"category_id":7,"keypoints":[1.0,2.0,2],"num_keypoints":1.0,"bbox":[5,5,5,5]}'],
    [5, '{"id":5,"image_id":1,"category_id":7}'],
    [6, '{"id":6,"image_id":1,"category_id":7,"bbox":[0.10,0.20,0.30,0.40],"attributes":{"a":1},"score":0.5}'],
    [7, '{"id":7,"image_id":1,"caption":"x","z":1.0,"category_id":7}'],
  ])('label of annotation %i', async (id, expected) => {
    expect(
      await changed(id, (annotation) => annotation.with({ definition: annotation.definition.with({ label: 'cow' }) })),
    ).toBe(expected)
  })

  it('box', async () => {
    const definition = new Box({ label: 'cat', left: 10, top: 20, right: 30.5, bottom: 21 })
    expect(await changed(1, (annotation) => annotation.with({ definition }))).toBe(
      '{"id":1,"image_id":1,"category_id":1,"bbox":[10,20,20.5,1],"area":20.5,"iscrowd":0,"segmentation":[]}',
    )
    expect(await changed(6, (annotation) => annotation.with({ definition }))).toBe(
      '{"id":6,"image_id":1,"category_id":1,"bbox":[10,20,20.5,1],"score":0.5}'.replace(
        ',"score"',
        ',"attributes":{},"score"',
      ),
    )
    expect(await changed(2, (annotation) => annotation.with({ definition }))).toBe(
      '{"segmentation":[],"id":2,"category_id":1,"image_id":1,"bbox":[10,20,20.5,1],"area":20.5}',
    )
    expect(await changed(5, (annotation) => annotation.with({ definition }))).toBe(
      '{"id":5,"image_id":1,"category_id":1,"bbox":[10,20,20.5,1]}',
    )
  })

  it('declared box and area', async () => {
    const box = { left: 0, top: 0, right: 9, bottom: 8 }
    expect(await changed(2, (annotation) => annotation.with({ box, area: 3 }))).toBe(
      '{"segmentation":[[1,2,30.5,4,5,20.25]],"id":2,"category_id":1,"image_id":1,"bbox":[0,0,9,8],"area":3}',
    )
    expect(await changed(3, (annotation) => annotation.with({ area: 2 }))).toBe(
      '{"id":3,"image_id":1,"category_id":2,"bbox":[0,0,5,5],"segmentation":{"counts":[6,0,0,2,12],"size":[4,5],"x":1.0},"iscrowd":1,"area":2}',
    )
  })

  it('polygon', async () => {
    const definition = Polygon.fromPoints([0, 0, 10, 0, 10, 4], { label: 'cat' })
    expect(await changed(2, (annotation) => annotation.with({ definition }))).toBe(
      '{"segmentation":[[0,0,10,0,10,4]],"id":2,"category_id":1,"image_id":1,"bbox":[0,0,10,4],"area":20}',
    )
    expect(await changed(4, (annotation) => annotation.with({ definition }))).toBe(
      '{"id":4,"image_id":1,"category_id":1,"keypoints":[1.0,2.0,2],"num_keypoints":1.0,"bbox":[0,0,10,4],"segmentation":[[0,0,10,0,10,4]]}',
    )
  })

  it('mask', async () => {
    const definition = new Segmentation({ label: 'dog', mask: Mask.fromRuns(5, 4, [0, 4, 16]), color: [1, 2, 3] })
    expect(await changed(3, (annotation) => annotation.with({ definition }))).toBe(
      '{"id":3,"image_id":1,"category_id":2,"bbox":[0,0,1,4],"segmentation":{"size":[4,5],"counts":[0,4,16]},"iscrowd":1,"annoform":{"color":[1,2,3]}}',
    )
    const empty = new Segmentation({ label: 'dog', mask: Mask.empty(5, 4) })
    expect(await changed(3, (annotation) => annotation.with({ definition: empty }))).toBe(
      '{"id":3,"image_id":1,"category_id":2,"bbox":[0,0,0,0],"segmentation":{"size":[4,5],"counts":[20]},"iscrowd":1}',
    )
  })

  it('attributes, score, flags, description', async () => {
    const attributes = { '10': 'x', b: true, list: ['p', 'q'] }
    expect(
      await changed(6, (annotation) =>
        annotation.with({ definition: annotation.definition.with({ attributes }), score: 1 }),
      ),
    ).toBe(
      '{"id":6,"image_id":1,"category_id":1,"bbox":[0.10,0.20,0.30,0.40],"attributes":{"10":"x","b":true,"list":["p","q"]},"score":1}',
    )
    expect(
      await changed(5, (annotation) =>
        annotation.with({
          definition: annotation.definition.with({ attributes, description: '"d"' }),
          score: 0.25,
          flags: { crowd: true, difficult: false },
        }),
      ),
    ).toBe(
      '{"id":5,"image_id":1,"category_id":2,"iscrowd":1,"score":0.25,"attributes":{"10":"x","b":true,"list":["p","q"]},"annoform":{"description":"\\"d\\"","difficult":false}}',
    )
    expect(await changed(1, (annotation) => annotation.with({ flags: { crowd: true } }))).toBe(
      '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"area":12,"iscrowd":1,"segmentation":[]}',
    )
  })

  it('id', async () => {
    expect(await changed(5, (annotation) => annotation.with({ id: idFrom(77) }))).toBe(
      '{"id":77,"image_id":1,"category_id":2}',
    )
    expect(await changed(5, (annotation) => annotation.with({ id: idFrom('new') }))).toBe(
      '{"id":"new","image_id":1,"category_id":2}',
    )
  })

  it('into something COCO has no place for', async () => {
    const { text, report } = await convertDocument(SOURCE, {
      change: changing(2, (annotation) => annotation.with({ definition: new Point({ label: 'cat', x: 1, y: 2 }) })),
    })
    expect(texts(text, 'annotations')).toEqual(ANNOTATIONS.filter((_, i) => i !== 1))
    expect(entryLines({ entries: report.ledger })[0]).toBe('annotation dropped point: COCO has no place for it ×1')
  })

  it('into a class of the picture', async () => {
    expect(
      await changed(2, (annotation) => annotation.with({ definition: new Classification({ label: 'cat' }) })),
    ).toBe('{"id":2,"category_id":1,"image_id":1}')
  })

  it('to a label that is not in the table', async () => {
    const { report, text } = await convertDocument(SOURCE, {
      change: changing(1, (annotation) =>
        annotation.with({ definition: annotation.definition.with({ label: 'yak' }) }),
      ),
    })
    expect(texts(text, 'annotations')).toEqual(ANNOTATIONS.slice(1))
    expect(entryLines({ entries: report.ledger })[0]).toBe(
      'annotation dropped box: its label is not in the label table ×1',
    )
  })
})

describe('attributes this library cannot hold', () => {
  const source = documentText({
    annotations: [
      '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"attributes":{"a":{"deep":1.0}},"annoform":{"later":1}}',
    ],
  })

  it('stay as long as nobody sets others', async () => {
    const { text } = await convertDocument(source, {
      change: changing(1, (annotation) => annotation.with({ score: 1 })),
    })
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"attributes":{"a":{"deep":1.0}},"annoform":{"later":1},"score":1}',
    ])
  })

  it('are replaced by others, which the ledger tells', async () => {
    const { text, report } = await convertDocument(source, {
      change: changing(1, (annotation) =>
        annotation.with({ definition: annotation.definition.with({ attributes: { b: 1 } }), status: 'done' }),
      ),
    })
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"attributes":{"b":1},"annoform":{"status":"done"}}',
    ])
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept box ×1',
      'field dropped attributes: replaced ×1',
      'field dropped annoform: replaced ×1',
    ])
  })
})

describe('labels', () => {
  it('renamed: the category and nothing else', async () => {
    const { text } = await convertDocument(SOURCE, {
      change: (dataset) => remapLabels(dataset, (name) => (name === 'dog' ? 'hound' : name)),
    })
    expect(texts(text, 'categories')).toEqual([
      CATEGORIES[0],
      '{"id":2,"name":"hound","keypoints":["nose"],"skeleton":[]}',
      CATEGORIES[2],
    ])
    const annotations = texts(text, 'annotations')
    expect([0, 1, 5, 6].map((i) => annotations[i])).toEqual([0, 1, 5, 6].map((i) => ANNOTATIONS[i]))
    expect(annotations[3]).toBe(
      '{"id":4,"image_id":1,"category_id":2,"keypoints":[1.0,2.0,2],"num_keypoints":1.0,"bbox":[5,5,5,5]}',
    )
  })

  it('made one: annotations and those without an image follow', async () => {
    const source = documentText({
      annotations: [
        '{"id":1,"image_id":1,"category_id":2,"bbox":[1,2,3,4]}',
        '{"id":2,"image_id":9,"category_id":2.0,"x":1.0}',
        '{"id":3,"image_id":9,"category_id":1,"x":1.0}',
        '{"id":4,"image_id":9}',
      ],
    })
    const { text, report } = await convertDocument(source, {
      change: (dataset) => remapLabels(dataset, () => 'animal'),
    })
    expect(texts(text, 'categories')).toEqual(['{"id":1,"name":"animal"}'])
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}',
      '{"id":2,"image_id":9,"category_id":1,"x":1.0}',
      '{"id":3,"image_id":9,"category_id":1,"x":1.0}',
      '{"id":4,"image_id":9}',
    ])
    expect(report.annotations.kept).toBe(4)
  })

  it('that only annotations mention become categories when they get a name', async () => {
    const source = documentText({
      annotations: ['{"id":1,"image_id":1,"category_id":9,"bbox":[1,2,3,4]}', '{"id":2,"image_id":1,"bbox":[1,2,3,4]}'],
    })
    const names = new Map([
      ['category 9', 'yak'],
      ['unlabelled', 'thing'],
    ])
    const { text } = await convertDocument(source, {
      change: (dataset) => remapLabels(dataset, (name) => names.get(name) ?? name),
    })
    expect(texts(text, 'categories')).toEqual([
      '{"id":1,"name":"cat"}',
      '{"id":2,"name":"dog"}',
      '{"id":9,"name":"yak"}',
      '{"id":10,"name":"thing"}',
    ])
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":9,"bbox":[1,2,3,4]}',
      '{"id":2,"image_id":1,"bbox":[1,2,3,4],"category_id":10}',
    ])
  })

  it('without a name of their own take a new one', async () => {
    const { text } = await convertDocument(
      documentText({ categories: ['{"id":4}', '{"id":5,"name":""}', '{"id":6,"name":"a"}', '{"id":7,"name":"a"}'] }),
      {
        change: (dataset) => remapLabels(dataset, (name) => `${name}!`),
      },
    )
    expect(texts(text, 'categories')).toEqual([
      '{"id":4,"name":"category 4!"}',
      '{"id":5,"name":"category 5!"}',
      '{"id":6,"name":"a!"}',
      '{"id":7,"name":"a (2)!"}',
    ])
  })

  it('locked to other ids: annotations follow, and nobody else keeps a number that is given away', async () => {
    const { text, report } = await convertDocument(SOURCE, {
      change: (dataset) =>
        lockLabels(
          dataset,
          [
            { name: 'dog', index: 1 },
            { name: 'yak', index: 5 },
            { name: 'cow', index: 7 },
          ],
          SILENT,
        ),
    })
    expect(texts(text, 'categories')).toEqual([
      '{"id":1,"name":"dog","keypoints":["nose"],"skeleton":[]}',
      '{"id":5,"name":"yak"}',
      '{"id":7,"name":"cow"}',
      '{"id":8,"name":"cat","supercategory":"animal","w":1.0}',
    ])
    expect(texts(text, 'annotations').map((element) => /"category_id":[^,}]*/.exec(element)?.[0])).toEqual([
      '"category_id":8',
      '"category_id":8',
      '"category_id":1',
      '"category_id":1',
      '"category_id":1',
      '"category_id":8',
      undefined,
    ])
    expect(entryLines({ entries: report.ledger }).slice(-1)).toEqual([
      'header defaulted category id: COCO demands an integer ×1',
    ])
  })

  it('locked to the ids they have change nothing but their order', async () => {
    const { text } = await convertDocument(SOURCE, {
      change: (dataset) => lockLabels(dataset, [{ name: 'cow' }, { name: 'dog', index: 2 }, { name: 'cat' }], SILENT),
    })
    expect(texts(text, 'categories')).toEqual([CATEGORIES[2], CATEGORIES[1], CATEGORIES[0]])
    expect(texts(text, 'annotations')).toEqual(ANNOTATIONS)
  })

  it('of categories that cannot be named take nobody in', async () => {
    const source = documentText({
      annotations: ['{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}'],
      categories: ['{"id":1,"name":"cat"}', '{"name":"dog"}', '{"id":1,"name":"cow"}'],
    })
    for (const label of ['dog', 'cow']) {
      const { report } = await convertDocument(source, {
        change: changing(1, (annotation) => annotation.with({ definition: annotation.definition.with({ label }) })),
      })
      expect(entryLines({ entries: report.ledger })).toEqual(['annotation dropped box: its category has no id ×1'])
    }
  })

  it('carry colours and skeletons, changed ones too', async () => {
    const source = documentText({
      categories: [
        '{"id":1,"name":"cat","color":[220, 20, 60],"keypoints":["a","b","c"],"skeleton":[[1,2],[2.0,3]]}',
        '{"id":2,"name":"dog","color":"red","keypoints":["a",1],"skeleton":[[1,9]]}',
        '{"id":3,"name":"cow","keypoints":["a","b"],"skeleton":[[0,1],[1,2],[2,3],[1]]}',
      ],
    })
    const { dataset } = await readDocument(source)
    expect([...dataset.header.labels].map(({ color, skeleton }) => [color, skeleton])).toEqual([
      [
        [220, 20, 60],
        {
          keypoints: ['a', 'b', 'c'],
          edges: [
            [0, 1],
            [1, 2],
          ],
        },
      ],
      [undefined, undefined],
      [undefined, { keypoints: ['a', 'b'], edges: [[0, 1]] }],
    ])
    const { text } = await convertDocument(source, {
      change: (dataset) => {
        const [cat, dog, cow] = dataset.header.labels.labels
        if (cat === undefined || dog === undefined || cow === undefined) throw new Error('three labels')
        const labels = new LabelTree([
          { ...cat, color: [1, 2, 3], raw: undefined },
          { ...dog, color: [4, 5, 6], raw: undefined },
          { ...cow, skeleton: { keypoints: ['a', 'b'], edges: [[1, 0]] }, raw: undefined },
        ])
        return withHeader(dataset, { ...dataset.header, labels })
      },
    })
    expect(texts(text, 'categories')).toEqual([
      '{"id":1,"name":"cat","color":[1,2,3],"keypoints":["a","b","c"],"skeleton":[[1,2],[2.0,3]]}',
      '{"id":2,"name":"dog","color":[4,5,6],"keypoints":["a",1],"skeleton":[[1,9]]}',
      '{"id":3,"name":"cow","keypoints":["a","b"],"skeleton":[[2,1]]}',
    ])
  })
})

describe('annotations', () => {
  it('left out are counted', async () => {
    const { text, report } = await convertDocument(SOURCE, {
      change: (dataset) => filterAnnotations(dataset, ({ label }) => label !== 'dog'),
    })
    expect(texts(text, 'annotations')).toEqual([0, 1, 5, 6].map((i) => ANNOTATIONS[i]))
    expect(report.annotations).toEqual({ read: 7, kept: 4, derived: 0, approximated: 0, dropped: 3 })
    expect(entryLines({ entries: report.ledger }).slice(0, 3)).toEqual([
      'annotation dropped binary: filtered ×1',
      'annotation dropped box: filtered ×1',
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
