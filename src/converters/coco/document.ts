import type { Stray } from '../../dataset/dataset.js'
import type { Place } from '../../errors.js'
import type { ByteSource } from '../../ports.js'
import type { Categories } from './category.js'
import type { DocumentIndex } from './document-index.js'
import type { CocoFile } from './layout.js'

/** One document of the data set, indexed. */
export interface Document {
  readonly file: CocoFile
  readonly source: ByteSource
  readonly index: DocumentIndex
  readonly categories: Categories
  readonly strays: readonly Stray[]
  /** Annotations without an image that could not be written back. */
  readonly badStrays: readonly Place[]
  /** JSON text of the root fields, checked. */
  readonly fields: ReadonlyMap<string, string>
}
