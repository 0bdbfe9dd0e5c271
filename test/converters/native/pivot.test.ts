import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../../src/converters/convert.js'
import type { Format } from '../../../src/converters/format.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { formatById } from '../../../src/converters/registry.js'
import { memoryScratch, memorySink, memoryTree } from '../../../src/memory.js'

const corpora = process.env.ANNOFORM_CORPORA
const coco = formatById('coco')
const native = formatById('native')

async function convert(files: Record<string, Uint8Array>, from: Format, to: Format) {
  const ledger = new Ledger('lenient')
  const context = { policy: 'lenient', account: ledger, scratch: memoryScratch() } as const
  const source = await from.read?.open(memoryTree(files), {}, context)
  if (source === undefined) throw new Error(`${from.id} can be read`)
  const tree = memorySink()
  const report = await convertDataset(source, { to, tree, ledger })
  await source.close()
  return { report, files: Object.fromEntries(tree.files) }
}

function texts(files: Record<string, Uint8Array>): string[] {
  // Line ends inside a source text become spaces on the way through native.
  return Object.values(files).map((bytes) => new TextDecoder().decode(bytes).replace(/[\r\n]/g, ' '))
}

describe.skipIf(corpora === undefined)('COCO through native (real data: set ANNOFORM_CORPORA)', () => {
  it.each([
    'coco128/annotations/instances_train2017.json',
    'coco_mini/person_keypoints_train2017.json',
    'lvis/lvis_val_50a.json',
    'taco/annotations_a.json',
    'weird/coco/dangling-and-duplicate-ids.json',
    'weird/coco/indented-crlf.json',
    'weird/coco/proto.json',
  ])('%s is what COCO to COCO gives', async (path) => {
    const source = { 'instances.json': readFileSync(`${corpora}/${path}`) }
    const there = await convert(source, coco, native)
    const back = await convert(there.files, native, coco)
    const direct = await convert(source, coco, coco)
    expect(texts(back.files)).toEqual(texts(direct.files))
    expect(back.report.annotations.kept).toBe(there.report.annotations.kept)
    expect(back.report.annotations.kept).toBeGreaterThan(0)
    expect(back.report.annotations.read).toBe(there.report.annotations.read - there.report.annotations.dropped)
    expect(back.report.problems).toEqual([])
    const again = await convert(there.files, native, native)
    expect(texts(again.files)).toEqual(texts(there.files))
  })
})
