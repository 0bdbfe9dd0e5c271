import { describe, expect, it } from 'vitest'
import { convertDataset, type Report } from '../../src/converters/convert.js'
import { Ledger, worseMeasure } from '../../src/converters/ledger.js'
import type { Outcome } from '../../src/dataset/account.js'
import type { Annotation } from '../../src/dataset/annotation.js'
import { createDataset, type Dataset } from '../../src/dataset/dataset.js'
import { filterAnnotations, mapAnnotations, mapItems } from '../../src/dataset/transforms.js'
import { memorySink } from '../../src/memory.js'
import { annotation, item } from '../dataset/sample.js'
import { type FakeWriter, fakeFormat } from './fake-format.js'

const placed = (label: string): Annotation => annotation(label, { place: { file: 'a.json', pointer: `/${label}` } })

/** Converts with a writer that answers for each annotation by its label. */
async function answered(dataset: Dataset, outcomes: Readonly<Record<string, Outcome>>): Promise<Report> {
  const write: FakeWriter['write'] = ({ annotations }) =>
    annotations.map(({ label }) => outcomes[label] ?? { effect: 'kept', subject: 'box' })
  return convertDataset(dataset, { to: fakeFormat({ write }).format, tree: memorySink('out') })
}

const one = (...annotations: readonly Annotation[]): Dataset => createDataset({ items: [item(1, annotations)] })

/** Each annotation in two parts: its own label, and that with `2` behind it. */
function inTwo(dataset: Dataset): Dataset {
  return mapAnnotations(dataset, (each) => [
    each.with({}),
    each.with({ definition: each.definition.with({ label: `${each.label}2` }) }),
  ])
}

const IOU = (value: number): Outcome => ({
  effect: 'approximated',
  subject: 'box',
  reason: 'bridged',
  measure: { name: 'iou', value },
})

describe('outcomes', () => {
  it('are counted one by one, alike ones together, with the worst measure', async () => {
    const report = await answered(one(...['a', 'b', 'c', 'd', 'e'].map(placed)), {
      a: IOU(0.99),
      b: IOU(0.9),
      c: IOU(0.95),
      d: { effect: 'derived', subject: 'box', reason: 'corners' },
    })
    expect(report.annotations).toEqual({ read: 5, kept: 1, derived: 1, approximated: 3, dropped: 0 })
    expect(report.ledger).toEqual([
      {
        level: 'annotation',
        effect: 'approximated',
        subject: 'box',
        reason: 'bridged',
        count: 3,
        measure: { name: 'iou', value: 0.9 },
        // The place of the worst comes first.
        places: ['a.json /b', 'a.json /a', 'a.json /c'],
      },
      {
        level: 'annotation',
        effect: 'derived',
        subject: 'box',
        reason: 'corners',
        count: 1,
        places: ['a.json /d'],
      },
      { level: 'annotation', effect: 'kept', subject: 'box', count: 1, places: [] },
    ])
  })

  it('of one source annotation count once: worst effect, worst measure, its place', async () => {
    const parts = inTwo(one(placed('a'), placed('b'), placed('c')))
    const report = await answered(parts, {
      a2: { effect: 'dropped', subject: 'box', reason: 'too small' },
      b: IOU(0.8),
      b2: IOU(0.7),
    })
    expect(report.annotations).toEqual({ read: 3, kept: 1, derived: 0, approximated: 1, dropped: 1 })
    expect(report.ledger).toEqual([
      {
        level: 'annotation',
        effect: 'dropped',
        subject: 'box',
        reason: 'too small',
        count: 1,
        places: ['a.json /a'],
      },
      {
        level: 'annotation',
        effect: 'approximated',
        subject: 'box',
        reason: 'bridged',
        count: 1,
        measure: { name: 'iou', value: 0.7 },
        places: ['a.json /b'],
      },
      { level: 'annotation', effect: 'kept', subject: 'box', count: 1, places: [] },
    ])
  })

  it('of an annotation that stands there twice count once', async () => {
    const twice = mapAnnotations(one(placed('a'), placed('b')), (each) => (each.label === 'a' ? [each, each] : [each]))
    expect((await answered(twice, {})).annotations).toMatchObject({ read: 2, kept: 2 })
    const doubled = mapItems(one(placed('a')), (each) =>
      each.with({ annotations: [...each.annotations, ...each.annotations] }),
    )
    expect((await answered(doubled, {})).annotations).toMatchObject({ read: 1, kept: 1 })
  })

  it('of an item made with one annotation twice count twice', async () => {
    const twice = placed('a')
    expect((await answered(one(twice, twice), {})).annotations).toMatchObject({ read: 2, kept: 2 })
  })

  it('one of several parts that was filtered is not dropped, all of them are', async () => {
    const parts = inTwo(one(placed('a'), placed('b')))
    const some = filterAnnotations(parts, ({ label }) => label === 'a2')
    const report = await answered(some, {})
    expect(report.annotations).toEqual({ read: 2, kept: 1, derived: 0, approximated: 0, dropped: 1 })
    expect(report.ledger[0]).toMatchObject({ effect: 'dropped', reason: 'filtered', places: ['a.json /b'] })
  })
})

describe('amendments', () => {
  const repaired = (label: string): Annotation =>
    annotation(label, {
      amended: { effect: 'approximated', reason: 'repaired', measure: { name: 'px', value: 2 } },
    })

  it.each<[Outcome, Outcome]>([
    [
      { effect: 'kept', subject: 'box' },
      { effect: 'approximated', subject: 'box', reason: 'repaired', measure: { name: 'px', value: 2 } },
    ],
    [
      { effect: 'derived', subject: 'segment', reason: 'corners' },
      { effect: 'approximated', subject: 'segment', reason: 'repaired', measure: { name: 'px', value: 2 } },
    ],
    [
      { effect: 'approximated', subject: 'box', reason: 'rounded', measure: { name: 'px', value: 0.5 } },
      { effect: 'approximated', subject: 'box', reason: 'rounded', measure: { name: 'px', value: 2 } },
    ],
    [
      { effect: 'approximated', subject: 'box', reason: 'rounded', measure: { name: 'px', value: 3 } },
      { effect: 'approximated', subject: 'box', reason: 'rounded', measure: { name: 'px', value: 3 } },
    ],
    [
      { effect: 'dropped', subject: 'box', reason: 'no place' },
      { effect: 'dropped', subject: 'box', reason: 'no place' },
    ],
  ])('of a repaired annotation that is %o', async (given, { effect, subject, reason, measure }) => {
    const report = await answered(one(repaired('a')), { a: given })
    expect(report.ledger).toEqual([{ level: 'annotation', effect, subject, reason, measure, count: 1, places: [] }])
  })

  it('count once with the parts of an annotation', async () => {
    const report = await answered(inTwo(one(repaired('a'), placed('b'))), { a2: { effect: 'derived', subject: 'box' } })
    expect(report.annotations).toEqual({ read: 2, kept: 1, derived: 0, approximated: 1, dropped: 0 })
  })
})

describe('Ledger', () => {
  it('orders entries by level, worst effect, count, and then as they came', () => {
    const ledger = new Ledger('lenient')
    const field = (
      level: 'field' | 'item' | 'header',
      effect: 'dropped' | 'defaulted' | 'approximated',
      subject: string,
      count = 1,
    ) => ledger.field({ level, effect, subject, reason: 'why', count })
    field('header', 'dropped', 'info')
    field('item', 'defaulted', 'depth')
    field('field', 'defaulted', 'id', 9)
    field('field', 'approximated', 'score')
    field('field', 'dropped', 'status')
    field('field', 'dropped', 'model', 3)
    field('field', 'dropped', 'crowd')
    for (const effect of ['kept', 'derived', 'approximated', 'dropped'] as const)
      ledger.outcome({ effect, subject: 'box' })
    expect(ledger.entries.map(({ level, effect, subject, count }) => `${level} ${effect} ${subject} ${count}`)).toEqual(
      [
        'annotation dropped box 1',
        'annotation approximated box 1',
        'annotation derived box 1',
        'annotation kept box 1',
        'field dropped model 3',
        'field dropped status 1',
        'field dropped crowd 1',
        'field approximated score 1',
        'field defaulted id 9',
        'item defaulted depth 1',
        'header dropped info 1',
      ],
    )
  })

  it('names at most five places, and counts all', () => {
    const ledger = new Ledger('lenient')
    for (let line = 1; line <= 7; line++) {
      ledger.drop({ effect: 'dropped', subject: 'box', reason: 'invalid' }, { file: 'a.txt', line })
      ledger.problem({ code: 'invalid-value', message: 'bad number', got: `x${line}`, place: { file: 'a.txt', line } })
    }
    const places = ['a.txt:1', 'a.txt:2', 'a.txt:3', 'a.txt:4', 'a.txt:5']
    expect(ledger.entries.map(({ count, places }) => ({ count, places }))).toEqual([{ count: 7, places }])
    expect(ledger.problems).toEqual([
      { code: 'invalid-value', message: 'bad number', got: 'x1', lossy: false, count: 7, places },
    ])
  })

  it('keeps problems apart that differ in code, message, what was expected, or loss', () => {
    const ledger = new Ledger('salvage')
    const base = { code: 'invalid-value', message: 'bad', expected: 'a number' } as const
    ledger.problem(base)
    ledger.problem({ ...base, lossy: true, fix: 'Mend it' })
    ledger.problem({ ...base, expected: 'a name' })
    ledger.problem({ ...base, message: 'worse' })
    ledger.problem({ ...base, code: 'expected-type' })
    ledger.problem({ ...base, lossy: true })
    expect(ledger.problems).toEqual([
      { code: 'invalid-value', message: 'bad', expected: 'a number', lossy: false, count: 1, places: [] },
      {
        code: 'invalid-value',
        message: 'bad',
        expected: 'a number',
        lossy: true,
        fix: 'Mend it',
        count: 2,
        places: [],
      },
      { code: 'invalid-value', message: 'bad', expected: 'a name', lossy: false, count: 1, places: [] },
      { code: 'invalid-value', message: 'worse', expected: 'a number', lossy: false, count: 1, places: [] },
      { code: 'expected-type', message: 'bad', expected: 'a number', lossy: false, count: 1, places: [] },
    ])
  })

  it('strict stops at the first problem and enters nothing', () => {
    const ledger = new Ledger('strict')
    expect(() =>
      ledger.problem({ code: 'rle-size', message: 'too long', place: { file: 'a', line: 2, column: 3 } }),
    ).toThrow(expect.objectContaining({ code: 'rle-size', message: 'a:2:3: too long' }))
    expect(ledger.problems).toEqual([])
  })

  it('of measures the worse one is further from equal', () => {
    const iou = (value: number) => ({ name: 'iou', value }) as const
    const px = (value: number) => ({ name: 'px', value }) as const
    expect(worseMeasure(iou(0.9), iou(0.8))).toEqual(iou(0.8))
    expect(worseMeasure(iou(0.8), iou(0.9))).toEqual(iou(0.8))
    expect(worseMeasure(px(1), px(2))).toEqual(px(2))
    expect(worseMeasure(px(2), px(1))).toEqual(px(2))
    expect(worseMeasure(px(9), iou(0.99))).toEqual(iou(0.99))
    expect(worseMeasure(iou(0.99), px(9))).toEqual(iou(0.99))
    expect(worseMeasure(undefined, px(1))).toEqual(px(1))
    expect(worseMeasure(px(1), undefined)).toEqual(px(1))
    expect(worseMeasure(undefined, undefined)).toBeUndefined()
  })
})
