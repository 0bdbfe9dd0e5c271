import { describe, expect, it } from 'vitest'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import {
  convertDocument,
  documentText,
  entryLines,
  failureOf,
  problemLines,
  readDocument,
  writeDataset,
} from './harness.js'

const BOX = '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}'
const DOCUMENT = documentText({ annotations: [BOX] })
const RESULTS = '[{"image_id":1,"category_id":1,"bbox":[1,2,3,4],"score":0.5}]'

describe('files beside those of a data set', () => {
  it('that hold the items without a split belong to it', async () => {
    const items = [undefined, 'val'].map(
      (split, i) => new Item({ id: idFrom(i), path: `${i}.jpg`, media: { kind: 'image' }, split }),
    )
    const { files } = await writeDataset(createDataset({ items }))
    expect([...files.keys()].sort()).toEqual(['annotations/instances.json', 'annotations/instances_val.json'])
    const { items: again, ledger } = await readDocument(Object.fromEntries(files))
    expect(again.map(({ path, split }) => [path, split]).sort()).toEqual([
      ['0.jpg', undefined],
      ['1.jpg', 'val'],
    ])
    expect(ledger.problems).toEqual([])
  })

  it('that look like instances are missed, others are not', async () => {
    const { ledger } = await readDocument({
      'instances_val.json': DOCUMENT,
      'mine.json': DOCUMENT,
      'results.json': RESULTS,
      'broken.json': '{"images',
    })
    const line = 'file-skipped: this file is left aside: the data set is read from the instances files beside it'
    expect(problemLines(ledger)).toEqual([`${line} ×2 @ broken.json, results.json`, `${line} (lossy) @ mine.json`])
  })

  it('that are called like one and are none are passed over', async () => {
    const { items, ledger } = await readDocument({
      'instances_val_results.json': RESULTS,
      'instances_val.json': DOCUMENT,
      'instances_x.json': '{"a":1}',
    })
    expect(items.map(({ split }) => split)).toEqual(['val'])
    expect(ledger.problems.map(({ code, places }) => [code, ...places])).toEqual([
      ['file-skipped', 'instances_val_results.json'],
      ['file-skipped', 'instances_x.json'],
    ])
    const alone = await failureOf(readDocument({ 'instances_a.json': RESULTS, 'instances_b.json': '{}' }))
    expect([alone.code, alone.place?.file]).toEqual(['not-this-format', 'instances_a.json'])
  })
})

describe('names of splits', () => {
  it('no file can have are entered', async () => {
    const items = ['a b', 'a_b', ''].map(
      (split, i) => new Item({ id: idFrom(i), path: `${i}.jpg`, media: { kind: 'image' }, split }),
    )
    const { files, report } = await writeDataset(createDataset({ items }))
    expect([...files.keys()]).toEqual([
      'annotations/instances_a_b.json',
      'annotations/instances_a_b_2.json',
      'annotations/instances__.json',
    ])
    expect(entryLines({ entries: report.ledger })).toEqual([
      'header approximated split name: no file name can say it ×3',
    ])
  })
})

describe('lists that are null', () => {
  it('are lists as soon as there is something in them', async () => {
    const source = '{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":null,"categories":[],"x":null}'
    const { text } = await convertDocument(source)
    expect(text.replaceAll('\n', '')).toBe(source)
    const stray = await convertDocument('{"images":null,"annotations":[{"id":1,"image_id":4}]}')
    expect(stray.text.replaceAll('\n', '')).toBe('{"images":null,"annotations":[{"id":1,"image_id":4}]}')
  })
})
