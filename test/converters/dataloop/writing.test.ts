import { describe, expect, it } from 'vitest'
import { dataloopItem, parseDataloopItem } from '../../../src/converters/dataloop/index.js'
import { Annotation, type AnnotationInit } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item, type ItemInit } from '../../../src/dataset/item.js'
import { Box, Classification, Polygon, Polyline, Pose, Segmentation } from '../../../src/definitions/index.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { Mask } from '../../../src/mask/mask.js'
import { itemsOf, open, write } from './harness.js'

const box = new Box({ label: 'cat', left: 10.5, top: 20, right: 30, bottom: 40.25 })

function itemOf(annotations: readonly Partial<AnnotationInit>[], more: Partial<ItemInit> = {}): Item {
  return new Item({
    id: idFrom('it1'),
    path: 'dir/a.jpg',
    media: { kind: 'image', width: 640, height: 480 },
    annotations: annotations.map((init) => new Annotation({ definition: box, ...init })),
    ...more,
  })
}

interface WrittenJson {
  readonly _id: string | null
  readonly annotations: readonly {
    readonly coordinates: readonly (readonly unknown[])[]
    readonly metadata: { readonly user?: unknown }
  }[]
  readonly metadata: unknown
}

function written(item: Item, options: Parameters<typeof dataloopItem>[1] = {}): WrittenJson {
  return JSON.parse(dataloopItem(item, { deflate: nodeDeflate, ...options }).text)
}

describe('a new item', () => {
  it('is as the SDK writes it', () => {
    const definition = new Box({ ...box.frame, label: 'cat', angle: 30, description: 'd', attributes: { a: [] } })
    expect(dataloopItem(itemOf([{ definition, automated: true, id: idFrom('x') }])).text).toBe(
      `{"_id":"it1","filename":"/dir/a.jpg","annotations":[
{"id":"x","url":null,"creator":null,"metadata":{"system":{"automated":true,"attributes":{"a":[]}}},"hash":null,"itemId":"it1","item":null,"label":"cat","dataset":null,"createdAt":null,"updatedBy":null,"updatedAt":null,"source":"sdk","description":"d","datasetId":null,"type":"box","coordinates":[{"x":10.5,"y":20,"z":0},{"x":30,"y":40.25,"z":0},30],"attributes":null}
],"metadata":{"system":{"width":640,"height":480},"user":{}}}
`,
    )
  })

  it('has the size of the stored picture, and tells its orientation', () => {
    const media = { kind: 'image', width: 480, height: 640, orientation: 8 } as const
    expect(written(itemOf([], { media })).metadata).toEqual({
      system: { width: 640, height: 480, exif: { Orientation: 8 } },
      user: {},
    })
  })

  it('has no id where it was made from the path', () => {
    expect(written(itemOf([], { id: idFrom('dir/a.jpg') }))._id).toBeNull()
  })

  it('has a class without coordinates', () => {
    const { annotations } = written(itemOf([{ definition: new Classification({ label: 'c' }) }]))
    expect(annotations[0]).not.toHaveProperty('coordinates')
  })

  it('does not put extra fields of the SDK where a source has none', () => {
    const [annotation] = parseDataloopItem('[{"type":"class","label":"a"}]').annotations
    const moved = itemOf([]).with({ annotations: annotation === undefined ? [] : [annotation.withoutRaw()] })
    expect(written(moved).annotations).toEqual([{ type: 'class', label: 'a' }])
  })
})

describe('polygons', () => {
  const parts = [{ outer: [0, 0, 9, 0, 9, 9, 0, 9], holes: [[1, 1, 3, 1, 3, 3]] }, { outer: [20, 0, 29, 0, 29, 9] }]
  const polygon = new Polygon({ label: 'p', parts })

  it('have all rings in one list, and the ledger says what the SDK makes of it', () => {
    const item = itemOf([{ definition: polygon }])
    const { outcomes } = dataloopItem(item)
    expect(outcomes).toEqual([
      { effect: 'kept', subject: 'segment', reason: 'several rings, of which the SDK reads the first' },
    ])
    const [segment] = written(item).annotations
    expect(segment?.coordinates.map((ring) => ring.length)).toEqual([4, 3, 3])
    expect(segment?.metadata).toEqual({ system: { attributes: {} } })
  })

  it('are one annotation a part where that is asked for', () => {
    const item = itemOf([{ definition: polygon, id: idFrom('x') }, { definition: polygon }])
    const { outcomes, text } = dataloopItem(item, { rings: 'split' })
    expect(outcomes.map(({ effect, reason }) => `${effect}: ${reason}`)).toEqual(
      Array(2).fill('derived: an annotation for each part, as asked for'),
    )
    const again = parseDataloopItem(text)
    expect(again.annotations.map(({ id, bounds }) => [id?.text, bounds?.left])).toEqual([
      ['x', 0],
      ['x-2', 20],
      [undefined, 0],
      [undefined, 20],
    ])
  })

  it('whose parts lie in one another come back as they are', () => {
    const nested = new Polygon({ label: 'p', parts: [{ outer: [0, 0, 9, 0, 9, 9] }, { outer: [5, 1, 8, 1, 8, 3] }] })
    const { text } = dataloopItem(itemOf([{ definition: nested }]))
    expect(text).toContain('"user":{"annoform":{"parts":[1,1]}}')
    expect(parseDataloopItem(text).annotations[0]?.definition.geometryEquals(nested, 0)).toBe(true)
  })
})

describe('masks', () => {
  const mask = Mask.fromRuns(4, 2, [1, 3, 4])

  it('are RGBA pictures in the colour of the mask, else white', () => {
    for (const color of [undefined, [255, 255, 255], [1, 2, 3]] as const) {
      const item = itemOf([{ definition: new Segmentation({ label: 'm', mask, color }) }], {
        media: { kind: 'image', width: 4, height: 2 },
      })
      const { text } = dataloopItem(item, { deflate: nodeDeflate })
      expect(text).toContain('"coordinates":"data:image/png;base64,')
      const again = parseDataloopItem(text, { deflate: nodeDeflate }).annotations[0]?.definition
      expect(again).toMatchObject({ mask, color })
    }
  })

  it('need somebody to compress them', () => {
    const item = itemOf([{ definition: new Segmentation({ label: 'm', mask }) }])
    expect(() => dataloopItem(item)).toThrow(expect.objectContaining({ code: 'deflate-missing' }))
  })

  it('of no size have no place', () => {
    const definition = new Segmentation({ label: 'm', mask: Mask.empty(0, 3) })
    const reason = 'a mask of no size'
    expect(dataloopItem(itemOf([{ definition }]), { deflate: nodeDeflate }).outcomes).toEqual([
      { effect: 'dropped', subject: 'binary', reason },
    ])
  })
})

describe('poses', () => {
  it('have their key points beside them', () => {
    const definition = new Pose({
      label: 'body',
      templateId: 'T',
      points: [
        { name: 'nose', x: 1, y: 2, visibility: 'visible' },
        { name: 'ear', x: 0, y: 0, visibility: 'missing' },
        { name: 'eye', x: 3, y: 4, visibility: 'hidden' },
      ],
    })
    const item = itemOf([{ definition, id: idFrom(7) }])
    const { text, outcomes } = dataloopItem(item)
    expect(outcomes).toEqual([
      { effect: 'derived', subject: 'pose', reason: 'its key points as annotations of their own' },
    ])
    const again = parseDataloopItem(text).annotations
    expect(
      again.map(({ id, parentId, type, label, definition: d }) => [
        id,
        parentId?.text,
        type,
        label,
        { ...d.attributes },
      ]),
    ).toEqual([
      [{ text: '7', kind: 'integer' }, undefined, 'pose', 'body', {}],
      [{ text: '7-1', kind: 'string' }, '7', 'point', 'nose', { visible: 'visible' }],
      [{ text: '7-2', kind: 'string' }, '7', 'point', 'eye', { visible: 'not-visible' }],
    ])
  })
})

describe('what Dataloop has no word for', () => {
  const init = {
    id: idFrom(12),
    objectId: idFrom(3),
    parentId: idFrom('p'),
    box: { left: 1, top: 2.5, right: 3, bottom: 4 },
    area: 7.25,
    flags: { crowd: true, truncated: false, occluded: true, difficult: false },
    score: 0.5,
    model: { name: 'm' },
    status: 'approved',
    automated: false,
    metadata: [1, 'x'],
    extra: new Map([['coco', { keys: ['id', 'x'], fields: new Map([['x', '1.0']]), form: 'rle' }]]),
  } as const

  it('travels in metadata.user.annoform', () => {
    const item = itemOf([init], { id: idFrom(5), split: 'val', metadata: { own: 1 }, extra: init.extra })
    const json = written(item)
    expect(json.annotations[0]?.metadata.user).toEqual({
      model: { name: 'm', confidence: 0.5, model_id: null },
      annoform: {
        id: 12,
        objectId: 3,
        box: [1, 2.5, 3, 4],
        area: 7.25,
        crowd: true,
        truncated: false,
        occluded: true,
        difficult: false,
        metadata: [1, 'x'],
        extra: { coco: { keys: ['id', 'x'], fields: { x: 1 }, form: 'rle' } },
      },
    })
    expect(json.metadata).toEqual({
      system: { width: 640, height: 480, tags: { validation: true } },
      user: {
        own: 1,
        annoform: { id: 5, split: 'val', extra: { coco: { keys: ['id', 'x'], fields: { x: 1 }, form: 'rle' } } },
      },
    })
    const again = parseDataloopItem(dataloopItem(item).text)
    expect(again).toMatchObject({ id: item.id, split: 'val', metadata: { own: 1 } })
    const { definition: _, extra, ...fields } = { ...(again.annotations[0] as Annotation) }
    for (const [key, value] of Object.entries(init))
      if (key !== 'extra') expect(fields[key as keyof typeof fields]).toEqual(value)
    expect(extra?.get('coco')?.fields.get('x')).toBe('1.0')
  })

  it('is said: spans, key frames, and what belongs to the whole data set', async () => {
    const keyFrames = [{ frame: 1, definition: box, fixed: true, visible: true }]
    const items = [itemOf([{ span: { frame: 1 }, keyFrames, metadata: { bad: Number.NaN } as never }])]
    const labels = [{ name: 'cat' }, { name: 'dog', skeleton: { keypoints: ['a'], edges: [] } }]
    const { report } = await write(createDataset({ items, labels, info: { a: 1 } }))
    expect(
      report.ledger.map(({ level, effect, subject, reason }) => `${level} ${effect} ${subject}: ${reason}`),
    ).toEqual([
      'annotation kept box: undefined',
      'field dropped span: no time is written',
      'field dropped key frames: no time is written',
      'field dropped metadata: holds a number JSON has no word for',
      'header dropped label: no annotation uses it',
      'header dropped skeleton: item files have no place for it',
      'header dropped info: item files have no place for it',
    ])
  })

  it('labels: ids, colours and groups come back with the items that use them', async () => {
    const labels = [
      { name: 'dog', id: idFrom(18), parent: 'animal', color: [1, 2, 3] as const },
      { name: 'cat', id: idFrom(17) },
      { name: 'a.b' },
    ]
    const definitions = ['dog', 'cat', 'a.b'].map((label) => new Box({ ...box.frame, label }))
    const items = [itemOf(definitions.map((definition) => ({ definition })))]
    const { files } = await write(createDataset({ items, labels }))
    const { header } = await open(files)
    expect(header.labels.labels).toEqual([
      { name: 'cat', id: idFrom(17), parent: undefined },
      { name: 'dog', id: idFrom(18), parent: 'animal', color: [1, 2, 3] },
      { name: 'a.b', parent: undefined },
    ])
  })
})

it('a data set of all its own files opens again', async () => {
  const items = [
    itemOf([
      {
        definition: new Polyline({
          label: 'l',
          lines: [
            [1, 2, 3, 4],
            [5, 6, 7, 8],
          ],
        }),
      },
    ]),
  ]
  const { files } = await write(createDataset({ items }))
  const [item] = await itemsOf(await open(files))
  expect(item?.annotations[0]?.definition).toMatchObject({
    lines: [Float64Array.of(1, 2, 3, 4), Float64Array.of(5, 6, 7, 8)],
  })
})
