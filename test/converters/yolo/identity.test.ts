import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/dataset/dataset.js'
import { filterItems, mapAnnotations, remapLabels, withHeader } from '../../../src/dataset/transforms.js'
import { again, entriesOf, type Files, labels, openFiles, readFiles, writeDataset } from './harness.js'

const DATA = `# mine
path: ../datasets/mine
train: images/train # pictures
val: [images/val]
nc: 4

names:
  7: "no"
  0: 12:30
  3: 'a: "b"'
  1: 'yes'
kpt_names:
  0: [nose, eye]
download: |
  line one
  line two
`

const SET: Files = {
  'data.yaml': DATA,
  'images/train/sub/a.png': '',
  'images/train/none.jpg': '',
  'labels/train/sub/a.txt': '  0.0 0.5\t0.25 .5 5e-1 \r\n\r\n7 0.123456 0.2 0.1 0.3000\n0 -0.25 1.25 0.5 0.5\n',
  'labels/train/b.txt': '3 0.1 0.1 0.9 0.1 0.5 0.9',
  'labels/val/c.txt': '1 0.3333333333333333 0.5304449648711944 0.1234567890123456 0.4754098360655737\n',
}

describe('YOLO to YOLO', () => {
  it('writes rows as they stand', async () => {
    const { files, report } = await again(SET)
    expect(files).toMatchObject({
      'labels/train/sub/a.txt': '0.0 0.5\t0.25 .5 5e-1\n7 0.123456 0.2 0.1 0.3000\n0 -0.25 1.25 0.5 0.5\n',
      'labels/train/b.txt': '3 0.1 0.1 0.9 0.1 0.5 0.9\n',
      'labels/train/none.txt': '',
      'labels/val/c.txt': SET['labels/val/c.txt'],
    })
    expect(report.annotations).toMatchObject({ read: 5, kept: 5 })
    expect(entriesOf(report, 'field')).toEqual([])
  })

  it('writes equal numbers afresh', async () => {
    const { files } = await again(SET, { rewrite: true })
    expect(files['labels/train/sub/a.txt']).toBe(
      '0 0.500000000000 0.250000000000 0.500000000000 0.500000000000\n' +
        '7 0.123456000000 0.200000000000 0.100000000000 0.300000000000\n' +
        '0 -0.250000000000 1.250000000000 0.500000000000 0.500000000000\n',
    )
    // Numbers that long do not survive the way to pixels: they are kept as they were.
    expect(files['labels/val/c.txt']).toBe(SET['labels/val/c.txt'])
  })

  it('leaves a data.yaml as it is that is true of what was written', async () => {
    const one = { ...SET, 'data.yaml': DATA.replace('[images/val]', 'images/val') }
    const { files } = await again(one)
    expect(files['data.yaml']).toMatch(
      /^# The pictures were not copied.*\npath: "\.\.\/datasets\/mine"\ntrain: "images\/train"\nval: "images\/val"\n/,
    )
    expect(files['data.yaml']).toContain('\n  0: "12:30"\n  1: "yes"\n  3: "a: \\"b\\""\n  7: "no"\n')
    expect(files['data.yaml']).toContain('\nkpt_names:\n  0: ["nose", "eye"]\n')
    expect(files['data.yaml']).toContain('\ndownload: "line one\\nline two\\n"\n')
  })

  it('writes other sections when the splits are others', async () => {
    const { dataset } = await openFiles(SET)
    const train = filterItems(dataset, ({ split }) => split === 'train')
    const { files } = await writeDataset(withHeader(train, { ...train.header, splits: ['train'] }))
    expect(files['data.yaml']).not.toContain('path:')
    expect(files['data.yaml']).toMatch(/^train: "images\/train"\nval: "images\/train"\n/m)
    expect(files['data.yaml']).toContain('\nkpt_names:\n')
  })

  it('keeps folders, and the name of the description', async () => {
    const { files } = await again({
      'sub/mine.yaml': 'train: train/images\nval: ../valid/images\nnames: [cat]\n',
      'sub/train/labels/a.txt': '0 0.5 0.5 0.5 0.5\n',
      'valid/labels/b.txt': '',
    })
    expect(Object.keys(files)).toEqual(['sub/train/labels/a.txt', 'valid/labels/b.txt', 'sub/mine.yaml'])
  })
})

describe('what changed', () => {
  const change = async (
    make: (dataset: Dataset) => Dataset,
    files = labels('0 0.5 0.5 0.5 0.500\n1 0.25 0.25 0.1 0.1 0.5\n'),
  ) => {
    const { dataset, ledger } = await openFiles(files)
    const written = await writeDataset(make(dataset), { ledger })
    return { ...written, rows: written.files['labels/train/a.txt']?.split('\n').slice(0, -1) }
  }

  it('is written afresh: a label', async () => {
    const { rows, files } = await change((dataset) => remapLabels(dataset, (name) => (name === 'cat' ? 'lion' : name)))
    expect(rows).toEqual(['0 0.500000 0.500000 0.500000 0.500000', '1 0.25 0.25 0.1 0.1 0.5'])
    expect(files['data.yaml']).toContain('\nnames:\n  0: "lion"\n  1: "dog"\n')
  })

  it('is written afresh: a score', async () => {
    const { rows } = await change((dataset) =>
      mapAnnotations(dataset, (each) => [each.score === undefined ? each : each.with({ score: 0.75 })]),
    )
    expect(rows).toEqual(['0 0.5 0.5 0.5 0.500', '1 0.250000 0.250000 0.100000 0.100000 0.75'])
  })

  it('is written afresh: geometry, without the numbers it was read from', async () => {
    const long = '0 0.3333333333333333 0.5304449648711944 0.1234567890123456 0.4754098360655737\n'
    const { rows } = await change(
      (dataset) => mapAnnotations(dataset, (each) => [each.transform({ a: 1, b: 0, c: 0, d: 1, e: 64, f: 0 })]),
      labels(long),
    )
    expect(rows).toEqual(['0 0.433333333333 0.530444964871 0.123456789012 0.475409836066'])
  })
})

it('a bridged ring made elsewhere comes back as it was, also afresh', async () => {
  const row = '0 0.1 0.1 0.9 0.1 0.9 0.9 0.1 0.9 0.1 0.1 0.3 0.3 0.3 0.6 0.6 0.6 0.3 0.3'
  const { annotations } = await readFiles(labels(`${row}\n`))
  expect(
    annotations.map(
      ({ definition }) => definition.type === 'segment' && definition.parts.map(({ holes }) => holes.length),
    ),
  ).toEqual([[1]])
  expect((await again(labels(row), { rewrite: true })).files['labels/train/a.txt']).toBe(`${row}\n`)
})

it('the points of a pose travel with its box, and stay behind when it moves', async () => {
  const files = {
    'data.yaml': 'train: images\nkpt_shape: [2, 3]\nnames: [p]\n',
    'labels/a.txt': '0 0.5 0.5 0.2 0.2 0.45 0.5 2 0.55 0.5 1\n0 0.5 0.5 0.2 0.2\n',
  }
  const { annotations, ledger } = await readFiles(files)
  expect([annotations.map(({ type }) => type), ledger.problems.map(({ code }) => code)]).toEqual([
    ['box'],
    ['row-format'],
  ])
  expect((await again(files, { rewrite: true })).files['labels/a.txt']).toBe(
    '0 0.5 0.5 0.2 0.2 0.45 0.5 2 0.55 0.5 1\n',
  )
  const { dataset } = await openFiles(files)
  const moved = mapAnnotations(dataset, (each) => [each.transform({ a: 1, b: 0, c: 0, d: 1, e: 64, f: 0 })])
  const { files: written, report } = await writeDataset(moved)
  expect(written['labels/a.txt']).toBe('0 0.600000 0.500000 0.200000 0.200000\n')
  expect(entriesOf(report, 'field')).toEqual(['dropped keypoints: the box has moved × 1'])
})
