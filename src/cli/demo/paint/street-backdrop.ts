import { chance } from '../chance.js'
import { HORIZON, SUN, WIDTH } from '../scenes/street.js'
import type { Pen } from '../studio.js'
import { aside, disc, glow, linear, oval, rect } from './brush.js'

/** Sky, stars, sun, clouds and moon. */
export function sky(pen: Pen): void {
  rect(
    pen,
    0,
    0,
    WIDTH,
    HORIZON,
    linear(pen, 0, 0, 0, HORIZON, ['#1d1a4c', [0.3, '#47307f'], [0.58, '#a44a8c'], [0.8, '#ee8468'], '#ffd593']),
  )
  const dice = chance(7)
  for (let i = 0; i < 70; i++) {
    const y = dice.next() ** 2 * 190
    disc(
      pen,
      dice.between(0, WIDTH),
      y,
      dice.between(0.5, 1.3),
      `rgba(255, 244, 228, ${(0.75 * (1 - y / 220)).toFixed(2)})`,
    )
  }
  const { x, y, radius } = SUN
  glow(pen, x, y, 330, '#ffd89a', 0.75)
  disc(pen, x, y, radius, linear(pen, 0, y - radius, 0, y + radius, ['#fff4cf', '#ffc27a']))
  for (const [cx, cy, rx, ry, alpha] of CLOUDS) {
    oval(pen, cx, cy, rx, ry, `rgba(255, 170, 150, ${alpha})`)
    oval(pen, cx + rx * 0.3, cy - ry * 0.8, rx * 0.55, ry * 0.9, `rgba(255, 190, 165, ${alpha})`)
  }
  // A thin moon, far from the sun.
  glow(pen, 842, 86, 70, '#fdf0d2', 0.22)
  aside(pen, () => {
    pen.beginPath()
    pen.rect(780, 40, 120, 100)
    pen.arc(831, 79, 25, 0, Math.PI * 2)
    pen.clip('evenodd')
    disc(pen, 842, 86, 26, '#fdf0d2')
  })
}

const CLOUDS: readonly (readonly [number, number, number, number, number])[] = [
  [140, 214, 130, 9, 0.28],
  [238, 236, 90, 7, 0.24],
  [560, 174, 120, 8, 0.22],
  [640, 240, 150, 9, 0.26],
  [850, 206, 110, 8, 0.2],
  [60, 304, 90, 7, 0.3],
]

/** Two rows of houses with windows, and a gap where the sun sets. */
export function houses(pen: Pen): void {
  row(pen, 11, 46, 40, 100, linear(pen, 0, 270, 0, HORIZON, ['#7a4184', '#b85f83']), '#ffd9a0', 0.16)
  row(pen, 23, 74, 78, 176, linear(pen, 0, 220, 0, HORIZON, ['#2b1f58', '#4a2f6e']), '#ffcf7d', 0.42)
}

/** A row of houses of chance widths and heights with windows, some of them lit. */
function row(
  pen: Pen,
  seed: number,
  wide: number,
  low: number,
  high: number,
  wall: ReturnType<typeof linear>,
  lit: string,
  share: number,
): void {
  const dice = chance(seed)
  for (let left = -20; left < WIDTH; ) {
    const width = dice.between(wide * 0.8, wide * 1.5)
    // The sun sets in a gap between the houses.
    const gap = Math.abs(left + width / 2 - SUN.x) < (wide > 50 ? 96 : 84)
    const height = gap ? dice.between(16, 26) : dice.between(low, high)
    const top = HORIZON - height
    rect(pen, left, top, width + 1, height + 20, wall)
    if (!gap && dice.next() < 0.4) {
      pen.beginPath()
      pen.moveTo(left, top)
      pen.lineTo(left + width / 2, top - 22)
      pen.lineTo(left + width, top)
      pen.fill()
    } else if (!gap && wide > 50) rect(pen, left + width * 0.6, top - 18, 9, 20, wall)
    for (let y = top + 12; !gap && y < HORIZON - 14; y += 20) {
      for (let x = left + 10; x < left + width - 12; x += 17) {
        const bright = dice.next() < share
        rect(pen, x, y, 7, 10, bright ? lit : 'rgba(16, 9, 40, 0.35)', 1)
        if (bright && wide > 50) glow(pen, x + 3.5, y + 5, 13, '#ffcf7d', 0.3)
      }
    }
    left += width
  }
}
