import { describe, expect, it } from 'vitest'
import { type PngImage, toRgba8 } from '../../src/png/index.js'

type Pixels = readonly (readonly [number, number, number, number])[]

const row = (image: Omit<PngImage, 'width' | 'height'>, width: number): Pixels => {
  const rgba = toRgba8({ ...image, width, height: 1 })
  expect(rgba).toHaveLength(width * 4)
  return Array.from(
    { length: width },
    (_, i) => Array.from(rgba.subarray(4 * i, 4 * i + 4)) as unknown as Pixels[number],
  )
}

describe('colours of 8 bits', () => {
  it.each([
    [1, 1, 255],
    [2, 1, 85],
    [2, 2, 170],
    [4, 1, 17],
    [4, 14, 238],
    [8, 200, 200],
  ] as const)('of grey of %i bits: %i is %i', (bitDepth, sample, grey) => {
    const image = { kind: 'grey', bitDepth, data: Uint8Array.of(sample, 0, 2 ** bitDepth - 1) } as const
    expect(row(image, 3)).toEqual([
      [grey, grey, grey, 255],
      [0, 0, 0, 255],
      [255, 255, 255, 255],
    ])
  })

  it('of 16 bits are the high bytes', () => {
    expect(row({ kind: 'grey', bitDepth: 16, data: Uint16Array.of(0x12ff, 0xff00) }, 2)).toEqual([
      [0x12, 0x12, 0x12, 255],
      [255, 255, 255, 255],
    ])
    const rgb = {
      kind: 'rgb',
      bitDepth: 16,
      data: Uint16Array.of(0x12ff, 0xff00, 0x0034, 0x12ff, 0xff00, 0x0035),
    } as const
    expect(row({ ...rgb, transparency: Uint16Array.of(0x12ff, 0xff00, 0x0034) }, 2)).toEqual([
      [0x12, 255, 0, 0],
      [0x12, 255, 0, 255],
    ])
    const rgba = Uint16Array.of(0x0102, 0x0304, 0x05ff, 0x80ff)
    expect(row({ kind: 'rgba', bitDepth: 16, data: rgba }, 1)).toEqual([[1, 3, 5, 128]])
    expect(row({ kind: 'grey-alpha', bitDepth: 16, data: Uint16Array.of(0x0102, 0x0304) }, 1)).toEqual([[1, 1, 1, 3]])
  })

  it('of 8-bit kinds with alpha are as they are, not multiplied by it', () => {
    expect(row({ kind: 'rgba', bitDepth: 8, data: Uint8Array.of(10, 20, 30, 7) }, 1)).toEqual([[10, 20, 30, 7]])
    expect(row({ kind: 'grey-alpha', bitDepth: 8, data: Uint8Array.of(9, 0) }, 1)).toEqual([[9, 9, 9, 0]])
  })

  it('of a palette with alphas for some', () => {
    const image = { kind: 'palette', bitDepth: 8, data: Uint8Array.of(1, 0, 2) } as const
    const palette = Uint8Array.of(1, 2, 3, 4, 5, 6)
    expect(row({ ...image, palette, transparency: Uint8Array.of(8) }, 3)).toEqual([
      [4, 5, 6, 255],
      [1, 2, 3, 8],
      [0, 0, 0, 255],
    ])
  })

  it('are transparent where all of the sixteen bits agree', () => {
    const grey = { kind: 'grey', bitDepth: 16, data: Uint16Array.of(0x1234, 0x1235) } as const
    expect(row({ ...grey, transparency: Uint16Array.of(0x1234) }, 2).map((pixel) => pixel[3])).toEqual([0, 255])
    const data = Uint8Array.of(1, 2, 3, 0, 2, 3, 1, 0, 3, 1, 2, 0)
    const rgb = { kind: 'rgb', bitDepth: 8, data, transparency: Uint8Array.of(1, 2, 3) } as const
    expect(row(rgb, 4)).toEqual([
      [1, 2, 3, 0],
      [0, 2, 3, 255],
      [1, 0, 3, 255],
      [1, 2, 0, 255],
    ])
    expect(row({ kind: 'rgb', bitDepth: 8, data: data.subarray(0, 3) }, 1)).toEqual([[1, 2, 3, 255]])
    expect(row({ kind: 'grey', bitDepth: 2, data: Uint8Array.of(2, 1), transparency: Uint8Array.of(2) }, 2)).toEqual([
      [170, 170, 170, 0],
      [85, 85, 85, 255],
    ])
  })
})
