import { describe, expect, it } from 'vitest'
import { nativeText, parseNative } from '../../../src/converters/native/index.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import type { Raw } from '../../../src/dataset/extra.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { LabelTree } from '../../../src/dataset/labels.js'
import { Box } from '../../../src/definitions/index.js'
import { FIRST, itemLine, POINT, readAll } from './hand-written.js'
import { recordingAccount } from './recording-account.js'

function raw(source: string): Raw {
  return { format: 'coco', bytes: new TextEncoder().encode(source), json: true }
}

function annotation(id: number): Annotation {
  const definition = new Box({ label: 'traffic light', left: 1, top: 2, right: 11, bottom: 7.5 })
  return new Annotation({ id: idFrom(id), definition, metadata: { by: 'me' }, raw: raw(`{"id": ${id},"w":1.0}`) })
}

const ITEM = new Item({
  id: idFrom(7),
  path: 'a.jpg',
  media: { kind: 'image', width: 64, height: 40 },
  split: 'val',
  annotations: [annotation(1), annotation(2)],
  metadata: { day: 1 },
  extra: new Map([['native', { keys: ['camera'], fields: new Map([['camera', '"c"']]) }]]),
  raw: raw('{"id":7, "file_name":"a.jpg"}'),
})
const LABELS = new LabelTree([{ name: 'traffic light', id: idFrom(3), raw: raw('{"id":3}') }, { name: 'b' }])
const whole = createDataset({ items: [ITEM], labels: LABELS, info: { year: 2020 } })

/** Which of the raws are still there, and what the account was told. */
async function rawsOf(text: string): Promise<{ left: string[]; log: readonly string[] }> {
  const account = recordingAccount()
  const dataset = await parseNative(text, { policy: 'strict', account, name: 'a.jsonl' })
  const left: string[] = []
  if (dataset.header.labels.labels[0]?.raw !== undefined) left.push('label')
  for await (const item of dataset.items()) {
    if (item.raw !== undefined) left.push('item')
    for (const [i, { raw }] of item.annotations.entries()) if (raw !== undefined) left.push(`annotation ${i}`)
  }
  return { left, log: account.log.filter((line) => !line.startsWith('read')) }
}

const ALL = ['label', 'item', 'annotation 0', 'annotation 1']
const told = (line: number, pointer: string) =>
  `field dropped raw edited since it was written @ a.jsonl:${line} ${pointer}`
const ITEM_TOLD = told(2, '/raw')
const FIRST_TOLD = told(2, '/annotations/0/raw')
const SECOND_TOLD = told(2, '/annotations/1/raw')
const LABEL_TOLD = told(1, '/header/labels/0/raw')

type Line = Record<string, unknown> & { header: Record<string, never>; annotations: Record<string, unknown>[] }

/** What `jq -c` does: every line parsed, changed, and written compactly. */
function jq(text: string, change: (line: Line) => unknown): string {
  const lines = text.trimEnd().split('\n')
  // Number texts stay, as in jq 1.7: here only 1.0 needs it.
  const kept = lines.map((line) => JSON.parse(line.replaceAll('1.0', '"<1.0>"')) as Line)
  for (const line of kept) change(line)
  return `${kept.map((line) => JSON.stringify(line).replaceAll('"<1.0>"', '1.0')).join('\n')}\n`
}

const isItem = (line: Line): boolean => 'path' in line

describe('what is not edited keeps its raw', () => {
  it('as written', async () => {
    expect(await rawsOf(await nativeText(whole))).toEqual({ left: ALL, log: [] })
  })

  it('through a program that lays the JSON out anew', async () => {
    const text = await nativeText(whole)
    const compact = jq(text, () => undefined)
    expect(compact).not.toBe(text)
    expect(await rawsOf(compact)).toEqual({ left: ALL, log: [] })
    expect(await rawsOf(compact.replaceAll('":', '" : ').replaceAll(',"', ' ,\t"'))).toEqual({ left: ALL, log: [] })
    expect(await rawsOf(text.replaceAll('\n', '\r\n'))).toEqual({ left: ALL, log: [] })
  })

  it.each<[string, (line: Line) => unknown, string[], string[]]>([
    ['another split', (line) => isItem(line) && Object.assign(line, { split: 'train' }), ALL, []],
    ['no split', (line) => delete line.split, ALL, []],
    ['an annotation less', (line) => isItem(line) && line.annotations.shift(), ['label', 'item', 'annotation 0'], []],
    [
      'an annotation more, without a raw',
      (line) => isItem(line) && line.annotations.unshift({ definition: { type: 'class', label: 'b' } }),
      ['label', 'item', 'annotation 1', 'annotation 2'],
      [],
    ],
    ['the order', (line) => isItem(line) && line.annotations.reverse(), ALL, []],
    ['the info', (line) => line.header && Object.assign(line.header, { info: 1 }), ALL, []],
  ])('%s', async (_, change, left, log) => {
    expect(await rawsOf(jq(await nativeText(whole), change))).toEqual({ left, log })
  })

  it('a split that comes after the raw', async () => {
    const item = new Item({ ...ITEM, split: undefined })
    const text = jq(await nativeText(createDataset({ items: [item], labels: LABELS })), (line) => {
      if (isItem(line)) line.split = 'val'
    })
    expect(text).toMatch(/"split":"val"\}\n$/)
    expect(await rawsOf(text)).toEqual({ left: ALL, log: [] })
  })
})

describe('what is edited loses its raw, and the ledger says so', () => {
  it.each<[string, (text: string) => string, string[], string[]]>([
    [
      'a side of a box',
      (text) => text.replace('"left":1,', '"left":2,'),
      ['label', 'item', 'annotation 1'],
      [FIRST_TOLD],
    ],
    [
      'a space in a label',
      (text) => text.replace('light","left"', ' light","left"'),
      ['label', 'item', 'annotation 1'],
      [FIRST_TOLD],
    ],
    [
      'metadata',
      (text) => text.replace('{"by":"me"}', '{"by":"you"}'),
      ['label', 'item', 'annotation 1'],
      [FIRST_TOLD],
    ],
    [
      'the id of an annotation',
      (text) => text.replace('{"id":2,', '{"id":9,'),
      ['label', 'item', 'annotation 0'],
      [SECOND_TOLD],
    ],
    [
      'the path',
      (text) => text.replace('"path":"a', '"path":"b'),
      ['label', 'annotation 0', 'annotation 1'],
      [ITEM_TOLD],
    ],
    [
      'the width',
      (text) => text.replace('"width":64', '"width":65'),
      ['label', 'annotation 0', 'annotation 1'],
      [ITEM_TOLD],
    ],
    [
      'metadata of the item',
      (text) => text.replace('"day":1', '"day":2'),
      ['label', 'annotation 0', 'annotation 1'],
      [ITEM_TOLD],
    ],
    [
      'a foreign key',
      (text) => text.replace('"camera":"c"', '"camera":"d"'),
      ['label', 'annotation 0', 'annotation 1'],
      [ITEM_TOLD],
    ],
    [
      'the id of the item',
      (text) => text.replace('{"id":7,"path"', '{"id":8,"path"'),
      ['label'],
      [ITEM_TOLD, FIRST_TOLD, SECOND_TOLD],
    ],
    [
      'the kind of that id',
      (text) => text.replace('{"id":7,"path"', '{"id":"7","path"'),
      ['label'],
      [ITEM_TOLD, FIRST_TOLD, SECOND_TOLD],
    ],
    ['the id of a label', (text) => text.replace('"id":3,', '"id":4,'), ALL.slice(1), [LABEL_TOLD]],
    ['the name of a label', (text) => text.replace('"name":"traffic', '"name":"Traffic'), ALL.slice(1), [LABEL_TOLD]],
    [
      'a sum',
      (text) => text.replace(/"sum":[0-9]+\}\}\]/, '"sum":1}}]'),
      ['label', 'item', 'annotation 0'],
      [SECOND_TOLD],
    ],
    ['no sum', (text) => text.replace(/,"sum":[0-9]+/g, ''), [], [LABEL_TOLD, ITEM_TOLD, FIRST_TOLD, SECOND_TOLD]],
  ])('%s', async (_, edit, left, log) => {
    const text = await nativeText(whole)
    const edited = edit(text)
    expect(edited).not.toBe(text)
    expect(await rawsOf(edited)).toEqual({ left, log })
  })

  it.each<[string, (line: Line) => unknown, string[], string[]]>([
    [
      'a member that is added, and so comes after the raw',
      (line) => isItem(line) && Object.assign(line.annotations[0] ?? {}, { score: 0.5 }),
      ['label', 'item', 'annotation 1'],
      [FIRST_TOLD],
    ],
    [
      'a foreign member that is added',
      (line) => isItem(line) && Object.assign(line, { reviewed: true }),
      ['label', 'annotation 0', 'annotation 1'],
      [ITEM_TOLD],
    ],
    [
      'a member that is taken away',
      (line) => delete line.annotations?.[1]?.metadata,
      ['label', 'item', 'annotation 0'],
      [SECOND_TOLD],
    ],
    [
      'an annotation copied into another item',
      (line) => isItem(line) && Object.assign(line, { id: 8 }),
      ['label'],
      [ITEM_TOLD, FIRST_TOLD, SECOND_TOLD],
    ],
  ])('%s', async (_, change, left, log) => {
    expect(await rawsOf(jq(await nativeText(whole), change))).toEqual({ left, log })
  })

  it('a raw that is alone in its place', async () => {
    const { items, log } = await readAll(
      `${FIRST}\n${itemLine(`{"raw":{"format":"coco","json":{},"sum":2166136261},${POINT.slice(1)}`)}`,
      'strict',
    )
    expect(items[0]?.annotations[0]?.raw).toBeUndefined()
    expect(log).toEqual(['read 1', FIRST_TOLD])
  })
})
