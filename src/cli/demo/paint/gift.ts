import * as step from '../scenes/parcel.js'
import type { Pen } from '../studio.js'
import { fillRings, inside, linear, rect, traceRing } from './brush.js'
import { onTop, paintFaces, topFace } from './crate.js'

export function paintGift(pen: Pen): void {
  const { front, back } = step.GIFT
  paintFaces(pen, step.GIFT, {
    front: linear(pen, front.left, front.top, front.right, front.bottom, ['#8f6fd6', '#6d4fb8']),
    top: linear(pen, front.left, front.top, back.right, back.top, ['#b79bf0', '#a083e4']),
    side: linear(pen, front.right, 0, back.right, 0, ['#553a96', '#45307f']),
  })
  inside(
    pen,
    () => pen.rect(front.left, front.top, front.right - front.left, front.bottom - front.top),
    () => {
      for (let y = front.top + 10; y < front.bottom; y += 20) {
        for (let x = front.left + 10; x < front.right; x += 20)
          rect(pen, x - 2, y - 2, 4, 4, 'rgba(255, 255, 255, 0.35)', 2)
      }
    },
  )
  const ribbon = '#ffd166'
  const [x0, x1] = [front.left + 46, front.left + 62]
  rect(pen, x0, front.top, x1 - x0, front.bottom - front.top, linear(pen, x0, 0, x1, 0, ['#ffe08f', '#f2b632']))
  const share = [
    (x0 - front.left) / (front.right - front.left),
    (x1 - front.left) / (front.right - front.left),
  ] as const
  fillRings(
    pen,
    [
      [
        ...onTop(step.GIFT, share[0], 0),
        ...onTop(step.GIFT, share[0], 1),
        ...onTop(step.GIFT, share[1], 1),
        ...onTop(step.GIFT, share[1], 0),
      ],
    ],
    ribbon,
  )
  fillRings(
    pen,
    [
      [
        ...onTop(step.GIFT, 0, 0.42),
        ...onTop(step.GIFT, 1, 0.42),
        ...onTop(step.GIFT, 1, 0.58),
        ...onTop(step.GIFT, 0, 0.58),
      ],
    ],
    '#f5c451',
  )
  const [bx, by] = onTop(step.GIFT, 0.5, 0.5)
  for (const side of [-1, 1]) {
    pen.beginPath()
    pen.moveTo(bx, by)
    pen.bezierCurveTo(bx + side * 10, by - 15, bx + side * 30, by - 14, bx + side * 24, by - 2)
    pen.bezierCurveTo(bx + side * 20, by + 6, bx + side * 8, by + 3, bx, by)
    pen.fillStyle = ribbon
    pen.fill()
    pen.lineWidth = 1
    pen.strokeStyle = '#c98f1c'
    pen.stroke()
  }
  rect(pen, bx - 5, by - 5, 10, 9, '#f2b632', 3)
  pen.beginPath()
  traceRing(pen, topFace(front, back))
  pen.lineWidth = 0.8
  pen.strokeStyle = 'rgba(255, 255, 255, 0.35)'
  pen.stroke()
}
