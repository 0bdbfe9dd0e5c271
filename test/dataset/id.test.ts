import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idFrom, integerId, isIntegerText } from '../../src/dataset/id.js'

describe('idFrom', () => {
  it.each<[string | number | bigint, string, 'integer' | 'string']>([
    [7, '7', 'integer'],
    [0, '0', 'integer'],
    [-0, '0', 'integer'],
    [-12, '-12', 'integer'],
    [2 ** 53 - 1, '9007199254740991', 'integer'],
    [7_706_992_903_151_817_196n, '7706992903151817196', 'integer'],
    [0n, '0', 'integer'],
    ['7', '7', 'string'],
    ['', '', 'string'],
    ['a b', 'a b', 'string'],
  ])('%o', (value, text, kind) => {
    expect(idFrom(value)).toEqual({ text, kind })
  })

  it('gives an id back as it is', () => {
    const id = integerId('5')
    expect(idFrom(id)).toBe(id)
  })

  it.each([2 ** 53, 1.5, Number.NaN, -Infinity])('refuses %d', (value) => {
    expect(() => idFrom(value)).toThrow(
      new TypeError(`an id must be a safe integer, a bigint or a string, got ${value}`),
    )
  })
})

describe('isIntegerText', () => {
  it.each(['0', '7', '-7', '10', '7706992903151817196'])('%o stands where integers are demanded', (text) => {
    expect(isIntegerText(text)).toBe(true)
  })

  it.each(['', '-', '-0', '00', '01', '-01', '+1', '1.0', '1e3', ' 1', '1 ', '1\n', 'a1', '١'])(
    '%o does not',
    (text) => {
      expect(isIntegerText(text)).toBe(false)
    },
  )

  it('holds for every bigint', () => {
    fc.assert(fc.property(fc.bigInt(), (value) => isIntegerText(idFrom(value).text)))
  })
})
