import type { Place } from '../errors.js'
import type { JsonValue } from '../text/json-value.js'
import type { Account } from './account.js'
import { Annotation } from './annotation.js'
import type { Extra, Raw } from './extra.js'
import type { Item } from './item.js'
import { type Label, LabelTree } from './labels.js'

/** A source annotation that belongs to no item, such as a COCO annotation whose image is not listed. */
export interface Stray {
  readonly raw: Raw
  readonly reason: string
  /** The name of its label, where it has one. */
  readonly label?: string | undefined
  readonly split?: string | undefined
  readonly place?: Place | undefined
}

/** What holds for the whole data set. */
export interface Header {
  readonly labels: LabelTree
  /** Labels that somebody fixed for this job: their order, or the numbers they have as ids too. Writers keep to it. */
  readonly labelLock?: 'order' | 'numbers' | undefined
  /** Free description of the data set. */
  readonly info?: JsonValue | undefined
  /** Names of the splits in their order; empty when items have none. */
  readonly splits: readonly string[]
  /** Annotations without an item; their own format writes them back. */
  readonly strays: readonly Stray[]
  readonly extra?: Extra | undefined
}

/** A header and a stream of items. `items()` may be called again and starts over. */
export interface Dataset {
  readonly header: Header
  /** Number of items where it is known beforehand. */
  readonly itemCount?: number | undefined
  /** The items in order; `account` is told what is met on the way. */
  items(account?: Account): AsyncIterable<Item>
  /** Lets go of open files. */
  close(): Promise<void>
}

export interface DatasetInit {
  readonly items: Iterable<Item> | (() => Iterable<Item> | AsyncIterable<Item>)
  readonly labels?: LabelTree | readonly (string | Label)[] | undefined
  readonly info?: JsonValue | undefined
  readonly extra?: Extra | undefined
}

/**
 * A data set from items at hand. Labels default to those the annotations use, in order of first use, when `items` is an
 * array; a function of items needs `labels`.
 * @throws TypeError when labels are missing and cannot be surveyed.
 */
export function createDataset(init: DatasetInit): Dataset {
  const { items } = init
  const held = typeof items === 'function' ? undefined : [...items].map(asSource)
  const labels =
    init.labels instanceof LabelTree
      ? init.labels
      : new LabelTree(
          (init.labels ?? surveyedNames(held)).map((label) => (typeof label === 'string' ? { name: label } : label)),
        )
  const header: Header = {
    labels,
    info: init.info,
    splits:
      held === undefined ? [] : [...new Set(held.flatMap((item) => (item.split === undefined ? [] : [item.split])))],
    strays: [],
    extra: init.extra,
  }
  return {
    header,
    itemCount: held?.length,
    async *items(account) {
      for await (const given of typeof items === 'function' ? items() : (held ?? items)) {
        const item = asSource(given)
        account?.read(item.annotations.length)
        yield item
      }
    },
    close: () => Promise.resolve(),
  }
}

/** The item with each of its annotations for a source annotation of its own, whatever it was made from. */
function asSource(item: Item): Item {
  const { annotations } = item
  const different = new Set(annotations).size === annotations.length
  if (different && annotations.every(({ origin }) => origin === undefined)) return item
  return item.with({
    annotations: annotations.map((annotation) => new Annotation({ ...annotation, origin: undefined })),
  })
}

function surveyedNames(items: readonly Item[] | undefined): string[] {
  if (items === undefined) throw new TypeError('a data set made from a function needs `labels`')
  const names = new Set<string>()
  for (const item of items) {
    for (const annotation of item.annotations) {
      if (annotation.label !== '') names.add(annotation.label)
      for (const { definition } of annotation.keyFrames ?? []) if (definition.label !== '') names.add(definition.label)
    }
  }
  return [...names]
}
