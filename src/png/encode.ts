import type { Deflate, DeflateStrategy } from '../ports.js'
import { CHUNK_FRAME, isLetter, putChunk, SIGNATURE } from './chunk.js'
import { filterLines, type PngFilter } from './filter.js'
import { headerData } from './header.js'
import { channelsOf, checkImage, type PngChunk, type PngImage, unwritable } from './image.js'
import { firstBeyond, packSamples } from './samples.js'

/** How a PNG is compressed; none of it changes the picture. */
export interface EncodePngOptions {
  /** Default `up`: label maps hardly change from row to row. Photographs become smaller by `adaptive`. */
  readonly filter?: PngFilter | undefined
  /** Default `rle`, or `filtered` for the filter `adaptive`. */
  readonly strategy?: DeflateStrategy | undefined
  /** 0 to 9; the strategy `rle` is the same for 1 to 9. Default: what the library thinks best. */
  readonly level?: number | undefined
}

const FILTERS: readonly string[] = ['none', 'up', 'adaptive']

/**
 * A picture as a PNG file: one IDAT, not interlaced, 16 bits big endian, the palette's indices and colours as given.
 * The same picture, options and library give the same bytes.
 * Rule: ISO/IEC 15948 (PNG).
 * @throws TypeError for things of the wrong type; AnnotationError `png-format` for what a PNG cannot hold: a sample
 * beyond the bit depth, an index beyond the palette, a bit depth the kind does not have, samples that are not
 * width × height × channels, a chunk that is not ancillary.
 */
export function encodePng(
  image: PngImage,
  deflate: Pick<Deflate, 'deflate'>,
  options: EncodePngOptions = {},
): Uint8Array {
  const filter = options.filter ?? 'up'
  if (!FILTERS.includes(filter)) throw new TypeError(`filter is none of ${FILTERS.join(', ')}: ${filter}`)
  checkImage(image)
  checkSamples(image)
  const compressed = deflate.deflate(filteredLines(image, filter), {
    level: options.level,
    strategy: options.strategy ?? (filter === 'adaptive' ? 'filtered' : 'rle'),
  })
  return assembled(chunksOf(image, compressed))
}

/** Too large a sample would lose its high bits, an index beyond the palette would have no colour. */
function checkSamples({ kind, bitDepth, data, palette }: PngImage): void {
  const count = kind === 'palette' && palette !== undefined ? palette.length / 3 : 2 ** bitDepth
  if (data instanceof Uint16Array || count === 256) return
  const index = firstBeyond(data, count)
  if (index < 0) return
  const what = kind === 'palette' ? `the index in data[${index}]` : `data[${index}]`
  throw unwritable(what, `less than ${count}`, String(data[index]))
}

function filteredLines(image: PngImage, filter: PngFilter): Uint8Array {
  const { width, height, kind, bitDepth, data } = image
  const channels = channelsOf(kind)
  const bits = channels * bitDepth
  const rowBytes = Math.ceil((width * bits) / 8)
  const lines = packSamples(data, rowBytes, height, width * channels, bitDepth)
  return filterLines(lines, rowBytes, height, Math.max(1, bits >> 3), filter)
}

type Written = Pick<PngChunk, 'type' | 'data'>

/** All chunks of the file in order. */
function chunksOf(image: PngImage, compressed: Uint8Array): readonly Written[] {
  const { palette, transparency, chunks = [] } = image
  for (const chunk of chunks) checkChunk(chunk)
  const following = (after: PngChunk['after']): readonly PngChunk[] => chunks.filter((chunk) => chunk.after === after)
  return [
    { type: 'IHDR', data: headerData(image) },
    ...following('header'),
    ...(palette === undefined ? [] : [{ type: 'PLTE', data: palette }]),
    ...(transparency === undefined ? [] : [{ type: 'tRNS', data: transparencyData(image.kind, transparency) }]),
    ...following('palette'),
    { type: 'IDAT', data: compressed },
    ...following('data'),
    { type: 'IEND', data: new Uint8Array(0) },
  ]
}

function transparencyData(kind: PngImage['kind'], transparency: Uint8Array | Uint16Array): Uint8Array {
  if (kind === 'palette' && transparency instanceof Uint8Array) return transparency
  return packSamples(Uint16Array.from(transparency), 2 * transparency.length, 1, transparency.length, 16)
}

function checkChunk({ type, data, after }: PngChunk): void {
  if (!(data instanceof Uint8Array)) throw new TypeError(`the data of the chunk ${type} are not a Uint8Array`)
  if (after !== 'header' && after !== 'palette' && after !== 'data')
    throw new TypeError(`after of the chunk ${type} is none of header, palette, data: ${String(after)}`)
  const codes = Array.from(type, (letter) => letter.charCodeAt(0))
  // A small first letter says that the chunk is not needed; tRNS has a field of its own.
  if (codes.length !== 4 || !codes.every(isLetter) || (codes[0] as number) < 97 || type === 'tRNS')
    throw unwritable(`a chunk of type ${JSON.stringify(type)}`, 'four letters, the first one small, not tRNS', type)
}

function assembled(chunks: readonly Written[]): Uint8Array {
  const length = chunks.reduce((sum, { data }) => sum + data.length + CHUNK_FRAME, SIGNATURE.length)
  const file = new Uint8Array(length)
  file.set(SIGNATURE)
  let at = SIGNATURE.length
  for (const { type, data } of chunks) at = putChunk(file, at, type, data)
  return file
}
