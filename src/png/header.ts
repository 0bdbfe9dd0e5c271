import { chunkAt, pngError, putUint32, SIGNATURE, uint32At } from './chunk.js'
import {
  bitDepthsOf,
  colorTypeOf,
  kindOfColorType,
  LONGEST_SIDE,
  type PngBitDepth,
  type PngImage,
  type PngKind,
} from './image.js'

/** What the first 33 bytes of a PNG say. */
export interface PngHeader {
  /** Pixels, as stored: an eXIf chunk may turn the picture afterwards. */
  readonly width: number
  readonly height: number
  readonly kind: PngKind
  readonly bitDepth: PngBitDepth
  readonly interlaced: boolean
}

/** Bytes of the data of IHDR. */
const HEADER_LENGTH = 13
/** The offset of the chunk after the header. */
export const AFTER_HEADER: number = SIGNATURE.length + 12 + HEADER_LENGTH

/**
 * The header of a PNG file: size in pixels, kind, bits a sample. Of `bytes` the first 33 are enough; the checksum of the
 * header is verified. Rule: ISO/IEC 15948 (PNG), 11.2.2.
 * @throws AnnotationError `png-format` with the offset when they are no PNG, too few, or say what no PNG may say.
 */
export function readPngHeader(bytes: Uint8Array): PngHeader {
  for (let i = 0; i < SIGNATURE.length; i++) {
    if (bytes[i] === SIGNATURE[i]) continue
    const got = i >= bytes.length ? 'the end of the file' : `byte ${bytes[i]}`
    throw pngError(i, 'this is not a PNG file', { expected: `byte ${SIGNATURE[i]}`, got })
  }
  const { type, start, dataStart, dataEnd } = chunkAt(bytes, SIGNATURE.length)
  if (type !== 'IHDR') throw pngError(start, 'the first chunk is not the header', { expected: 'IHDR', got: type })
  if (dataEnd - dataStart !== HEADER_LENGTH)
    throw pngError(start, 'the header has another length', { expected: '13 bytes', got: `${dataEnd - dataStart}` })
  return parseHeader(bytes, dataStart)
}

function parseHeader(bytes: Uint8Array, at: number): PngHeader {
  const width = side(bytes, at, 'width')
  const height = side(bytes, at + 4, 'height')
  const colorType = bytes[at + 9] as number
  const kind = kindOfColorType(colorType)
  if (kind === undefined) throw oneOf(at + 9, 'the colour type', '0, 2, 3, 4 or 6', colorType)
  const bitDepth = bytes[at + 8] as number
  if (!bitDepthsOf(kind).includes(bitDepth))
    throw oneOf(at + 8, `the bit depth of kind ${kind}`, bitDepthsOf(kind).join(', '), bitDepth)
  for (const [index, name] of [
    [10, 'the compression method'],
    [11, 'the filter method'],
  ] as const)
    if (bytes[at + index] !== 0) throw oneOf(at + index, name, '0', bytes[at + index] as number)
  const interlace = bytes[at + 12] as number
  if (interlace > 1) throw oneOf(at + 12, 'the interlace method', '0 or 1', interlace)
  return { width, height, kind, bitDepth: bitDepth as PngBitDepth, interlaced: interlace === 1 }
}

function side(bytes: Uint8Array, at: number, name: string): number {
  const value = uint32At(bytes, at)
  if (value < 1 || value > LONGEST_SIDE) throw oneOf(at, `the ${name}`, `1 to ${LONGEST_SIDE}`, value)
  return value
}

function oneOf(offset: number, what: string, expected: string, got: number): Error {
  return pngError(offset, `${what} is not allowed`, { expected, got: String(got) })
}

/** The data of the header of a picture that is not interlaced. */
export function headerData({ width, height, bitDepth, kind }: PngImage): Uint8Array {
  const data = new Uint8Array(HEADER_LENGTH)
  putUint32(data, 0, width)
  putUint32(data, 4, height)
  data[8] = bitDepth
  data[9] = colorTypeOf(kind)
  return data
}
