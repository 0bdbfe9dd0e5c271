import { type Affine, isIdentity } from '../geometry/affine.js'
import type { JsonValue } from '../text/json-value.js'
import { type Attributes, changedInit, Definition, type DefinitionChanges, type TargetSize } from './definition.js'
import { textField } from './field.js'
import { frozenJson, jsonEqual } from './frozen-json.js'
import { transformError } from './transform-error.js'

export interface UndefinedAnnotationInit {
  /** Default: empty. */
  readonly label?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly description?: string | undefined
  /** The type as the source spells it, for example `ref_semantic_3d`. */
  readonly sourceType: string
  readonly coordinates?: unknown
}

/** An annotation of a type this library does not know, kept so that it can be written back. */
export class UndefinedAnnotation extends Definition {
  readonly sourceType: string
  /** A frozen copy; `{}` when none was given. */
  readonly coordinates: JsonValue

  /** @throws AnnotationError `definition-field` for a type that is no string or coordinates that JSON cannot hold. */
  constructor(o: UndefinedAnnotationInit) {
    super({ label: o.label ?? '', attributes: o.attributes, description: o.description }, 'undefined', true)
    this.sourceType = textField(o.sourceType, 'undefined', 'sourceType')
    this.coordinates = frozenJson(o.coordinates === undefined ? {} : o.coordinates, 'undefined', 'coordinates')
    Object.freeze(this)
  }

  get type(): 'undefined' {
    return 'undefined'
  }

  get bounds(): null {
    return null
  }

  /** Compares source type and JSON values exactly. */
  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return (
      other instanceof UndefinedAnnotation &&
      this.sourceType === other.sourceType &&
      jsonEqual(this.coordinates, other.coordinates)
    )
  }

  /**
   * Itself for the identity.
   * @throws AnnotationError `transform-unsupported` for any other map: nobody knows which numbers are pixels.
   */
  transform(m: Affine, _size?: TargetSize): this {
    if (!isIdentity(m)) {
      throw transformError(
        `definition of type ${this.sourceType}`,
        'the identity',
        'Leave it out, or keep the picture as it is.',
      )
    }
    return this
  }

  with(changes: DefinitionChanges): UndefinedAnnotation {
    const { sourceType, coordinates } = this
    return new UndefinedAnnotation({ ...changedInit(this, changes), sourceType, coordinates })
  }
}
