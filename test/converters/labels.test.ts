import { describe, expect, it } from 'vitest'
import { lockLabels, parseLabelFile } from '../../src/converters/labels.js'
import { Ledger } from '../../src/converters/ledger.js'
import { createDataset } from '../../src/dataset/dataset.js'
import { idFrom, integerId } from '../../src/dataset/id.js'
import type { Label } from '../../src/dataset/labels.js'
import { rawText } from '../dataset/sample.js'
import { failure } from '../definitions/failure.js'

describe('parseLabelFile', () => {
  it.each<[string, string, readonly { name: string; index?: number }[]]>([
    ['nothing', '', []],
    ['blank lines', ' \n\t\n', []],
    [
      'lines',
      'cat\ntraffic light\n\n  dog \r\n7\rcow',
      ['cat', 'traffic light', 'dog', '7', 'cow'].map((name) => ({ name })),
    ],
    ['lines behind a byte order mark', '\uFEFFcat\ndog', [{ name: 'cat' }, { name: 'dog' }]],
    ['an array', ' ["cat", "a\\nb", "7"]', [{ name: 'cat' }, { name: 'a\nb' }, { name: '7' }]],
    ['an empty array', '[]', []],
    [
      'an object, by number',
      '{"dog": 2, "7": 10, "cat": 0, "__proto__": 1}',
      [
        { name: 'cat', index: 0 },
        { name: '__proto__', index: 1 },
        { name: 'dog', index: 2 },
        { name: '7', index: 10 },
      ],
    ],
    ['an empty object', '{}', []],
  ])('%s', (_, text, labels) => {
    expect(parseLabelFile(text, 'l.txt')).toEqual(labels)
  })

  it.each([
    ['cat\ndog\n cat ', 'duplicate-label', 'l.txt: the label "cat" is there twice'],
    ['["a", "b", "a"]', 'duplicate-label', 'l.txt: the label "a" is there twice'],
    ['{"a": 0,\n "a": 1}', 'duplicate-label', 'l.txt:2:2: the label "a" is there twice'],
    ['{"a": 3, "b": 3}', 'duplicate-label', 'l.txt: the labels "a" and "b" have one number'],
    ['["a", 7]', 'expected-type', 'l.txt /1: bad label: expected a name, got 7'],
    ['{"a": "0"}', 'expected-type', 'l.txt: bad index of label "a": expected a whole number from 0, got "0"'],
    ['{"a": -1}', 'expected-type', 'l.txt: bad index of label "a": expected a whole number from 0, got -1'],
    ['{"a": 1.5}', 'expected-type', 'l.txt: bad index of label "a": expected a whole number from 0, got 1.5'],
    [
      '{"a": 9007199254740992}',
      'expected-type',
      'l.txt: bad index of label "a": expected a whole number from 0, got 9007199254740992',
    ],
  ])('refuses %o', (text, code, message) => {
    expect(failure(() => parseLabelFile(text, 'l.txt'))).toEqual({ code, message })
  })

  it('names the place where JSON ends to be JSON', () => {
    expect(() => parseLabelFile('{"a": 0,\n"b": }', 'l.json')).toThrow(
      expect.objectContaining({ code: 'json-syntax', place: { file: 'l.json', line: 2, column: 6, offset: 14 } }),
    )
  })
})

const CAT: Label = { name: 'cat', id: idFrom(1), color: [1, 2, 3], raw: rawText('{"id":1}') }
const DOG: Label = { name: 'dog', id: idFrom(2), raw: rawText('{"id":2}') }
const COW: Label = { name: 'cow', id: idFrom(3), declared: false, raw: rawText('{"id":3}') }

function locked(text: string, labels: readonly Label[] = [CAT, DOG, COW]) {
  const ledger = new Ledger('lenient')
  const before = createDataset({ items: [], labels })
  const { header } = lockLabels(before, parseLabelFile(text, 'l.txt'), ledger)
  return { labels: header.labels.labels, problems: ledger.problems }
}

describe('lockLabels', () => {
  it('puts labels in the order of the file and adds those the data does not have', () => {
    const { labels, problems } = locked('dog\nant\ncat\ncow')
    expect(labels.map(({ name }) => name)).toEqual(['dog', 'ant', 'cat', 'cow'])
    expect(labels[0]).toBe(DOG)
    expect(labels[1]).toEqual({ name: 'ant' })
    expect(labels[2]).toBe(CAT)
    expect(labels[3]).toEqual({ name: 'cow', id: idFrom(3), declared: true })
    expect(labels[3]?.raw).toBeUndefined()
    expect(problems).toEqual([])
  })

  it('takes the numbers of the file for ids; a label that has its number already stays as it is', () => {
    const { labels, problems } = locked('{"cow": 0, "cat": 1, "dog": 5}')
    expect(labels).toEqual([
      { name: 'cow', id: integerId('0'), declared: true },
      CAT,
      { name: 'dog', id: integerId('5') },
    ])
    expect(labels[1]).toBe(CAT)
    expect(labels[2]?.raw).toBeUndefined()
    expect(problems).toEqual([])
  })

  it('labels the file does not know come after them, with a problem, and give up ids it gives to others', () => {
    const { labels, problems } = locked('{"ant": 2, "cat": 3}')
    expect(labels).toEqual([
      { name: 'ant', id: integerId('2') },
      { name: 'cat', id: integerId('3'), color: [1, 2, 3] },
      { name: 'dog', id: undefined },
      { name: 'cow', id: undefined, declared: false },
    ])
    expect(labels.some(({ raw }) => raw !== undefined)).toBe(false)
    expect(problems).toEqual([
      {
        code: 'labels-mismatch',
        message: 'the data has labels that are not in the label file; they come after those that are',
        got: '"dog", "cow"',
        fix: 'Add them to the label file',
        lossy: false,
        count: 1,
        places: [],
      },
    ])
  })

  it('keeps ids where the file gives no numbers', () => {
    const { labels } = locked('ant', [DOG])
    expect(labels).toEqual([{ name: 'ant' }, DOG])
    expect(labels[1]).toBe(DOG)
  })

  it('one problem stands for any number of labels', () => {
    const many = Array.from({ length: 30 }, (_, i) => ({ name: `label ${i}` }))
    const ledger = new Ledger('lenient')
    lockLabels(createDataset({ items: [], labels: many }), [{ name: 'label 0' }], ledger)
    expect(ledger.problems.map(({ got, count }) => [got, count])).toEqual([
      ['"label 1", "label 2", "label 3", "label 4", "label 5", "label 6", "label 7", "label 8", and 21 more', 1],
    ])
  })

  it('strict refuses a label the file does not know', () => {
    const dataset = createDataset({ items: [], labels: [DOG] })
    expect(() => lockLabels(dataset, [], new Ledger('strict'))).toThrow(
      expect.objectContaining({ code: 'labels-mismatch', fix: 'Add them to the label file' }),
    )
  })
})
