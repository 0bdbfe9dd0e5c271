import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Ledger } from '../../src/converters/ledger.js'
import { OutputNames } from '../../src/converters/output-names.js'
import { checkRelativePath } from '../../src/paths.js'

function namesOf(apart: 'stem' | 'path', ...wanted: readonly string[]): { names: string[]; codes: string[] } {
  const ledger = new Ledger('lenient')
  const names = new OutputNames(ledger, { apart })
  return { names: wanted.map((path) => names.take(path)), codes: ledger.problems.map(({ code }) => code) }
}

describe('OutputNames', () => {
  it('leaves good names alone', () => {
    expect(namesOf('path', 'a.jpg', 'dir/a.jpg', 'dir/b c.é.jpg', '.hidden')).toEqual({
      names: ['a.jpg', 'dir/a.jpg', 'dir/b c.é.jpg', '.hidden'],
      codes: [],
    })
  })

  it('keeps items apart that would share a label file, on any disk', () => {
    expect(namesOf('stem', 'a.jpg', 'a.png', 'A.jpg', 'a-2.jpg').names).toEqual([
      'a.jpg',
      'a-2.png',
      'A-3.jpg',
      'a-2-2.jpg',
    ])
    expect(namesOf('path', 'a.jpg', 'a.png', 'A.jpg')).toEqual({
      names: ['a.jpg', 'a.png', 'A-2.jpg'],
      codes: ['path-collision'],
    })
    // The same letter in two spellings, one and two code points long, is one name on some disks.
    expect(namesOf('path', 'e\u0301.jpg', '\u00e9.jpg').codes).toEqual(['path-collision'])
  })

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['/abs/olute.jpg', 'olute.jpg'],
    ['C:\\data\\x.jpg', 'x.jpg'],
    ['C:x.jpg', 'x.jpg'],
    ['a/../b.jpg', 'b.jpg'],
    ['a\0b.jpg', 'a_b.jpg'],
    ['dir/..', 'unnamed'],
    ['', 'unnamed'],
  ])('does not let %j out', (wanted, name) => {
    expect(namesOf('path', wanted)).toEqual({ names: [name], codes: ['path-escape'] })
  })

  it('takes backslashes for the folders they mean, and says so', () => {
    expect(namesOf('path', 'dir\\a.jpg')).toEqual({ names: ['dir/a.jpg'], codes: ['path-changed'] })
  })

  it('shortens names that no file system takes, each to a name of its own', () => {
    const long = 'é'.repeat(200)
    const { names, codes } = namesOf('path', `dir/${long}1.jpg`, `dir/${long}2.jpg`, `${'x'.repeat(300)}/a.jpg`)
    expect(new Set(names).size).toBe(3)
    expect(new Set(codes)).toEqual(new Set(['path-changed']))
    for (const name of names)
      for (const part of name.split('/')) expect(new TextEncoder().encode(part).length).toBeLessThanOrEqual(240)
    expect(names[0]).toMatch(/^dir\/é+-[0-9a-f]{8}\.jpg$/)
  })

  it('keeps a file and a folder of one name apart, whichever comes first', () => {
    expect(namesOf('stem', 'a.jpg', 'a.txt/b.jpg', 'A.XML/c.jpg')).toEqual({
      names: ['a.jpg', 'a.txt-2/b.jpg', 'A.XML-2/c.jpg'],
      codes: ['path-changed'],
    })
    expect(namesOf('stem', 'a.txt/b.jpg', 'a.jpg').names).toEqual(['a.txt/b.jpg', 'a-2.jpg'])
    expect(namesOf('path', 'a.jpg', 'a.jpg/b.jpg').names).toEqual(['a.jpg', 'a.jpg-2/b.jpg'])
  })

  it('names many of one name without a walk for each', () => {
    const { names } = namesOf('stem', ...Array.from({ length: 50_000 }, (_, i) => `/abs/${i}/frame.jpg`))
    expect(new Set(names).size).toBe(50_000)
    expect(names.at(-1)).toBe('frame-50000.jpg')
  })

  it('gives safe and different names whatever is asked for', () => {
    const piece = fc.constantFrom('a', 'A', '..', '.', '', '/', '\\', '\0', 'C:', 'é', 'e\u0301', '.jpg', '.png', '-2')
    fc.assert(
      fc.property(
        fc.array(
          fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('')),
          { maxLength: 30 },
        ),
        fc.constantFrom('stem' as const, 'path' as const),
        (wanted, apart) => {
          const { names } = namesOf(apart, ...wanted)
          for (const name of names) checkRelativePath(name)
          expect(new Set(names.map((name) => name.normalize('NFC').toLowerCase())).size).toBe(wanted.length)
        },
      ),
      { numRuns: 500 },
    )
  })
})
