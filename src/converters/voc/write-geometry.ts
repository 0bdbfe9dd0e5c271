import type { Measure, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import { type Box, DEFAULT_TOLERANCE, type Point, type Polygon } from '../../definitions/index.js'
import type { Bounds } from '../../geometry/bounds.js'
import type { Base } from './base.js'
import { type KeptElement, keptElement } from './elements.js'
import { readBndbox, readPolygon, readRobndbox } from './geometry.js'
import { childNumber } from './numbers.js'
import { bndboxXml, numbersXml } from './write-numbers.js'

/** How geometry is written. */
export interface GeometryOptions {
  readonly base: Base
  readonly decimals: number
  readonly polygon: 'auto' | 'none' | 'roboflow'
  readonly rotated: 'auto' | 'bounds' | 'robndbox'
}

/** Elements for a geometry by their names, and what writing them does to it. */
export interface WrittenGeometry {
  readonly elements: ReadonlyMap<string, string>
  readonly outcome: Outcome
  /** The declared box is not written as it was. */
  readonly boxChanged: boolean
}

export const NO_PLACE = 'VOC has no place for it'
export const NO_BOUNDS = 'it has no bounding box'
export const BOUNDS = 'its bounding box'
export const ROUNDED = 'rounded to whole pixels'
export const ROUNDED_TO = 'rounded to decimals'

/** Undefined for what VOC has no place for; the outcome then says why. */
export function writeGeometry(
  annotation: Annotation,
  kept: ExtraFields | undefined,
  options: GeometryOptions,
): WrittenGeometry {
  const { definition, box } = annotation
  switch (definition.type) {
    case 'box': {
      const asTurned = turned(definition, box, kept, options)
      if (asTurned !== undefined) return asTurned
      if (definition.angle % 360 !== 0) return bounding(annotation, kept, options)
      return plainBox(definition, box, kept, options)
    }
    case 'segment':
      return ring(definition, box, kept, options) ?? bounding(annotation, kept, options)
    case 'binary':
    case 'ellipse':
    case 'cube':
    case 'pose':
      return bounding(annotation, kept, options)
    case 'point': {
      // Only an object that had nothing else in its source.
      const source = keptElement(kept, 'point')
      if (source === undefined) return dropped('point', NO_PLACE)
      const xml = pointElement(definition, source, kept?.form, options.base)
      return { elements: new Map([['point', xml]]), outcome: keptOutcome('point'), boxChanged: false }
    }
    default:
      return dropped(definition.type, NO_PLACE)
  }
}

function plainBox(
  definition: Box,
  declared: Bounds | undefined,
  kept: ExtraFields | undefined,
  options: GeometryOptions,
): WrittenGeometry {
  const written = boxElement(definition.frame, kept, options)
  return {
    elements: new Map([['bndbox', written.xml]]),
    outcome: within(written.error) ? keptOutcome('box') : rounded('box', roundedReason(options), written.error),
    boxChanged: declared !== undefined && !sameBounds(declared, definition.frame),
  }
}

function bounding(annotation: Annotation, kept: ExtraFields | undefined, options: GeometryOptions): WrittenGeometry {
  const { definition, box } = annotation
  const bounds = box ?? definition.bounds
  if (bounds === null) return dropped(definition.type, NO_BOUNDS)
  const written = boxElement(bounds, kept, options)
  const outcome: Outcome = within(written.error)
    ? { effect: 'derived', subject: definition.type, reason: BOUNDS }
    : rounded(definition.type, `${BOUNDS}, ${roundedReason(options)}`, written.error)
  return { elements: new Map([['bndbox', written.xml]]), outcome, boxChanged: false }
}

/** The box as `robndbox`, where the source had one or it is asked for. */
function turned(
  definition: Box,
  declared: Bounds | undefined,
  kept: ExtraFields | undefined,
  options: GeometryOptions,
): WrittenGeometry | undefined {
  const source = keptElement(kept, 'robndbox')
  const wanted = options.rotated === 'auto' ? source !== undefined : options.rotated === 'robndbox'
  if (!wanted || (source === undefined && definition.angle % 360 === 0)) return undefined
  const elements = new Map<string, string>()
  if (source !== undefined && isFrame(source, definition)) elements.set('robndbox', source.text)
  else {
    const { left, top, right, bottom } = definition.frame
    const numbers = numbersXml([
      ['cx', (left + right) / 2],
      ['cy', (top + bottom) / 2],
      ['w', right - left],
      ['h', bottom - top],
      ['angle', (definition.angle * Math.PI) / 180],
    ])
    elements.set('robndbox', `<robndbox>${numbers}</robndbox>`)
    // roLabelImg looks at this element before it looks for either box.
    if (kept?.keys.includes('type') !== true) elements.set('type', '<type>robndbox</type>')
  }
  return { elements, outcome: keptOutcome('box'), boxChanged: withDeclared(elements, declared, kept, options) }
}

/** The polygon as `polygon`, where the source had one or it is asked for; only a single ring can be told. */
function ring(
  definition: Polygon,
  declared: Bounds | undefined,
  kept: ExtraFields | undefined,
  options: GeometryOptions,
): WrittenGeometry | undefined {
  const source = keptElement(kept, 'polygon')
  const wanted = options.polygon === 'auto' ? source !== undefined : options.polygon === 'roboflow'
  const [part] = definition.parts
  if (!wanted || part === undefined || definition.parts.length > 1 || part.holes.length > 0) return undefined
  const elements = new Map<string, string>()
  if (source !== undefined && isRing(source, part.outer)) elements.set('polygon', source.text)
  else {
    const numbers: [string, number][] = []
    for (let i = 0; i < part.outer.length; i++)
      numbers.push([`${i % 2 === 0 ? 'x' : 'y'}${(i >> 1) + 1}`, part.outer[i] as number])
    elements.set('polygon', `<polygon>${numbersXml(numbers)}</polygon>`)
  }
  // Readers of VOC look for a box; only where the source did without is it left out.
  const box = declared ?? (source === undefined ? definition.bounds : undefined)
  return { elements, outcome: keptOutcome('segment'), boxChanged: withDeclared(elements, box, kept, options) }
}

/** Adds the declared box; whether its numbers are other ones now. */
function withDeclared(
  elements: Map<string, string>,
  declared: Bounds | undefined,
  kept: ExtraFields | undefined,
  options: GeometryOptions,
): boolean {
  if (declared === undefined) return false
  const { xml, error } = boxElement(declared, kept, options)
  elements.set('bndbox', xml)
  return !within(error)
}

/** A `bndbox`: as the source wrote it where that still says the same, else afresh. */
function boxElement(
  bounds: Bounds,
  kept: ExtraFields | undefined,
  { base, decimals }: GeometryOptions,
): { xml: string; error: number } {
  const source = kept?.form === base ? keptElement(kept, 'bndbox') : undefined
  if (source !== undefined && isBounds(source, bounds, base)) return { xml: source.text, error: 0 }
  return bndboxXml(bounds, base, decimals)
}

function isBounds({ element }: KeptElement, bounds: Bounds, base: Base): boolean {
  return tries(() => sameBounds(readBndbox(element, base).bounds, bounds))
}

function isFrame({ element }: KeptElement, { frame, angle }: Box): boolean {
  return tries(() => {
    const read = readRobndbox(element)
    return sameBounds(read, frame) && read.angle === angle
  })
}

function isRing({ element }: KeptElement, outer: Float64Array): boolean {
  return tries(() => {
    const read = readPolygon(element)
    return read?.length === outer.length && read.every((value, i) => value === outer[i])
  })
}

function pointElement({ x, y }: Point, { element, text }: KeptElement, form: string | undefined, base: Base): string {
  const before = base === 'inclusive1' ? 1 : 0
  const same = (): boolean => childNumber(element, 'x') === x + before && childNumber(element, 'y') === y + before
  if (form === base && tries(same)) return text
  const numbers = numbersXml([
    ['x', x + before],
    ['y', y + before],
  ])
  return `<point>${numbers}</point>`
}

/** Elements beside the box that say where something is. */
const COORDINATES: ReadonlySet<string> = new Set(['point', 'polygon', 'robndbox'])

export function holdsCoordinates(name: string): boolean {
  return COORDINATES.has(name)
}

/**
 * What to do with a kept element that holds coordinates and is not how the geometry is written: `keep` where the box
 * beside it is still the same, `stale` where it is not, `replaced` where it was the geometry itself.
 */
export function coordinatesState(
  name: string,
  kept: ExtraFields,
  annotation: Annotation,
  base: Base,
): 'keep' | 'stale' | 'replaced' {
  const own = keptElement(kept, name)
  if (name !== 'point' && own !== undefined && tries(() => isGeometry(own))) return 'replaced'
  const box = kept.form === base ? keptElement(kept, 'bndbox') : undefined
  const bounds = annotation.box ?? annotation.bounds
  return box !== undefined && bounds !== null && isBounds(box, bounds, base) ? 'keep' : 'stale'
}

function isGeometry({ element }: KeptElement): boolean {
  return element.name === 'polygon' ? readPolygon(element) !== undefined : readRobndbox(element) !== undefined
}

/** A kept text that cannot be read says nothing that is still true. */
function tries(check: () => boolean): boolean {
  try {
    return check()
  } catch {
    return false
  }
}

function sameBounds(a: Bounds, b: Bounds): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom
}

function within(error: number): boolean {
  return error <= DEFAULT_TOLERANCE
}

function roundedReason({ decimals }: GeometryOptions): string {
  return decimals === 0 ? ROUNDED : ROUNDED_TO
}

function rounded(subject: string, reason: string, error: number): Outcome {
  const measure: Measure = { name: 'px', value: error }
  return { effect: 'approximated', subject, reason, measure }
}

function keptOutcome(subject: string): Outcome {
  return { effect: 'kept', subject }
}

function dropped(subject: string, reason: string): WrittenGeometry {
  return { elements: new Map(), outcome: { effect: 'dropped', subject, reason }, boxChanged: false }
}
