import { describe, expect, it } from 'vitest'
import { parseDataloopItem } from '../../../src/converters/dataloop/index.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { element, itemJson, itemsOf, open, problemsOf, read } from './harness.js'

const p = { x: 1, y: 2 }
const q = { x: 3, y: 4 }

const INVALID: readonly (readonly [element: unknown, code: string, pointer: string, subject: string])[] = [
  [7, 'expected-type', '', 'annotation'],
  [null, 'expected-type', '', 'annotation'],
  [{ label: 'a' }, 'missing-field', '/type', 'annotation'],
  [{ type: 3, label: 'a' }, 'expected-type', '/type', 'annotation'],
  [element('box'), 'invalid-value', '/coordinates', 'box'],
  [element('box', {}), 'invalid-value', '/coordinates', 'box'],
  [element('box', []), 'invalid-value', '/coordinates', 'box'],
  [element('box', [p]), 'invalid-value', '/coordinates', 'box'],
  [element('box', [p, { x: 3 }]), 'invalid-value', '/coordinates/1/y', 'box'],
  [element('box', [p, { x: '3', y: 4 }]), 'invalid-value', '/coordinates/1/x', 'box'],
  [element('box', [p, 5]), 'invalid-value', '/coordinates/1', 'box'],
  [element('segment', []), 'degenerate-geometry', '/coordinates', 'segment'],
  [element('segment', [[]]), 'degenerate-geometry', '/coordinates/0', 'segment'],
  [
    element('segment', [
      [p, q, p],
      [p, q],
    ]),
    'degenerate-geometry',
    '/coordinates/1',
    'segment',
  ],
  [element('segment', [[p, q, null]]), 'invalid-value', '/coordinates/0/2', 'segment'],
  [element('polyline', [[p]]), 'degenerate-geometry', '/coordinates/0', 'polyline'],
  [element('point', [p]), 'invalid-value', '/coordinates', 'point'],
  [element('ellipse', { rx: 1, ry: 1 }), 'invalid-value', '/coordinates/center', 'ellipse'],
  [element('ellipse', { center: p, rx: -1, ry: 1 }), 'invalid-value', '/coordinates/rx', 'ellipse'],
]

describe('an invalid annotation', () => {
  it.each(INVALID)('%j is left out, counted, and said: %s %s', (source, code, pointer, subject) => {
    const { item, ledger } = read(itemJson([source, element('point', p)]))
    expect(item.annotations.map(({ type }) => type)).toEqual(['point'])
    expect(ledger.problems).toMatchObject([{ code, lossy: true, places: [`a.json /annotations/0${pointer}`] }])
    expect(ledger.counts).toMatchObject({ read: 2, dropped: 1 })
    expect(ledger.entries).toMatchObject([
      { effect: 'dropped', subject, reason: 'invalid', places: ['a.json /annotations/0'] },
    ])
  })

  it.each(INVALID)('%j stops a strict reader there', (source, code, pointer) => {
    const place = { file: 'a.json', pointer: `/annotations/0${pointer}` }
    expect(() => read(itemJson([source]), 'strict')).toThrow(expect.objectContaining({ code, place }))
  })
})

it('salvage leaves out the bad ring only', () => {
  const source = element('segment', [
    [p, q],
    [p, q, { x: 9, y: 0 }],
  ])
  const { item, ledger } = read(itemJson([source]), 'salvage')
  expect(item.annotations[0]).toMatchObject({ amended: { effect: 'approximated', reason: 'repaired' }, raw: undefined })
  expect(item.annotations[0]?.bounds).toEqual({ left: 1, top: 0, right: 9, bottom: 4 })
  expect(problemsOf(ledger)).toEqual(['degenerate-geometry a.json /annotations/0/coordinates/0'])
  expect(read(itemJson([element('segment', [[p, q]])]), 'salvage').item.annotations).toEqual([])
})

describe('text', () => {
  it('that is no JSON is refused at its first fault', async () => {
    expect(() => parseDataloopItem('{"annotations":[{]}')).toThrow(expect.objectContaining({ code: 'json-syntax' }))
    await expect(open({ 'a.json': '{"filename":"/a.jpg",\n "annotations":[{]}' })).rejects.toMatchObject({
      code: 'json-syntax',
      place: { file: 'a.json', line: 2, column: 18 },
    })
  })

  it('that is something else is refused', async () => {
    for (const text of ['{"images":[],"annotations":[],"categories":[]}', '{"a":1}', '"x"', '[1]', '[{"value":{}}]'])
      await expect(open({ 'a.json': text })).rejects.toMatchObject({ code: 'not-this-format' })
    await expect(open({ 'a.json': ' ' })).rejects.toMatchObject({ code: 'empty-input' })
    await expect(open({ 'a.txt': '{}' })).rejects.toMatchObject({ code: 'empty-input' })
  })

  it('that is broken in one file does not keep the others from being read', async () => {
    const ledger = new Ledger('lenient')
    const dataset = await open(
      { 'a.json': '{"annotations":[', 'b.json': itemJson([]), 'c.json': '[{"annotations":[]},4' },
      ledger,
    )
    expect((await itemsOf(dataset, ledger)).map(({ place }) => place?.file)).toEqual(['b.json'])
    expect(ledger.problems.map(({ code, lossy, places }) => [code, lossy, places[0]?.slice(0, 6)])).toEqual([
      ['json-syntax', true, 'a.json'],
      ['json-syntax', true, 'c.json'],
    ])
  })

  it('may hold numbers that are no JSON, which become null', () => {
    const json = itemJson([element('point', p, { foreign: 'NaN here' }), element('point', { x: 5, y: 6 })])
    const { item, ledger } = read(json.replace('"NaN here"', 'NaN').replace('"y":6', '"y":Infinity'))
    expect(ledger.problems.map(({ code, count }) => [code, count])).toEqual([
      ['json-non-finite', 2],
      ['invalid-value', 1],
    ])
    expect(item.annotations).toHaveLength(1)
    expect(item.annotations[0]?.raw).toBeUndefined()
    expect(item.annotations[0]?.extra?.get('dataloop')?.fields.get('foreign')).toBe('null')
  })

  it('may say a key twice; the last one counts', () => {
    const json = itemJson([element('point', p, { label: 'a' })])
    const { item, ledger } = read(
      json.replace(
        '"label":"a"',
        '"label":"a","label":"b","metadata":{"system":{"x":1,"x":2},"system":{"status":"s"}}',
      ),
    )
    expect(item.annotations[0]).toMatchObject({ label: 'b', status: 's' })
    expect(ledger.problems.flatMap(({ code, places }) => [code, ...places])).toEqual([
      'json-duplicate-key',
      'a.json /annotations/0/label',
      'a.json /annotations/0/metadata/system/x',
      'a.json /annotations/0/metadata/system',
    ])
  })

  it('in UTF-16, or with a byte order mark, is read', async () => {
    const json = itemJson([element('point', p, { label: 'é' })])
    const wide = new Uint8Array(2 + json.length * 2)
    wide.set([0xff, 0xfe])
    for (let i = 0; i < json.length; i++) new DataView(wide.buffer).setUint16(2 + 2 * i, json.charCodeAt(i), true)
    for (const content of [wide, `\uFEFF${json}`]) {
      const [item] = await itemsOf(await open({ 'a.json': content }))
      expect(item?.annotations[0]?.label).toBe('é')
    }
  })

  it('with names of objects is only text', () => {
    const json = `{"filename":"/a.jpg","__proto__":{"annotations":[]},"annotations":[{"type":"point","label":"constructor",
      "coordinates":{"x":1,"y":2},"__proto__":{"label":"x"},"metadata":{"system":{"attributes":{"__proto__":"a","toString":true}},"user":{"__proto__":1}}}]}`
    const { item } = read(json)
    const [annotation] = item.annotations
    expect([annotation?.label, Object.entries(annotation?.definition.attributes ?? {})]).toEqual([
      'constructor',
      [
        ['__proto__', 'a'],
        ['toString', true],
      ],
    ])
    expect(Object.keys((annotation?.metadata as object) ?? {})).toEqual(['__proto__'])
    expect(({} as { label?: string }).label).toBeUndefined()
  })
})
