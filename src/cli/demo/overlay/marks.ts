import type { Flags } from '../../../dataset/annotation.js'
import { type Part, partsArea, partsBounds } from '../../../geometry/parts.js'
import type { Ring } from '../../../geometry/ring.js'
import { aside, disc, line, traceRing } from '../paint/brush.js'
import type { Pen } from '../studio.js'
import { css, type Rgb } from './ink.js'
import type { Shape } from './shape.js'

/** A dark line below every coloured one, so that it shows on light and on dark. */
const CASING = 'rgba(8, 10, 20, 0.55)'
const WIDTH = 2.4

/**
 * Draws a shape: regions filled lightly and outlined, dashed where something hides the object, hatched for a crowd;
 * lines; points, hollow where they cannot be seen.
 */
export function drawShape(pen: Pen, shape: Shape, color: Rgb, flags: Flags): void {
  const alpha = fillAlpha(partsArea(shape.areas), pen.canvas.width * pen.canvas.height)
  const dashes = flags.occluded === true || flags.truncated === true ? [8, 5] : []
  for (const part of shape.areas) {
    pen.beginPath()
    tracePart(pen, part)
    pen.fillStyle = css(color, alpha)
    pen.fill('evenodd')
    if (flags.crowd === true) hatch(pen, part, color)
  }
  for (const path of shape.faint) strokeOpen(pen, path, color, 1.3)
  // All casings come first: the one of a second part must not cut through the line of the first.
  for (const ink of [CASING, css(color)]) {
    aside(pen, () => {
      pen.lineJoin = 'round'
      pen.lineWidth = ink === CASING ? WIDTH + 2.2 : WIDTH
      pen.strokeStyle = ink
      if (ink !== CASING) pen.setLineDash(dashes)
      for (const part of shape.areas) {
        pen.beginPath()
        tracePart(pen, part)
        pen.stroke()
      }
    })
  }
  const thick = shape.points.length > 0 ? 3.4 : WIDTH
  for (const path of shape.lines) line(pen, path, thick + 2.2, CASING)
  for (const path of shape.lines) line(pen, path, thick, css(color))
  for (const { at, hidden } of shape.points) drawPoint(pen, at[0], at[1], color, hidden)
}

/** Small things are tinted more than large ones, which would change the look of the whole picture. */
function fillAlpha(area: number, picture: number): number {
  return Math.max(0.08, 0.28 - 0.7 * Math.sqrt(area / picture))
}

function tracePart(pen: Pen, { outer, holes }: Part): void {
  traceRing(pen, outer)
  for (const hole of holes) traceRing(pen, hole)
}

function strokeOpen(pen: Pen, path: Ring, color: Rgb, width: number): void {
  line(pen, path, width + 2, CASING)
  line(pen, path, width, css(color, 0.9))
}

function hatch(pen: Pen, part: Part, color: Rgb): void {
  aside(pen, () => {
    pen.beginPath()
    tracePart(pen, part)
    pen.clip('evenodd')
    const bounds = partsBounds([part])
    if (bounds === null) return
    const { left, top, right, bottom } = bounds
    const height = bottom - top
    // On a grid of the whole picture, so that the lines of neighbouring parts meet.
    for (let x = Math.floor((left - height) / 9) * 9; x < right; x += 9) {
      line(pen, [x - (bottom % 9), bottom, x - (bottom % 9) + height, top], 1.6, css(color, 0.75))
    }
  })
}

function drawPoint(pen: Pen, x: number, y: number, color: Rgb, hidden: boolean): void {
  disc(pen, x, y, 6.6, CASING)
  disc(pen, x, y, 5.4, hidden ? css(color) : '#ffffff')
  disc(pen, x, y, 3.7, hidden ? 'rgb(24, 26, 36)' : css(color))
}
