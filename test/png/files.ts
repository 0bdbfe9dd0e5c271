import { crc32, deflateSync } from 'node:zlib'
import type { PngImage, PngKind } from '../../src/png/index.js'

// A second, slow and simple writer of PNG files: it can interlace, use any filter, and do everything wrong on request.

export interface RawChunk {
  readonly type: string
  readonly data: Uint8Array
}

export const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
const COLOR_TYPES: Readonly<Record<PngKind, number>> = { grey: 0, rgb: 2, palette: 3, 'grey-alpha': 4, rgba: 6 }
export const CHANNELS: Readonly<Record<PngKind, number>> = { grey: 1, rgb: 3, palette: 1, 'grey-alpha': 2, rgba: 4 }

export function fileOf(chunks: readonly RawChunk[]): Uint8Array {
  return Buffer.concat([SIGNATURE, ...chunks.map(chunkBytes)])
}

export function chunkBytes({ type, data }: RawChunk): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

interface HeaderFields {
  readonly width: number
  readonly height: number
  readonly bitDepth: number
  readonly colorType: number
  readonly interlace?: number
}

export function header({ width, height, bitDepth, colorType, interlace = 0 }: HeaderFields): RawChunk {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data.set([bitDepth, colorType, 0, 0, interlace], 8)
  return { type: 'IHDR', data }
}

export function pixels(raw: Uint8Array): RawChunk {
  return { type: 'IDAT', data: deflateSync(raw) }
}

export function named(type: string, ...bytes: readonly number[]): RawChunk {
  return { type, data: Uint8Array.from(bytes) }
}

export const END: RawChunk = named('IEND')

export interface WriteOptions {
  readonly interlaced: boolean
  /** The filter of the n-th row of the file, 0 to 4. */
  readonly filterOf: (row: number) => number
  /** How many IDAT chunks the pixels are cut into. */
  readonly parts?: number
}

/** The file of a picture, written bit by bit. */
export function slowPng(image: PngImage, { interlaced, filterOf, parts = 1 }: WriteOptions): Uint8Array {
  const { width, height, kind, bitDepth, palette, transparency } = image
  const raw: number[] = []
  let row = 0
  for (const lines of passLines(image, interlaced)) {
    let above: readonly number[] = []
    for (const line of lines) {
      raw.push(...filtered(line, above, filterOf(row++), Math.max(1, (CHANNELS[kind] * bitDepth) >> 3)))
      above = line
    }
  }
  const data = deflateSync(Uint8Array.from(raw))
  const size = Math.ceil(data.length / parts)
  const key =
    kind === 'palette'
      ? Array.from(transparency ?? [])
      : Array.from(transparency ?? [], (s) => [s >> 8, s & 255]).flat()
  return fileOf([
    header({ width, height, bitDepth, colorType: COLOR_TYPES[kind], interlace: interlaced ? 1 : 0 }),
    ...(palette === undefined ? [] : [{ type: 'PLTE', data: palette }]),
    ...(transparency === undefined ? [] : [named('tRNS', ...key)]),
    ...Array.from({ length: parts }, (_, i) => ({ type: 'IDAT', data: data.subarray(i * size, (i + 1) * size) })),
    END,
  ])
}

/** The pass of the pixel at (x % 8, y % 8), as ISO/IEC 15948 draws it. */
const ADAM7 = ['16462646', '77777777', '56565656', '77777777', '36463646', '77777777', '56565656', '77777777']

/** The bytes of every row of every pass, unfiltered. */
function passLines(image: PngImage, interlaced: boolean): readonly (readonly number[])[][] {
  const { width, height, kind, bitDepth, data } = image
  return ['1', '2', '3', '4', '5', '6', '7'].slice(0, interlaced ? 7 : 1).map((pass) => {
    const lines: number[][] = []
    for (let y = 0; y < height; y++) {
      let bits = ''
      for (let x = 0; x < width; x++) {
        if (interlaced && ADAM7[y % 8]?.[x % 8] !== pass) continue
        for (let channel = 0; channel < CHANNELS[kind]; channel++)
          bits += (data[(y * width + x) * CHANNELS[kind] + channel] ?? 0).toString(2).padStart(bitDepth, '0')
      }
      if (bits !== '') lines.push((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2)))
    }
    return lines
  })
}

function filtered(line: readonly number[], above: readonly number[], filter: number, distance: number): number[] {
  const bytes = line.map((byte, i) => {
    const a = line[i - distance] ?? 0
    const b = above[i] ?? 0
    const c = above[i - distance] ?? 0
    const p = a + b - c
    const nearest = [a, b, c].reduce((best, next) => (Math.abs(p - next) < Math.abs(p - best) ? next : best))
    return (byte - ([0, a, b, Math.floor((a + b) / 2), nearest][filter] ?? 0)) & 255
  })
  return [filter, ...bytes]
}
