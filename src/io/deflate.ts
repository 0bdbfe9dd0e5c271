import { constants, deflateSync, inflateSync } from 'node:zlib'
import type { Deflate, DeflateStrategy } from '../ports.js'

const STRATEGIES: Readonly<Record<DeflateStrategy, number>> = {
  default: constants.Z_DEFAULT_STRATEGY,
  filtered: constants.Z_FILTERED,
  rle: constants.Z_RLE,
  huffman: constants.Z_HUFFMAN_ONLY,
}

/** The most bytes that come out of one byte of a deflate stream: 258 for a length and a distance code of one bit each. */
const DENSEST = 1032
/** zlib counts the room it has in 32 bits, and takes no chunk below 64 bytes. */
const LARGEST_CHUNK = 2 ** 30
const SMALLEST_CHUNK = 64

/** Node's own zlib. */
export const nodeDeflate: Deflate = {
  deflate(bytes, options = {}) {
    return plain(
      deflateSync(bytes, {
        level: options.level ?? constants.Z_DEFAULT_COMPRESSION,
        strategy: STRATEGIES[options.strategy ?? 'default'],
        // Codes for shorter blocks fit runs of a label map better: 3 to 5 % fewer bytes in the same time.
        ...(options.strategy === 'rle' ? { memLevel: 6 } : {}),
        chunkSize: 1 << 16,
      }),
    )
  },
  inflate(bytes, limit) {
    // One chunk with a byte to spare takes everything, so that nothing is copied together afterwards.
    const most = Math.min(limit, bytes.length * DENSEST, LARGEST_CHUNK)
    const chunkSize = Math.max(most + 1, SMALLEST_CHUNK)
    const inflated = inflateSync(bytes, { maxOutputLength: Math.max(limit, 1), chunkSize })
    // zlib takes no limit of 0.
    if (inflated.length > limit) throw new RangeError(`the stream gives more than ${limit} bytes`)
    return plain(inflated)
  },
}

/** The same bytes without the methods of a Buffer, whose `slice` shares memory where that of Uint8Array copies. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
