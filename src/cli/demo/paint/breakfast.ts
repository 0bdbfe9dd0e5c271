import { chance } from '../chance.js'
import * as table from '../scenes/breakfast.js'
import type { Pen } from '../studio.js'
import { aside, disc, fillRings, inside, line, linear, oval, placed, radial, rect, shadowed } from './brush.js'
import { paintFork, paintKnife, paintNapkin, paintSpoon } from './cutlery.js'
import { berry, donut, egg, toast } from './food.js'

const { WIDTH, HEIGHT } = table
const SHADOW = 'rgba(74, 40, 16, 0.42)'

/** The breakfast table from above. */
export function paintBreakfast(pen: Pen): void {
  wood(pen)
  mat(pen)
  crockery(pen, table.PLATE, ['#ffffff', '#eef3f2', '#d8e2e1'], '#7fb3ab')
  egg(pen)
  toast(pen)
  crockery(pen, table.DISH, ['#fdf3e6', '#f6e6d2', '#e6cfb4'], '#d98c5f')
  donut(pen)
  for (const [x, y] of table.BERRIES) berry(pen, x, y)
  crockery(pen, table.SAUCER, ['#f7fbff', '#e3edf5', '#c8d8e6'], '#4d7ea8')
  cup(pen)
  glass(pen)
  paintNapkin(pen, table.NAPKIN)
  paintFork(pen, table.FORK)
  paintKnife(pen, table.KNIFE)
  paintSpoon(pen, table.SPOON)
}

function wood(pen: Pen): void {
  const dice = chance(41)
  const plank = HEIGHT / 5
  for (let i = 0; i < 5; i++) {
    const y = i * plank
    const tone = dice.pick(['#c9935e', '#c48b55', '#cf9a66', '#bf8650'])
    rect(pen, 0, y, WIDTH, plank, linear(pen, 0, y, 0, y + plank, [tone, '#c38c58', tone]))
    for (let grain = 0; grain < 16; grain++) {
      const gy = y + dice.between(4, plank - 4)
      const bend = dice.between(-7, 7)
      pen.beginPath()
      pen.moveTo(0, gy)
      pen.bezierCurveTo(WIDTH * 0.3, gy + bend, WIDTH * 0.6, gy - bend, WIDTH, gy + bend * 0.4)
      pen.lineWidth = dice.between(0.6, 1.8)
      pen.strokeStyle = dice.next() < 0.5 ? 'rgba(110, 62, 26, 0.20)' : 'rgba(255, 226, 180, 0.20)'
      pen.stroke()
    }
    const joint = dice.between(120, WIDTH - 120)
    rect(pen, joint, y, 2, plank, 'rgba(92, 50, 20, 0.4)')
    rect(pen, 0, y, WIDTH, 2, 'rgba(92, 50, 20, 0.45)')
    rect(pen, 0, y + 2, WIDTH, 1.5, 'rgba(255, 232, 196, 0.35)')
  }
  rect(pen, 0, 0, WIDTH, HEIGHT, radial(pen, 220, 120, 900, ['#fff3d455', [0.45, '#fff3d400'], '#3b1d0877']))
}

function mat(pen: Pen): void {
  const { left, top, right, bottom } = table.MAT
  shadowed(pen, SHADOW, 10, 4, 5, () => rect(pen, left, top, right - left, bottom - top, '#4f8a83', 10))
  inside(
    pen,
    () => pen.roundRect(left, top, right - left, bottom - top, 10),
    () => {
      rect(pen, left, top, right - left, bottom - top, linear(pen, left, top, right, bottom, ['#66a79d', '#447c77']))
      for (let x = left; x < right; x += 6) rect(pen, x, top, 1, bottom - top, 'rgba(255, 255, 255, 0.09)')
      for (let y = top; y < bottom; y += 6) rect(pen, left, y, right - left, 1, 'rgba(10, 40, 40, 0.12)')
    },
  )
  pen.beginPath()
  pen.roundRect(left + 12, top + 12, right - left - 24, bottom - top - 24, 6)
  pen.setLineDash([7, 6])
  pen.lineWidth = 2
  pen.strokeStyle = 'rgba(240, 250, 240, 0.65)'
  pen.stroke()
  pen.setLineDash([])
}

/** A plate: rim, a coloured line, the flat inside. */
function crockery(pen: Pen, round: table.Round, tones: readonly [string, string, string], trim: string): void {
  placed(pen, round.x, round.y, round.angle, () => {
    const { rx, ry } = round
    shadowed(pen, SHADOW, 22, 9, 12, () => oval(pen, 0, 0, rx, ry, tones[1]))
    oval(pen, 0, 0, rx, ry, linear(pen, -rx, -ry, rx, ry, [tones[0], tones[2]]))
    const ring = (inset: number, width: number, ink: Pen['strokeStyle']): void => {
      pen.beginPath()
      pen.ellipse(0, 0, rx - inset, ry - inset, 0, 0, Math.PI * 2)
      pen.lineWidth = width
      pen.strokeStyle = ink
      pen.stroke()
    }
    ring(8, 3, trim)
    ring(1, 1.5, 'rgba(255, 255, 255, 0.85)')
    oval(pen, 0, 0, rx * 0.74, ry * 0.74, linear(pen, -rx, -ry, rx, ry, [tones[2], tones[0]]))
    oval(pen, 1.5, 2, rx * 0.72, ry * 0.72, linear(pen, -rx, -ry, rx, ry, [tones[1], tones[0]]))
  })
}

function cup(pen: Pen): void {
  const { outer, hole } = table.CUP
  const { x, y, rx } = table.COFFEE
  shadowed(pen, 'rgba(20, 40, 70, 0.5)', 16, 8, 11, () => fillRings(pen, [outer, hole], '#5b8fbd'))
  fillRings(pen, [outer, hole], linear(pen, x - 70, y - 70, x + 80, y + 70, ['#8cbfe6', '#4b80b0', '#33618e']))
  disc(pen, x, y, 66, '#dcebf7')
  disc(pen, x, y, rx, radial(pen, x - 12, y - 12, 78, ['#9c6136', '#7a4522', '#4b270f']))
  aside(pen, () => {
    // A heart of milk.
    pen.translate(x, y + 3)
    pen.rotate(-0.3)
    for (const [size, ink] of [
      [1, '#c99a66'],
      [0.82, '#f3dfc0'],
      [0.56, '#c99a66'],
      [0.4, '#f3dfc0'],
    ] as const) {
      pen.beginPath()
      pen.moveTo(0, 34 * size)
      pen.bezierCurveTo(-46 * size, 2 * size, -30 * size, -34 * size, 0, -14 * size)
      pen.bezierCurveTo(30 * size, -34 * size, 46 * size, 2 * size, 0, 34 * size)
      pen.fillStyle = ink
      pen.fill()
    }
  })
  pen.beginPath()
  pen.arc(x, y, 62, Math.PI * 1.0, Math.PI * 1.55)
  pen.lineWidth = 4
  pen.strokeStyle = 'rgba(255, 255, 255, 0.9)'
  pen.stroke()
}

function glass(pen: Pen): void {
  const { x, y, rx } = table.GLASS
  shadowed(pen, SHADOW, 16, 8, 11, () => disc(pen, x, y, rx, '#ffd9a0'))
  disc(pen, x, y, rx, linear(pen, x - rx, y - rx, x + rx, y + rx, ['#ffffff', '#c9dbe0']))
  disc(pen, x, y, rx - 5, radial(pen, x - 10, y - 12, 62, ['#ffcf5a', '#ffa62b', '#ee7f12']))
  for (const [dx, dy, r] of [
    [-14, 8, 4],
    [10, 16, 3],
    [16, -6, 5],
    [-4, -20, 3],
    [2, 2, 2.4],
  ] as const) {
    disc(pen, x + dx, y + dy, r, 'rgba(255, 238, 190, 0.75)')
  }
  line(
    pen,
    [x + 8, y + 12, x + 44, y - 62],
    7,
    linear(pen, x, y, x + 44, y - 62, ['#e05a6f', '#ffffff', '#e05a6f', '#ffffff', '#e05a6f']),
  )
  pen.beginPath()
  pen.arc(x, y, rx - 8, Math.PI * 0.95, Math.PI * 1.5)
  pen.lineWidth = 3.5
  pen.strokeStyle = 'rgba(255, 255, 255, 0.85)'
  pen.stroke()
}
