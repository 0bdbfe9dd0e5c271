import { chance } from '../chance.js'
import * as table from '../scenes/breakfast.js'
import type { Pen } from '../studio.js'
import { disc, fillRings, inside, line, linear, oval, placed, radial, rect, shadowed, traceRing } from './brush.js'

export function egg(pen: Pen): void {
  const { EGG, YOLK } = table
  shadowed(pen, 'rgba(60, 70, 60, 0.35)', 9, 3, 5, () => fillRings(pen, [EGG], '#fffdf6'))
  fillRings(pen, [EGG], radial(pen, YOLK.x, YOLK.y, 92, ['#ffffff', [0.7, '#fffaf0'], '#f3dfc0']))
  inside(
    pen,
    () => traceRing(pen, EGG),
    () => {
      pen.beginPath()
      traceRing(pen, EGG)
      pen.lineWidth = 6
      pen.strokeStyle = 'rgba(198, 140, 74, 0.45)'
      pen.stroke()
    },
  )
  placed(pen, YOLK.x, YOLK.y, YOLK.angle, () => {
    shadowed(pen, 'rgba(150, 90, 0, 0.4)', 5, 1, 3, () => oval(pen, 0, 0, YOLK.rx, YOLK.ry, '#ffb71f'))
    oval(pen, 0, 0, YOLK.rx, YOLK.ry, radial(pen, -9, -9, YOLK.rx * 1.4, ['#ffdf6b', '#ffb71f', '#ef8d0d']))
    oval(pen, -10, -11, 9, 5, 'rgba(255, 255, 255, 0.75)', -35)
  })
  const dice = chance(9)
  for (let i = 0; i < 26; i++)
    disc(pen, YOLK.x + dice.between(-55, 55), YOLK.y + dice.between(-55, 55), dice.between(0.7, 1.5), '#4a4038')
}

export function toast(pen: Pen): void {
  const { TOAST } = table
  shadowed(pen, 'rgba(60, 50, 30, 0.45)', 10, 4, 6, () => fillRings(pen, [TOAST], '#b06a2c'))
  fillRings(pen, [TOAST], linear(pen, 260, 330, 390, 480, ['#c98342', '#9c571f']))
  const inner = TOAST.map((value, i) => (i % 2 === 0 ? 326 + (value - 326) * 0.87 : 404 + (value - 404) * 0.87))
  fillRings(pen, [inner], linear(pen, 270, 340, 380, 470, ['#f6d08e', '#e3a85a']))
  inside(
    pen,
    () => traceRing(pen, inner),
    () => {
      const dice = chance(17)
      for (let i = 0; i < 90; i++) {
        const ink = dice.next() < 0.6 ? 'rgba(160, 96, 36, 0.35)' : 'rgba(255, 240, 200, 0.5)'
        oval(
          pen,
          dice.between(250, 402),
          dice.between(325, 482),
          dice.between(1, 3.4),
          dice.between(1, 2.4),
          ink,
          dice.between(0, 180),
        )
      }
    },
  )
  placed(pen, 330, 398, 14, () => {
    shadowed(pen, 'rgba(120, 80, 20, 0.45)', 4, 2, 3, () =>
      rect(pen, -19, -15, 38, 30, linear(pen, -19, -15, 19, 15, ['#fff6b8', '#f9dc74']), 6),
    )
    rect(pen, -15, -12, 22, 5, 'rgba(255, 255, 255, 0.7)', 3)
  })
}

export function donut(pen: Pen): void {
  const { outer, hole } = table.DONUT
  shadowed(pen, 'rgba(80, 40, 20, 0.5)', 12, 5, 8, () => fillRings(pen, [outer, hole], '#c9853f'))
  fillRings(pen, [outer, hole], radial(pen, 600, 464, 104, ['#e9b06a', '#d08e48', '#a8652a']))
  const scale = (ring: Float64Array, share: number): Float64Array =>
    ring.map((value, i) => (i % 2 === 0 ? 618 + (value - 618) * share : 480 + (value - 480) * share))
  const glaze = [scale(outer, 0.9), scale(hole, 1.26)]
  fillRings(pen, glaze, linear(pen, 550, 410, 690, 560, ['#ff9ec4', '#ef5f98']))
  inside(
    pen,
    () => traceRing(pen, outer),
    () => {
      pen.beginPath()
      pen.arc(618, 481, 54, Math.PI * 1.05, Math.PI * 1.6)
      pen.lineWidth = 9
      pen.lineCap = 'round'
      pen.strokeStyle = 'rgba(255, 255, 255, 0.5)'
      pen.stroke()
    },
  )
  const dice = chance(29)
  for (let i = 0; i < 46; i++) {
    const angle = dice.between(0, Math.PI * 2)
    const reach = dice.between(38, 63)
    const [x, y] = [618 + Math.cos(angle) * reach, 481 + Math.sin(angle) * reach]
    const turn = dice.between(0, Math.PI)
    const ink = dice.pick(['#fff7d6', '#53c7c0', '#ffd24a', '#7b5bd6', '#ffffff'])
    line(
      pen,
      [x - Math.cos(turn) * 3.6, y - Math.sin(turn) * 3.6, x + Math.cos(turn) * 3.6, y + Math.sin(turn) * 3.6],
      3,
      ink,
    )
  }
}

export function berry(pen: Pen, x: number, y: number): void {
  shadowed(pen, 'rgba(60, 30, 20, 0.5)', 5, 2, 4, () => disc(pen, x, y, 12, '#3c4f96'))
  disc(pen, x, y, 12, radial(pen, x - 4, y - 4, 17, ['#8fa3e6', '#4a5fb0', '#26336e']))
  for (let i = 0; i < 5; i++) {
    const angle = (i / 5) * Math.PI * 2
    disc(pen, x + Math.cos(angle) * 3.4, y + Math.sin(angle) * 3.4, 1.5, '#1c2557')
  }
  disc(pen, x, y, 2.2, '#2c397f')
}
