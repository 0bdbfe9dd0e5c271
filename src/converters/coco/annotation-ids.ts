import { type Id, isIntegerText } from '../../dataset/id.js'
import { Floats, Words } from './growing.js'

/** Numbers of annotations whose ids are not unique. */
export interface RepeatedIds {
  /** Those that have the id of another one before them, ascending. */
  readonly later: readonly number[]
  /** Those and the first one of each id. */
  readonly all: ReadonlySet<number>
}

/** The ids of the annotations of a document. Integers take 12 bytes each; ids are the same when their texts are. */
export class AnnotationIds {
  readonly #ids = new Floats()
  readonly #numbers = new Words()
  /** Ids that no double holds, with the numbers of those that have them. */
  readonly #texts = new Map<string, number[]>()

  add(id: Id, number: number): void {
    const value = id.kind === 'integer' || isIntegerText(id.text) ? Number(id.text) : Number.NaN
    if (Number.isSafeInteger(value)) {
      this.#ids.push(value)
      this.#numbers.push(number)
      return
    }
    const others = this.#texts.get(id.text)
    if (others === undefined) this.#texts.set(id.text, [number])
    else others.push(number)
  }

  clear(): void {
    this.#ids.clear()
    this.#numbers.clear()
    this.#texts.clear()
  }

  /** The highest safe integer, as text; undefined when there is none above 0. */
  highest(): string | undefined {
    let highest = 0
    for (const id of this.#ids.view()) if (id > highest) highest = id
    return highest > 0 ? String(highest) : undefined
  }

  repeated(): RepeatedIds {
    const later: number[] = []
    const all = new Set<number>()
    const enter = (group: readonly number[]): void => {
      if (group.length < 2) return
      for (const [i, number] of group.entries()) {
        if (i > 0) later.push(number)
        all.add(number)
      }
    }
    for (const group of this.#texts.values()) enter(group)
    for (const group of this.#groups().values()) enter(group)
    return { later: later.sort((a, b) => a - b), all }
  }

  /** The numbers of the integers that are there twice; a table of all of them would cost more than sorting. */
  #groups(): ReadonlyMap<number, readonly number[]> {
    const ids = this.#ids.view()
    const sorted = ids.slice().sort()
    const groups = new Map<number, number[]>()
    for (let i = 1; i < sorted.length; i++) if (sorted[i] === sorted[i - 1]) groups.set(sorted[i] as number, [])
    if (groups.size === 0) return groups
    const numbers = this.#numbers.view()
    for (let i = 0; i < ids.length; i++) groups.get(ids[i] as number)?.push(numbers[i] as number)
    return groups
  }
}
