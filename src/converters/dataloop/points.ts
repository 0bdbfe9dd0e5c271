import type { Pt } from '../../geometry/point.js'
import type { Ring } from '../../geometry/ring.js'
import { numberText } from '../../text/json-number.js'
import type { JsonValue } from '../../text/json-value.js'
import { fieldOf, listOf, numberOf, recordOf } from './json-record.js'
import { shapeError } from './shape-error.js'

/** `{"x": …, "y": …}`; whatever else it says is no geometry of a picture. @throws AnnotationError `invalid-value` */
export function readPoint(value: JsonValue | undefined, pointer: string): Pt {
  const record = recordOf(value)
  if (record === undefined) throw shapeError(pointer, 'a point {"x": …, "y": …}', value)
  return [readNumber(record, 'x', pointer), readNumber(record, 'y', pointer)]
}

/** A finite number of an object. @throws AnnotationError `invalid-value` */
export function readNumber(value: JsonValue | undefined, name: string, pointer: string): number {
  const given = fieldOf(recordOf(value), name)
  const number = numberOf(given)
  if (number === undefined) throw shapeError(`${pointer}/${name}`, 'a finite number', given)
  return number
}

/** A list of points, flat. @throws AnnotationError `invalid-value`, and `degenerate-geometry` for fewer than `least` */
export function readRing(value: JsonValue | undefined, least: number, pointer: string): Ring {
  const list = listOf(value)
  if (list === undefined) throw shapeError(pointer, 'a list of points', value)
  if (list.length < least) throw shapeError(pointer, `at least ${least} points`, value, 'degenerate-geometry')
  const ring = new Float64Array(list.length * 2)
  for (const [i, element] of list.entries()) {
    const [x, y] = readPoint(element, `${pointer}/${i}`)
    ring[2 * i] = x
    ring[2 * i + 1] = y
  }
  return ring
}

/** A point as boxes, ellipses, cubes and points have it: with a z of 0. */
export function pointText(x: number, y: number): string {
  return `{"x":${numberText(x)},"y":${numberText(y)},"z":0}`
}

/** A ring or line as a list of points without z. */
export function ringText(ring: Ring): string {
  let text = '['
  for (let i = 0; i < ring.length; i += 2)
    text += `${i === 0 ? '' : ','}{"x":${numberText(ring[i] as number)},"y":${numberText(ring[i + 1] as number)}}`
  return `${text}]`
}
