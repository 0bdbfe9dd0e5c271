import type { Annotation } from '../../../dataset/annotation.js'
import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import {
  Box,
  Classification,
  Ellipse,
  ItemDescription,
  Point,
  Polygon,
  Polyline,
  Segmentation,
} from '../../../definitions/index.js'
import { fillPartsCoco } from '../../../mask/fill-parts.js'
import * as street from '../scenes/street.js'
import { MODEL, mark, OCCLUDED } from './mark.js'

const { WIDTH, HEIGHT } = street

/** The street at dusk: boxes, two of them cut short, a tram in two parts, a crowd, wheels that belong to a car. */
export function streetItem(): Item {
  return new Item({
    id: idFrom(1),
    path: 'pictures/street.png',
    media: { kind: 'image', width: WIDTH, height: HEIGHT, mimetype: 'image/png' },
    metadata: { place: 'Tramway Street', time: '20:41' },
    annotations: [
      mark(101, new Classification({ label: 'dusk', attributes: { weather: 'clear', lamps: true } })),
      mark(102, new ItemDescription({ text: 'A tram stops at a red light while the sun sets.' })),
      crowd(),
      tram(),
      mark(105, new Polyline({ label: 'rail', lines: street.RAILS, attributes: { gauge: 1435 } })),
      ...cars(),
      ...people(),
      mark(118, new Box({ ...street.LIGHT.head, label: 'traffic light', attributes: { state: 'red', arrows: [] } }), {
        object: 'light-1',
      }),
      ...street.LAMPS.map(({ x, top, arm }, i) => mark(119 + i, new Point({ label: 'lamp', x: x + arm, y: top + 5 }))),
    ],
  })
}

/** A crowd is one region for many people. */
function crowd(): Annotation {
  const parts = street.CROWD.flatMap(({ head, body }) => [head, body]).map((outer) => ({ outer, holes: [] }))
  const mask = fillPartsCoco(parts, WIDTH, HEIGHT)
  return mark(103, new Segmentation({ label: 'person', mask, attributes: { count: street.CROWD.length } }), {
    flags: { crowd: true },
  })
}

/** The pole of the traffic light hides a strip of the tram; the declared box is that of the whole tram. */
function tram(): Annotation {
  const parts = street.TRAM_PARTS.map((outer) => ({ outer }))
  return mark(104, new Polygon({ label: 'tram', parts, attributes: { line: '7' } }), {
    object: 'tram-7',
    flags: OCCLUDED,
    box: street.TRAM,
  })
}

function cars(): Annotation[] {
  const marks = street.CARS.map((car, i) => {
    const { id, left, top, bottom, taxi, heading } = car
    const truncated = car.right > WIDTH
    const box = new Box({
      label: 'car',
      left,
      top,
      bottom,
      right: Math.min(car.right, WIDTH),
      attributes: { taxi, heading },
    })
    const score = [0.98, 0.96, 0.87][i]
    return mark(106 + i, box, {
      object: id,
      score,
      model: MODEL,
      automated: true,
      flags: truncated ? { truncated } : taxi ? OCCLUDED : undefined,
    })
  })
  const [first] = street.CARS
  if (first === undefined) return marks
  const ellipses = street
    .wheels(first)
    .map(({ x, y, radius }, i) =>
      mark(109 + i, new Ellipse({ label: 'wheel', x, y, rx: radius, ry: radius }), { parent: 106 }),
    )
  return [...marks, ...ellipses]
}

function people(): Annotation[] {
  const boxes = street.WALKERS.map(({ id, left, top, right, bottom }, i) =>
    mark(
      111 + i,
      new Box({
        label: 'person',
        left,
        top,
        right,
        bottom,
        attributes: { age: id === 'person-2' ? 'child' : 'adult' },
      }),
      {
        object: id,
        score: [0.97, 0.92, 0.95][i],
        model: MODEL,
        automated: true,
      },
    ),
  )
  return [...boxes, mark(114, new Box({ ...street.DOG, label: 'dog' }), { object: 'dog-1', status: 'approved' })]
}
