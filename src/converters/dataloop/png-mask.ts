import type { Color } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import { Mask } from '../../mask/mask.js'
import { MOST_PIXELS } from '../../mask/size.js'
import { decodePng } from '../../png/decode.js'
import { encodePng } from '../../png/encode.js'
import type { PngImage } from '../../png/image.js'
import { toRgba8 } from '../../png/rgba.js'
import type { Deflate } from '../../ports.js'

/** The pixels of a mask and the colour they are painted in, where that says something. */
export interface PaintedMask {
  readonly mask: Mask
  /** Undefined for grey pictures, and for white, which is what the SDK paints labels in that have no colour. */
  readonly color: Color | undefined
}

/**
 * The mask in a PNG of any kind. Where the picture has transparency (an alpha channel or a tRNS chunk) a pixel counts
 * when its alpha is above 127, as in the SDK; in an opaque picture when it is not black, in a palette when its index is
 * not 0.
 * @throws AnnotationError `png-format`, `png-limit`
 */
export function maskFromPng(bytes: Uint8Array, deflate: Pick<Deflate, 'inflate'>): PaintedMask {
  const image = decodePng(bytes, deflate)
  const { width, height, kind } = image
  if (width * height > MOST_PIXELS)
    throw new AnnotationError('png-limit', 'this picture is too large for a mask', {
      expected: `at most ${MOST_PIXELS} pixels`,
      got: `${width} x ${height}`,
    })
  const rgba = toRgba8(image)
  const set = setPixels(image, rgba)
  const first = kind === 'grey' || kind === 'grey-alpha' ? -1 : set.indexOf(1)
  return { mask: Mask.fromDense(set, width, height), color: first < 0 ? undefined : colorAt(rgba, first) }
}

function setPixels({ width, height, kind, data, transparency }: PngImage, rgba: Uint8Array): Uint8Array {
  const set = new Uint8Array(width * height)
  const transparent = kind === 'rgba' || kind === 'grey-alpha' || transparency !== undefined
  for (let i = 0; i < set.length; i++) {
    const at = 4 * i
    if (transparent) set[i] = (rgba[at + 3] as number) > 127 ? 1 : 0
    else if (kind === 'rgb') set[i] = isBlack(data, 3 * i) ? 0 : 1
    else set[i] = data[i] === 0 ? 0 : 1
  }
  return set
}

function isBlack(data: Uint8Array | Uint16Array, at: number): boolean {
  return data[at] === 0 && data[at + 1] === 0 && data[at + 2] === 0
}

function colorAt(rgba: Uint8Array, pixel: number): Color | undefined {
  const at = 4 * pixel
  const color: Color = [rgba[at] as number, rgba[at + 1] as number, rgba[at + 2] as number]
  return isWhite(color) ? undefined : color
}

/** The SDK's colour of labels without a colour. */
export function isWhite([red, green, blue]: Color): boolean {
  return red === 255 && green === 255 && blue === 255
}

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
