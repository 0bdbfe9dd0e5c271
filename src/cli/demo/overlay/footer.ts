import type { Annotation } from '../../../dataset/annotation.js'
import type { LabelTree } from '../../../dataset/labels.js'
import type { AnnotationDefinition } from '../../../definitions/index.js'
import { disc, rect } from '../paint/brush.js'
import { FONT, type Pen } from '../studio.js'
import { css, labelColor } from './ink.js'

const SIZE = 14
const LINE = 30
const MARGIN = 14
const GAP = 8

interface Chip {
  readonly type: string
  readonly text: string
  readonly color: string
  readonly x: number
  readonly y: number
  readonly width: number
}

/** What stands below a picture: the annotations that have no place in it. */
export interface Footer {
  readonly height: number
  draw(pen: Pen, top: number): void
}

/** Arranges the annotations in lines of `width` pixels. */
export function footerOf(pen: Pen, annotations: readonly Annotation[], labels: LabelTree, width: number): Footer {
  pen.font = `${SIZE}px ${FONT}`
  const chips: Chip[] = []
  let x = MARGIN
  let y = 0
  for (const { definition, label } of annotations) {
    const type = definition.type
    const lead = pen.measureText(type).width + 30
    const text = fitText(pen, contentText(definition), width - 2 * MARGIN - lead - 12)
    const wide = Math.ceil(lead + pen.measureText(text).width + 12)
    if (x > MARGIN && x + wide > width - MARGIN) {
      x = MARGIN
      y += LINE + 4
    }
    chips.push({ type, text, color: css(labelColor(labels, label)), x, y, width: wide })
    x += wide + GAP
  }
  const height = chips.length === 0 ? 0 : y + LINE + 2 * 10
  return {
    height,
    draw(target, top) {
      rect(target, 0, top, width, height, '#161a26')
      target.font = `${SIZE}px ${FONT}`
      target.textBaseline = 'middle'
      for (const chip of chips) drawChip(target, chip, top + 10)
      target.textBaseline = 'alphabetic'
    },
  }
}

function drawChip(pen: Pen, { type, text, color, x, y, width }: Chip, top: number): void {
  rect(pen, x, top + y, width, LINE - 2, '#262c3d', 7)
  disc(pen, x + 13, top + y + LINE / 2 - 1, 4.5, color)
  pen.fillStyle = '#8e98b3'
  pen.fillText(type, x + 23, top + y + LINE / 2 - 0.5)
  const lead = pen.measureText(type).width + 30
  pen.fillStyle = '#f2f4fa'
  pen.fillText(text, x + lead, top + y + LINE / 2 - 0.5)
}

/** The text, cut with an ellipsis where it is wider than `width`. */
export function fitText(pen: Pen, text: string, width: number): string {
  if (pen.measureText(text).width <= width) return text
  let end = text.length
  while (end > 0 && pen.measureText(`${text.slice(0, end)}…`).width > width) end--
  return `${text.slice(0, end).trimEnd()}…`
}

/** What a definition without a place says, on one line. */
function contentText(definition: AnnotationDefinition): string {
  const { label } = definition
  switch (definition.type) {
    case 'class':
      return [label, ...Object.entries(definition.attributes).map(([name, value]) => `${name}: ${String(value)}`)].join(
        ', ',
      )
    case 'comparison':
      return `${label}? ${answerOf(definition.coordinates)}`
    case 'cube_3d': {
      const { x, y, z } = definition.scale
      return `${label}, ${x} × ${y} × ${z} m`
    }
    case 'gis':
      return `${label}, ${definition.geoType} in degrees`
    case 'ref_image':
      return definition.ref
    case 'item_description':
    case 'subtitle':
    case 'text':
      return `“${definition.text}”`
    case 'undefined':
      return `${label}, a ${definition.sourceType}`
    default:
      return label
  }
}

function answerOf(coordinates: unknown): string {
  if (typeof coordinates !== 'object' || coordinates === null || !('answer' in coordinates)) return ''
  return `the ${String(coordinates.answer)} one`
}
