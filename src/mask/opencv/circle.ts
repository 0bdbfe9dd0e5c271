import type { RowSpans } from '../row-spans.js'

/**
 * A circle of integer centre and radius, filled or one pixel wide: the midpoint walk of Circle of OpenCV 4.6.
 */
export function paintCircle(spans: RowSpans, cx: number, cy: number, radius: number, filled: boolean): void {
  let error = 0
  let dx = radius
  let grow = 1
  let shrink = radius * 2 - 1
  const pair = (row: number, reach: number): void => {
    if (filled) spans.add(row, cx - reach, cx + reach + 1)
    else {
      spans.add(row, cx - reach, cx - reach + 1)
      spans.add(row, cx + reach, cx + reach + 1)
    }
  }
  for (let dy = 0; dx >= dy; dy++) {
    pair(cy - dy, dx)
    pair(cy + dy, dx)
    pair(cy - dx, dy)
    pair(cy + dx, dy)
    error += grow
    grow += 2
    if (error > 0) {
      error -= shrink
      dx--
      shrink -= 2
    }
  }
}
