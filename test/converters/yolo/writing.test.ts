import { describe, expect, it } from 'vitest'
import { lockLabels } from '../../../src/converters/labels.js'
import { Ledger } from '../../../src/converters/ledger.js'
import type { Size } from '../../../src/converters/sizes.js'
import { Annotation, type AnnotationInit } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import type { Label } from '../../../src/dataset/labels.js'
import {
  type AnnotationDefinition,
  Box,
  Classification,
  Ellipse,
  Point,
  Polygon,
  Segmentation,
} from '../../../src/definitions/index.js'
import { Mask } from '../../../src/mask/mask.js'
import { entriesOf, openFiles, readFiles, type Writing, type Written, writeDataset } from './harness.js'

const label = 'cat'
const SMALL: Size = { width: 200, height: 100 }

function item(definitions: readonly (AnnotationDefinition | Partial<AnnotationInit>)[], size = SMALL, name = 'a.jpg') {
  return new Item({
    id: idFrom(name),
    path: name,
    split: 'train',
    media: { kind: 'image', ...size },
    annotations: definitions.map((each) =>
      'type' in each ? new Annotation({ definition: each }) : new Annotation(each as AnnotationInit),
    ),
  })
}

async function written(
  definitions: readonly (AnnotationDefinition | Partial<AnnotationInit>)[],
  options: Writing['options'] = {},
  size = SMALL,
  labels: readonly (string | Label)[] = ['cat'],
): Promise<{ rows: readonly string[]; report: Written['report']; files: Written['files'] }> {
  const { report, files } = await writeDataset(createDataset({ items: [item(definitions, size)], labels }), { options })
  return { report, files, rows: (files['labels/train/a.txt'] ?? '').split('\n').filter((row) => row !== '') }
}

const box = (left: number, top: number, right: number, bottom: number, angle = 0): Box =>
  new Box({ label, left, top, right, bottom, angle })

describe('detect', () => {
  const options = { task: 'detect' }

  it.each<[string, AnnotationDefinition, string, string]>([
    ['a box', box(50, 10, 150, 60), '0 0.500000 0.350000 0.500000 0.500000', 'kept box × 1'],
    [
      'a turned box',
      box(80, 40, 120, 60, 90),
      '0 0.500000 0.500000 0.100000 0.400000',
      'derived box: its bounding box × 1',
    ],
    [
      'a polygon',
      Polygon.fromPoints([0, 0, 100, 0, 100, 50], { label }),
      '0 0.250000 0.250000 0.500000 0.500000',
      'derived segment: its bounding box × 1',
    ],
    [
      'a mask',
      new Segmentation({ label, mask: Mask.fromRuns(200, 100, [10, 5, 19_985]) }),
      '0 0.002500 0.125000 0.005000 0.050000',
      'derived binary: its bounding box × 1',
    ],
    [
      'an ellipse',
      new Ellipse({ label, x: 100, y: 50, rx: 20, ry: 10 }),
      '0 0.500000 0.500000 0.200000 0.200000',
      'derived ellipse: its bounding box × 1',
    ],
  ])('writes %s', async (_, definition, row, entry) => {
    const { rows, report } = await written([definition], options)
    expect([rows, entriesOf(report)]).toEqual([[row], [entry]])
  })

  it('writes the box that the source declares for a region', async () => {
    const definition = Polygon.fromPoints([0, 0, 100, 0, 100, 50], { label })
    const { rows } = await written([{ definition, box: { left: 0, top: 0, right: 200, bottom: 100 } }], options)
    expect(rows).toEqual(['0 0.500000 0.500000 1.000000 1.000000'])
  })

  it.each<[string, AnnotationDefinition, string]>([
    ['a point', new Point({ label, x: 1, y: 2 }), 'no place in YOLO'],
    ['a class', new Classification({ label }), 'no place in YOLO'],
    ['an empty mask', new Segmentation({ label, mask: Mask.fromRuns(200, 100, [20_000]) }), 'covers nothing'],
    ['what lies outside', box(210, 0, 220, 10), 'outside the picture'],
    ['what touches from outside', box(-10, 0, 0, 10), 'outside the picture'],
  ])('drops %s, and still writes the file', async (_, definition, reason) => {
    const { report, files } = await written([definition], options)
    expect(entriesOf(report)).toEqual([`dropped ${definition.type}: ${reason} × 1`])
    expect(files['labels/train/a.txt']).toBe('')
  })

  it('drops what is too far outside to be written, even when nothing is clipped', async () => {
    const { report } = await written([box(-1e300, 0, 1e300, 10), box(1e12, 0, 2e12, 1)], {
      task: 'detect',
      clip: 'keep',
    })
    expect(entriesOf(report)).toEqual(['dropped box: too far outside the picture × 2'])
  })
})

describe('crowds', () => {
  const crowd = { definition: box(0, 0, 20, 10), flags: { crowd: true } }

  it('are dropped', async () => {
    const { rows, report } = await written([crowd])
    expect([rows, entriesOf(report)]).toEqual([[], ['dropped box: crowd × 1']])
  })

  it('are written when asked for, and that they were is entered', async () => {
    const { rows, report } = await written([crowd], { crowd: 'keep' })
    expect([rows.length, entriesOf(report), entriesOf(report, 'field')]).toEqual([
      1,
      ['kept box × 1'],
      ['dropped crowd: rows have no place for it × 1'],
    ])
  })
})

describe('clipping', () => {
  it('cuts to the picture and measures by how much', async () => {
    const { rows, report } = await written([box(-20, 50, 100, 130)])
    expect(rows).toEqual(['0 0.250000 0.750000 0.500000 0.500000'])
    expect(report.ledger[0]).toMatchObject({
      effect: 'approximated',
      reason: 'clipped to the picture',
      measure: { name: 'px', value: 30 },
    })
  })

  it('is left out when asked for', async () => {
    const { rows, report } = await written([box(-20, 50, 100, 130)], { clip: 'keep' })
    expect([rows, entriesOf(report)]).toEqual([['0 0.200000 0.900000 0.600000 0.800000'], ['kept box × 1']])
  })

  it('takes a hair outside for rounding', async () => {
    const { rows, report } = await written([box(-0.0005, 0, 100, 50), box(0, 0, 200.0009, 100)])
    expect(entriesOf(report)).toEqual(['kept box × 2'])
    expect(rows).toEqual(['0 0.250000 0.250000 0.500000 0.500000', '0 0.500000 0.500000 1.000000 1.000000'])
  })

  it('leaves a polygon’s vertices inside as they are', async () => {
    const polygon = Polygon.fromPoints([20, 10, 240, 10, 240, 90, 20, 90], { label })
    const { rows, report } = await written([polygon])
    expect(entriesOf(report)).toEqual(['approximated segment: clipped to the picture × 1'])
    expect(rows).toEqual(['0 0.100000 0.100000 1.000000 0.100000 1.000000 0.900000 0.100000 0.900000'])
  })
})

describe('digits', () => {
  it.each([
    [2048, 6],
    [2049, 7],
    [4000, 7],
    [19_000, 7],
    [30_000, 8],
  ])('of a picture %i wide are %i', async (width, digits) => {
    const { rows } = await written([box(0, 0, width / 4, 25)], {}, { width, height: 100 })
    for (const number of (rows[0] ?? '').split(' ').slice(1)) expect(number.split('.')[1]?.length).toBe(digits)
  })

  it('are more where the box would not come back else', async () => {
    // Centre and width are both half a unit off at six digits: the right edge moves by 0.0015 px.
    const definition = box(0, 0, (2048 * 1_000_001) / 2_000_000 / 1.000_000_5, 50)
    const exact = box(7.000_1, 10, 700.001_9, 50)
    const { rows, report } = await written([definition, exact], {}, { width: 2047, height: 100 })
    expect(entriesOf(report)).toEqual(['kept box × 2'])
    expect(rows.every((row) => /^0(?: [01]\.\d{6,7}){4}$/.test(row))).toBe(true)
  })

  it('never make an exponent or a minus before zero', async () => {
    const { rows } = await written([box(0, 0, 0, 0), box(-1e-9, -1e-9, 1e-7, 1e-7)], { clip: 'keep' })
    expect(rows).toEqual(['0 0.000000 0.000000 0.000000 0.000000', '0 0.000000 0.000000 0.000000 0.000000'])
  })

  it('are rounded half away from zero', async () => {
    // 1/128 = 0.0078125 is a double; so is 3/128.
    const { rows } = await written([box(-1 / 64, 0, 3 / 64, 0)], { clip: 'keep' }, { width: 2, height: 100 })
    expect(rows).toEqual(['0 0.007813 0.000000 0.031250 0.000000'])
    const left = await written([box(-3 / 64, 0, 1 / 64, 0)], { clip: 'keep' }, { width: 2, height: 100 })
    expect(left.rows).toEqual(['0 -0.007813 0.000000 0.031250 0.000000'])
  })
})

describe('the task', () => {
  const polygon = Polygon.fromPoints([20, 10, 40, 10, 40, 30], { label })

  it.each<[string, readonly AnnotationDefinition[], number]>([
    ['boxes', [box(0, 0, 20, 10)], 5],
    ['polygons', [box(0, 0, 20, 10), polygon], 9],
  ])('is settled by the first picture: %s', async (_, definitions, columns) => {
    const items = [
      item([], SMALL, '1.jpg'),
      item(
        [{ definition: polygon, flags: { crowd: true } }, { definition: new Point({ label, x: 1, y: 1 }) }],
        SMALL,
        '2.jpg',
      ),
      item(definitions, SMALL, '3.jpg'),
      item([box(0, 0, 20, 10), polygon], SMALL, '4.jpg'),
    ]
    const { files, report } = await writeDataset(createDataset({ items }))
    expect(files['labels/train/4.txt']?.split('\n')[0]?.split(' ').length).toBe(columns)
    expect(/^task: "segment"$/m.test(files['data.yaml'] ?? '')).toBe(columns === 9)
    const kept = report.ledger.find(({ effect }) => effect === 'kept')
    expect(kept?.subject).toBe(columns === 9 ? 'segment' : 'box')
  })

  it('is written down, so that four corners are no oriented boxes', async () => {
    const { files, report } = await written([box(0, 0, 20, 10)], { task: 'segment' })
    expect(entriesOf(report)).toEqual(['derived box: its corners as a polygon × 1'])
    expect(files['labels/train/a.txt']).toBe(
      '0 0.000000 0.000000 0.100000 0.000000 0.100000 0.100000 0.000000 0.100000\n',
    )
    expect((await readFiles(files)).ledger.problems).toEqual([])
  })
})

describe('files', () => {
  it('are named after the pictures, and never alike', async () => {
    const paths = ['a.jpg', 'b/A.png', 'a.png', 'A.JPG', '../up.jpg', 'C:\\x\\w.jpg', '/abs.jpg', 'sub/.jpg']
    const items = paths.map((path) => item([], SMALL, path))
    const { files, report } = await writeDataset(createDataset({ items, labels: [] }))
    expect(Object.keys(files)).toEqual([
      'labels/train/a.txt',
      'labels/train/b/A.txt',
      'labels/train/a-2.txt',
      'labels/train/A-3.txt',
      'labels/train/up.txt',
      'labels/train/w.txt',
      'labels/train/abs.txt',
      'labels/train/sub/.jpg.txt',
      'data.yaml',
    ])
    const codes = report.problems.flatMap(({ code, count }) => Array<string>(count).fill(code))
    expect(codes.sort()).toEqual([...Array(2).fill('path-collision'), ...Array(3).fill('path-escape')])
  })

  it('of splits lie in folders of their own, whatever the splits are called', async () => {
    const splits = ['train', 'Train', '..', 'a/b', 'val2017', undefined]
    const items = splits.map((split, i) => item([], SMALL, `${i}.jpg`).with({ split }))
    const { files } = await writeDataset(createDataset({ items, labels: [] }))
    expect(Object.keys(files).map((path) => path.replace(/\/\d\.txt$/, ''))).toEqual([
      'labels/train',
      'labels/Train-2',
      'labels/split__',
      'labels/a_b',
      'labels/val2017',
      'labels/train',
      'data.yaml',
    ])
    expect(files['data.yaml']).toContain('\nval: "images/val2017"\n')
  })

  it('are refused for other media', async () => {
    const video = new Item({
      id: idFrom(1),
      path: 'a.mp4',
      media: { kind: 'video', ...SMALL },
      annotations: [new Annotation({ definition: box(0, 0, 1, 1) })],
    })
    const { report, files } = await writeDataset(createDataset({ items: [video] }))
    expect([entriesOf(report), Object.keys(files)]).toEqual([
      ['dropped box: YOLO holds images, not video × 1'],
      ['data.yaml'],
    ])
  })

  it('need the size of the picture', async () => {
    const unsized = item([box(0, 0, 1, 1)]).with({ media: { kind: 'image' } })
    await expect(writeDataset(createDataset({ items: [unsized] }))).rejects.toMatchObject({ code: 'size-unknown' })
  })
})

describe('classes', () => {
  const labels = (...names: readonly (readonly [string, number | undefined])[]): readonly Label[] =>
    names.map(([name, id]) => ({ name, id: id === undefined ? undefined : idFrom(id) }))

  async function classes(list: readonly Label[]): Promise<readonly string[]> {
    const definitions = list.map(({ name }) => new Box({ label: name, left: 0, top: 0, right: 1, bottom: 1 }))
    const { rows, files } = await written(definitions, {}, SMALL, list)
    const { dataset } = await openFiles(files)
    const names = new Map(dataset.header.labels.labels.map(({ name, id }) => [id?.text, name]))
    return rows.map((row) => `${row.split(' ')[0]} ${names.get(row.split(' ')[0])}`)
  }

  it('are ranks of integer ids', async () => {
    expect(await classes(labels(['dog', 18], ['person', 1], ['cat', 17]))).toEqual(['2 dog', '0 person', '1 cat'])
  })

  it('are ranks of names by code point where there are no ids', async () => {
    expect(await classes(labels(['b', undefined], ['B', undefined], ['a', undefined]))).toEqual(['2 b', '0 B', '1 a'])
  })

  it.each([
    ['order', [{ name: 'b' }, { name: 'a' }, { name: 'c' }], ['0 b', '1 a', '2 c'], 3],
    ['numbers', [{ name: 'b', index: 4 }, { name: 'a', index: 1 }, { name: 'c' }], ['4 b', '1 a', '0 c'], 5],
  ])('are those of a label file: %s', async (_, locked, expected, count) => {
    const list = labels(['c', undefined], ['a', 2], ['b', undefined])
    const definitions = locked.map(({ name }) => new Box({ label: name, left: 0, top: 0, right: 1, bottom: 1 }))
    const dataset = createDataset({ items: [item(definitions)], labels: list })
    const { files } = await writeDataset(lockLabels(dataset, locked, new Ledger('strict')))
    const rows = (files['labels/train/a.txt'] ?? '').split('\n').slice(0, -1)
    expect(rows.map((row, i) => `${row.split(' ')[0]} ${locked[i]?.name}`)).toEqual(expected)
    // Ultralytics wants the numbers without gaps.
    expect((files['data.yaml']?.match(/^ {2}\d+: /gm) ?? []).length).toBe(count)
  })

  it('come last without an id', async () => {
    expect(await classes(labels(['a', undefined], ['b', 7], ['c', -1]))).toEqual(['2 a', '1 b', '0 c'])
  })
})

it('enters every field that rows have no place for', async () => {
  const { report } = await written([
    {
      definition: new Box({ label, left: 0, top: 0, right: 1, bottom: 1, attributes: { a: 1 }, description: 'x' }),
      id: idFrom(1),
      parentId: idFrom(2),
      objectId: idFrom(3),
      score: 0.5,
      model: { name: 'm' },
      automated: true,
      status: 'issue',
      box: { left: 0, top: 0, right: 1, bottom: 1 },
      area: 1,
      flags: { truncated: true, occluded: true, difficult: true, crowd: false },
      metadata: { a: 1 },
      span: { frame: 1 },
      extra: new Map([['coco', { keys: ['x'], fields: new Map([['x', '1']]) }]]),
    },
  ])
  expect(report.ledger.filter(({ level }) => level === 'field').map(({ subject }) => subject)).toEqual([
    'id',
    'parent id',
    'object id',
    'score',
    'model',
    'automated',
    'status',
    'box',
    'area',
    'truncated',
    'occluded',
    'difficult',
    'attributes',
    'description',
    'span',
    'metadata',
    'extra',
  ])
})

describe('a sixth column', () => {
  const rows = [
    { definition: box(0, 0, 20, 10), score: 0.1 + 0.2, objectId: idFrom(12) },
    { definition: box(0, 0, 20, 10), score: 1e-7, objectId: idFrom('x y') },
    { definition: box(0, 0, 20, 10) },
  ]

  it.each([
    ['none', [undefined, undefined, undefined], ['score', 'object id']],
    ['score', ['0.30000000000000004', '0.0000001', undefined], ['object id']],
    ['track', ['12', undefined, undefined], ['score', 'object id']],
  ])('may hold %s', async (sixth, columns, lost) => {
    const found = await written(rows, { sixth })
    expect(found.rows.map((row) => row.split(' ')[5])).toEqual(columns)
    const fields = found.report.ledger.filter(({ level }) => level === 'field').map(({ subject }) => subject)
    expect([...fields].sort()).toEqual([...lost].sort())
  })
})
