import { describe, expect, it } from 'vitest'
import { lockLabels } from '../../../src/converters/labels.js'
import { SILENT } from '../../../src/dataset/account.js'
import { convertDocument, documentText, entryLines, identityDifference, readDocument, texts } from './harness.js'

const IMAGE = '{"id":1,"file_name":"a.jpg"}'
const box = (id: number, category: string): string => `{"id":${id},"image_id":1,${category}"bbox":[1,2,3,4]}`
const document = (categories: readonly string[], annotations: readonly string[]): string =>
  documentText({ images: [IMAGE], categories, annotations })

describe('labels that only annotations mention', () => {
  it.each([
    ['first', ['a', 'b']],
    ['last', ['b', 'a']],
  ] as const)(
    'are not a category of another document, the one that declares it coming %s',
    async (_, [cats, others]) => {
      const { files, report } = await convertDocument({
        [`instances_${cats}.json`]: document(['{"id":5,"name":"cat"}'], [box(1, '"category_id":5,')]),
        [`instances_${others}.json`]: document(
          [],
          [box(1, '"category_id":5,'), box(2, '"category_id":"5",'), '{"id":3,"image_id":77,"category_id":5}'],
        ),
      })
      const text = files.get(`annotations/instances_${others}.json`) ?? ''
      expect(texts(text, 'categories')).toEqual(['{"id":5,"name":"cat"}'])
      expect(texts(text, 'annotations')).toEqual([
        box(1, '"category_id":6,'),
        box(2, '"category_id":6,'),
        '{"id":3,"image_id":77,"category_id":6}',
      ])
      expect(entryLines({ entries: report.ledger }).slice(-2)).toEqual([
        'header dropped category id: another document has a category of this id ×1',
        'header defaulted category id: COCO demands an integer ×1',
      ])
    },
  )

  it('are not taken for a category of their made-up name in another document', async () => {
    const { items } = await readDocument({
      'instances_a.json': document(['{"id":1,"name":"unlabelled"}', '{"id":2,"name":"category 9"}'], []),
      'instances_b.json': document([], [box(1, ''), box(2, '"category_id":9,')]),
    })
    expect(items[1]?.annotations.map(({ label }) => label)).toEqual(['unlabelled (2)', 'category 9 (2)'])
  })

  it('get another number when a label file gives theirs away', async () => {
    const { text, report } = await convertDocument(
      document(['{"id":1,"name":"cat"}'], [box(1, '"category_id":1,'), box(2, '"category_id":5,'), box(3, '')]),
      { change: (dataset) => lockLabels(dataset, [{ name: 'cat', index: 5 }], SILENT) },
    )
    expect(texts(text, 'annotations')).toEqual([box(1, '"category_id":5,'), box(2, '"category_id":6,'), box(3, '')])
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation kept box ×3',
      'field defaulted label: the source names no category ×1',
      'header defaulted category id: COCO demands an integer ×1',
    ])
  })
})

describe('two categories of one id', () => {
  const source = document(
    ['{"id":1,"name":"cat"}', '{"id":1,"name":"dog"}'],
    [box(1, '"category_id":1,'), box(2, '"category_id":1,')],
  )

  it('stay as they are', async () => {
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('in another order still have the annotations of the first', async () => {
    const { text, report } = await convertDocument(source, {
      change: (dataset) => lockLabels(dataset, [{ name: 'dog' }, { name: 'cat' }], SILENT),
    })
    expect(texts(text, 'categories')).toEqual(['{"id":2,"name":"dog"}', '{"id":1,"name":"cat"}'])
    expect((await readDocument(text)).annotations.map(({ label }) => label)).toEqual(['cat', 'cat'])
    expect(entryLines({ entries: report.ledger }).slice(-1)).toEqual([
      'header defaulted category id: another one has this number ×1',
    ])
  })
})

describe('annotations without a category', () => {
  it('are counted', async () => {
    const { ledger } = await readDocument(
      document([], [box(1, ''), box(2, '"category_id":null,'), '{"id":3,"image_id":1,"caption":"x"}']),
    )
    expect(entryLines(ledger)).toEqual(['field defaulted label: the source names no category ×2'])
  })
})

describe('twenty thousand labels', () => {
  it('of one name are told apart quickly', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `{"id":${i},"name":"a"}`)
    const start = performance.now()
    const { dataset, ledger } = await readDocument(document(many, []))
    expect(performance.now() - start).toBeLessThan(4000)
    expect(dataset.header.labels.labels[19_999]?.name).toBe('a (20000)')
    expect(ledger.problems).toHaveLength(1)
  })

  it('of no category are one problem', async () => {
    const many = Array.from({ length: 2000 }, (_, i) => box(i, `"category_id":${i},`))
    const { ledger } = await readDocument(document([], many))
    expect(ledger.problems.map(({ code, count }) => [code, count])).toEqual([['unknown-label', 2000]])
  })
})

describe('labels of several documents', () => {
  it('without an id are said to have none', async () => {
    const { ledger } = await readDocument({
      'instances_a.json': document(['{"id":1,"name":"hand"}'], []),
      'instances_b.json': document(['{"id":1,"name":"person"}'], []),
      'instances_c.json': document(['{"id":2,"name":"person"}'], []),
    })
    expect(ledger.problems.map(({ code, got }) => [code, got])).toEqual([
      ['labels-mismatch', 'the id 1: "person" here and "hand" there'],
      ['labels-mismatch', '"person" with the id 2 here and no id there'],
    ])
  })
})

describe('captions', () => {
  const caption = '{"id":1,"image_id":1,"caption":"x"}'

  it('add no label, and come back without a category', async () => {
    for (const element of [caption, caption.replace('}', ',"segmentation":[[]],"bbox":null}')]) {
      const source = document(['{"id":1,"name":"cat"}'], [element])
      const { dataset, annotations } = await readDocument(source)
      expect(dataset.header.labels.labels.map(({ name }) => name)).toEqual(['cat'])
      expect(annotations.map(({ type, label }) => [type, label])).toEqual([['text', 'unlabelled']])
      expect(await identityDifference(source)).toBeUndefined()
    }
  })

  it('leave what else has no category its label', async () => {
    const { dataset } = await readDocument(document([], [caption, box(2, '')]))
    expect(dataset.header.labels.labels).toEqual([{ name: 'unlabelled', declared: false }])
  })
})
