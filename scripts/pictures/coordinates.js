import { Box } from '../../dist/definitions/index.js'
import { Mask } from '../../dist/mask/index.js'
import { arrow, card, dot, grid, n, outline, panel, paper, pixels, polyline, vertices, words } from './drawing.js'

/** Edges, centres and a half-open box; and a box that is turned. */
export function coordinates() {
  return card({
    title: 'Edges, centres and boxes',
    description:
      'Left: a grid of pixels whose edges are numbered from 0; the first pixel has its centre at (0.5, 0.5); a box from ' +
      '(1, 1) to (4, 3) covers three by two pixels, its right and bottom edges dashed. Right: a box turned by 30 degrees ' +
      'clockwise about its centre.',
    rows: [[edges(), turned()]],
  })
}

function edges() {
  const [width, height, scale] = [6, 4, 52]
  const box = { left: 1, top: 1, right: 4, bottom: 3 }
  const mask = Mask.fromBounds(width, height, box)
  let body = paper(width, height, scale) + pixels(mask, scale, 'a') + grid(width, height, scale)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) body += dot(x + 0.5, y + 0.5, scale, 'centre', 2)
  for (let x = 0; x <= width; x++) body += words(x, 0, scale, String(x), { dy: -7 })
  for (let y = 0; y <= height; y++) body += words(0, y, scale, String(y), { anchor: 'end', dx: -7, dy: 4 })
  body += words(width, 0, scale, 'x', { name: 'code', anchor: 'start', dx: 12, dy: -6 })
  body += words(0, height, scale, 'y', { name: 'code', anchor: 'end', dx: -7, dy: 20 })
  body += polyline([1, 3, 4, 3, 4, 1], scale, 'dashed') + polyline([1, 3, 1, 1, 4, 1], scale)
  body += dot(0.5, 0.5, scale, 'start', 3.5) + words(0.5, 0.5, scale, '(0.5, 0.5)', { dy: 17 })
  body += words(2.5, 1, scale, 'top = 1', { dy: -6 }) + words(2.5, 3, scale, 'bottom = 3', { dy: 15 })
  body += upright(1, 2, scale, 'left = 1', -6) + upright(4, 2, scale, 'right = 4', 15)
  return panel({
    width,
    height,
    scale,
    title: 'Edges are whole numbers, centres halves',
    caption: [
      'The box { left: 1, top: 1, right: 4, bottom: 3 } is half open:',
      `left and top are in, right and bottom are out. ${mask.area} pixels.`,
    ],
    body,
    pad: [20, 18, 26, 22],
  })
}

/** Words that run upwards beside an upright edge. */
function upright(x, y, scale, text, dx) {
  const place = `translate(${n(x * scale + dx)} ${n(y * scale)}) rotate(-90)`
  return `<text class="mark" text-anchor="middle" transform="${place}">${text}</text>`
}

function turned() {
  const [width, height, scale] = [6, 4, 52]
  const box = new Box({ left: 1, top: 1.25, right: 5, bottom: 2.75, angle: 30, label: 'box' })
  const [tl, bl, br, tr] = box.corners
  const { left, top, right, bottom } = box.bounds
  const ring = [...tl, ...tr, ...br, ...bl]
  let body = paper(width, height, scale) + grid(width, height, scale)
  body += `<path class="a" fill-opacity=".55" d="M${[tl, tr, br, bl].map(([x, y]) => `${n(x * scale)} ${n(y * scale)}`).join('L')}z"/>`
  body += outline([[1, 1.25, 5, 1.25, 5, 2.75, 1, 2.75]], scale, 'thin')
  body += outline([[left, top, right, top, right, bottom, left, bottom]], scale, 'dashed')
  body += outline([ring], scale) + vertices([ring], scale, 3.25)
  const turn = (30 * Math.PI) / 180
  const radius = 1.45
  const end = [3 + radius * Math.cos(turn), 2 + radius * Math.sin(turn)]
  body += polyline([3, 2, 3 + radius + 0.2, 2], scale, 'thin') + polyline([3, 2, ...end], scale, 'thin')
  const r = n(radius * scale)
  body += `<path class="bridge" style="stroke-width:2" d="M${n((3 + radius) * scale)} ${n(2 * scale)}A${r} ${r} 0 0 1 ${n(end[0] * scale)} ${n(end[1] * scale)}"/>`
  body += arrow(end[0], end[1], -Math.sin(turn), Math.cos(turn), scale, 'tip-bridge')
  body += dot(3, 2, scale, 'start', 3.5) + words(3 + radius, 2, scale, '30°', { anchor: 'start', dx: -24, dy: 18 })
  body += words(tl[0], tl[1], scale, 'top left', { dy: -9 })
  return panel({
    width,
    height,
    scale,
    title: 'Angles turn clockwise on screen',
    caption: ['About the centre. Thin: the sides before turning.', 'Dashed: bounds, the upright box around it.'],
    body,
    pad: [4, 18, 4, 22],
  })
}
