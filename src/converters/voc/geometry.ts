import { AnnotationError } from '../../errors.js'
import type { Bounds } from '../../geometry/bounds.js'
import type { Base } from './base.js'
import { childNumber } from './numbers.js'
import type { XmlElement } from './xml-tree.js'

/** A box as it was read, and whether its corners had to be swapped. */
export interface BoxReading {
  readonly bounds: Bounds
  readonly swapped: boolean
}

/**
 * The edges of a `bndbox`, half open. Both bases keep what they mean: an inclusive box of one pixel is 1 wide.
 * @throws AnnotationError `missing-field`, `number-format`; `invalid-value` for corners the wrong way round, unless `repair`
 */
export function readBndbox(element: XmlElement, base: Base, repair = false): BoxReading {
  const before = base === 'inclusive1' ? 1 : 0
  const [xmin, ymin, xmax, ymax] = [
    childNumber(element, 'xmin'),
    childNumber(element, 'ymin'),
    childNumber(element, 'xmax'),
    childNumber(element, 'ymax'),
  ]
  const bounds = { left: xmin - before, top: ymin - before, right: xmax, bottom: ymax }
  if (bounds.left <= bounds.right && bounds.top <= bounds.bottom) return { bounds, swapped: false }
  if (!repair)
    throw new AnnotationError('invalid-value', 'the corners of this box are the wrong way round', {
      expected: 'xmin up to xmax, ymin up to ymax',
      got: `x from ${xmin} to ${xmax}, y from ${ymin} to ${ymax}`,
      fix: 'Repair it with --policy salvage',
    })
  const swapped = {
    left: Math.min(xmin, xmax) - before,
    top: Math.min(ymin, ymax) - before,
    right: Math.max(xmin, xmax),
    bottom: Math.max(ymin, ymax),
  }
  return { bounds: swapped, swapped: true }
}

/** A turned box: its frame before turning, degrees clockwise on screen about the centre. */
export interface TurnedFrame extends Bounds {
  readonly angle: number
}

/**
 * roLabelImg's `robndbox`: centre, sides and radians clockwise on screen, in continuous pixels whatever the base.
 * @throws AnnotationError `missing-field`, `number-format`, `invalid-value` for negative sides
 */
export function readRobndbox(element: XmlElement): TurnedFrame {
  const [cx, cy, w, h] = [
    childNumber(element, 'cx'),
    childNumber(element, 'cy'),
    childNumber(element, 'w'),
    childNumber(element, 'h'),
  ]
  if (w < 0 || h < 0)
    throw new AnnotationError('invalid-value', 'negative sides of a <robndbox>', { got: `${w} × ${h}` })
  const angle = (childNumber(element, 'angle') * 180) / Math.PI
  return { left: cx - w / 2, top: cy - h / 2, right: cx + w / 2, bottom: cy + h / 2, angle }
}

const POINT_PART = /^([xy])(\d+)$/

/**
 * The ring of a `polygon`: Roboflow's `x1, y1, x2, …` or points `pt` with `x` and `y`, in continuous pixels whatever the
 * base. Undefined for an element without any of them.
 * @throws AnnotationError `missing-field`, `number-format`, `ring-format` for fewer than 3 points
 */
export function readPolygon(element: XmlElement): Float64Array | undefined {
  const points = element.elements.filter(({ name }) => name === 'pt')
  const numbers =
    points.length > 0 ? points.flatMap((pt) => [childNumber(pt, 'x'), childNumber(pt, 'y')]) : numbered(element)
  if (numbers.length === 0) return undefined
  if (numbers.length < 6)
    throw new AnnotationError('ring-format', 'a <polygon> of too few points', {
      expected: 'at least 3',
      got: String(numbers.length / 2),
    })
  return Float64Array.from(numbers)
}

/** `x1, y1, x2, y2, …` in the order of their numbers, however they stand. */
function numbered(element: XmlElement): number[] {
  const indices = new Set<number>()
  for (const { name } of element.elements) {
    const index = POINT_PART.exec(name)?.[2]
    if (index !== undefined) indices.add(Number(index))
  }
  if (indices.size === 0) return []
  // Found by name once: asking for each child anew would take quadratic time on long polygons.
  const byName = new Map(element.elements.map((child) => [child.name, child]))
  const one = (name: string): number => {
    const found = byName.get(name)
    return childNumber(found === undefined ? element : { ...element, elements: [found] }, name)
  }
  return [...indices].sort((a, b) => a - b).flatMap((index) => [one(`x${index}`), one(`y${index}`)])
}
