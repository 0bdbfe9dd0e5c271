import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nativeText, parseNative } from '../../../src/converters/native/index.js'
import type { Annotation } from '../../../src/dataset/annotation.js'
import type { Dataset, Header } from '../../../src/dataset/dataset.js'
import { Item } from '../../../src/dataset/item.js'
import { DEFINITION_TYPES } from '../../../src/definitions/index.js'
import { arbitraryHeader, arbitraryItem } from './arbitrary-items.js'

/** A value with every part of it an own, plain one: what two of the model are compared by, -0 and NaN included. */
function plain(value: unknown): unknown {
  if (Object.is(value, -0)) return 'negative zero'
  if (typeof value !== 'object' || value === null) return value
  if (value instanceof Map) return ['map', ...[...value].sort(byKey).map(([key, held]) => [key, plain(held)])]
  if (ArrayBuffer.isView(value)) return [value.constructor.name, ...Array.from(value as Uint8Array, plain)]
  if (Array.isArray(value)) return value.map(plain)
  // Places are those of the file just read; that a raw is JSON is known of every one that was read as such.
  const passing = 'bytes' in value ? ['place', 'json'] : ['place']
  const entries = Object.entries(value).filter(([key, held]) => held !== undefined && !passing.includes(key))
  return ['object', ...entries.sort(byKey).map(([key, held]) => [key, plain(held)])]
}

function byKey([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}

/** Labels keep their order, and what is in private fields is made from the public ones. */
function plainHeader({ labels, ...rest }: Header): unknown {
  return plain({ labels: labels.labels, ...rest })
}

function dataset(header: Header, items: readonly Item[]): Dataset {
  return {
    header,
    async *items() {
      yield* items
    },
    close: () => Promise.resolve(),
  }
}

async function all(source: Dataset): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of source.items()) items.push(item)
  return items
}

const EMPTY: Header = { labels: (await parseNative('{"annoform":1}')).header.labels, splits: [], strays: [] }

describe('what is written comes back equal', () => {
  it.each(DEFINITION_TYPES)('%s with every field of annotation and item', async (type) => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryItem([type]), { maxLength: 2 }), async (items) => {
        const text = await nativeText(dataset(EMPTY, items))
        const back = await parseNative(text)
        const read = await all(back)
        expect(read.map(plain)).toEqual(items.map(plain))
        // The same instances of the same classes, not only alike ones.
        const types = (list: readonly Item[]) => list.flatMap((item) => item.annotations.map(classOf))
        expect(types(read)).toEqual(types(items))
        // And the same again, to the byte.
        expect(await nativeText(back)).toBe(text)
      }),
      { numRuns: 40 },
    )
  })

  it('the header', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHeader, async (header) => {
        const text = await nativeText(dataset(header, []))
        const back = await parseNative(text)
        expect(plainHeader(back.header)).toEqual(plainHeader(header))
        expect(await nativeText(back)).toBe(text)
      }),
      { numRuns: 150 },
    )
  })

  it('one line an item, each of them JSON', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryHeader, fc.array(arbitraryItem(), { maxLength: 3 }), async (header, items) => {
        const text = await nativeText(dataset(header, items))
        expect(text.endsWith('\n')).toBe(true)
        expect(text).not.toMatch(/\r/)
        const lines = text.slice(0, -1).split('\n')
        expect(lines).toHaveLength(1 + items.length)
        for (const line of lines) JSON.parse(line)
      }),
      { numRuns: 60 },
    )
  })

  it('items in their order, as often as asked', async () => {
    const items = Array.from(
      { length: 20 },
      (_, i) => new Item({ id: { text: String(40 - i), kind: 'integer' }, path: `${i}.jpg`, media: { kind: 'image' } }),
    )
    const back = await parseNative(await nativeText(dataset(EMPTY, items)))
    const paths = items.map(({ path }) => path)
    expect((await all(back)).map(({ path }) => path)).toEqual(paths)
    expect((await all(back)).map(({ path }) => path)).toEqual(paths)
  })
})

function classOf(annotation: Annotation): unknown {
  return annotation.definition.constructor
}
