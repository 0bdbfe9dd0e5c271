import { describe, expect, it } from 'vitest'
import { idFrom, integerId } from '../../src/dataset/id.js'
import { Item } from '../../src/dataset/item.js'
import { annotation, item, rawText } from './sample.js'

describe('Item', () => {
  it('has no annotations and is frozen when nothing is said', () => {
    const plain = new Item({ id: idFrom(7), path: 'a/b.jpg', media: { kind: 'image' } })
    expect(plain.annotations).toEqual([])
    expect(plain.raw).toBeUndefined()
    expect(Object.isFrozen(plain)).toBe(true)
    expect(Object.isFrozen(plain.annotations)).toBe(true)
  })

  it('keeps its text when only annotations and split change', () => {
    const before = item(1, [annotation('cat'), annotation('dog')])
    const after = before.with({ annotations: before.annotations.slice(1), split: 'val' })
    expect(after.raw).toBe(before.raw)
    expect(after.split).toBe('val')
    expect(after.annotations).toEqual([before.annotations[1]])
    expect(after.annotations[0]).toBe(before.annotations[1])
    expect(before.split).toBeUndefined()
    expect(before.annotations).toHaveLength(2)
  })

  it('gives up its text when anything else changes, its annotations keep theirs', () => {
    const before = item(1, [annotation('cat')])
    for (const changes of [
      { path: 'b.jpg' },
      { media: { kind: 'image' as const } },
      { metadata: { a: 1 } },
      { extra: new Map() },
      { place: { file: 'a' } },
      { id: idFrom(1) },
    ]) {
      const after = before.with(changes)
      expect(after.raw, Object.keys(changes)[0]).toBeUndefined()
      expect(after.annotations[0], Object.keys(changes)[0]).toBe(before.annotations[0])
    }
    expect(before.with({ path: 'b.jpg' }).path).toBe('b.jpg')
  })

  it('takes a new text with a change', () => {
    const raw = rawText('{}')
    expect(item(1).with({ path: 'b.jpg', raw }).raw).toBe(raw)
  })

  it.each([
    ['another number', integerId('2')],
    ['the same characters as a string', idFrom('1')],
  ])('with a new id (%s) the annotations give up their texts and remember where they came from', (_, id) => {
    const before = item(1, [annotation('cat'), annotation('dog', { raw: undefined })])
    const after = before.with({ id })
    expect(after.id).toBe(id)
    expect(after.raw).toBeUndefined()
    expect(after.annotations.map(({ raw }) => raw)).toEqual([undefined, undefined])
    expect(after.annotations[0]?.origin).toBe(before.annotations[0])
    expect(after.annotations[0]?.label).toBe('cat')
    // It had no text to give up.
    expect(after.annotations[1]).toBe(before.annotations[1])
  })

  it('gives up the texts of annotations that come with a new id', () => {
    const [after] = item(1).with({ id: idFrom(2), annotations: [annotation('cat')] }).annotations
    expect(after?.raw).toBeUndefined()
  })

  it('withoutRaw gives up all texts and nothing else', () => {
    const before = item('x', [annotation('cat', { score: 0.5 })], { split: 'train' })
    const after = before.withoutRaw()
    expect(after.raw).toBeUndefined()
    expect(after.annotations[0]?.raw).toBeUndefined()
    expect(after.annotations[0]?.score).toBe(0.5)
    expect(after).toMatchObject({ id: { text: 'x', kind: 'string' }, path: 'x.jpg', split: 'train' })
    expect(before.raw).toBeDefined()
    expect(before.annotations[0]?.raw).toBeDefined()
  })
})

it.each([0, -1, 1.5, Number.NaN, Infinity])('refuses a side of %d pixels', (width) => {
  const init = { id: idFrom(1), path: 'a.jpg', media: { kind: 'image', width, height: 2 } } as const
  expect(() => new Item(init)).toThrow(expect.objectContaining({ code: 'invalid-value', got: String(width) }))
})
