import type { Id } from '../../dataset/id.js'

/**
 * Hands out integer ids for one array of one document. Integers of the source stay what they are; what has none gets
 * the next number above all seen so far. An integer that meets a number handed out before gets a new one as well.
 */
export class IntegerIds {
  readonly #assigned = new Set<string>()
  #highest = 0

  /** The text to write for an id. `fresh` says that it is not the source's. */
  take(id: Id | undefined): { readonly text: string; readonly fresh: boolean } {
    if (id !== undefined && id.kind === 'integer' && !this.#assigned.has(id.text)) {
      this.note(id.text)
      return { text: id.text, fresh: false }
    }
    const text = String(++this.#highest)
    this.#assigned.add(text)
    return { text, fresh: true }
  }

  /** Takes notice of an id that is written as it is. */
  note(text: string): void {
    const value = Number(text)
    // Beyond a double nothing handed out here can meet it.
    if (value > this.#highest && Number.isSafeInteger(value)) this.#highest = value
  }
}
