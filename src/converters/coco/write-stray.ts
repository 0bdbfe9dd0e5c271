import type { Account, Outcome } from '../../dataset/account.js'
import type { Stray } from '../../dataset/dataset.js'
import type { CategoryIds } from './category-ids.js'
import type { ArrayIds } from './ids.js'
import { elementText, idsIn, type StrayNames, withValue } from './raw-names.js'

/** What one document knows while annotations without an image are written. */
export interface StrayScope {
  readonly categories: CategoryIds
  readonly imageIds: ArrayIds
  readonly ids: ArrayIds
  readonly account: Account
}

/** Its text, or undefined when it cannot go in, and what became of it. */
export interface WrittenStray {
  readonly text?: Uint8Array
  readonly outcome: Outcome
}

const KEPT: Outcome = Object.freeze({ effect: 'kept', subject: 'annotation', reason: 'orphan' })

/** Keeps the image ids of annotations without an image from being given to images. */
export function reserveImages(strays: readonly Stray[], imageIds: ArrayIds): void {
  for (const { raw } of strays) {
    const text = elementText(raw)
    const image = text === undefined ? undefined : idsIn(text).image
    if (image !== undefined) imageIds.reserve(image.text)
  }
}

/**
 * An annotation without an image, in the text it was read from but for the number of its category and an id that another
 * one has. One whose image id is that of an image of this document would land on it, so it is dropped.
 */
export function writeStray({ raw, label, reason, place }: Stray, scope: StrayScope): WrittenStray {
  const { categories, imageIds, ids, account } = scope
  const dropped = (why: string): WrittenStray => ({
    outcome: { effect: 'dropped', subject: 'annotation', reason: why },
  })
  let text = elementText(raw)
  if (text === undefined) return dropped(reason)
  if (label !== undefined && !categories.has(label)) return dropped('its label is not in the label table')
  const { id, image } = idsIn(text)
  if (image !== undefined && imageIds.has(image)) return dropped('an image of another document has its image id')
  const category = label === undefined ? undefined : categories.idOf(label)
  if (category !== undefined) text = withValue(text, 'category_id', category)
  const names: StrayNames | undefined = raw.names
  // An id the source itself has twice stays as it is.
  if (id !== undefined && !ids.claim(id) && names?.repeated !== true) {
    text = withValue(text, 'id', ids.next())
    const why = 'another one has this number'
    account.field({ level: 'field', effect: 'defaulted', subject: 'annotation id', reason: why, place })
  }
  return { text, outcome: KEPT }
}
