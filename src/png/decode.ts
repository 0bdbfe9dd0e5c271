import type { Deflate } from '../ports.js'
import { pngError } from './chunk.js'
import type { PngHeader } from './header.js'
import { channelsOf, type PngImage } from './image.js'
import type { PngLimits } from './limits.js'
import { inflatedLength, type Pass, passesOf } from './passes.js'
import { unpackSamples } from './samples.js'
import { type PngStructure, readStructure } from './structure.js'
import { unfilter } from './unfilter.js'

/** The most bytes that come out of one byte of a deflate stream: 258 for a length and a distance code of one bit each. */
const DENSEST = 1032

/**
 * The picture in a PNG file, sample for sample: palette indices, 1 to 16 bits, interlaced or not, with every ancillary
 * chunk kept. Nothing is scaled, looked up or colour-managed; {@link toRgba8} does that. An index may lie beyond the
 * palette. Beside the file there are the inflated bytes, the same without their filters and the samples in memory at
 * once; at 8 bits, not interlaced, the latter two are one.
 * Rule: ISO/IEC 15948 (PNG); the checksums of all chunks and of the pixels are verified.
 * @throws AnnotationError `png-format` with the offset for what is no PNG, ends early or is corrupt; `png-limit`, before
 * anything is inflated, for what is larger than the limits allow; TypeError for a limit that is no number >= 0.
 */
export function decodePng(bytes: Uint8Array, deflate: Pick<Deflate, 'inflate'>, limits: PngLimits = {}): PngImage {
  const structure = readStructure(bytes, limits)
  const { header, palette, transparency, chunks } = structure
  const data = samplesOf(header, inflated(structure, deflate), structure.dataOffset)
  return {
    width: header.width,
    height: header.height,
    kind: header.kind,
    bitDepth: header.bitDepth,
    data,
    ...(palette === undefined ? {} : { palette }),
    ...(transparency === undefined ? {} : { transparency }),
    chunks,
  }
}

function inflated({ header, compressed, dataOffset }: PngStructure, deflate: Pick<Deflate, 'inflate'>): Uint8Array {
  const due = inflatedLength(header)
  // Nobody should make room for a picture that these few bytes cannot hold.
  if (due > compressed.length * DENSEST) {
    throw pngError(dataOffset, 'the data of the pixels are too few', {
      expected: `${due} bytes when inflated`,
      got: `${compressed.length} compressed`,
    })
  }
  const bytes = inflate(compressed, due, deflate, dataOffset)
  if (bytes.length !== due)
    throw pngError(dataOffset, 'the data of the pixels have another length', {
      expected: `${due} bytes when inflated`,
      got: `${bytes.length}`,
    })
  return bytes
}

function inflate(bytes: Uint8Array, due: number, deflate: Pick<Deflate, 'inflate'>, offset: number): Uint8Array {
  try {
    return deflate.inflate(bytes, due)
  } catch (cause) {
    // Libraries throw all sorts of things, strings among them; whatever it is, the stream is not what it should be.
    throw pngError(offset, 'the data of the pixels cannot be inflated', {
      expected: `a zlib stream of ${due} bytes`,
      got: cause instanceof Error ? cause.message : String(cause),
      cause,
    })
  }
}

function samplesOf(header: PngHeader, bytes: Uint8Array, dataOffset: number): Uint8Array | Uint16Array {
  const channels = channelsOf(header.kind)
  const passes = passesOf(header)
  const [only] = passes
  if (only !== undefined && !header.interlaced) return passSamples(header, only, bytes, 0, dataOffset)
  const count = header.width * header.height * channels
  const whole = header.bitDepth === 16 ? new Uint16Array(count) : new Uint8Array(count)
  let start = 0
  for (const pass of passes) {
    scatter(passSamples(header, pass, bytes, start, dataOffset), pass, channels, whole, header.width)
    start += (pass.rowBytes + 1) * pass.height
  }
  return whole
}

function passSamples(
  { kind, bitDepth }: PngHeader,
  { rowBytes, width, height }: Pass,
  bytes: Uint8Array,
  start: number,
  dataOffset: number,
): Uint8Array | Uint16Array {
  const channels = channelsOf(kind)
  const lines = new Uint8Array(rowBytes * height)
  const bad = unfilter(bytes, start, rowBytes, height, Math.max(1, (channels * bitDepth) >> 3), lines)
  if (bad >= 0)
    throw pngError(dataOffset, `the filter of row ${bad} is not known`, {
      expected: '0 to 4',
      got: String(bytes[start + bad * (rowBytes + 1)]),
    })
  return unpackSamples(lines, rowBytes, height, width * channels, bitDepth)
}

/** Puts the pixels of a pass where they belong. */
function scatter(
  samples: Uint8Array | Uint16Array,
  pass: Pass,
  channels: number,
  whole: Uint8Array | Uint16Array,
  width: number,
): void {
  let from = 0
  for (let row = 0; row < pass.height; row++) {
    let to = ((pass.y + row * pass.dy) * width + pass.x) * channels
    for (let column = 0; column < pass.width; column++, to += pass.dx * channels) {
      for (let channel = 0; channel < channels; channel++) whole[to + channel] = samples[from++] as number
    }
  }
}
