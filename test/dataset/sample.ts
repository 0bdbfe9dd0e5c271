import type { Account } from '../../src/dataset/account.js'
import { Annotation, type AnnotationInit } from '../../src/dataset/annotation.js'
import type { Dataset } from '../../src/dataset/dataset.js'
import type { Raw } from '../../src/dataset/extra.js'
import { idFrom } from '../../src/dataset/id.js'
import { Item, type ItemInit } from '../../src/dataset/item.js'
import { Box } from '../../src/definitions/index.js'
import { formatPlace } from '../../src/errors.js'

/** A text something was read from. */
export function rawText(text: string): Raw {
  return { format: 'coco', bytes: new TextEncoder().encode(text), json: true }
}

/** A box of 3 × 5 at (1, 2). */
export function box(label: string, moved = 0): Box {
  return new Box({ label, left: 1 + moved, top: 2, right: 4 + moved, bottom: 7 })
}

/** A box read from a text, with whatever else is given. */
export function annotation(label: string, init: Partial<AnnotationInit> = {}): Annotation {
  const definition = init.definition ?? box(label)
  return new Annotation({ raw: rawText(`{"label":"${label}"}`), ...init, definition })
}

/** An item of 64 × 40 read from a text. */
export function item(id: number | string, annotations: readonly Annotation[] = [], init: Partial<ItemInit> = {}): Item {
  const path = `${id}.jpg`
  const media = { kind: 'image', width: 64, height: 40 } as const
  return new Item({ id: idFrom(id), path, media, annotations, raw: rawText(`{"id":${id}}`), ...init })
}

export interface Collected {
  readonly items: readonly Item[]
  /** What the account was told: `read 3`, `drop box: filtered @ a.json`. */
  readonly log: readonly string[]
}

/** Reads a data set to its end. */
export async function collect(dataset: Dataset): Promise<Collected> {
  const log: string[] = []
  const account: Account = {
    read: (count) => void log.push(`read ${count}`),
    drop: ({ subject, reason }, place) =>
      void log.push(`drop ${subject}: ${reason}${place === undefined ? '' : ` @ ${formatPlace(place)}`}`),
    field: ({ subject }) => void log.push(`field ${subject}`),
    problem: ({ code }) => void log.push(`problem ${code}`),
  }
  const items: Item[] = []
  for await (const each of dataset.items(account)) items.push(each)
  return { items, log }
}

/** Labels of the annotations, item by item. */
export function labelsOf(items: readonly Item[]): readonly (readonly string[])[] {
  return items.map(({ annotations }) => annotations.map(({ label }) => label))
}
