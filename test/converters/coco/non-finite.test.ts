import { describe, expect, it } from 'vitest'
import {
  convertDocument,
  documentText,
  entryLines,
  failureOf,
  memberText,
  problemLines,
  readDocument,
  texts,
  withAnnotation,
} from './harness.js'

const RING = '"segmentation":[[1,2,30.5,4,5,20.25]]'
const BOX = '"bbox":[1,2,3,4]'

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
