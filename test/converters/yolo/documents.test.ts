import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ledger } from '../../../src/converters/ledger.js'
import { detectYolo } from '../../../src/converters/yolo/detect.js'
import { parseYoloLabels, yolo, yoloLabels } from '../../../src/converters/yolo/index.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { idFrom } from '../../../src/dataset/id.js'
import { Item } from '../../../src/dataset/item.js'
import { Box, DEFINITION_TYPES, Polygon } from '../../../src/definitions/index.js'
import { arbitraryDefinition } from '../../arbitraries/definitions.js'
import { SIZE as size } from './harness.js'

describe('parseYoloLabels', () => {
  it('reads one file', () => {
    const [first, second] = parseYoloLabels('1 0.5 0.5 0.5 0.5\n0 0 0 1 0 1 1', { size, labels: ['cat', 'dog'] })
    expect([first?.label, first?.bounds]).toEqual(['dog', { left: 160, top: 106.75, right: 480, bottom: 320.25 }])
    expect([second?.label, second?.type]).toEqual(['cat', 'segment'])
  })

  it('takes labels by number, and numbers for labels', () => {
    const text = '7 0.5 0.5 0.5 0.5'
    expect(parseYoloLabels(text, { size, labels: new Map([[7, 'x']]) })[0]?.label).toBe('x')
    const ledger = new Ledger('strict')
    expect(parseYoloLabels(text, { size, account: ledger })[0]?.label).toBe('7')
  })

  it('tells what is wrong', () => {
    const account = new Ledger('lenient')
    expect(
      parseYoloLabels('0 0.5 0.5 0.5\n5 .1 .1 .1 .1', { size, labels: ['a'], account, name: 'x.txt' }).length,
    ).toBe(1)
    expect(account.problems.map(({ code, places }) => [code, places])).toEqual([
      ['row-format', ['x.txt:1:1']],
      ['unknown-label', ['x.txt:2:1']],
    ])
    expect(account.counts).toMatchObject({ read: 2, dropped: 1 })
    expect(() => parseYoloLabels('x', { size, account: new Ledger('strict') })).toThrow(
      expect.objectContaining({ code: 'row-format' }),
    )
  })
})

describe('yoloLabels', () => {
  const box = new Annotation({ definition: new Box({ label: 'b', left: 0, top: 0, right: 320, bottom: 427 }) })
  const ring = new Annotation({ definition: Polygon.fromPoints([0, 0, 320, 0, 320, 427], { label: 'a' }) })

  it('writes boxes, and polygons when there is any region', () => {
    expect(yoloLabels([box], { size })).toBe('0 0.250000 0.500000 0.500000 1.000000\n')
    expect(yoloLabels([ring, box], { size })).toBe(
      '0 0.000000 0.000000 0.500000 0.000000 0.500000 1.000000\n1 0.000000 0.000000 0.500000 0.000000 0.500000 1.000000 0.000000 1.000000\n',
    )
    expect(yoloLabels([ring], { size, task: 'detect', labels: ['x', 'a'] })).toBe(
      '1 0.250000 0.500000 0.500000 1.000000\n',
    )
  })

  it('takes an item that knows its size', () => {
    const item = new Item({ id: idFrom(1), path: 'a.jpg', media: { kind: 'image', ...size }, annotations: [box] })
    expect(yoloLabels(item)).toBe(yoloLabels([box], { size }))
    expect(() => yoloLabels([box])).toThrow(TypeError)
  })

  it('tells what has no place', () => {
    const account = new Ledger('lenient')
    yoloLabels([box], { size, labels: ['z'], account })
    expect(account.entries.map(({ reason }) => reason)).toEqual(['its label is not in the label table'])
  })

  it('gives back what was parsed, row by row', () => {
    const text = '0 0.50 0.5 0.25 0.125\n1 0.1 0.1 0.2 0.1\n'
    const labels = ['a', 'b']
    expect(yoloLabels(parseYoloLabels(text, { size, labels }), { size, labels })).toBe(text)
  })
})

it.each(DEFINITION_TYPES)('law: a %s is written or dropped, and what is written is read', (type) => {
  fc.assert(
    fc.property(
      arbitraryDefinition(type, size),
      fc.constantFrom('auto' as const, 'detect' as const, 'segment' as const),
      fc.constantFrom('always' as const, 'keep' as const),
      (definition, task, clip) => {
        const account = new Ledger('strict')
        const text = yoloLabels([new Annotation({ definition })], { size, task, clip, account })
        const { effect } = yolo.expresses.definitions[type]
        if (effect === 'dropped') expect(text).toBe('')
        expect(/^(?:\d+(?: -?\d+\.\d{6,15})+\n)?$/.test(text)).toBe(true)
        const back = parseYoloLabels(text, {
          size,
          account: new Ledger('strict'),
          task: task === 'auto' ? 'segment' : task,
        })
        expect(back.length + account.counts.dropped).toBe(1)
      },
    ),
    { numRuns: 60 },
  )
})

describe('detection', () => {
  const detect = async (files: Readonly<Record<string, string>>) =>
    detectYolo({
      tree: { name: 'x', list: async () => [], has: async () => false, open: () => Promise.reject(new Error()) },
      paths: Object.keys(files),
      head: async (path) => files[path] ?? '',
      tail: async (path) => files[path] ?? '',
    })

  it.each<[Readonly<Record<string, string>>, number, RegExp]>([
    [{ 'data.yaml': 'train: x\nnames: [a]' }, 0.9, /data\.yaml has the keys train, names/],
    [{ 'labels/a.txt': '\n0 0.5 0.5 1 1\n' }, 0.7, /labels\/a\.txt begins with a class and shares/],
    [{ 'labels/a.txt': '0 0.5 0.5 1 1', 'obj.data': '' }, 0.85, /obj\.data describes them/],
    [{ 'labels/a.txt': '', 'classes.txt': 'cat' }, 0.3, /empty/],
    [{ 'a.txt': '0 100 200 30 40' }, 0, /a\.txt does not begin/],
    [{ 'gt.txt': '1,1,10,20,30,40,1,1,0.5' }, 0, /does not begin/],
    [{ 'a.txt': 'Car 0.0 0 0 1 2 3 4' }, 0, /does not begin/],
    [{ 'a.txt': '0 0.5 0.5 1' }, 0, /does not begin/],
    [{ 'compose.yaml': 'services:\n  train: x' }, 0, /no data\.yaml and no \.txt/],
    [{ 'classes.txt': '0 0.5 0.5 1 1' }, 0, /no data\.yaml and no \.txt/],
  ])('of %j', async (files, confidence, evidence) => {
    expect(await detect(files)).toEqual({ confidence, evidence: expect.stringMatching(evidence) })
  })
})
