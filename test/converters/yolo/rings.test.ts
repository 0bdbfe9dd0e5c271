import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ringNumbers } from '../../../src/converters/yolo/ring-row.js'
import { partsOfRing, ringFromShares } from '../../../src/converters/yolo/row-shape.js'
import { unitedParts } from '../../../src/converters/yolo/united-parts.js'
import { Annotation } from '../../../src/dataset/annotation.js'
import { type AnnotationDefinition, Polygon, Segmentation } from '../../../src/definitions/index.js'
import { type Part, partsArea } from '../../../src/geometry/parts.js'
import { fillPartsPixelCenter } from '../../../src/mask/fill-pixel-center.js'
import { Mask } from '../../../src/mask/mask.js'
import { arbitraryMask } from '../../arbitraries/shapes.js'

const SIZE = { width: 97, height: 61 } as const
const label = 'cat'

function part(outer: readonly number[], ...holes: readonly (readonly number[])[]): Part {
  return { outer: Float64Array.from(outer), holes: holes.map((hole) => Float64Array.from(hole)) }
}

const square = (x: number, y: number, side: number): readonly number[] => [
  x,
  y,
  x + side,
  y,
  x + side,
  y + side,
  x,
  y + side,
]

/** What is written of a definition, and what reading it gives. */
function throughText(definition: AnnotationDefinition): {
  readonly parts: readonly Part[]
  readonly reasons: readonly string[]
} {
  const numbers = ringNumbers(new Annotation({ definition }), SIZE, { clip: true, digits: 0 })
  if (typeof numbers === 'string') throw new Error(numbers)
  const values = numbers.text.split(' ').map(Number)
  return {
    parts: partsOfRing(ringFromShares(values, values.length, SIZE)),
    reasons: numbers.changes.flatMap(({ effect, reason }) => (reason === undefined ? [] : [`${effect}: ${reason}`])),
  }
}

function filled(parts: readonly Part[]): Mask {
  return fillPartsPixelCenter(parts, SIZE.width, SIZE.height)
}

describe('one ring for', () => {
  it.each<[string, readonly Part[], number, readonly string[]]>([
    ['a part', [part([1.2, 1.1, 30.3, 2.7, 15.4, 40.9])], 1, []],
    ['a hole', [part(square(10, 10, 20), square(15, 15, 5))], 1, ['derived: parts joined by bridges without width']],
    [
      'two parts',
      [part(square(1, 1, 10)), part(square(40, 30, 7.3))],
      2,
      ['derived: parts joined by bridges without width'],
    ],
    [
      'parts, holes and an island',
      [part(square(5, 5, 40), square(10, 10, 20)), part(square(15, 15, 5)), part(square(60, 10, 9), square(62, 12, 3))],
      3,
      ['derived: parts joined by bridges without width'],
    ],
    [
      'parts that touch',
      [part(square(1, 1, 10)), part(square(11, 11, 10))],
      2,
      ['derived: parts joined by bridges without width'],
    ],
    [
      'parts that overlap',
      [part(square(1, 1, 20)), part(square(11, 11, 20))],
      1,
      ['derived: overlapping parts united'],
    ],
    ['parts that share a side', [part(square(1, 1, 20)), part(square(21, 1, 20))], 1, []],
  ])('%s comes back', (_, parts, count, reasons) => {
    const { parts: back, reasons: found } = throughText(new Polygon({ label, parts }))
    if (reasons.length > 0) expect([back.length, found]).toEqual([count, reasons])
    const united = partsArea(unitedParts(parts) ?? [])
    expect(partsArea(back)).toBeCloseTo(united, 2)
    expect(filled(back).equals(filled(parts))).toBe(true)
  })

  it('a mask runs along its pixel edges', () => {
    const mask = Mask.fromRuns(97, 61, [70, 3, 56, 7, 54, 2, 3, 2, 5720])
    const { parts, reasons } = throughText(new Segmentation({ label, mask }))
    expect([filled(parts).equals(mask), reasons[0]]).toEqual([true, 'derived: traced along its pixel edges'])
  })

  it('law: every mask comes back pixel by pixel', () => {
    fc.assert(
      fc.property(arbitraryMask(SIZE), (mask) => {
        fc.pre(mask.area > 0)
        expect(filled(throughText(new Segmentation({ label, mask })).parts).equals(mask)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('law: parts that overlap anyhow fill the same pixels, and lose nothing of their area', () => {
    const arbitrary = fc.array(
      fc.array(fc.tuple(fc.double({ min: 1, max: 96, noNaN: true }), fc.double({ min: 1, max: 60, noNaN: true })), {
        minLength: 3,
        maxLength: 7,
      }),
      { minLength: 2, maxLength: 4 },
    )
    let exact = 0
    fc.assert(
      fc.property(arbitrary, (rings) => {
        const parts = rings.map((ring) => part(ring.flat()))
        const united = unitedParts(parts)
        if (united === null) return
        exact++
        // Pixel centres on a side may fall to either: so few of them that one in a thousand is a defect.
        const [a, b] = [filled(parts), filled(united)]
        expect(Math.abs(a.area - b.area)).toBeLessThanOrEqual(2)
        const sum = united.reduce((total, each) => total + partsArea([each]), 0)
        expect(partsArea(unitedParts(united) ?? [])).toBeCloseTo(sum, 3)
      }),
      { numRuns: 300 },
    )
    expect(exact).toBeGreaterThan(250)
  })
})

describe('a plain ring', () => {
  it.each([
    ['closed by itself', [0, 0, 10, 0, 10, 10, 0, 10, 0, 0]],
    ['with a vertex twice', [0, 0, 10, 0, 10, 0, 10, 10, 0, 10]],
    ['with a spike', [0, 0, 10, 0, 10, 10, 20, 20, 10, 10, 0, 10]],
    ['without area', [0, 0, 10, 0, 0, 0]],
    ['all in one point', [5, 5, 5, 5, 5, 5]],
  ])('%s is never changed by reading', (_, numbers) => {
    const ring = Float64Array.from(numbers)
    expect(partsOfRing(ring)).toEqual([{ outer: ring, holes: [] }])
  })

  it('law: is never changed as long as no vertex is there twice', () => {
    const points = fc.uniqueArray(fc.tuple(fc.nat(50), fc.nat(50)), { minLength: 3, maxLength: 30, selector: String })
    fc.assert(
      fc.property(points, (list) => {
        const ring = Float64Array.from(list.flat())
        expect(partsOfRing(ring)).toEqual([{ outer: ring, holes: [] }])
      }),
    )
  })
})

describe('the union', () => {
  it('keeps vertices bit for bit and adds only crossings', () => {
    const united = unitedParts([part(square(0.1, 0.2, 20)), part(square(10.3, 10.4, 20))])
    expect(united?.map(({ outer, holes }) => [outer.length / 2, holes.length])).toEqual([[8, 0]])
    const points = new Set<string>()
    for (let i = 0; i < 16; i += 2) points.add(`${united?.[0]?.outer[i]} ${united?.[0]?.outer[i + 1]}`)
    for (const point of [
      '0.1 0.2',
      '20.1 0.2',
      '20.1 10.4',
      '30.3 10.4',
      '30.3 30.4',
      '10.3 30.4',
      '10.3 20.2',
      '0.1 20.2',
    ])
      expect(points).toContain(point)
  })

  it('has the holes that parts leave between them', () => {
    const bars = [
      part([0, 0, 30, 0, 30, 5, 0, 5]),
      part([0, 25, 30, 25, 30, 30, 0, 30]),
      part([0, 0, 5, 0, 5, 30, 0, 30]),
      part([25, 0, 30, 0, 30, 30, 25, 30]),
    ]
    expect(unitedParts(bars)?.map(({ holes }) => holes.length)).toEqual([1])
    expect(partsArea(unitedParts(bars) ?? [])).toBeCloseTo(900 - 400, 9)
  })

  it('fills a ring that crosses itself even-odd', () => {
    const bow = unitedParts([part([0, 0, 10, 10, 10, 0, 0, 10]), part(square(40, 40, 2))])
    expect(bow?.length).toBe(3)
    expect(partsArea(bow ?? [])).toBeCloseTo(50 + 4, 9)
  })
})
