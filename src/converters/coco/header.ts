import type { Header, Stray } from '../../dataset/dataset.js'
import type { ExtraFields } from '../../dataset/extra.js'
import { type Label, LabelTree } from '../../dataset/labels.js'
import { jsonKindAt } from '../../text/json-fields.js'
import type { Context } from '../format.js'
import { Batch } from './batch.js'
import { UNLABELLED } from './category.js'
import type { Document } from './document.js'
import { placeOf } from './notes.js'

/** One header for all documents of a data set: one label table, the root fields of each, the annotations without an image. */
export async function headerOf(documents: readonly Document[], context: Context): Promise<Header> {
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
    strays.push(...(await straysOf(document)))
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

async function straysOf({ source, index, file }: Document): Promise<Stray[]> {
  const batch = await Batch.read(source, index.orphans, index.annotationAt)
  const strays: Stray[] = []
  for (const i of index.orphans) {
    const { bytes, start, end } = batch.slice(i)
    const place = placeOf(source.name, 'annotations', i)
    // Anything but an object is no annotation that could be written back; items() enters it as dropped.
    if (jsonKindAt(bytes, start) === 'object')
      strays.push({
        raw: { format: 'coco', bytes: bytes.slice(start, end) },
        reason: 'orphan',
        split: file.split,
        place,
      })
  }
  return strays
}
