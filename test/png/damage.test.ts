import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AnnotationError } from '../../src/errors.js'
import { nodeDeflate } from '../../src/io/deflate.js'
import { decodePng, encodePng, readPngHeader, toRgba8 } from '../../src/png/index.js'
import { chunkBytes, END, fileOf, header, named, pixels, SIGNATURE } from './files.js'
import { FORMS, pictures } from './pictures.js'

/** The error of reading, or undefined. */
function errorOf(file: Uint8Array, inflate = nodeDeflate.inflate): AnnotationError | undefined {
  try {
    decodePng(file, { inflate })
    return undefined
  } catch (error) {
    if (error instanceof AnnotationError) return error
    throw error
  }
}

const picture = fc.constantFrom(...FORMS).chain(([kind, bitDepth]) => pictures(kind, bitDepth))

describe('a damaged file', () => {
  it('is refused wherever one byte is changed', () => {
    fc.assert(
      fc.property(picture, fc.nat(), fc.integer({ min: 1, max: 255 }), (image, where, change) => {
        const file = encodePng(image, nodeDeflate)
        const at = where % file.length
        file[at] = (file[at] as number) ^ change
        const error = errorOf(file)
        expect(error?.code).toMatch(/^png-(format|limit)$/)
        expect(error?.place?.offset).toBeLessThanOrEqual(file.length)
      }),
      { numRuns: 500 },
    )
  })

  it('is refused wherever it ends early', () => {
    fc.assert(
      fc.property(picture, fc.nat(), (image, where) => {
        const file = encodePng(image, nodeDeflate)
        const error = errorOf(file.subarray(0, where % file.length))
        expect(error?.code).toBe('png-format')
        expect(error?.place?.offset).toBeLessThanOrEqual(where % file.length)
      }),
      { numRuns: 200 },
    )
  })

  it('with checksums made to fit is read or refused, and never anything else', () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(picture, fc.array(change, { minLength: 1, maxLength: 4 }), (image, changes) => {
        const bytes = encodePng(image, nodeDeflate)
        for (const [where, by] of changes) {
          const at = 8 + (where % (bytes.length - 8))
          bytes[at] = (bytes[at] as number) ^ by
        }
        const file = resealed(bytes)
        const error = errorOf(file)
        if (error !== undefined) expect(error.code).toMatch(/^png-(format|limit)$/)
        else toRgba8(decodePng(file, nodeDeflate))
      }),
      { numRuns: 500 },
    )
  })

  it('is refused when it is noise', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, signed) => {
        expect(errorOf(signed ? Buffer.concat([SIGNATURE, noise]) : noise)?.code).toBe('png-format')
      }),
    )
  })
})

/** The chunks of a file as far as there are any, each with the CRC of what it now holds. */
function resealed(bytes: Uint8Array): Uint8Array {
  const view = Buffer.from(bytes)
  const parts: Uint8Array[] = [SIGNATURE]
  for (let at = 8; at + 12 <= view.length; ) {
    const end = at + 8 + view.readUInt32BE(at)
    if (end + 4 > view.length) break
    parts.push(chunkBytes({ type: view.toString('latin1', at + 4, at + 8), data: view.subarray(at + 8, end) }))
    at = end + 4
  }
  return Buffer.concat(parts)
}

const HEADER = header({ width: 2, height: 1, bitDepth: 8, colorType: 0 })
const COLOURED = header({ width: 2, height: 1, bitDepth: 8, colorType: 2 })
const INDEXED = header({ width: 2, height: 1, bitDepth: 1, colorType: 3 })
const GREY = pixels(Uint8Array.of(0, 1, 2))
const INDEXES = pixels(Uint8Array.of(0, 0x40))
const COLOURS = named('PLTE', 1, 2, 3, 4, 5, 6)
const AFTER_IHDR = 33
const SEVEN = pixels(new Uint8Array(7))

describe('a file that breaks a rule', () => {
  it.each([
    ['another beginning', Uint8Array.of(0x89, 0x50, 0x4e, 0x48), 3, 'this is not a PNG file'],
    ['nothing at all', new Uint8Array(0), 0, 'this is not a PNG file'],
    ['nothing but the signature', SIGNATURE, 8, 'the file ends where a chunk is due'],
    ['another first chunk', fileOf([named('gAMA', 0, 0, 0, 1), HEADER, GREY, END]), 8, 'first chunk is not the header'],
    ['a short header', fileOf([named('IHDR', 0, 0, 0, 1), GREY, END]), 8, 'the header has another length'],
    ['no width', fileOf([header({ width: 0, height: 1, bitDepth: 8, colorType: 0 })]), 16, 'the width'],
    ['no height', fileOf([header({ width: 1, height: 0, bitDepth: 8, colorType: 0 })]), 20, 'the height'],
    ['too wide a picture', fileOf([header({ width: 2 ** 31, height: 1, bitDepth: 8, colorType: 0 })]), 16, 'the width'],
    ['a colour type', fileOf([header({ width: 1, height: 1, bitDepth: 8, colorType: 5 })]), 25, 'the colour type'],
    [
      'a bit depth',
      fileOf([header({ width: 1, height: 1, bitDepth: 3, colorType: 0 })]),
      24,
      'the bit depth of kind grey',
    ],
    ['16-bit indices', fileOf([header({ width: 1, height: 1, bitDepth: 16, colorType: 3 })]), 24, 'kind palette'],
    ['a compression', fileOf([named('IHDR', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 1, 0, 0)]), 26, 'the compression method'],
    ['a filter method', fileOf([named('IHDR', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 64, 0)]), 27, 'the filter method'],
    ['an interlace method', fileOf([named('IHDR', 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 2)]), 28, 'the interlace method'],
    ['two headers', fileOf([HEADER, HEADER, GREY, END]), AFTER_IHDR, 'there is a second header'],
    ['no pixels', fileOf([HEADER, END]), AFTER_IHDR, 'the file has no pixels'],
    ['no end', fileOf([HEADER, GREY]), fileOf([HEADER, GREY]).length, 'the file ends where a chunk is due'],
    [
      'pixels in two places',
      fileOf([HEADER, GREY, named('tEXt'), GREY, END]),
      fileOf([HEADER, GREY, named('tEXt')]).length,
      'other chunks between',
    ],
    [
      'a needed chunk',
      fileOf([HEADER, named('ABCD'), GREY, END]),
      AFTER_IHDR,
      'the chunk ABCD is needed and not known',
    ],
    ['a type of digits', fileOf([HEADER, named('t3Xt'), GREY, END]), AFTER_IHDR + 4, 'is not four letters'],
    ['no palette', fileOf([INDEXED, INDEXES, END]), AFTER_IHDR, 'there is no palette before the pixels'],
    ['two palettes', fileOf([INDEXED, COLOURS, COLOURS, INDEXES, END]), 51, 'there is a second PLTE'],
    [
      'a late palette',
      fileOf([COLOURED, SEVEN, COLOURS, END]),
      fileOf([COLOURED, SEVEN]).length,
      'PLTE comes after the pixels',
    ],
    ['a palette of grey', fileOf([HEADER, COLOURS, GREY, END]), AFTER_IHDR, 'a picture of kind grey has a palette'],
    ['an empty palette', fileOf([INDEXED, named('PLTE'), INDEXES, END]), AFTER_IHDR, 'the palette has a length'],
    [
      'a torn palette',
      fileOf([INDEXED, named('PLTE', 1, 2, 3, 4), INDEXES, END]),
      AFTER_IHDR,
      'the palette has a length',
    ],
    [
      'too many colours',
      fileOf([INDEXED, named('PLTE', ...Array(9).fill(1)), INDEXES, END]),
      AFTER_IHDR,
      'the palette',
    ],
    ['no transparency', fileOf([INDEXED, COLOURS, named('tRNS'), INDEXES, END]), 51, 'tRNS has a length'],
    ['too many alphas', fileOf([INDEXED, COLOURS, named('tRNS', 1, 2, 3), INDEXES, END]), 51, 'tRNS has a length'],
    [
      'alphas before colours',
      fileOf([INDEXED, named('tRNS', 1), COLOURS, INDEXES, END]),
      AFTER_IHDR,
      'tRNS has a length',
    ],
    ['two transparencies', fileOf([HEADER, named('tRNS', 0, 1), named('tRNS', 0, 1), GREY, END]), 47, 'second tRNS'],
    ['half a grey', fileOf([HEADER, named('tRNS', 1), GREY, END]), AFTER_IHDR, 'tRNS has a length'],
    ['a grey for a colour', fileOf([COLOURED, named('tRNS', 0, 1), GREY, END]), AFTER_IHDR, 'tRNS has a length'],
    [
      'a palette after tRNS',
      fileOf([COLOURED, named('tRNS', 0, 1, 0, 2, 0, 3), COLOURS, END]),
      51,
      'PLTE comes after tRNS',
    ],
    ['too few pixels', fileOf([HEADER, pixels(Uint8Array.of(0, 1)), END]), AFTER_IHDR, 'pixels have another length'],
    ['too many pixels', fileOf([HEADER, pixels(Uint8Array.of(0, 1, 2, 3)), END]), AFTER_IHDR, 'cannot be inflated'],
    ['a filter', fileOf([HEADER, pixels(Uint8Array.of(5, 1, 2)), END]), AFTER_IHDR, 'the filter of row 0 is not known'],
    ['no zlib stream', fileOf([HEADER, named('IDAT', 1, 2, 3), END]), AFTER_IHDR, 'cannot be inflated'],
    ['an empty stream', fileOf([HEADER, named('IDAT'), END]), AFTER_IHDR, 'the data of the pixels are too few'],
  ])('%s', (_, file, offset, reason) => {
    const error = errorOf(file)
    expect(error?.code).toBe('png-format')
    expect(error?.message).toContain(reason)
    expect(error?.place?.offset).toBe(offset)
  })

  it.each([4, 6])('transparency beside alpha, colour type %i', (colorType) => {
    const file = fileOf([header({ width: 1, height: 1, bitDepth: 8, colorType }), named('tRNS', 0, 1), GREY, END])
    expect(errorOf(file)?.message).toContain('tRNS beside its alpha')
  })

  it('says what both CRCs are', () => {
    const file = fileOf([HEADER, GREY, END])
    file[file.length - 1] = 0
    expect(errorOf(file)).toMatchObject({
      expected: '0xae426082',
      got: '0xae426000',
      place: { offset: file.length - 4 },
    })
  })

  it('has a wrong checksum of the pixels', () => {
    const stream = deflateSync(Uint8Array.of(0, 1, 2))
    stream[stream.length - 1] = (stream[stream.length - 1] as number) ^ 1
    expect(errorOf(fileOf([HEADER, { type: 'IDAT', data: stream }, END]))?.message).toContain('cannot be inflated')
  })

  it('keeps the row of a bad filter', () => {
    const tall = header({ width: 1, height: 3, bitDepth: 8, colorType: 0 })
    const error = errorOf(fileOf([tall, pixels(Uint8Array.of(0, 1, 4, 1, 9, 1)), END]))
    expect(error).toMatchObject({ reason: 'the filter of row 2 is not known', got: '9' })
  })
})

describe('what a library for inflating does', () => {
  const file = fileOf([HEADER, GREY, END])

  it('is told the length that is due', () => {
    const limits: number[] = []
    const error = errorOf(file, (bytes, limit) => {
      limits.push(limit)
      return nodeDeflate.inflate(bytes, limit)
    })
    expect(error).toBeUndefined()
    expect(limits).toEqual([3])
  })

  it('may be to throw text, or to give too much', () => {
    const thrown = errorOf(file, () => {
      throw 'invalid block type'
    })
    expect(thrown).toMatchObject({ code: 'png-format', got: 'invalid block type' })
    expect(errorOf(file, () => new Uint8Array(4))).toMatchObject({ code: 'png-format', got: '4' })
  })
})

describe('what is no damage', () => {
  it('is anything after the end', () => {
    const file = Buffer.concat([fileOf([HEADER, GREY, END]), Uint8Array.of(1, 2, 3)])
    expect(Array.from(decodePng(file, nodeDeflate).data)).toEqual([1, 2])
  })

  it('is an index beyond the palette', () => {
    const image = decodePng(fileOf([INDEXED, named('PLTE', 1, 2, 3), INDEXES, END]), nodeDeflate)
    expect(Array.from(image.data)).toEqual([0, 1])
    expect(Array.from(toRgba8(image))).toEqual([1, 2, 3, 255, 0, 0, 0, 255])
  })

  it('is a transparent grey with bits too many', () => {
    const image = decodePng(fileOf([HEADER, named('tRNS', 0xff, 2), GREY, END]), nodeDeflate)
    expect(image.transparency).toEqual(Uint8Array.of(2))
  })

  it('is everything after the header, for the header', () => {
    const file = fileOf([HEADER]).subarray(0, 33)
    expect(readPngHeader(file)).toEqual({ width: 2, height: 1, kind: 'grey', bitDepth: 8, interlaced: false })
  })
})
