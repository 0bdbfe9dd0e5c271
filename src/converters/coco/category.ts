import type { Account } from '../../dataset/account.js'
import { isIntegerText } from '../../dataset/id.js'
import type { Label, Skeleton } from '../../dataset/labels.js'
import { uniqueName } from '../../dataset/labels.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { parseJson } from '../../text/json-value.js'
import type { CategoryElement, DocumentIndex } from './document-index.js'
import { ElementExtra, ElementFields } from './element.js'
import { ElementNotes, placeOf } from './notes.js'

/** The label a category id stands for in one document, and whether the category writes its id as a number or a text. */
export type LabelOf = ReadonlyMap<string, { readonly name: string; readonly kind: 'integer' | 'string' }>

export interface Categories {
  readonly labels: readonly Label[]
  /** Label name by category id text, undeclared ones included. */
  readonly labelOf: LabelOf
}

/** The label of annotations that name no category at all. */
export const UNLABELLED = 'unlabelled'

/**
 * The labels of a document: its categories in their order, then a label for every category id that only annotations
 * mention. Any integer or text is a label's id, 0 too.
 */
export function readCategories(index: DocumentIndex, file: string, account: Account): Categories {
  const notes = new ElementNotes(account, file, 'categories')
  const taken = new Map<string, Label>()
  const labelOf = new Map<string, { name: string; kind: 'integer' | 'string' }>()
  for (const [i, element] of index.categories.entries()) {
    notes.start(i)
    const label = readCategory(element, notes, taken)
    if (label === undefined) continue // readCategory has reported what is wrong
    taken.set(label.name, label)
    if (label.id === undefined) continue // reported too: nothing can refer to it
    if (labelOf.has(label.id.text))
      notes.problem(
        { code: 'duplicate-id', message: `two categories have the id ${label.id.text}; annotations go to the first` },
        'id',
      )
    else labelOf.set(label.id.text, { name: label.name, kind: label.id.kind })
  }
  for (const [id, first] of index.categoriesUsed) {
    if (labelOf.has(id)) continue // declared
    const name = uniqueName(`category ${id}`, taken)
    account.problem({
      code: 'unknown-label',
      message: `no category has the id ${id}; its annotations are called ${JSON.stringify(name)}`,
      place: placeOf(file, 'annotations', first, 'category_id'),
      fix: 'Add the category to "categories"',
    })
    const kind = isIntegerText(id) ? 'integer' : 'string'
    taken.set(name, { name, id: { text: id, kind }, declared: false })
    labelOf.set(id, { name, kind })
  }
  return { labels: [...taken.values()], labelOf }
}

function readCategory(
  { bytes, offset }: CategoryElement,
  notes: ElementNotes,
  taken: ReadonlyMap<string, Label>,
): Label | undefined {
  if (jsonKindAt(bytes, 0) !== 'object') {
    notes.problem({ code: 'expected-type', message: 'bad category', expected: 'an object', lossy: true })
    return undefined
  }
  const element = new ElementFields()
  element.scan(bytes, 0, bytes.length, notes.file, offset)
  notes.duplicateKey(element)
  const id = element.id(element.find('id'))
  if (id === undefined)
    notes.problem(
      { code: 'missing-field', message: 'a category without an id', expected: 'an integer or a text' },
      'id',
    )
  const given = element.string(element.find('name'))
  if (given === undefined)
    notes.problem({ code: 'missing-field', message: 'a category without a name', expected: 'a text' }, 'name')
  const wanted = given ?? `category ${id?.text ?? notes.index}`
  const name = uniqueName(wanted === '' ? `category ${id?.text ?? notes.index}` : wanted, taken)
  if (given !== undefined && name !== given)
    notes.problem(
      {
        code: 'duplicate-label',
        message: `another category is called ${JSON.stringify(given)}; this one becomes ${JSON.stringify(name)}`,
      },
      'name',
    )
  const parent = element.string(element.find('supercategory'))
  const fields = new ElementExtra()
  for (let i = 0; i < element.count; i++) {
    const key = element.names[i] as string
    // A name, id or supercategory the model holds in the source's own words needs no text beside it.
    const held =
      (key === 'id' && id !== undefined) ||
      (key === 'name' && name === given) ||
      (key === 'supercategory' && parent !== undefined && parent !== '')
    if (!held) fields.set(key, notes.foreignText(element, i, offset))
  }
  const extra = fields.finish(element.keys())
  return {
    name,
    id,
    parent: parent === '' ? undefined : parent,
    skeleton: readSkeleton(element),
    declared: true,
    extra,
    raw: notes.verbatim ? { format: 'coco', bytes } : undefined,
  }
}

/** COCO joins key points by numbers from 1; pairs that name no key point are not edges (their text stays in extra). */
function readSkeleton(element: ElementFields): Skeleton | undefined {
  const at = element.find('keypoints')
  if (at < 0) return undefined
  const names = parseJson(element.bytes, element.starts[at] as number, element.ends[at] as number, {
    nonFinite: 'accept',
  })
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) return undefined
  const edgesAt = element.find('skeleton')
  const pairs =
    edgesAt < 0
      ? []
      : parseJson(element.bytes, element.starts[edgesAt] as number, element.ends[edgesAt] as number, {
          nonFinite: 'accept',
        })
  const edges: [number, number][] = []
  for (const pair of Array.isArray(pairs) ? pairs : []) {
    const [a, b]: readonly unknown[] = Array.isArray(pair) ? pair : []
    if (isIndex(a, names.length) && isIndex(b, names.length)) edges.push([a - 1, b - 1])
  }
  return { keypoints: names, edges }
}

function isIndex(value: unknown, count: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= count
}
