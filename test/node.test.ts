import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import {
  Annotation,
  Box,
  convert,
  createDataset,
  type Dataset,
  filterAnnotations,
  Item,
  idFrom,
  Ledger,
  openDataset,
  type ProgressEvent,
} from '../src/node.js'
import { CLEAN, FLAWED } from './cli/documents.js'
import { putFiles, temporaryFolder } from './io/temporary.js'

function boxes(count: number): Item[] {
  return Array.from({ length: count }, (_, i) => {
    const definition = new Box({ label: 'cat', left: 1, top: 2, right: 4, bottom: 9 })
    const media = { kind: 'image', width: 30, height: 20 } as const
    return new Item({ id: idFrom(i + 1), path: `${i}.jpg`, media, annotations: [new Annotation({ definition })] })
  })
}

async function all(dataset: Dataset): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of dataset.items()) items.push(item)
  return items
}

describe('openDataset', () => {
  it('recognises, opens and reads as often as asked', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': CLEAN })
    const dataset = await openDataset(join(folder, 'a.json'))
    expect(dataset.itemCount).toBe(2)
    expect((await all(dataset)).map(({ path, annotations }) => [path, annotations.length])).toEqual([
      ['a.jpg', 2],
      ['b.jpg', 0],
    ])
    expect((await all(dataset)).length).toBe(2)
    await dataset.close()
  })

  it('tells its ledger', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': FLAWED })
    const ledger = new Ledger('lenient')
    const dataset = await openDataset(join(folder, 'a.json'), { ledger })
    for await (const _item of dataset.items(ledger));
    await dataset.close()
    expect(ledger.counts).toMatchObject({ read: 3, dropped: 1 })
    expect(ledger.problems.map(({ code }) => code)).toEqual(['expected-type'])
  })

  it('is strict without an account too, every time', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': FLAWED })
    const dataset = await openDataset(join(folder, 'a.json'), { policy: 'strict' })
    await expect(all(dataset)).rejects.toMatchObject({ code: 'expected-type' })
    await expect(all(dataset)).rejects.toMatchObject({ code: 'expected-type' })
    await dataset.close()
  })

  it('gives the format to a function of options', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': CLEAN })
    const asked: string[] = []
    const dataset = await openDataset(join(folder, 'a.json'), {
      options: ({ id }) => {
        asked.push(id)
        return {}
      },
    })
    await dataset.close()
    expect(asked).toEqual(['coco'])
    await expect(openDataset(join(folder, 'a.json'), { options: { nonsense: 1 } })).rejects.toMatchObject({
      code: 'unknown-option',
    })
  })
})

describe('convert', () => {
  it('accounts for everything and tells the files and the time', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': CLEAN })
    let files: readonly string[] = []
    const out = join(folder, 'out')
    const report = await convert({
      from: join(folder, 'a.json'),
      to: 'coco',
      out,
      onWritten: (written) => (files = written),
    })
    expect(report).toMatchObject({
      source: { format: 'coco', name: join(folder, 'a.json') },
      target: { format: 'coco', name: out },
      items: 2,
      annotations: { read: 2, kept: 2, dropped: 0 },
    })
    expect(report.seconds).toBeGreaterThan(0)
    expect(files).toEqual(['annotations/instances.json'])
  })

  it('takes a data set at hand, transformed, and leaves it open', async () => {
    const folder = temporaryFolder()
    putFiles(folder, { 'a.json': CLEAN })
    const dataset = await openDataset(join(folder, 'a.json'))
    const cats = filterAnnotations(dataset, ({ label }) => label === 'cat')
    const report = await convert({ from: cats, to: 'coco', out: join(folder, 'out') })
    expect(report).toMatchObject({
      source: { format: 'memory', name: 'memory' },
      annotations: { read: 2, kept: 1, dropped: 1 },
    })
    expect((await all(dataset)).length).toBe(2)
    await dataset.close()
  })

  it('writes an empty data set that a program made', async () => {
    const folder = temporaryFolder()
    const report = await convert({ from: createDataset({ items: [] }), to: 'coco', out: join(folder, 'out') })
    expect(report.items).toBe(0)
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('leaves nothing when the source fails half way', async () => {
    const folder = temporaryFolder()
    const failing = createDataset({
      labels: ['cat'],
      items: function* () {
        yield* boxes(300)
        throw new RangeError('the camera fell down')
      },
    })
    await expect(convert({ from: failing, to: 'coco', out: join(folder, 'new', 'out') })).rejects.toThrow(RangeError)
    expect(readdirSync(folder)).toEqual([])
  })

  it('leaves nothing when it is aborted, also by a timer while everything is in memory', async () => {
    const folder = temporaryFolder()
    const controller = new AbortController()
    const endless = createDataset({
      labels: ['cat'],
      items: function* () {
        const [item] = boxes(1)
        for (let i = 1; item !== undefined; i++) yield item.with({ id: idFrom(i), path: `${i}.jpg` })
      },
    })
    const { signal } = controller
    setTimeout(() => controller.abort(), 60)
    await expect(convert({ from: endless, to: 'coco', out: join(folder, 'out'), signal })).rejects.toMatchObject({
      code: 'aborted',
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('tells how far it is', async () => {
    const folder = temporaryFolder()
    const events: ProgressEvent[] = []
    const from = createDataset({ items: boxes(600) })
    await convert({ from, to: 'coco', out: join(folder, 'out'), onProgress: (event) => events.push(event) })
    expect(events.filter(({ phase }) => phase === 'convert').map(({ done, total }) => [done, total])).toEqual([
      [256, 600],
      [512, 600],
    ])
  })

  it('fails on wrong options before it reads or writes anything', async () => {
    const folder = temporaryFolder()
    const out = join(folder, 'out')
    const from = join(folder, 'not-even-there.json')
    await expect(convert({ from, to: 'nothing', out })).rejects.toMatchObject({ code: 'unknown-format' })
    await expect(convert({ from, to: 'coco', out, options: { x: 1 } })).rejects.toMatchObject({
      code: 'unknown-option',
    })
    await expect(convert({ from, to: 'coco', out })).rejects.toMatchObject({ code: 'io' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('looks sizes up in the pictures when it is told where they are', async () => {
    const folder = temporaryFolder()
    const jpeg = await sharp({ create: { width: 33, height: 21, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer()
    putFiles(folder, { 'a.json': CLEAN.replace(',"width":20,"height":10', ''), 'pictures/a.jpg': jpeg })
    await convert({
      from: join(folder, 'a.json'),
      to: 'coco',
      out: join(folder, 'out'),
      images: join(folder, 'pictures'),
    })
    const { images } = JSON.parse(readFileSync(join(folder, 'out/annotations/instances.json'), 'utf8'))
    expect(images[0]).toMatchObject({ file_name: 'a.jpg', width: 33, height: 21 })
    expect(images[1]).toMatchObject({ file_name: 'b.jpg', width: 30, height: 40 })
  })
})
