import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../../src/converters/convert.js'
import { lockLabels } from '../../../src/converters/labels.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { yolo } from '../../../src/converters/yolo/index.js'
import { unitedParts } from '../../../src/converters/yolo/united-parts.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset, type Dataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { LabelTree } from '../../../src/dataset/labels.js'
import {
  type AnnotationDefinition,
  Box,
  Classification,
  Polygon,
  Segmentation,
} from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import { memorySink } from '../../../src/memory.js'
import { again, entriesOf, readFiles, SIZE, writeDataset } from './harness.js'

const box = (label = 'cat'): Box => new Box({ label, left: 0, top: 0, right: 64, bottom: 42 })
const ROW = '0.050000 0.049180 0.100000 0.098361'

function item(path: string, definitions: readonly AnnotationDefinition[], split: string | undefined = 'train'): Item {
  const annotations = definitions.map((definition) => new Annotation({ definition }))
  return new Item({ id: idFrom(path), path, split, media: { kind: 'image', ...SIZE }, annotations })
}

const unsized = (each: Item): Item => each.with({ media: { kind: 'image' } })

/** The data set with a header that says these labels, none of them declared. */
function mentioning(dataset: Dataset, ...names: readonly string[]): Dataset {
  const labels = new LabelTree(names.map((name) => ({ name, declared: false })))
  return { ...dataset, header: { ...dataset.header, labels } }
}

describe('parts that cross each other', () => {
  /** Bars along one side, so many that each of the other comb crosses them all. */
  function comb(teeth: number, size: number, turned: boolean) {
    const numbers: number[] = []
    const push = (x: number, y: number) => (turned ? numbers.push(y, x) : numbers.push(x, y))
    const wide = size / (2 * teeth)
    push(0, 0)
    for (let i = 0; i < teeth; i++) {
      push(2 * i * wide, size - 1)
      push((2 * i + 1) * wide, size - 1)
      push((2 * i + 1) * wide, 2)
      push((2 * i + 2) * wide, 2)
    }
    push(size, 0)
    return { outer: Float64Array.from(numbers), holes: [] }
  }
  const combs = (teeth: number, size: number) => [comb(teeth, size, false), comb(teeth, size, true)]

  it('are united as long as they do so a moderate number of times', () => {
    expect(unitedParts(combs(20, 200))?.length).toBeGreaterThan(0)
  })

  it('are given up where every side crosses every other', () => {
    const begun = Date.now()
    expect(unitedParts(combs(2000, 4000))).toBeNull()
    expect(Date.now() - begun).toBeLessThan(20_000)
  })

  it('are dropped where they leave a hole for every few pixels', async () => {
    const parts = combs(200, 800)
    const ring = parts.map(({ outer }) => ({ outer: Float64Array.from(outer), holes: [] }))
    const [one, two] = ring
    if (one === undefined || two === undefined) throw new Error('two combs')
    const definition = new Polygon({ label: 'cat', parts: [one, two] })
    const large = item('a.jpg', [definition]).with({ media: { kind: 'image', width: 800, height: 810 } })
    const { report } = await writeDataset(createDataset({ items: [large] }))
    expect(entriesOf(report)).toEqual(['dropped segment: too intricate × 1'])
  })
})

describe('a folder called images', () => {
  it('in the path of an item is left out, so that labels are found', async () => {
    const items = [item('images/foo.jpg', [box()]), item('a/images/b/images/bar.jpg', [box(), box()])]
    const { files, report } = await writeDataset(createDataset({ items }))
    expect(Object.keys(files)).toEqual(['labels/train/foo.txt', 'labels/train/a/b/bar.txt', 'data.yaml'])
    expect(report.problems.map(({ code, count, lossy }) => [code, count, lossy])).toEqual([['path-changed', 2, false]])
    const read = await readFiles({ ...files, 'images/train/foo.jpg': '', 'images/train/a/b/bar.jpg': '' })
    expect(read.items.map(({ path, annotations }) => [path, annotations.length])).toEqual([
      ['a/b/bar.jpg', 2],
      ['foo.jpg', 1],
    ])
  })

  it('is no name for a split', async () => {
    const { files } = await writeDataset(createDataset({ items: [item('a.jpg', [box()], 'images')] }))
    expect(Object.keys(files)).toEqual(['labels/splitimages/a.txt', 'data.yaml'])
  })
})

describe('splits', () => {
  it.each([
    ['training', 'train'],
    ['Training_2', 'train'],
    ['dev', 'val'],
    ['development', 'val'],
    ['validate', 'val'],
    ['valid', 'val'],
    ['testing', 'test'],
    ['eval', 'test'],
    ['holdout', 'train'],
  ])('%s is written under %s, which our reader finds', async (split, key) => {
    const { files, report } = await writeDataset(createDataset({ items: [item('a.jpg', [box()], split)] }))
    expect(files['data.yaml']).toContain(`\n${key}: "images/${split}"\n`)
    for (const wanted of ['train', 'val']) expect(files['data.yaml']).toContain(`\n${wanted}: `)
    expect(entriesOf(report, 'header')).toEqual([
      `approximated split name: ${split === 'holdout' ? 'no split that Ultralytics knows; it becomes part of train' : 'Ultralytics knows train, val and test only'} × 1`,
    ])
    expect((await readFiles(files)).annotations.length).toBe(1)
  })

  it('under one key keep their labels although the pictures are elsewhere', async () => {
    const items = [item('a.jpg', [box()], 'train'), item('b.jpg', [box()], 'holdout')]
    const tree = memorySink()
    const pictures = { carried: false, place: () => undefined, folderOf: ({ path }: Item) => `/pictures/${path[0]}` }
    await convertDataset(createDataset({ items }), { to: yolo, tree, pictures })
    const files = Object.fromEntries(tree.files)
    expect((await readFiles(files)).annotations.length).toBe(2)
  })
})

describe('the task that the first picture settles on boxes', () => {
  const polygon = Polygon.fromPoints([20, 10, 40, 10, 40, 30], { label: 'cat' })
  const items = [item('a.jpg', [box()]), item('b.jpg', [polygon, polygon, box()])]

  it('is told when it costs a region', async () => {
    const { report } = await writeDataset(createDataset({ items }))
    expect(report.problems.map(({ code, count, lossy }) => [code, count, lossy])).toEqual([['dialect', 2, false]])
    expect(report.problems[0]?.fix).toContain('--yolo.task segment')
    expect(entriesOf(report, 'header')).toEqual(['defaulted task: boxes, as in the first picture with annotations × 1'])
  })

  it.each(['detect', 'segment'])('is not when somebody chose %s', async (task) => {
    const { report } = await writeDataset(createDataset({ items }), { options: { task } })
    expect([report.problems, entriesOf(report, 'header')]).toEqual([[], []])
  })
})

describe('a size that nobody knows', () => {
  const items = [item('a.jpg', [box()]), unsized(item('b.jpg', [box(), new Classification({ label: 'cat' })]))]

  it('costs the annotations of its picture', async () => {
    const { report, files } = await writeDataset(createDataset({ items }))
    expect(entriesOf(report)).toEqual([
      'dropped box: size unknown × 1',
      'dropped class: no place in YOLO × 1',
      'kept box × 1',
    ])
    expect(report.problems.map(({ code, lossy }) => [code, lossy])).toEqual([['size-unknown', true]])
    expect([files['labels/train/a.txt'], files['labels/train/b.txt']]).toEqual([`0 ${ROW}\n`, ''])
  })

  it('ends the work under the strict policy', async () => {
    const written = writeDataset(createDataset({ items }), { policy: 'strict' })
    await expect(written).rejects.toMatchObject({ code: 'size-unknown' })
  })

  it('ends the work where it is so for all', async () => {
    const written = writeDataset(createDataset({ items: items.slice(1) }), { policy: 'salvage' })
    await expect(written).rejects.toMatchObject({ code: 'size-unknown' })
  })

  it('is not asked for where nothing needs it', async () => {
    const { report } = await writeDataset(
      createDataset({ items: [unsized(item('a.jpg', [new Classification({ label: 'cat' })]))] }),
    )
    expect([report.problems, entriesOf(report)]).toEqual([[], ['dropped class: no place in YOLO × 1']])
  })
})

describe('class numbers', () => {
  it('are filled up and counted where a source without names has gaps', async () => {
    const { files, report } = await again({ 'labels/train/a.txt': `0 ${ROW}\n4 ${ROW}\n` })
    expect(files['data.yaml']).toContain(
      '\nnc: 5\nnames:\n  0: "0"\n  1: "class 1"\n  2: "class 2"\n  3: "class 3"\n  4: "4"\n',
    )
    expect(entriesOf(report, 'header')).toContain('defaulted class name: Ultralytics wants numbers without gaps × 3')
  })

  it('stay with the gaps of a source’s own names', async () => {
    const yaml = 'train: images/train\nnames: {0: cat, 4: dog}\n'
    const { files, report } = await again({ 'data.yaml': yaml, 'labels/train/a.txt': `4 ${ROW}\n` })
    expect([/class|nc/.test(files['data.yaml'] ?? ''), entriesOf(report, 'header')]).toEqual([false, []])
  })

  it('that a label file leaves out are counted, and called by a name nobody has', async () => {
    const dataset = createDataset({ items: [item('a.jpg', [box()])] })
    const locked = lockLabels(
      dataset,
      [
        { name: 'cat', index: 2 },
        { name: 'class 1', index: 3 },
      ],
      new Ledger('strict'),
    )
    const { files, report } = await writeDataset(locked)
    expect(files['data.yaml']).toContain('  0: "class 0"\n  1: "class 1 (2)"\n  2: "cat"\n  3: "class 1"\n')
    expect(entriesOf(report, 'header')).toEqual(['defaulted class name: Ultralytics wants numbers without gaps × 2'])
  })
})

describe('labels that the header does not have', () => {
  const items = [item('a.jpg', [box(), box('dog'), box('dog'), box('cow')])]

  it('get the next number, and the ledger says so', async () => {
    const { files, report } = await writeDataset(createDataset({ items, labels: ['cat'] }))
    expect(files['labels/train/a.txt']).toBe(`0 ${ROW}\n1 ${ROW}\n1 ${ROW}\n2 ${ROW}\n`)
    expect(files['data.yaml']).toContain('nc: 3\nnames:\n  0: "cat"\n  1: "dog"\n  2: "cow"\n')
    expect(entriesOf(report, 'header')).toEqual(['defaulted class number: label not announced in the header × 2'])
  })

  it('are dropped with a problem where a label file fixes the classes', async () => {
    const dataset = lockLabels(createDataset({ items, labels: ['cat'] }), [{ name: 'cat' }], new Ledger('strict'))
    const { files, report } = await writeDataset(dataset)
    expect(files['labels/train/a.txt']).toBe(`0 ${ROW}\n`)
    expect(entriesOf(report)).toContain('dropped box: its label is not in the label table × 3')
    expect(report.problems.map(({ code, count, lossy }) => [code, count, lossy])).toEqual([['unknown-label', 3, true]])
  })

  it('become no classes where only dropped annotations have them', async () => {
    const empty = new Segmentation({ label: 'nothing', mask: Mask.fromRuns(640, 427, [640 * 427]) })
    const all = [item('a.jpg', [new Classification({ label: 'said' }), empty, box('cat')])]
    const dataset = mentioning(createDataset({ items: all }), 'said', 'nothing', 'cat')
    const { files, report } = await writeDataset(dataset)
    expect(files['data.yaml']).toContain('nc: 1\nnames:\n  0: "cat"\n')
    expect(entriesOf(report, 'header')).toEqual([])
  })
})
