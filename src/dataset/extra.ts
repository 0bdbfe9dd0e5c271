/** A JSON value as its source text, so that numbers and key order survive. */
export type JsonSource = string

/**
 * What a reader met in one source element and the model has no word for, and how the element was written.
 * A writer of the same format merges it back; what the model says wins over it.
 */
export interface ExtraFields {
  /** All keys of the source element in its order, those the model understood included. Shared between alike elements. */
  readonly keys: readonly string[]
  /** JSON text by key: foreign keys, and known keys whose text says more than the model's value does. */
  readonly fields: ReadonlyMap<string, JsonSource>
  /** A word of the format's own on how the element was written (in coco: `rle` or `rle-string`). */
  readonly form?: string | undefined
}

/** By format id (`coco`), or format id and split (`coco:train`) on the header of a data set of several documents. */
export type Extra = ReadonlyMap<string, ExtraFields>

/** The UTF-8 text an element was read from. It stands for that element only while nothing of it has changed. */
export interface Raw {
  readonly format: string
  /** Not to be changed. */
  readonly bytes: Uint8Array
  /** Whoever sets it vouches that the bytes are one JSON value without white space around it. */
  readonly json?: boolean | undefined
  /** What the text names by id, where whoever sets it knows: it can only stand where these are still called so. */
  readonly names?: RawNames | undefined
}

/** Texts of the ids an element's text names others by. */
export interface RawNames {
  readonly item: string | undefined
  readonly label: string | undefined
}

export const NO_FIELDS: ReadonlyMap<string, JsonSource> = new Map()
