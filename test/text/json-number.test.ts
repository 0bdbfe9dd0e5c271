import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { integerText, numberAt, numbersIn, numbersInto, numberText } from '../../src/text/json-number.js'
import { numberTexts } from './json-documents.js'

const encode = (text: string) => new TextEncoder().encode(text)
const at = (text: string) => numberAt(encode(`9${text}9`), 1, text.length + 1)
const list = (text: string) => numbersIn(encode(`1${text}1`), 1, text.length + 1)

describe('numbers from bytes', () => {
  it('are the doubles Number gives, to the sign of zero', () => {
    fc.assert(
      fc.property(numberTexts, (text) => {
        expect(at(text)).toBe(Number(text))
        const expected = Number.isFinite(Number(text)) ? Float64Array.of(Number(text), 1, Number(text)) : undefined
        expect(list(`[${text},1, ${text}]`)).toStrictEqual(expected)
        expect(list(` [ ${text}\t,\n1,${text} ] `)).toStrictEqual(expected)
      }),
      { numRuns: 3000 },
    )
  })

  it.each([
    '',
    '-',
    '+1',
    '01',
    '-01',
    '.5',
    '1.',
    '1.e3',
    '1e',
    '1e+',
    ' 1',
    '1 ',
    '0x10',
    'NaN',
    'Infinity',
    '1_0',
    '--1',
  ])('%j is no number', (text) => {
    expect(at(text)).toBeNaN()
    if (text.trim() === text) for (const form of [`[${text},2]`, `[2, ${text}]`]) expect(list(form)).toBeUndefined()
  })

  it.each([
    '',
    '[',
    ']',
    '[1',
    '1]',
    '[1,]',
    '[,1]',
    '[1 2]',
    '[1,,2]',
    '[[1]]',
    '[null]',
    '["1"]',
    '[1e999]',
    '[1]]',
    '[1]x',
    '[1]\x01',
    '{1}',
    '[1\x002]',
    '[,]',
  ])('%j is no flat array of numbers', (text) => expect(list(text)).toBeUndefined())

  it('are read to any count, into an array at hand too', () => {
    const values = Float64Array.from({ length: 5000 }, (_, i) => i / 8)
    expect(list(`[${values.join(',')}]`)).toStrictEqual(values)
    expect(list(' [ ] ')).toStrictEqual(new Float64Array(0))
    const target = new Float64Array(4)
    expect(numbersInto(encode('[1,2.5]'), 0, 7, target)).toBe(2)
    expect(target).toStrictEqual(Float64Array.of(1, 2.5, 0, 0))
    expect(() => numbersInto(encode('[1,2,3,4,5,6,7]'), 0, 15, target)).toThrow(RangeError)
  })
})

describe('long texts', () => {
  it('that are lists of numbers are read whole, others at a glance', () => {
    const values = Float64Array.from({ length: 400_000 }, (_, i) => i % 7)
    expect(list(` [ ${values.join(',')} ] `)).toStrictEqual(values)
    expect(list(`[${values.join(' , ')},]`)).toBeUndefined()
    expect(list(`[${','.repeat(400_000)}]`)).toBeUndefined()
    expect(list(`[${' '.repeat(400_000)}]`)).toStrictEqual(new Float64Array(0))
    expect(list(`[[${values.join(',')}]]`)).toBeUndefined()
    expect(list(`${' '.repeat(400_000)}`)).toBeUndefined()
  })
})

describe('integerText', () => {
  it.each([
    ['1.0', '1'],
    ['1e3', '1000'],
    ['-0', '0'],
    ['0.000e-5', '0'],
    ['7706992903151817196', '7706992903151817196'],
    ['-12.500e1', '-125'],
    ['1200e-2', '12'],
    ['1.5', undefined],
    ['12e-2', undefined],
    ['1e401', undefined],
    ['1e-999999999999', undefined],
    ['01', undefined],
    ['+1', undefined],
    ['1 ', undefined],
    ['', undefined],
    ['NaN', undefined],
  ])('of %j is %j', (text, expected) => expect(integerText(text)).toBe(expected))

  it('is exact at any size, however the number is written', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: -(10n ** 60n), max: 10n ** 60n }),
        fc.integer({ min: 0, max: 80 }),
        (value, point) => {
          const digits = `${value < 0n ? -value : value}`.padStart(point + 1, '0')
          const sign = value < 0n ? '-' : ''
          const whole = digits.slice(0, digits.length - point)
          const fraction = point === 0 ? '' : `.${digits.slice(-point)}`
          expect(integerText(`${sign}${whole}${fraction}e${point}`)).toBe(String(value))
          expect(integerText(`${value}.000`)).toBe(String(value))
          const tail = value % 10n === 0n ? String(value / 10n) : undefined
          expect(integerText(`${value}e-1`)).toBe(tail)
        },
      ),
    )
  })
})

describe('numberText', () => {
  it('reads back as the same double and is JSON', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(JSON.parse(numberText(value))).toBe(value)
      }),
    )
    expect([numberText(-0), numberText(0.1), numberText(1e21)]).toEqual(['-0', '0.1', '1e+21'])
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %d', (value) => {
    expect(() => numberText(value)).toThrow(expect.objectContaining({ code: 'number-format' }))
  })
})
