import { describe, expect, it } from 'vitest'
import { cocoDocument } from '../../../src/converters/coco/index.js'
import { selectSplit } from '../../../src/dataset/transforms.js'
import { convertDocument, difference, entryLines, problemLines, readDocument, texts } from './harness.js'
import { BOX, CAT, DOG, one, part } from './parts.js'

describe('several documents', () => {
  const agreeing = {
    'annotations/instances_train.json': part('train', [CAT, DOG], [one(5, 1), one(6, 2)]),
    'annotations/instances_val.json': part('val', [CAT, DOG], [one(5, 2)]),
  }

  it('that agree are one data set and come back each as it was', async () => {
    const { items, dataset, ledger } = await readDocument(agreeing, 'strict')
    expect(items.map(({ path, split, annotations }) => [path, split, annotations.map(({ label }) => label)])).toEqual([
      ['train.jpg', 'train', ['cat', 'dog']],
      ['val.jpg', 'val', ['dog']],
    ])
    expect(dataset.itemCount).toBe(2)
    expect(dataset.header.splits).toEqual(['train', 'val'])
    expect([...dataset.header.labels].map(({ name }) => name)).toEqual(['cat', 'dog'])
    expect(ledger.problems).toEqual([])
    for (const rewrite of [false, true]) {
      const { files, report } = await convertDocument(agreeing, { rewrite })
      expect([...files.keys()]).toEqual(['annotations/instances_train.json', 'annotations/instances_val.json'])
      for (const [path, text] of Object.entries(agreeing))
        expect(difference(text, files.get(path) ?? '', rewrite ? 'value' : 'text')).toBeUndefined()
      expect(report.items).toBe(2)
      expect(entryLines({ entries: report.ledger })).toEqual(['annotation kept box ×3'])
    }
  })

  it('that disagree about an id: the first one holds, and annotations follow their label', async () => {
    const { files, report } = await convertDocument({
      'instances_train.json': part('train', [CAT, DOG], [one(1, 1)]),
      'instances_val.json': part('val', ['{"id":1,"name":"dog"}', '{"id":2,"name":"cow"}'], [one(1, 1), one(2, 2)]),
    })
    expect(problemLines(report)).toEqual([
      'labels-mismatch: a label has another id here than in another file; the first one holds @ instances_val.json /categories',
      'labels-mismatch: a category id stands for another label here than in another file; this label gets another id @ instances_val.json /categories',
    ])
    const val = files.get('annotations/instances_val.json') ?? ''
    expect(texts(val, 'categories')).toEqual([CAT, DOG, '{"id":3,"name":"cow"}'])
    expect(texts(val, 'annotations')).toEqual([one(1, 2), one(2, 3)])
    expect(texts(files.get('annotations/instances_train.json') ?? '', 'annotations')).toEqual([one(1, 1)])
    expect(report.annotations.kept).toBe(3)
  })

  it('of which one mentions what another declares', async () => {
    const { files, report } = await convertDocument(
      {
        'instances_a.json': part('a', [], [one(1, 7)]),
        'instances_b.json': part('b', ['{"id":7,"name":"zebra"}'], [one(1, 7)]),
        'instances_c.json': part('c', [], [one(1, 7), '{"id":9,"image_id":1}']),
      },
      { rewrite: true },
    )
    expect(problemLines(report)).toEqual([
      'unknown-label: no category has this id; its annotations are called after it ×2 @ instances_a.json /annotations/0/category_id, instances_c.json /annotations/0/category_id',
    ])
    // Nobody said that what a calls 7 is a zebra.
    for (const [name, category] of [
      ['a', 8],
      ['b', 7],
      ['c', 8],
    ] as const) {
      const text = files.get(`annotations/instances_${name}.json`) ?? ''
      expect(texts(text, 'annotations')[0]).toBe(one(1, category))
      expect(texts(text, 'categories')).toEqual(['{"id":7,"name":"zebra"}'])
    }
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept box ×3',
      'annotation kept undefined ×1',
      'header dropped category id: another document has a category of this id ×2',
      'header defaulted category id: COCO demands an integer ×1',
    ])
    expect(texts(files.get('annotations/instances_c.json') ?? '', 'annotations')[1]).toBe('{"id":9,"image_id":1}')
  })

  it('of one split in two folders become one, and ids that meet are told apart', async () => {
    const { files, report } = await convertDocument({
      'a/instances_train.json': part('a', [CAT], [one(5, 1), one(9, 1)]),
      'b/instances_train.json': part('b', [CAT], [one(5, 1), one(7, 1)]),
    })
    const text = files.get('annotations/instances_train.json') ?? ''
    expect(texts(text, 'images')).toEqual([
      '{"id":1,"file_name":"a.jpg"}',
      '{"id":2,"file_name":"b.jpg","annoform":{"id":1}}',
    ])
    expect(texts(text, 'annotations')).toEqual([
      one(5, 1),
      one(9, 1),
      `{"id":10,"image_id":2,"category_id":1,${BOX},"annoform":{"id":5}}`,
      `{"id":7,"image_id":2,"category_id":1,${BOX}}`,
    ])
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept box ×4',
      'field defaulted image id: another one has this number ×1',
      'field defaulted annotation id: another one has this number ×1',
      'header dropped root fields: another document of this split has its own ×1',
    ])
    expect(text).toContain('"info":{"part":"a"}')
  })

  it('can be told apart by split', async () => {
    const { files, report } = await convertDocument(
      {
        ...agreeing,
        'annotations/instances_train.json': part('train', [CAT, DOG], [one(5, 1), '{"id":8,"image_id":99,"x":1.0}']),
      },
      { change: (dataset) => selectSplit(dataset, 'val') },
    )
    expect([...files.keys()]).toEqual(['annotations/instances_val.json'])
    expect(report.items).toBe(1)
    expect(report.annotations).toEqual({ read: 3, kept: 1, derived: 0, approximated: 0, dropped: 2 })
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation dropped annotation: filtered ×1',
      'annotation dropped box: filtered ×1',
      'annotation kept box ×1',
      'header dropped root fields: their document is not written ×1',
    ])
    expect(report.ledger[0]?.places).toEqual(['annotations/instances_train.json /annotations/1'])
  })

  it('go into one document when one is asked for', async () => {
    const { dataset } = await readDocument({
      'instances_train.json': part('train', [CAT, DOG], [one(5, 1), '{"id":6,"image_id":99}']),
      'instances_val.json': part('val', [CAT, DOG], [one(5, 2), one(7, 1)]),
    })
    const { text, report } = await cocoDocument(dataset)
    expect(texts(text, 'annotations')).toEqual([
      one(5, 1),
      `{"id":8,"image_id":2,"category_id":2,${BOX},"annoform":{"id":5}}`,
      `{"id":7,"image_id":2,"category_id":1,${BOX}}`,
      '{"id":6,"image_id":99}',
    ])
    expect(text).toContain('"info":{"part":"train"}')
    expect(entryLines({ entries: report.ledger }).slice(-1)).toEqual([
      'header dropped root fields: their document is not written ×1',
    ])
    expect(report.annotations).toEqual({ read: 4, kept: 4, derived: 0, approximated: 0, dropped: 0 })
  })

  it('as Roboflow lays them out', async () => {
    const files = {
      'train/_annotations.coco.json': part(
        't',
        ['{"id":0,"name":"cars","supercategory":"none"}', '{"id":1,"name":"cars","supercategory":"cars"}'],
        [one(0, 1)],
      ),
      'valid/_annotations.coco.json': part(
        'v',
        ['{"id":0,"name":"cars","supercategory":"none"}', '{"id":1,"name":"cars","supercategory":"cars"}'],
        [one(0, 1)],
      ),
      'README.roboflow.txt': '',
      'train/t.jpg': '',
    }
    const { items, dataset } = await readDocument(files)
    expect(items.map(({ split, path, annotations }) => [split, path, annotations[0]?.label])).toEqual([
      ['train', 't.jpg', 'cars (2)'],
      ['valid', 'v.jpg', 'cars (2)'],
    ])
    expect([...dataset.header.labels].map(({ name, id, parent }) => [name, id?.text, parent])).toEqual([
      ['cars', '0', 'none'],
      ['cars (2)', '1', 'cars'],
    ])
    const { files: written } = await convertDocument(files)
    for (const split of ['train', 'valid'])
      expect(
        difference(
          files[`${split as 'train'}/_annotations.coco.json`],
          written.get(`annotations/instances_${split}.json`) ?? '',
          'text',
        ),
      ).toBeUndefined()
  })
})
