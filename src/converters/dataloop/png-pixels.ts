import type { Color } from '../../definitions/index.js'
import type { PngImage } from '../../png/image.js'

/** The least alpha of 8 bits that counts. */
const OPAQUE = 128

/**
 * A byte a pixel, row by row, not 0 where the pixel belongs to the mask: the samples themselves where they are that
 * already, so that a large picture is held once.
 */
export function pixelsOf(image: PngImage): Uint8Array {
  const { kind, data, transparency } = image
  if (kind === 'rgba' || kind === 'grey-alpha') return opaquePixels(image, kind === 'rgba' ? 4 : 2)
  if (kind === 'rgb') return pixelsUnlike(data, transparency?.[0] ?? 0, transparency?.[1] ?? 0, transparency?.[2] ?? 0)
  if (kind === 'palette' && transparency !== undefined) return opaqueEntries(data, transparency)
  const none = transparency?.[0] ?? 0
  return data instanceof Uint8Array && none === 0 ? data : samplesUnlike(data, none)
}

function opaquePixels({ data, bitDepth }: PngImage, channels: 2 | 4): Uint8Array {
  const least = bitDepth === 16 ? OPAQUE << 8 : OPAQUE
  const set = new Uint8Array(data.length / channels)
  for (let i = 0, at = channels - 1; i < set.length; i++, at += channels) set[i] = (data[at] as number) >= least ? 1 : 0
  return set
}

function opaqueEntries(data: Uint8Array | Uint16Array, alphas: Uint8Array | Uint16Array): Uint8Array {
  const counts = new Uint8Array(256).fill(1)
  for (let index = 0; index < alphas.length; index++) counts[index] = (alphas[index] as number) >= OPAQUE ? 1 : 0
  const set = new Uint8Array(data.length)
  for (let i = 0; i < set.length; i++) set[i] = counts[data[i] as number] as number
  return set
}

/** Every pixel but those of one colour, which is the transparent one, else black. */
function pixelsUnlike(data: Uint8Array | Uint16Array, red: number, green: number, blue: number): Uint8Array {
  const set = new Uint8Array(data.length / 3)
  for (let i = 0, at = 0; i < set.length; i++, at += 3)
    set[i] = data[at] === red && data[at + 1] === green && data[at + 2] === blue ? 0 : 1
  return set
}

function samplesUnlike(data: Uint8Array | Uint16Array, none: number): Uint8Array {
  const set = new Uint8Array(data.length)
  for (let i = 0; i < set.length; i++) set[i] = data[i] === none ? 0 : 1
  return set
}

/**
 * The colour of the first pixel that is set, row by row, of 16 bits the high bytes; undefined for grey pictures
 * and masks without pixels. An index beyond the palette is black.
 */
export function colorOf({ kind, data, bitDepth, palette }: PngImage, set: Uint8Array): Color | undefined {
  if (kind === 'grey' || kind === 'grey-alpha') return undefined
  let first = 0
  while (first < set.length && set[first] === 0) first++
  if (first === set.length) return undefined
  if (kind === 'palette') return colorAt(palette ?? [], 3 * (data[first] as number), 0)
  return colorAt(data, (kind === 'rgba' ? 4 : 3) * first, bitDepth === 16 ? 8 : 0)
}

function colorAt(samples: ArrayLike<number>, at: number, shift: number): Color {
  return [(samples[at] ?? 0) >> shift, (samples[at + 1] ?? 0) >> shift, (samples[at + 2] ?? 0) >> shift]
}
