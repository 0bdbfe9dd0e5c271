import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Box, Polygon } from '../../../src/definitions/index.js'
import { again, entriesOf, labels, problemsOf, readFiles, SIZE } from './harness.js'

/** The sides of a box in shares of the picture, undone by hand. */
async function boxes(rows: string): Promise<readonly (readonly [string, readonly number[]])[]> {
  const { annotations, ledger } = await readFiles(labels(rows))
  expect(ledger.problems).toEqual([])
  return annotations.map(({ definition }) => {
    const { left, top, right, bottom, label } = definition as Box
    return [label, [left, top, right, bottom]]
  })
}

describe('a row of detect', () => {
  it('is a box in pixels of the picture', async () => {
    expect(await boxes('1 0.5 0.25 0.125 0.5\n')).toEqual([['dog', [280, 0, 360, 213.5]]])
  })

  it.each([
    ['tabs and runs of spaces', '0 \t 0.5\t0.25   0.125 0.5  \n'],
    ['CRLF', '0 0.5 0.25 0.125 0.5\r\n'],
    ['CR alone', '0 0.5 0.25 0.125 0.5\r'],
    ['no line end', '0 0.5 0.25 0.125 0.5'],
    ['blank lines', '\n \n\r\n0 0.5 0.25 0.125 0.5\n\n'],
    ['a byte order mark', '\uFEFF0 0.5 0.25 0.125 0.5\n'],
    ['exponents', '0 5e-1 2.5E-01 125e-3 +0.5e+0\n'],
    ['what only Python takes for numbers', '0 .5 +0.25 0.125 00.5\n'],
    ['a class with a point', '0.0 0.5 0.25 0.125 0.5\n'],
  ])('may have %s', async (_, rows) => {
    expect(await boxes(rows)).toEqual([['cat', [280, 0, 360, 213.5]]])
  })

  it('of UTF-16 is read too', async () => {
    const text = '\uFEFF0 0.5 0.25 0.125 0.5\n'
    const bytes = new Uint8Array(text.length * 2)
    for (let i = 0; i < text.length; i++) new DataView(bytes.buffer).setUint16(i * 2, text.charCodeAt(i), true)
    const { annotations } = await readFiles({ ...labels(''), 'labels/train/a.txt': bytes })
    expect(annotations.map(({ bounds }) => bounds)).toEqual([{ left: 280, top: 0, right: 360, bottom: 213.5 }])
  })

  it('stays as it is outside the picture, and twice', async () => {
    expect(await boxes('0 1.25 0.5 0.5 0.5\n0 1.25 0.5 0.5 0.5\n')).toEqual([
      ['cat', [640, 106.75, 960, 320.25]],
      ['cat', [640, 106.75, 960, 320.25]],
    ])
  })
})

describe('a row of segment', () => {
  it('is a ring in pixels', async () => {
    const { annotations } = await readFiles(labels('0 0.25 0 0.5 1 0.75 0.5\n'))
    const [polygon] = annotations.map(({ definition }) => definition as Polygon)
    expect(polygon?.parts).toEqual([{ outer: Float64Array.of(160, 0, 320, 427, 480, 213.5), holes: [] }])
  })

  it('may stand beside boxes', async () => {
    const { annotations, ledger } = await readFiles(labels('0 0.25 0 0.5 1 0.75 0.5\n1 0.5 0.5 0.5 0.5\n'))
    expect(annotations.map(({ type, label }) => `${type} ${label}`)).toEqual(['segment cat', 'box dog'])
    expect(ledger.problems).toEqual([])
  })
})

describe('a bad row', () => {
  it.each([
    ['0 0.5 nan 0.5 0.5', 'row-format', 7],
    ['0 0.5 0.5 inf 0.5', 'row-format', 11],
    ['0 0.5 0.5 1e999 0.5', 'row-format', 11],
    ['  0,0.5,0.5,0.5,0.5', 'row-format', 3],
    ['-1 0.5 0.5 0.5 0.5', 'row-format', 1],
    ['0.5 0.5 0.5 0.5 0.5', 'row-format', 1],
    ['65536 0.5 0.5 0.5 0.5', 'row-format', 1],
    ['0 0.5 0.5 0.5', 'row-format', 1],
    ['0', 'row-format', 1],
    ['0 1 2 3 4 5 6 7', 'row-format', 1],
    ['0 0.5 0.5 -0.1 0.5', 'invalid-value', 1],
    ['0 0.5 0.5 0.1 -0.5', 'invalid-value', 1],
    ['0 0x10 0.5 0.1 0.5', 'row-format', 3],
    ['0 0.5 0.5 0.1 1_0', 'row-format', 15],
  ])('%s is dropped, with its place', async (row, code, column) => {
    const rows = `0 0.5 0.5 0.5 0.5\n\n${row}\n0 0.25 0.25 0.5 0.5\n`
    const read = await readFiles(labels(rows))
    expect(problemsOf(read)).toEqual([`${code} labels/train/a.txt:3:${column}`])
    expect(read.annotations.length).toBe(2)
    expect([read.ledger.counts.read, read.ledger.counts.dropped]).toEqual([3, 1])
    await expect(readFiles(labels(rows), { policy: 'strict' })).rejects.toMatchObject({
      code,
      place: { file: 'labels/train/a.txt', line: 3, column },
    })
  })

  it('of negative size is repaired under salvage, and is not kept', async () => {
    const { report } = await again(labels('0 0.5 0.5 -0.1 0.2\n'), {}, { policy: 'salvage' })
    expect(entriesOf(report)).toEqual(['approximated box: repaired × 1'])
  })

  it('says so when detect was asked for', async () => {
    const read = await readFiles(labels('0 0.25 0 0.5 1 0.75 0.5\n'), { options: { task: 'detect' } })
    expect(problemsOf(read)).toEqual(['row-format labels/train/a.txt:1:1'])
  })
})

describe('a class that has no name', () => {
  it('is a problem, and a label that is not the data set’s own', async () => {
    const read = await readFiles(labels('7 0.5 0.5 0.5 0.5\n'))
    expect(problemsOf(read)).toEqual(['unknown-label labels/train/a.txt:1:1'])
    expect(read.dataset.header.labels.labels.map(({ name, declared }) => [name, declared])).toEqual([
      ['cat', undefined],
      ['dog', undefined],
      ['class 7', false],
    ])
    expect(read.annotations.map(({ label }) => label)).toEqual(['class 7'])
  })

  it('is a problem once for the data set when no class has', async () => {
    const read = await readFiles({ 'a.txt': '3 0.5 0.5 0.5 0.5\n0 0.5 0.5 0.5 0.5\n' })
    expect(problemsOf(read)).toEqual(['unknown-label memory'])
    expect(read.dataset.header.labels.labels.map(({ name, id }) => [name, id?.text])).toEqual([
      ['0', '0'],
      ['3', '3'],
    ])
  })
})

describe('the size of a picture', () => {
  const two = { ...labels('0 0.5 0.5 0.5 0.5\n'), 'labels/train/b.txt': '0 0.5 0.5 0.5 0.5\n1 0.5 0.5 0.5 0.5\n' }
  const some = ({ path }: { path: string }) => (path === 'a.jpg' ? SIZE : undefined)

  it('that is not known drops the rows of the picture', async () => {
    const read = await readFiles(two, { sizes: some })
    expect(problemsOf(read)).toEqual(['size-unknown labels/train/b.txt'])
    expect(read.items.map(({ id, annotations }) => [id.text, annotations.length])).toEqual([
      ['a', 1],
      ['b', 0],
    ])
    expect(read.ledger.counts).toMatchObject({ read: 3, dropped: 2 })
    expect(read.ledger.entries.map(({ reason, count }) => [reason, count])).toEqual([
      ['size unknown', 2],
      ['labels do not tell it', 2],
    ])
    await expect(readFiles(two, { sizes: some, policy: 'strict' })).rejects.toMatchObject({ code: 'size-unknown' })
  })

  it('that nobody knows of any picture is an error', async () => {
    for (const sizes of [null, () => undefined])
      await expect(readFiles(two, { sizes })).rejects.toMatchObject({
        code: 'size-unknown',
        fix: expect.stringMatching(/--images .*--sizes/),
      })
  })

  it('is not needed for pictures without objects', async () => {
    const { items, ledger } = await readFiles(labels(''), { sizes: null })
    expect([items.length, ledger.problems]).toEqual([1, []])
  })
})

it('law: every line that is not blank is read, and kept or dropped', async () => {
  const token = fc.oneof(
    fc.constantFrom('0', '1', '0.5', '0.25', '1e-3', 'x', 'nan', '-1', ',', '7', '\u00e4', '1.5.2'),
    fc.double({ min: -1, max: 2, noNaN: true }).map(String),
  )
  const row = fc.array(token, { maxLength: 12 }).map((tokens) => tokens.join(' '))
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\r'), async (rows, end) => {
      const files = labels(rows.join(end), { 'images/train/a.jpg': '' })
      const { ledger, annotations } = await readFiles(files)
      const lines = rows.filter((line) => line.trim() !== '').length
      expect([ledger.counts.read, ledger.counts.dropped + annotations.length]).toEqual([lines, lines])
    }),
    { numRuns: 200 },
  )
})
