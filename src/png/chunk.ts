import { AnnotationError } from '../errors.js'
import { crc32 } from './crc32.js'

/** The eight bytes every PNG begins with. */
export const SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Length, type and CRC around the data of a chunk. */
export const CHUNK_FRAME = 12

/** Where a chunk stands in the bytes of a file, its CRC verified. Offsets are in bytes, `end` is the next chunk's `start`. */
export interface ChunkPlace {
  readonly type: string
  readonly start: number
  readonly dataStart: number
  readonly dataEnd: number
  readonly end: number
}

/**
 * The chunk that begins at `start`.
 * @throws AnnotationError `png-format` when the file ends before it does, its type is no type or its CRC is wrong.
 */
export function chunkAt(bytes: Uint8Array, start: number): ChunkPlace {
  if (bytes.length - start < CHUNK_FRAME) {
    throw pngError(bytes.length, 'the file ends where a chunk is due', {
      expected: 'chunks up to IEND',
      got: 'the end of the file',
    })
  }
  const length = uint32At(bytes, start)
  const type = typeAt(bytes, start + 4)
  const dataStart = start + 8
  const dataEnd = dataStart + length
  if (dataEnd + 4 > bytes.length) {
    throw pngError(start, `the file ends within the chunk ${type}`, {
      expected: `${length} bytes and a CRC`,
      got: `${bytes.length - dataStart} bytes`,
    })
  }
  const stated = uint32At(bytes, dataEnd)
  const actual = crc32(bytes, start + 4, dataEnd)
  if (stated !== actual)
    throw pngError(dataEnd, `the CRC of the chunk ${type} is wrong`, { expected: hex(actual), got: hex(stated) })
  return { type, start, dataStart, dataEnd, end: dataEnd + 4 }
}

function typeAt(bytes: Uint8Array, at: number): string {
  let type = ''
  for (let i = at; i < at + 4; i++) {
    const code = bytes[i] as number
    if (!isLetter(code)) throw pngError(at, 'the type of a chunk is not four letters')
    type += String.fromCharCode(code)
  }
  return type
}

/** Whether a code is an ASCII letter. */
export function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

/** Writes a chunk at `at` and gives the offset after it. */
export function putChunk(target: Uint8Array, at: number, type: string, data: Uint8Array): number {
  putUint32(target, at, data.length)
  for (let i = 0; i < 4; i++) target[at + 4 + i] = type.charCodeAt(i)
  target.set(data, at + 8)
  const end = at + 8 + data.length
  putUint32(target, end, crc32(target, at + 4, end))
  return end + 4
}

/** The unsigned big-endian number at `at`. */
export function uint32At(bytes: Uint8Array, at: number): number {
  const high = ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
  return high * 65536 + (((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number))
}

export function putUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24
  target[at + 1] = value >>> 16
  target[at + 2] = value >>> 8
  target[at + 3] = value
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`
}

interface Contrast {
  readonly expected?: string
  readonly got?: string
  readonly cause?: unknown
}

/** A `png-format` error at a byte of the file. */
export function pngError(offset: number, reason: string, detail: Contrast = {}): AnnotationError {
  return new AnnotationError('png-format', reason, { ...detail, place: { offset } })
}
