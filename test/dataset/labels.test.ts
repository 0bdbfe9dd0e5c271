import { describe, expect, it } from 'vitest'
import { idFrom } from '../../src/dataset/id.js'
import { LabelTree, uniqueName } from '../../src/dataset/labels.js'
import { AnnotationError } from '../../src/errors.js'

const names = (tree: LabelTree): readonly string[] => [...tree].map(({ name }) => name)

describe('LabelTree', () => {
  it('finds labels by name and by the text of their id', () => {
    const tree = new LabelTree([
      { name: 'cat', id: idFrom(3) },
      { name: 'dog', id: idFrom('3x') },
      { name: 'constructor' },
    ])
    expect(tree.size).toBe(3)
    expect(names(tree)).toEqual(['cat', 'dog', 'constructor'])
    expect(tree.get('dog')).toBe(tree.labels[1])
    expect(tree.byId('3')).toBe(tree.labels[0])
    expect(tree.byId('3x')).toBe(tree.labels[1])
    expect([tree.get('toString'), tree.byId('cat'), tree.get('3')]).toEqual([undefined, undefined, undefined])
  })

  it('refuses two labels of one name', () => {
    const make = () => new LabelTree([{ name: 'a "b"' }, { name: 'c' }, { name: 'a "b"' }])
    expect(make).toThrow(AnnotationError)
    expect(make).toThrow(
      expect.objectContaining({ code: 'duplicate-label', message: 'two labels are called "a \\"b\\""' }),
    )
  })

  it('of two labels with one id the first has it, also when one is a string', () => {
    const tree = new LabelTree([
      { name: 'cat', id: idFrom(1) },
      { name: 'dog', id: idFrom('1') },
    ])
    expect(tree.byId('1')?.name).toBe('cat')
  })

  it('is not changed by what is done to the list it was made from', () => {
    const list = [{ name: 'cat' }]
    const tree = new LabelTree(list)
    list.push({ name: 'dog' })
    expect(names(tree)).toEqual(['cat'])
    expect(Object.isFrozen(tree.labels)).toBe(true)
  })

  it('union adds what is new at the end', () => {
    const tree = new LabelTree([{ name: 'cat', id: idFrom(1) }, { name: 'dog' }])
    const both = tree.union([{ name: 'cow' }, { name: 'cat', id: idFrom(9) }, { name: 'ant' }])
    expect(names(both)).toEqual(['cat', 'dog', 'cow', 'ant'])
    expect(both.get('cat')?.id?.text).toBe('1')
    expect(both.byId('9')).toBeUndefined()
    expect(names(tree)).toEqual(['cat', 'dog'])
  })

  it('union is the very tree when nothing is new', () => {
    const tree = new LabelTree([{ name: 'cat' }])
    expect(tree.union([{ name: 'cat' }])).toBe(tree)
    expect(names(LabelTree.EMPTY.union(tree))).toEqual(['cat'])
    expect(LabelTree.EMPTY.size).toBe(0)
  })
})

describe('uniqueName', () => {
  it.each([
    ['cat', [], 'cat'],
    ['cat', ['dog'], 'cat'],
    ['cat', ['cat'], 'cat (2)'],
    ['cat', ['cat', 'cat (2)', 'cat (4)'], 'cat (3)'],
    ['cat (2)', ['cat (2)'], 'cat (2) (2)'],
    ['', [''], ' (2)'],
  ])('%o among %o is %o', (name, taken, unique) => {
    expect(uniqueName(name, new Set(taken))).toBe(unique)
  })
})
