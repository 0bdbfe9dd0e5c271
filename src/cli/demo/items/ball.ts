import { idFrom } from '../../../dataset/id.js'
import { Item } from '../../../dataset/item.js'
import type { KeyFrame } from '../../../dataset/track.js'
import { Box, Classification, Subtitle } from '../../../definitions/index.js'
import * as film from '../scenes/ball.js'
import { mark } from './mark.js'

/** A short film: one track with key frames, each held until the next, and hidden for a while; and what is said about it. */
export function ballItem(): Item {
  const keyFrames = film.KEY_FRAMES.map(ballKeyFrame)
  const span = { frame: 0, endFrame: film.FRAMES - 1, startTime: 0, endTime: (film.FRAMES - 1) / film.FPS }
  return new Item({
    id: idFrom(7),
    path: 'film/ball.gif',
    media: {
      kind: 'video',
      width: film.WIDTH,
      height: film.HEIGHT,
      fps: { numerator: film.FPS, denominator: 1 },
      frames: film.FRAMES,
      duration: film.FRAMES / film.FPS,
      mimetype: 'image/gif',
    },
    annotations: [
      mark(701, ballBox(0), { object: 'ball-1', span, keyFrames }),
      mark(702, new Box({ ...film.CRATE, label: 'crate' }), { object: 'crate-1', span }),
      mark(703, new Classification({ label: 'outdoors' }), { span }),
      ...film.CUES.map(({ from, to, text, cue }, i) =>
        mark(704 + i, new Subtitle({ label: 'Text', text, attributes: cue }), {
          span: { frame: from, endFrame: to, startTime: from / film.FPS, endTime: to / film.FPS },
        }),
      ),
    ],
  })
}

function ballBox(frame: number): Box {
  const { x, y } = film.ballAt(frame)
  const { RADIUS } = film
  const rising = film.ballAt(frame + 1).y < y
  return new Box({
    label: 'ball',
    left: x - RADIUS,
    top: y - RADIUS,
    right: x + RADIUS,
    bottom: y + RADIUS,
    attributes: { rising },
  })
}

function ballKeyFrame(frame: number): KeyFrame {
  return { frame, definition: ballBox(frame), fixed: true, visible: film.ballVisible(frame) }
}
