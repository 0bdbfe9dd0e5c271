import type { Problem } from '../../dataset/account.js'
import type { AnnotationDefinition, Attributes } from '../../definitions/index.js'
import { Box, Point, Polygon } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import type { Bounds } from '../../geometry/bounds.js'
import type { Base } from './base.js'
import { readBndbox, readPolygon, readRobndbox } from './geometry.js'
import { childNumber } from './numbers.js'
import { child, type XmlElement } from './xml-tree.js'

/** The geometry of an object, with what was put right in it and what was passed over. */
export interface DefinitionReading {
  readonly definition: AnnotationDefinition
  /** The `bndbox` beside a polygon or a turned box. */
  readonly box: Bounds | undefined
  readonly repaired: boolean
  /** Without a place: what was met and kept nothing from being read. */
  readonly problems: readonly Problem[]
}

interface Naming {
  readonly label: string
  readonly attributes: Attributes | undefined
}

/**
 * The definition of an `object` or `part`: its polygon, else its turned box, else its box, else its point.
 * @throws AnnotationError without a place, when there is none of them or the one there is cannot be read
 */
export function readDefinition(element: XmlElement, naming: Naming, base: Base, repair: boolean): DefinitionReading {
  const problems: Problem[] = []
  const boxElement = child(element, 'bndbox')
  const finer = readFiner(element, naming, boxElement !== undefined, problems)
  if (boxElement === undefined) {
    const definition = finer ?? pointOf(element, naming, base)
    if (definition !== undefined) return { definition, box: undefined, repaired: false, problems }
    throw new AnnotationError('missing-field', `no <bndbox> in <${element.name}>`, { expected: '<bndbox>' })
  }
  try {
    const { bounds, swapped } = readBndbox(boxElement, base, repair)
    if (swapped) problems.push({ code: 'invalid-value', message: 'repaired: the corners of a box were swapped' })
    const definition = finer ?? new Box({ ...naming, ...bounds })
    return { definition, box: finer === undefined ? undefined : bounds, repaired: swapped, problems }
  } catch (error) {
    if (!(error instanceof AnnotationError) || finer === undefined) throw error
    problems.push({ ...detailOf(error), lossy: true })
    return { definition: finer, box: undefined, repaired: false, problems }
  }
}

/** The polygon or turned box. One that cannot be read is passed over where there is a box to use instead. */
function readFiner(
  element: XmlElement,
  naming: Naming,
  hasBox: boolean,
  problems: Problem[],
): AnnotationDefinition | undefined {
  const polygon = child(element, 'polygon')
  const turned = child(element, 'robndbox')
  try {
    const ring = polygon === undefined ? undefined : readPolygon(polygon)
    if (ring !== undefined) return Polygon.fromPoints(ring, naming)
    return turned === undefined ? undefined : new Box({ ...naming, ...readRobndbox(turned) })
  } catch (error) {
    if (!(error instanceof AnnotationError) || !hasBox) throw error
    problems.push({ ...detailOf(error), lossy: true })
    return undefined
  }
}

/** The devkit's point within an object, where it is all there is. Pixels are counted as in boxes, without a half. */
function pointOf(element: XmlElement, naming: Naming, base: Base): Point | undefined {
  const point = child(element, 'point')
  if (point === undefined) return undefined
  const before = base === 'inclusive1' ? 1 : 0
  return new Point({ ...naming, x: childNumber(point, 'x') - before, y: childNumber(point, 'y') - before })
}

/** What an error says, as a problem. */
export function detailOf({ code, reason, expected, got, fix }: AnnotationError): Problem {
  return { code, message: reason, expected, got, fix }
}
