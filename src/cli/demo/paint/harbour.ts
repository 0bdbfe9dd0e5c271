import { chance } from '../chance.js'
import * as harbour from '../scenes/harbour.js'
import type { Pen } from '../studio.js'
import {
  aside,
  disc,
  fillRings,
  inside,
  line,
  linear,
  oval,
  placed,
  radial,
  rect,
  shadowed,
  traceRing,
} from './brush.js'
import { paintVessel, paintWake } from './vessel.js'

const { WIDTH, HEIGHT, QUAY } = harbour

/** The harbour from the air. */
export function paintHarbour(pen: Pen): void {
  water(pen)
  fairway(pen)
  for (const island of harbour.ISLANDS) paintIsland(pen, island.shore, island.lagoon)
  lighthouse(pen)
  quay(pen)
  jetty(pen)
  for (const vessel of harbour.VESSELS) if (vessel.moving) paintWake(pen, vessel)
  for (const vessel of harbour.VESSELS) paintVessel(pen, vessel)
  for (const { at, color } of harbour.BUOYS) buoy(pen, at[0], at[1], color)
  clouds(pen)
}

function water(pen: Pen): void {
  rect(pen, 0, 0, WIDTH, HEIGHT, linear(pen, 0, 0, WIDTH * 0.35, HEIGHT, ['#0f5f80', [0.45, '#14809a'], '#35aeb0']))
  rect(pen, 0, 0, WIDTH, HEIGHT, radial(pen, 240, 60, 620, ['#b9f0ea44', '#b9f0ea00']))
  const dice = chance(3)
  for (let i = 0; i < 520; i++) {
    const [x, y] = [dice.between(0, WIDTH), dice.between(0, QUAY)]
    const long = dice.between(7, 24)
    pen.beginPath()
    pen.moveTo(x, y)
    pen.quadraticCurveTo(x + long / 2, y - dice.between(1, 4), x + long, y)
    pen.lineWidth = dice.between(0.8, 1.7)
    pen.lineCap = 'round'
    pen.strokeStyle =
      dice.next() < 0.6 ? `rgba(214, 250, 248, ${dice.between(0.1, 0.32).toFixed(2)})` : 'rgba(6, 60, 86, 0.22)'
    pen.stroke()
  }
}

function fairway(pen: Pen): void {
  aside(pen, () => {
    pen.setLineDash([2, 13])
    for (const edge of harbour.FAIRWAY) line(pen, edge, 3.4, 'rgba(236, 255, 252, 0.75)')
  })
}

function paintIsland(pen: Pen, shore: Float64Array, lagoon: Float64Array | undefined): void {
  const [cx, cy] = [mean(shore, 0), mean(shore, 1)]
  const grown = (ring: Float64Array, share: number): Float64Array =>
    ring.map((value, i) => (i % 2 === 0 ? cx + (value - cx) * share : cy + (value - cy) * share))
  fillRings(pen, [grown(shore, 1.26)], 'rgba(126, 226, 214, 0.28)')
  fillRings(pen, [grown(shore, 1.12)], 'rgba(168, 240, 226, 0.4)')
  const rings = lagoon === undefined ? [shore] : [shore, lagoon]
  shadowed(pen, 'rgba(4, 50, 66, 0.5)', 8, 3, 4, () => fillRings(pen, rings, '#efd9a4'))
  fillRings(pen, rings, linear(pen, cx - 90, cy - 70, cx + 90, cy + 70, ['#f7e6b8', '#e2c486']))
  const dice = chance(Math.round(cx))
  aside(pen, () => {
    pen.beginPath()
    for (const ring of rings) traceRing(pen, ring)
    pen.clip('evenodd')
    const green = [grown(shore, 0.8), ...(lagoon === undefined ? [] : [around(lagoon, 1.4)])]
    fillRings(pen, green, linear(pen, cx - 80, cy - 60, cx + 80, cy + 60, ['#8fc06b', '#5d9a55']))
    pen.beginPath()
    for (const ring of green) traceRing(pen, ring)
    pen.clip('evenodd')
    for (let i = 0; i < 130; i++) {
      const [x, y] = [cx + dice.between(-120, 120), cy + dice.between(-80, 80)]
      const r = dice.between(3, 7)
      disc(pen, x + 2, y + 3, r, 'rgba(20, 60, 40, 0.35)')
      disc(pen, x, y, r, dice.pick(['#4c8a4b', '#6aa85a', '#3f7a47', '#82b965']))
      disc(pen, x - r * 0.3, y - r * 0.3, r * 0.4, 'rgba(210, 240, 160, 0.45)')
    }
  })
  if (lagoon !== undefined)
    inside(
      pen,
      () => traceRing(pen, lagoon),
      () =>
        oval(
          pen,
          mean(lagoon, 0),
          mean(lagoon, 1),
          44,
          34,
          radial(pen, mean(lagoon, 0), mean(lagoon, 1), 40, ['#1fa0ad', '#6fdccb']),
        ),
    )
}

function around(ring: Float64Array, share: number): Float64Array {
  const [cx, cy] = [mean(ring, 0), mean(ring, 1)]
  return ring.map((value, i) => (i % 2 === 0 ? cx + (value - cx) * share : cy + (value - cy) * share))
}

function mean(ring: Float64Array, axis: 0 | 1): number {
  let sum = 0
  for (let i = axis; i < ring.length; i += 2) sum += ring[i] as number
  return sum / (ring.length / 2)
}

function lighthouse(pen: Pen): void {
  const [x, y] = harbour.LIGHTHOUSE
  pen.beginPath()
  pen.moveTo(x - 7, y + 10)
  pen.lineTo(x + 40, y + 34)
  pen.lineTo(x + 46, y + 26)
  pen.lineTo(x + 10, y - 6)
  pen.fillStyle = 'rgba(20, 50, 40, 0.35)'
  pen.fill()
  for (const [r, ink] of [
    [15, '#d9d4c8'],
    [13, '#ffffff'],
    [10, '#d8453e'],
    [7, '#ffffff'],
    [4.5, '#ffd45e'],
  ] as const)
    disc(pen, x, y, r, ink)
}

function quay(pen: Pen): void {
  rect(pen, 0, QUAY - 3, WIDTH, 8, 'rgba(4, 44, 60, 0.45)')
  rect(pen, 0, QUAY, WIDTH, HEIGHT - QUAY, linear(pen, 0, QUAY, 0, HEIGHT, ['#d9d0c1', '#bdb2a2']))
  rect(pen, 0, QUAY, WIDTH, 7, '#efe8da')
  rect(pen, 0, QUAY + 7, WIDTH, 2, 'rgba(90, 76, 60, 0.4)')
  for (let x = 64; x < WIDTH; x += 64) rect(pen, x, QUAY + 9, 1.5, HEIGHT - QUAY, 'rgba(90, 76, 60, 0.2)')
  for (let x = 30; x < WIDTH; x += 96) disc(pen, x, QUAY + 4, 4, '#4a4038')
  rect(pen, 0, 520, 520, 50, 'rgba(84, 78, 84, 0.55)')
  for (let x = 8; x < 520; x += 44) rect(pen, x, 543, 22, 3, '#f7e7b0', 1)
  for (const [x, y, tint] of [
    [120, 524, '#e9e4da'],
    [300, 549, '#c7483d'],
    [400, 524, '#3f6f9a'],
  ] as const)
    lorry(pen, x, y, tint)
  for (const container of harbour.CONTAINERS) {
    const { left, top, right, bottom, angle, color } = container
    const [w, h] = [right - left, bottom - top]
    placed(pen, left + w / 2, top + h / 2, angle, () => {
      shadowed(pen, 'rgba(50, 40, 30, 0.6)', 6, 5, 6, () => rect(pen, -w / 2, -h / 2, w, h, color))
      rect(pen, -w / 2, -h / 2, w, h, linear(pen, 0, -h / 2, 0, h / 2, ['#ffffff44', '#ffffff00', '#00000033']))
      for (let x = -w / 2 + 4; x < w / 2 - 2; x += 6) rect(pen, x, -h / 2 + 2, 2, h - 4, 'rgba(0, 0, 0, 0.16)')
    })
  }
}

function lorry(pen: Pen, x: number, y: number, tint: string): void {
  shadowed(pen, 'rgba(40, 34, 34, 0.6)', 5, 3, 4, () => rect(pen, x, y, 46, 17, tint, 2))
  rect(pen, x + 48, y + 1, 13, 15, '#f4d06a', 3)
  rect(pen, x + 56, y + 3, 3, 11, '#31454f', 1)
}

function jetty(pen: Pen): void {
  const { left, top, right, bottom, angle } = harbour.JETTY
  const [w, h] = [right - left, bottom - top]
  placed(pen, left + w / 2, top + h / 2, angle, () => {
    shadowed(pen, 'rgba(4, 44, 60, 0.55)', 7, 5, -3, () => rect(pen, -w / 2, -h / 2, w, h, '#b98a58'))
    rect(pen, -w / 2, -h / 2, w, h, linear(pen, 0, -h / 2, 0, h / 2, ['#a87a4a', '#d3a571']))
    for (let x = -w / 2; x < w / 2; x += 9) rect(pen, x, -h / 2, 1.4, h, 'rgba(74, 44, 18, 0.45)')
    for (let x = -w / 2 + 20; x < w / 2; x += 54) for (const y of [-h / 2, h / 2]) disc(pen, x, y, 4, '#6b4523')
  })
}

function buoy(pen: Pen, x: number, y: number, color: 'red' | 'green'): void {
  oval(pen, x + 3, y + 4, 11, 8, 'rgba(3, 40, 56, 0.45)')
  disc(pen, x, y, 9, '#f7f4ea')
  disc(pen, x, y, 7.5, color === 'red' ? '#e0362f' : '#1f9c56')
  disc(pen, x - 2, y - 2, 2.6, 'rgba(255, 255, 255, 0.85)')
}

function clouds(pen: Pen): void {
  for (const [x, y, r] of [
    [60, 40, 120],
    [150, 10, 90],
    [980, 30, 70],
  ] as const)
    disc(pen, x, y, r, radial(pen, x, y, r, ['#ffffff66', '#ffffff2a', '#ffffff00']))
}
