import { boundsOfPoints } from '../../../geometry/bounds.js'
import { chance } from '../chance.js'
import * as slide from '../scenes/cells.js'
import { FONT, type Pen } from '../studio.js'
import { aside, disc, fillRings, glow, inside, oval, placed, radial, rect, traceRing } from './brush.js'

const { WIDTH, HEIGHT } = slide

/** Cells under a fluorescence microscope: green cell bodies, blue nuclei, orange specks. */
export function paintCells(pen: Pen): void {
  rect(pen, 0, 0, WIDTH, HEIGHT, radial(pen, WIDTH / 2, HEIGHT / 2, 620, ['#10222f', '#0a1522', '#04070f']))
  dust(pen)
  for (const [i, cell] of slide.CELLS.entries()) paintCell(pen, cell, i)
  for (const speck of slide.SPECKS) {
    const bounds = boundsOfPoints(speck)
    if (bounds === null) continue
    const [x, y] = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2]
    glow(pen, x, y, 26, '#ff9d4d', 0.55)
    fillRings(pen, [speck], radial(pen, x, y, 12, ['#ffe3b8', '#ff9d4d', '#e5662a']))
  }
  scaleBar(pen)
}

function dust(pen: Pen): void {
  const dice = chance(77)
  for (let i = 0; i < 420; i++) {
    disc(
      pen,
      dice.between(0, WIDTH),
      dice.between(0, HEIGHT),
      dice.between(0.4, 1.3),
      `rgba(120, 220, 200, ${dice.between(0.05, 0.2).toFixed(2)})`,
    )
  }
}

function paintCell(pen: Pen, cell: slide.Cell, index: number): void {
  for (const outline of cell.outlines) {
    const bounds = boundsOfPoints(outline)
    if (bounds === null) continue
    const [x, y] = [(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2]
    const reach = Math.max(bounds.right - bounds.left, bounds.bottom - bounds.top) / 2
    glow(pen, x, y, reach * 1.45, '#1fd18f', 0.32)
    const rings = [outline, ...cell.vacuoles]
    fillRings(
      pen,
      rings,
      radial(pen, x - reach * 0.15, y - reach * 0.15, reach * 1.15, [
        '#2bb07f',
        [0.5, '#1d8a68'],
        [0.85, '#17745c'],
        '#3fe0a4',
      ]),
    )
    aside(pen, () => {
      pen.beginPath()
      for (const ring of rings) traceRing(pen, ring)
      pen.clip('evenodd')
      fibres(pen, x, y, reach, index)
      pen.beginPath()
      for (const ring of rings) traceRing(pen, ring)
      pen.lineWidth = 9
      pen.strokeStyle = 'rgba(122, 255, 202, 0.28)'
      pen.stroke()
      pen.lineWidth = 3.5
      pen.strokeStyle = 'rgba(168, 255, 222, 0.75)'
      pen.stroke()
    })
  }
  for (const nucleus of cell.nuclei) paintNucleus(pen, nucleus, cell.phase === 'anaphase', index)
}

/** Fibres from the middle of a cell outwards, and grains. */
function fibres(pen: Pen, x: number, y: number, reach: number, seed: number): void {
  const dice = chance(300 + seed)
  for (let i = 0; i < 60; i++) {
    const angle = dice.between(0, Math.PI * 2)
    const [from, to] = [reach * dice.between(0.2, 0.5), reach * dice.between(0.7, 1.3)]
    const bend = dice.between(-0.4, 0.4)
    pen.beginPath()
    pen.moveTo(x + Math.cos(angle) * from, y + Math.sin(angle) * from)
    pen.quadraticCurveTo(
      x + Math.cos(angle + bend) * (from + to) * 0.5,
      y + Math.sin(angle + bend) * (from + to) * 0.5,
      x + Math.cos(angle + bend * 0.5) * to,
      y + Math.sin(angle + bend * 0.5) * to,
    )
    pen.lineWidth = dice.between(0.8, 2.2)
    pen.strokeStyle = `rgba(140, 255, 206, ${dice.between(0.1, 0.3).toFixed(2)})`
    pen.stroke()
  }
  for (let i = 0; i < 50; i++) {
    const [angle, far] = [dice.between(0, Math.PI * 2), Math.sqrt(dice.next()) * reach]
    disc(pen, x + Math.cos(angle) * far, y + Math.sin(angle) * far, dice.between(0.8, 2.2), 'rgba(200, 255, 228, 0.35)')
  }
}

function paintNucleus(
  pen: Pen,
  { x, y, rx, ry, angle }: slide.Cell['nuclei'][number],
  dividing: boolean,
  seed: number,
): void {
  glow(pen, x, y, Math.max(rx, ry) * 1.8, '#4f7dff', 0.55)
  placed(pen, x, y, angle, () => {
    oval(
      pen,
      0,
      0,
      rx,
      ry,
      radial(
        pen,
        -rx * 0.3,
        -ry * 0.3,
        Math.max(rx, ry) * 1.5,
        dividing ? ['#e6ecff', '#8fa8ff', '#5b74ea'] : ['#a9bcff', '#5c7cf5', '#3a4fc9'],
      ),
    )
    inside(
      pen,
      () => pen.ellipse(0, 0, rx, ry, 0, 0, Math.PI * 2),
      () => {
        const dice = chance(500 + seed)
        for (let i = 0; i < 26; i++)
          disc(
            pen,
            dice.between(-rx, rx),
            dice.between(-ry, ry),
            dice.between(1, 3.4),
            dice.next() < 0.5 ? 'rgba(220, 230, 255, 0.4)' : 'rgba(36, 44, 140, 0.35)',
          )
      },
    )
    if (!dividing) {
      oval(pen, rx * 0.22, ry * 0.12, rx * 0.24, ry * 0.24, 'rgba(30, 36, 120, 0.7)')
      oval(pen, -rx * 0.35, -ry * 0.2, rx * 0.14, ry * 0.15, 'rgba(30, 36, 120, 0.6)')
    }
  })
}

function scaleBar(pen: Pen): void {
  const { left, top, right, bottom } = slide.SCALE_BAR
  rect(pen, left, top, right - left, bottom - top, '#f2fbf8')
  pen.font = `15px ${FONT}`
  pen.textAlign = 'center'
  pen.fillStyle = '#f2fbf8'
  pen.fillText('20 µm', (left + right) / 2, top - 8)
  pen.textAlign = 'start'
}
