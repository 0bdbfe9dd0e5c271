import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import { Box, Classification, Ellipse, Point, Pose } from '../../../definitions/index.js'
import * as trail from '../scenes/runner.js'
import { MODEL, mark, OCCLUDED } from './mark.js'

/** The runner: one person as a box and as a pose, joined by the object id. */
export function runnerItem(): Item {
  const points = trail.JOINTS.map(([name, x, y, visibility]) => ({ name, x, y, visibility }))
  return new Item({
    id: idFrom(5),
    path: 'pictures/runner.png',
    media: { kind: 'image', width: trail.WIDTH, height: trail.HEIGHT, mimetype: 'image/png' },
    annotations: [
      mark(501, new Classification({ label: 'outdoors', attributes: { season: 'summer' } })),
      mark(
        502,
        new Ellipse({ label: 'sun', x: trail.SUN.x, y: trail.SUN.y, rx: trail.SUN.radius, ry: trail.SUN.radius }),
        { flags: OCCLUDED },
      ),
      mark(503, new Box({ ...trail.RUNNER, label: 'person', attributes: { age: 'adult' } }), {
        object: 'runner-1',
        score: 0.99,
        model: MODEL,
        automated: true,
      }),
      mark(504, new Pose({ label: 'runner', points, templateId: 'coco-17', instanceId: 'runner-1' }), {
        object: 'runner-1',
        box: trail.RUNNER,
      }),
      ...trail.BIRDS.map(([x, y], i) => mark(505 + i, new Point({ label: 'bird', x, y }))),
    ],
  })
}
