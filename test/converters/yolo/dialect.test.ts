import { describe, expect, it } from 'vitest'
import { codesOf, labels, problemsOf, readFiles } from './harness.js'

describe('a sixth column', () => {
  it.each<[string, string, object, readonly unknown[], readonly string[]]>([
    ['shares', '0 .5 .5 .1 .1 0.25\n1 .5 .5 .1 .1 1', {}, [0.25, 1], []],
    ['whole numbers', '0 .5 .5 .1 .1 0\n1 .5 .5 .1 .1 17.0', {}, ['0', '17'], []],
    ['numbers beyond a double', '0 .5 .5 .1 .1 9007199254740993', {}, ['9007199254740993'], []],
    ['0 and 1', '0 .5 .5 .1 .1 0\n1 .5 .5 .1 .1 1', {}, [0, 1], ['dialect']],
    ['neither', '0 .5 .5 .1 .1 2.5', {}, ['2.5'], ['dialect']],
    ['0 and 1, as tracks', '0 .5 .5 .1 .1 0\n1 .5 .5 .1 .1 1', { sixth: 'track' }, ['0', '1'], []],
    ['whole numbers, as scores', '0 .5 .5 .1 .1 7', { sixth: 'score' }, [7], []],
  ])('of %s', async (_, rows, options, values, problems) => {
    const read = await readFiles(labels(rows), { options: options as Record<string, string> })
    expect(read.annotations.map(({ score, objectId }) => score ?? objectId?.text)).toEqual(values)
    expect(codesOf(read)).toEqual(problems)
  })

  it('is judged by all files together', async () => {
    const read = await readFiles(labels('0 .5 .5 .1 .1 1\n', { 'labels/train/b.txt': '0 .5 .5 .1 .1 2\n' }))
    expect(read.annotations.map(({ objectId }) => objectId?.text)).toEqual(['1', '2'])
  })
})

describe('four points', () => {
  const rows = '0 0.1 0.1 0.2 0.1 0.2 0.2 0.1 0.2\n'

  it('are polygons, and it is said that they may be oriented boxes', async () => {
    const read = await readFiles(labels(rows))
    expect(read.annotations.map(({ type }) => type)).toEqual(['segment'])
    expect(problemsOf(read)).toEqual(['dialect data.yaml'])
    expect(read.ledger.problems[0]?.lossy).toBe(false)
  })

  it.each([
    ['another count of points beside them', labels(`${rows}0 0.1 0.1 0.2 0.1 0.2 0.2\n`), {}],
    ['a box beside them', labels(`${rows}0 0.1 0.1 0.2 0.1\n`), {}],
    ['the task in data.yaml', { ...labels(rows), 'data.yaml': 'task: segment\ntrain: images/train\nnames: [a]\n' }, {}],
    ['the option', labels(rows), { task: 'segment' }],
  ])('are nothing to talk about with %s', async (_, files, options) => {
    const read = await readFiles(files, { options })
    expect([codesOf(read), read.annotations[0]?.type]).toEqual([[], 'segment'])
  })
})
