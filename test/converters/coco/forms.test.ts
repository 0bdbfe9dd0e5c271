import { describe, expect, it } from 'vitest'
import type { SegmentationChoice } from '../../../src/converters/coco/write-segmentation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { Box, Cube, Ellipse, Segmentation } from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import {
  convertDocument,
  entryLines,
  memberText,
  readDocument,
  texts,
  withAnnotation,
  writeDataset,
} from './harness.js'
import { SQUARE_RUNS, written } from './written.js'

describe('the form of what was COCO', () => {
  const RLE_LIST = '{"counts":[5,2,2,2,2,2,5],"size":[4,5]}'
  const cases = [
    ['[[1.0,1,4,1,4,3,1,3]]', { auto: '[[1.0,1,4,1,4,3,1,3]]', polygon: '[[1.0,1,4,1,4,3,1,3]]', rle: SQUARE_RUNS }],
    [RLE_LIST, { auto: RLE_LIST, rle: RLE_LIST, polygon: '[[1,1,4,1,4,3,1,3]]' }],
    ['[1.0,1,4,1,4,3,1,3]', { auto: '[1.0,1,4,1,4,3,1,3]', polygon: '[1.0,1,4,1,4,3,1,3]', rle: SQUARE_RUNS }],
    ['[]', { auto: '[]', polygon: '[]', rle: '[]', 'rle-string': '[]' }],
  ] as const
  for (const [source, expected] of cases)
    for (const [choice, text] of Object.entries(expected))
      it(`${source} under ${choice}`, async () => {
        const document = withAnnotation('"bbox":[1,1,3,2]', `"segmentation":${source}`, '"x":1.0').replace(
          '64,"height":40',
          '5,"height":4',
        )
        const { text: output, report } = await convertDocument(document, { segmentation: choice as SegmentationChoice })
        expect(texts(output, 'annotations')).toEqual([
          `{"id":1,"image_id":1,"category_id":1,"bbox":[1,1,3,2],"segmentation":${text},"x":1.0}`,
        ])
        expect(report.annotations.dropped).toBe(0)
      })

  it('stays list or text when its mask changes', async () => {
    for (const [counts, pattern] of [
      ['[5,2,13]', /^\[0,20\]$/],
      ['"52="', /^"0d0"$/],
    ] as const) {
      const document = withAnnotation(`"segmentation":{"size":[4,5],"counts":${counts}}`)
      const { items, dataset } = await readDocument(document)
      const [item] = items
      if (item === undefined) throw new Error('one item')
      const full = item.annotations.map((annotation) =>
        annotation.with({ definition: new Segmentation({ label: 'cat', mask: Mask.full(5, 4) }) }),
      )
      const { text } = await writeDataset(
        createDataset({ items: [item.with({ annotations: full })], labels: dataset.header.labels }),
      )
      const segmentation = memberText(texts(text, 'annotations')[0], 'segmentation')
      expect(memberText(segmentation, 'counts')).toMatch(pattern)
    }
  })
})

describe('what has no form of its own in COCO', () => {
  it('a rotated box is the polygon of its corners', async () => {
    const box = new Box({ label: 'a', left: 10, top: 10, right: 30, bottom: 20, angle: 90 })
    const { element, report } = await written(box)
    expect(element).toBe(
      `{"id":1,"image_id":1,"category_id":3,"segmentation":${memberText(element, 'segmentation')},"area":200,"bbox":[15,5,10,20],"iscrowd":0}`,
    )
    const corners = JSON.parse(memberText(element, 'segmentation') ?? '')[0] as number[]
    expect(new Set(Array.from({ length: 4 }, (_, i) => `${corners[2 * i]},${corners[2 * i + 1]}`))).toEqual(
      new Set(['25,5', '15,5', '15,25', '25,25']),
    )
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation derived box: corners of a rotated box as a polygon ×1',
    ])
  })

  it.each([360, -720, -0])('a box turned by %i degrees is not turned', async (angle) => {
    const { element, report } = await written(new Box({ label: 'a', left: 1, top: 1, right: 4, bottom: 3, angle }))
    expect(memberText(element, 'segmentation')).toBe('[]')
    expect(entryLines({ entries: report.ledger })).toEqual(['annotation kept box ×1'])
  })

  it('an ellipse is a polygon within 1/64 px', async () => {
    const { element, report } = await written(new Ellipse({ label: 'a', x: 30, y: 20, rx: 20, ry: 10, angle: 30 }))
    expect(Number(memberText(element, 'area'))).toBe(Math.PI * 200)
    const entry = report.ledger[0]
    expect(entry).toMatchObject({ effect: 'approximated', subject: 'ellipse', reason: 'a polygon along the ellipse' })
    expect(entry?.measure?.name).toBe('px')
    expect(entry?.measure?.value).toBeLessThanOrEqual(1 / 64)
    expect(entry?.measure?.value).toBeGreaterThan(1 / 128)
    const [ring] = JSON.parse(memberText(element, 'segmentation') ?? '') as number[][]
    expect(ring?.length).toBe(2 * Math.ceil((ring?.length ?? 0) / 8) * 4)
  })

  it('a cube is its bounding box', async () => {
    const cube = Cube.fromBoxesAndAngle({
      label: 'a',
      front: { left: 0, top: 0, right: 10, bottom: 10 },
      back: { left: 5, top: -5, right: 15.5, bottom: 5 },
    })
    const { element, report } = await written(cube)
    const keys = ['bbox', 'segmentation', 'area', 'keypoints']
    expect(keys.map((key) => memberText(element, key))).toEqual(['[0,-5,15.5,15]', '[]', '232.5', undefined])
    expect(entryLines({ entries: report.ledger })).toEqual(['annotation derived cube: its bounding box ×1'])
  })
})
