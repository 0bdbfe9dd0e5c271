import { describe, expect, it } from 'vitest'
import {
  convertDocument,
  documentText,
  entryLines,
  failureOf,
  identityDifference,
  onlyAnnotation,
  problemLines,
  readDocument,
  texts,
  withAnnotation,
} from './harness.js'

const RING = '"segmentation":[[1,2,30.5,4,5,20.25]]'
const BOX = '"bbox":[1,2,3,4]'

describe('the box of an annotation', () => {
  it.each([
    ['[1,2,3,4]', [1, 2, 4, 6]],
    ['[ 1.50 , 2e0,\n3E-1 ,0.1e1]', [1.5, 2, 1.8, 3]],
    ['[-0.0,-10,0,5]', [0, -10, 0, -5]],
    ['[473.07,395.93,38.65,28.67]', [473.07, 395.93, 473.07 + 38.65, 395.93 + 28.67]],
    ['[1e300,0,1e300,1]', [1e300, 0, 2e300, 1]],
    ['[0,0,0,0]', [0, 0, 0, 0]],
  ])('alone is a box: %s', async (text, [left, top, right, bottom]) => {
    const source = withAnnotation(`"bbox":${text}`)
    const { definition, box } = await onlyAnnotation(source, 'strict')
    expect(definition).toMatchObject({ type: 'box', angle: 0 })
    expect(
      [definition.left, definition.top, definition.right, definition.bottom].map((side) => (side ?? 9) + 0),
    ).toEqual([left, top, right, bottom])
    expect(box).toBeUndefined()
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('beside a region is declared, even when it is wrong', async () => {
    const source = withAnnotation('"bbox":[100,200,0.5,7]', RING)
    const annotation = await onlyAnnotation(source, 'strict')
    expect(annotation.box).toEqual({ left: 100, top: 200, right: 100.5, bottom: 207 })
    expect(annotation.bounds).toEqual({ left: 1, top: 2, right: 30.5, bottom: 20.25 })
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    ['null', 'class'],
    ['[]', 'class'],
    ['[ ]', 'class'],
  ])('may be nothing: %s', async (text, type) => {
    const source = withAnnotation(`"bbox":${text}`)
    expect((await onlyAnnotation(source, 'strict')).type).toBe(type)
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    ['[1,2,3]', 'invalid-value: bad bbox', '[1,2,3]'],
    ['[1,2,3,4,5]', 'invalid-value: bad bbox', '[1,2,3,4,5]'],
    ['["1","2","3","4"]', 'invalid-value: bad bbox', '["1","2","3","4"]'],
    ['[[1,2],[3,4]]', 'invalid-value: bad bbox', '[[1,2],[3,4]]'],
    ['[1,2,null,4]', 'invalid-value: bad bbox', '[1,2,null,4]'],
    ['[1,2,1e999,4]', 'invalid-value: bad bbox', '[1,2,1e999,4]'],
    ['{"x":1}', 'invalid-value: bad bbox', '{"x":1}'],
    ['"NaN"', 'invalid-value: bad bbox', '"NaN"'],
    ['[1,2,-3,4]', 'invalid-value: a bbox of negative size', '[1,2,-3,4]'],
    ['[1,2,3,-0.5]', 'invalid-value: a bbox of negative size', '[1,2,3,-0.5]'],
  ])('that is none is a problem: %s', async (text, problem, got) => {
    const alone = await readDocument(withAnnotation(`"bbox":${text}`))
    expect(alone.annotations).toEqual([])
    expect(problemLines(alone.ledger)).toEqual([`${problem} (lossy) @ a.json /annotations/0/bbox`])
    expect(alone.ledger.problems[0]?.got).toBe(got)
    expect(entryLines(alone.ledger)).toEqual(['annotation dropped annotation: invalid ×1'])

    const source = withAnnotation(`"bbox":${text}`, RING)
    const { annotations, ledger } = await readDocument(source)
    expect(annotations.map(({ type, box }) => [type, box])).toEqual([['segment', undefined]])
    expect(problemLines(ledger)).toEqual([
      'invalid-value: bad bbox; the segmentation is used @ a.json /annotations/0/bbox',
    ])
    expect(await identityDifference(source)).toBeUndefined()
    expect((await failureOf(readDocument(source, 'strict'))).code).toBe('invalid-value')
  })

  it('is swapped round by salvage', async () => {
    const source = withAnnotation('"bbox":[10,20,-3,-4.5]')
    const { definition, amended } = await onlyAnnotation(source, 'salvage')
    expect(definition.bounds).toEqual({ left: 7, top: 15.5, right: 10, bottom: 20 })
    expect(amended).toEqual({ effect: 'approximated', reason: 'repaired' })
    const { text, report } = await convertDocument(source, { policy: 'salvage' })
    expect(texts(text, 'annotations')).toEqual(['{"id":1,"image_id":1,"category_id":1,"bbox":[7,15.5,3,4.5]}'])
    expect(report.annotations).toEqual({ read: 1, kept: 0, derived: 0, approximated: 1, dropped: 0 })
    expect(problemLines(report)).toEqual([
      'invalid-value: repaired: the corners of a bbox are swapped @ a.json /annotations/0/bbox',
    ])
  })
})

describe('what COCO says beside geometry', () => {
  it.each([
    ['"area":12.50', { area: 12.5 }],
    ['"area":0', { area: 0 }],
    ['"area":-1e1', { area: -10 }],
    ['"score":0.25', { score: 0.25 }],
    ['"score":1', { score: 1 }],
    ['"iscrowd":0', { flags: { crowd: false } }],
    ['"iscrowd":1', { flags: { crowd: true } }],
    ['"iscrowd":1.0', { flags: { crowd: true } }],
    ['"iscrowd":true', { flags: { crowd: true } }],
    ['"iscrowd":false', { flags: { crowd: false } }],
    ['"iscrowd":null', { flags: {} }],
    ['"area":null', { area: undefined }],
    ['"x":1', { flags: {}, area: undefined, score: undefined }],
  ])('%s', async (text, expected) => {
    const source = withAnnotation(BOX, text)
    expect(await onlyAnnotation(source, 'strict')).toMatchObject(expected)
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    ['"area":"12"', 'bad area', 'a finite number', '"12"'],
    ['"area":[1]', 'bad area', 'a finite number', '[1]'],
    ['"area":1e999', 'bad area', 'a finite number', '1e999'],
    ['"score":true', 'bad score', 'a finite number', 'true'],
    ['"iscrowd":"1"', 'bad iscrowd', '0 or 1', '"1"'],
    ['"iscrowd":2', 'bad iscrowd', '0 or 1', '2'],
    ['"iscrowd":{"a":[]}', 'bad iscrowd', '0 or 1', '{"a":[]}'],
  ])('of the wrong kind is a problem and comes back: %s', async (text, message, expected, got) => {
    const source = withAnnotation(BOX, text)
    const { annotations, ledger } = await readDocument(source)
    expect(annotations.map(({ area, score, flags }) => [area, score, flags])).toEqual([[undefined, undefined, {}]])
    expect(ledger.problems).toMatchObject([{ code: 'invalid-value', message, expected, got, lossy: false }])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('attributes of CVAT and Datumaro are attributes', async () => {
    const attributes =
      '"attributes":{"10":1.50,"2":"b","occluded":false,"__proto__":"p","constructor":["a","b"],"n":-0.0}'
    const source = withAnnotation(BOX, attributes)
    const { definition } = await onlyAnnotation(source, 'strict')
    expect(Object.entries(definition.attributes)).toEqual([
      ['2', 'b'],
      ['10', 1.5],
      ['occluded', false],
      ['__proto__', 'p'],
      ['constructor', ['a', 'b']],
      ['n', -0],
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    '{"a":null}',
    '{"a":{"b":1}}',
    '{"a":[1]}',
    '{"a":7706992903151817196}',
    '{"a":1e999}',
    '[]',
    'null',
    '"x"',
  ])('attributes that are none stay foreign: %s', async (text) => {
    const source = withAnnotation(BOX, `"attributes":${text}`)
    expect((await onlyAnnotation(source, 'strict')).definition.attributes).toEqual({})
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('attributes that are there twice: the last one counts', async () => {
    const source = withAnnotation(BOX, '"attributes":{"a":1,"b":2,"a":3}')
    const { annotations, ledger } = await readDocument(source)
    expect({ ...annotations[0]?.definition.attributes }).toEqual({ a: 3, b: 2 })
    expect(problemLines(ledger)).toEqual([
      'json-duplicate-key: a key is there twice; the last one counts @ a.json /annotations/0/attributes',
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('an annotation without geometry is a class of the picture, or a caption', async () => {
    const { annotations, ledger } = await readDocument(
      documentText({
        annotations: [
          '{"id":1,"image_id":1,"category_id":2}',
          '{"id":2,"image_id":1,"caption":"A cat on a mat."}',
          '{"id":3,"image_id":1}',
        ],
      }),
      'strict',
    )
    expect(annotations.map(({ type, label }) => [type, label])).toEqual([
      ['class', 'dog'],
      ['text', 'unlabelled'],
      ['undefined', 'unlabelled'],
    ])
    expect(annotations.slice(1).map(({ definition }) => definition)).toMatchObject([
      { text: 'A cat on a mat.' },
      { sourceType: 'coco', coordinates: null },
    ])
    expect(ledger.counts.read).toBe(3)
  })
})
