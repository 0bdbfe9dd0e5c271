import type { Item } from '../../dataset/item.js'
import type { LabelTree } from '../../dataset/labels.js'
import { encodeUtf8 } from '../../text/decode.js'
import { filmPreview } from './overlay/film.js'
import { previewOf } from './overlay/preview.js'
import { chimesPreview, letterPreview } from './overlay/text-previews.js'
import { paintFrame } from './paint/ball.js'
import { paintBreakfast } from './paint/breakfast.js'
import { paintCells } from './paint/cells.js'
import { paintHarbour } from './paint/harbour.js'
import { paintDoorstep } from './paint/parcel.js'
import { paintTrail } from './paint/runner.js'
import { paintStreet } from './paint/street.js'
import { FPS, FRAMES, HEIGHT, WIDTH } from './scenes/ball.js'
import { RATE, samples } from './scenes/chimes.js'
import { LETTER } from './scenes/letter.js'
import type { Pen, Picture, Studio } from './studio.js'
import { wavFile } from './wav.js'

/** An item made real: its file, as a picture still to be encoded or as bytes, and a picture that shows its annotations. */
export interface Exhibit {
  readonly item: Item
  readonly file: Picture | Uint8Array
  readonly preview: Picture
}

/** Who paints the picture of which item. */
const PAINTERS: Readonly<Record<string, (pen: Pen) => void>> = {
  'pictures/street.png': paintStreet,
  'pictures/breakfast.png': paintBreakfast,
  'pictures/harbour.png': paintHarbour,
  'pictures/cells.png': paintCells,
  'pictures/parcel.png': paintDoorstep,
  'pictures/runner.png': paintTrail,
}

/** The file and the preview of one item of the demo. @throws TypeError for an item of another data set. */
export function exhibitOf(studio: Studio, item: Item, labels: LabelTree): Exhibit {
  const painter = PAINTERS[item.path]
  if (painter !== undefined) {
    const picture = studio.blank(item.media.width ?? 0, item.media.height ?? 0)
    painter(picture.getContext('2d'))
    return { item, file: picture, preview: previewOf(studio, picture, item, labels) }
  }
  switch (item.path) {
    case 'film/ball.gif':
      return { item, file: film(studio), preview: filmPreview(studio, item, labels) }
    case 'text/letter.txt':
      return { item, file: encodeUtf8(LETTER), preview: letterPreview(studio, item, labels) }
    case 'sound/chimes.wav':
      return { item, file: wavFile(samples(), RATE), preview: chimesPreview(studio, item, labels) }
    default:
      throw new TypeError(`the demo cannot draw ${item.path}`)
  }
}

function film(studio: Studio): Uint8Array {
  const frames = Array.from({ length: FRAMES }, (_, frame) => {
    const picture = studio.blank(WIDTH, HEIGHT)
    paintFrame(picture.getContext('2d'), frame)
    return picture
  })
  return studio.gif(frames, 1000 / FPS)
}
