import { AnnotationError } from '../errors.js'
import { pixelCount } from './size.js'

/** How many bits a pixel of a label map has. */
export type LabelBits = 8 | 16 | 32

/** The values of a label map, as wide as its bits. */
export type LabelData = Uint8Array | Uint16Array | Uint32Array

/** A picture of integers, one a pixel, row by row: class ids, instance numbers, object ids. */
export interface LabelMap {
  readonly width: number
  readonly height: number
  /** `width * height` values; as wide as the values need or the reader of the file wants. */
  readonly data: LabelData
}

const HIGHEST: Record<LabelBits, number> = { 8: 0xff, 16: 0xffff, 32: 0xffffffff }

/**
 * The fewest bits that hold every value.
 * @throws AnnotationError `label-overflow` for a value that is no integer from 0 to 4294967295.
 */
export function labelBits(values: Iterable<number>): LabelBits {
  let highest = 0
  for (const value of values) {
    checkLabel(value, 32)
    if (value > highest) highest = value
  }
  return highest <= HIGHEST[8] ? 8 : highest <= HIGHEST[16] ? 16 : 32
}

/** The value itself. @throws AnnotationError `label-overflow` when it is no integer that fits into the bits. */
export function checkLabel(value: number, bits: LabelBits): number {
  if (Number.isInteger(value) && value >= 0 && value <= HIGHEST[bits]) return value
  throw new AnnotationError('label-overflow', `a label map of ${bits} bits cannot hold a value`, {
    expected: `an integer from 0 to ${HIGHEST[bits]}`,
    got: String(value),
    fix: bits === 32 ? 'Give the labels smaller numbers.' : 'Choose more bits, or give the labels smaller numbers.',
  })
}

/**
 * A label map filled with one value.
 * @throws AnnotationError `label-overflow` when the value does not fit; `mask-size` when the size is no size; TypeError
 * for bits other than 8, 16 and 32.
 */
export function labelMapOf(width: number, height: number, bits: LabelBits, value = 0): LabelMap {
  const total = pixelCount(width, height, 'mask-size')
  if (bits !== 8 && bits !== 16 && bits !== 32) throw new TypeError(`bits must be 8, 16 or 32, got ${String(bits)}`)
  checkLabel(value, bits)
  const data = bits === 8 ? new Uint8Array(total) : bits === 16 ? new Uint16Array(total) : new Uint32Array(total)
  if (value !== 0) data.fill(value)
  return { width, height, data }
}
