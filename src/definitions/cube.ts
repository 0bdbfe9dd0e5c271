import { type Affine, applyToPoint, determinant, isSimilarity, rotationAngle } from '../geometry/affine.js'
import { cosSinDegrees } from '../geometry/angle.js'
import { type Bounds, boundsOfPoints } from '../geometry/bounds.js'
import type { Pt } from '../geometry/point.js'
import { rotatedBoxCorners } from '../geometry/rotated-box.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  type Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { fieldError, finiteField } from './field.js'
import { ownFrame } from './frame.js'
import { PlanarDefinition } from './planar.js'

/** The eight corners of a cuboid drawn in the picture, front face first. */
export interface CubeCorners {
  readonly frontTl: Pt
  readonly frontTr: Pt
  readonly frontBr: Pt
  readonly frontBl: Pt
  readonly backTl: Pt
  readonly backTr: Pt
  readonly backBr: Pt
  readonly backBl: Pt
}

export type CubeInit = DefinitionInit & CubeCorners & { readonly angle?: number | undefined }

/** The names of the corners in the order of the Dataloop format. */
export const CUBE_CORNERS = [
  'frontTl',
  'frontTr',
  'frontBr',
  'frontBl',
  'backTl',
  'backTr',
  'backBr',
  'backBl',
] as const satisfies readonly (keyof CubeCorners)[]

/** A cuboid drawn in the picture: a front face, a back face, and the edges between corners of the same name. */
export class Cube extends PlanarDefinition implements CubeCorners {
  readonly frontTl: Pt
  readonly frontTr: Pt
  readonly frontBr: Pt
  readonly frontBl: Pt
  readonly backTl: Pt
  readonly backTr: Pt
  readonly backBr: Pt
  readonly backBl: Pt
  /** Degrees clockwise on screen; when not given, the direction from `frontTl` to `frontTr`, in [0, 360). */
  readonly angle: number

  /** @throws AnnotationError `definition-field` for a corner that is not a pair of finite numbers. */
  constructor(o: CubeInit) {
    super(o, 'cube')
    this.frontTl = ownCorner(o, 'frontTl')
    this.frontTr = ownCorner(o, 'frontTr')
    this.frontBr = ownCorner(o, 'frontBr')
    this.frontBl = ownCorner(o, 'frontBl')
    this.backTl = ownCorner(o, 'backTl')
    this.backTr = ownCorner(o, 'backTr')
    this.backBr = ownCorner(o, 'backBr')
    this.backBl = ownCorner(o, 'backBl')
    this.angle = o.angle === undefined ? direction(this.frontTl, this.frontTr) : finiteField(o.angle, 'cube', 'angle')
    Object.freeze(this)
  }

  /**
   * A cuboid whose faces are two boxes, each turned about its own centre by `angle` degrees (default 0).
   * @throws AnnotationError `definition-field` for sides that are swapped or not finite.
   */
  static fromBoxesAndAngle(
    o: DefinitionInit & { readonly front: Bounds; readonly back: Bounds; readonly angle?: number | undefined },
  ): Cube {
    const angle = o.angle === undefined ? 0 : finiteField(o.angle, 'cube', 'angle')
    const [frontTl, frontBl, frontBr, frontTr] = rotatedBoxCorners(ownFrame(o.front, 'cube'), angle)
    const [backTl, backBl, backBr, backTr] = rotatedBoxCorners(ownFrame(o.back, 'cube'), angle)
    const { label, attributes, description } = o
    const corners = { frontTl, frontTr, frontBr, frontBl, backTl, backTr, backBr, backBl }
    return new Cube({ label, attributes, description, ...corners, angle })
  }

  get type(): 'cube' {
    return 'cube'
  }

  get bounds(): Bounds {
    return boundsOfPoints(Float64Array.from(this.corners.flat())) as Bounds
  }

  /** The corners in the order of {@link CUBE_CORNERS}. */
  get corners(): readonly Pt[] {
    return CUBE_CORNERS.map((name) => this[name])
  }

  /** Compares corner by corner; angles may differ by what moves nothing of the cuboid by more than `tolerance`. */
  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    if (!(other instanceof Cube)) return false
    const near = CUBE_CORNERS.every(
      (name) =>
        Math.abs(this[name][0] - other[name][0]) <= tolerance && Math.abs(this[name][1] - other[name][1]) <= tolerance,
    )
    if (!near) return false
    const [, sin] = cosSinDegrees((this.angle - other.angle) / 2)
    return 2 * Math.abs(sin) * Math.hypot(this.width, this.height) <= tolerance
  }

  /** Exact for every map. Every corner keeps its name, also when the map mirrors; the angle turns along. */
  transform(m: Affine, _size?: TargetSize): Cube {
    const image = (name: keyof CubeCorners): Pt => applyToPoint(m, this[name][0], this[name][1])
    return new Cube({
      ...changedInit(this, {}),
      frontTl: image('frontTl'),
      frontTr: image('frontTr'),
      frontBr: image('frontBr'),
      frontBl: image('frontBl'),
      backTl: image('backTl'),
      backTr: image('backTr'),
      backBr: image('backBr'),
      backBl: image('backBl'),
      angle: mappedAngle(m, this.angle),
    })
  }

  with(changes: DefinitionChanges): Cube {
    const { frontTl, frontTr, frontBr, frontBl, backTl, backTr, backBr, backBl, angle } = this
    const corners = { frontTl, frontTr, frontBr, frontBl, backTl, backTr, backBr, backBl }
    return new Cube({ ...changedInit(this, changes), ...corners, angle })
  }
}

function ownCorner(corners: CubeCorners, name: keyof CubeCorners): Pt {
  const corner: unknown = corners[name]
  if (!Array.isArray(corner) || corner.length !== 2) throw fieldError('cube', name, 'a pair of numbers', corner)
  return Object.freeze([
    finiteField(corner[0], 'cube', `${name}.x`),
    finiteField(corner[1], 'cube', `${name}.y`),
  ] as const)
}

// Facts of the SDK: degrees in [0, 360), 0 when the two points coincide.
function direction(from: Pt, to: Pt): number {
  return fullTurn((Math.atan2(to[1] - from[1], to[0] - from[0]) * 180) / Math.PI)
}

function mappedAngle(m: Affine, angle: number): number {
  if (isSimilarity(m)) {
    const turn = rotationAngle(m)
    return fullTurn(determinant(m) < 0 ? turn - angle : turn + angle)
  }
  const [cos, sin] = cosSinDegrees(angle)
  return fullTurn((Math.atan2(m.b * cos + m.d * sin, m.a * cos + m.c * sin) * 180) / Math.PI)
}

// Into [0, 360); the addition of 0 turns a negative zero into zero.
function fullTurn(angle: number): number {
  const turn = angle % 360
  return (turn < 0 ? turn + 360 : turn) + 0
}
