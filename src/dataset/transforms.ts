import type { Account } from './account.js'
import { type Annotation, sourceOf } from './annotation.js'
import type { Dataset, Header, Stray } from './dataset.js'
import type { Item } from './item.js'
import { LabelTree } from './labels.js'

// Every transform gives a new data set that reads the old one when it is read. Annotations that a transform leaves out
// are entered in the account as dropped, those it makes as read, so that the ledger still adds up.

/** Items for which `keep` is true. The annotations of the others are `dropped: filtered`. */
export function filterItems(dataset: Dataset, keep: (item: Item) => boolean): Dataset {
  // How many are left shows only when they are read.
  return { ...withItems(dataset, (item) => (keep(item) ? item : undefined)), itemCount: undefined }
}

/**
 * Items as `change` gives them. Annotations it leaves out are `dropped: filtered`; those it adds count as read.
 * Use {@link mapAnnotations} to change the annotations one by one.
 */
export function mapItems(dataset: Dataset, change: (item: Item) => Item): Dataset {
  return withItems(dataset, change)
}

/** Annotations for which `keep` is true; the others are `dropped: filtered`. */
export function filterAnnotations(dataset: Dataset, keep: (annotation: Annotation, item: Item) => boolean): Dataset {
  return mapAnnotations(dataset, (annotation, item) => (keep(annotation, item) ? [annotation] : []))
}

/**
 * What becomes of an annotation: none (`undefined`, `null` or an empty list), one or many. Annotations are immutable; make
 * new ones with `annotation.with({…})`.
 */
export type ConversionFunction = (
  annotation: Annotation,
  item: Item,
) => Annotation | readonly Annotation[] | null | undefined

/**
 * Each annotation replaced by none, one or many. One that is replaced by none is `dropped: filtered`; many count as the
 * one they came from, by the worst of what becomes of them.
 */
export function mapAnnotations(dataset: Dataset, change: ConversionFunction): Dataset {
  return withItems(dataset, (item) => {
    const changed: Annotation[] = []
    let same = true
    for (const annotation of item.annotations) {
      const results = listed(change(annotation, item))
      for (const result of results) {
        const made = result !== annotation && result.origin === undefined
        changed.push(made ? result.with({ origin: sourceOf(annotation) }) : result)
      }
      same &&= results.length === 1 && results[0] === annotation
    }
    return same ? item : item.with({ annotations: changed })
  })
}

function listed(made: ReturnType<ConversionFunction>): readonly Annotation[] {
  if (made === undefined || made === null) return []
  return isOne(made) ? [made] : made
}

function isOne(made: Annotation | readonly Annotation[]): made is Annotation {
  return !Array.isArray(made)
}

/**
 * Labels renamed by `rename`; labels that end up with one name become one, the first of them. Key frames and the parents
 * of labels are renamed too, bare group names and annotations without a label are not.
 */
export function remapLabels(dataset: Dataset, rename: (name: string) => string): Dataset {
  const nameOf = (name: string): string => (name === '' ? '' : rename(name))
  const tree = dataset.header.labels
  const seen = new Set<string>()
  const labels = []
  for (const label of tree) {
    const name = nameOf(label.name)
    // No label is above itself: a parent of the same name is a group.
    const isLabel = label.parent !== undefined && label.parent !== label.name && tree.get(label.parent) !== undefined
    const parent = isLabel ? nameOf(label.parent) : label.parent
    // Whoever gives a label a name means it, also where so far only annotations mentioned it.
    const declared = name === label.name ? label.declared : true
    const same = name === label.name && parent === label.parent
    if (!seen.has(name)) labels.push(same ? label : { ...label, name, parent, declared, raw: undefined })
    seen.add(name)
  }
  const strays = dataset.header.strays.map((stray) =>
    stray.label === undefined ? stray : { ...stray, label: nameOf(stray.label) },
  )
  const header = { ...dataset.header, labels: new LabelTree(labels), strays }
  const renamed = mapAnnotations(dataset, (annotation) => {
    const name = nameOf(annotation.label)
    const framesChange = annotation.keyFrames?.some(({ definition }) => nameOf(definition.label) !== definition.label)
    if (name === annotation.label && framesChange !== true) return [annotation]
    return [
      annotation.with({
        definition: annotation.definition.with({ label: name }),
        keyFrames: annotation.keyFrames?.map((frame) => ({
          ...frame,
          definition: frame.definition.with({ label: nameOf(frame.definition.label) }),
        })),
      }),
    ]
  })
  const merged = tree.size - labels.length
  return {
    ...withHeader(renamed, header),
    async *items(account) {
      const reason = 'merged into another of the same name'
      if (merged > 0) account?.field({ level: 'header', effect: 'dropped', subject: 'label', reason, count: merged })
      yield* renamed.items(account)
    },
  }
}

/** Only the items of one split. */
export function selectSplit(dataset: Dataset, split: string): Dataset {
  const selected = filterItems(dataset, (item) => item.split === split)
  const { strays } = dataset.header
  const stays = (stray: Stray): boolean => stray.split === undefined || stray.split === split
  const kept = strays.filter(stays)
  const gone = strays.filter((stray) => !stays(stray))
  return {
    ...selected,
    header: { ...dataset.header, splits: [split], strays: kept },
    async *items(account) {
      for (const { place } of gone)
        account?.drop({ effect: 'dropped', subject: 'annotation', reason: 'filtered' }, place)
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
  if (!(total > 0 && total < Infinity && shares.every(({ share }) => share > 0)))
    throw new TypeError('splits need shares above 0')
  if (new Set(shares.map(({ name }) => name)).size !== shares.length) throw new TypeError('splits need different names')
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

function withItems(dataset: Dataset, change: (item: Item) => Item | undefined): Dataset {
  return {
    header: dataset.header,
    itemCount: dataset.itemCount,
    async *items(account) {
      for await (const item of dataset.items(account)) {
        const changed = change(item)
        if (account !== undefined) settle(item, changed, account)
        if (changed !== undefined) yield changed
      }
    },
    close: () => dataset.close(),
  }
}

/** Enters what a change of an item did to its annotations. Those that share a source are one. */
function settle(before: Item, after: Item | undefined, account: Account): void {
  if (after?.annotations === before.annotations) return
  const alive = new Set<object>()
  for (const annotation of after?.annotations ?? []) alive.add(sourceOf(annotation))
  const known = new Set<object>()
  for (const annotation of before.annotations) {
    const source = sourceOf(annotation)
    if (!known.has(source) && !alive.has(source))
      account.drop({ effect: 'dropped', subject: annotation.type, reason: 'filtered' }, annotation.place)
    known.add(source)
  }
  let made = 0
  for (const source of alive) if (!known.has(source)) made++
  if (made > 0) account.read(made)
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
