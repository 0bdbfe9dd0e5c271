import type { Affine } from '../geometry/affine.js'
import { type Attributes, changedInit, Definition, type DefinitionChanges, type TargetSize } from './definition.js'
import { textField } from './field.js'

export interface RefImageInit {
  /** Default `ref-image`, as in the SDK. */
  readonly label?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly description?: string | undefined
  /** A URL or the id of an item. It is text here: nothing is ever fetched. */
  readonly ref: string
  /** Default: `url` when `ref` begins with `http`, else `id`. */
  readonly refType?: string | undefined
  readonly mimetype?: string | null | undefined
}

/** A reference to another picture. It has no bounds. */
export class RefImage extends Definition {
  readonly ref: string
  readonly refType: string
  readonly mimetype: string | null

  /** @throws AnnotationError `definition-field` for a field that is no string. */
  constructor(o: RefImageInit) {
    super({ label: o.label ?? 'ref-image', attributes: o.attributes, description: o.description }, 'ref_image')
    this.ref = textField(o.ref, 'ref_image', 'ref')
    this.refType = textField(o.refType ?? (this.ref.startsWith('http') ? 'url' : 'id'), 'ref_image', 'refType')
    this.mimetype =
      o.mimetype === undefined || o.mimetype === null ? null : textField(o.mimetype, 'ref_image', 'mimetype')
    Object.freeze(this)
  }

  get type(): 'ref_image' {
    return 'ref_image'
  }

  get bounds(): null {
    return null
  }

  /** Compares reference, its type and the media type. */
  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return (
      other instanceof RefImage &&
      this.ref === other.ref &&
      this.refType === other.refType &&
      this.mimetype === other.mimetype
    )
  }

  /** Itself. */
  transform(_m: Affine, _size?: TargetSize): this {
    return this
  }

  with(changes: DefinitionChanges): RefImage {
    const { ref, refType, mimetype } = this
    return new RefImage({ ...changedInit(this, changes), ref, refType, mimetype })
  }
}
