import type { Item } from '../../../dataset/item.js'
import type { LabelTree } from '../../../dataset/labels.js'
import { rect } from '../paint/brush.js'
import * as chimes from '../paint/chimes.js'
import * as letter from '../paint/letter.js'
import { FONT, type Picture, type Studio } from '../studio.js'
import { fitText, footerOf } from './footer.js'
import { css, labelColor, readableOn } from './ink.js'
import { drawTags, type Tag } from './tags.js'

/** The letter with its marked words. */
export function letterPreview(studio: Studio, item: Item, labels: LabelTree): Picture {
  const { WIDTH: width, HEIGHT: height } = letter
  const measure = studio.blank(1, 1).getContext('2d')
  const placeless = item.annotations.filter(({ type }) => type !== 'text_mark')
  const footer = footerOf(measure, placeless, labels, width)
  const sheet = studio.blank(width, height + footer.height)
  const pen = sheet.getContext('2d')
  letter.paintLetter(pen)
  footer.draw(pen, height)
  const tags: Tag[] = []
  for (const { definition } of item.annotations) {
    if (definition.type !== 'text_mark') continue
    const color = labelColor(labels, definition.label)
    const stretches = letter.stretchesOf(measure, definition.start, definition.end)
    for (const { left, top, right, bottom } of stretches) {
      rect(pen, left, top, right - left, bottom - top, css(color, 0.24), 3)
      rect(pen, left, bottom - 2, right - left, 2.5, css(color))
    }
    const [first] = stretches
    if (first !== undefined) tags.push({ text: definition.label, color, bounds: first })
  }
  drawTags(pen, tags, { width, height }, [])
  return sheet
}

/** The wave of the sound with its captions. */
export function chimesPreview(studio: Studio, item: Item, labels: LabelTree): Picture {
  const { WIDTH: width, HEIGHT: height } = chimes
  const measure = studio.blank(1, 1).getContext('2d')
  const placeless = item.annotations.filter(({ type }) => type !== 'subtitle')
  const footer = footerOf(measure, placeless, labels, width)
  const sheet = studio.blank(width, height + footer.height)
  const pen = sheet.getContext('2d')
  chimes.paintChimes(pen)
  footer.draw(pen, height)
  const { top, bottom } = chimes.CAPTIONS
  for (const { definition, span } of item.annotations) {
    if (definition.type !== 'subtitle') continue
    const color = labelColor(labels, definition.label)
    const left = chimes.timeToX(span?.startTime ?? 0)
    const right = chimes.timeToX(span?.endTime ?? 0)
    rect(pen, left, 24, right - left, bottom - 24, css(color, 0.12), 6)
    rect(pen, left, top, right - left, bottom - top, css(color), 6)
    pen.font = `12px ${FONT}`
    pen.textBaseline = 'middle'
    pen.fillStyle = readableOn(color)
    const said = definition.text.replaceAll('\n', ' ')
    pen.fillText(fitText(pen, said, right - left - 16), left + 8, (top + bottom) / 2)
    pen.textBaseline = 'alphabetic'
  }
  return sheet
}
