import type { Item } from '../../../dataset/item.js'
import type { LabelTree } from '../../../dataset/labels.js'
import { paintBall, paintCourt, paintCrate } from '../paint/ball.js'
import { FRAMES, HEIGHT, WIDTH } from '../scenes/ball.js'
import type { Picture, Studio } from '../studio.js'
import { footerOf } from './footer.js'
import { labelColor, type Rgb } from './ink.js'
import { drawShape } from './marks.js'
import { shapeOf } from './shape.js'
import { drawTags, type Tag, tagOf } from './tags.js'

const SCALE = 1.5
const HIDDEN: Rgb = [120, 128, 145]

/** All frames of the film in one picture, with the box of every key frame and its number; grey where the ball is hidden. */
export function filmPreview(studio: Studio, item: Item, labels: LabelTree): Picture {
  const picture = strobe(studio)
  const { width, height } = picture
  const placeless = item.annotations.filter(({ definition }) => shapeOf(definition, labels) === null)
  const footer = footerOf(picture.getContext('2d'), placeless, labels, width)
  const sheet = studio.blank(width, height + footer.height)
  const pen = sheet.getContext('2d')
  pen.drawImage(picture, 0, 0)
  footer.draw(pen, height)
  const tags: Tag[] = []
  for (const annotation of item.annotations) {
    const frames = annotation.keyFrames ?? [{ frame: undefined, definition: annotation.definition, visible: true }]
    for (const { frame, definition, visible } of frames) {
      const shape = shapeOf(definition, labels)
      const tag = tagOf(annotation.with({ definition }), labels)
      if (shape === null || tag === null) continue
      const color = visible ? labelColor(labels, definition.label) : HIDDEN
      pen.save()
      pen.scale(SCALE, SCALE)
      drawShape(pen, shape, color, visible ? {} : { occluded: true })
      pen.restore()
      const { left, top, right, bottom } = tag.bounds
      const bounds = { left: left * SCALE, top: top * SCALE, right: right * SCALE, bottom: bottom * SCALE }
      const text = frame === undefined ? tag.text : frame === 0 ? `${tag.text} 0` : String(frame)
      tags.push({ text, color, bounds })
    }
  }
  drawTags(pen, tags, { width, height }, [])
  return sheet
}

/** The film as if the shutter had stayed open, one and a half times as large. */
function strobe(studio: Studio): Picture {
  const picture = studio.blank(WIDTH * SCALE, HEIGHT * SCALE)
  const pen = picture.getContext('2d')
  pen.scale(SCALE, SCALE)
  paintCourt(pen)
  for (let frame = 0; frame < FRAMES; frame++) paintBall(pen, frame, frame % 4 === 0 ? 1 : 0.1)
  paintCrate(pen)
  return picture
}
