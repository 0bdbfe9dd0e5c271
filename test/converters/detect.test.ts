import { describe, expect, it } from 'vitest'
import { detectAll, detectFormat } from '../../src/converters/detect.js'
import { formats } from '../../src/converters/registry.js'
import { memorySource, memoryTree } from '../../src/memory.js'
import type { SourceTree } from '../../src/ports.js'
import { failure } from './native/recording-account.js'

const IMAGE = '{"id":1,"width":64,"height":40,"file_name":"one.jpg"}'
const ANNOTATION = '{"id":1,"image_id":1,"category_id":1,"bbox":[1,2,3,4]}'
const COCO = `{"images":[${IMAGE}],"annotations":[${ANNOTATION}],"categories":[{"id":1,"name":"cat"}]}`
const NATIVE = '{"annoform":1,"header":{}}\n'

function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const units = mark ? `\uFEFF${text}` : text
  const bytes = new Uint8Array(units.length * 2)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < units.length; i++) view.setUint16(i * 2, units.charCodeAt(i), order === 'le')
  return bytes
}

const found = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const { format, confidence, evidence } = await detectFormat(memoryTree(files))
  return [format.id, confidence, evidence]
}

/** A tree whose sources give at most seven bytes a call. */
function slow(files: Readonly<Record<string, string>>): SourceTree {
  return {
    ...memoryTree(files),
    open: async (path) => {
      const source = memorySource(files[path] ?? '', path)
      return { ...source, read: (offset, target) => source.read(offset, target.subarray(0, 7)) }
    },
  }
}

describe('detectFormat', () => {
  it('knows COCO and native, and what decided it', async () => {
    expect(await found({ 'a.json': COCO })).toEqual([
      'coco',
      0.95,
      'a.json has the lists "images" and "annotations" and "categories"',
    ])
    expect(await found({ 'a.annoform.jsonl': NATIVE, 'b.txt': '' })).toEqual([
      'native',
      1,
      'the first line of a.annoform.jsonl starts with {"annoform":1',
    ])
  })

  it.each<[string, Uint8Array]>([
    ['UTF-8 with a mark', new TextEncoder().encode(`\uFEFF${COCO}`)],
    ['UTF-16 LE with a mark', utf16(COCO, 'le', true)],
    ['UTF-16 BE with a mark', utf16(COCO, 'be', true)],
    ['UTF-16 LE', utf16(COCO, 'le', false)],
    ['UTF-16 BE', utf16(COCO, 'be', false)],
  ])('reads %s', async (_, bytes) => {
    expect((await found({ 'a.json': bytes }))[0]).toBe('coco')
  })

  it.each(['le', 'be'] as const)(
    'is not put off by a character cut in two at the end of the head, UTF-16 %s',
    async (order) => {
      for (const pad of ['', 'x']) {
        const text = `{"info":"${pad}${'😀'.repeat(20_000)}","images":[${IMAGE}],"annotations":[]}`
        const [candidate] = await detectAll(memoryTree({ 'a.json': utf16(text, order, true) }))
        // What is behind the head cannot be seen in UTF-16; that it cannot is no error.
        expect(candidate?.confidence).toBe(0)
      }
    },
  )

  it('sees lists at either end of a file much larger than what it looks at', async () => {
    const many = (element: string) => Array(4000).fill(element).join(',')
    const annotationsFirst = `{"annotations":[${many(ANNOTATION)}],"categories":[{"id":1,"name":"cat"}],"images":[${IMAGE}]}`
    expect(annotationsFirst.length).toBeGreaterThan(3 * 65_536)
    expect(await found({ 'a.json': annotationsFirst })).toEqual([
      'coco',
      0.95,
      'a.json has the lists "annotations" and "categories" and "images"',
    ])
    const imagesLast = `{"annotations":[${many(ANNOTATION)}],"images":[${many(IMAGE)}]}`
    expect((await found({ 'a.json': imagesLast })).slice(0, 2)).toEqual(['coco', 0.8])
    expect((await found({ 'a.json': utf16(imagesLast, 'le', true) }))[0]).toBe('coco')
  })

  it('reads sources that give a few bytes at a time', async () => {
    expect((await detectFormat(slow({ 'a.json': COCO }))).format.id).toBe('coco')
    expect((await detectFormat(slow({ 'a.jsonl': NATIVE }))).format.id).toBe('native')
  })
})

describe('what is not recognised', () => {
  it('nothing at all', async () => {
    const error = await failure(detectFormat(memoryTree({}, 'folder')))
    expect([error.code, error.message]).toEqual(['empty-input', 'folder: there is nothing in here'])
  })

  it('is an error with what each format looked for', async () => {
    const error = await failure(detectFormat(memoryTree({ 'a.txt': 'hello', 'b.txt': '' }, 'folder')))
    expect(error.code).toBe('undetected')
    expect(error.message).toMatch(/^folder: no format was recognised \(/)
    for (const evidence of [
      'coco: no .json file',
      'native: a native data set is one .jsonl file; here: 2 files, none of them .jsonl',
      'yolo: a.txt does not begin with a class and at least four shares of a picture',
    ])
      expect(error.message).toContain(evidence)
    const readable = formats.filter(({ read }) => read !== undefined).map(({ id }) => id)
    expect(error.fix).toBe(
      `Formats that can be read are ${readable.sort().join(', ')}; if it is one of them, name it with --from`,
    )
  })

  it('JSON that is sound and something else', async () => {
    const error = await failure(detectFormat(memoryTree({ 'a.json': '{"shapes":[NaN]}' }, 'folder')))
    expect(error.code).toBe('undetected')
    for (const evidence of [
      'coco: a.json has no lists "images" and "annotations"',
      'native: the first line of a.json does not start with {"annoform":1',
      'yolo: no data.yaml and no .txt file of labels',
    ])
      expect(error.message).toContain(evidence)
  })

  it.each<[string, Uint8Array]>([
    ['a picture', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)],
    ['zeros', new Uint8Array(64)],
    ['half a mark', Uint8Array.of(0xfe)],
    ['half a character', Uint8Array.of(0xff, 0xfe, 0x7b)],
    ['nothing', new Uint8Array(0)],
  ])('%s is no error of its own', async (_, bytes) => {
    expect((await failure(detectFormat(memoryTree({ 'a.bin': bytes })))).code).toBe('undetected')
  })

  it.each([
    ['{"shapes":\n [1,}', 2, 5, 15],
    ['\uFEFF{"shapes":\n [1,}', 2, 5, 18],
    ['', 1, 1, 0],
  ])('a single JSON file that is broken: %o', async (text, line, column, offset) => {
    const error = await failure(detectFormat(memoryTree({ 'A.JSON': text }, 'folder')))
    expect([error.code, error.place]).toEqual(['json-syntax', { file: 'A.JSON', line, column, offset }])
  })

  it('a single JSON file in UTF-16 that is broken', async () => {
    const error = await failure(detectFormat(memoryTree({ 'a.json': utf16('{"ä":\n01}', 'be', true) })))
    expect(error).toMatchObject({ code: 'json-syntax', place: { file: 'a.json', line: 2, column: 2 } })
  })

  it('one of several broken JSON files is merely not recognised', async () => {
    expect((await failure(detectFormat(memoryTree({ 'a.json': '{', 'b.json': '{' })))).code).toBe('undetected')
  })
})
