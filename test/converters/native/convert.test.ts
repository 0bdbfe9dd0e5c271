import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../../src/converters/convert.js'
import type { Probe } from '../../../src/converters/format.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { native, nativeText, parseNative } from '../../../src/converters/native/index.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset, type Dataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { DEFINITION_TYPES, Point } from '../../../src/definitions/index.js'
import { memoryScratch, memorySink, memoryTree } from '../../../src/memory.js'
import { arbitraryHeader, arbitraryItem } from './arbitrary-items.js'
import { FIRST, itemLine, POINT } from './hand-written.js'
import { failure } from './recording-account.js'

const FILE = 'dataset.annoform.jsonl'
const { read, write } = native

describe('conversion', () => {
  it('keeps and accounts for every annotation', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHeader, fc.array(arbitraryItem(), { maxLength: 3 }), async (header, items) => {
        const source: Dataset = {
          header,
          async *items(account) {
            account?.read(header.strays.length)
            for (const item of items) {
              account?.read(item.annotations.length)
              yield item
            }
          },
          close: () => Promise.resolve(),
        }
        const tree = memorySink()
        const first = await convertDataset(source, { to: native, tree, policy: 'strict' })
        const count = header.strays.length + items.reduce((sum, item) => sum + item.annotations.length, 0)
        const counts = { read: count, kept: count, derived: 0, approximated: 0, dropped: 0 }
        expect(first.annotations).toEqual(counts)
        expect([...tree.files.keys()]).toEqual([FILE])
        // And once more from the file: the strays are still there.
        const ledger = new Ledger('strict')
        const context = { policy: 'strict', account: ledger, scratch: memoryScratch() } as const
        const opened = await read?.open(memoryTree({ [FILE]: tree.text(FILE) }), {}, context)
        if (opened === undefined) throw new Error('native can be read')
        const again = memorySink()
        const second = await convertDataset(opened, { to: native, tree: again, ledger })
        expect(second.annotations).toEqual(counts)
        expect(again.text(FILE)).toBe(tree.text(FILE))
        await opened.close()
      }),
      { numRuns: 40 },
    )
  })

  it('conserves what a bad file holds', async () => {
    const bad = '{"definition":{"type":"point","label":"p","x":null,"y":2}}'
    const swapped = '{"definition":{"type":"box","label":"p","left":5,"top":0,"right":1,"bottom":2}}'
    const text = `${FIRST}\n${itemLine(POINT, bad, swapped)}\n{"annotations":[1,2]}\n`
    const ledgerOf = async (policy: 'lenient' | 'salvage') => {
      const source = await parseNative(text, { policy, name: 'a.jsonl' })
      return convertDataset(source, { to: native, tree: memorySink(), policy })
    }
    expect((await ledgerOf('lenient')).annotations).toEqual({
      read: 5,
      kept: 1,
      derived: 0,
      approximated: 0,
      dropped: 4,
    })
    const salvaged = await ledgerOf('salvage')
    expect(salvaged.annotations).toEqual({ read: 5, kept: 1, derived: 0, approximated: 1, dropped: 3 })
    expect(salvaged.ledger).toContainEqual({
      level: 'annotation',
      effect: 'approximated',
      subject: 'box',
      reason: 'repaired',
      count: 1,
      measure: undefined,
      places: ['a.jsonl:2 /annotations/2'],
    })
  })

  it('foreign texts are dropped with --rewrite, values are not', async () => {
    const raw = { format: 'coco', bytes: new TextEncoder().encode('{"a":1}') }
    const annotation = new Annotation({ definition: new Point({ label: 'p', x: 1, y: 2 }), score: 0.5, raw })
    const media = { kind: 'image', width: 64, height: 40 } as const
    const item = new Item({ id: idFrom(1), path: 'a.jpg', media, annotations: [annotation] })
    const text = await nativeText(createDataset({ items: [item] }))
    for await (const { annotations } of (await parseNative(text)).items()) expect(annotations[0]?.raw).toBeDefined()
    const tree = memorySink()
    await convertDataset(await parseNative(text), { to: native, tree, rewrite: true })
    expect(tree.text(FILE).split('\n')[1]).toBe(itemLine(`${POINT.slice(0, -1)},"score":0.5}`))
  })
})

describe('the format value', () => {
  it('says that everything is kept', () => {
    expect(Object.keys(native.expresses.definitions).sort()).toEqual([...DEFINITION_TYPES].sort())
    expect(Object.values(native.expresses.definitions).every(({ effect }) => effect === 'kept')).toBe(true)
    expect(native.expresses.media).toEqual(['image', 'video', 'audio', 'text'])
    expect([native.id, native.expresses.needsSize]).toEqual(['native', false])
    expect(write?.options).toEqual({})
  })

  function probe(files: Record<string, string>): Probe {
    const head = (path: string, bytes = 65_536) => Promise.resolve((files[path] ?? '').slice(0, bytes))
    return { tree: memoryTree(files), paths: Object.keys(files), head, tail: head }
  }

  it.each([
    [{ 'a.jsonl': FIRST }, 1, 'the first line of a.jsonl starts with {"annoform":1'],
    [{ 'x.ndjson': ' { "annoform" : 1 , "header":{}}' }, 1, 'the first line of x.ndjson starts with {"annoform":1'],
    [{ 'x.json': `\n${FIRST}`, 'a.png': '' }, 1, 'the first line of x.json starts with {"annoform":1'],
    [
      { 'd.annoform.jsonl': FIRST, 'log.jsonl': '{}', 'b.jsonl': '{}' },
      1,
      'the first line of d.annoform.jsonl starts with {"annoform":1',
    ],
    [{ 'a.jsonl': '{"annoform":12}' }, 0.9, 'a.jsonl is a native file of another version: {"annoform":12'],
    [{ 'a.json': '{"images":[]}' }, 0, 'the first line of a.json does not start with {"annoform":1'],
    [{ 'a.json': '{"x":{"annoform":1}}' }, 0, 'the first line of a.json does not start with {"annoform":1'],
    [{ 'a.json': '', 'b.json': '' }, 0, 'a native data set is one .jsonl file; here: 2 files such as a.json'],
    [{ 'a.txt': '', 'b.txt': '' }, 0, 'a native data set is one .jsonl file; here: 2 files, none of them .jsonl'],
    [{}, 0, 'a native data set is one .jsonl file; here: no file'],
  ])('recognises %j', async (files: Record<string, string>, confidence, evidence) => {
    expect(await native.detect(probe(files))).toEqual({ confidence, evidence })
  })

  it('opens what it recognises, and one file of any name', async () => {
    const context = { policy: 'strict', account: new Ledger('strict'), scratch: memoryScratch() } as const
    const open = async (files: Record<string, string>): Promise<Item[]> => {
      const items: Item[] = []
      const dataset = await read?.open(memoryTree(files), {}, context)
      for await (const item of dataset?.items() ?? []) items.push(item)
      return items
    }
    const text = `${FIRST}\n${itemLine(POINT)}`
    expect(await open({ 'notes.txt': '', 'in/d.annoform.jsonl': text, 'z.jsonl': '' })).toHaveLength(1)
    expect(await open({ 'backup.bin': text })).toHaveLength(1)
    const error = await failure(open({ 'a.jsonl': text, 'b.jsonl': text }))
    expect(error.message).toBe(
      'memory: a native data set is one .jsonl file: expected exactly one, got 2 files such as a.jsonl',
    )
  })
})
