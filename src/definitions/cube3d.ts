import type { Affine } from '../geometry/affine.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { fieldError, finiteField } from './field.js'

/** Three numbers of a space with x, y and z. */
export interface Xyz {
  readonly x: number
  readonly y: number
  readonly z: number
}

export type Cube3dInit = DefinitionInit & { readonly position: Xyz; readonly scale: Xyz; readonly rotation: Xyz }

/**
 * A cuboid in the space of a point cloud: centre, full size along each axis, Euler angles in radians, order XYZ.
 * It has no place in any picture: `bounds` is null, and maps of the picture leave it as it is.
 */
export class Cube3d extends Definition {
  readonly position: Xyz
  readonly scale: Xyz
  readonly rotation: Xyz

  /** @throws AnnotationError `definition-field` for numbers that are not finite. */
  constructor(o: Cube3dInit) {
    super(o, 'cube_3d')
    this.position = ownXyz(o.position, 'position')
    this.scale = ownXyz(o.scale, 'scale')
    this.rotation = ownXyz(o.rotation, 'rotation')
    Object.freeze(this)
  }

  get type(): 'cube_3d' {
    return 'cube_3d'
  }

  get bounds(): null {
    return null
  }

  /** Compares number by number, whatever the unit of the space. */
  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return (
      other instanceof Cube3d &&
      near(this.position, other.position, tolerance) &&
      near(this.scale, other.scale, tolerance) &&
      near(this.rotation, other.rotation, tolerance)
    )
  }

  /** Itself: it lives in three dimensions, which a map of the picture does not touch. */
  transform(_m: Affine, _size?: TargetSize): this {
    return this
  }

  with(changes: DefinitionChanges): Cube3d {
    const { position, scale, rotation } = this
    return new Cube3d({ ...changedInit(this, changes), position, scale, rotation })
  }
}

function ownXyz(value: Xyz, field: string): Xyz {
  if (typeof value !== 'object' || value === null) throw fieldError('cube_3d', field, 'an object of x, y and z', value)
  return Object.freeze({
    x: finiteField(value.x, 'cube_3d', `${field}.x`),
    y: finiteField(value.y, 'cube_3d', `${field}.y`),
    z: finiteField(value.z, 'cube_3d', `${field}.z`),
  })
}

function near(a: Xyz, b: Xyz, tolerance: number): boolean {
  return Math.abs(a.x - b.x) <= tolerance && Math.abs(a.y - b.y) <= tolerance && Math.abs(a.z - b.z) <= tolerance
}
