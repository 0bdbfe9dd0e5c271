import type { Annotation } from '../../../dataset/annotation.js'
import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import { Box, Comparison, Cube, Cube3d, Note, Point, Polygon, RefImage } from '../../../definitions/index.js'
import * as step from '../scenes/parcel.js'
import { mark, OCCLUDED } from './mark.js'

/** Parcels before a door: cuboids, a note that asks something, a plant of several parts, and things without a place. */
export function parcelItem(): Item {
  return new Item({
    id: idFrom(6),
    path: 'pictures/parcel.png',
    media: { kind: 'image', width: step.WIDTH, height: step.HEIGHT, mimetype: 'image/png' },
    annotations: [
      ...crates(),
      mark(603, new Box({ ...step.SHIPPING_LABEL, label: 'address label' }), { parent: 601 }),
      mark(604, new Box({ ...step.BARCODE, label: 'barcode', attributes: { code: 'ITF-14' } }), { parent: 603 }),
      mark(605, damage(), { status: 'issue' }),
      mark(606, new Box({ ...step.NUMBER, label: 'house number', attributes: { text: '27' } })),
      mark(607, new Point({ label: 'door knob', x: step.KNOB[0], y: step.KNOB[1] })),
      mark(608, Polygon.fromPoints(step.MAT, { label: 'doormat' }), { flags: OCCLUDED }),
      mark(609, Polygon.fromRings([step.POT, ...step.LEAVES], { label: 'plant' })),
      mark(
        610,
        new Cube3d({
          label: 'parcel',
          position: { x: 0.42, y: 2.1, z: 0.25 },
          scale: { x: 0.5, y: 0.4, z: 0.5 },
          rotation: { x: 0, y: 0, z: 0.12 },
        }),
        { object: 'parcel-1' },
      ),
      mark(611, new RefImage({ ref: 'https://example.com/parcel-as-sent.png', mimetype: 'image/png' })),
      mark(
        612,
        new Comparison({
          label: 'which looks safer',
          coordinates: { left: 'parcel-1', right: 'parcel-2', answer: 'right' },
        }),
      ),
    ],
  })
}

function crates(): Annotation[] {
  return [step.PARCEL, step.GIFT].map(({ id, front, back }, i) =>
    mark(601 + i, Cube.fromBoxesAndAngle({ label: 'parcel', front, back, attributes: { gift: i === 1 } }), {
      object: id,
    }),
  )
}

function damage(): Note {
  const note = new Note({
    ...step.DENT,
    label: 'damage',
    creator: 'mira@example.com',
    assignee: 'jon@example.com',
    createTime: 1_718_000_000_000,
    messages: [{ id: 'm1', creator: 'mira@example.com', time: 1_718_000_000_000, body: 'Dented corner?' }],
  })
  return note.withMessage('Yes, refused.', { id: 'm2', creator: 'jon@example.com', time: 1_718_000_600_000 })
}
