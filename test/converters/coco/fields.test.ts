import { describe, expect, it } from 'vitest'
import {
  convertDocument,
  documentText,
  entryLines,
  failureOf,
  identityDifference,
  memberText,
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
      'json-duplicate-key: the key "a" is there twice; the last one counts @ a.json /annotations/0/attributes',
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
      ['undefined', 'unlabelled'],
      ['undefined', 'unlabelled'],
    ])
    expect(annotations.slice(1).map(({ definition }) => definition)).toMatchObject([
      { sourceType: 'caption', coordinates: null },
      { sourceType: 'coco', coordinates: null },
    ])
    expect(ledger.counts.read).toBe(3)
  })
})

describe('NaN and infinity', () => {
  it.each([
    ['in a box beside a region', ['"bbox":[1,NaN,3,4]', RING], 'bbox', undefined, 'NaN'],
    ['as area', [BOX, '"area":NaN'], 'area', undefined, 'NaN'],
    ['as score', [BOX, '"score":-Infinity'], 'score', undefined, '-Infinity'],
    ['as crowd flag', [BOX, '"iscrowd":Infinity'], 'iscrowd', undefined, 'Infinity'],
    ['in an area of the wrong kind', [BOX, '"area":[NaN]'], 'area', '[null]', 'NaN'],
    ['in an unknown field', [BOX, '"x":NaN'], 'x', 'null', 'NaN'],
    [
      'deep in an unknown field',
      [BOX, '"x":{"10":1.50,"2":[7706992903151817196,Infinity,NaN],"NaN":"Infinity"}'],
      'x',
      '{"10":1.50,"2":[7706992903151817196,null,null],"NaN":"Infinity"}',
      'Infinity',
    ],
    ['in attributes', [BOX, '"attributes":{"a":NaN}'], 'attributes', '{"a":null}', 'NaN'],
  ] as const)('%s', async (_, fields, key, kept, token) => {
    const source = withAnnotation(...fields)
    for (const rewrite of [false, true]) {
      const { text, report } = await convertDocument(source, { rewrite })
      expect(report.problems).toContainEqual({
        code: 'json-non-finite',
        message: `${token} is no JSON number; it is left out`,
        expected: undefined,
        got: undefined,
        fix: 'Write null instead',
        lossy: true,
        count: 1,
        places: [`a.json /annotations/0/${key}`],
      })
      expect(entryLines({ entries: report.ledger })).toContain(`field dropped ${key}: not a number ×1`)
      expect(report.annotations).toMatchObject({ read: 1, kept: 1 })
      // JSON.parse refuses NaN.
      const [annotation] = JSON.parse(text).annotations
      if (kept !== undefined) expect(memberText(texts(text, 'annotations')[0], key)).toBe(kept)
      else if (key === 'bbox') expect(annotation.bbox).toEqual([1, 2, 29.5, 18.25])
      else expect(annotation[key]).toEqual({ area: 12, iscrowd: 0 }[key as 'area'])
    }
    const code = kept === '[null]' ? 'invalid-value' : 'json-non-finite'
    expect(await failureOf(readDocument(source, 'strict'))).toMatchObject({ code })
  })

  it('in a box alone makes the annotation invalid', async () => {
    const { annotations, ledger } = await readDocument(withAnnotation('"bbox":[1,2,Infinity,4]'))
    expect(annotations).toEqual([])
    expect(problemLines(ledger)).toEqual(['json-non-finite: bad bbox (lossy) @ a.json /annotations/0/bbox'])
    expect(ledger.problems[0]?.got).toBe('Infinity')
  })

  it('in an image, a category and the root', async () => {
    const source =
      '{"info":{"v":NaN,"year":2.50},"images":[{"id":1,"width":NaN,"height":Infinity,"file_name":"a.jpg","x":[NaN]}],' +
      '"categories":[{"id":1,"name":"cat","w":NaN}],"annotations":[]}'
    const { text, report } = await convertDocument(source)
    expect(text.replaceAll('\n', '')).toBe(
      '{"info":{"v":null,"year":2.50},"images":[{"id":1,"width":null,"height":null,"file_name":"a.jpg","x":[null]}],' +
        '"categories":[{"id":1,"name":"cat","w":null}],"annotations":[]}',
    )
    expect(report.problems.flatMap(({ places }) => places)).toEqual([
      'a.json /categories/0/w',
      'a.json /info',
      'a.json /images/0/width',
      'a.json /images/0/x',
      'a.json /images/0/height',
    ])
    expect(entryLines({ entries: report.ledger })).toEqual([
      'field dropped w: not a number ×1',
      'field dropped width: not a number ×1',
      'field dropped height: not a number ×1',
      'field dropped x: not a number ×1',
      'header dropped info: not a number ×1',
    ])
  })

  it('in an annotation without an image makes it invalid', async () => {
    const source = documentText({
      annotations: ['{"id":1,"image_id":99,"x":NaN}', '{"id":2,"image_id":98,"x":1.50}'],
    })
    const { text, report } = await convertDocument(source)
    expect(texts(text, 'annotations')).toEqual(['{"id":2,"image_id":98,"x":1.50}'])
    expect(report.annotations).toEqual({ read: 2, kept: 1, derived: 0, approximated: 0, dropped: 1 })
    expect(problemLines(report)).toEqual([
      'json-non-finite: NaN in an annotation without an image (lossy) @ a.json /annotations/0',
      'unknown-item: the image of this annotation is not in the file @ a.json /annotations/1/image_id',
    ])
    expect(report.ledger[0]).toMatchObject({ effect: 'dropped', reason: 'invalid', places: ['a.json /annotations/0'] })
  })
})

describe('keys', () => {
  const strange =
    '"":0,"2":1,"10":{"3":1,"1":2},"__proto__":{"a":1.0},"constructor":null,"toString":"x","a/b~c":[],"\\u0041":"\\ud83d"'

  it('nobody knows come back at every level', async () => {
    const source = `{${strange},"images":[{"id":1,${strange},"file_name":"a.jpg","width":3,"height":2}],"licenses":[{"id":7706992903151817196}],"annotations":[{${strange},"id":1,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"segmentation":[]}],"categories":[{"name":"cat",${strange},"id":1,"supercategory":"none"}]}`
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('that are there twice: the last one counts, and both stand in the text', async () => {
    const source =
      '{"images":[],"info":1,"images":[{"id":1,"id":2,"file_name":"x.jpg","file_name":"a.jpg"}],"info":{"v":1},' +
      '"annotations":[{"id":5,"image_id":9,"image_id":2,"category_id":1,"bbox":[0,0,9,9],"bbox":[1,2,3,4],"y":1,"y":2}],' +
      '"categories":[{"id":1,"name":"dog","name":"cat"}]}'
    const { items, ledger, dataset } = await readDocument(source)
    expect(items.map(({ id, path, annotations }) => [id.text, path, annotations.map(({ label }) => label)])).toEqual([
      ['2', 'a.jpg', ['cat']],
    ])
    expect(items[0]?.annotations[0]?.bounds).toEqual({ left: 1, top: 2, right: 4, bottom: 6 })
    expect(dataset.header.extra?.get('coco')?.fields.get('info')).toBe('{"v":1}')
    expect(problemLines(ledger)).toEqual([
      'json-duplicate-key: the key "name" is there twice; the last one counts @ a.json /categories/0/name',
      'json-duplicate-key: the key "info" is there twice; the last one counts @ a.json /info',
      'json-duplicate-key: the key "id" is there twice; the last one counts @ a.json /images/0/id',
      'json-duplicate-key: the key "image_id" is there twice; the last one counts @ a.json /annotations/0/image_id',
    ])
    const { text } = await convertDocument(source)
    expect(texts(text, 'annotations')).toEqual([
      '{"id":5,"image_id":9,"image_id":2,"category_id":1,"bbox":[0,0,9,9],"bbox":[1,2,3,4],"y":1,"y":2}',
    ])
    const { text: rewritten } = await convertDocument(source, { rewrite: true })
    expect(rewritten.replaceAll('\n', '')).toBe(
      '{"images":[{"id":2,"file_name":"a.jpg"}],"info":{"v":1},' +
        '"annotations":[{"id":5,"image_id":2,"category_id":1,"bbox":[1,2,3,4],"y":2}],"categories":[{"id":1,"name":"cat"}]}',
    )
  })

  it('in their thousands cost no square of their number', async () => {
    const many = Array.from({ length: 60_000 }, (_, i) => `"k${i}":${i}`).join(',')
    const source = documentText({
      images: [`{"id":1,"file_name":"a.jpg",${many}}`],
      annotations: [`{"id":1,"image_id":1,"category_id":1,${BOX},${many},"k7":0}`],
      categories: [`{"id":1,"name":"cat",${many}}`],
    })
    const started = performance.now()
    const { annotations, ledger } = await readDocument(source)
    expect(annotations).toHaveLength(1)
    expect(problemLines(ledger)).toEqual([
      'json-duplicate-key: the key "k7" is there twice; the last one counts @ a.json /annotations/0/k7',
    ])
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('elements that are no objects', () => {
  it('are left out and counted', async () => {
    const source = documentText({
      images: ['null', '"a.jpg"', '{"id":1,"file_name":"a.jpg"}', '[1]'],
      annotations: ['null', '12', '["x"]', `{"id":1,"image_id":1,"category_id":1,${BOX}}`, 'true'],
      categories: ['"cat"', '{"id":1,"name":"cat"}', 'null'],
    })
    const { text, report } = await convertDocument(source)
    expect(text.replaceAll('\n', '')).toBe(
      `{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":1,"category_id":1,${BOX}}],"categories":[{"id":1,"name":"cat"}]}`,
    )
    expect(report.annotations).toEqual({ read: 5, kept: 1, derived: 0, approximated: 0, dropped: 4 })
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation dropped annotation: invalid ×4',
      'annotation kept box ×1',
      'item dropped image: invalid ×3',
    ])
    expect(problemLines(report)).toEqual([
      'expected-type: bad category ×2 (lossy) @ a.json /categories/0, a.json /categories/2',
      'expected-type: bad annotation ×4 (lossy) @ a.json /annotations/0, a.json /annotations/1, a.json /annotations/2, a.json /annotations/4',
      'expected-type: bad image ×3 (lossy) @ a.json /images/0, a.json /images/1, a.json /images/3',
    ])
  })
})
