import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnnotationError } from '../../src/errors.js'
import { memorySource } from '../../src/memory.js'
import type { ByteSource } from '../../src/ports.js'
import { type JsonDocumentHandler, splitJson } from '../../src/text/json-split.js'
import { corruptedBytes, documentTexts } from './json-documents.js'

type Wanted = 'elements' | 'value' | 'skip'

/** Every call as text, with the bytes it was given. */
async function calls(
  source: ByteSource,
  chunkSize: number,
  wanted: (key: string) => Wanted = () => 'elements',
): Promise<string[]> {
  const seen: string[] = []
  const text = (bytes: Uint8Array, start: number, end: number) => new TextDecoder().decode(bytes.slice(start, end))
  const handler: JsonDocumentHandler = {
    root: (kind, offset) => seen.push(`root ${kind} @${offset}`),
    key: (name, offset) => {
      seen.push(`key ${name} @${offset}`)
      return wanted(name)
    },
    element: (key, index, bytes, start, end, offset) =>
      seen.push(`element ${key} ${index} @${offset} ${text(bytes, start, end)}`),
    value: (key, bytes, start, end, offset) => seen.push(`value ${key} @${offset} ${text(bytes, start, end)}`),
  }
  try {
    await splitJson(source, handler, { chunkSize })
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    seen.push(`${error.code} ${error.message} @${error.place?.offset}`)
  }
  return seen
}

const split = (text: string, chunkSize = 1 << 20, wanted?: (key: string) => Wanted) =>
  calls(memorySource(text, 'x.json'), chunkSize, wanted)

describe('splitJson', () => {
  it('gives elements of arrays, other values whole, and skips what is not wanted', async () => {
    const text = ' {"a": [ {"b":"]"} , [1,2],3 ] ,"c":[1,[2]],"d":{"e":1},"\\u0066":[5,6], "g": true }\n'
    const wanted = (key: string) => (key === 'c' ? 'value' : key === 'f' ? 'skip' : 'elements')
    for (const chunkSize of [1, 2, 3, 5, 8, 13, 64, 1 << 20]) {
      expect(await split(text, chunkSize, wanted)).toEqual([
        'root object @1',
        'key a @2',
        'element a 0 @9 {"b":"]"}',
        'element a 1 @21 [1,2]',
        'element a 2 @27 3',
        'key c @32',
        'value c @36 [1,[2]]',
        'key d @44',
        'value d @48 {"e":1}',
        'key f @56',
        'key g @72',
        'value g @77 true',
      ])
    }
  })

  it('asks a root array once with an empty key, and gives a root scalar as a value', async () => {
    expect(await split('[1, "x"]')).toEqual(['root array @0', 'key  @0', 'element  0 @1 1', 'element  1 @4 "x"'])
    expect(await split('[1, 2]', 1, () => 'value')).toEqual(['root array @0', 'key  @0', 'value  @0 [1, 2]'])
    expect(await split(' 12 ', 1)).toEqual(['root scalar @1', 'value  @1 12'])
  })

  it('skips a byte order mark and still counts it in offsets', async () => {
    for (const chunkSize of [1, 2, 3, 4, 100]) {
      expect(await split('\ufeff{"a":1}', chunkSize)).toEqual(['root object @3', 'key a @4', 'value a @8 1'])
      expect(await split('\ufeff{"a"1}', chunkSize)).toContain(
        `json-syntax x.json:1:5: unexpected '1' after a key: expected ':', got '1' @7`,
      )
    }
  })

  it.each([
    ['', 1, 1, 'unexpected end of the text at the start'],
    ['{"a": [1, 2', 1, 12, 'unexpected end of the text after a value'],
    ['{"a": [1, 2 ', 1, 13, 'unexpected end of the text after a value'],
    ['{"a": 1,\n }', 2, 2, "unexpected '}' after a comma"],
    ['{"é": [1,]}', 1, 10, "unexpected ']' after a comma"],
    ['{"a": [{"b": 1], "c": 2}', 1, 15, "unexpected ']' after a value"],
    ['{"a": [1 2]}', 1, 10, "unexpected '2' after a value"],
    ['{} x', 1, 4, "unexpected 'x' after the end of the document"],
    ['{"a": [{"b": "c}, {"b": 1}]}', 1, 20, "unexpected 'b' after a value"],
  ])('refuses %j at %i:%i', async (text, line, column, reason) => {
    for (const chunkSize of [1, 7, 1 << 20]) {
      const last = (await split(text, chunkSize)).at(-1) ?? ''
      // A lost quote is only noticed where the brackets no longer match, unless the element is parsed as well.
      if (text.includes('c}')) expect(last).toMatch(/^json-syntax x\.json:1:/)
      else expect(last).toContain(`json-syntax x.json:${line}:${column}: ${reason}`)
    }
  })

  it('gives errors of the handler their line and column', async () => {
    const failing = splitJson(memorySource('[\n 1,\n  2]', 'x.json'), {
      key: () => 'elements',
      element: (_key, index, _bytes, _start, _end, offset) => {
        if (index === 1) throw new AnnotationError('invalid-value', 'no', { place: { offset, pointer: '/1' } })
      },
      value: () => undefined,
    })
    await expect(failing).rejects.toMatchObject({
      code: 'invalid-value',
      place: { file: 'x.json', line: 3, column: 3, offset: 8, pointer: '/1' },
    })
  })

  it('notices a lost quote before it has gathered the rest of a large file', async () => {
    const rest = `"b": 1}, ${'{"b": 2}, '.repeat(10)}`.repeat(400_000)
    let largest = 0
    const bytes = new TextEncoder().encode(`[{"b: 1}, {${rest}]`)
    const source = memorySource(bytes, 'x.json')
    const watched: ByteSource = {
      ...source,
      readSync: (offset, target) => {
        largest = Math.max(largest, target.buffer.byteLength)
        return source.readSync?.(offset, target) ?? 0
      },
    }
    expect(bytes.length).toBeGreaterThan(40_000_000)
    expect((await calls(watched, 1 << 20)).at(-1)).toMatch(/unexpected 'b' after a key.* @12$/)
    expect(largest).toBeLessThan(34_000_000)
  })

  it('reads any depth, asynchronous sources and short reads, reports progress and stops when told', async () => {
    const deep = `[${'['.repeat(200_000)}${']'.repeat(200_000)}]`
    const { readSync, ...source } = memorySource(deep, 'x.json')
    const slow: ByteSource = {
      ...source,
      read: (offset, target) => source.read(offset, target.subarray(0, Math.max(1, target.length >> 1))),
    }
    let length = 0
    let progress = 0
    const handler: JsonDocumentHandler = {
      key: () => 'elements',
      element: (_key, _index, _bytes, start, end) => {
        length = end - start
      },
      value: () => undefined,
    }
    await splitJson(slow, handler, { chunkSize: 4096, onProgress: (bytes) => (progress = bytes) })
    expect([length, progress]).toEqual([400_000, 400_002])
    expect(readSync).toBeTypeOf('function')
    await expect(splitJson(slow, handler, { signal: { aborted: true } })).rejects.toMatchObject({ code: 'aborted' })
  })

  it('gives the same calls at every chunk size, for valid and for broken documents', async () => {
    const texts = fc.oneof(
      documentTexts.map((text) => new TextEncoder().encode(text)),
      corruptedBytes,
    )
    const wanted = (key: string) => (key === 'a' ? 'value' : key === '' ? 'elements' : 'skip')
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (bytes, chunkSize, all) => {
        const want = all ? () => 'elements' as const : wanted
        const expected = await calls(memorySource(bytes), 1 << 16, want)
        for (const size of [1, 7, chunkSize, 4096])
          expect(await calls(memorySource(bytes), size, want)).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})
