import { chance } from '../chance.js'
import * as film from '../scenes/ball.js'
import type { Pen } from '../studio.js'
import { aside, disc, inside, line, linear, oval, radial, rect } from './brush.js'

const { WIDTH, HEIGHT, FLOOR, RADIUS, CRATE } = film

/** One frame of the film. */
export function paintFrame(pen: Pen, frame: number): void {
  paintCourt(pen)
  paintBall(pen, frame)
  paintCrate(pen)
}

/** Everything that does not move: sky, wall, floor. */
export function paintCourt(pen: Pen): void {
  rect(pen, 0, 0, WIDTH, FLOOR, linear(pen, 0, 0, 0, FLOOR, ['#a9d3f0', '#e4eef2', '#ffe3c2']))
  for (const [x, y, size] of [
    [70, 44, 1],
    [392, 34, 1.2],
    [236, 64, 0.7],
  ] as const) {
    for (const [dx, dy, rx, ry] of [
      [0, 0, 34, 8],
      [-10, -7, 16, 10],
      [10, -9, 18, 12],
    ] as const) {
      oval(pen, x + dx * size, y + dy * size, rx * size, ry * size, 'rgba(255, 255, 255, 0.8)')
    }
  }
  rect(pen, 0, 150, WIDTH, FLOOR - 150, linear(pen, 0, 150, 0, FLOOR, ['#8fa6ba', '#6e879f']))
  rect(pen, 0, 146, WIDTH, 7, '#c3d1dc')
  for (let y = 160, course = 0; y < FLOOR; y += 14, course++) {
    rect(pen, 0, y, WIDTH, 1, 'rgba(40, 60, 84, 0.28)')
    for (let x = course % 2 === 0 ? 0 : 20; x < WIDTH; x += 40) rect(pen, x, y, 1, 14, 'rgba(40, 60, 84, 0.22)')
  }
  rect(pen, 0, FLOOR, WIDTH, HEIGHT - FLOOR, linear(pen, 0, FLOOR, 0, HEIGHT, ['#7da58f', '#5d8877']))
  rect(pen, 0, FLOOR, WIDTH, 3, '#a9c7ae')
  rect(pen, 0, FLOOR + 24, WIDTH, 3, 'rgba(255, 255, 255, 0.6)')
}

/** The ball at a frame, with its shadow on the floor; `alpha` below 1 for a trace of it. */
export function paintBall(pen: Pen, frame: number, alpha = 1): void {
  const { x, y } = film.ballAt(frame)
  const near = Math.max(0.25, 1 - (FLOOR - RADIUS - y) / 190)
  aside(pen, () => {
    pen.globalAlpha = alpha
    oval(pen, x, FLOOR + 4, RADIUS * (1.5 - near * 0.5), 4.5, `rgba(30, 50, 44, ${(0.5 * near).toFixed(2)})`)
    inside(
      pen,
      () => pen.arc(x, y, RADIUS, 0, Math.PI * 2),
      () => {
        rect(
          pen,
          x - RADIUS,
          y - RADIUS,
          RADIUS * 2,
          RADIUS * 2,
          radial(pen, x - 6, y - 7, RADIUS * 1.9, ['#ffb27a', '#f2542d', '#a82c17']),
        )
        const turn = (frame * 14 * Math.PI) / 180
        pen.translate(x, y)
        pen.rotate(turn)
        pen.lineWidth = 2
        pen.strokeStyle = 'rgba(255, 244, 230, 0.9)'
        pen.beginPath()
        pen.ellipse(0, 0, RADIUS, RADIUS * 0.36, 0, 0, Math.PI * 2)
        pen.stroke()
        line(pen, [0, -RADIUS, 0, RADIUS], 2, 'rgba(255, 244, 230, 0.9)')
      },
    )
    disc(pen, x - 5, y - 6, 3, 'rgba(255, 255, 255, 0.75)')
  })
}

/** A wooden crate, behind which the ball passes. */
export function paintCrate(pen: Pen): void {
  const { left, top, right, bottom } = CRATE
  const [w, h] = [right - left, bottom - top]
  oval(pen, left + w / 2, bottom, w * 0.56, 6, 'rgba(30, 50, 44, 0.5)')
  rect(pen, left, top, w, h, '#8d6238')
  const dice = chance(4)
  for (let i = 0; i < 5; i++) {
    const y = top + (i * h) / 5
    rect(pen, left, y + 1, w, h / 5 - 2, dice.pick(['#b98650', '#c2905a', '#b07c46']), 1)
    for (let grain = 0; grain < 4; grain++)
      rect(pen, left + 4, y + dice.between(4, h / 5 - 4), w - 8, 0.8, 'rgba(100, 60, 24, 0.35)')
  }
  for (const x of [left, right - 14]) {
    rect(pen, x, top, 14, h, '#a06f3d', 1)
    for (const y of [top + 10, bottom - 10]) disc(pen, x + 7, y, 2.2, '#5c3b1b')
  }
  line(pen, [left + 20, bottom - 8, right - 20, top + 8], 10, '#a06f3d')
}
