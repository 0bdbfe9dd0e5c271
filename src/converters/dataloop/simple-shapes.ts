import { CUBE_CORNERS, Cube, Cube3d, Ellipse, Point, type Xyz } from '../../definitions/index.js'
import type { Pt } from '../../geometry/point.js'
import { numberText } from '../../text/json-number.js'
import type { JsonValue } from '../../text/json-value.js'
import { fieldOf, numberOf, recordOf } from './json-record.js'
import { pointText, readNumber, readPoint } from './points.js'
import { type Naming, shapeError } from './shape-error.js'

/** @throws AnnotationError `invalid-value` */
export function readPointShape(value: JsonValue | undefined, init: Naming, pointer: string): Point {
  const [x, y] = readPoint(value, pointer)
  return new Point({ ...init, x, y })
}

/** Semi-axes in pixels; the angle, in degrees clockwise on screen, is 0 where it is missing. @throws AnnotationError `invalid-value` */
export function readEllipse(value: JsonValue | undefined, init: Naming, pointer: string): Ellipse {
  const [x, y] = readPoint(fieldOf(recordOf(value), 'center'), `${pointer}/center`)
  const [rx, ry] = [readNumber(value, 'rx', pointer), readNumber(value, 'ry', pointer)]
  for (const [name, side] of [
    ['rx', rx],
    ['ry', ry],
  ] as const)
    if (side < 0) throw shapeError(`${pointer}/${name}`, 'a number of at least 0', side)
  return new Ellipse({ ...init, x, y, rx, ry, angle: numberOf(fieldOf(recordOf(value), 'angle')) ?? 0 })
}

export function ellipseText({ x, y, rx, ry, angle }: Ellipse): string {
  const axes = `"rx":${numberText(rx)},"ry":${numberText(ry)}`
  return `{"angle":${numberText(angle)},"center":${pointText(x, y)},${axes}}`
}

/** The SDK's names of {@link CUBE_CORNERS}. */
const CORNER_NAMES: Readonly<Record<(typeof CUBE_CORNERS)[number], string>> = {
  frontTl: 'front_tl',
  frontTr: 'front_tr',
  frontBr: 'front_br',
  frontBl: 'front_bl',
  backTl: 'back_tl',
  backTr: 'back_tr',
  backBr: 'back_br',
  backBl: 'back_bl',
}

/** Eight named points; where the angle is missing it is that of the upper front edge. @throws AnnotationError `invalid-value` */
export function readCube(value: JsonValue | undefined, init: Naming, pointer: string): Cube {
  const record = recordOf(value)
  const corner = (name: (typeof CUBE_CORNERS)[number]): Pt =>
    readPoint(fieldOf(record, CORNER_NAMES[name]), `${pointer}/${CORNER_NAMES[name]}`)
  return new Cube({
    ...init,
    frontTl: corner('frontTl'),
    frontTr: corner('frontTr'),
    frontBr: corner('frontBr'),
    frontBl: corner('frontBl'),
    backTl: corner('backTl'),
    backTr: corner('backTr'),
    backBr: corner('backBr'),
    backBl: corner('backBl'),
    angle: numberOf(fieldOf(record, 'angle')),
  })
}

export function cubeText(cube: Cube): string {
  const corners = CUBE_CORNERS.map((name) => `"${CORNER_NAMES[name]}":${pointText(...cube[name])}`)
  return `{${corners.join(',')},"angle":${numberText(cube.angle)}}`
}

/** Centre, size and Euler angles in radians, each read by name. @throws AnnotationError `invalid-value` */
export function readCube3d(value: JsonValue | undefined, init: Naming, pointer: string): Cube3d {
  const triple = (name: string): Xyz => {
    const given = fieldOf(recordOf(value), name)
    const number = (axis: string): number => readNumber(given, axis, `${pointer}/${name}`)
    return { x: number('x'), y: number('y'), z: number('z') }
  }
  return new Cube3d({ ...init, position: triple('position'), scale: triple('scale'), rotation: triple('rotation') })
}

export function cube3dText({ position, scale, rotation }: Cube3d): string {
  return `{"position":${xyzText(position)},"scale":${xyzText(scale)},"rotation":${xyzText(rotation)}}`
}

function xyzText({ x, y, z }: Xyz): string {
  return `{"x":${numberText(x)},"y":${numberText(y)},"z":${numberText(z)}}`
}
