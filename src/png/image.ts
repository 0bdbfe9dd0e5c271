import { AnnotationError } from '../errors.js'

/** What a pixel is made of: one grey, an index into the palette, or colours; with alpha or without. */
export type PngKind = 'grey' | 'grey-alpha' | 'rgb' | 'rgba' | 'palette'

/** Bits of one sample. `grey` has all of them, `palette` 1 to 8, the other kinds 8 and 16. */
export type PngBitDepth = 1 | 2 | 4 | 8 | 16

/** A chunk that says something about the picture without being needed to show it (gAMA, tEXt, eXIf, …), as it stands. */
export interface PngChunk {
  /** Four ASCII letters, the first one small: `gAMA`. */
  readonly type: string
  readonly data: Uint8Array
  /** The part of the file it follows: some have to come before the palette, some between palette and pixels. */
  readonly after: 'header' | 'palette' | 'data'
}

/** A PNG picture, sample for sample as the file has it: nothing is scaled, looked up or corrected. */
export interface PngImage {
  /** Pixels, at least 1. */
  readonly width: number
  /** Pixels, at least 1. */
  readonly height: number
  readonly kind: PngKind
  readonly bitDepth: PngBitDepth
  /**
   * The samples row by row, the channels of a pixel side by side, one element a sample also below 8 bits:
   * 0 to 2^bitDepth − 1, or the palette's index. A Uint16Array when the bit depth is 16, else a Uint8Array.
   */
  readonly data: Uint8Array | Uint16Array
  /** Colours as r, g, b, r, g, b, …: needed for `palette`, a mere suggestion for `rgb` and `rgba`. */
  readonly palette?: Uint8Array | undefined
  /**
   * `palette`: the alpha of the first entries, the others are opaque. `grey` and `rgb`: the one grey or colour, as one or
   * three samples of the picture's bit depth, that stands for full transparency.
   */
  readonly transparency?: Uint8Array | Uint16Array | undefined
  /** Everything else the file says, in its order. */
  readonly chunks?: readonly PngChunk[] | undefined
}

interface KindFacts {
  readonly colorType: number
  readonly channels: number
  readonly bitDepths: readonly number[]
}

/** ISO/IEC 15948, table 11.1. */
const KINDS: Readonly<Record<PngKind, KindFacts>> = {
  grey: { colorType: 0, channels: 1, bitDepths: [1, 2, 4, 8, 16] },
  rgb: { colorType: 2, channels: 3, bitDepths: [8, 16] },
  palette: { colorType: 3, channels: 1, bitDepths: [1, 2, 4, 8] },
  'grey-alpha': { colorType: 4, channels: 2, bitDepths: [8, 16] },
  rgba: { colorType: 6, channels: 4, bitDepths: [8, 16] },
}

/** The kind a header's colour type stands for, or undefined. */
export function kindOfColorType(colorType: number): PngKind | undefined {
  for (const kind of Object.keys(KINDS) as PngKind[]) if (KINDS[kind].colorType === colorType) return kind
  return undefined
}

export function colorTypeOf(kind: PngKind): number {
  return KINDS[kind].colorType
}

/** Samples a pixel. */
export function channelsOf(kind: PngKind): number {
  return KINDS[kind].channels
}

/** The bit depths a kind may have. */
export function bitDepthsOf(kind: PngKind): readonly number[] {
  return KINDS[kind].bitDepths
}

/** The longest side a PNG can state. */
export const LONGEST_SIDE = 2 ** 31 - 1

/**
 * Checks what can be checked without looking at every sample.
 * @throws TypeError for things of the wrong type, AnnotationError `png-format` for values no PNG can have.
 */
export function checkImage(image: PngImage): void {
  const { width, height, kind, bitDepth, data, palette, transparency } = image
  if (!Object.hasOwn(KINDS, kind)) throw new TypeError(`kind is no kind of PNG: ${String(kind)}`)
  if (!(data instanceof Uint8Array || data instanceof Uint16Array))
    throw new TypeError('data is neither a Uint8Array nor a Uint16Array')
  if ((bitDepth === 16) !== data instanceof Uint16Array)
    throw new TypeError(`data of bit depth ${bitDepth} is not a ${bitDepth === 16 ? 'Uint16Array' : 'Uint8Array'}`)
  if (palette !== undefined && !(palette instanceof Uint8Array)) throw new TypeError('palette is not a Uint8Array')
  if (transparency !== undefined && !(transparency instanceof Uint8Array || transparency instanceof Uint16Array))
    throw new TypeError('transparency is neither a Uint8Array nor a Uint16Array')
  for (const side of [width, height])
    if (!Number.isInteger(side) || side < 1 || side > LONGEST_SIDE)
      throw unwritable('the size', `sides from 1 to ${LONGEST_SIDE}`, `${width} x ${height}`)
  if (!bitDepthsOf(kind).includes(bitDepth))
    throw unwritable(`the bit depth of kind ${kind}`, bitDepthsOf(kind).join(', '), String(bitDepth))
  const samples = width * height * channelsOf(kind)
  if (data.length !== samples)
    throw unwritable(`data of ${width} x ${height} ${kind}`, `${samples} samples`, String(data.length))
  checkPalette(image)
  checkTransparency(image)
}

function checkPalette({ kind, bitDepth, palette }: PngImage): void {
  if (palette === undefined) {
    if (kind === 'palette') throw unwritable('the palette', '1 to 256 colours', 'none')
    return
  }
  if (kind === 'grey' || kind === 'grey-alpha') throw unwritable(`the palette of kind ${kind}`, 'none', 'one')
  const most = kind === 'palette' ? 2 ** bitDepth : 256
  if (palette.length === 0 || palette.length % 3 !== 0 || palette.length > 3 * most)
    throw unwritable('the palette', `1 to ${most} colours of 3 bytes`, `${palette.length} bytes`)
}

function checkTransparency({ kind, bitDepth, palette, transparency }: PngImage): void {
  if (transparency === undefined) return
  if (kind === 'palette' && palette !== undefined) {
    const entries = palette.length / 3
    if (transparency instanceof Uint16Array) throw new TypeError('transparency of kind palette is not a Uint8Array')
    if (transparency.length === 0 || transparency.length > entries)
      throw unwritable('the transparency', `1 to ${entries} alphas`, String(transparency.length))
    return
  }
  const due = kind === 'grey' ? 1 : kind === 'rgb' ? 3 : 0
  if (transparency.length !== due)
    throw unwritable(`the transparency of kind ${kind}`, `${due} samples`, String(transparency.length))
  for (const sample of transparency)
    if (sample >= 2 ** bitDepth) throw unwritable('the transparency', `samples below ${2 ** bitDepth}`, String(sample))
}

/** What is wrong with a picture that is to be written. */
export function unwritable(what: string, expected: string, got: string): AnnotationError {
  return new AnnotationError('png-format', `${what} cannot be written as PNG`, { expected, got })
}
