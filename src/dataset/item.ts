import { AnnotationError, type Place } from '../errors.js'
import type { Orientation } from '../geometry/orientation.js'
import type { JsonValue } from '../text/json-value.js'
import type { Annotation } from './annotation.js'
import type { Extra, Raw } from './extra.js'
import type { Id } from './id.js'

/** Frames per second as an exact fraction, such as 30000/1001. */
export interface Rational {
  readonly numerator: number
  readonly denominator: number
}

/** What an item shows. Sizes are in pixels. */
export interface Media {
  readonly kind: 'image' | 'video' | 'audio' | 'text'
  readonly width?: number | undefined
  readonly height?: number | undefined
  /** EXIF orientation of the stored picture where the source tells it. */
  readonly orientation?: Orientation | undefined
  readonly fps?: Rational | undefined
  readonly frames?: number | undefined
  /** Seconds. */
  readonly duration?: number | undefined
  readonly mimetype?: string | undefined
}

export interface ItemInit {
  readonly id: Id
  /** POSIX, relative, without a leading slash; the characters as the source gives them. */
  readonly path: string
  readonly media: Media
  readonly split?: string | undefined
  readonly annotations?: readonly Annotation[] | undefined
  readonly metadata?: JsonValue | undefined
  readonly extra?: Extra | undefined
  readonly raw?: Raw | undefined
  readonly place?: Place | undefined
  /** Where the reader found the picture: a path below the root of the source. Not part of what an item says; never written. */
  readonly file?: string | undefined
}

const NO_ANNOTATIONS: readonly Annotation[] = Object.freeze([])

function checkSide({ media, path }: ItemInit, side: 'width' | 'height'): void {
  const value: unknown = media[side]
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) > 0)) return
  throw new AnnotationError('invalid-value', `bad ${side} of ${JSON.stringify(path)}`, {
    expected: 'a whole number of pixels above 0',
    got: String(value),
  })
}

/** One image, video, audio or text with its annotations. Immutable. */
export class Item {
  readonly id: Id
  readonly path: string
  readonly media: Media
  readonly split: string | undefined
  readonly annotations: readonly Annotation[]
  readonly metadata: JsonValue | undefined
  readonly extra: Extra | undefined
  readonly raw: Raw | undefined
  readonly place: Place | undefined
  /** Where the reader found the picture: a path below the root of the source. Not part of what the item says; never written. */
  readonly file: string | undefined

  /** @throws AnnotationError `invalid-value` for a width or height that is no whole number of pixels above 0 */
  constructor(init: ItemInit) {
    checkSide(init, 'width')
    checkSide(init, 'height')
    this.id = init.id
    this.path = init.path
    this.media = init.media
    this.split = init.split
    this.annotations = init.annotations ?? NO_ANNOTATIONS
    this.metadata = init.metadata
    this.extra = init.extra
    this.raw = init.raw
    this.place = init.place
    this.file = init.file
    Object.freeze(this)
  }

  /**
   * The item with some fields changed. The source text stays valid only for changes of `annotations` and `split`.
   * A new id makes the annotations give up their source text too, because it names the item.
   */
  with(changes: Partial<ItemInit>): Item {
    const touched = Object.keys(changes).some((key) => key !== 'annotations' && key !== 'split')
    const renamed = changes.id !== undefined && (changes.id.text !== this.id.text || changes.id.kind !== this.id.kind)
    const annotations = changes.annotations ?? this.annotations
    return new Item({
      ...this,
      ...(touched ? { raw: undefined } : {}),
      ...changes,
      annotations: renamed ? annotations.map((annotation) => annotation.withoutRaw()) : annotations,
    })
  }

  /** The same item and annotations without the texts they were read from. */
  withoutRaw(): Item {
    return new Item({
      ...this,
      raw: undefined,
      annotations: this.annotations.map((annotation) => annotation.withoutRaw()),
    })
  }
}
