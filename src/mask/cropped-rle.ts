import { AnnotationError } from '../errors.js'
import { cropMask } from './crop.js'
import { Mask, type RepairOptions } from './mask.js'
import { shiftMask } from './transform.js'
import { transposeRuns } from './transpose.js'

/**
 * A mask as CVAT writes it: run lengths row by row, beginning with background, of the pixels in a box only.
 * `left` and `top` are the column and row of the first pixel, `width` and `height` the size of the box in pixels. (CVAT's
 * JSON has the last column and row instead: left + width − 1, top + height − 1.)
 */
export interface CroppedRle {
  readonly counts: readonly number[]
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * The mask, as large as its picture, of a row-major run-length encoding of a box.
 * @throws AnnotationError `rle-format` for a run that is no integer >= 0 (with its index); `rle-size` when the runs do not
 * add up to the box or its size is no size; `mask-size` when the box does not lie in the picture. With `repair` runs are
 * padded or cut, and what lies off the picture is cut away; where the box stands must be integers all the same.
 */
export function maskFromCroppedRle(rle: CroppedRle, width: number, height: number, options: RepairOptions = {}): Mask {
  const { left, top } = rle
  // Column-major runs of a transposed mask are row-major runs of the mask.
  const turned = Mask.fromRuns(rle.height, rle.width, rle.counts, options)
  const runs = transposeRuns(turned.runs, rle.height, rle.width)
  const box = Mask.trusted(rle.width, rle.height, runs)
  const inside = left >= 0 && top >= 0 && left + rle.width <= width && top + rle.height <= height
  if (!Number.isInteger(left) || !Number.isInteger(top) || (!inside && options.repair !== true)) {
    throw new AnnotationError('mask-size', 'the box of a mask does not lie in its picture', {
      expected: `integers from 0, 0 to ${width}, ${height}`,
      got: `${left}, ${top} to ${left + rle.width}, ${top + rle.height}`,
    })
  }
  const mask = shiftMask(box, left, top, width, height)
  if (!inside) options.onRepair?.(`cut off ${box.area - mask.area} pixels of a mask that lie outside of its picture`)
  return mask
}

/** The row-major run lengths of the box around the foreground, beginning with background, or null for a mask without any. */
export function croppedRle(mask: Mask): CroppedRle | null {
  const { bounds } = mask
  if (bounds === null) return null
  const box = cropMask(mask, bounds)
  const { left, top } = bounds
  return {
    counts: Array.from(transposeRuns(box.runs, box.width, box.height)),
    left,
    top,
    width: box.width,
    height: box.height,
  }
}
