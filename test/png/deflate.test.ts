import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeDeflate } from '../../src/io/deflate.js'

describe("Node's zlib as a port", () => {
  it('inflates what it deflated', () => {
    const options = fc.record({
      level: fc.constantFrom(undefined, 0, 1, 9),
      strategy: fc.constantFrom(undefined, 'default', 'filtered', 'rle', 'huffman'),
    })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), options, fc.nat(50), (bytes, how, spare) => {
        const stream = nodeDeflate.deflate(bytes, how)
        expect(nodeDeflate.inflate(stream, bytes.length + spare)).toEqual(bytes)
      }),
    )
  })

  it('takes no options', () => {
    expect(nodeDeflate.inflate(nodeDeflate.deflate(Uint8Array.of(1, 2, 3)), 3)).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('gives bytes whose slice copies', () => {
    const stream = nodeDeflate.deflate(Uint8Array.of(1, 2, 3))
    expect(stream).not.toBeInstanceOf(Buffer)
    expect(nodeDeflate.inflate(stream, 3)).not.toBeInstanceOf(Buffer)
  })

  it('has strategies that differ', () => {
    const bytes = Uint8Array.from({ length: 4000 }, (_, i) => (i % 4 === 3 ? 0 : i % 4))
    const lengths = (['default', 'rle', 'huffman'] as const).map(
      (s) => nodeDeflate.deflate(bytes, { strategy: s }).length,
    )
    expect(lengths[0]).toBeLessThan(100)
    expect(lengths[1]).toBeGreaterThan(500)
    expect(lengths[2]).toBeGreaterThan(500)
    const runs = new Uint8Array(10_000)
    const [rle = 0, huffman = 0] = (['rle', 'huffman'] as const).map(
      (s) => nodeDeflate.deflate(runs, { strategy: s }).length,
    )
    expect(rle * 10).toBeLessThan(huffman)
  })

  it.each([0, 1, 63, 64, 999, 99_999])('gives nothing beyond a limit of %i', (limit) => {
    expect(() => nodeDeflate.inflate(deflateSync(new Uint8Array(100_000)), limit)).toThrow()
    expect(() => nodeDeflate.inflate(deflateSync(new Uint8Array(limit + 1)), limit)).toThrow()
    expect(nodeDeflate.inflate(deflateSync(new Uint8Array(limit)), limit)).toEqual(new Uint8Array(limit))
  })

  it('ignores what follows the stream', () => {
    const stream = Buffer.concat([deflateSync(Uint8Array.of(1, 2, 3)), Uint8Array.of(9, 9)])
    expect(nodeDeflate.inflate(stream, 3)).toEqual(Uint8Array.of(1, 2, 3))
  })

  it('throws for a stream that ends early or is none', () => {
    const stream = deflateSync(Uint8Array.from({ length: 500 }, (_, i) => (i * i) & 255))
    expect(() => nodeDeflate.inflate(stream.subarray(0, 100), 500)).toThrow()
    expect(() => nodeDeflate.inflate(stream.subarray(0, stream.length - 1), 500)).toThrow()
    expect(() => nodeDeflate.inflate(Uint8Array.of(1, 2, 3), 500)).toThrow()
    expect(() => nodeDeflate.inflate(new Uint8Array(0), 500)).toThrow()
  })
})
