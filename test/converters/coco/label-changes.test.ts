import { describe, expect, it } from 'vitest'
import { lockLabels } from '../../../src/converters/labels.js'
import { SILENT } from '../../../src/dataset/account.js'
import { LabelTree } from '../../../src/dataset/labels.js'
import { remapLabels, withHeader } from '../../../src/dataset/transforms.js'
import { convertDocument, documentText, entryLines, readDocument, texts } from './harness.js'
import { ANNOTATIONS, CATEGORIES, changing, SOURCE } from './sample.js'

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
      '{"id":4,"image_id":1,"category_id":2,"keypoints":[1,2,2],"num_keypoints":1,"bbox":[5,5,5,5]}',
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

  it('locked to other ids take annotations without an image along', async () => {
    const source = documentText({
      annotations: [
        '{"id":1,"image_id":9,"category_id":1.0,"x":1.0}',
        '{"id":2,"category_id":77}',
        '{"id":3,"category_id":2}',
      ],
    })
    const { text } = await convertDocument(source, {
      change: (dataset) =>
        lockLabels(dataset, [{ name: 'cat', index: 12 }, { name: 'dog' }, { name: 'category 77', index: 0 }], SILENT),
    })
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":9,"category_id":12,"x":1.0}',
      '{"id":2,"category_id":0}',
      '{"id":3,"category_id":2}',
    ])
    expect(texts(text, 'categories')).toEqual([
      '{"id":12,"name":"cat"}',
      '{"id":2,"name":"dog"}',
      '{"id":0,"name":"category 77"}',
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
