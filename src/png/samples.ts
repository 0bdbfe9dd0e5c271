import type { PngBitDepth } from './image.js'

/**
 * The samples of rows of bytes, one element each. Below 8 bits the first sample of a byte is in its high bits and every
 * row begins a byte; 16 bits are big endian. For 8 bits it is the very array that was given.
 */
export function unpackSamples(
  lines: Uint8Array,
  rowBytes: number,
  rows: number,
  rowSamples: number,
  bitDepth: PngBitDepth,
): Uint8Array | Uint16Array {
  if (bitDepth === 8) return lines
  if (bitDepth === 16) {
    const samples = new Uint16Array(rowSamples * rows)
    for (let i = 0; i < samples.length; i++) {
      samples[i] = ((lines[2 * i] as number) << 8) | (lines[2 * i + 1] as number)
    }
    return samples
  }
  const samples = new Uint8Array(rowSamples * rows)
  const mask = (1 << bitDepth) - 1
  let at = 0
  for (let row = 0; row < rows; row++) {
    const end = at + rowSamples
    for (let from = row * rowBytes; at < end; from++) {
      const byte = lines[from] as number
      for (let shift = 8 - bitDepth; shift >= 0 && at < end; shift -= bitDepth) samples[at++] = (byte >> shift) & mask
    }
  }
  return samples
}

/**
 * The opposite of {@link unpackSamples}; bits left over at the end of a row are 0. For 8 bits it is the very array that
 * was given. Samples are taken to fit: see {@link firstBeyond}.
 */
export function packSamples(
  samples: Uint8Array | Uint16Array,
  rowBytes: number,
  rows: number,
  rowSamples: number,
  bitDepth: PngBitDepth,
): Uint8Array {
  if (samples instanceof Uint8Array && bitDepth === 8) return samples
  const lines = new Uint8Array(rowBytes * rows)
  if (bitDepth === 16) {
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] as number
      lines[2 * i] = sample >> 8
      lines[2 * i + 1] = sample
    }
    return lines
  }
  let at = 0
  for (let row = 0; row < rows; row++) {
    const end = at + rowSamples
    for (let to = row * rowBytes; at < end; to++) {
      let byte = 0
      for (let shift = 8 - bitDepth; shift >= 0 && at < end; shift -= bitDepth) {
        byte |= (samples[at++] as number) << shift
      }
      lines[to] = byte
    }
  }
  return lines
}

/** The index of the first sample that is not below `count`, or −1. Runs of one value cost a comparison a word. */
export function firstBeyond(samples: Uint8Array, count: number): number {
  const words = new DataView(samples.buffer, samples.byteOffset, samples.byteLength)
  const end = samples.length & ~3
  let seen = 0
  for (let i = 0; i < end; i += 4) {
    const word = words.getInt32(i, true)
    if (word === seen) continue
    for (let k = i; k < i + 4; k++) if ((samples[k] as number) >= count) return k
    seen = word
  }
  for (let i = end; i < samples.length; i++) if ((samples[i] as number) >= count) return i
  return -1
}
