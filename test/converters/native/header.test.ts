import { describe, expect, it } from 'vitest'
import { nativeText, parseNative } from '../../../src/converters/native/index.js'
import { readAll } from './hand-written.js'

describe('the header', () => {
  it('tells what is bad in it and goes on', async () => {
    const header =
      '{"labels":[{"name":"a"},{"name":7},{"name":"b","color":[1,2],"more":[1.0]},{"name":"a","id":2}],' +
      '"strays":[{"reason":"orphan","raw":{"format":"coco","json":{}}},{"reason":"x"}],"splits":["train",1],"info":{"x":1}}'
    const { log } = await readAll(`{"annoform":1,"header":${header},"more":1}`, 'lenient')
    expect(log).toEqual([
      'header dropped more unknown key @ a.jsonl:1 /more',
      'expected-type bad "name": expected a string, got 7 @ a.jsonl:1 /header/labels/1/name',
      'header dropped label invalid @ a.jsonl:1 /header/labels/1/name',
      'expected-type bad "color": expected [red, green, blue], got [1,2] @ a.jsonl:1 /header/labels/2/color',
      'header dropped color invalid @ a.jsonl:1 /header/labels/2/color',
      'duplicate-label the label "a" is there twice; the first one counts @ a.jsonl:1 /header/labels/3',
      'missing-field no "raw": expected "raw", got undefined @ a.jsonl:1 /header/strays/1',
      'header dropped stray invalid @ a.jsonl:1 /header/strays/1',
      'expected-type bad element: expected a string, got 1 @ a.jsonl:1 /header/splits/1',
      'header dropped splits invalid @ a.jsonl:1 /header/splits/1',
      'read 2',
      'drop annotation invalid @ a.jsonl:1 /header/strays/1',
    ])
    const { header: read } = await parseNative(`{"annoform":1,"header":${header}}`, { policy: 'lenient' })
    expect([...read.labels].map(({ name }) => name)).toEqual(['a', 'b'])
    expect(read.labels.get('b')?.extra?.get('native')?.fields.get('more')).toBe('[1.0]')
    expect(read.strays.map(({ reason }) => reason)).toEqual(['orphan'])
    expect([read.info, read.splits]).toEqual([{ x: 1 }, []])
  })

  it('every field of a stray', async () => {
    const strays =
      '[{"reason":"orphan","label":"a","split":"val","raw":{"format":"coco","json":{ "id":1.0 }}},' +
      '{"reason":"","raw":{"format":"vtt","text":"x"}}]'
    const text = `{"annoform":1,"header":{"labels":[],"strays":${strays}}}\n`
    const dataset = await parseNative(text)
    const place = { file: 'dataset.annoform.jsonl', line: 1, pointer: '/header/strays/0' }
    const bytes = new TextEncoder().encode('{ "id":1.0 }')
    expect(dataset.header.strays[0]).toEqual({
      reason: 'orphan',
      label: 'a',
      split: 'val',
      raw: { format: 'coco', bytes, json: true },
      place,
    })
    expect([dataset.header.strays[1]?.label, dataset.header.strays[1]?.split]).toEqual([undefined, undefined])
    expect(await nativeText(dataset)).toBe(text)
  })

  it('what is written is what was read of keys nobody knows', async () => {
    const text = `{"annoform":1,"header":{"labels":[{"name":"a","z":1e0}],"future":{ "b" : 1.50 }}}\n`
    expect(await nativeText(await parseNative(text))).toBe(text)
  })
})
