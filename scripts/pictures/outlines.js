import { bridgeParts, partsVertexCount, simplifyRing } from '../../dist/geometry/index.js'
import {
  difference,
  fillEllipse,
  fillParts,
  fillRings,
  intersection,
  Mask,
  traceMask,
  traceTree,
  union,
  xor,
} from '../../dist/mask/index.js'
import {
  arrow,
  card,
  dot,
  grid,
  hollow,
  n,
  outline,
  panel,
  paper,
  pixels,
  polyline,
  vertices,
  words,
} from './drawing.js'

/** A ring along pixel edges moved to its right hand by so much: into the pixels it belongs to. */
function inset(ring, by) {
  const count = ring.length / 2
  const at = (i) => [ring[((i + count) % count) * 2], ring[((i + count) % count) * 2 + 1]]
  const points = []
  for (let i = 0; i < count; i++) {
    const [px, py] = at(i - 1)
    const [x, y] = at(i)
    const [qx, qy] = at(i + 1)
    const [ux, uy] = [Math.sign(x - px), Math.sign(y - py)]
    const [vx, vy] = [Math.sign(qx - x), Math.sign(qy - y)]
    points.push(x - (uy + vy) * by, y + (ux + vx) * by)
  }
  return points
}

/** Arrow heads in the middle of the longest sides. */
function directions(ring, scale, name, count) {
  const sides = []
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = [ring[i], ring[i + 1]]
    const [dx, dy] = [ring[(i + 2) % ring.length] - x, ring[(i + 3) % ring.length] - y]
    sides.push({ x: x + dx / 2, y: y + dy / 2, dx, dy, length: Math.hypot(dx, dy) })
  }
  sides.sort((a, b) => b.length - a.length)
  return sides
    .slice(0, count)
    .map(({ x, y, dx, dy }) => arrow(x, y, dx, dy, scale, name))
    .join('')
}

const TOUCHING = ['............', '.##...#####.', '.##...#.###.', '...##.##.##.', '...##.#####.', '............']

function drawn(rows) {
  const bytes = Uint8Array.from(rows.join(''), (letter) => (letter === '#' ? 1 : 0))
  return Mask.fromDense(bytes, rows[0].length, rows.length)
}

/** Pixels that touch at a corner only. */
export function touching() {
  const mask = drawn(TOUCHING)
  const { width, height } = mask
  const scale = 27
  const shown = (connectivity, caption) => {
    const parts = traceMask(mask, { connectivity })
    let body = paper(width, height, scale)
    for (const [i, part] of parts.entries()) body += pixels(fillParts([part], width, height), scale, ['a', 'c', 'b'][i])
    body += grid(width, height, scale)
    for (const { outer, holes } of parts) {
      body += outline([inset(outer, 0.1)], scale) + directions(inset(outer, 0.1), scale, 'tip', 3)
      for (const hole of holes)
        body += outline([inset(hole, 0.1)], scale, 'hole') + directions(inset(hole, 0.1), scale, 'tip-hole', 1)
    }
    const holes = parts.reduce((sum, part) => sum + part.holes.length, 0)
    return panel({
      width,
      height,
      scale,
      code: `connectivity: ${connectivity}`,
      caption: [`${parts.length} parts, ${holes} ${holes === 1 ? 'hole' : 'holes'}.`, caption],
      body,
    })
  }
  return card({
    title: 'Where pixels touch at a corner only',
    description:
      'Two squares that touch at a corner, and a block with two background pixels that touch at a corner, traced under 4 ' +
      'and 8 connectivity. Rings are drawn a little inside of their pixels.',
    rows: [
      [shown(4, 'Pixels part at a corner, background joins.'), shown(8, 'Pixels join at a corner, background parts.')],
    ],
  })
}

/** A part with a hole, in which an island lies, which has a hole. */
export function islands() {
  const [width, height, scale] = [24, 14, 22]
  const at = (cx, cy, rx, ry) => fillEllipse({ cx, cy, rx, ry }, width, height)
  const mask = union([
    difference(at(9.5, 7, 8.5, 6), at(10, 7, 6, 3.9)),
    difference(at(10, 7, 3.6, 2.4), at(10, 7, 1.1, 1.1)),
    at(21, 5, 1.8, 3.2),
  ])
  const parts = traceTree(mask)
  let body = paper(width, height, scale)
  for (const [i, part] of parts.entries()) body += pixels(fillParts([part], width, height), scale, ['a', 'c', 'b'][i])
  body += grid(width, height, scale)
  for (const { outer, holes } of parts) {
    body += outline([outer], scale) + directions(outer, scale, 'tip', 4)
    body += dot(outer[0], outer[1], scale, 'start', 4)
    for (const hole of holes) {
      body += outline([hole], scale, 'hole') + directions(hole, scale, 'tip-hole', hole.length > 8 ? 4 : 2)
      body += dot(hole[0], hole[1], scale, 'start-hole', 4)
    }
  }
  const caption = parts.map(({ holes, islandIn }, i) => {
    const lies = islandIn === null ? '' : `, an island in hole ${islandIn.hole} of part ${islandIn.part}`
    return `Part ${i}: ${['no hole', '1 hole'][holes.length]}${lies}.`
  })
  const places = [
    [3.2, 7],
    [21, 5],
    [7.65, 7],
  ]
  for (const [i, [x, y]] of places.entries()) body += words(x, y, scale, String(i), { name: 'title', dy: 5 })
  return card({
    title: 'Holes and islands',
    description:
      'A traced mask. Part 0 is a band around a hole, part 2 an island in that hole with a hole of its own, part 1 lies ' +
      'beside them. Outer rings run clockwise on screen, holes counter-clockwise, each from its topmost, then leftmost vertex.',
    rows: [
      [
        panel({
          width,
          height,
          scale,
          code: 'traceTree(mask)',
          caption: [...caption, 'Blue: outer rings, clockwise. Red: holes, counter-clockwise. Dots: where they start.'],
          body,
        }),
      ],
    ],
  })
}

/** The sides of a ring that are walked in both directions. */
function bridgesOf(ring) {
  const seen = new Set()
  const found = []
  for (let i = 0; i < ring.length; i += 2) {
    const side = [ring[i], ring[i + 1], ring[(i + 2) % ring.length], ring[(i + 3) % ring.length]]
    const [ax, ay, bx, by] = side
    if (seen.has(`${bx} ${by} ${ax} ${ay}`)) found.push(side)
    seen.add(side.join(' '))
  }
  return found
}

/** Parts and holes, and the one ring they become. */
export function bridges() {
  const [width, height, scale] = [19, 12, 20]
  const parts = [
    {
      outer: Float64Array.of(1.5, 3, 5, 1, 10, 1.5, 12, 5, 11, 9.5, 6, 11, 2, 9),
      holes: [Float64Array.of(4, 4, 6.5, 3.5, 6, 7, 3.5, 6.5), Float64Array.of(8, 6, 10, 5, 9.5, 8, 7.5, 8.5)],
    },
    { outer: Float64Array.of(14, 2, 17.5, 3, 17, 7.5, 14.5, 6.5), holes: [] },
  ]
  const ring = bridgeParts(parts)
  const joins = bridgesOf(ring)
  const before = fillParts(parts, width, height)
  const after = fillRings([ring], width, height)
  const base = (mask) => paper(width, height, scale) + pixels(mask, scale, 'a') + grid(width, height, scale)
  const rings = parts.flatMap(({ outer, holes }) => [outer, ...holes])
  const holes = parts.flatMap((part) => part.holes)
  let joined = base(after) + outline([ring], scale)
  let ends = ''
  for (const side of joins) {
    joined += polyline(side, scale, 'bridge')
    ends += dot(side[0], side[1], scale, 'bend', 4) + dot(side[2], side[3], scale, 'bend', 4)
  }
  const length = joins.reduce((sum, [ax, ay, bx, by]) => sum + Math.hypot(bx - ax, by - ay), 0)
  const same = before.equals(after) ? `the same ${after.area} pixels` : `${xor(before, after).area} pixels differ`
  return card({
    title: 'Bridges without width',
    description:
      'Two parts with two holes in all, and the one ring they are joined into by bridges walked there and back.',
    rows: [
      [
        panel({
          width,
          height,
          scale,
          title: 'Parts and holes',
          caption: [
            `${parts.length} parts with ${holes.length} holes`,
            `${partsVertexCount(parts)} vertices, ${before.area} pixels`,
          ],
          body:
            base(before) +
            outline(
              parts.map(({ outer }) => outer),
              scale,
            ) +
            outline(holes, scale, 'hole') +
            vertices(rings, scale),
        }),
        panel({
          width,
          height,
          scale,
          code: 'bridgeParts(parts)',
          caption: [
            `One ring, ${joins.length} bridges, ${n(length)} pixels long in all`,
            `${ring.length / 2} vertices (bridge ends twice), ${same}`,
          ],
          body: joined + vertices(rings, scale, 2.25) + ends,
        }),
      ],
    ],
  })
}

/** A traced outline with fewer and fewer vertices. */
export function simplified() {
  const [width, height, scale] = [22, 20, 13]
  const blob = []
  for (let i = 0; i < 72; i++) {
    const turn = (i / 72) * 2 * Math.PI
    const radius = 7.2 + 1.5 * Math.cos(3 * turn + 0.6) + 0.6 * Math.sin(5 * turn)
    blob.push(11 + 1.15 * radius * Math.cos(turn), 10 + radius * Math.sin(turn))
  }
  const mask = fillRings([Float64Array.from(blob)], width, height)
  const [{ outer }] = traceMask(mask)
  const shown = (epsilon) => {
    const { ring, deviation } = simplifyRing(outer, epsilon)
    const filled = fillRings([ring], width, height)
    const body = [
      paper(width, height, scale),
      pixels(intersection([filled, mask]), scale, 'a'),
      pixels(difference(filled, mask), scale, 'extra'),
      grid(width, height, scale),
      hollow(difference(mask, filled), scale),
      epsilon === 0 ? '' : outline([outer], scale, 'thin'),
      outline([ring], scale),
      vertices([ring], scale, epsilon === 0 ? 2 : 2.75),
    ]
    const wrong = xor(filled, mask).area
    const caption = [
      `${ring.length / 2} vertices, deviation ${n(deviation)}`,
      wrong === 0 ? 'exact' : `${wrong} of ${mask.area} pixels differ`,
    ]
    return panel({ width, height, scale, code: `epsilon: ${epsilon}`, caption, body: body.join('') })
  }
  return card({
    title: 'A traced outline, simplified',
    description:
      'The outline of a mask with an epsilon of 0, 0.75 and 2 pixels: fewer vertices, more pixels that differ.',
    legend: [
      ['a', 'pixels of the mask'],
      ['extra', 'more'],
      ['lost', 'fewer'],
    ],
    rows: [[0, 0.75, 2].map(shown)],
  })
}
