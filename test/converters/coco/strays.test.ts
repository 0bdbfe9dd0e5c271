import { describe, expect, it } from 'vitest'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { assignSplits, withHeader } from '../../../src/dataset/transforms.js'
import { Box } from '../../../src/definitions/index.js'
import {
  convertDocument,
  documentText,
  entryLines,
  identityDifference,
  readDocument,
  texts,
  writeDataset,
} from './harness.js'

const image = (id: number, name: string): string => `{"id":${id},"file_name":"${name}.jpg"}`
const box = (id: number, on: number): string => `{"id":${id},"image_id":${on},"category_id":1,"bbox":[1,2,3,4]}`

describe('annotations without an image', () => {
  const files = {
    'instances_train.json': documentText({ images: [image(99, 'a')], annotations: [box(1, 99)] }),
    'instances_val.json': documentText({
      images: [image(1, 'b')],
      annotations: [box(2, 1), box(3, 99), '{"id":1,"image_id":98,"category_id":1}', '{"id":4,"category_id":1}'],
    }),
  }

  it('never land on an image of another document, nor take its ids', async () => {
    const { text, report } = await convertDocument(files, {
      change: (dataset) => assignSplits(dataset, [{ name: 'all', share: 1 }]),
    })
    expect(texts(text, 'annotations')).toEqual([
      box(1, 99),
      box(2, 1),
      '{"id":5,"image_id":98,"category_id":1}',
      '{"id":4,"category_id":1}',
    ])
    expect(entryLines({ entries: report.ledger }).slice(0, 4)).toEqual([
      'annotation dropped annotation: an image of another document has its image id ×1',
      'annotation kept box ×2',
      'annotation kept annotation: orphan ×2',
      'field defaulted annotation id: another one has this number ×1',
    ])
    expect(report.annotations).toEqual({ read: 5, kept: 4, derived: 0, approximated: 0, dropped: 1 })
  })

  it('keep an id their own document has twice', async () => {
    const source = documentText({ annotations: [box(7, 1), box(7, 8), box(7, 9)] })
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('keep their image id from being given to an image that has none', async () => {
    const { dataset } = await readDocument(documentText({ images: [], annotations: [box(5, 1)] }))
    const definition = new Box({ label: 'cat', left: 0, top: 0, right: 1, bottom: 1 })
    const made = createDataset({
      items: [
        new Item({
          id: idFrom('new'),
          path: 'new.jpg',
          media: { kind: 'image' },
          annotations: [new Annotation({ definition })],
        }),
      ],
      labels: dataset.header.labels,
    })
    const counted = {
      ...withHeader(made, dataset.header),
      async *items(account: Parameters<typeof made.items>[0]) {
        account?.read(1)
        yield* made.items(account)
      },
    }
    const { text } = await writeDataset(counted)
    expect(texts(text, 'images')).toEqual(['{"id":2,"file_name":"new.jpg","annoform":{"id":"new"}}'])
    expect(texts(text, 'annotations')[1]).toBe(box(5, 1))
  })
})
