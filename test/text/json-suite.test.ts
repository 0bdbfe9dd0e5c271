import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AnnotationError } from '../../src/errors.js'
import { memorySource } from '../../src/memory.js'
import { utf8Source } from '../../src/text/decode.js'
import { splitJson } from '../../src/text/json-split.js'
import { type JsonValue, parseJson, validateJson } from '../../src/text/json-value.js'

const corpora = process.env.ANNOFORM_CORPORA
const folder = join(corpora ?? '', 'json_test_suite')
const names = corpora === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.json'))
const read = (name: string) => new Uint8Array(readFileSync(join(folder, name)))
const about = corpora === undefined ? ' (needs ANNOFORM_CORPORA)' : ''

async function caught(work: () => unknown): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  return undefined
}

/** The document put together again from what the splitter gives, each part parsed by itself. */
async function reassembled(bytes: Uint8Array, chunkSize: number): Promise<JsonValue> {
  let kind = ''
  const object: Record<string, JsonValue> = {}
  let array: JsonValue[] = []
  let single: JsonValue = null
  await splitJson(
    memorySource(bytes, 'x.json'),
    {
      root: (root) => {
        kind = root
      },
      key: (name) => {
        array = []
        if (kind === 'object') object[name] = array
        return 'elements'
      },
      element: (_key, _index, window, start, end, offset) => {
        array.push(parseJson(window, start, end, { place: { base: offset - start } }))
      },
      value: (key, window, start, end, offset) => {
        single = parseJson(window, start, end, { place: { base: offset - start } })
        if (kind === 'object') object[key] = single
      },
    },
    { chunkSize },
  )
  return kind === 'object' ? object : kind === 'array' ? array : single
}

const whole = (bytes: Uint8Array) => parseJson(bytes, 0, bytes.length)

describe.skipIf(corpora === undefined)(`the JSON test suite${about}`, () => {
  it('is there', () => {
    expect(names.filter((name) => name.startsWith('y_')).length).toBeGreaterThan(30)
    expect(names.filter((name) => name.startsWith('n_')).length).toBeGreaterThan(60)
  })

  it.each(names.filter((name) => name.startsWith('y_')))('%s is read', async (name) => {
    const bytes = read(name)
    const expected = JSON.parse(new TextDecoder().decode(bytes))
    expect(whole(bytes)).toStrictEqual(expected)
    expect(parseJson(bytes, 0, bytes.length, { onDuplicateKey: () => undefined })).toStrictEqual(expected)
    expect(await validateJson(memorySource(bytes))).toBeUndefined()
    expect(await reassembled(bytes, 3)).toStrictEqual(expected)
  })

  it.each(names.filter((name) => name.startsWith('n_')))('%s is refused', async (name) => {
    const bytes = read(name)
    const verdict = await validateJson(memorySource(bytes, 'x.json'))
    const places = []
    for (const error of [
      await caught(() => whole(bytes)),
      await caught(() => parseJson(bytes, 0, bytes.length, { onDuplicateKey: () => undefined })),
      verdict,
      await caught(() => reassembled(bytes, 1)),
      await caught(() => reassembled(bytes, 4096)),
    ]) {
      expect(error).toBeInstanceOf(AnnotationError)
      const { code, place } = error as AnnotationError
      expect(['json-syntax', 'encoding']).toContain(code)
      places.push(place?.offset)
    }
    // A file that is a byte order mark only is empty text to readers of files and a stray character to readers of slices.
    if (bytes[0] !== 0xef) expect(new Set(places).size, places.join()).toBe(1)
    expect(verdict?.place).toMatchObject({ file: 'x.json', line: expect.any(Number), column: expect.any(Number) })
  })

  it.each(names.filter((name) => name.startsWith('i_')))('%s gives a value or a coded error', async (name) => {
    const bytes = read(name)
    const verdict = await validateJson(memorySource(bytes))
    const error = await caught(async () => {
      const source = await utf8Source(memorySource(bytes))
      const text = new Uint8Array(source.size)
      await source.read(0, text)
      whole(text)
    })
    expect(error === undefined || error instanceof AnnotationError).toBe(true)
    expect(error === undefined).toBe(verdict === undefined)
  })
})
