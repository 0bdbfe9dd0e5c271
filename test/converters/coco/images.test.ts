import { describe, expect, it } from 'vitest'
import { mapItems } from '../../../src/dataset/transforms.js'
import {
  convertDocument,
  documentText,
  entryLines,
  failureOf,
  identityDifference,
  problemLines,
  readDocument,
  texts,
} from './harness.js'

function image(...fields: readonly string[]): string {
  return documentText({ images: [`{${['"id":7', ...fields].join(',')}}`] })
}

async function pathOf(source: string): Promise<string | undefined> {
  return (await readDocument(source)).items[0]?.path
}

describe('where a picture is', () => {
  it.each([
    ['"file_name":"a.jpg"', 'a.jpg'],
    ['"file_name":"train/b c.jpg"', 'train/b c.jpg'],
    ['"file_name":"train\\\\sub\\\\b.jpg"', 'train/sub/b.jpg'],
    ['"file_name":"./a.jpg"', 'a.jpg'],
    ['"file_name":".//./a.jpg"', 'a.jpg'],
    ['"file_name":".\\\\a.jpg"', 'a.jpg'],
    ['"file_name":"x//y/./a.jpg"', 'x/y/a.jpg'],
    ['"file_name":"50%20off.jpg?x=1"', '50%20off.jpg?x=1'],
    ['"file_name":"\\u65e5\\u672c.jpg"', '日本.jpg'],
    ['"file_name":"..a..jpg"', '..a..jpg'],
    ['"file_name":"a.jpg","coco_url":"http://h/b.jpg"', 'a.jpg'],
    ['"coco_url":"http://images.cocodataset.org/val2017/000000397133.jpg"', '000000397133.jpg'],
    ['"coco_url":"http://h/p/b.jpg?size=3#top"', 'b.jpg'],
    ['"file_name":null,"coco_url":"http://h/b.jpg"', 'b.jpg'],
  ])('%s', async (text, expected) => {
    const { items, ledger } = await readDocument(image(text), 'strict')
    expect(items.map(({ path }) => path)).toEqual([expected])
    expect(ledger.problems).toEqual([])
    expect(await identityDifference(image(text))).toBeUndefined()
  })

  it.each([
    ['"file_name":"/data/coco/a.jpg"', 'a.jpg'],
    ['"file_name":"C:\\\\data\\\\a.jpg"', 'a.jpg'],
    ['"file_name":"c:a.jpg"', 'a.jpg'],
    ['"file_name":"c:"', '7.jpg'],
    ['"file_name":"../a.jpg"', 'a.jpg'],
    ['"file_name":"x/../../a.jpg"', 'a.jpg'],
    ['"file_name":"\\\\\\\\server\\\\share\\\\a.jpg"', 'a.jpg'],
    ['"file_name":"x/a\\u0000.jpg"', 'a.jpg'],
    ['"coco_url":"http://h/.."', '7.jpg'],
    ['"file_name":"x/.."', '7.jpg'],
  ])('out of the folder is a problem: %s', async (text, expected) => {
    const { items, ledger } = await readDocument(image(text))
    expect(items.map(({ path }) => path)).toEqual([expected])
    const key = text.startsWith('"coco') ? 'coco_url' : 'file_name'
    expect(problemLines(ledger)[0]).toBe(
      expected === '7.jpg'
        ? `path-escape: this path leaves the data set's folder @ a.json /images/0/${key}`
        : `path-escape: this path leaves the data set's folder; only its last part is used @ a.json /images/0/${key}`,
    )
    expect((await failureOf(readDocument(image(text), 'strict'))).code).toBe('path-escape')
    expect(await identityDifference(image(text))).toBeUndefined()
  })

  it('out of the folder, for many, is one problem', async () => {
    const images = Array.from({ length: 9 }, (_, i) => `{"id":${i},"file_name":"/data/${i}.jpg"}`)
    const { ledger } = await readDocument(documentText({ images }))
    expect(ledger.problems).toMatchObject([{ count: 9, got: '"/data/0.jpg"' }])
    expect(ledger.problems[0]?.places).toEqual([0, 1, 2, 3, 4].map((i) => `a.json /images/${i}/file_name`))
  })

  it.each([[''], ['"file_name":""'], ['"file_name":"./"'], ['"file_name":12'], ['"file_name":null']])(
    'not said is the id: %s',
    async (text) => {
      const source = text === '' ? image() : image(text)
      const { items, ledger } = await readDocument(source)
      expect(items.map(({ path }) => path)).toEqual(['7.jpg'])
      expect(problemLines(ledger)).toEqual([
        'missing-field: an image without a file name; it is called after its id @ a.json /images/0',
      ])
      expect(await identityDifference(source)).toBeUndefined()
    },
  )

  it('called after an id stays in the folder', async () => {
    expect(await pathOf(documentText({ images: ['{"id":"../../etc\\\\x:y"}'] }))).toBe('.._.._etc_x_y.jpg')
  })

  it.each([
    ['"file_name":"x\\\\a.jpg"', '"file_name":"new/b.jpg"'],
    ['"file_name":"/data/a.jpg"', '"file_name":"new/b.jpg"'],
    ['"file_name":"a.jpg","coco_url":"http://h/a.jpg"', '"file_name":"new/b.jpg","coco_url":"http://h/a.jpg"'],
    ['"coco_url":"http://h/a.jpg","x":1', '"coco_url":"http://h/a.jpg","x":1,"file_name":"new/b.jpg"'],
    ['"x":1', '"x":1,"file_name":"new/b.jpg"'],
    ['"file_name":null', '"file_name":"new/b.jpg"'],
    ['"file_name":12', '"file_name":"new/b.jpg"'],
  ])('can change: %s', async (before, after) => {
    const change = {
      change: (dataset: Parameters<typeof mapItems>[0]) =>
        mapItems(dataset, (item) => item.with({ path: 'new/b.jpg' })),
    }
    const { text } = await convertDocument(image(before), change)
    expect(texts(text, 'images')).toEqual([`{"id":7,${after}}`])
  })

  it('can change to its own last part', async () => {
    const { text } = await convertDocument(image('"file_name":"x\\\\a.jpg"'), {
      change: (dataset) => mapItems(dataset, (item) => item.with({ path: 'a.jpg' })),
    })
    expect(texts(text, 'images')).toEqual(['{"id":7,"file_name":"a.jpg"}'])
  })
})

describe('the size of a picture', () => {
  it.each([
    ['"width":640,"height":480', 640, 480],
    ['"width":6.40e2,"height":480.0', 640, 480],
    ['"width":null,"height":null', undefined, undefined],
    ['"x":1', undefined, undefined],
  ])('%s', async (text, width, height) => {
    const source = image('"file_name":"a.jpg"', text)
    const { items } = await readDocument(source, 'strict')
    expect(items.map(({ media }) => media)).toEqual([{ kind: 'image', width, height }])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it.each([['0'], ['-5'], ['1.5'], ['"640"'], ['true'], ['[1]'], ['1e999']])('that is none: %s', async (text) => {
    const source = image('"file_name":"a.jpg"', `"width":${text},"height":3`)
    const { items, ledger } = await readDocument(source)
    expect(items.map(({ media }) => media)).toEqual([{ kind: 'image', width: undefined, height: 3 }])
    expect(ledger.problems).toMatchObject([
      { code: 'invalid-value', message: 'bad width', expected: 'a whole number of pixels above 0', got: text },
    ])
    expect(await identityDifference(source)).toBeUndefined()
  })

  it('that is found later gets keys of its own', async () => {
    const { text } = await convertDocument(image('"file_name":"a.jpg"', '"height":null'), {
      change: (dataset) => mapItems(dataset, (item) => item.with({ media: { kind: 'image', width: 64, height: 40 } })),
    })
    expect(texts(text, 'images')).toEqual(['{"id":7,"file_name":"a.jpg","height":40,"width":64}'])
  })
})

describe('what COCO has no place for', () => {
  it('is entered in the ledger', async () => {
    const { text, report } = await convertDocument(image('"file_name":"a.jpg"'), {
      change: (dataset) =>
        mapItems(dataset, (item) =>
          item.with({ media: { kind: 'image', orientation: 6, mimetype: 'image/jpeg' }, metadata: { a: [1, null] } }),
        ),
    })
    expect(texts(text, 'images')).toEqual(['{"id":7,"file_name":"a.jpg","annoform":{"metadata":{"a":[1,null]}}}'])
    expect(entryLines({ entries: report.ledger })).toEqual([
      'item dropped orientation: COCO has no place for it ×1',
      'item dropped mimetype: COCO has no place for it ×1',
    ])
  })

  it('are videos', async () => {
    const source = documentText({
      images: ['{"id":1,"file_name":"a.mp4"}', '{"id":2,"file_name":"b.jpg"}'],
      annotations: [
        '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}',
        '{"id":2,"image_id":2,"category_id":1,"bbox":[1,2,3,4]}',
      ],
    })
    const { text, report } = await convertDocument(source, {
      change: (dataset) =>
        mapItems(dataset, (item) => (item.path === 'a.mp4' ? item.with({ media: { kind: 'video' } }) : item)),
    })
    expect(texts(text, 'images')).toEqual(['{"id":2,"file_name":"b.jpg"}'])
    expect(report.annotations).toEqual({ read: 2, kept: 1, derived: 0, approximated: 0, dropped: 1 })
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation dropped box: COCO holds images, not video ×1',
      'annotation kept box ×1',
      'item dropped video: COCO holds images, not video ×1',
    ])
  })
})
