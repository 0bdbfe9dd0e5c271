import { describe, expect, it } from 'vitest'
import {
  convertDocument,
  documentText,
  entryLines,
  identityDifference,
  memberText,
  onlyAnnotation,
  problemLines,
  readDocument,
  texts,
  withAnnotation,
} from './harness.js'

const BOX = '"bbox":[1,2,3,4]'

describe('ids of COCO elements', () => {
  const huge = '7706992903151817196'
  const neighbour = '7706992903151817197' // the same double

  it('beyond 2^53 stay apart and stay what they are', async () => {
    const source = documentText({
      images: [`{"id":${huge},"file_name":"a.jpg"}`, `{"id":${neighbour},"file_name":"b.jpg"}`],
      annotations: [
        `{"id":${neighbour},"image_id":${neighbour},"category_id":${huge},${BOX}}`,
        `{"id":${huge},"image_id":${huge},"category_id":${neighbour},${BOX}}`,
      ],
      categories: [`{"id":${huge},"name":"first"}`, `{"id":${neighbour},"name":"second"}`],
    })
    const { items, ledger } = await readDocument(source, 'strict')
    expect(items.map(({ id, annotations }) => [id, annotations.map(({ id, label }) => [id?.text, label])])).toEqual([
      [{ text: huge, kind: 'integer' }, [[huge, 'second']]],
      [{ text: neighbour, kind: 'integer' }, [[neighbour, 'first']]],
    ])
    expect(ledger.problems).toEqual([])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('may be texts, hexadecimal ones too', async () => {
    const source = documentText({
      images: ['{"id":"5f1c2ab0d9e4","file_name":"a.jpg"}', '{"id":"0x1","file_name":"b.jpg"}'],
      annotations: [
        `{"id":"ff","image_id":"0x1","category_id":"k\\u00e4fer",${BOX}}`,
        `{"id":"FF","image_id":"5f1c2ab0d9e4","category_id":"k\\u00e4fer",${BOX}}`,
      ],
      categories: ['{"id":"käfer","name":"beetle"}'],
    })
    const { items } = await readDocument(source, 'strict')
    expect(items.map(({ id, annotations }) => [id.text, id.kind, annotations[0]?.id?.text])).toEqual([
      ['5f1c2ab0d9e4', 'string', 'FF'],
      ['0x1', 'string', 'ff'],
    ])
    expect(items[0]?.annotations[0]?.label).toBe('beetle')
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    ['1', '100'],
    ['1.0', '1.000'],
    ['1E+2', '100'],
    ['10e1', '1e2'],
    ['-0.0', '0'],
    ['0', '-0'],
    ['-3', '-3.0'],
  ])('are numbers however they are written: %s', async (first, second) => {
    const same = Number(first) === Number(second)
    const source = documentText({
      images: [`{"id":${first},"file_name":"a.jpg"}`],
      annotations: [`{"id":5,"image_id":${second},"category_id":${first},${BOX}}`],
      categories: [`{"id":${second},"name":"cat"}`],
    })
    const { items, ledger } = await readDocument(source)
    expect(items[0]?.annotations.length).toBe(same ? 1 : 0)
    expect(ledger.problems.length).toBe(same ? 0 : 2) // an unknown image and an unknown category
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('match between texts and numbers', async () => {
    const source = documentText({
      images: ['{"id":7,"file_name":"a.jpg"}', '{"id":"8","file_name":"b.jpg"}'],
      annotations: [
        `{"id":1,"image_id":"7","category_id":"1",${BOX}}`,
        `{"id":"2","image_id":8,"category_id":2,${BOX}}`,
      ],
      categories: ['{"id":1,"name":"cat"}', '{"id":"2","name":"dog"}'],
    })
    const { items } = await readDocument(source, 'strict')
    expect(items.map(({ annotations }) => annotations.map(({ label }) => label))).toEqual([['cat'], ['dog']])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([
    ['null', 'null'],
    ['1.5', '1.5'],
    ['true', 'true'],
    ['[1]', '[1]'],
    ['{"$oid":"5f"}', '{"$oid":"5f"}'],
    ['1e999', '1e999'],
  ])('that are none are left as they are: %s', async (given, kept) => {
    const source = withAnnotation(`"id":${given}`, BOX)
    expect((await onlyAnnotation(source)).id).toBeUndefined()
    expect(await identityDifference(source)).toBeUndefined()
    const { text } = await convertDocument(source, { rewrite: true })
    expect(memberText(texts(text, 'annotations')[0], 'id')).toBe(kept)
  })

  it('may be missing', async () => {
    const source = documentText({
      images: ['{"file_name":"a.jpg"}', '{"id":null,"file_name":"b.jpg"}', '{"id":1,"file_name":"c.jpg"}'],
      annotations: [`{"image_id":1,${BOX}}`],
      categories: ['{"name":"cat"}', '{"id":null,"name":"dog"}'],
    })
    const { items, ledger } = await readDocument(source)
    expect(items.map(({ id, path }) => [id.text, path])).toEqual([
      ['image 0', 'a.jpg'],
      ['image 1', 'b.jpg'],
      ['1', 'c.jpg'],
    ])
    expect(problemLines(ledger)).toEqual([
      'missing-field: a category without an id ×2 @ a.json /categories/0/id, a.json /categories/1/id',
      'duplicate-id: an image without an id of its own; no annotation is taken to be on it ×2 @ a.json /images/0/id, a.json /images/1/id',
      'missing-field: an image without an id; no annotation can belong to it ×2 @ a.json /images/0/id, a.json /images/1/id',
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('may repeat: all stand, the first has what names it', async () => {
    const source = documentText({
      images: ['{"id":1,"file_name":"a.jpg"}', '{"id":1,"file_name":"b.jpg"}', '{"id":"1","file_name":"c.jpg"}'],
      annotations: [
        `{"id":4,"image_id":1,"category_id":3,${BOX}}`,
        `{"id":4,"image_id":1,"category_id":3,"bbox":[5,6,7,8]}`,
        `{"id":"x","image_id":1,"category_id":3,${BOX}}`,
        `{"id":"x","image_id":1,"category_id":3,${BOX}}`,
        `{"id":4,"image_id":1,"category_id":3,"bbox":[0,0,1,1]}`,
      ],
      categories: ['{"id":3,"name":"cat"}', '{"id":3,"name":"dog"}'],
    })
    const { items, ledger } = await readDocument(source)
    expect(items.map(({ annotations }) => annotations.map(({ label }) => label))).toEqual([
      ['cat', 'cat', 'cat', 'cat', 'cat'],
      [],
      [],
    ])
    expect(problemLines(ledger)).toEqual([
      'duplicate-id: another category has the same id; annotations go to the first @ a.json /categories/1/id',
      'duplicate-id: another annotation has the same id; both are kept ×3 @ a.json /annotations/1/id, a.json /annotations/3/id, a.json /annotations/4/id',
      'duplicate-id: an image without an id of its own; no annotation is taken to be on it @ a.json /images/1/id',
      'duplicate-id: another image has the same id, one as a number and one as a text; annotations go to the one that is written alike @ a.json /images/2/id',
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('may repeat across images, as texts and numbers too', async () => {
    const source = documentText({
      images: ['{"id":1,"file_name":"a.jpg"}', '{"id":2,"file_name":"b.jpg"}'],
      annotations: [
        `{"id":7,"image_id":2,"category_id":1,${BOX}}`,
        `{"id":"7","image_id":1,"category_id":1,${BOX}}`,
        `{"id":7.0,"image_id":1,"category_id":1,${BOX}}`,
        `{"id":${huge},"image_id":2,"category_id":1,${BOX}}`,
        `{"id":${huge},"image_id":1,"category_id":1,${BOX}}`,
      ],
    })
    const { ledger } = await readDocument(source)
    expect(problemLines(ledger)).toEqual([
      'duplicate-id: another annotation has the same id; both are kept ×3 @ a.json /annotations/1/id, a.json /annotations/2/id, a.json /annotations/4/id',
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('may repeat, or lead nowhere, in their hundred thousands', async () => {
    const annotations = Array.from({ length: 150_000 }, (_, i) => `{"id":0,"image_id":${i % 2}}`)
    const { ledger, dataset } = await readDocument(documentText({ annotations }))
    expect(ledger.problems.map(({ code, count }) => [code, count])).toEqual([
      ['duplicate-id', 149_999],
      ['unknown-item', 75_000],
    ])
    expect(dataset.header.strays.length).toBe(75_000)
  })

  it('of categories: 0, gaps, negative ones, in any order', async () => {
    const source = documentText({
      annotations: [
        `{"id":1,"image_id":1,"category_id":0,${BOX}}`,
        `{"id":2,"image_id":1,"category_id":-4,${BOX}}`,
        `{"id":3,"image_id":1,"category_id":90,${BOX}}`,
      ],
      categories: ['{"id":90,"name":"toothbrush"}', '{"id":0,"name":"dummy"}', '{"id":-4,"name":"minus"}'],
    })
    const { annotations, dataset } = await readDocument(source, 'strict')
    expect(annotations.map(({ label }) => label)).toEqual(['dummy', 'minus', 'toothbrush'])
    expect([...dataset.header.labels].map(({ name, id }) => [name, id?.text])).toEqual([
      ['toothbrush', '90'],
      ['dummy', '0'],
      ['minus', '-4'],
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('of no category are labels nobody declared', async () => {
    const source = documentText({
      annotations: [
        `{"id":1,"image_id":1,"category_id":99,${BOX}}`,
        `{"id":2,"image_id":1,"category_id":"z",${BOX}}`,
        `{"id":3,"image_id":1,"category_id":99,${BOX}}`,
        `{"id":4,"image_id":1,${BOX}}`,
        `{"id":5,"image_id":1,"category_id":null,${BOX}}`,
      ],
      categories: ['{"id":5,"name":"category 99"}', '{"id":6,"name":"unlabelled"}'],
    })
    const { annotations, dataset, ledger } = await readDocument(source)
    expect(annotations.map(({ label }) => label)).toEqual([
      'category 99 (2)',
      'category z',
      'category 99 (2)',
      'unlabelled (2)',
      'unlabelled (2)',
    ])
    expect([...dataset.header.labels].map(({ name, declared }) => [name, declared])).toEqual([
      ['category 99', true],
      ['unlabelled', true],
      ['category 99 (2)', false],
      ['category z', false],
      ['unlabelled (2)', false],
    ])
    expect(problemLines(ledger)).toEqual([
      'unknown-label: no category has this id; its annotations are called after it ×2 @ a.json /annotations/0/category_id, a.json /annotations/1/category_id',
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('of categories with one name: the later ones get a number behind it', async () => {
    const source = documentText({
      annotations: ['5', '6', '7'].map((id) => `{"id":${id},"image_id":1,"category_id":${id},${BOX}}`),
      categories: ['{"id":5,"name":"cat"}', '{"id":6,"name":"cat"}', '{"id":7,"name":"cat"}'],
    })
    const { annotations, ledger } = await readDocument(source)
    expect(annotations.map(({ label }) => label)).toEqual(['cat', 'cat (2)', 'cat (3)'])
    expect(problemLines(ledger)).toEqual([
      'duplicate-label: another category has the same name; this one gets a number ×2 @ a.json /categories/1/name, a.json /categories/2/name',
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('of categories without a usable name are called after their ids', async () => {
    const source = documentText({
      annotations: [`{"id":1,"image_id":1,"category_id":4,${BOX}}`],
      categories: ['{"id":4}', '{"id":5,"name":null}', '{"id":6,"name":""}', '{"name":12}'],
    })
    const { dataset } = await readDocument(source)
    expect([...dataset.header.labels].map(({ name }) => name)).toEqual([
      'category 4',
      'category 5',
      'category 6',
      'category 3',
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('of annotations without an image are written back', async () => {
    const source = documentText({
      annotations: [
        `{"id":1,"image_id":99,"category_id":1,${BOX},"note":1.50}`,
        `{"id":2,"image_id":1,"category_id":1,${BOX}}`,
        `{"id":3,"category_id":2,${BOX}}`,
        `{"id":4,"image_id":null}`,
      ],
    })
    const { text, report } = await convertDocument(source)
    expect(texts(text, 'annotations').map((element) => memberText(element, 'id'))).toEqual(['2', '1', '3', '4'])
    expect(report.annotations).toEqual({ read: 4, kept: 4, derived: 0, approximated: 0, dropped: 0 })
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept annotation: orphan ×3',
      'annotation kept box ×1',
    ])
    expect(problemLines(report)).toEqual([
      'unknown-item: the image of this annotation is not in the file ×3 @ a.json /annotations/0/image_id, a.json /annotations/2/image_id, a.json /annotations/3/image_id',
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })
})
