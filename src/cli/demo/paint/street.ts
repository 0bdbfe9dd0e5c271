import * as street from '../scenes/street.js'
import type { Pen } from '../studio.js'
import { aside, disc, fillRings, glow, inside, line, linear, oval, radial, rect, traceRing } from './brush.js'
import { paintCar } from './car.js'
import { houses, sky } from './street-backdrop.js'
import { paintDog, paintWalker } from './walker.js'

const { WIDTH, HEIGHT, HORIZON, ROAD } = street

/** The street at dusk. */
export function paintStreet(pen: Pen): void {
  sky(pen)
  houses(pen)
  farPavement(pen)
  road(pen)
  tram(pen)
  for (const car of street.CARS) paintCar(pen, car)
  nearPavement(pen)
  for (const lamp of street.LAMPS) streetLamp(pen, lamp)
  paintDog(pen, street.DOG)
  leash(pen)
  for (const walker of street.WALKERS) paintWalker(pen, walker)
  trafficLight(pen)
}

function farPavement(pen: Pen): void {
  rect(pen, 0, HORIZON, WIDTH, ROAD.top - HORIZON, linear(pen, 0, HORIZON, 0, ROAD.top, ['#6b4a78', '#51406d']))
  rect(pen, 0, ROAD.top - 5, WIDTH, 5, '#8d6d8e')
  // The roof of the tram stop and its posts.
  for (const x of [34, 240]) rect(pen, x, 366, 5, 84, '#2a2050')
  rect(pen, 39, 372, 201, 60, 'rgba(190, 214, 255, 0.16)')
  rect(pen, 22, 358, 236, 10, '#35295f', 4)
  rect(pen, 22, 366, 236, 3, '#ffdf9e')
  glow(pen, 140, 372, 120, '#ffdf9e', 0.25)
  for (const { head, body, coat } of street.CROWD) {
    fillRings(pen, [body], linear(pen, 0, 385, 0, 450, [coat, '#231d47']))
    fillRings(pen, [head], '#e0a283')
    inside(
      pen,
      () => traceRing(pen, head),
      () => rect(pen, 0, 370, 300, (head[1] ?? 0) - 372, '#3a2440'),
    )
  }
}

function road(pen: Pen): void {
  rect(
    pen,
    0,
    ROAD.top,
    WIDTH,
    ROAD.bottom - ROAD.top,
    linear(pen, 0, ROAD.top, 0, ROAD.bottom, ['#3f375f', '#2a2646']),
  )
  oval(
    pen,
    street.SUN.x,
    ROAD.top + 26,
    210,
    20,
    radial(pen, street.SUN.x, ROAD.top + 26, 210, ['#ffc58a66', '#ffc58a00']),
  )
  for (const rail of street.RAILS) {
    line(pen, rail, 3, '#7f7699')
    line(
      pen,
      rail.map((value, i) => (i % 2 === 1 ? value - 1 : value)),
      1,
      '#cfc3da',
    )
  }
  for (let x = -30; x < WIDTH; x += 96) rect(pen, x, 522, 52, 5, 'rgba(250, 236, 214, 0.75)', 2)
}

function tram(pen: Pen): void {
  const { left, top, right, bottom } = street.TRAM
  line(pen, [0, 262, WIDTH, 262], 1.5, '#1c163c')
  line(pen, [744, top, 716, 284, 748, 262], 3, '#2a2148')
  oval(pen, (left + right) / 2, bottom + 4, (right - left) / 2, 9, 'rgba(12, 8, 34, 0.55)')
  const body = (): void => {
    pen.roundRect(left, top, right - left, bottom - top, [44, 44, 16, 16])
  }
  inside(pen, body, () => {
    rect(
      pen,
      left,
      top,
      right - left,
      bottom - top,
      linear(pen, 0, top, 0, bottom, ['#f3ead8', [0.56, '#dfcdbd'], [0.57, '#b73a4b'], '#8d2740']),
    )
    rect(pen, left, top, right - left, 14, '#c7b7b3')
    rect(pen, left, bottom - 18, right - left, 18, '#40304f')
    rect(pen, left, top + 96, right - left, 4, '#f5c451')
    for (const dx of [62, 246, 312, 356]) window(pen, left + dx, top + 26, dx === 312 ? 38 : 58, 58)
    window(pen, left - 6, top + 26, 58, 64)
    window(pen, right - 58, top + 26, 70, 64)
    for (const x of [left + 196, right - 200]) {
      rect(pen, x - 34, top + 22, 68, 134, '#6c2539', 4)
      for (const dx of [-30, 3])
        rect(pen, x + dx, top + 28, 27, 118, linear(pen, 0, top, 0, bottom, ['#ffe9b0', '#e7a766']), 3)
    }
    rect(pen, left + 270, top + 5, 90, 15, '#241c33', 4)
    for (let i = 0; i < 6; i++) rect(pen, left + 280 + i * 12, top + 10, 8, 5, '#ffb547', 1)
  })
  for (const x of [left + 84, left + 132, right - 132, right - 84]) {
    disc(pen, x, bottom - 12, 12, '#1c1731')
    disc(pen, x, bottom - 12, 5, '#8d86a4')
  }
  glow(pen, right - 8, bottom - 36, 46, '#fff1c4', 0.9)
  disc(pen, right - 9, bottom - 36, 5, '#fffbe6')
}

function window(pen: Pen, x: number, y: number, width: number, height: number): void {
  rect(pen, x, y, width, height, linear(pen, x, y, x, y + height, ['#fff0c2', '#f6bd78']), 8)
  aside(pen, () => {
    pen.globalAlpha = 0.35
    disc(pen, x + width * 0.42, y + height * 0.62, 9, '#5a3047')
    rect(pen, x + width * 0.42 - 14, y + height * 0.78, 28, height * 0.22, '#5a3047', 5)
  })
}

function nearPavement(pen: Pen): void {
  rect(pen, 0, ROAD.bottom, WIDTH, 7, '#9b83a4')
  rect(
    pen,
    0,
    ROAD.bottom + 7,
    WIDTH,
    HEIGHT - ROAD.bottom - 7,
    linear(pen, 0, ROAD.bottom, 0, HEIGHT, ['#6d5a86', '#493e69']),
  )
  for (let x = -40; x < WIDTH + 60; x += 88)
    line(pen, [x + 18, ROAD.bottom + 7, x, HEIGHT], 1.2, 'rgba(30, 20, 60, 0.35)')
  line(pen, [0, 612, WIDTH, 612], 1.2, 'rgba(30, 20, 60, 0.3)')
}

function streetLamp(pen: Pen, { x, top, arm }: (typeof street.LAMPS)[number]): void {
  oval(pen, x + arm, 604, 92, 15, radial(pen, x + arm, 604, 92, ['#ffe2a055', '#ffe2a000']))
  line(pen, [x, 604, x, top + 14], 6, '#201a3d')
  pen.beginPath()
  pen.moveTo(x, top + 15)
  pen.quadraticCurveTo(x, top, x + arm, top)
  pen.lineWidth = 5
  pen.strokeStyle = '#201a3d'
  pen.stroke()
  rect(pen, x - 7, 592, 14, 16, '#201a3d', 3)
  glow(pen, x + arm, top + 8, 96, '#ffe3a1', 0.85)
  rect(pen, x + arm - 15, top - 4, 30, 8, '#201a3d', 4)
  oval(pen, x + arm, top + 5, 10, 4, '#fffdf0')
}

function leash(pen: Pen): void {
  pen.beginPath()
  pen.moveTo(721, 594)
  pen.quadraticCurveTo(762, 592, 789, 549)
  pen.lineWidth = 2
  pen.strokeStyle = '#e64a5c'
  pen.stroke()
}

function trafficLight(pen: Pen): void {
  const { head, pole } = street.LIGHT
  rect(
    pen,
    pole.left,
    head.bottom - 4,
    pole.right - pole.left,
    pole.bottom - head.bottom + 4,
    linear(pen, pole.left, 0, pole.right, 0, ['#3c3558', '#17132b']),
  )
  rect(pen, pole.left - 7, pole.bottom - 12, pole.right - pole.left + 14, 12, '#17132b', 3)
  const width = head.right - head.left
  rect(
    pen,
    head.left,
    head.top,
    width,
    head.bottom - head.top,
    linear(pen, head.left, 0, head.right, 0, ['#332d4d', '#15112a']),
    10,
  )
  const x = head.left + width / 2
  const lights = ['#ff4b3e', '#5b4a2a', '#22483c']
  for (const [i, color] of lights.entries()) {
    const y = head.top + 20 + i * 34
    disc(pen, x, y, 14, '#0b0918')
    disc(pen, x, y, 12, color)
  }
  glow(pen, x, head.top + 20, 62, '#ff5a48', 0.9)
  disc(pen, x, head.top + 20, 9, '#ffb3a2')
}
