import { checkImage, type PngImage } from './image.js'

/**
 * The picture as r, g, b, alpha bytes, row by row, alpha not multiplied in: width × height × 4.
 * Grey below 8 bits is scaled to 0..255, which is exact; of 16 bits the high byte is taken, as libpng's strip and with it
 * most readers do. The transparent grey or colour is compared in full depth. An index beyond the palette is opaque black.
 * Gamma and colour profiles are not applied.
 * @throws TypeError and AnnotationError `png-format` for a picture that is none, as `encodePng`.
 */
export function toRgba8(image: PngImage): Uint8Array {
  checkImage(image)
  const { width, height, kind } = image
  const rgba = new Uint8Array(width * height * 4)
  if (kind === 'palette') fromPalette(image, rgba)
  else if (kind === 'grey') fromGrey(image, rgba)
  else if (kind === 'rgb') fromRgb(image, rgba)
  else fromAlpha(image, kind === 'rgba' ? 4 : 2, rgba)
  return rgba
}

function fromPalette({ data, palette = new Uint8Array(0), transparency }: PngImage, rgba: Uint8Array): void {
  const table = new Uint8Array(256 * 4)
  for (let index = 0; index < 256; index++) {
    for (let channel = 0; channel < 3; channel++) table[4 * index + channel] = palette[3 * index + channel] ?? 0
    table[4 * index + 3] = transparency?.[index] ?? 255
  }
  for (let i = 0; i < data.length; i++) {
    const entry = 4 * (data[i] as number)
    for (let channel = 0; channel < 4; channel++) rgba[4 * i + channel] = table[entry + channel] as number
  }
}

function fromGrey({ data, bitDepth, transparency }: PngImage, rgba: Uint8Array): void {
  const shift = bitDepth === 16 ? 8 : 0
  const factor = bitDepth < 8 ? 255 / (2 ** bitDepth - 1) : 1
  const key = transparency?.[0] ?? -1
  for (let i = 0; i < data.length; i++) {
    const sample = data[i] as number
    const grey = (sample * factor) >> shift
    rgba[4 * i] = grey
    rgba[4 * i + 1] = grey
    rgba[4 * i + 2] = grey
    rgba[4 * i + 3] = sample === key ? 0 : 255
  }
}

function fromRgb({ data, bitDepth, transparency }: PngImage, rgba: Uint8Array): void {
  const shift = bitDepth === 16 ? 8 : 0
  const [keyRed = -1, keyGreen = -1, keyBlue = -1] = transparency ?? []
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    const red = data[from] as number
    const green = data[from + 1] as number
    const blue = data[from + 2] as number
    rgba[to] = red >> shift
    rgba[to + 1] = green >> shift
    rgba[to + 2] = blue >> shift
    rgba[to + 3] = red === keyRed && green === keyGreen && blue === keyBlue ? 0 : 255
  }
}

function fromAlpha({ data, bitDepth }: PngImage, channels: 2 | 4, rgba: Uint8Array): void {
  const shift = bitDepth === 16 ? 8 : 0
  for (let from = 0, to = 0; from < data.length; from += channels, to += 4) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[to + channel] = (data[channels === 4 ? from + channel : from] as number) >> shift
    }
    rgba[to + 3] = (data[from + channels - 1] as number) >> shift
  }
}
