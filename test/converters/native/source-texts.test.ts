import { describe, expect, it } from 'vitest'
import { nativeText, parseNative } from '../../../src/converters/native/index.js'
import { SILENT } from '../../../src/dataset/account.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import type { ExtraFields } from '../../../src/dataset/extra.js'
import { type Id, idFrom } from '../../../src/dataset/id.js'
import { Item, type ItemInit } from '../../../src/dataset/item.js'
import { Box, Classification } from '../../../src/definitions/index.js'

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const definition = new Classification({ label: 'cat' })
const ITEM = { id: idFrom(1), path: 'a.jpg', media: { kind: 'image' } } satisfies ItemInit

async function roundTrip(item: Item): Promise<{ text: string; item: Item }> {
  const text = await nativeText(createDataset({ items: [item] }))
  for await (const read of (await parseNative(text)).items()) return { text, item: read }
  throw new Error('no item came back')
}

async function annotationAfter(annotation: Annotation): Promise<{ text: string; annotation: Annotation }> {
  const { text, item } = await roundTrip(new Item({ ...ITEM, annotations: [annotation] }))
  const [read] = item.annotations
  if (read === undefined) throw new Error('no annotation came back')
  return { text, annotation: read }
}

describe('ids', () => {
  it.each<Id>([
    { text: '7706992903151817196', kind: 'integer' },
    { text: '-9007199254740993', kind: 'integer' },
    { text: `1${'0'.repeat(60)}`, kind: 'integer' },
    { text: '0', kind: 'integer' },
    { text: '7706992903151817196', kind: 'string' },
    { text: '007', kind: 'string' },
    { text: '', kind: 'string' },
  ])('$kind $text', async (id) => {
    const { text, annotation } = await annotationAfter(new Annotation({ definition, id, parentId: id, objectId: id }))
    expect([annotation.id, annotation.parentId, annotation.objectId]).toEqual([id, id, id])
    expect(text).toContain(`{"id":${id.kind === 'integer' ? id.text : JSON.stringify(id.text)},`)
    const { item } = await roundTrip(new Item({ ...ITEM, id }))
    expect(item.id).toEqual(id)
  })

  it('an integer written as 1.0 or 1e3 is the same integer', async () => {
    const line = (id: string): string => `{"annoform":1}\n{"id":${id},"path":"a","media":{"kind":"image"}}`
    for (const [text, id] of [
      ['1.0', '1'],
      ['1e3', '1000'],
      ['-0', '0'],
    ] as const) {
      for await (const item of (await parseNative(line(text))).items()) expect(item.id).toEqual(idFrom(Number(id)))
    }
  })

  it('an integer id that is none is a mistake of the program', async () => {
    const wrong: Id = { text: '1.5', kind: 'integer' }
    await expect(roundTrip(new Item({ ...ITEM, id: wrong }))).rejects.toThrow(TypeError)
  })
})

describe('raw', () => {
  it.each([
    ['{ "id":1.0 ,"a":[1e2,\t12345678901234567890.10] }', '"json":{ "id":1.0 ,"a":[1e2,\t12345678901234567890.10] }'],
    ['{"b":1,"a":2,"__proto__":3}', '"json":{"b":1,"a":2,"__proto__":3}'],
    ['"0 0.5"', '"json":"0 0.5"'],
    ['0 0.5 0.5 0.25 0.25', '"text":"0 0.5 0.5 0.25 0.25"'],
    ['{"a":NaN}', '"text":"{\\"a\\":NaN}"'],
    [' {}', '"text":" {}"'],
    ['{}\n', '"text":"{}\\n"'],
    ['', '"text":""'],
    ['\ufeff1', '"text":"\ufeff1"'],
  ])('%j', async (source, written) => {
    const raw = { format: 'coco', bytes: encoder.encode(source) }
    const { text, annotation } = await annotationAfter(new Annotation({ definition, raw }))
    expect(text).toContain(`"raw":{"format":"coco",${written},"sum":`)
    expect(annotation.raw).toEqual({ ...raw, json: written.startsWith('"json"') ? true : undefined })
  })

  it('line ends between JSON tokens become spaces, so that an item stays one line', async () => {
    const raw = { format: 'coco', bytes: encoder.encode('{\n  "a": "x\\ny",\r\n  "b": 1.0\n}') }
    const { text, annotation } = await annotationAfter(new Annotation({ definition, raw }))
    expect(decoder.decode(annotation.raw?.bytes)).toBe('{   "a": "x\\ny",    "b": 1.0 }')
    expect(text.split('\n')).toHaveLength(3)
    // The source is not changed.
    expect(raw.bytes[1]).toBe(0x0a)
  })

  it('bytes that are no text at all', async () => {
    const raw = { format: 'odd', bytes: Uint8Array.of(0xff, 0x00, 0x41, 0x80) }
    const { text, annotation } = await annotationAfter(new Annotation({ definition, raw }))
    expect(text).toContain('"raw":{"format":"odd","bytes":"\u00ff\\u0000A\u0080","sum":')
    expect(annotation.raw).toEqual(raw)
  })

  it('is a copy of its own, not a view of the window', async () => {
    const raw = { format: 'coco', bytes: encoder.encode('[1]') }
    const { annotation } = await annotationAfter(new Annotation({ definition, raw }))
    expect(annotation.raw?.bytes.buffer.byteLength).toBe(3)
  })
})

describe('extra', () => {
  const fields: ExtraFields = {
    keys: ['id', 'licence', '__proto__', 'id'],
    fields: new Map([
      ['licence', '1.50'],
      ['__proto__', '{"z":1,"a":-0}'],
      ['big', '12345678901234567890'],
      ['python', 'NaN'],
      ['nothing', ''],
    ]),
    form: 'rle-string',
  }

  it('keeps number texts, key order and what is no JSON', async () => {
    const extra = new Map([['coco:train', fields]])
    const { text, annotation } = await annotationAfter(new Annotation({ definition, extra }))
    expect(text).toContain(
      '"extra":{"coco:train":{"keys":["id","licence","__proto__","id"],' +
        '"fields":{"licence":1.50,"__proto__":{"z":1,"a":-0},"big":12345678901234567890,"python":"NaN","nothing":""},' +
        '"texts":["python","nothing"],"form":"rle-string"}}',
    )
    const read = annotation.extra?.get('coco:train')
    expect(read).toEqual(fields)
    expect([...(read?.fields.keys() ?? [])]).toEqual([...fields.fields.keys()])
  })

  it('shares the list of keys between alike annotations', async () => {
    const annotations = ['1', '2', '3'].map(
      (text) =>
        new Annotation({
          definition,
          extra: new Map([['coco', { keys: ['a', 'b'], fields: new Map([['a', text]]) }]]),
        }),
    )
    const { item } = await roundTrip(new Item({ ...ITEM, annotations }))
    const keys = item.annotations.map(({ extra }) => extra?.get('coco')?.keys)
    expect(keys[0]).toEqual(['a', 'b'])
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).toBe(keys[0])
  })

  it('foreign keys of the file itself travel as extra of native and go back to their place', async () => {
    const text =
      '{"annoform":1,"header":{"labels":[]}}\n' +
      '{"id":1,"path":"a.jpg","media":{"kind":"image"},"camera":"7","annotations":[' +
      '{"definition":{"type":"class","label":"cat"},"reviewer":{ "name" : "Ö" },"cost":1.10}]}\n'
    const dataset = await parseNative(text)
    for await (const item of dataset.items()) {
      expect(item.extra?.get('native')).toEqual({ keys: ['camera'], fields: new Map([['camera', '"7"']]) })
      expect(item.annotations[0]?.extra?.get('native')?.fields.get('reviewer')).toBe('{ "name" : "Ö" }')
    }
    expect(await nativeText(dataset)).toBe(text)
  })
})

describe('values that are easily lost', () => {
  it('negative zeros', async () => {
    const box = new Box({ label: 'b', left: -0, top: 0, right: 4, bottom: 2, angle: -0, attributes: { zero: -0 } })
    const { annotation } = await annotationAfter(new Annotation({ definition: box, score: -0, metadata: [-0, 0] }))
    const read = annotation.definition as Box
    expect([read.left, read.top, read.angle, read.attributes.zero, annotation.score]).toEqual([-0, 0, -0, -0, -0])
    expect(annotation.metadata).toEqual([-0, 0])
  })

  it('numbers JSON has no word for, in fields of the model', async () => {
    const { text, annotation } = await annotationAfter(
      new Annotation({ definition, score: Number.NaN, area: Number.NEGATIVE_INFINITY }),
    )
    expect(text).toContain('"score":"NaN","area":"-Infinity"')
    expect([annotation.score, annotation.area]).toEqual([Number.NaN, Number.NEGATIVE_INFINITY])
  })

  it('numbers JSON has no word for, in metadata, become null and are ledgered', async () => {
    const losses: unknown[] = []
    const account = { ...SILENT, field: (loss: unknown) => losses.push(loss) }
    const annotation = new Annotation({ definition, metadata: { a: [Number.NaN, 1] } })
    const dataset = createDataset({ items: [new Item({ ...ITEM, annotations: [annotation] })] })
    expect(await nativeText(dataset, account)).toContain('"metadata":{"a":[null,1]}')
    expect(losses).toMatchObject([
      { level: 'field', effect: 'approximated', subject: 'metadata', reason: 'non-finite number' },
    ])
  })

  it('__proto__ as label, attribute and key of metadata', async () => {
    const attributes = JSON.parse('{"__proto__":"a","constructor":["x"]}')
    const metadata = JSON.parse('{"__proto__":{"polluted":true}}')
    const strange = new Classification({ label: '__proto__', attributes })
    const { annotation } = await annotationAfter(new Annotation({ definition: strange, metadata }))
    expect(annotation.label).toBe('__proto__')
    expect(Object.entries(annotation.definition.attributes)).toEqual([
      ['__proto__', 'a'],
      ['constructor', ['x']],
    ])
    expect(JSON.stringify(annotation.metadata)).toBe('{"__proto__":{"polluted":true}}')
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  it('absent is not written', async () => {
    const { text } = await annotationAfter(new Annotation({ definition }))
    expect(text.split('\n')[1]).toBe(
      '{"id":1,"path":"a.jpg","media":{"kind":"image"},"annotations":[{"definition":{"type":"class","label":"cat"}}]}',
    )
  })
})
