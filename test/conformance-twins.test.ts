import { describe, expect, it } from 'vitest'
import * as node from '../src/node.js'
import { judgeMany } from './conformance/many-files.js'
import { deviationOf, overlapOf } from './conformance/regions.js'
import { COCO, failed, LIBRARY, Sandbox } from './conformance-sandbox.js'

// What the conformance runner makes of one data set in two formats, and of one that is large: made here, right and wrong.

const sandbox = new Sandbox()
const put = sandbox.put.bind(sandbox)
const judged = sandbox.judged.bind(sandbox)

describe('one data set in two formats', () => {
  const xml = (corners: readonly number[]): string =>
    `<annotation><filename>a.jpg</filename><size><width>40</width><height>30</height></size><object><name>cat</name><bndbox>${['xmin', 'ymin', 'xmax', 'ymax'].map((name, i) => `<${name}>${corners[i]}</${name}>`).join('')}</bndbox></object></annotation>`
  const item = (x: number): object => ({
    filename: '/a.jpg',
    metadata: { system: { width: 40, height: 30, mimetype: 'image/jpeg' } },
    annotations: [
      {
        id: 'b',
        type: 'box',
        label: 'cat',
        coordinates: [
          { x, y: 3, z: 0 },
          { x: 12, y: 9, z: 0 },
        ],
      },
    ],
  })

  it.each([
    [2, []],
    [2.25, ['make them', 'are made of them']],
  ])('as Dataloop items from %d and VOC documents', async (x, wrong) => {
    put('corpora/c/json/a.json', item(x))
    put('corpora/c/xml/a.xml', xml([2, 3, 12, 9]))
    const name = 'xml/a.xml and others: 1 Dataloop items'
    expect(failed(await judged())).toEqual(wrong.map((what) => `${name} ${what}`))
  })

  it.each([
    [2, []],
    [2.25, ['make its boxes', 'are made of it']],
  ])('as Dataloop items from %d and YOLO rows', async (x, wrong) => {
    put('corpora/c/json/a.json', item(x))
    put('corpora/c/yolo/labels.txt', 'dog\ncat\n')
    put('corpora/c/yolo/rows/a.txt', '1 0.175 0.2 0.25 0.2\n')
    expect(failed(await judged())).toEqual(wrong.map((what) => `yolo/labels.txt: 1 Dataloop items ${what}`))
  })

  it.each([
    ['81,88,522,408', []],
    ['81,88,522,409', ['edge0', 'inclusive1', 'auto']],
  ])('as VOC documents and a table with %s', async (corners, wrong) => {
    put('corpora/c/boxes.csv', `filename,width,height,class,xmin,ymin,xmax,ymax\na.jpg,40,30,cat,${corners}\n`)
    put('corpora/c/xml/a.xml', xml([81, 88, 522, 408]))
    expect(failed(await judged())).toEqual(
      wrong.map((base) => `boxes.csv: the boxes of 1 documents, --voc.base ${base}`),
    )
  })

  it.each([
    ['0 0.181250 0.2 0.2625 0.2\n', []],
    ['0 0.181252 0.2 0.2625 0.2\n', ['x.json → yolo: the rows of labels']],
    ['0 0.181250 0.2 0.2625 0.2\n'.repeat(2), ['x.json → yolo: the rows of labels']],
  ])('as a COCO document and the row %j', async (rows, wrong) => {
    put('corpora/c/x.json', COCO)
    put('corpora/c/data.yaml', 'names: [cat, dog]\ntrain: images\n')
    put('corpora/c/labels/a.txt', rows)
    expect(failed(await judged()).map((check) => check.replace(/of .*$/, 'of labels'))).toEqual(wrong)
  })
})

describe('polygons by way of YOLO', () => {
  it('must be the same regions', async () => {
    put('corpora/c/x.json', COCO)
    expect((await judged()).failures).toEqual([])
    const memorySink: typeof node.memorySink = (name) => {
      const sink = node.memorySink(name)
      const moved = (path: string, bytes: Uint8Array): Uint8Array =>
        path.endsWith('.txt')
          ? new TextEncoder().encode(new TextDecoder().decode(bytes).replace('0.3125', '0.3126'))
          : bytes
      return {
        name: sink.name,
        create: (path) => sink.create(path),
        text: (path) => sink.text(path),
        get files() {
          return new Map([...sink.files].map(([path, bytes]) => [path, moved(path, bytes)]))
        },
      }
    }
    const tally = await judged({ ...LIBRARY, node: { ...node, memorySink } })
    expect(tally.failures).toEqual([
      { check: 'x.json: 1 polygons → yolo segment → polygons', reason: expect.stringContaining('px away') },
    ])
  })
})

describe('the measure of regions', () => {
  const square = [0, 0, 4, 0, 4, 3, 0, 3]
  const right = [2, 0, 6, 0, 6, 3, 2, 3]

  it('knows overlaps, unions, holes and crossings', () => {
    expect(overlapOf([[square]], [[square]])).toBe(1)
    expect(overlapOf([[square]], [[right]])).toBeCloseTo(1 / 3, 12)
    expect(overlapOf([[square], [right]], [[[0, 0, 6, 0, 6, 3, 0, 3]]])).toBe(1)
    // In one part, what is in both rings is a hole.
    expect(overlapOf([[square, right]], [[[0, 0, 2, 0, 2, 3, 0, 3]], [[4, 0, 6, 0, 6, 3, 4, 3]]])).toBe(1)
    expect(overlapOf([[square]], [[[9, 9, 10, 9, 10, 10]]])).toBe(0)
    expect(overlapOf([], [[square]])).toBe(0)
  })

  it('knows how far vertices are away', () => {
    expect(deviationOf([[square]], [[square]])).toBe(0)
    expect(deviationOf([[[0, 0, 4.5, 0, 4, 3]]], [[square]])).toBe(0.5)
    expect(deviationOf([[square]], [[right]])).toBe(2)
  })
})

describe('many files', () => {
  it('are converted one by one', async () => {
    const tally = await judgeMany(20, LIBRARY)
    expect([tally.failures, tally.passed]).toEqual([[], 4])
  })
})
