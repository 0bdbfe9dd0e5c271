import { describe, expect, it } from 'vitest'
import type { Media } from '../../../src/dataset/item.js'
import { Box, Polygon, Segmentation } from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import { entryLines, failureOf, memberText, readDocument } from './harness.js'
import { CHOICES, HOLED, mask, maskIn, RING, RING_RUNS, SIZE, SOLID, SQUARE, SQUARE_RUNS, written } from './written.js'

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
    const stays = choice === 'polygon' ? ': has holes, which COCO polygons cannot tell: stays RLE' : ''
    expect(entryLines({ entries: report.ledger })).toEqual([`annotation kept binary${stays} ×1`])
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

  it('needs no more pixels than a mask can hold', async () => {
    const media: Media = { kind: 'image', width: 50_000, height: 50_000 }
    const overlapping = Polygon.fromRings(
      [
        [0, 0, 4, 0, 4, 2, 0, 2],
        [2, 0, 5, 0, 5, 2, 2, 2],
      ],
      { label: 'a' },
    )
    expect(memberText((await written(overlapping, 'auto', media)).element, 'area')).toBe('14')
    const { report } = await written(HOLED, 'auto', media)
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation dropped segment: its picture is too large for a mask ×1',
    ])
  })

  it('is refused when it is none', async () => {
    expect(await failureOf(written(SQUARE, 'mask' as 'rle'))).toMatchObject({
      code: 'invalid-option',
      message: 'bad value for --coco.segmentation: expected one of auto, polygon, rle, rle-string, got "mask"',
    })
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
