import type { Bounds } from '../../../geometry/bounds.js'
import { chance } from '../chance.js'
import * as step from '../scenes/parcel.js'
import { FONT, type Pen } from '../studio.js'
import { aside, disc, fillRings, inside, line, linear, oval, radial, rect, shadowed, traceRing } from './brush.js'
import { paintParcel } from './cardboard.js'
import { paintGift } from './gift.js'

const { WIDTH, HEIGHT, FLOOR } = step

/** Parcels before a door. */
export function paintDoorstep(pen: Pen): void {
  wall(pen)
  floor(pen)
  door(pen, step.DOOR)
  houseNumber(pen, step.NUMBER)
  lantern(pen)
  mat(pen)
  plant(pen)
  paintParcel(pen)
  paintGift(pen)
  rect(pen, 0, 0, WIDTH, HEIGHT, radial(pen, 430, 240, 640, ['#fff2cf22', [0.5, '#fff2cf00'], '#2b143055']))
}

function wall(pen: Pen): void {
  rect(pen, 0, 0, WIDTH, FLOOR, linear(pen, 0, 0, 0, FLOOR, ['#f2c7a4', '#e3a384']))
  const dice = chance(12)
  for (let y = 0, course = 0; y < FLOOR; y += 24, course++) {
    for (let x = course % 2 === 0 ? 0 : -28; x < WIDTH; x += 56) {
      const tint = dice.between(-0.5, 0.5)
      rect(
        pen,
        x + 1,
        y + 1,
        54,
        22,
        tint > 0
          ? `rgba(255, 236, 214, ${(tint * 0.4).toFixed(2)})`
          : `rgba(150, 72, 56, ${(-tint * 0.34).toFixed(2)})`,
        2,
      )
    }
  }
  rect(pen, 0, FLOOR - 26, WIDTH, 26, linear(pen, 0, FLOOR - 26, 0, FLOOR, ['#a2788a', '#7f5a72']))
  rect(pen, 0, FLOOR - 26, WIDTH, 3, '#c39aa6')
}

function floor(pen: Pen): void {
  rect(pen, 0, FLOOR, WIDTH, HEIGHT - FLOOR, linear(pen, 0, FLOOR, 0, HEIGHT, ['#b7aab8', '#8e8299']))
  for (const [i, y] of [FLOOR, 482, 522, 574].entries()) {
    line(pen, [0, y, WIDTH, y], 1.6, 'rgba(70, 52, 88, 0.35)')
    const next = [482, 522, 574, HEIGHT][i] ?? HEIGHT
    for (let tile = -8; tile < 9; tile++) {
      const at = (level: number): number => WIDTH / 2 + (tile + (i % 2) * 0.5) * (72 + (level - FLOOR) * 0.32)
      line(pen, [at(y), y, at(next), next], 1.4, 'rgba(70, 52, 88, 0.3)')
    }
  }
  rect(pen, 0, FLOOR, WIDTH, 18, linear(pen, 0, FLOOR, 0, FLOOR + 18, ['rgba(50, 30, 60, 0.4)', 'rgba(50, 30, 60, 0)']))
}

function door(pen: Pen, { left, top, right, bottom }: Bounds): void {
  const [w, h] = [right - left, bottom - top]
  shadowed(pen, 'rgba(80, 34, 40, 0.5)', 14, 4, 4, () => rect(pen, left - 18, top - 18, w + 36, h + 18, '#fbf3e6', 5))
  rect(pen, left - 6, top - 6, w + 12, h + 6, '#d9c9b8')
  rect(pen, left, top, w, h, linear(pen, left, top, right, bottom, ['#2f8f94', '#1d6a74']))
  const panel = (x: number, y: number, width: number, height: number): void => {
    rect(pen, x, y, width, height, '#175863', 4)
    rect(pen, x + 3, y + 3, width - 3, height - 3, '#3fa3a6', 4)
    rect(pen, x + 3, y + 3, width - 7, height - 7, linear(pen, x, y, x, y + height, ['#2a858b', '#237780']), 3)
  }
  for (const x of [left + 22, left + w / 2 + 8]) {
    panel(x, top + 196, w / 2 - 34, 78)
    panel(x, top + 292, w / 2 - 34, 92)
  }
  rect(pen, left + 22, top + 24, w - 44, 152, '#175863', [76, 76, 7, 7])
  inside(
    pen,
    () => pen.roundRect(left + 28, top + 30, w - 56, 140, [70, 70, 4, 4]),
    () => {
      rect(pen, left, top, w, 190, linear(pen, left, top, right, top + 190, ['#ffe9b5', '#ffc773', '#f1a35c']))
      rect(pen, left + w / 2 - 3, top, 6, 190, '#1d6a74')
      rect(pen, left, top + 104, w, 6, '#1d6a74')
      aside(pen, () => {
        pen.globalAlpha = 0.35
        pen.transform(1, 0, -0.5, 1, 0, 0)
        rect(pen, left + 120, top, 22, 220, '#ffffff')
        rect(pen, left + 156, top, 9, 220, '#ffffff')
      })
    },
  )
  rect(pen, left + w / 2 - 34, top + 214, 68, 18, '#c99a3b', 5)
  rect(pen, left + w / 2 - 26, top + 221, 52, 4, '#6d4c12', 2)
  const [kx, ky] = step.KNOB
  shadowed(pen, 'rgba(0, 30, 40, 0.6)', 6, 2, 4, () => disc(pen, kx, ky, 11, '#d9a83f'))
  disc(pen, kx, ky, 11, radial(pen, kx - 4, ky - 4, 15, ['#fff3bf', '#e2b34a', '#8f6416']))
  rect(pen, left - 18, bottom, w + 36, 12, linear(pen, 0, bottom, 0, bottom + 12, ['#efe4d6', '#b9a9a5']), 2)
}

function houseNumber(pen: Pen, { left, top, right, bottom }: Bounds): void {
  shadowed(pen, 'rgba(80, 34, 40, 0.5)', 5, 2, 3, () => rect(pen, left, top, right - left, bottom - top, '#27446e', 8))
  pen.beginPath()
  pen.roundRect(left + 4, top + 4, right - left - 8, bottom - top - 8, 5)
  pen.lineWidth = 2
  pen.strokeStyle = '#f6efe0'
  pen.stroke()
  pen.font = `30px ${FONT}`
  pen.textAlign = 'center'
  pen.textBaseline = 'middle'
  pen.fillStyle = '#f6efe0'
  pen.fillText('27', (left + right) / 2, (top + bottom) / 2 + 1)
  pen.textAlign = 'start'
  pen.textBaseline = 'alphabetic'
}

function lantern(pen: Pen): void {
  disc(pen, 560, 132, 190, radial(pen, 560, 132, 190, ['#fff0b8aa', [0.4, '#fff0b844'], '#fff0b800']))
  rect(pen, 554, 74, 12, 22, '#3c2f3f', 3)
  pen.beginPath()
  pen.moveTo(530, 112)
  pen.lineTo(560, 88)
  pen.lineTo(590, 112)
  pen.fillStyle = '#3c2f3f'
  pen.fill()
  rect(pen, 536, 112, 48, 58, linear(pen, 0, 112, 0, 170, ['#fffbe2', '#ffd979']), 4)
  for (const x of [534, 558, 582]) rect(pen, x, 110, 4, 62, '#3c2f3f', 1)
  rect(pen, 530, 170, 60, 7, '#3c2f3f', 3)
}

function mat(pen: Pen): void {
  const { MAT } = step
  shadowed(pen, 'rgba(50, 30, 60, 0.5)', 6, 3, 4, () => fillRings(pen, [MAT], '#8a5a3c'))
  fillRings(pen, [MAT], linear(pen, 0, 500, 0, 556, ['#8a5a3c', '#a8714b']))
  inside(
    pen,
    () => traceRing(pen, MAT),
    () => {
      const dice = chance(19)
      for (let i = 0; i < 900; i++) {
        const [x, y] = [dice.between(40, 322), dice.between(500, 556)]
        line(
          pen,
          [x, y, x + dice.between(-1.5, 1.5), y - 3],
          0.8,
          dice.next() < 0.5 ? 'rgba(60, 32, 16, 0.4)' : 'rgba(240, 200, 150, 0.35)',
        )
      }
      pen.beginPath()
      traceRing(pen, [96, 507, 308, 507, 287, 549, 58, 549])
      pen.lineWidth = 3
      pen.strokeStyle = 'rgba(58, 30, 22, 0.8)'
      pen.stroke()
      pen.save()
      pen.transform(1, 0, -0.5, 1, 264, 0)
      pen.font = `24px ${FONT}`
      pen.fillStyle = 'rgba(58, 30, 22, 0.85)'
      pen.fillText('hello', 150, 537)
      pen.restore()
    },
  )
}

function plant(pen: Pen): void {
  oval(pen, 738, 552, 52, 9, 'rgba(50, 30, 60, 0.45)')
  for (const [i, leaf] of step.LEAVES.entries()) {
    const tip = [leaf[24] ?? 0, leaf[25] ?? 0] as const
    fillRings(
      pen,
      [leaf],
      linear(pen, 735, 450, tip[0], tip[1], i % 2 === 0 ? ['#1f6b4a', '#57b06a'] : ['#23724e', '#7ac47a']),
    )
    line(pen, [leaf[0] ?? 0, leaf[1] ?? 0, tip[0], tip[1]], 1.4, 'rgba(214, 245, 190, 0.5)')
  }
  fillRings(pen, [step.POT], linear(pen, 690, 0, 780, 0, ['#e58a62', '#cf6746', '#a3472f']))
  rect(pen, 704, 468, 62, 6, 'rgba(90, 30, 20, 0.35)')
}
