import { describe, expect, it } from 'vitest'
import { nodeDeflate } from '../../src/io/deflate.js'
import { decodePng, encodePng, type PngImage, toRgba8 } from '../../src/png/index.js'

const GREY: PngImage = { width: 3, height: 2, kind: 'grey', bitDepth: 4, data: new Uint8Array(6) }
const INDEXED: PngImage = { ...GREY, kind: 'palette', bitDepth: 8, palette: new Uint8Array(9) }
const RGB: PngImage = { ...GREY, kind: 'rgb', bitDepth: 8, data: new Uint8Array(18) }

/** What is written must be of the right types, also where TypeScript does not look. */
const odd = (changes: object): PngImage => ({ ...GREY, ...changes })

describe('what is no picture', () => {
  it.each([
    ['a kind', odd({ kind: 'gray' }), 'kind is no kind of PNG: gray'],
    ['a kind every object has', odd({ kind: 'toString' }), 'kind is no kind'],
    ['a list of samples', odd({ data: [0, 0, 0, 0, 0, 0] }), 'data is neither'],
    ['16 bits in bytes', odd({ bitDepth: 16 }), 'data of bit depth 16 is not a Uint16Array'],
    ['8 bits in words', odd({ bitDepth: 8, data: new Uint16Array(6) }), 'data of bit depth 8 is not a Uint8Array'],
    ['a list of colours', { ...INDEXED, palette: [0, 0, 0] as unknown as Uint8Array }, 'palette is not a Uint8Array'],
    ['a list of alphas', odd({ transparency: [1] }), 'transparency is neither'],
    ['alphas of 16 bits', { ...INDEXED, transparency: new Uint16Array(1) }, 'transparency of kind palette is not'],
    ['text in a chunk', odd({ chunks: [{ type: 'tEXt', data: 'a', after: 'data' }] }), 'the data of the chunk tEXt'],
    [
      'a chunk nowhere',
      odd({ chunks: [{ type: 'tEXt', data: new Uint8Array(1), after: 'end' }] }),
      'after of the chunk',
    ],
  ])('%s', (_, image, message) => {
    expect(() => encodePng(image, nodeDeflate)).toThrow(TypeError)
    expect(() => encodePng(image, nodeDeflate)).toThrow(message)
  })

  it('a filter that is none', () => {
    expect(() => encodePng(GREY, nodeDeflate, { filter: 'sub' as 'up' })).toThrow(TypeError)
  })
})

describe('what no PNG can hold', () => {
  it.each([
    ['no width', { ...GREY, width: 0, data: new Uint8Array(0) }, 'the size', '0 x 2'],
    ['half a height', { ...GREY, height: 1.5 }, 'the size', '3 x 1.5'],
    ['too long a side', { ...GREY, width: 2 ** 31 }, 'the size', '2147483648 x 2'],
    ['a bit depth', { ...RGB, bitDepth: 4 as const }, 'the bit depth of kind rgb', '4'],
    ['samples too few', { ...GREY, data: new Uint8Array(5) }, 'data of 3 x 2 grey', '5'],
    ['samples too many', { ...RGB, data: new Uint8Array(24) }, 'data of 3 x 2 rgb', '24'],
    ['a sample beyond the bit depth', { ...GREY, data: Uint8Array.of(15, 0, 0, 0, 16, 0) }, 'data[4]', '16'],
    ['an index beyond the palette', { ...INDEXED, data: Uint8Array.of(0, 1, 2, 2, 2, 3) }, 'the index in data[5]', '3'],
    ['an index among the first', { ...INDEXED, data: Uint8Array.of(0, 9, 2, 2, 2, 3) }, 'the index in data[1]', '9'],
    ['no palette', { ...INDEXED, palette: undefined }, 'the palette', 'none'],
    ['an empty palette', { ...INDEXED, palette: new Uint8Array(0) }, 'the palette', '0 bytes'],
    ['a torn palette', { ...INDEXED, palette: new Uint8Array(8) }, 'the palette', '8 bytes'],
    ['a palette beyond the bits', { ...INDEXED, bitDepth: 1 as const }, 'the palette', '9 bytes'],
    ['a palette of grey', { ...GREY, palette: new Uint8Array(9) }, 'the palette of kind grey', 'one'],
    ['no alphas', { ...INDEXED, transparency: new Uint8Array(0) }, 'the transparency', '0'],
    ['alphas too many', { ...INDEXED, transparency: new Uint8Array(4) }, 'the transparency', '4'],
    ['one sample for three', { ...RGB, transparency: new Uint8Array(1) }, 'the transparency of kind rgb', '1'],
    ['a key beyond the bits', { ...GREY, transparency: Uint8Array.of(16) }, 'the transparency', '16'],
  ])('%s', (_, image: PngImage, what, got) => {
    const error = expect.objectContaining({ code: 'png-format', reason: `${what} cannot be written as PNG`, got })
    expect(() => encodePng(image, nodeDeflate)).toThrow(error)
  })

  it.each(['IDAT', 'PLTE', 'tRNS', 'abc', 'abcde', 'ab1d', 'Abcd'])('a chunk of type %s', (type) => {
    const image: PngImage = { ...GREY, chunks: [{ type, data: new Uint8Array(1), after: 'data' }] }
    expect(() => encodePng(image, nodeDeflate)).toThrow(expect.objectContaining({ code: 'png-format', got: type }))
  })

  it('alpha twice', () => {
    const image: PngImage = {
      ...GREY,
      kind: 'rgba',
      bitDepth: 8,
      data: new Uint8Array(24),
      transparency: new Uint8Array(3),
    }
    expect(() => toRgba8(image)).toThrow(expect.objectContaining({ code: 'png-format', expected: '0 samples' }))
  })

  it('is no suggested palette', () => {
    const palette = Uint8Array.from({ length: 768 }, (_, i) => i)
    const file = encodePng({ ...RGB, palette }, nodeDeflate)
    expect(decodePng(file, nodeDeflate)).toEqual({ ...RGB, palette, chunks: [] })
    expect(() => encodePng({ ...RGB, palette: new Uint8Array(771) }, nodeDeflate)).toThrow('1 to 256 colours')
  })

  it('is none of the largest', () => {
    const full: PngImage = { ...INDEXED, palette: new Uint8Array(768), data: new Uint8Array(6).fill(255) }
    expect(encodePng(full, nodeDeflate)).toBeInstanceOf(Uint8Array)
  })
})
