import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendNumbers } from '../../../src/converters/native/write-numbers.js'
import { numberText } from '../../../src/text/json-number.js'
import { TextBuffer } from '../../../src/text/json-write.js'

function written(values: readonly number[]): string {
  const buffer = new TextBuffer(16)
  appendNumbers(buffer, Float64Array.from(values))
  return new TextDecoder().decode(buffer.view())
}

describe('appendNumbers', () => {
  it.each([
    [[], '[]'],
    [[0, -0, 1, -1, 10, 99, 100], '[0,-0,1,-1,10,99,100]'],
    [[2147483647, 2147483648, -2147483648, 4294967296], '[2147483647,2147483648,-2147483648,4294967296]'],
    [[0.5, 0.01, 0.05, 12.5, 639.99, -3.25], '[0.5,0.01,0.05,12.5,639.99,-3.25]'],
    [[0.001, 0.000001, 123.456789, 1e-7], '[0.001,0.000001,123.456789,1e-7]'],
    [[1 / 3, 0.1 + 0.2, 100000.0001], '[0.3333333333333333,0.30000000000000004,100000.0001]'],
    [[1e21, 1.5e300, 5e-324, -1.7976931348623157e308], '[1e+21,1.5e+300,5e-324,-1.7976931348623157e+308]'],
  ])('%j', (values, text) => {
    expect(written(values)).toBe(text)
  })

  it('is the shortest text of each double, at any count of decimals', () => {
    const decimal = fc
      .tuple(fc.integer({ min: -(10 ** 9), max: 10 ** 9 }), fc.integer({ min: 0, max: 12 }))
      .map(([digits, places]) => digits / 10 ** places)
    const nearDecimal = decimal.map((value) => value + Math.abs(value) * Number.EPSILON)
    const any = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.array(fc.oneof(decimal, nearDecimal, any), { maxLength: 50 }), (values) => {
        expect(written(values)).toBe(`[${values.map(numberText).join(',')}]`)
      }),
      { numRuns: 500 },
    )
  })

  it('goes on past the end of its scratch space', () => {
    const values = Array.from({ length: 3001 }, (_, i) => -i / 7)
    expect(written(values)).toBe(`[${values.map(numberText).join(',')}]`)
  })
})
