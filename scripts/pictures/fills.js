import { polylinePolygon } from '../../dist/geometry/index.js'
import {
  difference,
  fillParts,
  fillRings,
  intersection,
  Mask,
  strokeLines,
  strokeLinesOpencv,
} from '../../dist/mask/index.js'
import { card, grid, hollow, outline, panel, paper, pixels, polyline, vertices } from './drawing.js'

/** A star drawn in one line, as everybody does: it crosses itself. */
function star(cx, cy, radius) {
  const ring = []
  for (let i = 0; i < 5; i++) {
    const turn = ((i * 2) / 5 - 1 / 4) * 2 * Math.PI
    ring.push(cx + radius * Math.cos(turn), cy + radius * Math.sin(turn))
  }
  // Vertices in quarters, as a person would write them down.
  return Float64Array.from(ring, (value) => Math.round(value * 4) / 4)
}

/** One polygon under every rule. */
export function fillRules() {
  const [width, height, scale] = [16, 15, 18]
  const ring = star(7.6, 7.9, 6.9)
  const usual = fillRings([ring], width, height)
  const shown = (code, options, caption) => {
    const mask = fillRings([ring], width, height, options)
    const extra = difference(mask, usual)
    const lost = difference(usual, mask)
    const body = [
      paper(width, height, scale),
      pixels(intersection([mask, usual]), scale, 'a'),
      pixels(extra, scale, 'extra'),
      grid(width, height, scale),
      hollow(lost, scale),
      outline([ring], scale),
      vertices([ring], scale),
    ]
    const compared = mask.equals(usual) ? '' : `: ${extra.area} more, ${lost.area} fewer`
    return panel({
      width,
      height,
      scale,
      code,
      caption: [caption, `${mask.area} pixels${compared}`],
      body: body.join(''),
    })
  }
  return card({
    title: 'One polygon, every fill rule',
    description: 'A star that crosses itself, filled by pixel-center even-odd, pixel-center non-zero, coco and opencv.',
    legend: [
      ['a', 'also in the first picture'],
      ['extra', 'more'],
      ['lost', 'fewer'],
    ],
    rows: [
      [
        shown('pixel-center, even-odd', {}, 'Pixels whose centre is inside. The default.'),
        shown('pixel-center, non-zero', { winding: 'non-zero' }, 'The middle is wound around twice: it is in.'),
      ],
      [
        shown('coco', { rule: 'coco' }, 'What pycocotools gives, to the bit.'),
        shown('opencv', { rule: 'opencv' }, 'Whole vertices, outline painted too.'),
      ],
    ],
  })
}

/** Two polygons that share an edge: do they share pixels, do they leave some out? */
export function sharedEdge() {
  const [width, height, scale] = [12, 9, 20]
  const left = Float64Array.of(1, 1, 3.5, 1, 7.5, 7, 1, 7)
  const right = Float64Array.of(3.5, 1, 10, 1, 10, 7, 7.5, 7)
  const due = Mask.fromBounds(width, height, { left: 1, top: 1, right: 10, bottom: 7 })
  const shown = (rule) => {
    const [a, b] = [left, right].map((ring) => fillRings([ring], width, height, { rule }))
    const both = intersection([a, b])
    const gap = difference(difference(due, a), b)
    const body = [
      paper(width, height, scale),
      pixels(difference(a, both), scale, 'a'),
      pixels(difference(b, both), scale, 'c'),
      pixels(both, scale, 'both'),
      grid(width, height, scale),
      hollow(gap, scale),
      outline([left, right], scale),
      vertices([left, right], scale),
    ]
    const caption = [`${a.area} and ${b.area} pixels`, `${both.area} shared, ${gap.area} left out`]
    return panel({ width, height, scale, code: rule, caption, body: body.join('') })
  }
  return card({
    title: 'Two polygons that share an edge',
    description: 'Two quadrilaterals with a slanted edge in common under the three rules; pixels of both are violet.',
    legend: [
      ['a', 'left'],
      ['c', 'right'],
      ['both', 'of both'],
    ],
    rows: [['pixel-center', 'coco', 'opencv'].map(shown)],
  })
}

/** A line of three pixels' width. */
export function lines() {
  const [width, height, scale] = [16, 12, 18]
  const line = Float64Array.of(3, 8.3, 6.4, 3.6, 9.1, 8.2, 13.2, 6.4)
  const stroke = polylinePolygon(line, 3, { join: 'miter', cap: 'square' })
  const shown = (code, mask, caption, rings) => {
    const body = [
      paper(width, height, scale),
      pixels(mask, scale, 'a'),
      grid(width, height, scale),
      rings === undefined ? '' : outline(rings, scale, 'thin'),
      polyline(line, scale),
      vertices([line], scale),
    ]
    return panel({ width, height, scale, code, caption: [...caption, `${mask.area} pixels`], body: body.join('') })
  }
  const round = polylinePolygon(line, 3).parts.map(({ outer }) => outer)
  return card({
    title: 'Lines of width 3',
    description:
      'The same line painted by strokeLines, by strokeLinesOpencv, and as a polygon with mitres and square ends.',
    rows: [
      [
        shown(
          'strokeLines',
          strokeLines([line], width, height, 3),
          ['Pixels whose centre is within', '1.5 of the line.'],
          round,
        ),
        shown('strokeLinesOpencv', strokeLinesOpencv([line], width, height, 3, false), [
          'cv2.polylines: vertices are',
          'pixels, (3, 8) is column 3, row 8.',
        ]),
        shown(
          'polylinePolygon + fillParts',
          fillParts(stroke.parts, width, height),
          ['join: miter, cap: square.', `A polygon; exact: ${stroke.exact}.`],
          stroke.parts.map(({ outer }) => outer),
        ),
      ],
    ],
  })
}
