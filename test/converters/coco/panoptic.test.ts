import { describe, expect, it } from 'vitest'
import { openCoco } from '../../../src/converters/coco/reader.js'
import { convertDataset } from '../../../src/converters/convert.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { formatById } from '../../../src/converters/registry.js'
import type { Dataset } from '../../../src/dataset/dataset.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { memoryScratch, memorySink, memoryTree } from '../../../src/memory.js'
import { decodePng, encodePng } from '../../../src/png/index.js'
import { difference, documentText, entryLines, type Files, problemLines } from './harness.js'

/** Ids of a picture of 4 × 3; 300 needs green, 70000 blue. */
const IDS = [
  [0, 7, 7, 300],
  [0, 7, 300, 300],
  [70000, 0, 0, 300],
]

function png(ids: readonly (readonly number[])[]): Uint8Array {
  const [height, width] = [ids.length, ids[0]?.length ?? 0]
  const data = Uint8Array.from(ids.flat().flatMap((id) => [id & 255, (id >> 8) & 255, id >> 16]))
  return encodePng({ width, height, kind: 'rgb', bitDepth: 8, data }, nodeDeflate)
}

function idsIn(bytes: Uint8Array | undefined): number[][] {
  const { width, height, data } = decodePng(bytes ?? new Uint8Array(0), nodeDeflate)
  const at = (i: number): number => (data[3 * i] ?? 0) + 256 * (data[3 * i + 1] ?? 0) + 65536 * (data[3 * i + 2] ?? 0)
  return Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => at(y * width + x)))
}

const JSON_TEXT = `{"info":{"x":1.0},"images":[{"id":5,"width":4,"height":3,"file_name":"a.jpg"},{"id":6,"width":2,"height":1,"file_name":"b.jpg"}],"annotations":[
{"image_id":5,"file_name":"a.png","segments_info":[{"id":7,"category_id":1,"area":3.0,"bbox":[1,0,2,2.0],"iscrowd":0},{"id":300,"category_id":2,"iscrowd":1,"x":1.50,"area":4,"bbox":[2,0,2,3]},{"id":70000,"category_id":2,"area":1,"bbox":[0,2,1,1],"iscrowd":0}]},
{"image_id":6,"file_name":"b.png","segments_info":[{"id":7,"category_id":1,"area":2,"bbox":[0,0,2,1],"iscrowd":0}]}],
"categories":[{"id":1,"name":"cat","isthing":1,"color":[1,2,3]},{"id":2,"name":"sky","isthing":0}]}`
const FILES: Files = {
  'annotations/panoptic_val.json': JSON_TEXT,
  'annotations/panoptic_val/a.png': png(IDS),
  'annotations/panoptic_val/b.png': png([[7, 7]]),
}

async function open(files: Files, ledger = new Ledger('lenient')): Promise<Dataset> {
  const context = { policy: 'lenient', account: ledger, scratch: memoryScratch(), deflate: nodeDeflate } as const
  return openCoco(memoryTree(files), context)
}

async function convert(files: Files, options: Readonly<Record<string, unknown>> = {}, rewrite = false) {
  const ledger = new Ledger('lenient')
  const tree = memorySink('out')
  const dataset = await open(files, ledger)
  const report = await convertDataset(dataset, {
    to: formatById('coco'),
    tree,
    ledger,
    rewrite,
    options,
    deflate: nodeDeflate,
  })
  return { tree, report }
}

describe('panoptic documents', () => {
  it('are masks of their segments', async () => {
    const ledger = new Ledger('lenient')
    const dataset = await open(FILES, ledger)
    const items = []
    for await (const item of dataset.items(ledger)) items.push(item)
    const [first] = items
    expect(first?.split).toBe('val')
    expect(
      first?.annotations.map(({ id, label, definition, flags, area }) => [
        id?.text,
        label,
        definition.type === 'binary' ? [...definition.mask.runs] : definition.type,
        flags.crowd,
        area,
      ]),
    ).toEqual([
      ['7', 'cat', [3, 2, 1, 1, 5], false, 3],
      ['300', 'sky', [7, 1, 1, 3], true, 4],
      ['70000', 'sky', [2, 1, 9], false, 1],
    ])
    expect(ledger.counts.read).toBe(4)
    expect(ledger.problems).toEqual([])
  })

  it('come back, pixel for pixel', async () => {
    for (const rewrite of [false, true]) {
      const { tree, report } = await convert(FILES, {}, rewrite)
      expect([...tree.files.keys()].sort()).toEqual(Object.keys(FILES).sort())
      expect(
        difference(JSON_TEXT, tree.text('annotations/panoptic_val.json'), rewrite ? 'value' : 'text'),
      ).toBeUndefined()
      expect(idsIn(tree.files.get('annotations/panoptic_val/a.png'))).toEqual(IDS)
      expect(report.annotations).toEqual({ read: 4, kept: 4, derived: 0, approximated: 0, dropped: 0 })
    }
  })

  it('become instances when asked to', async () => {
    const { tree } = await convert(FILES, { document: 'single' })
    const { annotations } = JSON.parse(tree.text('annotations/instances_val.json'))
    expect(
      annotations.map(({ id, segmentation }: { id: number; segmentation: unknown }) => [id, segmentation]),
    ).toEqual([
      [7, { size: [3, 4], counts: expect.any(String) }],
      [300, { size: [3, 4], counts: expect.any(String) }],
      [70000, { size: [3, 4], counts: expect.any(String) }],
      [70001, { size: [1, 2], counts: expect.any(String) }],
    ])
  })

  it('without a picture are boxes, with other pixels said to be so', async () => {
    const ledger = new Ledger('lenient')
    const ids = IDS.map((row) => row.map((id) => (id === 70000 ? 9 : id)))
    const some = { 'annotations/panoptic_val.json': JSON_TEXT, 'annotations/panoptic_val/a.png': png(ids) }
    const types: string[] = []
    for await (const { annotations } of (await open(some, ledger)).items(ledger))
      types.push(...annotations.map(({ type }) => type))
    expect(types).toEqual(['binary', 'binary', 'binary', 'box'])
    expect(problemLines(ledger)).toEqual([
      'degenerate-geometry: a segment without pixels @ annotations/panoptic_val.json /annotations/0',
      'invalid-value: pixels of a segment that is not listed; they are void @ annotations/panoptic_val.json /annotations/0',
      'picture-missing: no picture of segments; their boxes are used (lossy) @ annotations/panoptic_val.json /annotations/1/file_name',
    ])
  })
})

describe('panoptic documents without any picture', () => {
  const fix = 'Name the folder that holds the JSON and its PNGs'

  it('are carried whole, with a problem', async () => {
    const { tree, report } = await convert({ 'mine.json': JSON_TEXT })
    expect(difference(JSON_TEXT, tree.text('annotations/instances.json'), 'text')).toBeUndefined()
    expect(report.problems).toMatchObject([{ code: 'picture-missing', lossy: true, fix, places: ['mine.json'] }])
  })

  it('are nothing to read where there are several', async () => {
    await expect(open({ 'panoptic_a.json': JSON_TEXT, 'panoptic_b.json': JSON_TEXT })).rejects.toMatchObject({
      code: 'picture-missing',
      fix,
    })
  })

  it('are none where only other keys are called so', async () => {
    const ledger = new Ledger('lenient')
    await open(
      { 'a.json': JSON_TEXT.replaceAll('"segments_info":', '"x":').replace('{"x":1.0}', '{"segments_info":[]}') },
      ledger,
    )
    expect(ledger.problems).toEqual([])
  })
})

describe('panoptic pictures of other sources', () => {
  const rle = (counts: readonly number[]): string => `"segmentation":{"size":[3,4],"counts":[${counts.join()}]}`
  const source = documentText({
    images: ['{"id":1,"width":4,"height":3,"file_name":"sub/one.jpg"}'],
    annotations: [
      `{"id":1,"image_id":1,"category_id":1,${rle([0, 3, 9])},"score":0.5}`,
      `{"id":2,"image_id":1,"category_id":2,${rle([0, 9, 3])}}`,
      `{"id":3,"image_id":1,"category_id":2,"bbox":[0,0,1,1]}`,
      `{"id":99999999,"image_id":1,"category_id":1,"segmentation":[[3,0,4,0,4,3,3,3]]}`,
    ],
  })
  const panoptic = (overlap: string) => convert({ 'a.json': source }, { document: 'panoptic', overlap })

  it('have small segments on top', async () => {
    const { tree, report } = await panoptic('small-on-top')
    expect([...tree.files.keys()]).toEqual(['annotations/panoptic/sub/one.png', 'annotations/panoptic.json'])
    expect(idsIn(tree.files.get('annotations/panoptic/sub/one.png'))).toEqual([
      [1, 2, 2, 4],
      [1, 2, 2, 4],
      [1, 2, 2, 4],
    ])
    const { annotations, categories } = JSON.parse(tree.text('annotations/panoptic.json'))
    expect(annotations).toEqual([
      {
        segments_info: [
          { id: 1, category_id: 1, area: 3, bbox: [0, 0, 1, 3], iscrowd: 0 },
          { id: 2, category_id: 2, area: 6, bbox: [1, 0, 2, 3], iscrowd: 0 },
          { id: 4, category_id: 1, area: 3, bbox: [3, 0, 1, 3], iscrowd: 0 },
        ],
        file_name: 'sub/one.png',
        image_id: 1,
      },
    ])
    expect(categories[0]).toEqual({ id: 1, name: 'cat', isthing: 1 })
    expect(entryLines({ entries: report.ledger })).toEqual([
      'annotation dropped box: a panoptic picture holds regions ×1',
      'annotation approximated binary: others cover a part of it ×1',
      'annotation approximated segment: filled into pixels ×1',
      'annotation kept binary ×1',
      'field dropped score: a segment has no place for it ×1',
      'field defaulted annotation id: no id a picture can hold ×1',
    ])
    expect(
      report.ledger.find(({ subject, effect }) => subject === 'binary' && effect === 'approximated')?.measure,
    ).toEqual({ name: 'iou', value: 6 / 9 })
  })

  it('may leave out what overlaps, or refuse it', async () => {
    const { tree } = await panoptic('skip')
    expect(idsIn(tree.files.get('annotations/panoptic/sub/one.png'))[0]).toEqual([1, 0, 0, 4])
    await expect(panoptic('fail')).rejects.toMatchObject({ code: 'invalid-value' })
  })
})
