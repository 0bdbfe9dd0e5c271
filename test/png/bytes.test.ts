import { crc32 as zlibCrc32 } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeDeflate } from '../../src/io/deflate.js'
import { crc32 } from '../../src/png/crc32.js'
import { encodePng, type PngImage } from '../../src/png/index.js'
import type { DeflateOptions } from '../../src/ports.js'

describe('the CRC', () => {
  it('has the check value of its definition', () => {
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926)
    expect(crc32(new Uint8Array(0))).toBe(0)
  })

  it('is that of zlib for any range', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(20), fc.nat(20), (bytes, skip, leave) => {
        const end = Math.max(bytes.length - leave, 0)
        const start = Math.min(skip, end)
        expect(crc32(bytes, start, end)).toBe(zlibCrc32(bytes.subarray(start, end)))
      }),
    )
  })
})

/** Three pixels by two of a palette of three colours, the last one half transparent. */
const FLAG: PngImage = {
  width: 3,
  height: 2,
  kind: 'palette',
  bitDepth: 2,
  data: Uint8Array.of(0, 1, 2, 2, 1, 0),
  palette: Uint8Array.of(0, 0, 0, 128, 0, 0, 224, 224, 192),
  transparency: Uint8Array.of(255, 255, 128),
}

/** A port that leaves the bytes alone, and remembers how it was called. */
function bare(calls: (DeflateOptions | undefined)[] = []): {
  deflate: (bytes: Uint8Array, o?: DeflateOptions) => Uint8Array
} {
  return {
    deflate(bytes, options) {
      calls.push(options)
      return bytes
    },
  }
}

describe('the bytes of a file', () => {
  it('are these', () => {
    // Rows 00 01 10 xx and 10 01 00 xx: 0x18, 0x90; up: 0x90 - 0x18 = 0x78.
    expect(Buffer.from(encodePng(FLAG, bare())).toString('hex')).toBe(
      [
        '89504e470d0a1a0a',
        '0000000d 49484452 00000003 00000002 02 03 00 00 00 e01a8e89',
        '00000009 504c5445 000000 800000 e0e0c0 f12b1ce4',
        '00000003 74524e53 ffff80 3a728e61',
        '00000004 49444154 0218 0278 3ef746c8',
        '00000000 49454e44 ae426082',
      ]
        .join('')
        .replaceAll(' ', ''),
    )
  })

  it('hold 16 bits with the high byte first', () => {
    const image: PngImage = {
      width: 2,
      height: 2,
      kind: 'grey',
      bitDepth: 16,
      data: Uint16Array.of(1, 256, 0x1234, 0xffff),
    }
    const file = Buffer.from(encodePng(image, bare(), { filter: 'none' }))
    expect(file.subarray(41, 51).toString('hex')).toBe('0000010100001234ffff')
  })

  it('filter each row by what is above or left', () => {
    const image: PngImage = { width: 3, height: 2, kind: 'grey', bitDepth: 8, data: Uint8Array.of(1, 2, 4, 1, 2, 5) }
    const body = (filter: 'none' | 'up' | 'adaptive'): number[] => {
      const file = encodePng(image, bare(), { filter })
      return Array.from(file.subarray(41, 49))
    }
    expect(body('none')).toEqual([0, 1, 2, 4, 0, 1, 2, 5])
    expect(body('up')).toEqual([2, 1, 2, 4, 2, 0, 0, 1])
    expect(body('adaptive')).toEqual([1, 1, 1, 2, 2, 0, 0, 1])
  })

  it('are compressed by run lengths unless the filter is adaptive or somebody asks', () => {
    const calls: (DeflateOptions | undefined)[] = []
    encodePng(FLAG, bare(calls))
    encodePng(FLAG, bare(calls), { filter: 'none' })
    encodePng(FLAG, bare(calls), { filter: 'adaptive' })
    encodePng(FLAG, bare(calls), { filter: 'adaptive', strategy: 'huffman', level: 3 })
    expect(calls.map((call) => [call?.strategy, call?.level])).toEqual([
      ['rle', undefined],
      ['rle', undefined],
      ['filtered', undefined],
      ['huffman', 3],
    ])
  })

  it('are the same for the same picture', () => {
    expect(encodePng(FLAG, nodeDeflate)).toEqual(encodePng(FLAG, nodeDeflate))
  })

  it('are few for a label map', () => {
    const [width, height] = [640, 480]
    const data = Uint8Array.from({ length: width * height }, (_, i) => (i % width) >> 6)
    const image: PngImage = { width, height, kind: 'grey', bitDepth: 8, data }
    // Deflate cannot say more than 1032 bytes in one.
    expect(encodePng(image, nodeDeflate).length).toBeLessThan((width * height) / 256)
    expect(encodePng(image, nodeDeflate, { filter: 'none' }).length).toBeGreaterThan((width * height) / 128)
  })
})
