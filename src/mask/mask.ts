import { AnnotationError } from '../errors.js'
import type { Bounds } from '../geometry/bounds.js'
import { checkedPixels, checkedThreshold, type DensePixels } from './dense-input.js'
import { hashRuns } from './hash.js'
import { fillColumns, fillRows } from './pixels.js'
import { RunBuilder } from './run-builder.js'
import { canonicalRuns, checkedRuns, fitRuns, foregroundArea, foregroundBounds, runsTotal } from './runs.js'
import { runsFromColumns } from './runs-from-columns.js'
import { runsFromRows } from './runs-from-rows.js'
import { pixelCount } from './size.js'

/** What to do with runs that do not add up to the size of their mask. */
export interface RepairOptions {
  /** Pad with background or cut instead of throwing. */
  readonly repair?: boolean
  /** Is told, in one sentence, what was repaired. */
  readonly onRepair?: (message: string) => void
}

/** Whether dense pixels follow each other along rows, as in pictures, or down columns, as in COCO's runs. */
export type PixelOrder = 'row' | 'column'

/**
 * A binary mask, immutable, held as runs in COCO order: column by column, each from top to bottom, alternating
 * background and foreground, beginning with background.
 *
 * The runs are canonical: only the first may be 0, and a mask without pixels has the one run 0. So two masks are equal
 * exactly when their sizes and runs are. A mask is frozen; JavaScript cannot freeze the numbers in a typed array, so that
 * not to write into `runs` is left to those who read them.
 */
export class Mask {
  readonly width: number
  readonly height: number
  /** Run lengths in pixels; shared, not to be written to. */
  readonly runs: Int32Array
  #area = -1
  #bounds: Bounds | null | undefined = undefined

  private constructor(width: number, height: number, runs: Int32Array) {
    this.width = width
    this.height = height
    this.runs = runs
    Object.freeze(this)
  }

  /**
   * Wraps runs that are known to be canonical and of the right sum, without a copy or a check. For the kernels.
   * @internal
   */
  static trusted(width: number, height: number, runs: Int32Array): Mask {
    return new Mask(width, height, runs)
  }

  /**
   * A mask from run lengths, which are copied, checked and brought into canonical form.
   * @throws AnnotationError `rle-format` for a run that is no integer >= 0 (with its index); `rle-size` when they do not
   * add up to width × height and `repair` is not set, or when the size is no size.
   */
  static fromRuns(width: number, height: number, runs: ArrayLike<number>, options: RepairOptions = {}): Mask {
    const total = pixelCount(width, height, 'rle-size')
    let checked = checkedRuns(runs)
    const fitted = fitRuns(checked, total)
    if (fitted !== null) {
      if (options.repair !== true) {
        throw new AnnotationError('rle-size', `${checked.length} runs do not add up to the size of their mask`, {
          expected: `${total} pixels (${width} wide, ${height} high)`,
          got: `${runsTotal(checked)}`,
          fix: 'Check that the size is [height, width], or read with repairs.',
        })
      }
      checked = fitted.runs
      options.onRepair?.(fitted.repair)
    }
    return new Mask(width, height, canonicalRuns(checked))
  }

  /** All background. @throws AnnotationError `mask-size` when the size is no size. */
  static empty(width: number, height: number): Mask {
    return new Mask(width, height, Int32Array.of(pixelCount(width, height, 'mask-size')))
  }

  /** All foreground. @throws AnnotationError `mask-size` when the size is no size. */
  static full(width: number, height: number): Mask {
    const total = pixelCount(width, height, 'mask-size')
    return new Mask(width, height, total === 0 ? Int32Array.of(0) : Int32Array.of(0, total))
  }

  /**
   * The pixels of a box whose sides are integers; what lies off the canvas is cut away.
   * @throws AnnotationError `mask-size` for a side that is no integer, or when the size is no size.
   */
  static fromBounds(width: number, height: number, bounds: Bounds): Mask {
    const total = pixelCount(width, height, 'mask-size')
    for (const side of [bounds.left, bounds.top, bounds.right, bounds.bottom]) {
      if (!Number.isInteger(side)) {
        throw new AnnotationError('mask-size', 'a box of pixels has a side between pixels', {
          expected: 'integers',
          got: `${bounds.left}, ${bounds.top}, ${bounds.right}, ${bounds.bottom}`,
        })
      }
    }
    const top = Math.max(0, bounds.top)
    const bottom = Math.min(height, bounds.bottom)
    const right = Math.min(width, bounds.right)
    const builder = new RunBuilder()
    for (let x = Math.max(0, bounds.left); x < right; x++) builder.add(x * height + top, x * height + bottom)
    return new Mask(width, height, builder.finish(total))
  }

  /**
   * A mask from one byte a pixel, row by row unless `order` says otherwise. A pixel is foreground when its value exceeds
   * `threshold` (default 0: anything but zero).
   * @throws TypeError for data that are no bytes, an order there is none of and a threshold that is no number;
   * AnnotationError `mask-size` when `data` has not width × height bytes or the size is no size.
   */
  static fromDense(
    data: DensePixels,
    width: number,
    height: number,
    options: { readonly order?: PixelOrder; readonly threshold?: number } = {},
  ): Mask {
    const total = pixelCount(width, height, 'mask-size')
    const bytes = checkedPixels(data, width, height)
    const order = checkedOrder(options.order ?? 'row')
    const threshold = checkedThreshold(options.threshold ?? 0)
    const runs =
      order === 'row' ? runsFromRows(bytes, width, height, threshold) : runsFromColumns(bytes, total, threshold)
    return new Mask(width, height, runs)
  }

  /**
   * One byte a pixel, row by row unless `order` says otherwise: 0 for background, `foreground` (default 1, 255 for
   * pictures) for the rest. In a fresh array, or in `into`, all of which is written and which is given back: for many masks
   * an array that is used again is several times as fast.
   * @throws TypeError for an order there is none of, a foreground that is no integer from 1 to 255 or an `into` that is no
   * Uint8Array; AnnotationError `mask-size` when `into` has not
   * width × height bytes.
   */
  toDense(order: PixelOrder = 'row', foreground = 1, into?: Uint8Array): Uint8Array {
    const { width, height, runs } = this
    checkedOrder(order)
    if (!(Number.isInteger(foreground) && foreground >= 1 && foreground <= 255)) {
      throw new TypeError(`foreground must be an integer from 1 to 255, got ${String(foreground)}`)
    }
    if (into !== undefined) checkInto(into, width, height)
    const data = into?.fill(0) ?? new Uint8Array(width * height)
    if (order === 'row') fillRows(data, runs, width, height, foreground)
    else fillColumns(data, runs, foreground)
    return data
  }

  /** The count of foreground pixels. */
  get area(): number {
    if (this.#area < 0) this.#area = foregroundArea(this.runs)
    return this.#area
  }

  /** The box around the foreground, half open, or null when there is none. */
  get bounds(): Bounds | null {
    if (this.#bounds === undefined) this.#bounds = foregroundBounds(this.runs, this.height)
    return this.#bounds
  }

  /** Whether no pixel is foreground. */
  get isEmpty(): boolean {
    return this.runs.length < 2
  }

  /** Whether both have the same size and the same pixels. */
  equals(other: Mask): boolean {
    if (this === other) return true
    const { runs } = this
    if (this.width !== other.width || this.height !== other.height || runs.length !== other.runs.length) return false
    for (let i = 0; i < runs.length; i++) if (runs[i] !== other.runs[i]) return false
    return true
  }

  /**
   * A hash of size and pixels, 16 hexadecimal digits: equal masks have equal ones, different masks almost surely not.
   * The same on every machine.
   */
  hash(): string {
    return hashRuns(this.width, this.height, this.runs)
  }

  /**
   * Whether the pixel in column `x` and row `y` is foreground; false off the canvas. Walks the runs: for many pixels take
   * `toDense`.
   */
  get(x: number, y: number): boolean {
    if (!(x >= 0 && y >= 0 && x < this.width && y < this.height)) return false
    const index = Math.floor(x) * this.height + Math.floor(y)
    let i = 0
    let end = this.runs[0] as number
    while (end <= index) end += this.runs[++i] as number
    return i % 2 === 1
  }
}

function checkedOrder(order: PixelOrder): PixelOrder {
  if (order === 'row' || order === 'column') return order
  throw new TypeError(`order must be 'row' or 'column', got ${String(order)}`)
}

function checkInto(into: Uint8Array, width: number, height: number): void {
  if (!(into instanceof Uint8Array)) throw new TypeError('into must be a Uint8Array')
  checkedPixels(into, width, height)
}
