import { type ChunkPlace, chunkAt, pngError } from './chunk.js'
import { AFTER_HEADER, type PngHeader, readPngHeader } from './header.js'
import type { PngChunk } from './image.js'
import { checkLimits, type PngLimits } from './limits.js'

/** The parts of a file, in order and complete, the pixels still compressed. */
export interface PngStructure {
  readonly header: PngHeader
  readonly palette: Uint8Array | undefined
  readonly transparency: Uint8Array | Uint16Array | undefined
  readonly chunks: readonly PngChunk[]
  /** The zlib stream of the pixels. */
  readonly compressed: Uint8Array
  /** The offset of the first IDAT in the file. */
  readonly dataOffset: number
}

/**
 * Takes a file apart. What follows IEND is not looked at.
 * @throws AnnotationError `png-format` with the offset, `png-limit` before anything but the header is read.
 */
export function readStructure(bytes: Uint8Array, limits: PngLimits): PngStructure {
  const header = readPngHeader(bytes)
  checkLimits(header, limits)
  const found = new Findings(bytes, header)
  let chunk = chunkAt(bytes, AFTER_HEADER)
  while (chunk.type !== 'IEND') {
    found.take(chunk)
    chunk = chunkAt(bytes, chunk.end)
  }
  return found.structure(chunk)
}

/** What has been met so far, and therefore what may still come. */
class Findings {
  readonly #bytes: Uint8Array
  readonly #header: PngHeader
  readonly #chunks: PngChunk[] = []
  readonly #data: Uint8Array[] = []
  #dataOffset = 0
  #dataEnd = 0
  #palette: Uint8Array | undefined
  #transparency: Uint8Array | Uint16Array | undefined

  constructor(bytes: Uint8Array, header: PngHeader) {
    this.#bytes = bytes
    this.#header = header
  }

  take(chunk: ChunkPlace): void {
    const data = this.#bytes.subarray(chunk.dataStart, chunk.dataEnd)
    switch (chunk.type) {
      case 'IHDR':
        throw pngError(chunk.start, 'there is a second header')
      case 'PLTE':
        this.#takePalette(chunk, data)
        break
      case 'tRNS':
        this.#takeTransparency(chunk, data)
        break
      case 'IDAT':
        this.#takeData(chunk, data)
        break
      default:
        this.#takeOther(chunk, data)
    }
  }

  structure(end: ChunkPlace): PngStructure {
    const [first] = this.#data
    if (first === undefined) throw pngError(end.start, 'the file has no pixels', { expected: 'IDAT', got: 'IEND' })
    return {
      header: this.#header,
      palette: this.#palette,
      transparency: this.#transparency,
      chunks: this.#chunks,
      compressed: this.#data.length === 1 ? first : joined(this.#data),
      dataOffset: this.#dataOffset,
    }
  }

  #takePalette(chunk: ChunkPlace, data: Uint8Array): void {
    const { kind, bitDepth } = this.#header
    this.#single(chunk, this.#palette)
    if (this.#transparency !== undefined) throw pngError(chunk.start, 'PLTE comes after tRNS')
    if (kind === 'grey' || kind === 'grey-alpha') throw pngError(chunk.start, `a picture of kind ${kind} has a palette`)
    const most = kind === 'palette' ? 2 ** bitDepth : 256
    if (data.length === 0 || data.length % 3 !== 0 || data.length > 3 * most)
      throw pngError(chunk.start, 'the palette has a length that is not allowed', {
        expected: `1 to ${most} colours of 3 bytes`,
        got: `${data.length} bytes`,
      })
    this.#palette = copyOf(data)
  }

  #takeTransparency(chunk: ChunkPlace, data: Uint8Array): void {
    const { kind, bitDepth } = this.#header
    this.#single(chunk, this.#transparency)
    if (kind === 'palette') {
      const entries = (this.#palette?.length ?? 0) / 3
      if (data.length === 0 || data.length > entries) throw badTransparency(chunk, `1 to ${entries} bytes`)
      this.#transparency = copyOf(data)
      return
    }
    const samples = kind === 'grey' ? 1 : kind === 'rgb' ? 3 : 0
    if (samples === 0) throw pngError(chunk.start, `a picture of kind ${kind} has tRNS beside its alpha`)
    if (data.length !== 2 * samples) throw badTransparency(chunk, `${2 * samples} bytes`)
    // Below 16 bits only the low ones count (ISO/IEC 15948, 11.3.2.1).
    const mask = 2 ** bitDepth - 1
    const key = bitDepth === 16 ? new Uint16Array(samples) : new Uint8Array(samples)
    for (let i = 0; i < samples; i++) key[i] = (((data[2 * i] as number) << 8) | (data[2 * i + 1] as number)) & mask
    this.#transparency = key
  }

  #takeData(chunk: ChunkPlace, data: Uint8Array): void {
    if (this.#data.length === 0) {
      if (this.#header.kind === 'palette' && this.#palette === undefined)
        throw pngError(chunk.start, 'there is no palette before the pixels', { expected: 'PLTE', got: 'IDAT' })
      this.#dataOffset = chunk.start
    } else if (chunk.start !== this.#dataEnd) {
      throw pngError(chunk.start, 'there are other chunks between those of the pixels')
    }
    this.#data.push(data)
    this.#dataEnd = chunk.end
  }

  #takeOther({ type, start }: ChunkPlace, data: Uint8Array): void {
    // A capital first letter: who does not know the chunk cannot show the picture.
    if (type.charCodeAt(0) < 97) throw pngError(start, `the chunk ${type} is needed and not known`)
    const after = this.#data.length > 0 ? 'data' : this.#palette !== undefined ? 'palette' : 'header'
    this.#chunks.push({ type, data: copyOf(data), after })
  }

  #single({ type, start }: ChunkPlace, before: unknown): void {
    if (before !== undefined) throw pngError(start, `there is a second ${type}`)
    if (this.#data.length > 0) throw pngError(start, `${type} comes after the pixels`)
  }
}

function badTransparency({ start, dataStart, dataEnd }: ChunkPlace, expected: string): Error {
  return pngError(start, 'tRNS has a length that is not allowed', { expected, got: `${dataEnd - dataStart} bytes` })
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** Bytes of their own: the `slice` of a Buffer would share them with the file. */
function copyOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes)
}
