import { describe, expect, it } from 'vitest'
import {
  convertDocument,
  documentText,
  entryLines,
  identityDifference,
  problemLines,
  readDocument,
  texts,
} from './harness.js'

const BOX = '"bbox":[1,2,3,4]'

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
      'json-duplicate-key: a key is there twice; the last one counts ×6 @ a.json /categories/0/name, a.json /images/0/id, a.json /images/0/file_name, a.json /annotations/0/image_id, a.json /annotations/0/bbox',
      'json-duplicate-key: a key of the root is there twice; the last one counts ×2 (lossy) @ a.json /images, a.json /info',
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
      'json-duplicate-key: a key is there twice; the last one counts @ a.json /annotations/0/k7',
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
