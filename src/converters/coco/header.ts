import type { Header, Stray } from '../../dataset/dataset.js'
import type { ExtraFields } from '../../dataset/extra.js'
import { type Label, LabelTree } from '../../dataset/labels.js'
import { decodeUtf8 } from '../../text/decode.js'
import type { Context } from '../format.js'
import type { Document } from './document.js'
import { rootKey } from './root-fields.js'
import { IN_TASKS, inTasks } from './tasks.js'

/** One header for all documents of a data set: one label table, the root fields of each, the annotations without an image. */
export function headerOf(documents: readonly Document[], context: Context): Header {
  const extra = new Map<string, ExtraFields>()
  const strays: Stray[] = []
  const splits: string[] = []
  const unlabelled: Label[] = []
  let labels = LabelTree.EMPTY
  for (const [i, document] of documents.entries()) {
    const { index, categories, fields, file, source } = document
    const { split } = file
    if (split !== undefined && !splits.includes(split)) splits.push(split)
    labels = i === 0 ? new LabelTree(categories.labels) : united(labels, categories.labels, document, context)
    if (index.firstUncategorised !== undefined) unlabelled.push({ name: categories.unlabelled, declared: false })
    const key = rootKey(split, file.task)
    // The highest annotation id travels along, so that a writer can number what is new above it.
    if (!extra.has(key)) extra.set(key, { keys: index.keys, fields, form: index.highestId })
    else if (fields.size > 0) reportOtherRoot(fields.size, source.name, context)
    for (const stray of document.strays) strays.push(stray)
  }
  const shared = documents.some((document) => document.shared)
  return { labels: (shared ? withTasks(labels, documents) : labels).union(unlabelled), splits, strays, extra }
}

/** Each label with the files that have it, and with the skeleton of the file that says one. */
function withTasks(labels: LabelTree, documents: readonly Document[]): LabelTree {
  const described = labels.labels.map((label): Label => {
    if (label.declared === false) return label
    const keys: string[] = []
    const texts = new Map<string, string>()
    let { skeleton } = label
    for (const { file, categories } of documents) {
      const own = categories.labels.find(({ name, declared }) => name === label.name && declared !== false)
      if (own === undefined || keys.includes(file.task)) continue // not in it, or the same task of another split
      keys.push(file.task)
      skeleton ??= own.skeleton
      const text = elementOf(own)
      if (keys.length > 1 && text !== undefined && text !== elementOf(label)) texts.set(file.task, text)
    }
    return { ...label, skeleton, extra: new Map([...(label.extra ?? []), [IN_TASKS, inTasks(keys, texts)]]) }
  })
  return new LabelTree(described)
}

function elementOf({ raw }: Label): string | undefined {
  return raw === undefined ? undefined : decodeUtf8(raw.bytes, 0, raw.bytes.length)
}

/** Two documents of one split are written as one, with the root fields of the first. */
function reportOtherRoot(count: number, file: string, { account }: Context): void {
  const reason = 'another document of this split has its own'
  account.field({ level: 'header', effect: 'dropped', subject: 'root fields', reason, count, place: { file } })
}

/** One label table for the whole job: documents that disagree are reported, the first one's ids hold. */
function united(labels: LabelTree, more: readonly Label[], { source }: Document, context: Context): LabelTree {
  for (const label of more) {
    // A category only annotations mention says no more than its id.
    if (label.declared === false) continue
    const known = labels.get(label.name)
    const other = label.id !== undefined && declaredId(labels, label.id.text) ? labels.byId(label.id.text) : undefined
    const same = known?.id?.text === label.id?.text && (other === undefined || other.name === label.name)
    if (known !== undefined && !same)
      context.account.problem({
        code: 'labels-mismatch',
        message: 'a label has another id here than in another file; the first one holds',
        got: `${JSON.stringify(label.name)} with ${idWords(label)} here and ${idWords(known)} there`,
        place: { file: source.name, pointer: '/categories' },
      })
    else if (known === undefined && other !== undefined)
      context.account.problem({
        code: 'labels-mismatch',
        message: 'a category id stands for another label here than in another file; this label gets another id',
        got: `the id ${other.id?.text}: ${JSON.stringify(label.name)} here and ${JSON.stringify(other.name)} there`,
        place: { file: source.name, pointer: '/categories' },
      })
  }
  return labels.union(
    more.map((label) => {
      const clash = label.declared !== false && label.id !== undefined && declaredId(labels, label.id.text)
      return clash ? { ...label, id: undefined, raw: undefined } : label
    }),
  )
}

/** A label has no id where its document gives it none, or where another label of the data set has that id already. */
function idWords({ id }: Label): string {
  return id === undefined ? 'no id' : `the id ${id.text}`
}

function declaredId(labels: LabelTree, id: string): boolean {
  return labels.byId(id) !== undefined && labels.byId(id)?.declared !== false
}
