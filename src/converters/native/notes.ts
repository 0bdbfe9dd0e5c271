import type { Amendment } from '../../dataset/account.js'
import type { Fields } from './fields.js'

const REPAIRED: Amendment = Object.freeze({ effect: 'approximated', reason: 'repaired' })

/** Something to tell about a value, once it is known that its annotation can be read. */
export interface Note {
  readonly text: string
  readonly pointer: string
}

/** What is met while one annotation is read: what was put right in it, and keys that nobody knows. */
export class Notes {
  /** Whether the policy allows repairs. */
  readonly repairs: boolean
  #repaired: Note[] = []
  #unknown: Note[] = []

  constructor(repairs: boolean) {
    this.repairs = repairs
  }

  clear(): void {
    if (this.#repaired.length > 0) this.#repaired = []
    if (this.#unknown.length > 0) this.#unknown = []
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

  /** Repairs, as sentences. */
  get repaired(): readonly Note[] {
    return this.#repaired
  }

  /** The unknown keys. */
  get unknown(): readonly Note[] {
    return this.#unknown
  }

  /** What the annotation's outcome becomes by its repairs. */
  get amendment(): Amendment | undefined {
    return this.#repaired.length === 0 ? undefined : REPAIRED
  }
}
