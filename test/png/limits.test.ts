import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { nodeDeflate } from '../../src/io/deflate.js'
import { decodePng, encodePng } from '../../src/png/index.js'
import { END, fileOf, header, named, pixels } from './files.js'

/** A port that must not be asked. */
const untouched = {
  inflate(): Uint8Array {
    throw new Error('inflated')
  },
}

const claim = (width: number, height: number, bitDepth = 8, colorType = 0) =>
  fileOf([header({ width, height, bitDepth, colorType }), pixels(new Uint8Array(100)), END])

describe('the limits of a picture', () => {
  it.each([
    ['width', claim(1_000_001, 1), {}, 16],
    ['height', claim(1, 1_000_001), {}, 20],
    ['inflated bytes', claim(1_000_000, 1_000_000), {}, 16],
    ['samples of one bit', claim(1_000_000, 1_100, 1), {}, 16],
    ['own width', claim(11, 2), { width: 10 }, 16],
    ['own height', claim(2, 11), { height: 10 }, 20],
    ['own bytes, the filters among them', claim(10, 10), { bytes: 109 }, 16],
    ['own bytes of 16 bits', claim(10, 10, 16), { bytes: 209 }, 16],
    ['a width no memory has', claim(2 ** 31 - 1, 2 ** 31 - 1, 16, 6), { width: 2 ** 31, height: 2 ** 31 }, 16],
  ])('hold for the %s', (_, file, limits, offset) => {
    expect(() => decodePng(file, untouched, limits)).toThrow(
      expect.objectContaining({ code: 'png-limit', place: { offset }, fix: expect.any(String) }),
    )
  })

  it.each(['width', 'height', 'bytes'])('a %s that is no number >= 0 is no limit, and is refused', (name) => {
    const file = encodePng({ width: 2, height: 1, kind: 'grey', bitDepth: 8, data: new Uint8Array(2) }, nodeDeflate)
    for (const limit of [Number.NaN, -1, '9', {}]) {
      expect(() => decodePng(file, nodeDeflate, { [name]: limit } as object)).toThrow(TypeError)
    }
    expect(() => decodePng(file, nodeDeflate, { [name]: 0 })).toThrow(expect.objectContaining({ code: 'png-limit' }))
    const all = { [name]: Number.POSITIVE_INFINITY }
    expect(decodePng(file, nodeDeflate, all).data).toHaveLength(2)
  })

  it('let through what just fits', () => {
    const data = new Uint8Array(100).fill(7)
    const file = encodePng({ width: 10, height: 10, kind: 'grey', bitDepth: 8, data }, nodeDeflate)
    expect(decodePng(file, nodeDeflate, { width: 10, height: 10, bytes: 110 }).data).toEqual(data)
  })

  it('spare the memory when the file is too small for its claim', () => {
    const file = claim(30_000, 30_000)
    expect(() => decodePng(file, untouched)).toThrow(expect.objectContaining({ code: 'png-format' }))
  })

  it('stop a stream that does not end', () => {
    const bomb = deflateSync(new Uint8Array(50_000_000))
    const file = fileOf([header({ width: 9, height: 9, bitDepth: 8, colorType: 0 }), { type: 'IDAT', data: bomb }, END])
    expect(() => decodePng(file, nodeDeflate)).toThrow(expect.objectContaining({ code: 'png-format' }))
  })

  it('come before everything but the header', () => {
    const file = fileOf([header({ width: 11, height: 1, bitDepth: 8, colorType: 0 }), named('0000')])
    expect(() => decodePng(file, untouched, { width: 10 })).toThrow(expect.objectContaining({ code: 'png-limit' }))
  })
})
