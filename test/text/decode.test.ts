import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnnotationError } from '../../src/errors.js'
import { memorySource } from '../../src/memory.js'
import { decodeText, decodeUtf8, detectBom, encodeUtf8, utf8Source } from '../../src/text/decode.js'
import { utf8ErrorAt } from '../../src/text/utf8.js'

const utf16le = (text: string) =>
  Uint8Array.from([...Array(text.length).keys()].flatMap((i) => [text.charCodeAt(i) & 255, text.charCodeAt(i) >> 8]))
const utf16be = (text: string) =>
  Uint8Array.from([...Array(text.length).keys()].flatMap((i) => [text.charCodeAt(i) >> 8, text.charCodeAt(i) & 255]))

describe('decodeText', () => {
  it.each([
    ['UTF-8', encodeUtf8('é1'), undefined, { text: 'é1', encoding: 'utf-8', bom: false }],
    ['UTF-8 with mark', encodeUtf8('\ufeffé1'), undefined, { text: 'é1', encoding: 'utf-8', bom: true }],
    ['UTF-16LE with mark', utf16le('\ufeffé1'), undefined, { text: 'é1', encoding: 'utf-16le', bom: true }],
    ['UTF-16BE with mark', utf16be('\ufeffé1'), undefined, { text: 'é1', encoding: 'utf-16be', bom: true }],
    ['UTF-16LE without mark', utf16le('{é1'), undefined, { text: '{é1', encoding: 'utf-16le', bom: false }],
    ['UTF-16BE without mark', utf16be('{é1'), undefined, { text: '{é1', encoding: 'utf-16be', bom: false }],
    ['a mark against the label', encodeUtf8('\ufeffé'), 'gbk', { text: 'é', encoding: 'utf-8', bom: true }],
    [
      'latin1, as the web means it',
      Uint8Array.of(0x80, 0x9f, 0xe9, 0x81),
      'iso-8859-1',
      { text: '€Ÿé\x81', encoding: 'windows-1252', bom: false },
    ],
    ['gbk', Uint8Array.of(0xc4, 0xe3, 0xba, 0xc3), 'GB2312', { text: '你好', encoding: 'gbk', bom: false }],
    [
      'shift_jis',
      Uint8Array.of(0x93, 0xfa, 0x96, 0x7b),
      'shift_jis',
      { text: '日本', encoding: 'shift_jis', bom: false },
    ],
    ['nothing', new Uint8Array(0), undefined, { text: '', encoding: 'utf-8', bom: false }],
  ])('reads %s', (_name, bytes, encoding, expected) => {
    expect(decodeText(bytes, { encoding })).toEqual(expected)
  })

  it('decodes all of windows-1252 and keeps a mark that is not the first character', () => {
    const { text } = decodeText(
      Uint8Array.from({ length: 256 }, (_, i) => (i + 1) & 255),
      { encoding: 'latin1' },
    )
    expect([...text.slice(0x7f, 0x9f)].map((c) => c.charCodeAt(0).toString(16)).join()).toBe(
      '20ac,81,201a,192,201e,2026,2020,2021,2c6,2030,160,2039,152,8d,17d,8f,90,2018,2019,201c,201d,2022,2013,2014,2dc,2122,161,203a,153,9d,17e,178',
    )
    expect(decodeText(encodeUtf8('a\ufeffb')).text).toBe('a\ufeffb')
    expect(decodeText(encodeUtf8('\ufeff\ufeffb')).text).toBe('\ufeffb')
  })

  it('names the byte that is wrong and the way out', () => {
    const error = (bytes: Uint8Array, encoding?: string) => {
      try {
        return decodeText(bytes, { encoding, file: 'a.txt' })
      } catch (caught) {
        return caught
      }
    }
    expect(error(Uint8Array.of(0x61, 0x62, 0xe9, 0x0a))).toMatchObject({
      code: 'encoding',
      place: { file: 'a.txt', offset: 2 },
      got: 'byte 0xe9',
      fix: 'Save the file as UTF-8.',
    })
    expect(error(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xc3))).toMatchObject({ code: 'encoding', place: { offset: 4 } })
    expect(error(Uint8Array.of(0xff, 0xfe, 0x41, 0x00, 0x42))).toMatchObject({ code: 'encoding', place: { offset: 5 } })
    expect(error(Uint8Array.of(0x61, 0x62, 0x63, 0x81, 0x20, 0x64), 'gbk')).toMatchObject({
      code: 'encoding',
      place: { offset: 4 },
    })
    expect(error(Uint8Array.of(0x61), 'klingon')).toMatchObject({
      code: 'invalid-option',
      place: { file: 'a.txt' },
      got: 'klingon',
    })
  })

  it('finds invalid UTF-8 exactly where TextDecoder refuses it', () => {
    const decoder = new TextDecoder('utf-8', { fatal: true })
    const accepts = (bytes: Uint8Array) => {
      try {
        decoder.decode(bytes)
        return true
      } catch {
        return false
      }
    }
    const lead = fc.constantFrom(
      0x41,
      0x7f,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xe1,
      0xed,
      0xee,
      0xef,
      0xf0,
      0xf1,
      0xf3,
      0xf4,
      0xf5,
      0xff,
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), fc.array(lead, { maxLength: 8 }), (random, chosen) => {
        const bytes = Uint8Array.from([...random, ...chosen])
        const at = utf8ErrorAt(bytes, 0, bytes.length)
        expect(at === -1).toBe(accepts(bytes))
        if (at >= 0) {
          expect(accepts(bytes.subarray(0, at))).toBe(true)
          for (let length = 1; length <= 4 && at + length <= bytes.length; length++) {
            expect(accepts(bytes.subarray(at, at + length))).toBe(false)
          }
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('decodeUtf8', () => {
  it('is the inverse of encodeUtf8 on any slice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const bytes = encodeUtf8(`ab${text}c`)
        expect(decodeUtf8(bytes, 2, bytes.length - 1)).toBe(text)
      }),
    )
    expect(decodeUtf8(encodeUtf8('\ufeffa'), 0, 4)).toBe('\ufeffa')
    expect(() => decodeUtf8(Uint8Array.of(0x61, 0x61, 0xff), 1, 3)).toThrow(
      expect.objectContaining({ code: 'encoding', place: { file: undefined, offset: 2 } }),
    )
  })
})

describe('utf8Source', () => {
  const all = async (bytes: Uint8Array, options?: { encoding?: string }) => {
    const source = await utf8Source(memorySource(bytes, 'n'), options)
    const target = new Uint8Array(source.size + 5)
    const count = await source.read(0, target)
    expect(count).toBe(source.size)
    expect(source.name).toBe('n')
    const second = new Uint8Array(1)
    expect(source.readSync?.(1, second)).toBe(1)
    expect(second[0]).toBe(target[1])
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(target.subarray(0, count))
  }

  it('gives UTF-8 without a mark, whatever it was', async () => {
    for (const bytes of [encodeUtf8('{é}'), encodeUtf8('\ufeff{é}'), utf16le('\ufeff{é}'), utf16be('{é}')]) {
      expect(await all(bytes)).toBe('{é}')
    }
    expect(await all(Uint8Array.of(0x7b, 0xe9, 0x7d), { encoding: 'latin1' })).toBe('{é}')
  })

  it('is the same source when there is nothing to do, and has no synchronous reads where there were none', async () => {
    const plain = memorySource('{}')
    expect(await utf8Source(plain)).toBe(plain)
    const { readSync: _, ...slow } = memorySource('\ufeff{}')
    const shifted = await utf8Source(slow)
    expect([shifted.size, shifted.readSync]).toEqual([2, undefined])
    await expect(utf8Source(memorySource(Uint8Array.of(0xff, 0xfe, 0x00, 0xdc), 'n'))).rejects.toBeInstanceOf(
      AnnotationError,
    )
  })

  it('detects marks', () => {
    expect(detectBom(Uint8Array.of(0xef, 0xbb, 0xbf))).toEqual({ encoding: 'utf-8', length: 3 })
    expect(detectBom(Uint8Array.of(0xef, 0xbb))).toBeUndefined()
    expect(detectBom(new Uint8Array(0))).toBeUndefined()
  })
})
