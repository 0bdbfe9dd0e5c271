import type { AnnotationDefinition } from '../definitions/index.js'
import type { Place } from '../errors.js'
import type { Affine } from '../geometry/affine.js'
import { applyToBounds } from '../geometry/affine.js'
import type { Bounds } from '../geometry/bounds.js'
import type { JsonValue } from '../text/json-value.js'
import type { Amendment } from './account.js'
import type { Extra, Raw } from './extra.js'
import type { Id } from './id.js'
import type { KeyFrame, Span } from './track.js'

/** What a source says about an annotation beside its geometry. Absent means the source did not say. */
export interface Flags {
  readonly crowd?: boolean | undefined
  readonly truncated?: boolean | undefined
  readonly occluded?: boolean | undefined
  readonly difficult?: boolean | undefined
}

/** Which model made a prediction. */
export interface ModelInfo {
  readonly name?: string | undefined
  readonly id?: string | undefined
}

export interface AnnotationInit {
  readonly definition: AnnotationDefinition
  readonly id?: Id | undefined
  readonly parentId?: Id | undefined
  /** The object or track that several annotations show. */
  readonly objectId?: Id | undefined
  /** Confidence of a prediction, 0 to 1 as a rule. */
  readonly score?: number | undefined
  readonly model?: ModelInfo | undefined
  readonly automated?: boolean | undefined
  readonly status?: string | undefined
  /** The bounds the source declares, which need not be those of the geometry. */
  readonly box?: Bounds | undefined
  /** The area the source declares, square pixels. */
  readonly area?: number | undefined
  readonly flags?: Flags | undefined
  readonly span?: Span | undefined
  readonly keyFrames?: readonly KeyFrame[] | undefined
  readonly metadata?: JsonValue | undefined
  readonly extra?: Extra | undefined
  readonly raw?: Raw | undefined
  readonly place?: Place | undefined
  readonly origin?: object | undefined
  readonly amended?: Amendment | undefined
}

export const NO_FLAGS: Flags = Object.freeze({})

/** One annotation of an item: a definition and what the source says about it. Immutable. */
export class Annotation {
  readonly definition: AnnotationDefinition
  readonly id: Id | undefined
  readonly parentId: Id | undefined
  readonly objectId: Id | undefined
  readonly score: number | undefined
  readonly model: ModelInfo | undefined
  readonly automated: boolean | undefined
  readonly status: string | undefined
  readonly box: Bounds | undefined
  readonly area: number | undefined
  readonly flags: Flags
  readonly span: Span | undefined
  readonly keyFrames: readonly KeyFrame[] | undefined
  readonly metadata: JsonValue | undefined
  /** What other formats' fields travel with it. */
  readonly extra: Extra | undefined
  /** The text it was read from; gone as soon as anything changes. */
  readonly raw: Raw | undefined
  /** Where it was read. */
  readonly place: Place | undefined
  /** The source annotation this one was made from: all that share one count as one in the ledger. */
  readonly origin: object | undefined
  /** What was already done to it since it was read. */
  readonly amended: Amendment | undefined

  constructor(init: AnnotationInit) {
    this.definition = init.definition
    this.id = init.id
    this.parentId = init.parentId
    this.objectId = init.objectId
    this.score = init.score
    this.model = init.model
    this.automated = init.automated
    this.status = init.status
    this.box = init.box
    this.area = init.area
    this.flags = init.flags ?? NO_FLAGS
    this.span = init.span
    this.keyFrames = init.keyFrames
    this.metadata = init.metadata
    this.extra = init.extra
    this.raw = init.raw
    this.place = init.place
    this.origin = init.origin
    this.amended = init.amended
    Object.freeze(this)
  }

  get label(): string {
    return this.definition.label
  }

  get type(): AnnotationDefinition['type'] {
    return this.definition.type
  }

  /** Bounds of the geometry, half open, pixels; null where there are none. The declared ones are in `box`. */
  get bounds(): Bounds | null {
    return this.definition.bounds
  }

  /**
   * The annotation with some fields changed. The source text is given up; so are the declared box and area when the
   * geometry changes and they are not given anew.
   */
  with(changes: Partial<AnnotationInit>): Annotation {
    const moved = changes.definition !== undefined && !changes.definition.geometryEquals(this.definition, 0)
    const stale = moved ? { box: undefined, area: undefined } : {}
    return new Annotation({ ...this, origin: sourceOf(this), ...stale, raw: undefined, ...changes })
  }

  /** The same annotation without the text it was read from: writers then write it afresh. */
  withoutRaw(): Annotation {
    return this.raw === undefined ? this : new Annotation({ ...this, origin: sourceOf(this), raw: undefined })
  }

  /**
   * Geometry, key frames and declared box moved by an affine map; the declared area is dropped.
   * `size` is the canvas the result lies on, which masks need.
   * @throws AnnotationError `transform-unsupported` where the definition has no exact image under the map.
   */
  transform(map: Affine, size?: { readonly width: number; readonly height: number }): Annotation {
    return this.with({
      definition: this.definition.transform(map, size) as AnnotationDefinition,
      box: this.box === undefined ? undefined : applyToBounds(map, this.box),
      area: undefined,
      keyFrames: this.keyFrames?.map((frame) => ({
        ...frame,
        definition: frame.definition.transform(map, size) as AnnotationDefinition,
      })),
    })
  }
}

/** The source annotation that one was made from: itself where it is the very one that was read. */
export function sourceOf(annotation: Annotation): object {
  return annotation.origin ?? annotation
}
