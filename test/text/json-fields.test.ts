import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonKindAt, scanElements, scanFields } from '../../src/text/json-fields.js'
import { parseJson } from '../../src/text/json-value.js'
import { corruptedBytes, valueTexts } from './json-documents.js'

const encode = (text: string) => new TextEncoder().encode(text)

function fields(text: string): [string, string, string][] {
  const bytes = encode(text)
  const seen: [string, string, string][] = []
  const slice = (start: number, end: number) => new TextDecoder().decode(bytes.subarray(start, end))
  const count = scanFields(bytes, 0, bytes.length, (key, start, end, keyStart) => {
    seen.push([key, slice(start, end), slice(keyStart, keyStart + 2)])
  })
  expect(count).toBe(seen.length)
  return seen
}

describe('scanFields and scanElements', () => {
  it('visit every field, repeated keys and escapes included', () => {
    expect(fields(' {"a" : [1, "]"] ,"\\u0061":{"x": "}"}, "b":-1.5e3,"é":null, "a":"" } ')).toEqual([
      ['a', '[1, "]"]', '"a'],
      ['a', '{"x": "}"}', '"\\'],
      ['b', '-1.5e3', '"b'],
      ['é', 'null', expect.any(String)],
      ['a', '""', '"a'],
    ])
    expect(fields('{}')).toEqual([])
    expect(scanElements(encode('[ ]'), 0, 3, () => undefined)).toBe(0)
  })

  it.each([
    ['{"a":1,}', 7],
    ['{"a" 1}', 5],
    ['{"a":}', 5],
    ['{"a":1 2}', 7],
    ['{"a":1} x', 8],
    ['{"a\nb":1}', 3],
    ['{"\\q":1}', 3],
    ['{a:1}', 1],
    ['{"a":1', 6],
    ['{"a":[1}', 7],
    ['{"a', 3],
    ['', 0],
    ['[1]', 0],
  ])('scanFields refuses %j at byte %i', (text, offset) => {
    const bytes = encode(`  ${text}`)
    const scan = () => scanFields(bytes, 2, bytes.length, () => undefined, { file: 'f', base: 40 })
    expect(scan).toThrow(expect.objectContaining({ code: 'json-syntax', place: { file: 'f', offset: 42 + offset } }))
  })

  it.each(['[1,]', '[,1]', '[1 2]', '[1', '[1]]', '{}', '["a]', '[1}', '[[1}]'])('scanElements refuses %j', (text) => {
    expect(() => scanElements(encode(text), 0, text.length, () => undefined)).toThrow(
      expect.objectContaining({ code: 'json-syntax' }),
    )
  })

  it('take apart what parseJson reads, at any alignment, and refuse nothing valid', () => {
    fc.assert(
      fc.property(valueTexts, fc.integer({ min: 0, max: 7 }), (text, lead) => {
        const bytes = encode(`${'x'.repeat(lead)}${text}yy`).subarray(lead >> 1)
        const [start, end] = [lead - (lead >> 1), bytes.length - 2]
        const expected = JSON.parse(text)
        const kind = jsonKindAt(bytes, start)
        if (kind === 'object') {
          const seen: [string, unknown][] = []
          scanFields(bytes, start, end, (key, from, to) => seen.push([key, parseJson(bytes, from, to)]))
          expect(Object.fromEntries(seen)).toStrictEqual(expected)
        } else if (kind === 'array') {
          const seen: unknown[] = []
          scanElements(bytes, start, end, (index, from, to) => (seen[index] = parseJson(bytes, from, to)))
          expect(seen).toStrictEqual(expected)
        } else
          expect(kind).toBe(
            expected === null ? 'null' : typeof expected === 'boolean' ? String(expected) : typeof expected,
          )
      }),
      { numRuns: 500 },
    )
  })

  it('with the values parsed are as strict as the whole', () => {
    fc.assert(
      fc.property(corruptedBytes, (bytes) => {
        const end = bytes.length
        const piecewise = (start: number, stop: number) => {
          const kind = jsonKindAt(bytes, start)
          if (kind === 'object') scanFields(bytes, start, stop, (_key, from, to) => void parseJson(bytes, from, to))
          else if (kind === 'array')
            scanElements(bytes, start, stop, (_index, from, to) => void parseJson(bytes, from, to))
          else parseJson(bytes, start, stop)
        }
        const fails = (work: () => unknown) => {
          try {
            work()
            return false
          } catch (error) {
            expect(error).toMatchObject({ name: 'AnnotationError' })
            return true
          }
        }
        expect(fails(() => piecewise(0, end))).toBe(fails(() => parseJson(bytes, 0, end)))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('jsonKindAt', () => {
  it.each([
    ['{', 'object'],
    ['[', 'array'],
    ['"', 'string'],
    ['-1', 'number'],
    ['0', 'number'],
    ['true', 'true'],
    ['false', 'false'],
    ['null', 'null'],
    ['NaN', 'non-finite'],
    ['Infinity', 'non-finite'],
    ['-Infinity', 'non-finite'],
    ['-Inf', 'invalid'],
    ['nul', 'invalid'],
    ['+1', 'invalid'],
    [' 1', 'invalid'],
    ['', 'invalid'],
  ])('%j is %s', (text, kind) => expect(jsonKindAt(encode(text), 0)).toBe(kind))
})
