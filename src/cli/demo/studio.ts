import { readFile } from 'node:fs/promises'
import type * as CanvasModule from '@napi-rs/canvas'
import { AnnotationError } from '../../errors.js'

export type Pen = CanvasModule.SKRSContext2D
export type Picture = CanvasModule.Canvas

/** The private name of the font that comes with the package. */
export const FONT = 'AnnoformSans'

/** Where pictures are made. */
export interface Studio {
  /** An empty picture, transparent. */
  blank(width: number, height: number): Picture
  /** The bytes of a PNG file. */
  png(picture: Picture): Promise<Uint8Array>
  /** The bytes of an animated GIF file that repeats for ever; `delay` is in milliseconds, a multiple of 10. */
  gif(frames: readonly Picture[], delay: number): Uint8Array
}

const FONT_FILE = new URL('../../../fonts/DejaVuSans.woff2', import.meta.url)

/**
 * Loads the drawing library, which takes a quarter of a second, and the font. A canvas without the font draws no text
 * and says nothing about it, so a font that cannot be registered is an error.
 * @throws AnnotationError `io` when the font is missing or not accepted.
 */
export async function openStudio(): Promise<Studio> {
  const { createCanvas, GifEncoder, GlobalFonts } = await import('@napi-rs/canvas')
  if (!GlobalFonts.has(FONT)) {
    const file = 'fonts/DejaVuSans.woff2'
    const bytes = await readFile(FONT_FILE).catch((cause: unknown) => {
      throw new AnnotationError('io', 'the font of the package cannot be read', { place: { file }, cause })
    })
    if (GlobalFonts.register(bytes, FONT) === null)
      throw new AnnotationError('io', 'the font of the package was not accepted', { place: { file } })
  }
  return {
    blank: (width, height) => createCanvas(width, height),
    png: (picture) => picture.encode('png'),
    gif(frames, delay) {
      const [first] = frames
      if (first === undefined) throw new TypeError('a film needs frames')
      const { width, height } = first
      // Every 30th pixel is enough to choose the colours of a frame, and ten times as fast as looking at all.
      const encoder = new GifEncoder(width, height, { repeat: 0, quality: 30 })
      for (const frame of frames) {
        const { data } = frame.getContext('2d').getImageData(0, 0, width, height)
        encoder.addFrame(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height, { delay })
      }
      return encoder.finish()
    },
  }
}
