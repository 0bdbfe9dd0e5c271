import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnnotationError } from '../../src/errors.js'
import { memorySource } from '../../src/memory.js'
import { splitJson } from '../../src/text/json-split.js'
import {
  type JsonValue,
  locate,
  type ParseOptions,
  parseJson,
  parseJsonText,
  validateJson,
} from '../../src/text/json-value.js'
import { corruptedBytes, documentTexts } from './json-documents.js'

const encode = (text: string) => new TextEncoder().encode(text)

function attempt(work: () => unknown): { value: unknown } | { error: unknown } {
  try {
    return { value: work() }
  } catch (error) {
    return { error }
  }
}

/** Reads through the slow path, which is the one that has to be proved. */
function slowly(bytes: Uint8Array, options: ParseOptions = {}): JsonValue {
  return parseJson(bytes, 0, bytes.length, { onDuplicateKey: () => undefined, ...options })
}

async function piecewise(bytes: Uint8Array): Promise<JsonValue> {
  const fields: [string, JsonValue][] = []
  let root = ''
  let items: JsonValue[] = []
  await splitJson(
    memorySource(bytes),
    {
      root: (kind) => {
        root = kind
      },
      key: (name) => {
        items = []
        fields.push([name, items])
        return 'elements'
      },
      element: (_key, _index, window, start, end) => {
        items.push(parseJson(window, start, end))
      },
      value: (key, window, start, end) => {
        if (root === 'object') fields.pop()
        fields.push([key, parseJson(window, start, end)])
      },
    },
    { chunkSize: 7 },
  )
  return root === 'object' ? Object.fromEntries(fields) : (fields[0]?.[1] ?? null)
}

describe('parseJson', () => {
  it('equals JSON.parse on any document, whole and piece by piece', async () => {
    await fc.assert(
      fc.asyncProperty(documentTexts, async (text) => {
        const bytes = encode(text)
        const expected = JSON.parse(text)
        expect(slowly(bytes)).toStrictEqual(expected)
        expect(parseJson(bytes, 0, bytes.length)).toStrictEqual(expected)
        expect(parseJsonText(text, { nonFinite: 'accept' })).toStrictEqual(expected)
        expect(await validateJson(memorySource(bytes))).toBeUndefined()
        expect(await piecewise(bytes)).toStrictEqual(expected)
      }),
      { numRuns: 500 },
    )
  })

  it('refuses a damaged document exactly when JSON.parse does, every way at the same byte', async () => {
    let refused = 0
    await fc.assert(
      fc.asyncProperty(corruptedBytes, async (bytes) => {
        const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
        const expected = attempt(() => JSON.parse(decoder.decode(bytes)))
        const actual = attempt(() => slowly(bytes))
        // A zero among the first two bytes makes a file UTF-16, which a slice never is.
        const utf16 = bytes[0] === 0 || bytes[1] === 0
        const verdict = utf16 ? undefined : await validateJson(memorySource(bytes))
        const pieces = await piecewise(bytes).catch((error: unknown) => error)
        if ('value' in expected) {
          expect(actual).toStrictEqual(expected)
          expect(verdict).toBeUndefined()
          expect(pieces).toStrictEqual(expected.value)
          return
        }
        refused++
        const error = 'error' in actual ? actual.error : undefined
        expect(error).toBeInstanceOf(AnnotationError)
        const offset = (error as AnnotationError).place?.offset as number
        if (!utf16) expect(verdict?.place?.offset).toBe(offset)
        expect(pieces).toBeInstanceOf(AnnotationError)
        // Everything before the place can still become a valid document: cutting there must fail at the end, not before.
        const cut = attempt(() => slowly(bytes.subarray(0, offset)))
        if ('error' in cut) expect((cut.error as AnnotationError).place?.offset).toBe(offset)
      }),
      { numRuns: 1500 },
    )
    expect(refused).toBeGreaterThan(300)
  })

  it.each([
    ['[1, 2,]', 6, "unexpected ']' after a comma", 'a value'],
    ['{"a": 1,}', 8, "unexpected '}' after a comma", 'a key in double quotes'],
    ['{"a" 1}', 5, "unexpected '1' after a key", "':'"],
    ['[01]', 2, "unexpected '1' after a leading zero", 'no more digits'],
    ['[1.]', 3, "unexpected ']' after a decimal point", 'a digit'],
    ['[-]', 2, "unexpected ']' after a minus sign", 'a digit'],
    ['[tru]', 4, "unexpected ']' in a word", 'true'],
    ['["a\nb"]', 3, 'unexpected control character U+000A in a string', 'an escape such as \\n, or the closing quote'],
    ['["\\x"]', 3, "unexpected 'x' after a backslash", 'one of " \\ / b f n r t u'],
    ['["\\u12g4"]', 6, "unexpected 'g' in a \\u escape", 'four hexadecimal digits'],
    ['["abc', 5, 'unexpected end of the text in a string', 'the closing quote'],
    ["['a']", 1, `unexpected ''' after '['`, "a value or ']'"],
    ['[1}', 2, "unexpected '}' after a value", "',' or ']'"],
    ['1 2', 2, "unexpected '2' after the end of the document", 'nothing more'],
  ])('%j fails at byte %i', (text, offset, reason, expected) => {
    const result = attempt(() => parseJson(encode(`..${text}`), 2, text.length + 2, { place: { file: 'f', base: 98 } }))
    expect(result).toMatchObject({
      error: { code: 'json-syntax', reason, expected, place: { file: 'f', offset: offset + 100 } },
    })
  })

  it('names the first byte that is not UTF-8, and says what to do', () => {
    const result = attempt(() => slowly(Uint8Array.from([0x5b, 0x22, 0x61, 0xe9, 0x22, 0x5d])))
    expect(result).toMatchObject({
      error: { code: 'encoding', place: { offset: 3 }, fix: 'Save the file as UTF-8.' },
    })
  })

  it('takes NaN and the infinities only when told to, and says where', () => {
    const text = '{"a": [NaN, -Infinity, Infinity], "b": "NaN"}'
    const seen: [number, string][] = []
    const bytes = encode(text)
    const value = parseJson(bytes, 0, bytes.length, {
      nonFinite: 'accept',
      onNonFinite: (offset, token) => seen.push([offset, token]),
      place: { base: 1000 },
    })
    expect(value).toStrictEqual({ a: [Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], b: 'NaN' })
    expect(seen).toEqual([
      [1007, 'NaN'],
      [1012, '-Infinity'],
      [1023, 'Infinity'],
    ])
    const refused = attempt(() => parseJsonText(text))
    expect(refused).toMatchObject({
      error: { code: 'json-syntax', place: { offset: 7, line: 1, column: 8 }, fix: expect.stringContaining('null') },
    })
    for (const bad of ['[-NaN]', '[nan]', '[Inf]', '[+Infinity]', '[NaN1]']) {
      expect(attempt(() => parseJsonText(bad, { nonFinite: 'accept' }))).toMatchObject({
        error: { code: 'json-syntax' },
      })
    }
  })

  it('lets the last of repeated keys win and names each repetition', () => {
    const seen: [number, string][] = []
    const value = parseJsonText('{"a": 1, "b": {"a": 2, "\\u0061": 3}, "a": 4, "a": 5}', {
      onDuplicateKey: (offset, key) => seen.push([offset, key]),
    })
    expect(value).toStrictEqual({ a: 5, b: { a: 3 } })
    expect(seen).toEqual([
      [23, 'a'],
      [37, 'a'],
      [45, 'a'],
    ])
  })

  it('makes __proto__ an ordinary field', () => {
    for (const options of [{}, { onDuplicateKey: () => undefined }]) {
      const value = parseJsonText('{"__proto__": {"x": 1}, "constructor": 2}', options) as object
      expect(Object.keys(value)).toEqual(['__proto__', 'constructor'])
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect('x' in value).toBe(false)
    }
  })

  it('reads any depth', () => {
    const text = `${'{"a":['.repeat(100_000)}${']}'.repeat(100_000)}`
    let value = slowly(encode(text))
    let depth = 0
    while (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      value = ((value as { a: JsonValue[] }).a[0] ?? null) as JsonValue
      depth++
    }
    expect(depth).toBe(100_000)
  })
})

describe('validateJson and locate', () => {
  it('count lines and characters, not bytes, and a byte order mark in offsets only', async () => {
    const text = '{"é😀":\r\n  ["ü", tru]}'
    const place = { line: 2, column: 12 }
    const offset = encode(text.slice(0, text.indexOf(']'))).length
    expect((await validateJson(memorySource(text, 'x')))?.place).toEqual({ ...place, offset, file: 'x' })
    expect((await validateJson(memorySource(`\ufeff${text}`, 'x')))?.place).toEqual({
      ...place,
      offset: offset + 3,
      file: 'x',
    })
    expect(await locate(memorySource(text), offset)).toEqual(place)
    expect(await locate(memorySource(`\ufeff${text}`), 6)).toEqual({ line: 1, column: 4 })
  })

  it('reads UTF-16 and accepts non-finite numbers on request', async () => {
    const utf16 = (text: string) => Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0), 0]))
    expect(await validateJson(memorySource(utf16('{"a":1}')))).toBeUndefined()
    expect((await validateJson(memorySource(utf16('{"a"\n1}'))))?.place).toMatchObject({ line: 2, column: 1 })
    expect((await validateJson(memorySource('[NaN]')))?.place?.offset).toBe(1)
    expect(await validateJson(memorySource('[NaN, -Infinity]'), { nonFinite: 'accept' })).toBeUndefined()
  })
})
