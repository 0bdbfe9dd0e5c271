import type { Amendment } from '../../dataset/account.js'
import type { Fields } from './fields.js'

const REPAIRED: Amendment = Object.freeze({ effect: 'approximated', reason: 'repaired' })

/** Something to tell about a value, once it is known that its annotation can be read. */
export interface Note {
  readonly text: string
  readonly pointer: string
}

/** Numbers of free JSON that came out as others. */
export interface InexactNote extends Note {
  readonly count: number
}

/** What is met while one annotation is read: what was put right in it, keys that nobody knows, numbers no double can be. */
export class Notes {
  /** Whether the policy allows repairs. */
  readonly repairs: boolean
  #repaired: Note[] = []
  #unknown: Note[] = []
  #inexact: InexactNote[] = []

  constructor(repairs: boolean) {
    this.repairs = repairs
  }

  clear(): void {
    if (this.#repaired.length > 0) this.#repaired = []
    if (this.#unknown.length > 0) this.#unknown = []
    if (this.#inexact.length > 0) this.#inexact = []
  }

  repair(text: string, pointer: string): void {
    this.#repaired.push({ text, pointer })
  }

  /** Notes the keys of an object that are not among those `known`, where there is no place for them in the model. */
  unknownKeys(fields: Fields, known: ReadonlySet<string>): void {
    for (let i = 0; i < fields.count; i++) {
      const name = fields.name(i)
      if (!known.has(name)) this.#unknown.push({ text: name, pointer: fields.at(i) })
    }
  }

  /** Notes the numbers of a field of free JSON that are beyond a double. */
  inexactNumbers(fields: Fields, index: number): void {
    const count = fields.inexact(index)
    if (count > 0) this.#inexact.push({ text: fields.name(index), pointer: fields.at(index), count })
  }

  /** Repairs, as sentences. */
  get repaired(): readonly Note[] {
    return this.#repaired
  }

  /** The unknown keys. */
  get unknown(): readonly Note[] {
    return this.#unknown
  }

  /** The fields with such numbers. */
  get inexact(): readonly InexactNote[] {
    return this.#inexact
  }

  /** What the annotation's outcome becomes by its repairs. */
  get amendment(): Amendment | undefined {
    return this.#repaired.length === 0 ? undefined : REPAIRED
  }
}
