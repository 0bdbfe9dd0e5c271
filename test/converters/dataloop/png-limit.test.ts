import fc from 'fast-check'
import { expect, it } from 'vitest'
import { maskFromPng } from '../../../src/converters/dataloop/png-mask.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { putChunk, putUint32 } from '../../../src/png/chunk.js'
import { encodePng } from '../../../src/png/encode.js'
import type { PngBitDepth, PngImage, PngKind } from '../../../src/png/image.js'
import { toRgba8 } from '../../../src/png/rgba.js'

const INFLATED = new Error('inflated')
const NEVER = {
  inflate(): Uint8Array {
    throw INFLATED
  },
}

/** A grey picture that says it has this size; its pixels are too few. */
function claiming(width: number, height: number): Uint8Array {
  const file = encodePng({ width: 1, height: 1, kind: 'grey', bitDepth: 1, data: new Uint8Array(1) }, nodeDeflate)
  const header = file.slice(16, 29)
  putUint32(header, 0, width)
  putUint32(header, 4, height)
  putChunk(file, 8, 'IHDR', header)
  return file
}

it.each([
  // Four times 80 x 100 is less than what is always allowed, 65,536.
  [30_000, 30_000, { width: 100, height: 80 }, 'at most 65536 pixels for an item of 100 x 80'],
  [65_537, 1, { width: 100, height: 80 }, 'at most 65536 pixels for an item of 100 x 80'],
  [2001, 1000, { width: 1000, height: 500 }, 'at most 2000000 pixels for an item of 1000 x 500'],
  [30_000, 30_000, {}, 'at most 268435456 pixels'],
  [16_385, 16_384, { width: 1000 }, 'at most 268435456 pixels'],
  [16_385, 16_384, { width: 100_000, height: 100_000 }, 'at most 268435456 pixels for an item of 100000 x 100000'],
])('%d x %d pixels for an item of %j are refused before they are inflated', (width, height, picture, expected) => {
  expect(() => maskFromPng(claiming(width, height), NEVER, picture)).toThrow(
    expect.objectContaining({ code: 'png-limit', expected, got: `${width} x ${height}` }),
  )
})

it.each([
  [65_536, 1, { width: 100, height: 80 }],
  [2000, 1000, { width: 1000, height: 500 }],
  [1000, 500, { width: 500 }],
])('%d x %d pixels for an item of %j are read', (width, height, picture) => {
  const data = new Uint8Array(width * height)
  data[width * height - 1] = 1
  const file = encodePng({ width, height, kind: 'grey', bitDepth: 1, data }, nodeDeflate)
  const { mask, color } = maskFromPng(file, nodeDeflate, picture)
  expect([mask.width, mask.height, [...mask.runs], color]).toEqual([width, height, [width * height - 1, 1], undefined])
})

const KINDS: readonly (readonly [PngKind, PngBitDepth, number])[] = [
  ['grey', 1, 1],
  ['grey', 4, 1],
  ['grey', 8, 1],
  ['grey', 16, 1],
  ['palette', 1, 1],
  ['palette', 2, 1],
  ['palette', 8, 1],
  ['grey-alpha', 8, 2],
  ['grey-alpha', 16, 2],
  ['rgb', 8, 3],
  ['rgb', 16, 3],
  ['rgba', 8, 4],
  ['rgba', 16, 4],
]

const picture: fc.Arbitrary<PngImage> = fc
  .tuple(fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 5 }), fc.boolean())
  .chain(([[kind, bitDepth, channels], width, height, keyed]) => {
    const most = 2 ** bitDepth - 1
    const sample = fc.oneof(fc.constant(0), fc.constantFrom(most, most >> 1, (most >> 1) + 1), fc.nat(most))
    const list = (length: number, of = sample): fc.Arbitrary<number[]> =>
      fc.array(of, { minLength: length, maxLength: length })
    const keys = kind === 'palette' ? list(2, fc.constantFrom(0, 127, 128, 255)) : list(kind === 'rgb' ? 3 : 1)
    return fc.tuple(list(width * height * channels), keys, fc.nat(255)).map(
      ([data, key, step]): PngImage => ({
        width,
        height,
        kind,
        bitDepth,
        data: bitDepth === 16 ? Uint16Array.from(data) : Uint8Array.from(data),
        palette: kind === 'palette' ? Uint8Array.from({ length: 3 * (most + 1) }, (_, i) => 255 - i * step) : undefined,
        transparency:
          keyed && !kind.endsWith('a') && kind !== 'grey-alpha'
            ? bitDepth === 16
              ? Uint16Array.from(key)
              : Uint8Array.from(key)
            : undefined,
      }),
    )
  })

it('every kind gives the pixels and the colour that its 8-bit RGBA gives', () => {
  fc.assert(
    fc.property(picture, (image) => {
      const { width, height, kind, data, transparency } = image
      const rgba = toRgba8(image)
      const seen = kind === 'rgba' || kind === 'grey-alpha' || transparency !== undefined
      const channels = kind === 'rgb' ? 3 : 1
      const due = Array.from({ length: width * height }, (_, i) => {
        if (seen) return (rgba[4 * i + 3] as number) > 127 ? 1 : 0
        return data.subarray(channels * i, channels * (i + 1)).some((sample) => sample !== 0) ? 1 : 0
      })
      const first = due.indexOf(1)
      const painted = [...rgba.subarray(4 * first, 4 * first + 3)]
      const none = first < 0 || kind.startsWith('grey') || painted.every((channel) => channel === 255)
      const { mask, color } = maskFromPng(encodePng(image, nodeDeflate), nodeDeflate)
      expect([...mask.toDense()]).toEqual(due)
      expect(color).toEqual(none ? undefined : painted)
    }),
    { numRuns: 300 },
  )
})
