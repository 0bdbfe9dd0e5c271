import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../src/converters/convert.js'
import type { ProgressEvent } from '../../src/converters/format.js'
import { Ledger } from '../../src/converters/ledger.js'
import { choice, flag } from '../../src/converters/options.js'
import { createDataset, type Dataset } from '../../src/dataset/dataset.js'
import { withHeader } from '../../src/dataset/transforms.js'
import { memorySink } from '../../src/memory.js'
import { annotation, item, rawText } from '../dataset/sample.js'
import { type FakeWriter, fakeFormat, keepAll } from './fake-format.js'
import { failure } from './native/recording-account.js'

const TREE = memorySink('out')

function farm(): Dataset {
  return createDataset({ items: [item(1, [annotation('cat'), annotation('dog')]), item(2, [annotation('cow')])] })
}

/** The farm with annotations that have no item. */
function withStrays(): Dataset {
  const source = farm()
  const strays = ['a', 'b'].map((file) => ({ raw: rawText('{}'), reason: 'orphan', place: { file } }))
  const dataset = withHeader(source, { ...source.header, strays })
  return {
    ...dataset,
    async *items(account) {
      account?.read(strays.length)
      yield* dataset.items(account)
    },
  }
}

describe('convertDataset', () => {
  it('writes every item in order, closes, and does not abort', async () => {
    const { format, calls } = fakeFormat()
    const report = await convertDataset(farm(), { to: format, tree: TREE })
    expect(calls).toEqual(['create', 'write 1', 'write 2', 'close'])
    expect(report).toEqual({
      version: 1,
      source: { format: 'memory', name: 'memory' },
      target: { format: 'fake', name: 'out' },
      items: 2,
      annotations: { read: 3, kept: 3, derived: 0, approximated: 0, dropped: 0 },
      ledger: [{ level: 'annotation', effect: 'kept', subject: 'box', count: 3, places: [] }],
      problems: [],
    })
  })

  it('waits for outcomes that are promised', async () => {
    const { format } = fakeFormat({ write: async (each) => keepAll(await Promise.resolve(each)) })
    expect((await convertDataset(farm(), { to: format, tree: TREE })).annotations.kept).toBe(3)
  })

  it('reports a data set without items', async () => {
    const { format, calls } = fakeFormat()
    const report = await convertDataset(createDataset({ items: [] }), { to: format, tree: TREE })
    expect(calls).toEqual(['create', 'close'])
    expect(report.items).toBe(0)
    expect(report.annotations).toEqual({ read: 0, kept: 0, derived: 0, approximated: 0, dropped: 0 })
    expect(report.ledger).toEqual([])
  })

  it('refuses a format that cannot be written', async () => {
    const { write: _, ...format } = fakeFormat().format
    const error = await failure(convertDataset(farm(), { to: format, tree: TREE }))
    expect([error.code, error.message]).toEqual(['cannot-write-format', 'fake can be read but not written'])
  })

  it('takes source and ledger of the caller, and the report holds what happened before', async () => {
    const ledger = new Ledger('lenient')
    ledger.problem({ code: 'duplicate-label', message: 'two of them', place: { file: 'a.json' } })
    ledger.field({ level: 'header', effect: 'dropped', subject: 'licenses', reason: 'no place for it' })
    const source = { format: 'coco', name: 'a.json' }
    const report = await convertDataset(farm(), { to: fakeFormat().format, tree: TREE, ledger, source })
    expect(report.source).toEqual(source)
    expect(report.problems.map(({ code, places }) => [code, places])).toEqual([['duplicate-label', ['a.json']]])
    expect(report.ledger.map(({ level, count }) => [level, count])).toEqual([
      ['annotation', 3],
      ['header', 1],
    ])
    ledger.problem({ code: 'duplicate-label', message: 'two of them', place: { file: 'b.json' } })
    expect(report.problems[0]).toMatchObject({ count: 1, places: ['a.json'] })
  })

  it('gives the writer the policy, the account, scratch space and the options', async () => {
    const spec = { rings: choice(['join', 'split'], 'what to do with rings'), crowd: flag('keep crowds') }
    let seen: unknown
    const { format } = fakeFormat({
      options: spec,
      create: (options, { policy, account, scratch }, { labels }) => {
        seen = [options, policy, account instanceof Ledger, typeof scratch.create, labels.size]
      },
    })
    await convertDataset(farm(), { to: format, tree: TREE, policy: 'salvage', options: { rings: 'split' } })
    expect(seen).toEqual([{ rings: 'split', crowd: false }, 'salvage', true, 'function', 3])
  })

  it('refuses options before anything is made', async () => {
    const { format, calls } = fakeFormat({ options: { crowd: flag('keep crowds') } })
    const error = await failure(convertDataset(farm(), { to: format, tree: TREE, options: { crowds: true } }))
    expect([error.code, error.message, error.fix]).toEqual([
      'unknown-option',
      'there is no option --fake.crowds',
      'fake has --fake.crowd',
    ])
    expect(calls).toEqual([])
  })

  it('rewrite gives up every text first', async () => {
    const texts: boolean[] = []
    const write: FakeWriter['write'] = (each) => {
      texts.push(each.raw !== undefined, ...each.annotations.map(({ raw }) => raw !== undefined))
      return keepAll(each)
    }
    await convertDataset(farm(), { to: fakeFormat({ write }).format, tree: TREE })
    expect(texts).toEqual([true, true, true, true, true])
    const report = await convertDataset(farm(), { to: fakeFormat({ write }).format, tree: TREE, rewrite: true })
    expect(texts.slice(5)).toEqual([false, false, false, false, false])
    expect(report.annotations).toMatchObject({ read: 3, kept: 3 })
  })
})

describe('strays', () => {
  it('are dropped where the format has no place for them', async () => {
    const { format } = fakeFormat()
    const report = await convertDataset(withStrays(), { to: format, tree: TREE })
    expect(report.annotations).toEqual({ read: 5, kept: 3, derived: 0, approximated: 0, dropped: 2 })
    expect(report.ledger[0]).toEqual({
      level: 'annotation',
      effect: 'dropped',
      subject: 'annotation',
      reason: 'orphan',
      count: 2,
      places: ['a', 'b'],
    })
  })

  it('are written after the items where it has one', async () => {
    const { format, calls } = fakeFormat({
      strays: (strays) => strays.map(() => ({ effect: 'kept', subject: 'annotation' })),
    })
    const report = await convertDataset(withStrays(), { to: format, tree: TREE })
    expect(calls).toEqual(['create', 'write 1', 'write 2', 'strays 2', 'close'])
    expect(report.annotations).toMatchObject({ read: 5, kept: 5 })
  })

  it('must all be accounted for', async () => {
    const { format, calls } = fakeFormat({ strays: () => [{ effect: 'kept', subject: 'annotation' }] })
    const error = await failure(convertDataset(withStrays(), { to: format, tree: TREE }))
    expect([error.code, error.expected]).toEqual(['conservation', '5 annotations'])
    expect(calls.at(-1)).toBe('abort')
  })
})

describe('progress', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => item(i))

  it('is told every 256 items and before the end', async () => {
    const events: ProgressEvent[] = []
    const onProgress = (event: ProgressEvent): void => void events.push(event)
    const { format } = fakeFormat({ close: async () => void expect(events.at(-1)?.phase).toBe('finish') })
    await convertDataset(createDataset({ items: many(600) }), { to: format, tree: TREE, onProgress })
    expect(events).toEqual([
      { phase: 'convert', unit: 'items', done: 256, total: 600 },
      { phase: 'convert', unit: 'items', done: 512, total: 600 },
      { phase: 'finish', unit: 'items', done: 600, total: 600 },
    ])
  })

  it('has no total where nobody knows it', async () => {
    const events: ProgressEvent[] = []
    const onProgress = (event: ProgressEvent): void => void events.push(event)
    const dataset = createDataset({ labels: [], items: () => many(256) })
    await convertDataset(dataset, { to: fakeFormat().format, tree: TREE, onProgress })
    expect(events).toEqual([
      { phase: 'convert', unit: 'items', done: 256, total: undefined },
      { phase: 'finish', unit: 'items', done: 256, total: 256 },
    ])
  })
})
