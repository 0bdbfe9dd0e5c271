import { describe, expect, it } from 'vitest'
import { rasterError } from '../../../src/converters/coco/raster-error.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { Polygon } from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import {
  entryLines,
  failureOf,
  problemLines,
  readDocument,
  texts,
  unsized,
  withAnnotation,
  writeDataset,
} from './harness.js'

const square = (left: number, top: number, right: number, bottom: number) =>
  Float64Array.of(left, top, right, top, right, bottom, left, bottom)

describe('an annotation that cannot be written', () => {
  const bad = (id: number) =>
    new Annotation({
      id: idFrom(id),
      place: { file: 'a.json', pointer: `/annotations/${id}` },
      definition: Polygon.fromPoints([0, 0, 9, 0, 9, 5], { label: 'cat' }),
      extra: new Map([['coco', { keys: ['id', 'segmentation'], fields: new Map([['segmentation', '[["x"]]']]) }]]),
    })
  const good = (id: number) =>
    new Annotation({ id: idFrom(id), definition: Polygon.fromPoints([0, 0, 9, 0, 9, 5], { label: 'cat' }) })
  const item = new Item({
    id: idFrom(1),
    path: 'a.jpg',
    media: { kind: 'image', width: 70, height: 60 },
    annotations: [bad(1), good(2), good(1)],
  })

  it('is left out, and the others are written', async () => {
    const { text, report } = await writeDataset(createDataset({ items: [item] }))
    expect(texts(text, 'annotations').map((element) => JSON.parse(element).id)).toEqual([2, 1])
    expect(entryLines({ entries: report.ledger }).slice(0, 2)).toEqual([
      'annotation dropped segment: invalid ×1',
      'annotation kept segment ×2',
    ])
    expect(problemLines(report)).toEqual(['ring-format: bad ring of a segmentation (lossy) @ a.json /annotations/1'])
  })

  it('stops a strict conversion', async () => {
    const error = await failureOf(writeDataset(createDataset({ items: [item] }), { policy: 'strict' }))
    expect(error.code).toBe('ring-format')
  })
})

describe('how well a mask stands for a region', () => {
  const part = (outer: Float64Array) => [{ outer, holes: [] }]

  it('is measured inside the picture, with what lies beyond by its exact area', () => {
    const mask = Mask.fromBounds(30, 20, { left: 0, top: 0, right: 10, bottom: 20 })
    expect(rasterError(part(square(-10, 0, 10, 20)), mask)).toEqual({ name: 'iou', value: 0.5 })
    expect(rasterError(part(square(0, 0, 10, 20)), mask)).toEqual({ name: 'iou', value: 1 })
    expect(rasterError(part(square(-1e200, -1e200, 1e200, 1e200)), mask)).toEqual({ name: 'iou', value: 0 })
    expect(rasterError(part(square(0, 0, 10.5, 20)), mask).value).toBeCloseTo(200 / 210, 12)
  })

  it('takes a coarser grid for a large one, and none for a huge one', () => {
    const large = Mask.fromBounds(4000, 3000, { left: 0, top: 0, right: 4000, bottom: 3000 })
    expect(rasterError(part(square(0, 0, 3999.5, 3000)), large).value).toBeCloseTo(3999.5 / 4000, 12)
    const huge = Mask.fromBounds(46_000, 46_000, { left: 0, top: 0, right: 46_000, bottom: 46_000 })
    expect(rasterError(part(square(0, 0, 46_000, 23_000)), huge)).toEqual({ name: 'iou', value: 0.5 })
    const tall = Mask.fromBounds(1, 2 ** 30, { left: 0, top: 0, right: 1, bottom: 2 ** 30 })
    expect(rasterError(part(square(0, 0, 1, 2 ** 30)), tall)).toEqual({ name: 'iou', value: 1 })
  })
})

describe('a size that is no size', () => {
  it('is shown in short', async () => {
    const deep = `${'['.repeat(5000)}1${']'.repeat(5000)}`
    const { ledger } = await readDocument(unsized(withAnnotation(`"segmentation":{"size":${deep},"counts":"1"}`)))
    expect(ledger.problems[0]?.got).toBe(`${'['.repeat(40)}…`)
  })
})
