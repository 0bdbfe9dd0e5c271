import type { Annotation } from '../../../dataset/annotation.js'
import type { LabelTree } from '../../../dataset/labels.js'
import type { AnnotationDefinition } from '../../../definitions/index.js'
import { type Bounds, boundsArea } from '../../../geometry/bounds.js'
import { partArea, partsArea, partsBounds } from '../../../geometry/parts.js'
import { traceMask } from '../../../mask/trace.js'
import { rect, shadowed } from '../paint/brush.js'
import { FONT, type Pen } from '../studio.js'
import { css, labelColor, type Rgb, readableOn } from './ink.js'
import { type Avoided, placeTags } from './tag-places.js'

const SIZE = 13
const HEIGHT = 20
const PADDING = 6

/** A text in the colour of a label, at an object. */
export interface Tag {
  readonly text: string
  readonly color: Rgb
  readonly bounds: Bounds
}

/** The tag of an annotation with a place in the picture: label, score, and what a note asks. */
export function tagOf(annotation: Annotation, labels: LabelTree): Tag | null {
  const { label, score, definition } = annotation
  const bounds = anchorOf(definition)
  if (bounds === null) return null
  const question = definition.type === 'note' ? definition.messages[0]?.body : undefined
  const text = [label, score?.toFixed(2), question === undefined ? undefined : `“${question}”`, crowdText(annotation)]
  return { text: text.filter((part) => part !== undefined).join(' '), color: labelColor(labels, label), bounds }
}

/** How much of its bounds a region covers before its largest piece alone stands for it. */
const SPARSE = 0.25

/** Where the tag belongs: the bounds, or those of the largest piece where the pieces lie far apart. */
function anchorOf(definition: AnnotationDefinition): Bounds | null {
  const { bounds } = definition
  const parts =
    definition.type === 'segment' ? definition.parts : definition.type === 'binary' ? traceMask(definition.mask) : []
  if (bounds === null || parts.length < 2 || partsArea(parts) > SPARSE * boundsArea(bounds)) return bounds
  return partsBounds([parts.reduce((largest, part) => (partArea(part) > partArea(largest) ? part : largest))])
}

function crowdText({ flags }: Annotation): string | undefined {
  return flags.crowd === true ? '(crowd)' : undefined
}

/** How near points of one label share a tag, in pixels. */
const NEAR = 66

/** Points that lie close together and say the same get one tag with their number. */
export function mergeTags(tags: readonly Tag[]): Tag[] {
  const merged: { tag: Tag; count: number; readonly members: Bounds[] }[] = []
  for (const tag of tags) {
    const { left, top, right, bottom } = tag.bounds
    const single = left === right && top === bottom
    const home = merged.find(
      (group) =>
        single &&
        group.tag.text === tag.text &&
        group.members.some(
          (other) => Math.hypot(other.left - left, other.top - top) < NEAR && other.left === other.right,
        ),
    )
    if (home === undefined) merged.push({ tag, count: 1, members: [tag.bounds] })
    else {
      home.count++
      home.members.push(tag.bounds)
    }
  }
  return merged.map(({ tag, count, members }) => {
    if (count === 1) return tag
    const rightmost = members.reduce((best, other) => (other.left > best.left ? other : best))
    return { ...tag, text: `${tag.text} ×${count}`, bounds: rightmost }
  })
}

/** Draws tags so that they can be read: inside the picture, none upon another. Where all is taken a tag is left out. */
export function drawTags(
  pen: Pen,
  tags: readonly Tag[],
  size: { readonly width: number; readonly height: number },
  avoided: readonly Avoided[],
): void {
  pen.font = `${SIZE}px ${FONT}`
  pen.textBaseline = 'middle'
  const wishes = tags.map(({ text, bounds }) => ({
    width: Math.ceil(pen.measureText(text).width) + PADDING * 2,
    height: HEIGHT,
    bounds,
  }))
  const places = placeTags(wishes, size, avoided)
  for (const [i, tag] of tags.entries()) {
    const place = places[i]
    const width = wishes[i]?.width ?? 0
    if (place !== null && place !== undefined) drawTag(pen, tag, Math.round(place[0]), Math.round(place[1]), width)
  }
  pen.textBaseline = 'alphabetic'
}

function drawTag(pen: Pen, { text, color }: Tag, x: number, y: number, width: number): void {
  shadowed(pen, 'rgba(5, 8, 18, 0.6)', 4, 0, 1, () => rect(pen, x, y, width, HEIGHT, css(color), 4))
  pen.fillStyle = readableOn(color)
  pen.fillText(text, x + PADDING, y + HEIGHT / 2 + 0.5)
}
