import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../src/converters/convert.js'
import { createDataset, type Dataset } from '../../src/dataset/dataset.js'
import { AnnotationError } from '../../src/errors.js'
import { memorySink } from '../../src/memory.js'
import { annotation, item } from '../dataset/sample.js'
import { type FakeWriter, fakeFormat, keepAll } from './fake-format.js'
import { failure } from './native/recording-account.js'

const TREE = memorySink('out')

function farm(): Dataset {
  return createDataset({ items: [item(1, [annotation('cat'), annotation('dog')]), item(2, [annotation('cow')])] })
}

describe('what stops a conversion', () => {
  it('a writer that gives too few or too many outcomes', async () => {
    const dataset = createDataset({
      items: [item(1, [annotation('cat'), annotation('dog')], { place: { file: 'a.json' } })],
    })
    for (const [count, got] of [
      [1, '1'],
      [3, '3'],
    ] as const) {
      const write = (): ReturnType<typeof keepAll> => Array(count).fill({ effect: 'kept', subject: 'box' })
      const { format, calls } = fakeFormat({ write })
      const error = await failure(convertDataset(dataset, { to: format, tree: TREE }))
      expect(error.code).toBe('conservation')
      expect(error.message).toBe(
        `a.json: the fake writer did not account for every annotation: expected 2 outcomes, got ${got}`,
      )
      expect(calls).toEqual(['create', 'write 1', 'abort'])
    }
  })

  it.each([
    [2, 'expected 5 annotations, got 3 kept + 0 derived + 0 approximated + 0 dropped = 3'],
    [-1, 'expected 2 annotations, got 3 kept + 0 derived + 0 approximated + 0 dropped = 3'],
  ])('a reader that counts %i too many, before the writer closes', async (wrong, contrast) => {
    const source = farm()
    const miscounting: Dataset = {
      ...source,
      async *items(account) {
        account?.read(wrong)
        yield* source.items(account)
      },
    }
    const { format, calls } = fakeFormat()
    const error = await failure(convertDataset(miscounting, { to: format, tree: TREE }))
    expect(error.code).toBe('conservation')
    expect(error.message).toBe(`the ledger does not add up; this is a defect of annoform: ${contrast}`)
    expect(calls).toEqual(['create', 'write 1', 'write 2', 'abort'])
  })

  const broken = new AnnotationError('io', 'disk full')
  it.each<[string, FakeWriter, readonly string[]]>([
    [
      'write throws',
      {
        write: () => {
          throw broken
        },
      },
      ['create', 'write 1', 'abort'],
    ],
    ['write rejects', { write: () => Promise.reject(broken) }, ['create', 'write 1', 'abort']],
    ['close rejects', { close: () => Promise.reject(broken) }, ['create', 'write 1', 'write 2', 'close', 'abort']],
    [
      'abort rejects as well',
      { close: () => Promise.reject(broken), abort: () => Promise.reject(new Error('and this')) },
      ['create', 'write 1', 'write 2', 'close', 'abort'],
    ],
  ])('%s: the error comes through and the sink is told', async (_, writer, expected) => {
    const { format, calls } = fakeFormat(writer)
    expect(await failure(convertDataset(farm(), { to: format, tree: TREE }))).toBe(broken)
    expect(calls).toEqual(expected)
  })

  it('the source throws', async () => {
    const { format, calls } = fakeFormat()
    const dataset = createDataset({
      labels: [],
      *items() {
        yield item(1)
        throw broken
      },
    })
    expect(await failure(convertDataset(dataset, { to: format, tree: TREE }))).toBe(broken)
    expect(calls).toEqual(['create', 'write 1', 'abort'])
  })

  it('a problem under the strict policy, with its code and place', async () => {
    const write: FakeWriter['write'] = (each, { account }) => {
      account.problem({
        code: 'size-unknown',
        message: 'no size',
        place: { file: 'a.json', pointer: '/images/0' },
        expected: 'width',
        got: 'nothing',
        fix: 'Give one',
      })
      return keepAll(each)
    }
    const { format, calls } = fakeFormat({ write })
    const error = await failure(convertDataset(farm(), { to: format, tree: TREE, policy: 'strict' }))
    expect(error).toBeInstanceOf(AnnotationError)
    expect(error).toMatchObject({
      code: 'size-unknown',
      message: 'a.json /images/0: no size: expected width, got nothing',
      place: { file: 'a.json', pointer: '/images/0' },
      fix: 'Give one',
    })
    expect(calls).toEqual(['create', 'write 1', 'abort'])
  })
})

describe('an abort', () => {
  it('that was asked for before makes nothing', async () => {
    const { format, calls } = fakeFormat()
    const signal = { aborted: true, reason: 'enough' }
    const error = await failure(convertDataset(farm(), { to: format, tree: TREE, signal }))
    expect([error.code, error.message, error.cause]).toEqual(['aborted', 'stopped on request', 'enough'])
    expect(calls).toEqual([])
  })

  it('between items stops before the next one', async () => {
    const signal = { aborted: false }
    const { format, calls } = fakeFormat({
      write: (each) => {
        signal.aborted = true
        return keepAll(each)
      },
    })
    expect((await failure(convertDataset(farm(), { to: format, tree: TREE, signal }))).code).toBe('aborted')
    expect(calls).toEqual(['create', 'write 1', 'abort'])
  })

  it('during the last item stops before the end', async () => {
    const signal = { aborted: false }
    const { format, calls } = fakeFormat({
      write: (each) => {
        signal.aborted = each.id.text === '2'
        return keepAll(each)
      },
    })
    expect((await failure(convertDataset(farm(), { to: format, tree: TREE, signal }))).code).toBe('aborted')
    expect(calls).toEqual(['create', 'write 1', 'write 2', 'abort'])
  })

  it('while closing is heard; a sink that has closed is not told to abort', async () => {
    const signal = { aborted: false }
    const { format, calls } = fakeFormat({
      close: () => {
        signal.aborted = true
        return Promise.resolve()
      },
    })
    expect((await failure(convertDataset(farm(), { to: format, tree: TREE, signal }))).code).toBe('aborted')
    expect(calls).toEqual(['create', 'write 1', 'write 2', 'close'])
  })
})
