import { type Car, wheels } from '../scenes/street.js'
import type { Pen } from '../studio.js'
import { aside, disc, glow, inside, linear, oval, rect } from './brush.js'

/** A car from the side. Body and wheels touch all four sides of its bounds. */
export function paintCar(pen: Pen, car: Car): void {
  const width = car.right - car.left
  const height = car.bottom - car.top
  oval(pen, car.left + width / 2, car.bottom - 1, width * 0.53, 9, 'rgba(10, 6, 30, 0.55)')
  aside(pen, () => {
    pen.translate(car.heading === 'right' ? car.left : car.right, car.top)
    pen.scale(car.heading === 'right' ? 1 : -1, 1)
    beam(pen, width, height)
    body(pen, car, width, height)
  })
  for (const { x, y, radius } of wheels(car)) {
    disc(pen, x, y, radius, '#15121f')
    disc(pen, x, y, radius * 0.62, '#b9b4c8')
    disc(pen, x, y, radius * 0.5, '#6e6884')
    for (let spoke = 0; spoke < 5; spoke++) {
      const angle = (spoke / 5) * Math.PI * 2 + 0.3
      disc(pen, x + Math.cos(angle) * radius * 0.34, y + Math.sin(angle) * radius * 0.34, radius * 0.11, '#2b2638')
    }
    disc(pen, x, y, radius * 0.14, '#dcd8e8')
  }
}

/** The light before the car, and the light itself. */
function beam(pen: Pen, width: number, height: number): void {
  const y = height * 0.62
  pen.beginPath()
  pen.moveTo(width * 0.97, y - 5)
  pen.lineTo(width + 130, y + 2)
  pen.lineTo(width + 130, height + 8)
  pen.lineTo(width * 0.97, y + 6)
  pen.fillStyle = linear(pen, width * 0.97, 0, width + 130, 0, ['#fff0b877', '#fff0b800'])
  pen.fill()
}

function body(pen: Pen, car: Car, w: number, h: number): void {
  const roof = car.taxi ? 0.1 : 0
  const shape = (): void => {
    pen.moveTo(w * 0.015, h * 0.8)
    pen.quadraticCurveTo(0, h * 0.66, 0, h * 0.56)
    pen.quadraticCurveTo(0, h * 0.45, w * 0.06, h * 0.42)
    pen.quadraticCurveTo(w * 0.14, h * (roof + 0.02), w * 0.3, h * roof)
    pen.lineTo(w * 0.5, h * roof)
    pen.quadraticCurveTo(w * 0.62, h * (roof + 0.02), w * 0.72, h * 0.38)
    pen.quadraticCurveTo(w * 0.93, h * 0.42, w * 0.97, h * 0.52)
    pen.quadraticCurveTo(w, h * 0.58, w, h * 0.68)
    pen.quadraticCurveTo(w, h * 0.84, w * 0.985, h * 0.84)
    pen.lineTo(w * 0.03, h * 0.84)
    pen.closePath()
  }
  if (car.taxi) {
    rect(pen, w * 0.35, 0, w * 0.12, h * 0.14, '#fff3c9', 3)
    glow(pen, w * 0.41, h * 0.06, 22, '#fff3c9', 0.5)
  }
  inside(pen, shape, () => {
    rect(pen, 0, 0, w, h, linear(pen, 0, h * roof, 0, h * 0.84, [car.color, [0.5, car.color], car.shade]))
    rect(pen, 0, h * 0.44, w, h * 0.035, 'rgba(255, 255, 255, 0.35)')
    rect(pen, 0, h * 0.74, w, h * 0.12, 'rgba(20, 10, 40, 0.35)')
    glass(pen, w, h, roof)
    for (const x of [0.43, 0.68]) rect(pen, w * x, h * 0.42, 1.5, h * 0.34, 'rgba(20, 10, 40, 0.4)')
    for (const x of [0.34, 0.59]) rect(pen, w * x, h * 0.5, w * 0.055, h * 0.04, 'rgba(20, 10, 40, 0.45)', 1.5)
    if (car.taxi) checkers(pen, w, h)
    rect(pen, w * 0.955, h * 0.53, w * 0.06, h * 0.13, '#fff6d6', 4)
    rect(pen, -4, h * 0.5, w * 0.045, h * 0.13, '#ff4d4d', 3)
  })
  glow(pen, w * 0.985, h * 0.6, 30, '#fff2c0', 0.85)
  glow(pen, w * 0.01, h * 0.56, 20, '#ff4d4d', 0.6)
}

function glass(pen: Pen, w: number, h: number, roof: number): void {
  const ink = linear(pen, 0, h * roof, 0, h * 0.42, ['#5a4a86', '#c98fa4'])
  pen.fillStyle = ink
  pen.beginPath()
  pen.moveTo(w * 0.125, h * 0.41)
  pen.quadraticCurveTo(w * 0.2, h * (roof + 0.09), w * 0.3, h * (roof + 0.08))
  pen.lineTo(w * 0.415, h * (roof + 0.08))
  pen.lineTo(w * 0.415, h * 0.41)
  pen.closePath()
  pen.fill()
  pen.beginPath()
  pen.moveTo(w * 0.445, h * 0.41)
  pen.lineTo(w * 0.445, h * (roof + 0.08))
  pen.quadraticCurveTo(w * 0.58, h * (roof + 0.08), w * 0.67, h * 0.41)
  pen.closePath()
  pen.fill()
  // Whoever drives.
  disc(pen, w * 0.53, h * (roof + 0.22), h * 0.075, '#3b2448')
  rect(pen, w * 0.495, h * (roof + 0.29), w * 0.075, h * 0.14, '#3b2448', 4)
}

function checkers(pen: Pen, w: number, h: number): void {
  const side = h * 0.055
  for (let i = 0; i * side < w * 0.62; i++) {
    rect(
      pen,
      w * 0.18 + i * side,
      h * (i % 2 === 0 ? 0.58 : 0.58) + (i % 2) * side,
      side,
      side,
      'rgba(30, 20, 40, 0.75)',
    )
  }
}
