import { describe, expect, it } from 'vitest'
import type { Annotation } from '../../../src/dataset/annotation.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Box, Classification, Point, Polygon, Segmentation } from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import { convertDocument, documentText, entryLines, texts } from './harness.js'
import { ANNOTATIONS, CATEGORIES, changing, SOURCE } from './sample.js'

async function changed(id: number, change: (annotation: Annotation) => Annotation): Promise<string | undefined> {
  const { text, report } = await convertDocument(SOURCE, { change: changing(id, change) })
  expect(texts(text, 'images')).toEqual(texts(SOURCE, 'images'))
  // A category gets the key points of the poses it is given.
  const noses = CATEGORIES.with(2, '{"id":7,"name":"cow","keypoints":["nose"],"skeleton":[]}')
  expect(texts(text, 'categories')).toEqual(text.includes('"id":4,"image_id":1,"category_id":7') ? noses : CATEGORIES)
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
    [4, '{"id":4,"image_id":1,"category_id":7,"keypoints":[1,2,2],"num_keypoints":1,"bbox":[5,5,5,5]}'],
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
      '{"id":4,"image_id":1,"category_id":1,"bbox":[0,0,10,4],"segmentation":[[0,0,10,0,10,4]]}',
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
    expect(texts(text, 'annotations')).toEqual([
      '{"id":1,"image_id":1,"category_id":8,"bbox":[1,2,3,4],"area":12,"iscrowd":0,"segmentation":[]}',
      ...ANNOTATIONS.slice(1),
    ])
    expect(texts(text, 'categories')).toEqual([...CATEGORIES, '{"id":8,"name":"yak"}'])
    expect(report.annotations.dropped).toBe(0)
    expect(entryLines({ entries: report.ledger }).slice(-1)).toEqual([
      'header defaulted label: label not announced in the header ×1',
    ])
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
