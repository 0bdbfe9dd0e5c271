import { describe, expect, it } from 'vitest'
import { openCoco } from '../../../src/converters/coco/reader.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { memoryScratch } from '../../../src/memory.js'
import { convertDocument, difference, failureOf, readDocument, treeOf } from './harness.js'

describe('root objects', () => {
  it.each([
    [
      'annotations before images',
      '{"annotations":[{"id":1,"image_id":5,"category_id":1,"bbox":[1,2,3,4]}],"images":[{"id":5,"file_name":"a.jpg"}],"categories":[{"id":1,"name":"cat"}]}',
    ],
    [
      'categories first',
      '{"categories":[{"id":1,"name":"cat"}],"info":{},"images":[{"id":5,"file_name":"a.jpg"}],"x":1.0,"annotations":[{"id":1,"image_id":5,"category_id":1,"bbox":[1,2,3,4]}],"y":[]}',
    ],
    [
      'categories between, annotations first',
      '{"annotations":[{"id":1,"image_id":5,"category_id":1,"bbox":[1,2,3,4]}],"categories":[{"id":1,"name":"cat"}],"images":[{"id":5,"file_name":"a.jpg"}]}',
    ],
    ['no categories', '{"images":[{"id":5,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":5,"caption":"x"}]}'],
    [
      'no categories, but their ids',
      '{"images":[{"id":5,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":5,"category_id":3,"bbox":[1,2,3,4]}]}',
    ],
    [
      'no images',
      '{"info":1,"annotations":[{"id":1,"image_id":5,"category_id":3,"bbox":[1,2,3,4]}],"categories":[{"id":3,"name":"cat"}]}',
    ],
    ['no annotations', '{"images":[{"id":5,"file_name":"a.jpg"}],"categories":[]}'],
    ['only images', '{"images":[]}'],
    ['only annotations', '{"annotations":[]}'],
    [
      'empty lists',
      '{"licenses":[],"info":{},"categories":[],"images":[],"videos":[],"annotations":[],"type":"instances"}',
    ],
  ])('%s', async (_, source) => {
    for (const rewrite of [false, true]) {
      const { text, report } = await convertDocument(source, { rewrite })
      expect(difference(source, text, rewrite ? 'value' : 'text')).toBeUndefined()
      expect(report.annotations.kept).toBe(report.annotations.read)
      expect(report.annotations.read).toBe(source.includes('"image_id"') ? 1 : 0)
    }
  })

  it('null stands for an empty list and comes back', async () => {
    const { text, report } = await convertDocument('{"images":null,"annotations":null,"categories":null}')
    expect(text.replaceAll('\n', '')).toBe('{"images":null,"annotations":null,"categories":null}')
    expect(report.items).toBe(0)
  })

  it.each([
    [
      '[]',
      'not-this-format',
      'a.json: this is not a COCO data set: expected an object with "images" and "annotations", or a list of results with "image_id", got another list',
    ],
    [
      '12',
      'not-this-format',
      'a.json: this is not a COCO data set: expected an object with "images" and "annotations", got a single value',
    ],
    [
      '{}',
      'not-this-format',
      'a.json: this is not a COCO data set: expected "images" or "annotations" in the root object, got an empty object',
    ],
    [
      '{"a":1,"b":2}',
      'not-this-format',
      'a.json: this is not a COCO data set: expected "images" or "annotations" in the root object, got the keys a, b',
    ],
    ['{"images":{}}', 'expected-type', 'a.json /images: bad "images": expected an array, got {}'],
    [
      '{"images":[],"annotations":"none"}',
      'expected-type',
      'a.json /annotations: bad "annotations": expected an array, got "none"',
    ],
    ['{"images":[],"categories":3}', 'expected-type', 'a.json /categories: bad "categories": expected an array, got 3'],
  ])('%s is none', async (text, code, message) => {
    const error = await failureOf(readDocument(text))
    expect([error.code, error.message]).toEqual([code, message])
  })

  it('may be read as often as one likes, and are closed once', async () => {
    let closed = 0
    const tree = treeOf(
      '{"images":[{"id":1,"file_name":"a.jpg"}],"annotations":[{"id":1,"image_id":1,"bbox":[1,2,3,4]}]}',
    )
    const counting = {
      ...tree,
      open: async (path: string) => {
        const source = await tree.open(path)
        return { ...source, close: async () => void closed++ }
      },
    }
    const ledger = new Ledger('lenient')
    const dataset = await openCoco(counting, { policy: 'lenient', account: ledger, scratch: memoryScratch() })
    for (let round = 1; round <= 3; round++) {
      const counts = new Ledger('lenient')
      const seen = []
      for await (const item of dataset.items(counts)) seen.push(item.annotations.length)
      expect(seen).toEqual([1])
      expect(counts.counts.read).toBe(1)
    }
    expect(closed).toBe(0)
    await dataset.close()
    expect(closed).toBe(1)
  })
})
