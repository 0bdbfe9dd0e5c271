import { describe, expect, it } from 'vitest'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { Box, Segmentation } from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import {
  convertDocument,
  documentText,
  entryLines,
  identityDifference,
  memberText,
  onlyAnnotation,
  readDocument,
  texts,
  unsized,
  withAnnotation,
  writeDataset,
} from './harness.js'

const BOX = '"bbox":[1,2,3,4]'

/** An annotation with everything COCO has no word for. */
const FULL = new Annotation({
  definition: new Segmentation({
    label: 'cat',
    description: 'a "cat"\n',
    attributes: { pose: 'sitting' },
    mask: Mask.full(5, 4),
    color: [255, 0, 7],
  }),
  id: idFrom('5f1c2ab0'),
  objectId: idFrom(3),
  parentId: idFrom('p'),
  status: 'approved',
  automated: true,
  model: { name: 'sam', id: '12' },
  flags: { crowd: true, truncated: true, occluded: false, difficult: true },
  score: 0.5,
  metadata: { system: { a: [1, null] } },
  extra: new Map([
    ['dataloop', { keys: ['type', 'z'], fields: new Map([['z', '{"b":7706992903151817196, "a":1.50}']]), form: 'f' }],
  ]),
})
const SLOT =
  '{"id":"5f1c2ab0","description":"a \\"cat\\"\\n","objectId":3,"parentId":"p","status":"approved","automated":true,' +
  '"model":{"name":"sam","id":"12"},"truncated":true,"occluded":false,"difficult":true,"color":[255,0,7],' +
  '"metadata":{"system":{"a":[1,null]}},' +
  '"extra":{"dataloop":{"keys":["type","z"],"fields":{"z":{"b":7706992903151817196, "a":1.50}},"form":"f"}}}'

describe('the slot of an annotation', () => {
  const item = new Item({ id: idFrom(1), path: 'a.jpg', media: { kind: 'image' }, annotations: [FULL] })

  it('carries what COCO has no word for, in full', async () => {
    const { text, report } = await writeDataset(createDataset({ items: [item] }))
    const [element] = texts(text, 'annotations')
    expect(memberText(element, 'annoform')).toBe(SLOT.replace('7706992903151817196, ', '7706992903151817196,'))
    expect(element?.replace(/"annoform":.*$/, '')).toBe(
      '{"id":1,"image_id":1,"category_id":1,"segmentation":{"size":[4,5],"counts":"0d0"},"area":20,"bbox":[0,0,5,4],"iscrowd":1,"score":0.5,"attributes":{"pose":"sitting"},',
    )
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept binary ×1',
      'field defaulted annotation id: COCO demands an integer ×1',
      'header defaulted category id: COCO demands an integer ×1',
    ])
    const { annotations, ledger } = await readDocument(text, 'strict')
    const [back] = annotations
    if (back === undefined) throw new Error('one annotation')
    expect(back.definition.equals(FULL.definition)).toBe(true)
    const { id, objectId, parentId, status, automated, model, flags, score, metadata } = back
    expect({ id, objectId, parentId, status, automated, model, flags, score, metadata }).toEqual({
      id: FULL.id,
      objectId: FULL.objectId,
      parentId: FULL.parentId,
      status: FULL.status,
      automated: FULL.automated,
      model: FULL.model,
      flags: FULL.flags,
      score: FULL.score,
      metadata: FULL.metadata,
    })
    expect(back.extra?.get('dataloop')).toEqual(FULL.extra?.get('dataloop'))
    expect(ledger.problems).toEqual([])
    expect(await identityDifference(text)).toBeUndefined()
  })

  it('is not there when there is nothing to carry', async () => {
    const definition = new Box({ label: 'a', left: 0, top: 0, right: 1, bottom: 1 })
    const plain = item.with({ annotations: [new Annotation({ definition, id: idFrom(4) })] })
    const { text } = await writeDataset(createDataset({ items: [plain] }))
    expect(text).not.toContain('annoform')
  })

  it.each([
    ['"id":"x"', { id: { text: 'x', kind: 'string' } }],
    ['"id":7706992903151817196', { id: { text: '7706992903151817196', kind: 'integer' } }],
    ['"status":""', { status: '' }],
    ['"automated":false', { automated: false }],
    ['"model":{}', { model: {} }],
    ['"difficult":false', { flags: { difficult: false } }],
    ['"metadata":null', { metadata: null }],
    ['"metadata":{"10":1,"2":2,"__proto__":{"a":1}}', {}],
    ['', {}],
  ])('may hold %s', async (text, expected) => {
    const source = withAnnotation(BOX, `"annoform":{${text}}`)
    expect(await onlyAnnotation(source, 'strict')).toMatchObject(expected)
    const { text: output } = await convertDocument(source)
    expect(texts(output, 'annotations')).toEqual(texts(source, 'annotations'))
  })

  it.each([
    '{"later":1}',
    '{"id":1.5}',
    '{"id":null}',
    '{"status":1}',
    '{"automated":"yes"}',
    '{"occluded":0}',
    '{"model":"sam"}',
    '{"model":{"name":"sam","version":2}}',
    '{"model":{"name":1}}',
    '{"color":[1,2]}',
    '{"color":[1,2,256]}',
    '{"color":"red"}',
    '{"extra":[]}',
    '{"extra":{"dataloop":{"keys":[],"fields":{},"more":1}}}',
    '{"status":"done","later":1}',
    '[]',
    'null',
    '"x"',
  ])('that holds what nobody knows is foreign: %s', async (slot) => {
    const source = withAnnotation(BOX, `"annoform":${slot}`)
    const { status, flags, extra, metadata, id } = await onlyAnnotation(source, 'strict')
    expect([status, flags, metadata, id?.text]).toEqual([undefined, {}, undefined, '1'])
    expect(extra?.get('coco')?.fields.get('annoform')).toBe(slot)
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('keeps the number COCO has beside the id it carries', async () => {
    const source = documentText({
      annotations: [
        `{"id":7,"image_id":1,"category_id":1,${BOX},"annoform":{"id":"a"}}`,
        `{"id":3,"image_id":1,"category_id":1,${BOX},"annoform":{"id":7}}`,
        `{"id":"s\\u0041","image_id":1,"category_id":1,${BOX},"annoform":{"id":"b"}}`,
      ],
    })
    const { annotations } = await readDocument(source, 'strict')
    expect(annotations.map(({ id }) => id)).toEqual([
      { text: 'a', kind: 'string' },
      { text: '7', kind: 'integer' },
      { text: 'b', kind: 'string' },
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('gives a mask its colour', async () => {
    const source = unsized(
      withAnnotation('"segmentation":{"size":[4,5],"counts":[20]}', '"annoform":{"color":[1,2,3]}'),
    )
    expect((await onlyAnnotation(source, 'strict')).definition).toMatchObject({ type: 'binary', color: [1, 2, 3] })
    expect(await identityDifference(source)).toBeUndefined()
  })
})

describe('the slot of an image', () => {
  it('carries its id, metadata and what other formats left', async () => {
    const item = new Item({
      id: idFrom('hex'),
      path: 'a.jpg',
      media: { kind: 'image', width: 3, height: 2 },
      metadata: ['m'],
      extra: new Map([['dataloop', { keys: ['x'], fields: new Map([['x', '1.0']]) }]]),
      annotations: [FULL],
    })
    const { text } = await writeDataset(createDataset({ items: [item] }))
    expect(texts(text, 'images')).toEqual([
      '{"id":1,"width":3,"height":2,"file_name":"a.jpg","annoform":{"id":"hex","metadata":["m"],"extra":{"dataloop":{"keys":["x"],"fields":{"x":1.0}}}}}',
    ])
    const { items } = await readDocument(text)
    expect(
      items.map(({ id, metadata, annotations, extra }) => [id, metadata, annotations.length, extra?.get('dataloop')]),
    ).toEqual([[item.id, ['m'], 1, { keys: ['x'], fields: new Map([['x', '1.0']]), form: undefined }]])
    expect(await identityDifference(text)).toBeUndefined()
  })

  it.each(['{"later":1}', '{"id":null}', '{"extra":1}', '[]', '{"status":"x"}'])(
    'that holds what nobody knows is foreign: %s',
    async (slot) => {
      const source = documentText({ images: [`{"id":1,"file_name":"a.jpg","annoform":${slot}}`] })
      const { items } = await readDocument(source, 'strict')
      expect(items[0]?.extra?.get('coco')?.fields.get('annoform')).toBe(slot)
      expect(await identityDifference(source)).toBeUndefined()
    },
  )

  it('carries an id beside one that is a text', async () => {
    const source = documentText({
      images: ['{"id":"a\\u0062","file_name":"a.jpg","annoform":{"id":"x"}}'],
      annotations: [`{"id":1,"image_id":"ab","category_id":1,${BOX}}`],
    })
    const { items } = await readDocument(source, 'strict')
    expect(items.map(({ id, annotations }) => [id.text, annotations.length])).toEqual([['x', 1]])
    expect(await identityDifference(source)).toBeUndefined()
  })
})
