import type { Item } from '../../../dataset/item.js'
import type { LabelTree } from '../../../dataset/labels.js'
import { type Bounds, boundsArea } from '../../../geometry/bounds.js'
import type { Picture, Studio } from '../studio.js'
import { footerOf } from './footer.js'
import { labelColor } from './ink.js'
import { drawShape } from './marks.js'
import { shapeOf } from './shape.js'
import { drawTags, mergeTags, tagOf } from './tags.js'

/** From this share of the picture on, an object may be covered by the tags of others. */
const LARGE = 0.04

/**
 * A picture with its annotations drawn upon it: fills that let the picture through, outlines, tags, and below the
 * picture what has no place in it.
 */
export function previewOf(studio: Studio, picture: Picture, item: Item, labels: LabelTree): Picture {
  const { width, height } = picture
  const shapes = item.annotations.flatMap((annotation) => {
    const shape = shapeOf(annotation.definition, labels)
    return shape === null ? [] : [{ annotation, shape }]
  })
  const homeless = item.annotations.filter(({ definition }) => shapeOf(definition, labels) === null)
  const footer = footerOf(picture.getContext('2d'), homeless, labels, width)
  const sheet = studio.blank(width, height + footer.height)
  const pen = sheet.getContext('2d')
  pen.drawImage(picture, 0, 0)
  footer.draw(pen, height)
  pen.save()
  pen.beginPath()
  pen.rect(0, 0, width, height)
  pen.clip()
  // What is large lies below what is small; points lie on top.
  const sizeOf = (bounds: Bounds | null): number => (bounds === null ? 0 : boundsArea(bounds))
  const order = [...shapes].sort((a, b) => sizeOf(b.annotation.bounds) - sizeOf(a.annotation.bounds))
  for (const { annotation, shape } of order)
    drawShape(pen, shape, labelColor(labels, annotation.label), annotation.flags)
  const tags = shapes.flatMap(({ annotation }) => tagOf(annotation, labels) ?? [])
  const objects = shapes.flatMap(({ annotation: { bounds, type } }) =>
    // A line fills next to nothing of its bounds, and what is large is not hidden by a tag.
    bounds === null || type === 'polyline' || boundsArea(bounds) > LARGE * width * height
      ? []
      : { bounds, weight: 0.05 },
  )
  const points = shapes
    .flatMap(({ shape }) => shape.points)
    .map(({ at: [x, y] }) => ({ bounds: { left: x - 7, top: y - 7, right: x + 7, bottom: y + 7 }, weight: 0.6 }))
  drawTags(pen, mergeTags(tags), { width, height }, [...objects, ...points])
  pen.restore()
  return sheet
}
