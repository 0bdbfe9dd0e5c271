import { describe, expect, it } from 'vitest'
import { extraText, idOf, idText, parseExtra } from '../../src/converters/extra-json.js'
import type { ExtraFields } from '../../src/dataset/extra.js'
import { idFrom, integerId } from '../../src/dataset/id.js'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

function fields(
  entries: Readonly<Record<string, string>> | readonly (readonly [string, string])[],
  form?: string,
): ExtraFields {
  const map = new Map<string, string>(Array.isArray(entries) ? entries : Object.entries(entries))
  return { keys: ['id', ...map.keys()], fields: map, ...(form === undefined ? {} : { form }) }
}

const parsed = (text: string) => {
  const bytes = bytesOf(text)
  return parseExtra(bytes, 0, bytes.length)
}

describe('foreign fields', () => {
  it('are one JSON object by format, numbers as they were', () => {
    const extra = new Map([
      ['coco', fields({ big: '7706992903151817196', one: '1.0', deep: '{"a":[{"b":1e400}]}' }, 'rle')],
      ['voc', fields({})],
    ])
    expect(extraText(extra)).toBe(
      '{"coco":{"keys":["id","big","one","deep"],"fields":{"big":7706992903151817196,"one":1.0,"deep":{"a":[{"b":1e400}]}},"form":"rle"},"voc":{"keys":["id"],"fields":{}}}',
    )
  })

  it.each<[string, ReadonlyMap<string, ExtraFields>]>([
    ['numbers', new Map([['coco', fields({ big: '7706992903151817196', one: '1.0', zero: '-0', small: '1e-400' })]])],
    [
      'values of every kind',
      new Map([['coco', fields({ a: 'null', b: 'true', c: '"ä\\u0000\\ud800"', d: '[]', e: '{}' })]]),
    ],
    ['nested values with their white space', new Map([['coco', fields({ a: '{ "b" : [ 1.50 , {"c":[[]]} ] }' })]])],
    [
      'keys that are special elsewhere',
      new Map([
        [
          'coco',
          fields([
            ['__proto__', '1'],
            ['constructor', '2'],
            ['', '3'],
            ['a"b\n', '4'],
            ['7', '5'],
            ['0', '6'],
          ]),
        ],
      ]),
    ],
    [
      'formats that are special elsewhere',
      new Map([
        ['__proto__', fields({ a: '1' })],
        ['coco:train', fields({ a: '2' }, 'x"y')],
      ]),
    ],
  ])('go round: %s', (_, extra) => {
    const text = extraText(extra) ?? ''
    expect(() => JSON.parse(text)).not.toThrow()
    expect(parsed(text)).toEqual(extra)
    expect([...(parsed(text)?.values() ?? [])].map((each) => [...each.fields.keys()])).toEqual(
      [...extra.values()].map((each) => [...each.fields.keys()]),
    )
    expect(extraText(parsed(text))).toBe(text)
  })

  it('stand on one line, also where their text does not', () => {
    const extra = new Map([['coco', fields({ a: '{\n"b":\r\n1}' })]])
    expect(extraText(extra)).toBe('{"coco":{"keys":["id","a"],"fields":{"a":{ "b":  1}}}}')
  })

  it('of the format that is written are left out', () => {
    const extra = new Map([
      ['coco', fields({ a: '1' })],
      ['voc', fields({ b: '2' })],
    ])
    expect(extraText(extra, 'coco')).toBe('{"voc":{"keys":["id","b"],"fields":{"b":2}}}')
    expect(extraText(new Map([['coco', fields({})]]), 'coco')).toBeUndefined()
    expect(extraText(new Map())).toBeUndefined()
    expect(extraText(undefined)).toBeUndefined()
  })

  it.each([
    '[]',
    '1',
    '{"coco":1}',
    '{"coco":{"keys":{},"fields":{}}}',
    '{"coco":{"keys":[],"fields":[]}}',
    '{"coco":{"keys":[],"fields":{},"form":1}}',
    '{"coco":{"keys":[],"fields":{},"more":1}}',
  ])('are not read from %s', (text) => {
    expect(parsed(text)).toBeUndefined()
  })

  it('are read where keys or fields are absent, and from the middle of a text', () => {
    expect(parsed('{"coco":{}}')).toEqual(new Map([['coco', { keys: [], fields: new Map() }]]))
    const bytes = bytesOf('xx{"coco":{"fields":{"a":1.0}}}yy')
    expect(parseExtra(bytes, 2, bytes.length - 2)).toEqual(
      new Map([['coco', { keys: [], fields: new Map([['a', '1.0']]) }]]),
    )
  })

  it.each(['{"coco":{"keys":[],"fields":{"a":01}}}', '{"coco":{"keys":[],"fields":{"a":NaN}}}', '{"coco":{'])(
    'that are no JSON are an error: %s',
    (text) => {
      expect(() => parsed(text)).toThrow(expect.objectContaining({ code: 'json-syntax' }))
    },
  )
})

describe('ids', () => {
  it.each([
    [integerId('7706992903151817196'), '7706992903151817196'],
    [integerId('-3'), '-3'],
    [idFrom('7'), '"7"'],
    [idFrom('a"b'), '"a\\"b"'],
  ])('%o is written as %s and read back', (id, text) => {
    expect(idText(id)).toBe(text)
    const bytes = bytesOf(text)
    expect(idOf(bytes, 0, bytes.length)).toEqual(id)
  })

  it.each([
    ['1.0', '1'],
    ['1e0', '1'],
    ['-0', '0'],
    ['12e1', '120'],
  ])('%s is the integer %s', (text, digits) => {
    expect(idOf(bytesOf(text), 0, text.length)).toEqual(integerId(digits))
  })

  it.each(['1.5', 'null', 'true', '[]', '{}', 'NaN'])('%s is none', (text) => {
    expect(idOf(bytesOf(text), 0, text.length)).toBeUndefined()
  })
})
