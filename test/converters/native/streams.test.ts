import { describe, expect, it } from 'vitest'
import type { Context } from '../../../src/converters/format.js'
import { nativeText } from '../../../src/converters/native/index.js'
import { LineReader } from '../../../src/converters/native/lines.js'
import { openNative } from '../../../src/converters/native/reader.js'
import { createNative } from '../../../src/converters/native/writer.js'
import { SILENT } from '../../../src/dataset/account.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { LabelTree } from '../../../src/dataset/labels.js'
import { Polygon, Subtitle } from '../../../src/definitions/index.js'
import { memoryScratch, memorySource, memoryTree } from '../../../src/memory.js'
import type { ByteSource, SourceTree } from '../../../src/ports.js'

const context: Context = { policy: 'strict', account: SILENT, scratch: memoryScratch() }
const encoder = new TextEncoder()

/** Bytes that only a promise gives, three at a time at most. */
function slowSource(bytes: Uint8Array): ByteSource {
  const { name, size, read, close } = memorySource(bytes, 'slow.jsonl')
  return { name, size, close, read: (offset, target) => read(offset, target.subarray(0, 3)) }
}

function treeOf(source: ByteSource): SourceTree {
  return {
    name: 'tree',
    list: () => Promise.resolve([source.name]),
    has: () => Promise.resolve(true),
    open: () => Promise.resolve(source),
  }
}

function makeItem(i: number): Item {
  const ring = Float64Array.from({ length: 2 * (3 + (i % 5)) }, (_, k) => i + k / 8)
  const definitions = [Polygon.fromPoints(ring, { label: 'ä' }), new Subtitle({ label: 's', text: '🚗'.repeat(i) })]
  const annotations = definitions.map((definition) => new Annotation({ definition }))
  return new Item({ id: idFrom(i), path: `${i}.jpg`, media: { kind: 'image' }, annotations })
}

describe('reading through windows of any size', async () => {
  const items = Array.from({ length: 9 }, (_, i) => makeItem(i))
  const text = await nativeText(createDataset({ items }))

  it.each([1, 2, 7, 64, 4096, 1 << 18])('%i bytes', async (window) => {
    const dataset = await openNative(memoryTree({ 'a.jsonl': text }), context, window)
    expect(await nativeText(dataset)).toBe(text)
    expect(await nativeText(dataset)).toBe(text)
  })

  it.each([1, 5, 4096])('%i bytes, of a source without readSync', async (window) => {
    expect(await nativeText(await openNative(treeOf(slowSource(encoder.encode(text))), context, window))).toBe(text)
  })

  it.each([
    ['a byte order mark', `\ufeff${text}`],
    ['CRLF', text.replaceAll('\n', '\r\n')],
    ['no line end at the end', text.slice(0, -1)],
    ['blank lines and indents', text.replaceAll('\n', '\n \t\n\n  ')],
  ])('%s', async (_, variant) => {
    for (const window of [1, 3, 4096]) {
      const dataset = await openNative(memoryTree({ 'a.jsonl': variant }), context, window)
      expect(await nativeText(dataset)).toBe(text)
    }
  })

  it('UTF-16, as Windows tools save it', async () => {
    const marked = `\ufeff${text}`
    const units = Uint16Array.from({ length: marked.length }, (_, i) => marked.charCodeAt(i))
    const tree = memoryTree({ 'a.jsonl': new Uint8Array(units.buffer) })
    expect(await nativeText(await openNative(tree, context, 64))).toBe(text)
  })

  it('two readers at once', async () => {
    const dataset = await openNative(memoryTree({ 'a.jsonl': text }), context, 16)
    const first = dataset.items()[Symbol.asyncIterator]()
    await first.next()
    expect(await nativeText(dataset)).toBe(text)
    const second = await first.next()
    expect(second.done === false && second.value.path).toBe('1.jpg')
  })

  it('lines keep their numbers', async () => {
    const variant = `\n${text.replaceAll('\n', '\n\n')}`
    const dataset = await openNative(memoryTree({ 'a.jsonl': variant }), context, 5)
    const lines: unknown[] = []
    for await (const { place } of dataset.items()) lines.push(place?.line)
    expect(lines).toEqual([4, 6, 8, 10, 12, 14, 16, 18, 20])
  })
})

describe('LineReader', () => {
  function lines(text: string, window: number): [number, string][] {
    const reader = new LineReader(memorySource(text), undefined, window)
    const found: [number, string][] = []
    while (reader.next() === true)
      found.push([reader.number, new TextDecoder().decode(reader.bytes.subarray(reader.start, reader.end))])
    return found
  }

  it.each([1, 2, 3, 5, 100])('finds every line through a window of %i', (window) => {
    expect(lines('', window)).toEqual([])
    expect(lines('\n', window)).toEqual([])
    expect(lines('a', window)).toEqual([[1, 'a']])
    expect(lines('a\n', window)).toEqual([[1, 'a']])
    expect(lines('\n\n ab c \r\n\nd', window)).toEqual([
      [3, 'ab c'],
      [5, 'd'],
    ])
  })

  it('holds no more than the longest line and a window', () => {
    const reader = new LineReader(memorySource(`${'x'.repeat(100)}\n${'ab\n'.repeat(5000)}`), undefined, 64)
    let count = 0
    while (reader.next() === true) count++
    expect(count).toBe(5001)
    expect(reader.bytes.length).toBeLessThanOrEqual(300)
  })
})

describe('writing', () => {
  const big = Array.from({ length: 400 }, (_, i) => makeItem(i))

  it('hands over batches of 64 KiB or more, one after the other', async () => {
    const sizes: number[] = []
    const parts: Uint8Array[] = []
    let busy = false
    const file = {
      async write(bytes: Uint8Array) {
        expect(busy).toBe(false)
        busy = true
        await new Promise((resolve) => setTimeout(resolve, 0))
        // Only now: until the promise settles the bytes must stay as they are.
        parts.push(bytes.slice())
        sizes.push(bytes.length)
        busy = false
      },
      close: () => Promise.resolve(),
    }
    const sink = await createNative(
      { name: 'out', create: () => Promise.resolve(file) },
      { labels: LabelTree.EMPTY, splits: [], strays: [] },
      context,
    )
    for (const item of big) {
      const outcomes = sink.write(item)
      expect(outcomes instanceof Promise ? await outcomes : outcomes).toEqual([
        { effect: 'kept', subject: 'segment' },
        { effect: 'kept', subject: 'subtitle' },
      ])
    }
    await sink.close()
    expect(sizes.length).toBeGreaterThan(2)
    for (const size of sizes.slice(0, -1)) expect(size).toBeGreaterThanOrEqual(65_536)
    const whole = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0))
    let at = 0
    for (const part of parts) {
      whole.set(part, at)
      at += part.length
    }
    expect(new TextDecoder().decode(whole)).toBe(
      await nativeText({
        ...createDataset({ items: big }),
        header: { labels: LabelTree.EMPTY, splits: [], strays: [] },
      }),
    )
  })

  it('answers without a promise while the file takes bytes without one', async () => {
    const file = { write: () => undefined, close: () => undefined }
    const tree = { name: 'out', create: () => Promise.resolve(file) }
    const sink = await createNative(tree, { labels: LabelTree.EMPTY, splits: [], strays: [] }, context)
    for (const item of big) expect(sink.write(item)).toBeInstanceOf(Array)
  })
})
