import { describe, expect, it } from 'vitest'
import { ArrayIds } from '../../../src/converters/coco/ids.js'
import { convertDocument, documentText, readDocument, texts } from './harness.js'

const BOX = '"bbox":[1,2,3,4]'

describe('ids that look alike', () => {
  it('of two images that differ only in kind go to the one that is written alike', async () => {
    const source = documentText({
      images: ['{"id":"1","file_name":"text.jpg"}', '{"id":1,"file_name":"number.jpg"}'],
      annotations: [
        `{"id":1,"image_id":1,"category_id":1,${BOX}}`,
        `{"id":2,"image_id":"1","category_id":1,${BOX}}`,
        `{"id":3,"image_id":1.0,"category_id":1,${BOX}}`,
      ],
    })
    const { items } = await readDocument(source)
    expect(items.map(({ path, annotations }) => [path, annotations.map(({ id }) => id?.text)])).toEqual([
      ['text.jpg', ['2']],
      ['number.jpg', ['1', '3']],
    ])
    for (const rewrite of [false, true]) {
      const { text } = await convertDocument(source, { rewrite })
      expect(texts(text, 'images')).toEqual(texts(source, 'images'))
      const [first, second, third] = texts(source, 'annotations')
      expect(texts(text, 'annotations')).toEqual([second, first, rewrite ? third?.replace('1.0', '1') : third])
    }
  })

  it('whose halves are equal are told apart as quickly as others', () => {
    const ids = new ArrayIds()
    const start = performance.now()
    for (let k = 0; k < 200_000; k++) ids.claim({ text: String(k * 4294967297), kind: 'integer' })
    expect(performance.now() - start).toBeLessThan(2000)
    expect(ids.claim({ text: '4294967297', kind: 'integer' })).toBe(false)
  })
})
