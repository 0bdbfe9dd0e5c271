import { type Affine, isIdentity } from '../geometry/affine.js'
import type { JsonValue } from '../text/json-value.js'
import { changedInit, Definition, type DefinitionChanges, type DefinitionInit, type TargetSize } from './definition.js'
import { frozenJson, jsonEqual } from './frozen-json.js'
import { transformError } from './transform-error.js'

export type ComparisonInit = DefinitionInit & { readonly coordinates?: unknown }

/** A comparison of answers. What it holds is not documented: any JSON, kept as it is, without bounds. */
export class Comparison extends Definition {
  /** A frozen copy; `{}` when none was given. */
  readonly coordinates: JsonValue

  /** @throws AnnotationError `definition-field` for coordinates that JSON cannot hold. */
  constructor(o: ComparisonInit) {
    super(o, 'comparison')
    this.coordinates = frozenJson(o.coordinates === undefined ? {} : o.coordinates, 'comparison', 'coordinates')
    Object.freeze(this)
  }

  get type(): 'comparison' {
    return 'comparison'
  }

  get bounds(): null {
    return null
  }

  /** Compares the JSON values exactly. */
  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return other instanceof Comparison && jsonEqual(this.coordinates, other.coordinates)
  }

  /**
   * Itself for the identity.
   * @throws AnnotationError `transform-unsupported` for any other map: nobody knows which numbers are pixels.
   */
  transform(m: Affine, _size?: TargetSize): this {
    if (!isIdentity(m))
      throw transformError('comparison', 'the identity', 'Leave it out, or keep the picture as it is.')
    return this
  }

  with(changes: DefinitionChanges): Comparison {
    return new Comparison({ ...changedInit(this, changes), coordinates: this.coordinates })
  }
}
