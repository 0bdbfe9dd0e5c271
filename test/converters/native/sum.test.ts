import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addToSum, SUM_START } from '../../../src/converters/native/sum.js'

function sumOf(text: string, from: number = SUM_START): number {
  const bytes = new TextEncoder().encode(text)
  return addToSum(from, bytes, 0, bytes.length)
}

describe('addToSum', () => {
  // The published test values of FNV-1a, 32 bit.
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['b', 0xe70c2de5],
    ['foobar', 0xbf9cf968],
  ])('%j is %i', (text, sum) => {
    expect(sumOf(text)).toBe(sum)
  })

  it('does not count white space between tokens', () => {
    expect(sumOf(' { "a b" : [ 1 ,\t2 ] ,\r\n "c\\" d" : "\\\\" , "e":3}')).toBe(
      sumOf('{"a b":[1,2],"c\\" d":"\\\\","e":3}'),
    )
  })

  it('counts white space in strings, also after an escaped quote', () => {
    expect(sumOf('"a b"')).not.toBe(sumOf('"ab"'))
    expect(sumOf('"a\\" b"')).not.toBe(sumOf('"a\\"b"'))
    expect(sumOf('"a\\\\" ')).toBe(sumOf('"a\\\\"'))
  })

  it('is the same in one part or in several, laid out or compact', () => {
    const json = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(json, json, (a, b) => {
        const [first, second] = [JSON.stringify(a), JSON.stringify(b)]
        const whole = sumOf(first + second)
        expect(sumOf(second, sumOf(first))).toBe(whole)
        expect(sumOf(JSON.stringify(b, undefined, 3), sumOf(JSON.stringify(a, undefined, '\t')))).toBe(whole)
      }),
    )
  })

  it('another byte is another sum', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40, min: 0x30, max: 0x39 })
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, where, by) => {
        const changed = digits.slice()
        const at = where % digits.length
        changed[at] = 0x30 + (((digits[at] as number) - 0x30 + by) % 10)
        expect(addToSum(7, changed, 0, changed.length)).not.toBe(addToSum(7, digits, 0, digits.length))
      }),
    )
  })
})
