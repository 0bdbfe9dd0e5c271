import { chance } from '../chance.js'
import * as trail from '../scenes/runner.js'
import type { Pen } from '../studio.js'
import { disc, glow, linear, oval, radial, rect } from './brush.js'
import { paintRunner } from './figure.js'

const { WIDTH, HEIGHT } = trail

/** A runner on a trail at sunrise. */
export function paintTrail(pen: Pen): void {
  sky(pen)
  hills(pen)
  path(pen)
  oval(pen, 296, 786, 160, 13, 'rgba(82, 40, 34, 0.34)')
  paintRunner(pen)
  grass(pen)
}

function sky(pen: Pen): void {
  rect(
    pen,
    0,
    0,
    WIDTH,
    HEIGHT,
    linear(pen, 0, 0, 0, 640, ['#5fb4d9', [0.32, '#a9d8dc'], [0.6, '#ffe3b3'], [0.8, '#ffb98a'], '#f98f7b']),
  )
  const { x, y, radius } = trail.SUN
  disc(pen, x, y, 420, radial(pen, x, y, 420, ['#fff3c4cc', [0.3, '#ffe9ae66'], '#ffe9ae00']))
  disc(pen, x, y, radius, linear(pen, 0, y - radius, 0, y + radius, ['#fffdf0', '#ffe08a']))
  for (const [cx, cy, size, alpha] of [
    [510, 128, 1.1, 0.85],
    [112, 318, 0.9, 0.55],
    [560, 318, 0.7, 0.5],
    [330, 70, 0.6, 0.6],
  ] as const) {
    for (const [dx, dy, rx, ry] of [
      [0, 0, 74, 15],
      [-26, -13, 32, 19],
      [16, -20, 38, 25],
      [48, -7, 28, 15],
    ] as const) {
      oval(pen, cx + dx * size, cy + dy * size, rx * size, ry * size, `rgba(255, 252, 244, ${alpha})`)
    }
  }
  for (const [bx, by, wings] of trail.BIRDS) {
    pen.beginPath()
    pen.moveTo(bx - wings, by)
    pen.quadraticCurveTo(bx - wings * 0.4, by - wings * 0.62, bx, by)
    pen.quadraticCurveTo(bx + wings * 0.4, by - wings * 0.62, bx + wings, by)
    pen.lineWidth = wings * 0.14
    pen.lineCap = 'round'
    pen.strokeStyle = '#36506e'
    pen.stroke()
  }
}

function hills(pen: Pen): void {
  const layer = (base: number, swing: number, phase: number, inks: readonly string[]): void => {
    pen.beginPath()
    pen.moveTo(0, HEIGHT)
    for (let x = 0; x <= WIDTH; x += 8)
      pen.lineTo(x, base + Math.sin(x / 95 + phase) * swing + Math.sin(x / 41 + phase * 2) * swing * 0.35)
    pen.lineTo(WIDTH, HEIGHT)
    pen.fillStyle = linear(pen, 0, base - swing, 0, base + 170, inks)
    pen.fill()
  }
  layer(498, 34, 0.4, ['#c892a8', '#e9b3a0'])
  layer(548, 28, 2.2, ['#8e7ba6', '#c49aa2'])
  layer(606, 22, 4.4, ['#4f7f86', '#7fa98d'])
  const dice = chance(15)
  for (let i = 0; i < 44; i++) {
    const x = dice.between(-10, WIDTH + 10)
    const y = 606 + Math.sin(x / 95 + 4.4) * 22 + Math.sin(x / 41 + 8.8) * 7.7 + 10
    const tall = dice.between(26, 58)
    pen.beginPath()
    pen.moveTo(x, y - tall)
    pen.lineTo(x + tall * 0.24, y)
    pen.lineTo(x - tall * 0.24, y)
    pen.fillStyle = linear(pen, x - tall * 0.24, 0, x + tall * 0.24, 0, ['#2c5f66', '#3f7a72'])
    pen.fill()
  }
  layer(676, 14, 1.2, ['#5b9a5e', '#8cc06d'])
  glow(pen, trail.SUN.x, 640, 260, '#ffe9ae', 0.35)
}

function path(pen: Pen): void {
  pen.beginPath()
  pen.moveTo(430, 668)
  pen.bezierCurveTo(560, 700, 180, 706, -20, 776)
  pen.lineTo(-20, HEIGHT)
  pen.lineTo(WIDTH + 20, HEIGHT)
  pen.lineTo(WIDTH + 20, 800)
  pen.bezierCurveTo(420, 740, 640, 690, 450, 668)
  pen.fillStyle = linear(pen, 0, 668, 0, HEIGHT, ['#f2d3a4', '#d9a877'])
  pen.fill()
  const dice = chance(63)
  for (let i = 0; i < 120; i++) {
    const y = 760 + dice.next() ** 0.7 * 116
    oval(
      pen,
      dice.between(0, WIDTH),
      y,
      dice.between(1.5, 5),
      dice.between(0.8, 2),
      dice.next() < 0.5 ? 'rgba(140, 90, 58, 0.4)' : 'rgba(255, 240, 210, 0.6)',
    )
  }
}

function grass(pen: Pen): void {
  const dice = chance(91)
  const tuft = (x: number, y: number, size: number): void => {
    for (let i = 0; i < 9; i++) {
      const lean = dice.between(-0.7, 0.7)
      pen.beginPath()
      pen.moveTo(x + i * 2 - 9, y)
      pen.quadraticCurveTo(
        x + i * 2 - 9 + lean * 6,
        y - size * 0.6,
        x + i * 2 - 9 + lean * size * 0.7,
        y - size * dice.between(0.7, 1.1),
      )
      pen.lineWidth = 2.6
      pen.lineCap = 'round'
      pen.strokeStyle = dice.pick(['#4c8a4f', '#6aa85a', '#8cc46a', '#3d7748'])
      pen.stroke()
    }
  }
  for (let i = 0; i < 16; i++) tuft(dice.between(0, WIDTH), dice.between(862, 888), dice.between(26, 46))
  for (const [x, y] of [
    [24, 786],
    [70, 770],
    [604, 806],
    [566, 790],
    [520, 776],
  ] as const)
    tuft(x, y, 26)
  for (let i = 0; i < 14; i++) {
    const [x, y] = [dice.between(10, WIDTH - 10), dice.between(838, 870)]
    for (let petal = 0; petal < 5; petal++)
      disc(
        pen,
        x + Math.cos(petal * 1.257) * 3.6,
        y + Math.sin(petal * 1.257) * 3.6,
        2.7,
        i % 2 === 0 ? '#fff4f0' : '#ffc1cf',
      )
    disc(pen, x, y, 2.4, '#f6b53c')
  }
}
