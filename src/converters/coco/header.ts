import type { Header, Stray } from '../../dataset/dataset.js'
import type { ExtraFields } from '../../dataset/extra.js'
import { type Label, LabelTree } from '../../dataset/labels.js'
import type { Context } from '../format.js'
import { UNLABELLED } from './category.js'
import type { Document } from './document.js'

/** One header for all documents of a data set: one label table, the root fields of each, the annotations without an image. */
export function headerOf(documents: readonly Document[], context: Context): Header {
  const extra = new Map<string, ExtraFields>()
  const strays: Stray[] = []
  const splits: string[] = []
  let labels: LabelTree | undefined
  let uncategorised = false
  for (const document of documents) {
    const { index, categories, fields, file } = document
    const { split } = file
    if (split !== undefined && !splits.includes(split)) splits.push(split)
    uncategorised ||= index.firstUncategorised !== undefined
    labels =
      labels === undefined ? new LabelTree(categories.labels) : united(labels, categories.labels, document, context)
    extra.set(split === undefined ? 'coco' : `coco:${split}`, { keys: index.keys, fields })
    strays.push(...document.strays)
  }
  const tree = labels ?? LabelTree.EMPTY
  return {
    labels: uncategorised ? tree.union([{ name: UNLABELLED, declared: false }]) : tree,
    splits,
    strays,
    extra,
  }
}

/** One label table for the whole job: documents that disagree are reported, the first one's ids hold. */
function united(labels: LabelTree, more: readonly Label[], { source }: Document, context: Context): LabelTree {
  for (const label of more) {
    const known = labels.get(label.name)
    const other = label.id === undefined ? undefined : labels.byId(label.id.text)
    const same = known?.id?.text === label.id?.text && (other === undefined || other.name === label.name)
    if (known !== undefined && !same)
      context.account.problem({
        code: 'labels-mismatch',
        message: `the label ${JSON.stringify(label.name)} has the id ${label.id?.text} here and ${known.id?.text} in another file; the first one holds`,
        place: { file: source.name, pointer: '/categories' },
      })
    else if (known === undefined && other !== undefined)
      context.account.problem({
        code: 'labels-mismatch',
        message: `the id ${label.id?.text} is ${JSON.stringify(label.name)} here and ${JSON.stringify(other.name)} in another file`,
        place: { file: source.name, pointer: '/categories' },
      })
  }
  return labels.union(
    more.map((label) => {
      const clash = label.id !== undefined && labels.byId(label.id.text) !== undefined
      return clash ? { ...label, id: undefined, raw: undefined } : label
    }),
  )
}
