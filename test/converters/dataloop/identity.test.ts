import { describe, expect, it } from 'vitest'
import { dataloopItem } from '../../../src/converters/dataloop/index.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { openNative } from '../../../src/converters/native/reader.js'
import type { Annotation } from '../../../src/dataset/annotation.js'
import { Point, Polygon } from '../../../src/definitions/index.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { memoryTree } from '../../../src/memory.js'
import { jsonDifference } from '../../conformance/json-difference.js'
import { readJsonText } from '../../conformance/json-text.js'
import { context, convert, element, itemJson, read, write } from './harness.js'

/** Everything a source may write in another way than this library does. */
const ODD = `{ "annotated" : true, "filename": "/dir/a.jpg", "name": "other name.jpg", "dir": "/dir", "_id": null, "id": "i",
  "annotationsCount": 9,
  "annotations": [
    {"coordinates":[{"y":2.50,"x":30,"z":7},{"x":1e1,"y":1.0}],"label":"b\\u00e9","type":"box","id":7706992903151817196,
     "attributes":["occluded"],"updatedAt":"2021-08-12T13:16:08.973Z","big":12345678901234567890,
     "metadata":{"user":{"x":1.0,"z":12345678901234567890,"model":{"confidence":0.50,"name":"m"}},"other":null,"system":{"objectId":7,"clientId":"c","status":null,"attributes":{"2":1,"1":"a","gone":null}}}},
    {"type":"segment","label":"line","coordinates":[{"x":1,"y":2},{"x":3,"y":4}],"metadata":{"system":{"isOpen":true}}},
    {"type":"segment","label":"two","coordinates":[[{"x":0,"y":0},{"x":9,"y":0},{"x":9,"y":9}],[{"x":5,"y":1},{"x":8,"y":1},{"x":8,"y":3}]],"metadata":null},
    {"type":"box","label":"old","coordinates":[{"x":30,"y":10},{"x":10,"y":10},{"x":10,"y":50},{"x":30,"y":50}]},
    {"type":"class","label":"c","coordinates":[],"description":"d","metadata":{"system":{"description":"d"},"user":true}},
    {"type":"pdf_text","label":"","coordinates":{"a":[0.10]},"_id":"u"},
    {"type":"ellipse","label":"e","data":{"rx":3,"ry":4,"center":{"x":1,"y":2}}},
    {"type":"point","label":null,"coordinates":{"x":-0.0,"y":1}}
  ],
  "metadata": {"system":{"exif":{"Orientation":6,"Make":"x"},"height":480,"width":640.0,"tags":{"train":true,"validation":null}},
    "user":{"annoform":{"from":"a later version"},"coco":[1.50]},"fps":3},
  "__proto__": {"x":1}, "description": "of the item" }`

const REPEATED =
  '{"filename":"/a.jpg","annotations":[{"type":"class","label":"a","label":"b"}],"x":1,"x":2,"metadata":{}}'

describe.each([ODD, REPEATED, '[]', '[{"type":"class","label":"a","x":1.0}]', '{"annotations":[]}'])(
  '%.40s',
  (json) => {
    it.each([false, true])('comes back, rewritten: %s', async (rewrite) => {
      const source = readJsonText(json)
      const native = await convert({ 'dir/a.json': json }, 'native', rewrite)
      const dataset = await openNative(memoryTree(native.files), context(new Ledger('lenient')))
      for (const { files, report } of [
        await convert({ 'dir/a.json': json }, 'dataloop', rewrite),
        await write(dataset, 'dataloop', {}, { rewrite }),
      ]) {
        const [text = ''] = Object.values(files)
        expect(jsonDifference(source, readJsonText(text), rewrite ? 'value' : 'text')).toBeUndefined()
        const { read: count, kept } = report.annotations
        expect(kept).toBe(count)
      }
    })
  },
)

describe('a change', () => {
  const source = read(ODD).item
  const change = (index: number, changes: Parameters<Annotation['with']>[0]): Record<string, unknown> => {
    const annotations = source.annotations.map((annotation, i) => (i === index ? annotation.with(changes) : annotation))
    const { text } = dataloopItem(source.with({ annotations }))
    return (JSON.parse(text) as { annotations: Record<string, unknown>[] }).annotations[index] ?? {}
  }
  const [box, line] = source.annotations
  if (box === undefined || line === undefined) throw new Error('no annotations')

  it('touches only what it changes', () => {
    const before = (JSON.parse(ODD) as { annotations: Record<string, unknown>[] }).annotations[0]
    const { label: _, ...rest } = change(0, { definition: box.definition.with({ label: 'new' }) })
    const { label: __, ...expected } = before ?? {}
    expect(JSON.stringify(rest)).toBe(JSON.stringify(expected))
    const status = change(0, { status: 'approved', objectId: undefined })
    expect(status.metadata).toMatchObject({
      other: null,
      system: { clientId: 'c', status: 'approved' },
      user: { x: 1 },
    })
    expect(Object.keys((status.metadata as { system: object }).system)).toEqual(['clientId', 'status', 'attributes'])
  })

  it('of attributes leaves none in the older list', () => {
    const changed = change(0, { definition: box.definition.with({ attributes: { a: true } }) })
    expect(changed.attributes).toBeNull()
    expect(changed.metadata).toMatchObject({ system: { attributes: { a: true } } })
  })

  it('of the geometry takes the type along', () => {
    const polygon = Polygon.fromPoints(
      [
        [0, 0],
        [5, 0],
        [5, 6],
      ],
      { label: 'line' },
    )
    expect(change(1, { definition: polygon })).toMatchObject({
      type: 'segment',
      metadata: { system: { isOpen: false } },
      coordinates: [
        [
          { x: 0, y: 0 },
          { x: 5, y: 0 },
          { x: 5, y: 6 },
        ],
      ],
    })
    expect(change(1, { definition: new Point({ label: 'line', x: 1, y: 2 }) })).toEqual({
      type: 'point',
      label: 'line',
      coordinates: { x: 1, y: 2, z: 0 },
      metadata: { system: {} },
    })
  })

  it('of the metadata takes away what is gone', () => {
    const { user } = change(0, { metadata: { y: [1] }, score: undefined, model: undefined }).metadata as {
      user: object
    }
    expect(user).toEqual({ y: [1] })
    expect(change(4, { metadata: undefined }).metadata as object).toEqual({ system: { description: 'd' }, user: {} })
  })

  it('of the item keeps what it had beside', () => {
    const item = source.with({
      path: 'x/b.png',
      split: 'test',
      media: { ...source.media, orientation: undefined },
      annotations: [],
    })
    expect(JSON.parse(dataloopItem(item).text)).toEqual({
      annotated: true,
      filename: '/x/b.png',
      name: 'b.png',
      dir: '/x',
      _id: null,
      id: 'i',
      annotationsCount: 0,
      annotations: [],
      metadata: {
        system: { exif: { Make: 'x' }, height: 640, width: 480, tags: { validation: null, test: true } },
        user: { annoform: { from: 'a later version' }, coco: [1.5] },
        fps: 3,
      },
      ['__proto__']: { x: 1 },
      description: 'of the item',
    })
  })
})

it('keeps no text that says no more than the model', () => {
  const plain = element(
    'box',
    [
      { x: 1, y: 2, z: 0 },
      { x: 3, y: 4.5, z: 0 },
    ],
    {
      id: 'x',
      metadata: { system: { automated: true, attributes: { a: 1 }, objectId: '3' } },
      attributes: null,
    },
  )
  const [annotation] = read(itemJson([plain])).item.annotations
  expect([...(annotation?.extra ?? [])].map(([id, { fields }]) => [id, [...fields.keys()]])).toEqual([
    ['dataloop', []],
    ['dataloop:metadata', []],
    ['dataloop:metadata.system', []],
  ])
})

it('a mask that is not touched keeps its very bytes, also when something else of it changes', () => {
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAkAAAAGCAYAAAARx7TFAAAAFklEQVR4nGPkn9f1n4EAYCKkYLAqAgDqEAJCVALbewAAAABJRU5ErkJggg=='
  const item = read(itemJson([element('binary', { data: png })], { width: 9, height: 6 })).item
  const [mask] = item.annotations
  if (mask === undefined) throw new Error('no mask')
  expect(mask.bounds).toEqual({ left: 0, top: 0, right: 9, bottom: 6 })
  const relabelled = item.with({ annotations: [mask.with({ definition: mask.definition.with({ label: 'new' }) })] })
  const { text } = dataloopItem(relabelled, { deflate: nodeDeflate })
  expect(JSON.parse(text).annotations[0]).toMatchObject({ label: 'new', coordinates: { data: png } })
})
