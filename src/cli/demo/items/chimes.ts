import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import { Classification, Subtitle } from '../../../definitions/index.js'
import { DURATION, STROKES } from '../scenes/chimes.js'
import { mark } from './mark.js'

/** Three chimes of a clock with captions. */
export function chimesItem(): Item {
  return new Item({
    id: idFrom(9),
    path: 'sound/chimes.wav',
    media: { kind: 'audio', duration: DURATION, mimetype: 'audio/wav' },
    annotations: [
      mark(901, new Classification({ label: 'english' })),
      ...STROKES.map(({ at, until, text, cue }, i) =>
        mark(902 + i, new Subtitle({ label: 'Text', text, attributes: cue }), {
          span: { startTime: at, endTime: until },
        }),
      ),
    ],
  })
}
