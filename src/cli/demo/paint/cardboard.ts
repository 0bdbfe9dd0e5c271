import type { Bounds } from '../../../geometry/bounds.js'
import { chance } from '../chance.js'
import * as step from '../scenes/parcel.js'
import type { Pen } from '../studio.js'
import { fillRings, inside, line, linear, rect } from './brush.js'
import { onTop, paintFaces } from './crate.js'

export function paintParcel(pen: Pen): void {
  const { front, back } = step.PARCEL
  paintFaces(pen, step.PARCEL, {
    front: linear(pen, front.left, front.top, front.right, front.bottom, ['#d9a468', '#c48b4f']),
    top: linear(pen, front.left, front.top, back.right, back.top, ['#eac38d', '#dcae74']),
    side: linear(pen, front.right, 0, back.right, 0, ['#a66f3b', '#8c5a2d']),
  })
  inside(
    pen,
    () => pen.rect(front.left, front.top, front.right - front.left, front.bottom - front.top),
    () => {
      const dice = chance(31)
      for (let i = 0; i < 130; i++) {
        const [x, y] = [dice.between(front.left, front.right), dice.between(front.top, front.bottom)]
        line(
          pen,
          [x, y, x + dice.between(4, 14), y],
          0.8,
          dice.next() < 0.5 ? 'rgba(120, 72, 30, 0.25)' : 'rgba(255, 226, 180, 0.3)',
        )
      }
    },
  )
  // Tape over the top and down the front.
  const middle = [0.43, 0.57] as const
  const tape = [
    ...onTop(step.PARCEL, middle[0], 0),
    ...onTop(step.PARCEL, middle[0], 1),
    ...onTop(step.PARCEL, middle[1], 1),
    ...onTop(step.PARCEL, middle[1], 0),
  ]
  fillRings(pen, [tape], 'rgba(244, 226, 178, 0.75)')
  const [x0, x1] = middle.map((share) => front.left + (front.right - front.left) * share) as [number, number]
  rect(pen, x0, front.top, x1 - x0, 68, 'rgba(240, 214, 158, 0.85)')
  rect(pen, x0, front.top + 62, x1 - x0, 6, 'rgba(140, 96, 40, 0.35)')
  line(pen, [...onTop(step.PARCEL, 0.5, 0), ...onTop(step.PARCEL, 0.5, 1)], 1.4, 'rgba(120, 78, 30, 0.5)')
  line(
    pen,
    [front.left, front.top, front.right, front.top, front.right, front.bottom],
    1.6,
    'rgba(255, 236, 196, 0.65)',
  )
  shippingLabel(pen)
  fragile(pen, step.FRAGILE)
  dent(pen)
}

function shippingLabel(pen: Pen): void {
  const { left, top, right, bottom } = step.SHIPPING_LABEL
  rect(pen, left, top, right - left, bottom - top, '#fffdf6', 2)
  for (const [i, width] of [62, 78, 50].entries()) rect(pen, left + 10, top + 9 + i * 8, width, 3.4, '#8c8794', 1)
  rect(pen, right - 18, top + 8, 11, 14, '#d9534b', 1)
  const code = step.BARCODE
  const dice = chance(8)
  for (let x = code.left; x < code.right; ) {
    const wide = dice.pick([1, 1, 2, 3])
    rect(pen, x, code.top, Math.min(wide, code.right - x), code.bottom - code.top, '#1d1a26')
    x += wide + dice.pick([1, 1, 2])
  }
  rect(pen, code.right - 1.5, code.top, 1.5, code.bottom - code.top, '#1d1a26')
}

/** A glass and two arrows upwards. */
function fragile(pen: Pen, { left, top, right, bottom }: Bounds): void {
  pen.beginPath()
  pen.roundRect(left + 1.5, top + 1.5, right - left - 3, bottom - top - 3, 4)
  pen.lineWidth = 3
  pen.strokeStyle = '#7a2f24'
  pen.stroke()
  fillRings(
    pen,
    [
      [
        left + 9,
        top + 10,
        left + 25,
        top + 10,
        left + 22,
        top + 24,
        left + 19,
        top + 28,
        left + 19,
        top + 38,
        left + 24,
        top + 42,
        left + 10,
        top + 42,
        left + 15,
        top + 38,
        left + 15,
        top + 28,
        left + 12,
        top + 24,
      ],
    ],
    '#7a2f24',
  )
  for (const y of [top + 11, top + 25]) {
    fillRings(
      pen,
      [
        [
          right - 20,
          y + 8,
          right - 13.5,
          y,
          right - 7,
          y + 8,
          right - 11,
          y + 8,
          right - 11,
          y + 15,
          right - 16,
          y + 15,
          right - 16,
          y + 8,
        ],
      ],
      '#7a2f24',
    )
  }
}

function dent(pen: Pen): void {
  const { right, bottom } = step.PARCEL.front
  fillRings(
    pen,
    [[right - 34, bottom, right - 20, bottom - 20, right - 8, bottom - 26, right, bottom - 38, right, bottom]],
    'rgba(110, 64, 24, 0.55)',
  )
  fillRings(
    pen,
    [[right, bottom - 38, right + 6, bottom - 22, right + 3, bottom - 10, right, bottom]],
    'rgba(60, 30, 10, 0.6)',
  )
  line(
    pen,
    [right - 34, bottom - 1, right - 20, bottom - 20, right - 8, bottom - 26, right, bottom - 38],
    1.6,
    'rgba(255, 226, 178, 0.75)',
  )
  line(pen, [right - 18, bottom - 4, right - 8, bottom - 14], 1.4, 'rgba(80, 44, 16, 0.7)')
}
