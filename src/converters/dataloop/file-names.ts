import type { Account } from '../../dataset/account.js'
import type { Place } from '../../errors.js'
import { OutputNames, splitExtension } from '../output-names.js'

/** How files of annotations are named after pictures, in the SDK's words: extension replaced, or appended. */
export type NamesChoice = 'v1' | 'v2'

/** Where an item goes. */
export interface ItemPlaces {
  /** The item's path, and that of its picture below `items/`. */
  readonly path: string
  /** The file of its annotations. */
  readonly json: string
}

/**
 * Paths for items and their files of annotations, each given once. Two pictures that differ in their extension only have
 * one file by the SDK's rule of `v1`: the second one's gets the name of `v2`, with a problem.
 */
export class FileNames {
  readonly #names: OutputNames
  readonly #choice: NamesChoice
  readonly #account: Account
  readonly #taken = new Set<string>()

  constructor(choice: NamesChoice, account: Account) {
    this.#names = new OutputNames(account, { apart: 'path' })
    this.#choice = choice
    this.#account = account
  }

  take(wanted: string, place: Place | undefined): ItemPlaces {
    const path = this.#names.take(wanted, place)
    const replaced = `json/${splitExtension(path)[0]}.json`
    const appended = `json/${path}.json`
    const first = this.#choice === 'v1' ? replaced : appended
    let json = first
    for (let n = 1; this.#taken.has(key(json)); n++) json = n === 1 ? appended : `json/${path}-${n}.json`
    this.#taken.add(key(json))
    if (json !== first)
      this.#account.problem({
        code: 'path-collision',
        message: 'another item has this file of annotations already',
        place,
        got: JSON.stringify(first),
        fix: `It is called ${JSON.stringify(json)} instead; --dataloop.names v2 keeps the extensions of all`,
      })
    return { path, json }
  }
}

/** Disks that do not tell upper from lower case, nor one form of an accent from another. */
function key(path: string): string {
  return path.normalize('NFC').toLowerCase()
}
