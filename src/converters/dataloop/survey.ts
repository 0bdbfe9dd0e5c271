import type { Label } from '../../dataset/labels.js'
import { byCodePoint } from '../../paths.js'
import type { JsonValue } from '../../text/json-value.js'
import { jsonText } from '../../text/json-write.js'
import { itemKeys } from './fresh-item.js'
import { type ItemSlot, labelSaysMore, parentInName, readItemSlot } from './item-slot.js'
import { fieldOf, type JsonRecord, listOf, recordOf, textOf } from './json-record.js'
import { labelIn } from './naming.js'
import { isKnownType } from './read-definition.js'
import { splitIn } from './subsets.js'

/** What a look through all items settles: the labels and the splits. */
export class Survey {
  readonly #labels = new Map<string, Label>()
  readonly #splits = new Set<string>()
  items = 0

  /** Takes in an item: an object, or a bare list of annotations. */
  add(item: JsonValue): void {
    this.items++
    const record = recordOf(item)
    for (const annotation of listOf(record === undefined ? item : fieldOf(record, 'annotations')) ?? [])
      this.#addLabel(recordOf(annotation))
    if (record === undefined) return
    const metadata = recordOf(fieldOf(record, itemKeys(Object.keys(record)).metadata))
    const slot = slotOf(recordOf(fieldOf(metadata, 'user')))
    for (const label of slot.labels ?? []) {
      const known = this.#labels.get(label.name)
      // The first item to say more than the name is believed.
      if (known === undefined || !labelSaysMore(known)) this.#labels.set(label.name, label)
    }
    const split = slot.split ?? splitIn(fieldOf(recordOf(fieldOf(metadata, 'system')), 'tags'))
    if (split !== undefined) this.#splits.add(split)
  }

  #addLabel(annotation: JsonRecord | undefined): void {
    const type = textOf(fieldOf(annotation, 'type'))
    if (annotation === undefined || type === undefined) return
    const name = labelIn(annotation, type, isKnownType(type))
    this.#addName(name)
    const system = recordOf(fieldOf(recordOf(fieldOf(annotation, 'metadata')), 'system'))
    for (const snapshot of listOf(fieldOf(system, 'snapshots_')) ?? [])
      this.#addName(textOf(fieldOf(recordOf(snapshot), 'label')) ?? '')
  }

  #addName(name: string): void {
    if (name !== '' && !this.#labels.has(name)) this.#labels.set(name, { name, parent: parentInName(name) })
  }

  /** Those with whole numbers as ids first, by number; all others by name. */
  get labels(): readonly Label[] {
    const number = ({ id }: Label): number | undefined => (id?.kind === 'integer' ? Number(id.text) : undefined)
    return [...this.#labels.values()].sort(
      (a, b) => (number(a) ?? Infinity) - (number(b) ?? Infinity) || byCodePoint(a.name, b.name),
    )
  }

  get splits(): readonly string[] {
    return [...this.#splits]
  }
}

function slotOf(user: JsonRecord | undefined): ItemSlot {
  const slot = fieldOf(user, 'annoform')
  return (slot === undefined || recordOf(slot) === undefined ? undefined : readItemSlot(jsonText(slot))) ?? {}
}
