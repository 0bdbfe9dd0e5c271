import type { Annotation } from '../../../dataset/annotation.js'
import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import { Box, Classification, Ellipse, FreeText, Point, Polygon } from '../../../definitions/index.js'
import * as table from '../scenes/breakfast.js'
import { mark, OCCLUDED, type Remarks } from './mark.js'

const { WIDTH, HEIGHT } = table

/** The breakfast table: ellipses, turned boxes, polygons, two of them with a hole, and points. */
export function breakfastItem(): Item {
  return new Item({
    id: idFrom(2),
    path: 'pictures/breakfast.png',
    media: { kind: 'image', width: WIDTH, height: HEIGHT, mimetype: 'image/png' },
    annotations: [
      mark(201, new Classification({ label: 'indoors', attributes: { view: 'from above' } })),
      mark(
        202,
        new FreeText({
          label: 'answer',
          text: 'Egg, toast, a donut and coffee.',
          attributes: { question: 'What is for breakfast?' },
        }),
      ),
      round(203, 'plate', table.PLATE),
      round(204, 'plate', table.DISH, { flags: OCCLUDED }),
      round(205, 'plate', table.SAUCER, { flags: OCCLUDED }),
      round(206, 'glass', table.GLASS),
      mark(207, holed('cup', table.CUP), { object: 'cup-1' }),
      round(208, 'coffee', table.COFFEE, { parent: 207 }),
      mark(209, Polygon.fromPoints(table.EGG, { label: 'egg', attributes: { sunnySideUp: true } })),
      round(210, 'yolk', table.YOLK, { parent: 209 }),
      mark(211, Polygon.fromPoints(table.TOAST, { label: 'toast' })),
      mark(212, holed('donut', table.DONUT), { status: 'review' }),
      turned(213, 'fork', table.FORK),
      turned(214, 'knife', table.KNIFE),
      turned(215, 'napkin', table.NAPKIN, { flags: OCCLUDED }),
      turned(216, 'spoon', table.SPOON),
      ...table.BERRIES.map(([x, y], i) => mark(217 + i, new Point({ label: 'blueberry', x, y }))),
    ],
  })
}

function round(id: number, label: string, { x, y, rx, ry, angle }: table.Round, remarks?: Remarks): Annotation {
  return mark(id, new Ellipse({ label, x, y, rx, ry, angle }), remarks)
}

function turned(
  id: number,
  label: string,
  { left, top, right, bottom, angle }: table.Turned,
  remarks?: Remarks,
): Annotation {
  return mark(id, new Box({ label, left, top, right, bottom, angle }), remarks)
}

function holed(label: string, { outer, hole }: typeof table.DONUT): Polygon {
  return new Polygon({ label, parts: [{ outer, holes: [hole] }] })
}
