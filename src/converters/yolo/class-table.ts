import type { Account } from '../../dataset/account.js'
import type { Header } from '../../dataset/dataset.js'
import { type Label, uniqueName } from '../../dataset/labels.js'
import { byCodePoint } from '../../paths.js'
import type { NamedClass } from './class-names.js'
import { LARGEST_CLASS } from './row.js'

/** The number of every class: those of the header are settled before the first row is written. */
export class ClassTable {
  readonly #indices = new Map<string, number>()
  readonly #named = new Map<number, string>()
  readonly #taken = new Set<number>()
  /** Labels that only annotations mention: a number is theirs when a row is. */
  readonly #undeclared = new Set<string>()
  readonly #locked: boolean
  readonly #account: Account
  #next = 0

  /**
   * Classes of a YOLO source keep their numbers, and so do those a label file gives numbers. Others are numbered from 0: in
   * the order of a label file, else by rank of their integer ids, else by code point of their names.
   * @param own whether the source was YOLO
   */
  constructor(header: Header, own: boolean, account: Account) {
    const { labels } = header.labels
    const locked = header.labelLock
    this.#locked = locked !== undefined
    this.#account = account
    const declared = labels.filter((label) => label.declared !== false)
    const others = labels.filter((label) => label.declared === false)
    if (locked === 'numbers' || (locked === undefined && own)) this.#keepNumbers(own ? labels : declared)
    else for (const { name } of locked === 'order' ? declared : ranked(declared)) this.#enter(name, this.#free())
    for (const { name } of others) if (!this.#indices.has(name)) this.#undeclared.add(name)
    // A name for each class that the source does not name would be made up.
    if (own) for (const { name } of others) this.#named.delete(this.#indices.get(name) ?? -1)
  }

  /** The class of a label as far as it has a number already. */
  settled(label: string): number | undefined {
    return this.#indices.get(label)
  }

  /**
   * The class of a label of which a row is about to be written: one that has no number yet gets the next that is free.
   * Undefined for what must not become a class: a label without a name, and under a label file one that neither the file
   * nor the header has, which is a problem.
   */
  indexOf(label: string): number | undefined {
    const index = this.#indices.get(label)
    if (index !== undefined) return index
    const announced = this.#undeclared.has(label)
    const free = this.#free()
    if (label === '' || free > LARGEST_CLASS) return undefined
    if (!announced && this.#locked) {
      this.#account.problem({
        code: 'unknown-label',
        message: 'a label that is neither in the label file nor in the header of the data set',
        got: JSON.stringify(label),
        fix: 'Add it to the label file',
        lossy: true,
      })
      return undefined
    }
    if (!announced) {
      const reason = 'label not announced in the header'
      this.#account.field({ level: 'header', effect: 'defaulted', subject: 'class number', reason })
    }
    this.#enter(label, free)
    return free
  }

  /** Names by class number, ascending; numbers that no class has are left out. */
  names(): readonly NamedClass[] {
    return [...this.#named].map(([index, name]) => ({ index, name })).sort((a, b) => a.index - b.index)
  }

  /** As {@link names} without gaps, which Ultralytics refuses: classes nobody has are called by their number. */
  fullNames(): readonly NamedClass[] {
    const names = new Set(this.#named.values())
    const full: NamedClass[] = []
    const fill = (): void => {
      const name = uniqueName(`class ${full.length}`, names)
      names.add(name)
      full.push({ index: full.length, name })
    }
    for (const each of this.names()) {
      while (full.length < each.index) fill()
      full.push(each)
    }
    return full
  }

  #keepNumbers(labels: readonly Label[]): void {
    const late: Label[] = []
    for (const label of labels) {
      const index = numberOf(label)
      if (index === undefined || this.#taken.has(index)) late.push(label)
      else this.#enter(label.name, index)
    }
    for (const { name } of ranked(late)) {
      this.#enter(name, this.#free())
      const reason = 'it had no number of its own'
      this.#account.field({ level: 'header', effect: 'defaulted', subject: 'class number', reason })
    }
  }

  #enter(name: string, index: number): void {
    this.#indices.set(name, index)
    this.#named.set(index, name)
    this.#taken.add(index)
  }

  #free(): number {
    while (this.#taken.has(this.#next)) this.#next++
    return this.#next
  }
}

function numberOf({ id }: Label): number | undefined {
  if (id?.kind !== 'integer' || !/^[0-9]{1,5}$/.test(id.text)) return undefined
  const number = Number(id.text)
  return number <= LARGEST_CLASS ? number : undefined
}

/** By integer id, whatever its size; those without one come last, by code point of their names. */
function ranked(labels: readonly Label[]): readonly Label[] {
  const rank = ({ id }: Label): bigint | undefined => (id?.kind === 'integer' ? BigInt(id.text) : undefined)
  return labels
    .map((label) => ({ label, rank: rank(label) }))
    .sort((a, b) => {
      if (a.rank === undefined || b.rank === undefined)
        return a.rank === b.rank ? byCodePoint(a.label.name, b.label.name) : a.rank === undefined ? 1 : -1
      return a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : byCodePoint(a.label.name, b.label.name)
    })
    .map(({ label }) => label)
}
