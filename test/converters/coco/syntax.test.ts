import { describe, expect, it } from 'vitest'
import type { Policy } from '../../../src/converters/format.js'
import { convertDocument, failureOf } from './harness.js'

/** A document of which one piece is exchanged for something that is not JSON. */
const SOUND = [
  '{"info":{"v":1},',
  '"images":[',
  '{"id":1,"file_name":"a.jpg","width":4,"x":[1]},',
  '{"id":2,"file_name":"b.jpg"}],',
  '"annotations":[',
  '{"id":1,"image_id":2,"category_id":1,"bbox":[1,2,3,4],"x":{"y":[1,2]}},',
  '{"id":2,"image_id":1,"category_id":1,"segmentation":[[1,2,3,4,5,6]],"iscrowd":0},',
  '{"id":3,"image_id":1,"category_id":1,"segmentation":{"size":[4,4],"counts":"52203"},"area":4},',
  '{"id":4,"image_id":9,"category_id":1,"note":"orphan"}],',
  '"categories":[',
  '{"id":1,"name":"cat","supercategory":"animal"}]}',
]

/** Where `found` stands in the text, and what is there after exchanging it. */
function broken(found: string, replacement: string): string {
  const text = SOUND.join('\n')
  if (!text.includes(found)) throw new Error(`${found} is not there`)
  return text.replace(found, replacement)
}

async function place(text: string, policy: Policy = 'lenient'): Promise<string> {
  const { code, place } = await failureOf(convertDocument(text, { policy }))
  return `${code} ${place?.file}:${place?.line}:${place?.column} at ${place?.offset}`
}

/** The place a strict parser names, by the text before it. */
function expectedPlace(text: string, before: string, code = 'json-syntax'): string {
  const offset = text.indexOf(before) + before.length
  const lines = text.slice(0, offset).split('\n')
  return `${code} a.json:${lines.length}:${(lines.at(-1) ?? '').length + 1} at ${offset}`
}

describe('the place of what is no JSON', () => {
  it.each([
    ['in an unknown root value', '{"v":1}', '{"v":1,}', '{"v":1,'],
    ['in an image, at a comma', '"x":[1]', '"x":[1,]', '"x":[1,'],
    ['in an image, at a width', '"width":4', '"width":4.', '"width":4.'],
    ['in an image, at its id', '{"id":2,"file_name"', '{"id":02,"file_name"', '{"id":0'],
    ['in a file name', '"b.jpg"', '"b\\x.jpg"', '"b\\'],
    ['between images', 'b.jpg"}]', 'b.jpg"},]', 'b.jpg"},'],
    ['deep in an annotation', '{"y":[1,2]}', '{"y":[1 2]}', '{"y":[1 '],
    ['in a box', '[1,2,3,4],"x"', '[1,2,03,4],"x"', '[1,2,0'],
    ['in a ring', '[[1,2,3,4,5,6]]', '[[1,2,3,,5,6]]', '[[1,2,3,'],
    ['around rings', '[[1,2,3,4,5,6]]', '[[1,2,3,4,5,6],]', '[[1,2,3,4,5,6],'],
    ['in an RLE', '"counts":"52203"', '"counts":"52203",', '"counts":"52203",'],
    ['in a flag', '"iscrowd":0', '"iscrowd":tru', '"iscrowd":tru'],
    ['in a number', '"area":4', '"area":4e', '"area":4e'],
    ['in a word', '"area":4', '"area":nulll', '"area":null'],
    ['in an annotation without an image', '"note":"orphan"', '"note":orphan', '"note":'],
    ['in an image id that is no number', '"image_id":9', '"image_id":1.', '"image_id":1.'],
    ['in a category', '"animal"', '"animal",', '"animal",'],
    ['in a category id', '"category_id":1,"bbox"', '"category_id":+1,"bbox"', '"category_id":'],
    ['in a key that is there twice', '"x":{"y":[1,2]}', '"x":[1 2],"x":1', '"x":[1 '],
    ['after the end', '"animal"}]}', '"animal"}]} x', '"animal"}]} '],
    ['in an element that is no object', '{"id":2,"file_name":"b.jpg"}', 'fals', ',\nfals'],
  ])('%s', async (_, found, replacement, before) => {
    const text = broken(found, replacement)
    for (const policy of ['lenient', 'salvage'] as const)
      expect(await place(text, policy)).toBe(expectedPlace(text, before))
  })

  it.each([
    ['{"y":[1,2]}', '{"y":[1 2]}', '{"y":[1 '],
    ['"area":4', '"area":4e', '"area":4e'],
    ['"x":[1]', '"x":[1,]', '"x":[1,'],
  ])('is the same under strict, when nothing else is wrong: %s', async (found, replacement, before) => {
    const text = broken(found, replacement).replace('"image_id":9', '"image_id":2')
    expect(await place(text, 'strict')).toBe(expectedPlace(text, before))
  })

  it('is the first of the file, however late it is read', async () => {
    // Images come first in the file and in reading; the annotation of image 2 is read after those of image 1.
    const first = broken('"x":{"y":[1,2]}', '"x":{"y":[1;2]}')
    const both = first.replace('"iscrowd":0', '"iscrowd":zero')
    expect(await place(both)).toBe(expectedPlace(both, '{"y":[1'))
    const categoryToo = both.replace('"animal"', 'animal')
    expect(await place(categoryToo)).toBe(expectedPlace(categoryToo, '{"y":[1'))
  })

  it('is that of a NaN only under strict', async () => {
    const text = broken('"v":1', '"v":NaN').replace('"iscrowd":0', '"iscrowd":zero')
    expect(await place(text)).toBe(expectedPlace(text, '"iscrowd":'))
    expect(await place(text, 'strict')).toBe(expectedPlace(text, '"v":'))
  })

  it('is that of a NaN under no policy when the rest is JSON', async () => {
    const { code, place } = await failureOf(convertDocument(broken('"v":1', '"v":NaN'), { policy: 'strict' }))
    expect([code, place]).toEqual(['json-non-finite', { file: 'a.json', pointer: '/info' }])
  })

  it.each([
    ['a control character', '"note":"orphan"', '"note":"or\tphan"', 'json-syntax', '"note":"or'],
    [
      'half a surrogate escape is fine, a bad one is not',
      '"note":"orphan"',
      '"note":"\\ud8zz"',
      'json-syntax',
      '"note":"\\ud8',
    ],
  ])('%s', async (_, found, replacement, code, before) => {
    const text = broken(found, replacement)
    expect(await place(text)).toBe(expectedPlace(text, before, code))
  })

  it.each(['"x":{"y":[1,2]}', '"file_name":"b.jpg"', '"supercategory":"animal"', '"note":"orphan"', '"info":{"v":1}'])(
    'counts bytes that are no UTF-8: %s',
    async (found) => {
      const text = broken(found, `${found.slice(0, found.indexOf(':'))}:"~"`)
      const bytes = new TextEncoder().encode(text)
      bytes[text.indexOf('~')] = 0xff
      const { code, place } = await failureOf(convertDocument(bytes))
      const lines = text.slice(0, text.indexOf('~')).split('\n')
      expect([code, place?.file, place?.line, place?.column]).toEqual([
        'encoding',
        'a.json',
        lines.length,
        (lines.at(-1) ?? '').length + 1,
      ])
    },
  )

  it('of a file that ends too early is its end, or an earlier fault', async () => {
    const text = SOUND.join('\n')
    for (let length = 1; length < text.length; length++) {
      const { code, place } = await failureOf(convertDocument(text.slice(0, length)))
      expect([length, code, place?.offset]).toEqual([length, 'json-syntax', length])
    }
    const worse = broken('"x":[1]', '"x":[1 2]').slice(0, 300)
    expect(await place(worse)).toBe(expectedPlace(worse, '"x":[1 '))
  })

  it('of an empty file is its start', async () => {
    expect(await place('')).toBe('json-syntax a.json:1:1 at 0')
    expect(await place(' \n ')).toBe('json-syntax a.json:2:2 at 3')
  })
})
