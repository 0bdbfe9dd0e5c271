import { type Affine, applyToPoint } from '../geometry/affine.js'
import type { Bounds } from '../geometry/bounds.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  type Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { finiteField } from './field.js'
import { PlanarDefinition } from './planar.js'

export type PointInit = DefinitionInit & { readonly x: number; readonly y: number }

/** One point. `left` and `right` are both x, `top` and `bottom` both y. */
export class Point extends PlanarDefinition {
  readonly x: number
  readonly y: number

  /** @throws AnnotationError `definition-field` for a coordinate that is not finite. */
  constructor(o: PointInit) {
    super(o, 'point')
    this.x = finiteField(o.x, 'point', 'x')
    this.y = finiteField(o.y, 'point', 'y')
    Object.freeze(this)
  }

  get type(): 'point' {
    return 'point'
  }

  get bounds(): Bounds {
    return { left: this.x, top: this.y, right: this.x, bottom: this.y }
  }

  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return other instanceof Point && Math.abs(this.x - other.x) <= tolerance && Math.abs(this.y - other.y) <= tolerance
  }

  /** Exact for every map. */
  transform(m: Affine, _size?: TargetSize): Point {
    const [x, y] = applyToPoint(m, this.x, this.y)
    return new Point({ ...changedInit(this, {}), x, y })
  }

  with(changes: DefinitionChanges): Point {
    return new Point({ ...changedInit(this, changes), x: this.x, y: this.y })
  }
}
