import { describe, expect, it } from 'vitest'
import { convertDataset } from '../../../src/converters/convert.js'
import type { Format } from '../../../src/converters/format.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { formatById } from '../../../src/converters/registry.js'
import { memoryScratch, memorySink, memoryTree } from '../../../src/memory.js'

const FILE = 'dataset.annoform.jsonl'

describe('COCO through an edited native file', () => {
  const coco = formatById('coco')
  const native = formatById('native')
  const SOURCE = JSON.stringify({
    images: [{ id: 1, file_name: 'a.jpg', width: 64, height: 40 }],
    annotations: [
      { id: 1, image_id: 1, category_id: 1, bbox: [1, 2, 10, 5], area: 50, iscrowd: 0 },
      { id: 2, image_id: 99, category_id: 1, bbox: [3, 4, 10, 5], area: 50, iscrowd: 0 },
    ],
    categories: [
      { id: 1, name: 'cat' },
      { id: 2, name: 'dog' },
    ],
  })

  async function convert(files: Record<string, string>, from: Format, to: Format) {
    const ledger = new Ledger('lenient')
    const context = { policy: 'lenient', account: ledger, scratch: memoryScratch() } as const
    const source = await from.read?.open(memoryTree(files), {}, context)
    if (source === undefined) throw new Error(`${from.id} can be read`)
    const tree = memorySink()
    const report = await convertDataset(source, { to, tree, ledger })
    await source.close()
    return { report, text: [...tree.files.keys()].map((name) => tree.text(name)).join('') }
  }

  interface Written {
    images: Record<string, unknown>[]
    annotations: Record<string, unknown>[]
    categories: Record<string, unknown>[]
  }

  async function cocoAfter(edit: (text: string) => string): Promise<Written & { losses: unknown[] }> {
    const { text } = await convert({ 'a.json': SOURCE }, coco, native)
    const back = await convert({ [FILE]: edit(text) }, native, coco)
    expect(back.report.annotations.kept).toBe(2)
    const losses = back.report.ledger.filter(({ level }) => level !== 'annotation')
    return { ...(JSON.parse(back.text) as Written), losses }
  }

  it('is itself when nothing was edited', async () => {
    const { losses, ...written } = await cocoAfter((text) => text)
    expect(written).toEqual(JSON.parse(SOURCE))
    expect(losses).toEqual([])
  })

  it('has the box and the path that were put in', async () => {
    const { images, annotations, losses } = await cocoAfter((text) =>
      text.replace('"path":"a.jpg"', '"path":"b.jpg"').replace('"left":1,', '"left":2,'),
    )
    expect(images[0]?.file_name).toBe('b.jpg')
    expect(annotations[0]?.bbox).toEqual([2, 2, 9, 5])
    expect(losses).toMatchObject([
      { effect: 'dropped', subject: 'raw', reason: 'edited since it was written', count: 2 },
    ])
  })

  it('has every annotation, the one without an image too, under its class when ids were swapped', async () => {
    const { annotations, categories } = await cocoAfter((text) =>
      text.replace('"name":"cat","id":1', '"name":"cat","id":2').replace('"name":"dog","id":2', '"name":"dog","id":1'),
    )
    expect(categories).toEqual([
      { id: 2, name: 'cat' },
      { id: 1, name: 'dog' },
    ])
    expect(annotations.map(({ id, category_id }) => [id, category_id])).toEqual([
      [1, 2],
      [2, 2],
    ])
  })

  it('follows an item to its new id', async () => {
    const { images, annotations } = await cocoAfter((text) => text.replace('{"id":1,"path"', '{"id":5,"path"'))
    expect(images[0]?.id).toBe(5)
    expect(annotations.map(({ image_id }) => image_id)).toEqual([5, 99])
  })
})
