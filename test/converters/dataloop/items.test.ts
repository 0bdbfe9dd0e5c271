import { describe, expect, it } from 'vitest'
import { dataloopItem } from '../../../src/converters/dataloop/index.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { element, itemJson, itemsOf, open, problemsOf, read } from './harness.js'

const point = element('point', { x: 1, y: 2, z: 0 }, { id: 'p1' })
const media = { system: { width: 640, height: 480, mimetype: 'image/jpeg' } }

describe('the layouts of an item', () => {
  it.each([
    ['A', { _id: 'i', filename: '/d/a.jpg', annotations: [point], itemMetadata: media }],
    ['B', { _id: 'i', filename: '/d/a.jpg', annotations: [point], metadata: media }],
    [
      'C',
      {
        id: 'i',
        datasetId: 'x',
        dir: '/d',
        filename: '/d/a.jpg',
        metadata: media,
        name: 'z.jpg',
        annotations: [point],
      },
    ],
  ])('%s', (_, json) => {
    const { item, ledger } = read(JSON.stringify(json))
    expect(item).toMatchObject({ id: { text: 'i' }, path: 'd/a.jpg' })
    expect(item.media).toMatchObject({ kind: 'image', width: 640, height: 480, mimetype: 'image/jpeg' })
    expect(item.annotations.map(({ id, type, place }) => [id?.text, type, place?.pointer])).toEqual([
      ['p1', 'point', '/annotations/0'],
    ])
    expect(ledger.counts.read).toBe(1)
  })

  it('D, and a bare list, know no size', () => {
    const { item } = read(JSON.stringify({ _id: 'i', filename: '/d/a.jpg', annotations: [point] }))
    expect([item.path, item.media.width]).toEqual(['d/a.jpg', undefined])
    const list = read(JSON.stringify([point, point]))
    expect([list.item.path, list.item.id, list.item.annotations.length]).toEqual([
      'a',
      { text: 'a', kind: 'string' },
      2,
    ])
  })

  it('whose annotations are elsewhere has none', () => {
    for (const annotations of ['https://x/annotations', null]) {
      const { item, ledger } = read(JSON.stringify({ id: 'i', filename: '/a.jpg', annotations, metadata: media }))
      expect([item.annotations, ledger.counts.read]).toEqual([[], 0])
    }
  })
})

describe('what an item shows', () => {
  const mediaOf = (filename: string, system: object): object =>
    read(JSON.stringify({ filename, metadata: { system }, annotations: [] })).item.media

  it('is told by its media type, else by its name, never by frames', () => {
    expect(mediaOf('/a', { mimetype: 'video/mp4' })).toMatchObject({ kind: 'video' })
    expect(mediaOf('/a.wav', {})).toMatchObject({ kind: 'audio' })
    expect(mediaOf('/a.txt', {})).toMatchObject({ kind: 'text' })
    expect(mediaOf('/a.mp4', { mimetype: 'image/png' })).toMatchObject({ kind: 'image' })
    const frames = { metadata: { system: { frame: 0, endFrame: 1, startTime: 0, endTime: 1.5, snapshots_: [] } } }
    const { item } = read(itemJson([element('point', { x: 1, y: 2 }, frames)]))
    expect([item.media.kind, item.annotations[0]?.type, item.annotations[0]?.span]).toEqual([
      'image',
      'point',
      undefined,
    ])
  })

  it('has the size of the upright picture', () => {
    for (const [orientation, width, height] of [
      [1, 640, 480],
      [3, 640, 480],
      [5, 480, 640],
      [6, 480, 640],
      [8, 480, 640],
    ])
      expect(mediaOf('/a.jpg', { width: 640, height: 480, exif: { Orientation: orientation } })).toMatchObject({
        width,
        height,
        orientation,
      })
    expect(mediaOf('/a.jpg', { width: 640, height: 480, exif: { Orientation: 0 } })).toMatchObject({ width: 640 })
  })

  it('in time has exact frames a second', () => {
    const system = {
      mimetype: 'video/mp4',
      fps: 29.97,
      ffmpeg: { width: 8, height: 6, nb_read_frames: '50' },
      duration: 2.5,
    }
    const fps = { numerator: 2997, denominator: 100 }
    expect(mediaOf('/a.mp4', system)).toMatchObject({ width: 8, height: 6, frames: 50, duration: 2.5, fps })
  })

  it('is what was written, whatever its name says', () => {
    const fps = { numerator: 30_000, denominator: 1001 }
    const odd = { numerator: 100, denominator: 7 }
    for (const media of [
      { kind: 'video', mimetype: 'image/gif', fps: odd },
      { kind: 'audio' },
      { kind: 'video', fps },
      { kind: 'image' },
      { kind: 'text', mimetype: 'video/mp4' },
    ] as const) {
      const { text } = dataloopItem(new Item({ id: idFrom('i'), path: 'talk.en', media }))
      expect(read(text).item.media).toEqual({ ...read(text).item.media, ...media })
    }
    const { text } = dataloopItem(new Item({ id: idFrom('i'), path: 'a.mp4', media: { kind: 'video', fps } }))
    expect(JSON.parse(text).metadata).toEqual({ system: { fps: 30_000 / 1001 }, user: {}, fps: 30_000 / 1001 })
  })
})

describe('fields of an annotation', () => {
  it('are where Dataloop has them', () => {
    const { item } = read(
      itemJson([
        element('class', undefined, {
          id: 'x',
          description: 'd',
          attributes: ['occluded', 'left'],
          metadata: {
            system: {
              automated: false,
              objectId: '7',
              parentId: 'p',
              status: 'issue',
              attributes: { 1: 'red', 2: ['a', 'b'], 3: true, 4: 5, gone: null, left: 'no' },
            },
            user: { model: { confidence: 0.25, name: 'm', model_id: 'v' }, own: [1] },
          },
        }),
      ]),
    )
    expect(item.annotations[0]).toMatchObject({
      id: { text: 'x', kind: 'string' },
      objectId: { text: '7' },
      parentId: { text: 'p' },
      automated: false,
      status: 'issue',
      score: 0.25,
      model: { name: 'm', id: 'v' },
      metadata: { own: [1] },
    })
    expect(item.annotations[0]?.definition).toMatchObject({ label: 'cat', description: 'd' })
    expect({ ...item.annotations[0]?.definition.attributes }).toEqual({
      occluded: true,
      left: 'no',
      1: 'red',
      2: ['a', 'b'],
      3: true,
      4: 5,
    })
  })

  it('may be missing, null or of another kind without harm', () => {
    const minimal = { type: 'point', label: 'a', coordinates: { x: 1, y: 2 } }
    for (const more of [
      {},
      { metadata: null },
      { metadata: { system: null } },
      { metadata: { system: { attributes: 3, objectId: null, status: null, automated: null }, user: true } },
      { id: null, attributes: null, description: null },
      { metadata: { system: { endFrame: null, snapshots_: null }, user: { model: 'x', annoform: 4 } } },
    ]) {
      const { item, ledger } = read(itemJson([{ ...minimal, ...more }]))
      expect(item.annotations.map(({ type, label }) => [type, label])).toEqual([['point', 'a']])
      expect(ledger.problems).toEqual([])
    }
  })

  it('that has no label is unlabelled, and that is said', () => {
    for (const label of [undefined, null, '']) {
      const { item, ledger } = read(itemJson([{ type: 'point', label, coordinates: { x: 1, y: 2 } }]))
      expect(item.annotations[0]?.label).toBe('unlabelled')
      expect(problemsOf(ledger)).toEqual(['missing-field a.json /annotations/0/label'])
    }
  })

  it('an id of any size is not rounded', () => {
    const json = itemJson([point]).replace('"p1"', '7706992903151817196')
    expect(read(json).item.annotations[0]?.id).toEqual({ text: '7706992903151817196', kind: 'integer' })
  })
})

describe('a folder', () => {
  const train = {
    json: '{"filename":"/train/a.jpg","metadata":{"system":{"tags":{"train":true,"test":null}}},"annotations":[]}',
  }

  it('is every file of it that is Dataloop JSON', async () => {
    const ledger = new Ledger('lenient')
    const dataset = await open(
      {
        'root/json/train/a.json': train.json,
        'root/json/b.json': JSON.stringify([point]),
        'root/items/train/a.jpg': 'x',
        'root/items/b.png': 'x',
        'root/labels.json': '[{"value":{"tag":"Person"},"children":[]}]',
        'root/readme.txt': 'x',
      },
      ledger,
    )
    const items = await itemsOf(dataset, ledger)
    expect(items.map(({ path, file, split }) => [path, file, split])).toEqual([
      ['b.png', 'root/items/b.png', undefined],
      ['train/a.jpg', 'root/items/train/a.jpg', 'train'],
    ])
    expect(dataset).toMatchObject({ itemCount: 2, header: { splits: ['train'] } })
    expect(problemsOf(ledger)).toEqual(['file-skipped root/labels.json'])
  })

  it('has the labels of all its annotations, by name, with the paths of their parents', async () => {
    const labels = ['b', 'animal.dog', 'B', 'b'].map((label) => ({ ...point, label }))
    const dataset = await open({ 'a.json': itemJson(labels), 'b.json': itemJson([{ ...point, label: 'a.b.c' }]) })
    expect(dataset.header.labels.labels).toEqual([
      { name: 'B', parent: undefined },
      { name: 'a.b.c', parent: 'a.b' },
      { name: 'animal.dog', parent: 'animal' },
      { name: 'b', parent: undefined },
    ])
  })

  it('may be one file with a list of items', async () => {
    const dataset = await open({
      'all.json': `[${itemJson([point])},\n ${train.json}, {"filename":"/c.jpg","annotations":"https://x"}]`,
    })
    expect(dataset.itemCount).toBe(3)
    const items = await itemsOf(dataset)
    expect(items.map(({ path, place }) => [path, place?.pointer])).toEqual([
      ['dir/a.jpg', '/0'],
      ['train/a.jpg', '/1'],
      ['c.jpg', '/2'],
    ])
    expect(items[0]?.annotations[0]?.place).toEqual({ file: 'all.json', pointer: '/0/annotations/0' })
    expect(await itemsOf(dataset)).toHaveLength(3)
  })

  it('asks for the sizes it does not know', async () => {
    const sizes = (): { width: number; height: number } => ({ width: 9, height: 4 })
    const dataset = await open({ 'a.json': train.json, 'b.json': itemJson([]) }, undefined, { sizes })
    expect((await itemsOf(dataset)).map(({ media: { width, height } }) => [width, height])).toEqual([
      [9, 4],
      [640, 480],
    ])
  })
})
