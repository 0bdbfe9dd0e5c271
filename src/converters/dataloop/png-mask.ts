import type { Color } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import { Mask } from '../../mask/mask.js'
import { decodePng } from '../../png/decode.js'
import { encodePng } from '../../png/encode.js'
import { type PngHeader, readPngHeader } from '../../png/header.js'
import type { Deflate } from '../../ports.js'
import { colorOf, pixelsOf } from './png-pixels.js'

/** The pixels of a mask and the colour they are painted in, where that says something. */
export interface PaintedMask {
  readonly mask: Mask
  /** Undefined for grey pictures, and for white, which is what the SDK paints labels in that have no colour. */
  readonly color: Color | undefined
}

/** The size of the picture a mask belongs to, as far as it is known. */
export interface KnownSize {
  readonly width?: number | undefined
  readonly height?: number | undefined
}

/** Pixels of a mask whose picture has no known size. */
const MOST_PIXELS = 2 ** 28
/** How many times the pixels of its picture a mask may have: pictures are scaled, masks of them left as they were. */
const TIMES_ITS_PICTURE = 4
/** Pixels a mask may always have, however small its picture is said to be. */
const ALWAYS = 2 ** 16

/**
 * The mask in a PNG of any kind. Where the picture has transparency (an alpha channel or a tRNS chunk) a pixel counts
 * when its alpha is above 127, as in the SDK; in an opaque picture when it is not black, in a palette when its index is
 * not 0. A few bytes can hold very many equal pixels, so that the size is judged by the header alone, before anything is
 * inflated: at most four times the pixels of the picture, at most 2^28 where its size is not known.
 * @throws AnnotationError `png-format`, `png-limit`
 */
export function maskFromPng(
  bytes: Uint8Array,
  deflate: Pick<Deflate, 'inflate'>,
  picture: KnownSize = {},
): PaintedMask {
  checkArea(readPngHeader(bytes), picture)
  const image = decodePng(bytes, deflate)
  const { width, height } = image
  const set = pixelsOf(image)
  const color = colorOf(image, set)
  return {
    mask: Mask.fromDense(set, width, height),
    color: color === undefined || isWhite(color) ? undefined : color,
  }
}

function checkArea({ width, height }: PngHeader, picture: KnownSize): void {
  const known = (picture.width ?? 0) * (picture.height ?? 0)
  const most = known > 0 ? Math.min(MOST_PIXELS, Math.max(ALWAYS, TIMES_ITS_PICTURE * known)) : MOST_PIXELS
  if (width * height <= most) return
  const expected = `at most ${most} pixels${known > 0 ? ` for an item of ${picture.width} x ${picture.height}` : ''}`
  throw new AnnotationError('png-limit', 'this picture is too large for a mask', {
    expected,
    got: `${width} x ${height}`,
  })
}

/** Whether it is the SDK's colour of labels without a colour. */
export function isWhite([red, green, blue]: Color): boolean {
  return red === 255 && green === 255 && blue === 255
}

/** The SDK's colour of labels without a colour. */
const WHITE: Color = [255, 255, 255]

/** A mask as a PNG as the SDK writes it: 8-bit RGBA, the pixels in one opaque colour, all others transparent black. */
export function pngFromMask(mask: Mask, color: Color | undefined, deflate: Pick<Deflate, 'deflate'>): Uint8Array {
  const { width, height } = mask
  const [red, green, blue] = color ?? WHITE
  const set = mask.toDense()
  const data = new Uint8Array(4 * width * height)
  for (let i = 0; i < set.length; i++) {
    if (set[i] === 0) continue
    data[4 * i] = red
    data[4 * i + 1] = green
    data[4 * i + 2] = blue
    data[4 * i + 3] = 255
  }
  return encodePng({ width, height, kind: 'rgba', bitDepth: 8, data }, deflate)
}
