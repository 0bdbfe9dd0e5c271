import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeDeflate } from '../../src/io/deflate.js'
import { decodePng, encodePng, readPngHeader } from '../../src/png/index.js'
import { slowPng } from './files.js'
import { FORMS, pictures } from './pictures.js'

describe.each(FORMS)('%s of %i bits', (kind, bitDepth) => {
  const picture = pictures(kind, bitDepth)

  it('comes back with every filter and strategy', () => {
    const options = fc.record({
      filter: fc.constantFrom(undefined, 'none', 'up', 'adaptive'),
      strategy: fc.constantFrom(undefined, 'default', 'filtered', 'rle', 'huffman'),
      level: fc.constantFrom(undefined, 0, 1, 9),
    })
    fc.assert(
      fc.property(picture, options, (image, how) => {
        const file = encodePng(image, nodeDeflate, how)
        expect(decodePng(file, nodeDeflate)).toEqual(image)
        const { width, height } = image
        expect(readPngHeader(file)).toEqual({ width, height, kind, bitDepth, interlaced: false })
      }),
      { numRuns: 60 },
    )
  })

  it('is read from any filters, interlaced or not, in any number of parts', () => {
    const ways = fc.record({
      interlaced: fc.boolean(),
      filters: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 7 }),
      parts: fc.integer({ min: 1, max: 4 }),
    })
    fc.assert(
      fc.property(picture, ways, (image, { interlaced, filters, parts }) => {
        const filterOf = (row: number): number => filters[row % filters.length] ?? 0
        const file = slowPng(image, { interlaced, filterOf, parts })
        expect(readPngHeader(file).interlaced).toBe(interlaced)
        expect(decodePng(file, nodeDeflate)).toEqual({ ...image, chunks: [] })
      }),
      { numRuns: 40 },
    )
  })
})

describe('a picture of an 8-bit view', () => {
  it('is written from any offset of its memory', () => {
    const memory = Uint8Array.from({ length: 4 * 37 * 5 + 3 }, (_, i) => (i * i) >> 3)
    for (const offset of [0, 1, 2, 3]) {
      const data = memory.subarray(offset, offset + 37 * 5)
      const file = encodePng({ width: 37, height: 5, kind: 'grey', bitDepth: 8, data }, nodeDeflate)
      expect(Array.from(decodePng(file, nodeDeflate).data)).toEqual(Array.from(data))
    }
  })

  it('shares no memory with what it was read from', () => {
    const palette = Uint8Array.of(1, 2, 3, 4, 5, 6)
    const chunk = { type: 'tEXt', data: Uint8Array.of(7), after: 'data' } as const
    const image = { width: 2, height: 1, kind: 'palette', bitDepth: 8, data: Uint8Array.of(0, 1), palette } as const
    const file = Buffer.from(encodePng({ ...image, transparency: Uint8Array.of(9), chunks: [chunk] }, nodeDeflate))
    const read = decodePng(file, nodeDeflate)
    file.fill(0)
    expect(read).toEqual({ ...image, transparency: Uint8Array.of(9), chunks: [chunk] })
    expect(read.palette).not.toBeInstanceOf(Buffer)
  })
})
