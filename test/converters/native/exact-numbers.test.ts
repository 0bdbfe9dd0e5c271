import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countInexact } from '../../../src/converters/native/exact-numbers.js'
import { parseNative } from '../../../src/converters/native/index.js'
import { FIRST, itemLine, readAll } from './hand-written.js'
import { recordingAccount } from './recording-account.js'

function count(text: string): number {
  const bytes = new TextEncoder().encode(text)
  return countInexact(bytes, 0, bytes.length)
}

describe('countInexact', () => {
  it.each([
    '0',
    '-0.0',
    '0e5',
    '1.50',
    '0.1',
    '1e22',
    '9007199254740992',
    '12345678901234567000',
    '1.2345678901234567e19',
    '0.10000000000000001',
    '0.1000000000000000055511151231257827021181583404541015625',
    '5e-324',
    '4.9406564584124654e-324',
    '1.7976931348623157e308',
    '100000000000000000000000000000000000000000e-41',
    '{"12345678901234567890":"12345678901234567891","a\\"1e999":[true,false,null,"\\\\"]}',
  ])('%s is what its double is', (text) => {
    expect(count(text)).toBe(0)
  })

  it.each([
    '9007199254740993',
    '-9007199254740993',
    '12345678901234567890',
    '1152921504606846976',
    '12345678901234567890.0',
    '9.0000000000000001',
    '0.12345678901234567890',
    '1e999',
    '-1e999',
    '1e-400',
    '1234567890123456789e3',
    '0.1000000000000000055511151231257827021181583404541015626',
  ])('%s is not', (text) => {
    expect(count(text)).toBe(1)
    expect(count(`{"a":[1,${text}, ${text}],"b":{"c":${text}}}`)).toBe(3)
  })

  it('doubles are exact however they are written', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(finite, fc.integer({ min: 17, max: 40 }), (value, digits) => {
        expect(count(JSON.stringify([value]))).toBe(0)
        const text = value.toPrecision(digits)
        // Digits of an integer all count, and those of a double end after 17.
        if (!/e\+|^-?[0-9]+$/.test(text) && Math.abs(value) < 2 ** 53) expect(count(text)).toBe(0)
      }),
    )
  })

  it('integers are exact where they come back with all their digits', () => {
    const wide = fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n })
    const near = fc.bigInt({ min: 2n ** 53n - 9n, max: 2n ** 53n + 9n })
    fc.assert(
      fc.property(fc.oneof(wide, near), (value) => {
        // The digits of the shortest text of its double.
        const [mantissa = '', power = '0'] = String(Number(value)).split('e')
        const [whole = '', fraction = ''] = mantissa.split('.')
        const back = BigInt(whole + fraction) * 10n ** BigInt(Number(power) - fraction.length)
        expect(count(String(value))).toBe(back === value ? 0 : 1)
      }),
    )
  })
})

describe('numbers beyond a double in free JSON are in the ledger', () => {
  it('of annotations and items', async () => {
    const attributes = '"attributes":{"serial":12345678901234567890,"fine":0.1}'
    const point = `{"definition":{"type":"point","label":"p",${attributes},"x":1,"y":2},"metadata":[1e999,[9007199254740993]]}`
    const odd =
      '{"definition":{"type":"undefined","label":"p","sourceType":"x","coordinates":[0.12345678901234567890]}}'
    const line = itemLine(point, odd).replace(/\}$/, ',"metadata":{"a":{"b":-9007199254740993}}}')
    const { items, log } = await readAll(`${FIRST}\n${line}`, 'strict')
    expect(log).toEqual([
      'read 2',
      'item approximated metadata number beyond a double @ a.jsonl:2 /metadata',
      'field approximated attributes number beyond a double @ a.jsonl:2 /annotations/0/definition/attributes',
      'field approximated metadata number beyond a double @ a.jsonl:2 /annotations/0/metadata',
      'field approximated coordinates number beyond a double @ a.jsonl:2 /annotations/1/definition/coordinates',
    ])
    expect(items[0]?.annotations[0]?.definition.attributes).toEqual({ serial: 12345678901234567000, fine: 0.1 })
  })

  it('of the header, with their count', async () => {
    const account = recordingAccount()
    const losses: unknown[] = []
    await parseNative('{"annoform":1,"header":{"info":{"n":[12345678901234567890,1e-400]}}}', {
      account: { ...account, field: (loss) => void losses.push(loss) },
      name: 'a.jsonl',
    })
    expect(losses).toEqual([
      {
        level: 'header',
        effect: 'approximated',
        subject: 'info',
        reason: 'number beyond a double',
        count: 2,
        place: { file: 'a.jsonl', line: 1, pointer: '/header/info' },
      },
    ])
  })

  it('but not those that are kept as texts', async () => {
    const extra = '"extra":{"coco":{"keys":["a"],"fields":{"a":12345678901234567890}}}'
    const line = itemLine().replace(/\}$/, `,${extra},"more":12345678901234567890}`)
    expect((await readAll(`${FIRST}\n${line}`, 'strict')).log).toEqual(['read 0'])
  })
})
