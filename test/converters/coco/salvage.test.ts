import { describe, expect, it } from 'vitest'
import type { Policy } from '../../../src/converters/format.js'
import {
  convertDocument,
  entryLines,
  identityDifference,
  memberText,
  onlyAnnotation,
  problemLines,
  readDocument,
  texts,
  unsized,
  withAnnotation,
} from './harness.js'
import { shape } from './shape.js'

describe('the policy salvage', () => {
  it.each([
    [
      'an odd ring',
      '[[1,2,30,4,5,20,7]]',
      'segment 1,2,30,4,5,20',
      '[[1,2,30,4,5,20]]',
      'ring-format',
      'the last number of an odd ring is left out',
    ],
    [
      'too few pixels',
      '{"size":[4,5],"counts":[6,2]}',
      'binary 5×4 6,2,12',
      '{"size":[4,5],"counts":[6,2,12]}',
      'rle-size',
      'padded runs that cover 8 of 20 pixels with background',
    ],
    [
      'too many pixels',
      '{"size":[4,5],"counts":[6,20]}',
      'binary 5×4 6,14',
      '{"size":[4,5],"counts":[6,14]}',
      'rle-size',
      'cut runs that cover 26 pixels to the 20 of the mask',
    ],
    [
      'too few pixels in a text',
      '{"size":[4,5],"counts":"52203"}',
      'binary 5×4 5,2,2,2,9',
      '{"size":[4,5],"counts":"52207"}',
      'rle-size',
      'padded runs that cover 16 of 20 pixels with background',
    ],
  ] as const)('repairs %s', async (_, text, expected, written, code, got) => {
    const source = unsized(withAnnotation('"bbox":[1,2,3,4]', `"segmentation":${text}`, '"x":1.50'))
    const annotation = await onlyAnnotation(source, 'salvage')
    expect(shape(annotation)).toBe(expected)
    expect(annotation.amended).toEqual({ effect: 'approximated', reason: 'repaired' })
    const { text: output, report } = await convertDocument(source, { policy: 'salvage' })
    expect(texts(output, 'annotations')).toEqual([
      `{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4],"segmentation":${written},"x":1.50}`,
    ])
    expect(entryLines({ entries: report.ledger })).toEqual([`annotation approximated ${annotation.type}: repaired ×1`])
    expect(problemLines(report)).toEqual([`${code}: repaired: a segmentation @ a.json /annotations/0/segmentation`])
    expect(report.problems[0]?.got).toBe(got)
  })

  it('leaves out what it cannot repair', async () => {
    const { annotations, ledger } = await readDocument(withAnnotation('"segmentation":[["x"]]'), 'salvage')
    expect(annotations).toEqual([])
    expect(ledger.counts.dropped).toBe(1)
  })
})

describe('a mask of another size than its picture', () => {
  it.each(['lenient', 'salvage'] satisfies Policy[])('is a problem and is kept (%s)', async (policy) => {
    const source = withAnnotation('"segmentation":{"size":[64,40],"counts":[2560]}')
    const { annotations, ledger } = await readDocument(source, policy)
    expect(annotations.map(shape)).toEqual(['binary 40×64 2560'])
    expect(problemLines(ledger)).toEqual([
      'mask-size: a mask of another size than its picture @ a.json /annotations/0/segmentation',
    ])
    expect(ledger.problems[0]?.got).toBe('[64, 40] on a picture of height 40 and width 64')
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('is none where the size is right or not known', async () => {
    const right = withAnnotation('"segmentation":{"size":[40,64],"counts":[2560]}')
    expect((await readDocument(right, 'strict')).annotations).toHaveLength(1)
    const other = withAnnotation('"segmentation":{"size":[4,5],"counts":[20]}')
    expect((await readDocument(unsized(other), 'strict')).annotations).toHaveLength(1)
  })
})

describe('the text of a segmentation that says more than the model', () => {
  it.each([
    '{"size":[4,5],"counts":[6,0,0,2,0,0,12]}',
    '{"counts":[6,2,12],"size":[4,5]}',
    '{"size":[4,5],"counts":[6,2,12],"source":"sam"}',
    '[1,2,30.5,4,5,20.25]',
    '[[],[1,2,30.5,4,5,20.25]]',
  ])('stays when only the label changes: %s', async (text) => {
    const source = withAnnotation(`"segmentation":${text}`)
    const { text: output } = await convertDocument(source, { rewrite: true })
    expect(memberText(texts(output, 'annotations')[0], 'segmentation')).toBe(text)
  })

  it('holds no NaN when it is written', async () => {
    const source = unsized(
      withAnnotation('"segmentation":{"size":[4,4],"counts":"52203","score":NaN,"id":7706992903151817196}'),
    )
    for (const rewrite of [false, true]) {
      const { text, report } = await convertDocument(source, { rewrite })
      expect(memberText(texts(text, 'annotations')[0], 'segmentation')).toBe(
        '{"size":[4,4],"counts":"52203","score":null,"id":7706992903151817196}',
      )
      expect(problemLines(report)).toEqual([
        'json-non-finite: NaN is no JSON number; it is left out (lossy) @ a.json /annotations/0/segmentation',
      ])
    }
  })
})
