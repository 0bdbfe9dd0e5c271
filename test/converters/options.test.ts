import { describe, expect, it } from 'vitest'
import { choice, flag, type OptionSpec, resolveOptions } from '../../src/converters/options.js'
import { failure } from '../definitions/failure.js'

const SPEC = {
  rings: choice(['join', 'split', 'first'], 'what to do with rings'),
  base: choice(['auto', 'edge0'], 'where coordinates begin', 'edge0'),
  crowd: flag('keep crowds'),
  clip: flag('cut at the edge', true),
  digits: { kind: 'number', default: 6, min: 0, max: 17, summary: 'decimals' },
  scale: { kind: 'number', default: 1, summary: 'factor' },
  names: { kind: 'text', default: undefined, summary: 'a file' },
} as const satisfies OptionSpec

const message = (options: Readonly<Record<string, unknown>>) => failure(() => resolveOptions('voc', SPEC, options))

describe('resolveOptions', () => {
  it('fills in the defaults', () => {
    const values = resolveOptions('voc', SPEC)
    expect(values).toEqual({
      rings: 'join',
      base: 'edge0',
      crowd: false,
      clip: true,
      digits: 6,
      scale: 1,
      names: undefined,
    })
    expect(Object.keys(values)).toEqual(['rings', 'base', 'crowd', 'clip', 'digits', 'scale', 'names'])
    expect(Object.isFrozen(values)).toBe(true)
    expect(resolveOptions('voc', SPEC, { rings: undefined }).rings).toBe('join')
  })

  it('takes values of a program', () => {
    const given = { rings: 'first', base: 'auto', crowd: true, clip: false, digits: 0, scale: -2.5, names: '' }
    expect(resolveOptions('voc', SPEC, given)).toEqual(given)
  })

  it('takes texts of a command line', () => {
    expect(resolveOptions('voc', SPEC, { crowd: 'true', clip: 'false', digits: '17', scale: ' -1e3 ' })).toMatchObject({
      crowd: true,
      clip: false,
      digits: 17,
      scale: -1000,
    })
  })

  it.each<[Readonly<Record<string, unknown>>, string]>([
    [{ rings: 'Split' }, 'bad value for --voc.rings: expected one of join, split, first, got "Split"'],
    [{ rings: true }, 'bad value for --voc.rings: expected one of join, split, first, got true'],
    [{ crowd: 'yes' }, 'bad value for --voc.crowd: expected true or false, got "yes"'],
    [{ crowd: 1 }, 'bad value for --voc.crowd: expected true or false, got 1'],
    [{ digits: 18 }, 'bad value for --voc.digits: expected a number from 0 to 17, got 18'],
    [{ digits: '-1' }, 'bad value for --voc.digits: expected a number from 0 to 17, got "-1"'],
    [{ digits: 'six' }, 'bad value for --voc.digits: expected a number from 0 to 17, got "six"'],
    [{ digits: '' }, 'bad value for --voc.digits: expected a number from 0 to 17, got ""'],
    [{ scale: ' ' }, 'bad value for --voc.scale: expected a number, got " "'],
    [{ scale: 'Infinity' }, 'bad value for --voc.scale: expected a number, got "Infinity"'],
    [{ scale: null }, 'bad value for --voc.scale: expected a number, got null'],
    [{ names: 7 }, 'bad value for --voc.names: expected text, got 7'],
  ])('refuses %o', (options, expected) => {
    expect(message(options)).toEqual({ code: 'invalid-option', message: expected })
  })

  it('says half a range by its one end', () => {
    const spec = {
      from: { kind: 'number', default: 1, min: 1, summary: '' },
      to: { kind: 'number', default: 1, max: 9, summary: '' },
    } as const
    expect(failure(() => resolveOptions('x', spec, { from: 0 }))?.message).toBe(
      'bad value for --x.from: expected a number from 1, got 0',
    )
    expect(failure(() => resolveOptions('x', spec, { to: 10 }))?.message).toBe(
      'bad value for --x.to: expected a number to 9, got 10',
    )
  })

  it('refuses what it does not know, and names what there is', () => {
    for (const name of ['ring', 'toString', '__proto__']) {
      const options = JSON.parse(`{"crowd":true,"${name}":1}`) as Record<string, unknown>
      expect(() => resolveOptions('voc', { crowd: flag(''), clip: flag('') }, options)).toThrow(
        expect.objectContaining({
          code: 'unknown-option',
          message: `there is no option --voc.${name}`,
          fix: 'voc has --voc.crowd, --voc.clip',
        }),
      )
    }
    expect(() => resolveOptions('native', {}, { a: 1 })).toThrow(
      expect.objectContaining({ message: 'there is no option --native.a', fix: 'native has no options here' }),
    )
  })
})
