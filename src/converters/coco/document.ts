import type { Stray } from '../../dataset/dataset.js'
import type { Place } from '../../errors.js'
import type { ByteSource } from '../../ports.js'
import type { Categories } from './category.js'
import type { DocumentIndex } from './document-index.js'
import type { CocoFile } from './layout.js'
import { TASKS } from './tasks.js'

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
  /** Other files of its split are read with it, so its elements say which task they are of. */
  readonly shared: boolean
}

/** The documents of one split, each of another task, in the order of TASKS. */
export type DocumentGroup = readonly [Document, ...Document[]]

/** Documents by what they are read with; the groups keep the order of their first documents. */
export function groupsOf<T extends { readonly file: CocoFile }>(documents: readonly T[]): readonly (readonly T[])[] {
  const groups: T[][] = []
  for (const document of documents) {
    const { split, task } = document.file
    const group = groups.find((some) => some[0]?.file.split === split && !some.some(({ file }) => file.task === task))
    if (group === undefined) groups.push([document])
    else group.push(document)
  }
  for (const group of groups) group.sort((a, b) => TASKS.indexOf(a.file.task) - TASKS.indexOf(b.file.task))
  return groups
}
