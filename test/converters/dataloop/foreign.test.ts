import { describe, expect, it } from 'vitest'
import { openCoco } from '../../../src/converters/coco/reader.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { memoryTree } from '../../../src/memory.js'
import { context, convert, open, write } from './harness.js'

const COCO = {
  images: [
    { id: 139, width: 640, height: 426, file_name: '000000000139.jpg', license: 2 },
    { id: 'BIG', width: 10, height: 20, file_name: 'x/b.png' },
  ],
  annotations: [
    {
      segmentation: [[1, 2, 30.5, 2, 30.5, 20]],
      area: 700.25,
      iscrowd: 0,
      image_id: 139,
      bbox: [1, 2, 29.5, 18],
      category_id: 90,
      id: 5,
      score: 0.5,
      foreign: [1],
    },
    {
      segmentation: { size: [426, 640], counts: [272639, 1] },
      area: 1,
      iscrowd: 1,
      image_id: 139,
      bbox: [639, 425, 1, 1],
      category_id: 1,
      id: 6,
    },
    {
      segmentation: [],
      area: 50,
      iscrowd: 0,
      image_id: 139,
      bbox: [10, 20, 5, 10],
      category_id: 1,
      id: 'LARGE',
    },
  ],
  categories: [
    { id: 1, name: 'person', supercategory: 'human' },
    { id: 90, name: 'toothbrush', supercategory: 'indoor' },
  ],
}

/** Ids that no double holds. */
const BIG: readonly (readonly [name: string, digits: string])[] = [
  ['"BIG"', '9007199254740993'],
  ['"LARGE"', '811719925474099312'],
]

function numbered(document: object): string {
  return BIG.reduce((text, [name, digits]) => text.replaceAll(name, digits), JSON.stringify(document))
}

function named(text: string): string {
  return BIG.reduce((json, [name, digits]) => json.replaceAll(`:${digits}`, `:${name}`), text)
}

describe('COCO → Dataloop → COCO', () => {
  it('keeps ids, crowds, areas, boxes, foreign keys, masks and categories', async () => {
    const text = numbered(COCO)
    const ledger = new Ledger('lenient')
    const first = await write(
      await openCoco(memoryTree({ 'a.json': text }), context(ledger)),
      'dataloop',
      {},
      { ledger },
    )
    expect(Object.keys(first.files)).toEqual(['json/000000000139.json', 'json/x/b.json'])
    expect(first.report.annotations).toMatchObject({ read: 3, kept: 3 })
    const { files, report } = await convert(first.files, 'coco')
    expect(report.annotations).toMatchObject({ read: 3, kept: 3 })
    const [written = ''] = Object.values(files)
    const document = JSON.parse(named(written)) as typeof COCO
    expect(document.categories).toEqual(
      COCO.categories.map(({ id, name, supercategory }) => expect.objectContaining({ id, name, supercategory })),
    )
    expect(document.images).toEqual(COCO.images.map((image) => expect.objectContaining(image)))
    for (const [i, { segmentation, ...annotation }] of COCO.annotations.entries()) {
      expect(document.annotations[i]).toMatchObject(annotation)
      if (i !== 1) expect(document.annotations[i]?.segmentation).toEqual(segmentation)
    }
    expect(document.annotations[1]?.segmentation).toMatchObject({ size: [426, 640] })
  })
})

describe('Dataloop → COCO → Dataloop', () => {
  const source = {
    id: 'i',
    datasetId: 'd',
    filename: '/dir/a.jpg',
    annotations: [
      {
        id: '5f4d13ecd260ab76669312f8',
        type: 'box',
        label: 'animal.dog',
        attributes: ['occluded'],
        coordinates: [
          { x: 1, y: 2, z: 0 },
          { x: 3.5, y: 4, z: 0 },
        ],
        metadata: {
          system: { automated: true, clientId: 'c', objectId: '3' },
          user: { model: { name: 'm', confidence: 0.9, model_id: null } },
        },
        creator: 'a@b',
        createdAt: '2021-08-12T13:16:08.973Z',
      },
    ],
    metadata: { system: { width: 640, height: 480, mimetype: 'image/jpeg', channels: 3 }, user: { a: 1 } },
  }

  it('gives the very item again', async () => {
    const { files, report } = await convert({ 'a.json': JSON.stringify(source) }, 'coco')
    expect(report.annotations).toMatchObject({ read: 1, kept: 1 })
    const ledger = new Ledger('lenient')
    const back = await write(await openCoco(memoryTree(files), context(ledger)), 'dataloop', {}, { ledger })
    const again = JSON.parse(back.files['json/dir/a.json'] ?? '') as typeof source
    // A COCO annotation has a declared area and an id of its own, which travel on.
    const { metadata, ...annotation } = source.annotations[0] ?? { metadata: { user: {} } }
    expect(again.annotations[0]).toMatchObject(annotation)
    expect(again.annotations[0]?.metadata).toMatchObject(metadata)
    expect(Object.keys(again)).toEqual(Object.keys(source))
    expect((await open(back.files)).header.labels.labels.map(({ name }) => name)).toEqual(['animal.dog'])
  })
})
