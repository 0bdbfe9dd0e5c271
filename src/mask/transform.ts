import { AnnotationError } from '../errors.js'
import type { Orientation } from '../geometry/orientation.js'
import { Mask } from './mask.js'
import { RunBuilder } from './run-builder.js'
import { pixelCount } from './size.js'
import { transposeRuns } from './transpose.js'

/**
 * The mask as displayed when its pixels are stored with an EXIF orientation: pixel for pixel what `orientationAffine` does
 * to pixel centres. 5 to 8 swap width and height. Exact.
 * @throws TypeError for an orientation that is no integer from 1 to 8.
 */
export function orientMask(mask: Mask, orientation: Orientation): Mask {
  switch (orientation) {
    case 1:
      return mask
    case 2:
      return halfTurn(flipColumns(mask))
    case 3:
      return halfTurn(mask)
    case 4:
      return flipColumns(mask)
    case 5:
      return transpose(mask)
    case 6:
      return halfTurn(flipColumns(transpose(mask)))
    case 7:
      return halfTurn(transpose(mask))
    case 8:
      return flipColumns(transpose(mask))
    default:
      throw new TypeError(`orientation must be an integer from 1 to 8, got ${String(orientation)}`)
  }
}

/** Rows become columns: what is row by row for one is column by column for the other. */
function transpose(mask: Mask): Mask {
  return Mask.trusted(mask.height, mask.width, transposeRuns(mask.runs, mask.width, mask.height))
}

/** A half turn reverses the order of all pixels, so the order of the runs. */
function halfTurn(mask: Mask): Mask {
  const builder = new RunBuilder(mask.runs.length + 1)
  const total = mask.width * mask.height
  let position = total
  for (let i = mask.runs.length - 1; i >= 0; i--) {
    // Counted from the end, the runs lie at total - position of the reversed order.
    const start = position - (mask.runs[i] as number)
    if (i % 2 === 1) builder.add(total - position, total - start)
    position = start
  }
  return Mask.trusted(mask.width, mask.height, builder.finish(total))
}

/** Turns each column upside down. */
function flipColumns(mask: Mask): Mask {
  const { width, height } = mask
  const builder = new RunBuilder(mask.runs.length + 1)
  const column: number[] = []
  let current = 0
  const flush = (): void => {
    const low = current * height
    for (let k = column.length - 2; k >= 0; k -= 2) {
      builder.add(low + height - (column[k + 1] as number), low + height - (column[k] as number))
    }
    column.length = 0
  }
  forEachStretch(mask, (x, top, bottom) => {
    if (x !== current) flush()
    current = x
    column.push(top, bottom)
  })
  flush()
  return Mask.trusted(width, height, builder.finish(width * height))
}

/**
 * The mask moved by whole pixels onto a canvas of `width` × `height`: pixel (x, y) goes to (x + dx, y + dy). What falls off
 * is cut, what is new is background. Crops and pads as well as moves.
 * @throws AnnotationError `transform-unsupported` when dx or dy is no integer; `mask-size` when the size is no size.
 */
export function shiftMask(mask: Mask, dx: number, dy: number, width: number, height: number): Mask {
  if (!Number.isInteger(dx) || !Number.isInteger(dy)) {
    throw new AnnotationError('transform-unsupported', 'a mask moves by whole pixels only', {
      expected: 'integers',
      got: `${dx}, ${dy}`,
    })
  }
  const total = pixelCount(width, height, 'mask-size')
  const builder = new RunBuilder(mask.runs.length + 1)
  forEachStretch(mask, (x, top, bottom) => {
    const column = x + dx
    if (column < 0 || column >= width) return
    builder.add(column * height + Math.max(0, top + dy), column * height + Math.min(height, bottom + dy))
  })
  return Mask.trusted(width, height, builder.finish(total))
}

/** Calls `visit` for each foreground run cut at the ends of columns, in order: column, first row, row after the last. */
function forEachStretch(mask: Mask, visit: (x: number, top: number, bottom: number) => void): void {
  const { runs, height } = mask
  let position = 0
  for (let i = 0; i + 1 < runs.length; i += 2) {
    position += runs[i] as number
    const end = position + (runs[i + 1] as number)
    while (position < end) {
      const x = (position / height) | 0
      const top = position - x * height
      const bottom = Math.min(height, end - x * height)
      visit(x, top, bottom)
      position = x * height + bottom
    }
  }
}
