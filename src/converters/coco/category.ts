import type { Account } from '../../dataset/account.js'
import { isIntegerText } from '../../dataset/id.js'
import { type Label, uniqueName } from '../../dataset/labels.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { checkJson, type JsonValue, parseJson } from '../../text/json-value.js'
import type { CategoryElement, DocumentIndex } from './document-index.js'
import { ElementExtra, ElementFields } from './element.js'
import { ElementNotes, placeOf } from './notes.js'
import { skeletonOf } from './skeleton.js'
import { colorOf } from './slot.js'

/** The label a category id stands for in one document, and whether the category writes its id as a number or a text. */
export type LabelOf = ReadonlyMap<string, { readonly name: string; readonly kind: 'integer' | 'string' }>

export interface Categories {
  readonly labels: readonly Label[]
  /** Label name by category id text, undeclared ones included. */
  readonly labelOf: LabelOf
  /** The label of annotations that name no category at all. */
  readonly unlabelled: string
}

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
    const label = readCategory(element, notes, taken, labelOf)
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
  return { labels: [...taken.values()], labelOf, unlabelled: uniqueName('unlabelled', taken) }
}

function readCategory(
  { bytes, offset }: CategoryElement,
  notes: ElementNotes,
  taken: ReadonlyMap<string, Label>,
  labelOf: LabelOf,
): Label | undefined {
  if (jsonKindAt(bytes, 0) !== 'object') {
    checkJson(bytes, 0, bytes.length, { nonFinite: 'accept' })
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
    const last = element.find(key) === i
    // A name, id or supercategory the model holds in the source's own words needs no text beside it.
    const held =
      (key === 'id' && id !== undefined) ||
      (key === 'name' && name === given) ||
      (key === 'supercategory' && parent !== undefined && parent !== '')
    if (held && last) continue
    const text = notes.foreignText(element, i, offset)
    // Of a key that is there twice only the last text says anything, but all stand in the element.
    if (last) fields.set(key, text)
  }
  if (id !== undefined && labelOf.has(id.text)) fields.set('id', element.text(element.find('id')))
  const extra = fields.finish(element.keys())
  return {
    name,
    id,
    parent: parent === '' ? undefined : parent,
    color: colorOf(valueAt(element, 'color') ?? null),
    skeleton: skeletonOf(valueAt(element, 'keypoints') ?? null, valueAt(element, 'skeleton')),
    declared: true,
    extra,
    raw: notes.verbatim ? { format: 'coco', bytes, json: true } : undefined,
  }
}

function valueAt(element: ElementFields, key: string): JsonValue | undefined {
  const at = element.find(key)
  if (at < 0) return undefined
  return parseJson(element.bytes, element.starts[at] as number, element.ends[at] as number, { nonFinite: 'accept' })
}
