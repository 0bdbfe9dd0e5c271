import { Box, Polygon } from '../../definitions/index.js'
import { AnnotationError } from '../../errors.js'
import type { Bounds } from '../../geometry/bounds.js'
import { numberText } from '../../text/json-number.js'
import type { JsonValue } from '../../text/json-value.js'
import { listOf, numberOf, recordOf } from './json-record.js'
import { pointText, readPoint } from './points.js'
import { type Naming, shapeError } from './shape-error.js'

/** Corners in pixels before turning, and the turn in degrees clockwise on screen about the centre. */
export interface TurnedFrame extends Bounds {
  readonly angle: number
}

/**
 * Two points in any order and, where the box is turned, its angle in degrees; or the four corners of the SDK of 2021, TL,
 * BL, BR, TR. Four corners of no rectangle are a polygon: nobody else's box can hold them.
 * @throws AnnotationError `invalid-value`
 */
export function readBox(value: JsonValue | undefined, init: Naming, pointer: string): Box | Polygon {
  const list = unwrapped(value)
  if (list?.length === 4 && list.every((corner) => recordOf(corner) !== undefined))
    return fourCorners(list, init, pointer)
  return new Box({ ...init, ...readFrame(value, pointer) })
}

/** Two points in any order and perhaps an angle. @throws AnnotationError `invalid-value` */
export function readFrame(value: JsonValue | undefined, pointer: string): TurnedFrame {
  const list = unwrapped(value)
  if (list === undefined || list.length < 2 || list.length > 3)
    throw shapeError(pointer, 'two points, and an angle where the box is turned', value)
  const [x1, y1] = readPoint(list[0], `${pointer}/0`)
  const [x2, y2] = readPoint(list[1], `${pointer}/1`)
  return {
    left: Math.min(x1, x2),
    top: Math.min(y1, y2),
    right: Math.max(x1, x2),
    bottom: Math.max(y1, y2),
    angle: numberOf(list[2]) ?? 0,
  }
}

/** Some writers put the points into a list of their own, as those of polygons are. */
function unwrapped(value: JsonValue | undefined): readonly JsonValue[] | undefined {
  const list = listOf(value)
  return list?.length === 1 ? (listOf(list[0]) ?? list) : list
}

function fourCorners(list: readonly JsonValue[], init: Naming, pointer: string): Box | Polygon {
  const corners = list.map((corner, i) => readPoint(corner, `${pointer}/${i}`))
  const [tl = [0, 0], bl = [0, 0], br = [0, 0], tr = [0, 0]] = corners
  try {
    return Box.fromCorners(tl, bl, br, tr, init)
  } catch (error) {
    if (!(error instanceof AnnotationError) || error.code !== 'degenerate-geometry') throw error
    return Polygon.fromPoints(corners, init)
  }
}

/** Left/top, right/bottom, and the angle where there is one. */
export function frameText({ left, top, right, bottom }: Bounds, angle: number): string {
  const turn = angle === 0 ? '' : `,${numberText(angle)}`
  return `[${pointText(left, top)},${pointText(right, bottom)}${turn}]`
}
