import type { Account } from './account.js'
import type { Annotation } from './annotation.js'
import type { Dataset, Header } from './dataset.js'
import type { Item } from './item.js'
import { LabelTree } from './labels.js'

// Every transform gives a new data set that reads the old one when it is read. Annotations that a transform leaves out
// are entered in the account as dropped, so that the ledger still adds up.

/** Items for which `keep` is true. The annotations of the others are `dropped: filtered`. */
export function filterItems(dataset: Dataset, keep: (item: Item) => boolean): Dataset {
  return withItems(dataset, (item, account) => {
    if (keep(item)) return item
    for (const annotation of item.annotations) dropFiltered(annotation, account)
    return undefined
  })
}

/** Items as `change` gives them; their annotations are taken as they come. Use {@link mapAnnotations} to change those. */
export function mapItems(dataset: Dataset, change: (item: Item) => Item): Dataset {
  return withItems(dataset, change)
}

/** Annotations for which `keep` is true; the others are `dropped: filtered`. */
export function filterAnnotations(dataset: Dataset, keep: (annotation: Annotation, item: Item) => boolean): Dataset {
  return mapAnnotations(dataset, (annotation, item) => (keep(annotation, item) ? [annotation] : []))
}

/**
 * Each annotation replaced by none, one or many. One that is replaced by none is `dropped: filtered`; many count as the
 * one they came from, by the worst of what becomes of them.
 */
export function mapAnnotations(
  dataset: Dataset,
  change: (annotation: Annotation, item: Item) => readonly Annotation[],
): Dataset {
  return withItems(dataset, (item, account) => {
    const changed: Annotation[] = []
    const gone: Annotation[] = []
    let same = true
    for (const annotation of item.annotations) {
      const results = change(annotation, item)
      if (results.length === 0) gone.push(annotation)
      for (const result of results) {
        if (result === annotation) changed.push(result)
        else
          changed.push(result.origin === undefined ? result.with({ origin: annotation.origin ?? annotation }) : result)
      }
      same &&= results.length === 1 && results[0] === annotation
    }
    if (same) return item
    const alive = new Set(changed.map((annotation) => annotation.origin))
    const dead = new Set<object>()
    for (const annotation of gone) {
      const source = annotation.origin ?? annotation
      // One of several parts of a source annotation may go without the annotation being lost.
      if (alive.has(source) || dead.has(source)) continue
      dead.add(source)
      dropFiltered(annotation, account)
    }
    return item.with({ annotations: changed })
  })
}

/**
 * Labels renamed by `rename`; labels that end up with one name become one, the first of them. Key frames are renamed too.
 */
export function remapLabels(dataset: Dataset, rename: (name: string) => string): Dataset {
  const seen = new Set<string>()
  const labels = []
  for (const label of dataset.header.labels) {
    const name = rename(label.name)
    if (!seen.has(name)) labels.push(name === label.name ? label : { ...label, name, raw: undefined })
    seen.add(name)
  }
  const header = { ...dataset.header, labels: new LabelTree(labels) }
  const renamed = mapAnnotations(dataset, (annotation) => {
    const name = rename(annotation.label)
    const framesChange = annotation.keyFrames?.some(({ definition }) => rename(definition.label) !== definition.label)
    if (name === annotation.label && framesChange !== true) return [annotation]
    return [
      annotation.with({
        definition: annotation.definition.with({ label: name }),
        keyFrames: annotation.keyFrames?.map((frame) => ({
          ...frame,
          definition: frame.definition.with({ label: rename(frame.definition.label) }),
        })),
      }),
    ]
  })
  return withHeader(renamed, header)
}

/** Only the items of one split. */
export function selectSplit(dataset: Dataset, split: string): Dataset {
  const selected = filterItems(dataset, (item) => item.split === split)
  const { strays } = dataset.header
  const kept = strays.filter((stray) => stray.split === undefined || stray.split === split)
  const gone = strays.length - kept.length
  return {
    ...selected,
    header: { ...dataset.header, splits: [split], strays: kept },
    async *items(account) {
      for (let i = 0; i < gone; i++) account?.drop({ effect: 'dropped', subject: 'annotation', reason: 'filtered' })
      yield* selected.items(account)
    },
  }
}

/** A part of a data set: a name and a weight above 0. */
export interface SplitShare {
  readonly name: string
  readonly share: number
}

/**
 * Every item put into a split by a stable hash of its id and the seed: the same item goes to the same split whatever
 * else is in the data set, and adding items moves none.
 */
export function assignSplits(dataset: Dataset, shares: readonly SplitShare[], seed = 0): Dataset {
  const total = shares.reduce((sum, { share }) => sum + share, 0)
  if (!(total > 0)) throw new TypeError('splits need shares above 0')
  const splitOf = (item: Item): string => {
    let left = hashUnit(`${seed}/${item.id.text}`) * total
    for (const { name, share } of shares) {
      if (left < share) return name
      left -= share
    }
    return shares[shares.length - 1]?.name ?? ''
  }
  const header = { ...dataset.header, splits: shares.map(({ name }) => name) }
  return withHeader(
    mapItems(dataset, (item) => item.with({ split: splitOf(item) })),
    header,
  )
}

/** The data set without the texts its elements were read from, so that writers write everything afresh. */
export function withoutRawTexts(dataset: Dataset): Dataset {
  const labels = new LabelTree(dataset.header.labels.labels.map((label) => ({ ...label, raw: undefined })))
  return withHeader(
    mapItems(dataset, (item) => item.withoutRaw()),
    { ...dataset.header, labels },
  )
}

export function withHeader(dataset: Dataset, header: Header): Dataset {
  return {
    header,
    itemCount: dataset.itemCount,
    items: (account) => dataset.items(account),
    close: () => dataset.close(),
  }
}

function withItems(dataset: Dataset, change: (item: Item, account: Account | undefined) => Item | undefined): Dataset {
  return {
    header: dataset.header,
    itemCount: dataset.itemCount,
    async *items(account) {
      for await (const item of dataset.items(account)) {
        const changed = change(item, account)
        if (changed !== undefined) yield changed
      }
    },
    close: () => dataset.close(),
  }
}

function dropFiltered(annotation: Annotation, account: Account | undefined): void {
  account?.drop({ effect: 'dropped', subject: annotation.type, reason: 'filtered' }, annotation.place)
}

/** FNV-1a over the UTF-16 code units, then a final mix, as a number in [0, 1). */
function hashUnit(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  // Murmur3's finaliser: FNV alone leaves the high bits of short ids poorly mixed.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x1_0000_0000
}
