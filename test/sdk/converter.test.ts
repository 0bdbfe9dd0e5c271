import { describe, expect, it } from 'vitest'
import { Annotation } from '../../src/dataset/annotation.js'
import { createDataset } from '../../src/dataset/dataset.js'
import { idFrom } from '../../src/dataset/id.js'
import { Item } from '../../src/dataset/item.js'
import { Box } from '../../src/definitions/box.js'
import { memorySink } from '../../src/memory.js'
import { Converter } from '../../src/sdk/converter.js'
import { CLEAN, FLAWED } from '../cli/documents.js'

function catItem(id: number): Item {
  const definition = new Box({ label: 'cat', left: 1, top: 2, right: 4, bottom: 9 })
  const media = { kind: 'image', width: 30, height: 20 } as const
  return new Item({ id: idFrom(id), path: `${id}.jpg`, media, annotations: [new Annotation({ definition })] })
}

interface Document {
  readonly images: readonly { readonly id: number; readonly file_name: string }[]
  readonly annotations: readonly { readonly bbox: readonly number[]; readonly category_id: number }[]
}

describe('Converter', () => {
  it('turns files into files, in memory, recognising the format', async () => {
    const { report, text } = await new Converter().convert({ 'a.json': CLEAN }, { to: 'native' })
    expect(report.source).toEqual({ format: 'coco', name: 'memory' })
    expect(report.annotations).toEqual({ read: 2, kept: 2, derived: 0, approximated: 0, dropped: 0 })
    const back = await new Converter({ rewrite: true }).convert(
      { 'dataset.annoform.jsonl': text('dataset.annoform.jsonl') },
      { from: 'native', to: 'coco' },
    )
    expect(JSON.parse(back.text('annotations/instances.json'))).toEqual(JSON.parse(CLEAN))
  })

  it('takes items, one or many, and data sets, and changes none of them', async () => {
    const converter = new Converter()
    const one = await converter.convert(catItem(7), { to: 'coco' })
    expect((JSON.parse(one.text('annotations/instances.json')) as Document).images).toMatchObject([{ id: 7 }])
    const items = Object.freeze([catItem(1), catItem(2)])
    const many = await converter.convert(items, { to: 'coco' })
    const dataset = createDataset({ items })
    const held = await converter.convert(dataset, { to: 'coco' })
    expect(held.text('annotations/instances.json')).toBe(many.text('annotations/instances.json'))
    expect(many.report.items).toBe(2)
  })

  it('writes a data set into any tree', async () => {
    const sink = memorySink()
    const report = await new Converter().convertDataset(createDataset({ items: [catItem(1)] }), {
      to: 'coco',
      tree: sink,
      options: { segmentation: 'rle' },
    })
    expect(report.annotations.kept).toBe(1)
    expect([...sink.files.keys()]).toEqual(['annotations/instances.json'])
  })

  it('asks a function for none, one or many annotations, and accounts for them', async () => {
    const converter = new Converter({
      rewrite: true,
      conversion: (annotation, item) => {
        expect(item.path).toBe('a.jpg')
        if (annotation.label === 'dog') return undefined
        const { left = 0, top = 0, right = 0, bottom = 0 } = annotation.bounds ?? {}
        const box = (x: number): Annotation =>
          annotation.with({ definition: new Box({ label: 'owl', left: left + x, top, right: right + x, bottom }) })
        return [box(0), box(1)]
      },
    })
    const { report, text } = await converter.convert({ 'a.json': CLEAN }, { to: 'coco' })
    const { annotations } = JSON.parse(text('annotations/instances.json')) as Document
    expect(annotations.map(({ bbox, category_id }) => [category_id, ...bbox])).toEqual([
      [3, 1, 2, 3, 4],
      [3, 2, 2, 3, 4],
    ])
    expect(report.annotations).toMatchObject({ read: 2, dropped: 1 })
    expect(report.ledger).toContainEqual(expect.objectContaining({ effect: 'dropped', reason: 'filtered', count: 1 }))
  })

  it.each([
    ['null', () => null],
    ['undefined', () => undefined],
    ['an empty list', () => []],
  ])('drops what a function returns %s for', async (_, conversion) => {
    const { report } = await new Converter({ conversion }).convert(catItem(1), { to: 'coco' })
    expect(report.annotations).toMatchObject({ read: 1, kept: 0, dropped: 1 })
  })

  it('filters items and annotations, the converter first and then the conversion', async () => {
    const converter = new Converter({ filter: (item) => item.id.text !== '2' })
    const { report } = await converter.convert([catItem(1), catItem(2), catItem(3)], {
      to: 'coco',
      annotationFilter: (_, item) => item.id.text !== '3',
    })
    expect(report.items).toBe(2)
    expect(report.annotations).toMatchObject({ read: 3, kept: 1, dropped: 2 })
  })

  it('tells how far it is', async () => {
    const seen: (readonly [number, number | undefined])[] = []
    const items = Array.from({ length: 600 }, (_, i) => catItem(i + 1))
    await new Converter({ onProgress: (done, total) => void seen.push([done, total]) }).convert(items, { to: 'native' })
    expect(seen).toEqual([
      [256, 600],
      [512, 600],
      [600, 600],
    ])
  })

  it('keeps the policy, and refuses what it does not know', async () => {
    await expect(
      new Converter({ policy: 'strict' }).convert({ 'a.json': FLAWED }, { to: 'native' }),
    ).rejects.toMatchObject({ name: 'AnnotationError' })
    await expect(new Converter().convert({ 'a.json': CLEAN }, { to: 'nothing' })).rejects.toMatchObject({
      code: 'unknown-format',
    })
    await expect(new Converter().convert({ 'a.txt': 'hello' }, { to: 'coco' })).rejects.toMatchObject({
      code: 'undetected',
    })
    const signal = { aborted: true }
    await expect(new Converter({ signal }).convert(catItem(1), { to: 'coco' })).rejects.toMatchObject({
      code: 'aborted',
    })
  })
})
