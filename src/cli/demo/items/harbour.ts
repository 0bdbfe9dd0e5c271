import type { Annotation } from '../../../dataset/annotation.js'
import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import { Box, Gis, Point, Polygon, Polyline, UndefinedAnnotation } from '../../../definitions/index.js'
import * as harbour from '../scenes/harbour.js'
import { MODEL, mark } from './mark.js'

const { WIDTH, HEIGHT } = harbour

/** The harbour from the air: turned boxes with scores, islands with a lagoon, lines, points, and things without a place. */
export function harbourItem(): Item {
  return new Item({
    id: idFrom(3),
    path: 'pictures/harbour.png',
    media: { kind: 'image', width: WIDTH, height: HEIGHT, mimetype: 'image/png' },
    metadata: { metresPerPixel: 0.25 },
    annotations: [
      mark(301, new Gis({ label: 'harbour area', geoType: 'polygon', geo: AREA })),
      mark(
        302,
        new UndefinedAnnotation({ label: 'power cable', sourceType: 'polyline_3d', coordinates: { points: CABLE } }),
      ),
      islands(),
      mark(304, new Polyline({ label: 'fairway', lines: harbour.FAIRWAY, attributes: { depth: 6.5 } })),
      mark(305, new Box({ ...harbour.JETTY, label: 'jetty' })),
      ...harbour.VESSELS.map((vessel, i) => boat(306 + i, vessel)),
      ...harbour.CONTAINERS.map(({ left, top, right, bottom, angle }, i) =>
        mark(321 + i, new Box({ label: 'container', left, top, right, bottom, angle })),
      ),
      ...harbour.BUOYS.map(({ at: [x, y], color }, i) =>
        mark(331 + i, new Point({ label: 'buoy', x, y, attributes: { color } })),
      ),
    ],
  })
}

/** Degrees of longitude and latitude, closed as GeoJSON does it. */
const AREA = [
  [
    [-4.7752, 48.4512],
    [-4.7717, 48.4512],
    [-4.7717, 48.4498],
    [-4.7752, 48.4498],
    [-4.7752, 48.4512],
  ],
]

const CABLE = [
  { x: 0, y: 124, z: -4.5 },
  { x: 96, y: 118, z: -6.25 },
  { x: 180, y: 101, z: -5 },
]

function islands(): Annotation {
  const parts = harbour.ISLANDS.map(({ shore, lagoon }) => ({
    outer: shore,
    holes: lagoon === undefined ? [] : [lagoon],
  }))
  return mark(303, new Polygon({ label: 'island', parts, attributes: { inhabited: false } }))
}

function boat(
  id: number,
  { id: object, kind, left, top, right, bottom, angle, moving, score }: harbour.Vessel,
): Annotation {
  const box = new Box({ label: kind, left, top, right, bottom, angle, attributes: { moving } })
  return mark(id, box, { object, score, model: MODEL, automated: true })
}
