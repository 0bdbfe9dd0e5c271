// Border following after S. Suzuki and K. Abe, "Topological structural analysis of digitized binary images by border
// following" (1985), algorithm 1 step 3, with the neighbours turned the way OpenCV turns them.

/** Steps to the neighbours of a pixel: 0 is right, then counter-clockwise on screen. */
const STEP_X = Int8Array.of(1, 1, 0, -1, -1, -1, 0, 1)
const STEP_Y = Int8Array.of(0, -1, -1, -1, 0, 1, 1, 1)

/** The direction in which the background lies where a scan from the left meets an outer border, and the border of a hole. */
export const BEFORE_OUTER = 4
export const BEHIND_HOLE = 0

/** Numbers that are appended one pair after the other. */
export class PointBuffer {
  used = 0
  #numbers = new Int32Array(256)

  push(x: number, y: number): void {
    if (this.used === this.#numbers.length) {
      const larger = new Int32Array(this.used * 2)
      larger.set(this.#numbers)
      this.#numbers = larger
    }
    this.#numbers[this.used++] = x
    this.#numbers[this.used++] = y
  }

  /** A copy of the numbers from index `start` to before `end`. */
  slice(start: number, end: number): Int32Array {
    return this.#numbers.slice(start, end)
  }
}

/**
 * Pixels with a rim of background one pixel wide: 0 background, 1 foreground that no border has passed yet, otherwise
 * the number (from 2) of a border that runs through the pixel, negative where that border has background to its right.
 */
export class BorderGrid {
  readonly cells: Int32Array
  readonly #left: number
  readonly #top: number
  readonly #stride: number
  readonly #steps: Int32Array

  /** A grid for the pixels of a box of `width` × `height` whose first pixel is in column `left` and row `top`. */
  constructor(left: number, top: number, width: number, height: number) {
    this.#left = left - 1
    this.#top = top - 1
    this.#stride = width + 2
    this.cells = new Int32Array(this.#stride * (height + 2))
    this.#steps = Int32Array.from({ length: 16 }, (_, d) => {
      return (STEP_Y[d & 7] as number) * this.#stride + (STEP_X[d & 7] as number)
    })
  }

  /** The index of a pixel in `cells`; the pixels of a row follow each other. */
  indexOf(x: number, y: number): number {
    return (y - this.#top) * this.#stride + x - this.#left
  }

  /**
   * Follows the border that begins at pixel `start`, whose neighbour in the direction `background` is background, marks its
   * pixels with `number` and appends their columns and rows to `points`: all of them with `everyPixel`, else those where
   * the direction changes. The foreground stays on the left hand of the way, seen on screen with y downward: outer borders
   * go down first, borders of holes the other way round.
   */
  follow(start: number, background: number, number: number, everyPixel: boolean, points: PointBuffer): void {
    const cells = this.cells
    const steps = this.#steps
    let x = (start % this.#stride) + this.#left
    let y = Math.floor(start / this.#stride) + this.#top
    // The last pixel of the border: the first foreground, clockwise from the background.
    let back = background
    do back = (back + 7) & 7
    while (back !== background && cells[start + (steps[back] as number)] === 0)
    if (back === background) {
      cells[start] = -number
      points.push(x, y)
      return
    }
    const last = start + (steps[back] as number)
    let heading = back ^ 4
    let at = start
    for (;;) {
      // The next pixel: the first foreground, counter-clockwise from where the way came; that one ends the search at last.
      let direction = back + 1
      let next = at + (steps[direction] as number)
      while (cells[next] === 0) next = at + (steps[++direction] as number)
      // Past 8 the neighbour to the right has been looked at and was background.
      if (direction > 8) cells[at] = -number
      else if (cells[at] === 1) cells[at] = number
      direction &= 7
      if (everyPixel || direction !== heading) points.push(x, y)
      if (next === start && at === last) return
      heading = direction
      x += STEP_X[direction] as number
      y += STEP_Y[direction] as number
      at = next
      back = direction ^ 4
    }
  }
}
