import { chance } from '../chance.js'
import type { Vessel } from '../scenes/harbour.js'
import type { Pen } from '../studio.js'
import { disc, inside, line, linear, oval, placed, rect, shadowed } from './brush.js'

function lying(pen: Pen, vessel: Vessel, draw: (length: number, beam: number) => void): void {
  const { left, top, right, bottom, angle } = vessel
  placed(pen, (left + right) / 2, (top + bottom) / 2, angle, () => draw(right - left, bottom - top))
}

/** White water behind a vessel under way. */
export function paintWake(pen: Pen, vessel: Vessel): void {
  lying(pen, vessel, (l, b) => {
    const reach = l * 1.5
    pen.beginPath()
    pen.moveTo(l * 0.3, -b * 0.3)
    pen.lineTo(-reach, -b * 1.25)
    pen.lineTo(-reach, b * 1.25)
    pen.lineTo(l * 0.3, b * 0.3)
    pen.fillStyle = linear(pen, l * 0.3, 0, -reach, 0, ['#effffb66', '#effffb00'])
    pen.fill()
    pen.beginPath()
    pen.moveTo(-l * 0.42, -b * 0.3)
    pen.quadraticCurveTo(-l * 0.9, -b * 0.1, -l * 1.15, 0)
    pen.quadraticCurveTo(-l * 0.9, b * 0.1, -l * 0.42, b * 0.3)
    pen.fillStyle = linear(pen, -l * 0.4, 0, -l * 1.15, 0, ['#ffffffdd', '#ffffff00'])
    pen.fill()
    const dice = chance(Math.round(l * 100))
    for (let i = 0; i < 40; i++) {
      const x = -dice.between(0.4, 1.3) * l
      disc(
        pen,
        x,
        dice.between(-1, 1) * b * 0.4,
        dice.between(0.6, 2),
        `rgba(255, 255, 255, ${(0.7 + x / (2.4 * l)).toFixed(2)})`,
      )
    }
  })
}

/** A vessel from above. The hull touches all four sides of its box: bow right, stern left. */
export function paintVessel(pen: Pen, vessel: Vessel): void {
  lying(pen, vessel, (l, b) => {
    const blunt = vessel.kind === 'ferry' ? 0.72 : 0.42
    const hull = (inset: number): void => {
      const [x, y] = [l / 2 - inset, b / 2 - inset]
      pen.moveTo(x, 0)
      pen.bezierCurveTo(x * (0.55 + blunt * 0.45), -y * 0.62, x * blunt, -y, x * 0.06, -y)
      pen.lineTo(-x * 0.5, -y)
      pen.quadraticCurveTo(-x * 0.96, -y * 0.96, -x, -y * 0.66)
      pen.lineTo(-x, y * 0.66)
      pen.quadraticCurveTo(-x * 0.96, y * 0.96, -x * 0.5, y)
      pen.lineTo(x * 0.06, y)
      pen.bezierCurveTo(x * blunt, y, x * (0.55 + blunt * 0.45), y * 0.62, x, 0)
    }
    pen.beginPath()
    hull(0)
    pen.fillStyle = vessel.hull
    shadowed(pen, 'rgba(3, 40, 58, 0.6)', 8, 5, 7, () => pen.fill())
    inside(
      pen,
      () => hull(0),
      () => {
        rect(pen, -l / 2, -b / 2, l, b, linear(pen, 0, -b / 2, 0, b / 2, ['#ffffff55', '#ffffff00', '#00000040']))
      },
    )
    inside(
      pen,
      () => hull(Math.max(2.5, b * 0.1)),
      () => {
        rect(pen, -l / 2, -b / 2, l, b, vessel.deck)
        for (let x = -l / 2; x < l / 2; x += 5) rect(pen, x, -b / 2, 0.8, b, 'rgba(60, 40, 20, 0.13)')
      },
    )
    FITTINGS[vessel.kind](pen, l, b)
  })
}

const FITTINGS: Readonly<Record<Vessel['kind'], (pen: Pen, l: number, b: number) => void>> = {
  'motor boat'(pen, l, b) {
    cabin(pen, -l * 0.16, b * 0.56, l * 0.4, '#f9fbfb')
    rect(pen, l * 0.1, -b * 0.24, l * 0.1, b * 0.48, '#2d4a5c', 3)
    for (const y of [-0.18, 0.18]) rect(pen, -l * 0.36, b * y - 3, 8, 6, '#c05b45', 2)
    rect(pen, -l * 0.5, -b * 0.1, l * 0.07, b * 0.2, '#30343c', 2)
  },
  'sailing boat'(pen, l, b) {
    cabin(pen, -l * 0.1, b * 0.44, l * 0.34, '#fbf8f0')
    rect(pen, -l * 0.36, -b * 0.2, l * 0.2, b * 0.4, '#6d4a2b', 3)
    // The sail stands out to one side; it stays within the hull's box.
    pen.beginPath()
    pen.moveTo(l * 0.14, 0)
    pen.quadraticCurveTo(-l * 0.12, b * 0.46, -l * 0.4, b * 0.28)
    pen.closePath()
    pen.fillStyle = linear(pen, l * 0.1, 0, -l * 0.3, b * 0.4, ['#ffffff', '#dfe9ee'])
    shadowed(pen, 'rgba(3, 40, 58, 0.5)', 4, 2, 3, () => pen.fill())
    line(pen, [l * 0.14, 0, -l * 0.4, b * 0.28], 1.6, '#7a5a38')
    disc(pen, l * 0.14, 0, 2.6, '#4a3420')
  },
  ferry(pen, l, b) {
    rect(pen, -l * 0.4, -b * 0.36, l * 0.74, b * 0.72, linear(pen, 0, -b / 2, 0, b / 2, ['#ffffff', '#d5dce0']), 8)
    rect(pen, -l * 0.33, -b * 0.27, l * 0.36, b * 0.54, '#3f7fae', 6)
    for (let i = 0; i < 6; i++)
      for (const y of [-0.17, 0.05]) rect(pen, -l * 0.3 + i * l * 0.055, b * y, l * 0.035, b * 0.12, '#e8f3fa', 2)
    rect(pen, l * 0.2, -b * 0.3, l * 0.06, b * 0.6, '#28465a', 3)
    for (const x of [-0.2, 0.1]) {
      disc(pen, l * x, 0, b * 0.12, '#f0b53d')
      disc(pen, l * x, 0, b * 0.06, '#33363d')
    }
    for (const y of [-0.4, 0.4])
      for (let i = 0; i < 4; i++) rect(pen, -l * 0.26 + i * l * 0.13, b * y - 2.5, l * 0.08, 5, '#e2733a', 2.5)
  },
  trawler(pen, l, b) {
    cabin(pen, l * 0.12, b * 0.62, l * 0.2, '#fdfaf2')
    rect(pen, l * 0.26, -b * 0.26, l * 0.05, b * 0.52, '#2d4a5c', 2)
    oval(pen, -l * 0.2, 0, l * 0.13, b * 0.26, '#4f8a86')
    for (let i = 0; i < 5; i++)
      line(
        pen,
        [-l * 0.31 + i * l * 0.055, -b * 0.2, -l * 0.31 + i * l * 0.055, b * 0.2],
        1,
        'rgba(255, 255, 255, 0.4)',
      )
    line(pen, [l * 0.02, -b * 0.3, -l * 0.4, 0, l * 0.02, b * 0.3], 2, '#6d5236')
    disc(pen, -l * 0.4, 0, 3, '#3d2f22')
  },
}

function cabin(pen: Pen, x: number, width: number, length: number, ink: string): void {
  shadowed(pen, 'rgba(20, 40, 50, 0.5)', 4, 2, 3, () => rect(pen, x - length / 2, -width / 2, length, width, ink, 5))
  rect(pen, x + length * 0.24, -width * 0.4, length * 0.16, width * 0.8, '#36566a', 3)
}
