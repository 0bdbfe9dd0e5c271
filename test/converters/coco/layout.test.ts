import { describe, expect, it } from 'vitest'
import { cocoLayout, documentPath } from '../../../src/converters/coco/layout.js'
import { openCoco } from '../../../src/converters/coco/reader.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { selectSplit } from '../../../src/dataset/transforms.js'
import { memoryScratch } from '../../../src/memory.js'
import {
  convertDocument,
  difference,
  entryLines,
  failureOf,
  problemLines,
  readDocument,
  texts,
  treeOf,
} from './harness.js'

const BOX = '"bbox":[1,2,3,4]'

function part(
  name: string,
  categories: readonly string[],
  annotations: readonly string[],
  info = `"info":{"part":"${name}"},`,
): string {
  return `{${info}"images":[{"id":1,"file_name":"${name}.jpg"}],"categories":[${categories}],"annotations":[${annotations}]}`
}

const CAT = '{"id":1,"name":"cat"}'
const DOG = '{"id":2,"name":"dog"}'
const one = (id: number, category: number): string => `{"id":${id},"image_id":1,"category_id":${category},${BOX}}`

describe('which files are a data set', () => {
  it.each([
    [['x.json'], [['x.json', undefined]], []],
    [['deep/down/x.JSON', 'a.jpg'], [['deep/down/x.JSON', undefined]], []],
    [['annotations/instances_val2017.json'], [['annotations/instances_val2017.json', 'val2017']], []],
    [['instances_a_b.json'], [['instances_a_b.json', 'a_b']], []],
    [['person_keypoints_val2017.json'], [['person_keypoints_val2017.json', 'val2017']], []],
    [['train/_annotations.coco.json'], [['train/_annotations.coco.json', 'train']], []],
    [['_annotations.coco.json'], [['_annotations.coco.json', undefined]], []],
    [
      ['annotations/captions_val.json', 'annotations/instances_train.json', 'annotations/instances_val.json', 'x.json'],
      [
        ['annotations/instances_train.json', 'train'],
        ['annotations/instances_val.json', 'val'],
      ],
      ['annotations/captions_val.json', 'x.json'],
    ],
    [
      ['test/_annotations.coco.json', 'train/_annotations.coco.json', 'valid/_annotations.coco.json'],
      [
        ['test/_annotations.coco.json', 'test'],
        ['train/_annotations.coco.json', 'train'],
        ['valid/_annotations.coco.json', 'valid'],
      ],
      [],
    ],
  ])('%j', (paths, files, skipped) => {
    const layout = cocoLayout(paths, 'root')
    expect(layout.files.map(({ path, split }) => [path, split])).toEqual(files)
    expect(layout.skipped).toEqual(skipped)
  })

  it('none, or several of unknown names, are an error', () => {
    expect(() => cocoLayout(['a.jpg'], 'root')).toThrow(
      expect.objectContaining({ code: 'empty-input', message: 'root: there is no JSON file in here' }),
    )
    expect(() => cocoLayout(['a.json', 'b.json'], 'root')).toThrow(
      expect.objectContaining({
        code: 'ambiguous-format',
        got: 'a.json, b.json',
        fix: 'Name the one file to convert',
      }),
    )
  })

  it('are said to be left aside', async () => {
    const { ledger } = await readDocument({
      'annotations/instances_val.json': part('val', [CAT], []),
      'annotations/captions_val.json': '{',
    })
    expect(problemLines(ledger)).toEqual([
      'file-skipped: this file is left aside: the data set is read from the instances files beside it @ annotations/captions_val.json',
    ])
  })

  it('are written under names of their splits', () => {
    expect([undefined, 'train', 'a/b c', 'тест.1'].map(documentPath)).toEqual([
      'annotations/instances.json',
      'annotations/instances_train.json',
      'annotations/instances_a_b_c.json',
      'annotations/instances_тест.1.json',
    ])
  })
})

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
      'labels-mismatch: the label "dog" has the id 1 here and 2 in another file; the first one holds @ instances_val.json /categories',
      'labels-mismatch: the id 2 is "cow" here and "dog" in another file @ instances_val.json /categories',
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
    expect(problemLines(report).map((line) => line.slice(0, 40))).toEqual(['unknown-label: no category has the id 7;'])
    for (const name of ['a', 'b', 'c']) {
      const text = files.get(`annotations/instances_${name}.json`) ?? ''
      expect(texts(text, 'annotations')[0]).toBe(one(1, 7))
      expect(texts(text, 'categories')).toEqual(['{"id":7,"name":"zebra"}'])
    }
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

describe('root objects', () => {
  it.each([
    [
      'annotations before images',
      '{"annotations":[{"id":1,"image_id":5,"category_id":1,"bbox":[1,2,3,4]}],"images":[{"id":5,"file_name":"a.jpg"}],"categories":[{"id":1,"name":"cat"}]}',
    ],
    [
      'categories first',
      '{"categories":[{"id":1,"name":"cat"}],"info":{},"images":[{"id":5,"file_name":"a.jpg"}],"x":1.0,"annotations":[{"id":1,"image_id":5,"category_id":1,"bbox":[1,2,3,4]}],"y":[]}',
    ],
    [
      'categories between, annotations first',
      '{"annotations":[{"id":1,"image_id":5,"category_id":1,"bbox":[1,2,3,4]}],"categories":[{"id":1,"name":"cat"}],"images":[{"id":5,"file_name":"a.jpg"}]}',
    ],
    ['no categories', '{"images":[{"id":5,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":5,"caption":"x"}]}'],
    [
      'no categories, but their ids',
      '{"images":[{"id":5,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":5,"category_id":3,"bbox":[1,2,3,4]}]}',
    ],
    [
      'no images',
      '{"info":1,"annotations":[{"id":1,"image_id":5,"category_id":3,"bbox":[1,2,3,4]}],"categories":[{"id":3,"name":"cat"}]}',
    ],
    ['no annotations', '{"images":[{"id":5,"file_name":"a.jpg"}],"categories":[]}'],
    ['only images', '{"images":[]}'],
    ['only annotations', '{"annotations":[]}'],
    [
      'empty lists',
      '{"licenses":[],"info":{},"categories":[],"images":[],"videos":[],"annotations":[],"type":"instances"}',
    ],
  ])('%s', async (_, source) => {
    for (const rewrite of [false, true]) {
      const { text, report } = await convertDocument(source, { rewrite })
      expect(difference(source, text, rewrite ? 'value' : 'text')).toBeUndefined()
      expect(report.annotations.kept).toBe(report.annotations.read)
      expect(report.annotations.read).toBe(source.includes('"image_id"') ? 1 : 0)
    }
  })

  it('null stands for an empty list', async () => {
    const { text, report } = await convertDocument('{"images":null,"annotations":null,"categories":null}')
    expect(text.replaceAll('\n', '')).toBe('{"images":[],"annotations":[],"categories":[]}')
    expect(report.items).toBe(0)
  })

  it.each([
    [
      '[]',
      'not-this-format',
      'a.json: this is not a COCO data set: expected an object with "images" and "annotations", got an array (a list of results?)',
    ],
    [
      '12',
      'not-this-format',
      'a.json: this is not a COCO data set: expected an object with "images" and "annotations", got a single value',
    ],
    [
      '{}',
      'not-this-format',
      'a.json: this is not a COCO data set: expected "images" or "annotations" in the root object, got an empty object',
    ],
    [
      '{"a":1,"b":2}',
      'not-this-format',
      'a.json: this is not a COCO data set: expected "images" or "annotations" in the root object, got the keys a, b',
    ],
    ['{"images":{}}', 'expected-type', 'a.json /images: bad "images": expected an array, got {}'],
    [
      '{"images":[],"annotations":"none"}',
      'expected-type',
      'a.json /annotations: bad "annotations": expected an array, got "none"',
    ],
    ['{"images":[],"categories":3}', 'expected-type', 'a.json /categories: bad "categories": expected an array, got 3'],
  ])('%s is none', async (text, code, message) => {
    const error = await failureOf(readDocument(text))
    expect([error.code, error.message]).toEqual([code, message])
  })

  it('may be read as often as one likes, and are closed once', async () => {
    let closed = 0
    const tree = treeOf(
      '{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":1,"bbox":[1,2,3,4]}]}',
    )
    const counting = {
      ...tree,
      open: async (path: string) => {
        const source = await tree.open(path)
        return { ...source, close: async () => void closed++ }
      },
    }
    const ledger = new Ledger('lenient')
    const dataset = await openCoco(counting, { policy: 'lenient', account: ledger, scratch: memoryScratch() })
    for (let round = 1; round <= 3; round++) {
      const counts = new Ledger('lenient')
      const seen = []
      for await (const item of dataset.items(counts)) seen.push(item.annotations.length)
      expect(seen).toEqual([1])
      expect(counts.counts.read).toBe(1)
    }
    expect(closed).toBe(0)
    await dataset.close()
    expect(closed).toBe(1)
  })
})
