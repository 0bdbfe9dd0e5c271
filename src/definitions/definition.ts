import type { Affine } from '../geometry/affine.js'
import type { Bounds } from '../geometry/bounds.js'
import { type Attributes, attributesEqual, ownAttributes } from './attributes.js'
import { fieldError } from './field.js'

export type { Attributes, AttributeValue } from './attributes.js'

/** Every type of definition, as the Dataloop SDK spells it; `undefined` holds all types this library does not know. */
export const DEFINITION_TYPES = [
  'box',
  'cube',
  'cube_3d',
  'class',
  'comparison',
  'ellipse',
  'note',
  'point',
  'segment',
  'polyline',
  'pose',
  'binary',
  'subtitle',
  'text_mark',
  'gis',
  'text',
  'ref_image',
  'item_description',
  'undefined',
] as const

export type DefinitionType = (typeof DEFINITION_TYPES)[number]

/**
 * The annotation types of the Dataloop SDK under the SDK's names. `Semantic3d` and `Polyline3d` have no class of their
 * own: they are read as `UndefinedAnnotation` with this string as `sourceType`.
 */
export const AnnotationType = Object.freeze({
  Box: 'box',
  Cube: 'cube',
  Cube3d: 'cube_3d',
  Classification: 'class',
  Comparison: 'comparison',
  Ellipse: 'ellipse',
  Note: 'note',
  Point: 'point',
  Polygon: 'segment',
  Polyline: 'polyline',
  Pose: 'pose',
  Segmentation: 'binary',
  Subtitle: 'subtitle',
  Text: 'text_mark',
  Gis: 'gis',
  Semantic3d: 'ref_semantic_3d',
  Polyline3d: 'polyline_3d',
  FreeText: 'text',
  RefImage: 'ref_image',
  ItemDescription: 'item_description',
} as const)

export type AnnotationType = (typeof AnnotationType)[keyof typeof AnnotationType]

/** How far, in pixels, two geometries may lie apart and still be equal, when nothing else is said. */
export const DEFAULT_TOLERANCE = 1 / 1024

/** What every definition is made from. */
export interface DefinitionInit {
  readonly label: string
  readonly attributes?: Attributes | undefined
  readonly description?: string | undefined
}

/** What {@link Definition.with} can change; a key that is present with `undefined` takes the value away. */
export interface DefinitionChanges {
  readonly label?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly description?: string | undefined
}

/** The size of the picture a transform leads to, in pixels. */
export interface TargetSize {
  readonly width: number
  readonly height: number
}

/**
 * What an annotation says: a label and a geometry or a text. Immutable and frozen; knows no format, no file, no canvas.
 * Coordinates are continuous pixels, x to the right, y down, the corner of the first pixel at (0, 0).
 */
export abstract class Definition {
  abstract readonly type: DefinitionType
  readonly label: string
  readonly attributes: Attributes
  readonly description: string | undefined

  /**
   * @param labelMayBeEmpty Only the types whose source has no label at all may have an empty one.
   * @throws AnnotationError `definition-field` for a label, an attribute or a description of the wrong kind.
   */
  constructor(init: DefinitionInit, type: DefinitionType, labelMayBeEmpty = false) {
    const { label, description } = init
    if (typeof label !== 'string') throw fieldError(type, 'label', 'a string', label)
    if (label === '' && !labelMayBeEmpty) throw fieldError(type, 'label', 'a string that is not empty', label)
    if (description !== undefined && typeof description !== 'string') {
      throw fieldError(type, 'description', 'a string', description)
    }
    this.label = label
    this.attributes = ownAttributes(init.attributes, type)
    this.description = description
  }

  /** The smallest upright rectangle around the geometry, half open; `null` for what has no place in the picture. */
  abstract readonly bounds: Bounds | null

  /** Left edge of {@link bounds} (of the unrotated frame for boxes and notes); `undefined` without bounds. */
  get left(): number | undefined {
    return this.bounds?.left
  }

  /** Top edge; see {@link left}. */
  get top(): number | undefined {
    return this.bounds?.top
  }

  /** Right edge; see {@link left}. */
  get right(): number | undefined {
    return this.bounds?.right
  }

  /** Bottom edge; see {@link left}. */
  get bottom(): number | undefined {
    return this.bounds?.bottom
  }

  /** `right - left`, not rounded. */
  get width(): number | undefined {
    const bounds = this.bounds
    return bounds === null ? undefined : bounds.right - bounds.left
  }

  /** `bottom - top`, not rounded. */
  get height(): number | undefined {
    const bounds = this.bounds
    return bounds === null ? undefined : bounds.bottom - bounds.top
  }

  /**
   * Whether both say the same: type, label, attributes, description, whatever text or ids the type carries, and the
   * geometry within `tolerance` pixels.
   */
  equals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    if (this === other) return true
    return (
      this.type === other.type &&
      this.label === other.label &&
      this.description === other.description &&
      attributesEqual(this.attributes, other.attributes) &&
      this.contentEquals(other) &&
      this.geometryEquals(other, tolerance)
    )
  }

  /**
   * Whether both are of one type and have the same geometry within `tolerance` pixels, whatever their labels. Types
   * without geometry compare what they hold instead (the text of a subtitle).
   */
  abstract geometryEquals(other: Definition, tolerance?: number): boolean

  /** Equality of what the type carries beside its geometry: messages of a note, colour of a mask, ids of a pose. */
  protected contentEquals(_other: Definition): boolean {
    return true
  }

  /**
   * The same definition in a picture mapped by `m`. Types without a place in the picture return themselves.
   * @param size Size of the picture it leads to; needed by masks when they are shifted.
   * @throws AnnotationError `transform-unsupported` where the type cannot hold the result exactly.
   */
  abstract transform(m: Affine, size?: TargetSize): Definition

  /** The same with another label, other attributes or another description. */
  abstract with(changes: DefinitionChanges): Definition
}

/** What `definition` was made from, after `changes`. */
export function changedInit(definition: Definition, changes: DefinitionChanges): DefinitionInit {
  return {
    label: changes.label ?? definition.label,
    attributes: 'attributes' in changes ? changes.attributes : definition.attributes,
    description: 'description' in changes ? changes.description : definition.description,
  }
}
