import type { Account } from '../../dataset/account.js'
import { isIntegerText } from '../../dataset/id.js'
import type { Label } from '../../dataset/labels.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { checkJson, type JsonValue, parseJson } from '../../text/json-value.js'
import type { CategoryElement, DocumentIndex } from './document-index.js'
import { ElementExtra, ElementFields } from './element.js'
import { ElementNotes, placeOf } from './notes.js'
import { skeletonOf } from './skeleton.js'
import { colorOf } from './slot.js'
import { UniqueNames } from './unique-names.js'

/** What a category id stands for in one document. */
export interface CategoryOf {
  /** Of the label. */
  readonly name: string
  /** Whether the category writes its id as a number or a text. */
  readonly kind: 'integer' | 'string'
  /** The names of its key points, where it has any to be named. */
  readonly keypoints?: readonly string[] | undefined
}

/** Categories by the text of their id. */
export type LabelOf = ReadonlyMap<string, CategoryOf>

const UNLABELLED = 'unlabelled'

/** Whether a label that nobody declares is that of annotations without a category. */
export function isUnlabelled(name: string): boolean {
  return name === UNLABELLED || (name.startsWith(UNLABELLED) && /^ \([0-9]+\)$/.test(name.slice(UNLABELLED.length)))
}

/** The categories a document declares. */
export interface DeclaredCategories {
  readonly labels: readonly Label[]
  /** Label name by category id text. */
  readonly labelOf: LabelOf
}

export interface Categories extends DeclaredCategories {
  /** The label of annotations that name no category at all. */
  readonly unlabelled: string
}

/** The categories of a document in their order. Any integer or text is a label's id, 0 too. */
export function readCategories(index: DocumentIndex, file: string, account: Account): DeclaredCategories {
  const notes = new ElementNotes(account, file, 'categories')
  const names = new UniqueNames()
  const labels: Label[] = []
  const labelOf = new Map<string, CategoryOf>()
  for (const [i, element] of index.categories.entries()) {
    notes.start(i)
    const label = readCategory(element, notes, names, labelOf)
    if (label === undefined) continue // readCategory has reported what is wrong
    labels.push(label)
    if (label.id === undefined) continue // reported too: nothing can refer to it
    if (labelOf.has(label.id.text))
      notes.problem(
        {
          code: 'duplicate-id',
          message: 'another category has the same id; annotations go to the first',
          got: label.id.text,
        },
        'id',
      )
    else labelOf.set(label.id.text, { name: label.name, kind: label.id.kind, keypoints: label.skeleton?.keypoints })
  }
  return { labels, labelOf }
}

/** Labels for what only annotations mention, told apart from everything any document of the data set declares. */
export class UndeclaredCategories {
  readonly #account: Account
  readonly #names: UniqueNames
  readonly #ids = new Set<string>()
  readonly #nameOf = new Map<string, string>()
  readonly #unlabelled: string

  constructor(declared: Iterable<Label>, account: Account) {
    const labels = [...declared]
    this.#account = account
    this.#names = new UniqueNames(labels.map(({ name }) => name))
    for (const { id } of labels) if (id !== undefined) this.#ids.add(id.text)
    this.#unlabelled = this.#names.take(UNLABELLED)
  }

  /** The categories of a document with a label for each category id that only its annotations mention. */
  complete({ labels, labelOf }: DeclaredCategories, index: DocumentIndex, file: string): Categories {
    const added: Label[] = []
    const all = new Map(labelOf)
    for (const [id, first] of index.categoriesUsed) {
      if (labelOf.has(id)) continue // declared
      const kind = isIntegerText(id) ? 'integer' : 'string'
      const name = this.#name(id)
      const place = placeOf(file, 'annotations', first, 'category_id')
      this.#account.problem({
        code: 'unknown-label',
        message: 'no category has this id; its annotations are called after it',
        place,
        got: `${id}, called ${JSON.stringify(name)}`,
        fix: 'Add the category to "categories"',
      })
      // In another document the number is a category's, which these annotations are not of.
      const free = !this.#ids.has(id)
      if (!free)
        this.#account.field({
          level: 'header',
          effect: 'dropped',
          subject: 'category id',
          reason: 'another document has a category of this id',
          place,
        })
      added.push({ name, id: free ? { text: id, kind } : undefined, declared: false })
      all.set(id, { name, kind })
    }
    return { labels: [...labels, ...added], labelOf: all, unlabelled: this.#unlabelled }
  }

  #name(id: string): string {
    const name = this.#nameOf.get(id) ?? this.#names.take(`category ${id}`)
    this.#nameOf.set(id, name)
    return name
  }
}

function readCategory(
  { bytes, offset }: CategoryElement,
  notes: ElementNotes,
  names: UniqueNames,
  labelOf: LabelOf,
): Label | undefined {
  if (jsonKindAt(bytes, 0) !== 'object') {
    checkJson(bytes, 0, bytes.length, { nonFinite: 'accept' })
    notes.problem({ code: 'expected-type', message: 'bad category', expected: 'an object', lossy: true })
    return undefined
  }
  const element = new ElementFields()
  element.scan(bytes, 0, bytes.length, notes.file, offset)
  notes.duplicateKeys(element)
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
  const name = names.take(wanted === '' ? `category ${id?.text ?? notes.index}` : wanted)
  if (given !== undefined && name !== given)
    notes.problem(
      {
        code: 'duplicate-label',
        message: 'another category has the same name; this one gets a number',
        got: `${JSON.stringify(given)}, which becomes ${JSON.stringify(name)}`,
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
