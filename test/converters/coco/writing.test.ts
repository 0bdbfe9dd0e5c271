import { describe, expect, it } from 'vitest'
import type { SegmentationChoice } from '../../../src/converters/coco/write-segmentation.js'
import { Annotation, type AnnotationInit } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item, type Media } from '../../../src/dataset/item.js'
import {
  type AnnotationDefinition,
  Box,
  Cube,
  Ellipse,
  Polygon,
  Pose,
  Segmentation,
} from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import {
  convertDocument,
  entryLines,
  failureOf,
  memberText,
  readDocument,
  texts,
  withAnnotation,
  writeDataset,
} from './harness.js'

const CHOICES = ['auto', 'polygon', 'rle', 'rle-string'] as const
const SIZE: Media = { kind: 'image', width: 5, height: 4 }

function mask(...rows: readonly string[]): Mask {
  const pixels = Uint8Array.from(rows.join(''), (character) => (character === '#' ? 1 : 0))
  return Mask.fromDense(pixels, rows[0]?.length ?? 0, rows.length)
}

/** The mask of an annotation that should have one. */
function maskIn(annotation: Annotation | undefined): Mask {
  if (annotation?.definition.type !== 'binary') throw new Error(`${annotation?.type} is no mask`)
  return annotation.definition.mask
}

async function written(
  definition: AnnotationDefinition,
  segmentation: SegmentationChoice = 'auto',
  media: Media = SIZE,
  init: Partial<AnnotationInit> = {},
) {
  const annotation = new Annotation({ id: idFrom(1), definition, ...init })
  const item = new Item({ id: idFrom(1), path: 'a.jpg', media, annotations: [annotation] })
  const { text, report } = await writeDataset(
    createDataset({ items: [item], labels: [{ name: 'a', id: idFrom(3) }] }),
    {
      segmentation,
    },
  )
  return { element: texts(text, 'annotations')[0], report, text }
}

const SQUARE = Polygon.fromPoints([1, 1, 4, 1, 4, 3, 1, 3], { label: 'a' })
const HOLED = new Polygon({
  label: 'a',
  parts: [{ outer: [0, 0, 5, 0, 5, 4, 0, 4], holes: [[1, 1, 4, 1, 4, 3, 1, 3]] }],
})
const SOLID = new Segmentation({ label: 'a', mask: mask('.....', '.###.', '.###.', '.....') })
const RING = new Segmentation({ label: 'a', mask: mask('#####', '#...#', '#...#', '#####') })

const SQUARE_RUNS = '{"size":[4,5],"counts":[5,2,2,2,2,2,5]}'
const RING_RUNS = '{"size":[4,5],"counts":[0,5,2,2,2,2,2,5]}'

describe('the form of regions', () => {
  it.each([
    ['auto', '[[1,1,4,1,4,3,1,3]]', 'kept', undefined],
    ['polygon', '[[1,1,4,1,4,3,1,3]]', 'kept', undefined],
    ['rle', SQUARE_RUNS, 'approximated', 'filled into pixels, as asked for'],
  ] as const)('of a polygon, %s', async (choice, segmentation, effect, reason) => {
    const { element, report } = await written(SQUARE, choice)
    expect(element).toBe(
      `{"id":1,"image_id":1,"category_id":3,"segmentation":${segmentation},"area":6,"bbox":[1,1,3,2],"iscrowd":0}`,
    )
    expect(report.ledger[0]).toMatchObject({ effect, subject: 'segment', reason })
    expect(report.ledger[0]?.measure).toEqual(reason === undefined ? undefined : { name: 'iou', value: 1 })
  })

  it('of a polygon, rle-string, reads back as the same pixels', async () => {
    const { element, text } = await written(SQUARE, 'rle-string')
    const { annotations } = await readDocument(text, 'strict')
    expect(String(maskIn(annotations[0]).runs)).toBe('5,2,2,2,2,2,5')
    expect(memberText(element, 'segmentation')).toMatch(/^\{"size":\[4,5\],"counts":"[0-o]+"\}$/)
  })

  it.each([
    ['auto', /^\{"size":\[4,5\],"counts":"/],
    ['polygon', /^\{"size":\[4,5\],"counts":"/],
    ['rle', /^\{"size":\[4,5\],"counts":\[0,5,2,2,2,2,2,5\]\}$/],
    ['rle-string', /^\{"size":\[4,5\],"counts":"/],
  ] as const)('of a polygon with a hole, %s', async (choice, pattern) => {
    const { element, report, text } = await written(HOLED, choice)
    expect(memberText(element, 'segmentation')).toMatch(pattern)
    expect(memberText(element, 'area')).toBe('14')
    expect(report.ledger[0]).toEqual({
      level: 'annotation',
      effect: 'approximated',
      subject: 'segment',
      reason: 'filled into pixels, because COCO polygons have no holes',
      count: 1,
      measure: { name: 'iou', value: 1 },
      places: [],
    })
    const { annotations } = await readDocument(text, 'strict')
    expect(maskIn(annotations[0]).equals(RING.mask)).toBe(true)
  })

  it('tells how far pixels are from a polygon', async () => {
    const half = Polygon.fromPoints([1, 1, 3.5, 1, 3.5, 3, 1, 3], { label: 'a' })
    const { report, element } = await written(half, 'rle')
    // Pixel centres on the right edge are in: 3 × 2 pixels for 2.5 × 2.
    expect(memberText(element, 'area')).toBe('6')
    expect(report.ledger[0]?.measure).toEqual({ name: 'iou', value: 5 / 6 })
    const outside = Polygon.fromPoints([-5, 0, 5, 0, 5, 4, -5, 4], { label: 'a' })
    expect((await written(outside, 'rle')).report.ledger[0]?.measure).toEqual({ name: 'iou', value: 0.5 })
    const sliver = Polygon.fromPoints([1, 1, 1.1, 1, 1.1, 3, 1, 3], { label: 'a' })
    const thin = await written(sliver, 'rle')
    expect(thin.report.ledger[0]?.measure).toEqual({ name: 'iou', value: 0 })
    expect(memberText(thin.element, 'segmentation')).toBe('{"size":[4,5],"counts":[20]}')
  })

  it('tells it for pictures of any size', async () => {
    const side = 30_000
    const big = Polygon.fromPoints([0.25, 0, side, 0, side, side, 0.25, side], { label: 'a' })
    const { report } = await written(big, 'rle', { kind: 'image', width: side, height: side })
    expect(report.ledger[0]?.measure?.value).toBeCloseTo((side - 0.25) / side, 12)
  })

  it('of a polygon far beyond its picture takes no more memory than one within', async () => {
    const far = new Polygon({
      label: 'a',
      parts: [{ outer: [-1e8, -1e8, 1e8, -1e8, 1e8, 1e8, -1e8, 1e8], holes: [[1, 1, 4, 1, 4, 3, 1, 3]] }],
    })
    const { element, report } = await written(far)
    expect(memberText(element, 'area')).toBe('14')
    expect(report.ledger[0]?.measure?.value).toBeCloseTo(14 / (4e16 - 6), 20)
  })

  it.each([
    ['auto', /^\{"size":\[4,5\],"counts":"/, 'kept', undefined],
    ['polygon', /^\[\[1,1,4,1,4,3,1,3\]\]$/, 'derived', 'traced along its pixel edges, as asked for'],
    ['rle', /^\{"size":\[4,5\],"counts":\[5,2,2,2,2,2,5\]\}$/, 'kept', undefined],
    ['rle-string', /^\{"size":\[4,5\],"counts":"/, 'kept', undefined],
  ] as const)('of a mask, %s', async (choice, pattern, effect, reason) => {
    const { element, report } = await written(SOLID, choice)
    expect(memberText(element, 'segmentation')).toMatch(pattern)
    expect([memberText(element, 'area'), memberText(element, 'bbox')]).toEqual(['6', '[1,1,3,2]'])
    expect(report.ledger[0]).toMatchObject({ effect, subject: 'binary', reason })
  })

  it('of a mask in two pieces, polygon', async () => {
    const two = new Segmentation({ label: 'a', mask: mask('#....', '.....', '...##', '...#.') })
    const { element } = await written(two, 'polygon')
    expect(memberText(element, 'segmentation')).toBe('[[0,0,1,0,1,1,0,1],[3,2,5,2,5,3,4,3,4,4,3,4]]')
    expect([memberText(element, 'area'), memberText(element, 'bbox')]).toEqual(['4', '[0,0,5,4]'])
  })

  it.each(CHOICES)('of a mask with a hole stays a mask, %s', async (choice) => {
    const { element, report } = await written(RING, choice)
    if (choice === 'rle') expect(memberText(element, 'segmentation')).toBe(RING_RUNS)
    else expect(memberText(element, 'segmentation')).toMatch(/^\{"size":\[4,5\],"counts":"/)
    expect(entryLines({ entries: report.ledger })).toEqual(['annotation kept binary ×1'])
  })

  it.each(CHOICES)('of an empty mask, %s', async (choice) => {
    const { element, text } = await written(new Segmentation({ label: 'a', mask: Mask.empty(5, 4) }), choice)
    expect([memberText(element, 'area'), memberText(element, 'bbox')]).toEqual(['0', '[0,0,0,0]'])
    const { annotations } = await readDocument(text, 'strict')
    expect(maskIn(annotations[0]).isEmpty).toBe(true)
  })

  it.each(CHOICES)('of boxes is none, %s', async (choice) => {
    const { element } = await written(new Box({ label: 'a', left: 0.5, top: 1, right: 3, bottom: 2.25 }), choice)
    expect(element).toBe(
      '{"id":1,"image_id":1,"category_id":3,"segmentation":[],"area":3.125,"bbox":[0.5,1,2.5,1.25],"iscrowd":0}',
    )
  })

  it('needs the size of the picture for pixels only', async () => {
    const media: Media = { kind: 'image' }
    expect(memberText((await written(SQUARE, 'polygon', media)).element, 'area')).toBe('6')
    expect(memberText((await written(RING, 'rle', media)).element, 'segmentation')).toBe(RING_RUNS)
    for (const work of [written(SQUARE, 'rle', media), written(HOLED, 'polygon', media)])
      expect(await failureOf(work)).toMatchObject({
        code: 'size-unknown',
        message: 'the size of "a.jpg" is not known',
      })
  })

  it('is refused when it is none', async () => {
    expect(await failureOf(written(SQUARE, 'mask' as 'rle'))).toMatchObject({
      code: 'invalid-option',
      message: 'bad value for --coco.segmentation: expected one of auto, polygon, rle, rle-string, got "mask"',
    })
  })
})

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

  it('a cube and a pose are their bounding boxes', async () => {
    const cube = Cube.fromBoxesAndAngle({
      label: 'a',
      front: { left: 0, top: 0, right: 10, bottom: 10 },
      back: { left: 5, top: -5, right: 15.5, bottom: 5 },
    })
    const pose = new Pose({
      label: 'a',
      points: [
        { name: 'n', x: 3, y: 4, visibility: 'visible' },
        { name: 'm', x: 0, y: 0, visibility: 'missing' },
        { name: 'o', x: 5, y: 8, visibility: 'hidden' },
      ],
    })
    const boxes = []
    for (const definition of [cube, pose]) {
      const { element, report } = await written(definition)
      boxes.push([memberText(element, 'bbox'), memberText(element, 'segmentation'), memberText(element, 'area')])
      expect(entryLines({ entries: report.ledger })).toEqual([
        `annotation derived ${definition.type}: its bounding box ×1`,
      ])
    }
    expect(boxes).toEqual([
      ['[0,-5,15.5,15]', '[]', '232.5'],
      ['[3,4,2,4]', '[]', '8'],
    ])
    const { report } = await written(new Pose({ label: 'a' }))
    expect(entryLines({ entries: report.ledger })).toEqual(['annotation dropped pose: COCO has no place for it ×1'])
  })
})

describe('box and area', () => {
  it('are those declared', async () => {
    const { element } = await written(SQUARE, 'auto', SIZE, {
      box: { left: 0, top: 0.5, right: 5, bottom: 4 },
      area: 5.5,
    })
    expect([memberText(element, 'bbox'), memberText(element, 'area')]).toEqual(['[0,0.5,5,3.5]', '5.5'])
  })

  it('of a box is the box, whatever is declared beside it', async () => {
    const box = new Box({ label: 'a', left: 1, top: 1, right: 4, bottom: 3 })
    const { element, report } = await written(box, 'auto', SIZE, { box: { left: 0, top: 0, right: 5, bottom: 4 } })
    expect(memberText(element, 'bbox')).toBe('[1,1,3,2]')
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept box ×1',
      'field dropped box: the box itself is written ×1',
    ])
    const same = await written(box, 'auto', SIZE, { box: { left: 1, top: 1, right: 4, bottom: 3 } })
    expect(entryLines({ entries: same.report.ledger })).toEqual(['annotation kept box ×1'])
  })

  it('of parts that overlap count once', async () => {
    const overlapping = Polygon.fromRings(
      [
        [0, 0, 4, 0, 4, 2, 0, 2],
        [2, 0, 5, 0, 5, 2, 2, 2],
      ],
      { label: 'a' },
    )
    expect(memberText((await written(overlapping)).element, 'area')).toBe('10')
    // Without a size there are no pixels to count.
    expect(memberText((await written(overlapping, 'auto', { kind: 'image' })).element, 'area')).toBe('14')
    const apart = Polygon.fromRings(
      [
        [0, 0, 2, 0, 2, 2.5, 0, 2.5],
        [3, 0, 5, 0, 5, 2, 3, 2],
      ],
      { label: 'a' },
    )
    expect(memberText((await written(apart)).element, 'area')).toBe('9')
  })
})

describe('time', () => {
  it('has no place', async () => {
    const { report } = await written(SQUARE, 'auto', SIZE, {
      span: { frame: 1, endFrame: 3 },
      keyFrames: [{ frame: 1, definition: SQUARE, fixed: true, visible: true }],
    })
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept segment ×1',
      'field dropped span: COCO images have no time ×1',
      'field dropped key frames: COCO images have no time ×1',
    ])
  })
})
