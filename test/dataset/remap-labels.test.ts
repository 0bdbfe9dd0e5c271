import { describe, expect, it } from 'vitest'
import { createDataset, type Dataset } from '../../src/dataset/dataset.js'
import { idFrom } from '../../src/dataset/id.js'
import type { Label } from '../../src/dataset/labels.js'
import { remapLabels, withHeader } from '../../src/dataset/transforms.js'
import { ItemDescription } from '../../src/definitions/index.js'
import { annotation, box, collect, item, labelsOf, rawText } from './sample.js'

/** Renames by a table; other names stay. */
function remapped(dataset: Dataset, table: Readonly<Record<string, string>>): Dataset {
  return remapLabels(dataset, (name) => table[name] ?? name)
}

const LABELS: readonly Label[] = [
  { name: 'kitten', id: idFrom(1), color: [1, 2, 3], raw: rawText('{"id":1}') },
  { name: 'dog', id: idFrom(2), raw: rawText('{"id":2}') },
  { name: 'cat', id: idFrom(3), raw: rawText('{"id":3}') },
  { name: 'category 9', id: idFrom(9), declared: false },
]

describe('remapLabels', () => {
  it('merges labels that end up with one name: the first of them stays, renamed', () => {
    const { labels } = remapped(createDataset({ items: [], labels: LABELS }), {
      kitten: 'cat',
      'category 9': 'cow',
    }).header
    expect(labels.labels).toEqual([
      { name: 'cat', id: idFrom(1), color: [1, 2, 3], declared: true },
      LABELS[1],
      { name: 'cow', id: idFrom(9), declared: true },
    ])
    expect(labels.get('cat')?.raw).toBeUndefined()
    expect(labels.get('dog')).toBe(LABELS[1])
  })

  it('renames annotations and their key frames, and leaves the others as they are', async () => {
    const key = (label: string, frame: number) => ({ frame, definition: box(label), fixed: false, visible: true })
    const plain = annotation('dog', { keyFrames: [key('dog', 0)] })
    const named = annotation('cat', { box: { left: 0, top: 0, right: 9, bottom: 9 }, area: 4 })
    const track = annotation('dog', { keyFrames: [key('dog', 0), key('cat', 5)] })
    const dataset = createDataset({ items: [item(1, [plain, named, track]), item(2, [plain])] })
    const { items, log } = await collect(remapped(dataset, { cat: 'lion' }))
    expect(labelsOf(items)).toEqual([['dog', 'lion', 'dog'], ['dog']])
    expect(log).toEqual(['read 3', 'read 1'])
    const [first, second, third] = items[0]?.annotations ?? []
    expect(first).toBe(plain)
    expect(second).toMatchObject({ box: named.box, area: 4, raw: undefined })
    expect(second?.origin).toBe(named)
    expect(third?.raw).toBeUndefined()
    expect(third?.keyFrames?.map(({ frame, definition }) => [frame, definition.label])).toEqual([
      [0, 'dog'],
      [5, 'lion'],
    ])
    // Nothing on the second item has a new name: it is the very one that was read.
    expect(items[1]?.annotations[0]).toBe(plain)
    expect(items[1]?.raw).toBeDefined()
  })

  it('swaps names', async () => {
    const dataset = createDataset({ items: [item(1, [annotation('a'), annotation('b')])] })
    const swapped = remapped(dataset, { a: 'b', b: 'a' })
    expect([...swapped.header.labels].map(({ name }) => name)).toEqual(['b', 'a'])
    expect(labelsOf((await collect(swapped)).items)).toEqual([['b', 'a']])
  })

  it('renames strays', () => {
    const before = createDataset({ items: [], labels: ['cat'] })
    const strays = [
      { raw: rawText('{}'), reason: 'orphan', label: 'cat' },
      { raw: rawText('{}'), reason: 'orphan' },
    ]
    const after = remapped(withHeader(before, { ...before.header, strays }), { cat: 'lion' })
    expect(after.header.strays.map(({ label }) => label)).toEqual(['lion', undefined])
    expect(after.header.strays[1]).toBe(strays[1])
  })

  it('leaves an annotation without a label without one', async () => {
    const described = annotation('', { definition: new ItemDescription({ label: '', text: 'a farm' }) })
    const dataset = createDataset({ items: [item(1, [described, annotation('cat')])] })
    const renamed = remapLabels(dataset, (name) => `my ${name}`)
    expect([...renamed.header.labels].map(({ name }) => name)).toEqual(['my cat'])
    expect(labelsOf((await collect(renamed)).items)).toEqual([['', 'my cat']])
  })

  it('renames the parent of a label where it is a label, not where it is a group', () => {
    const labels: readonly Label[] = [
      { name: 'animal' },
      { name: 'cat', parent: 'animal', raw: rawText('{}') },
      { name: 'person', parent: 'person' },
      { name: 'car', parent: 'vehicle' },
    ]
    const dataset = createDataset({ items: [], labels })
    const table = { animal: 'creature', person: 'human', vehicle: 'machine' }
    const after = remapped(dataset, table).header.labels
    expect(after.labels.map(({ name, parent }) => [name, parent])).toEqual([
      ['creature', undefined],
      ['cat', 'creature'],
      ['human', 'person'],
      ['car', 'vehicle'],
    ])
    expect(after.get('cat')?.raw).toBeUndefined()
    expect(after.get('car')).toBe(labels[3])
  })
})
