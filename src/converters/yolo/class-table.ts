import type { Account } from '../../dataset/account.js'
import type { Header } from '../../dataset/dataset.js'
import type { Label } from '../../dataset/labels.js'
import { byCodePoint } from '../../paths.js'
import type { NamedClass } from './class-names.js'
import { LARGEST_CLASS } from './row.js'

/** The number of every class; settled before the first row is written. */
export class ClassTable {
  readonly #indices = new Map<string, number>()
  readonly #named = new Map<number, string>()
  readonly #undeclared: Label[] = []
  readonly #own: boolean
  #next = 0

  /**
   * Classes of a YOLO source keep their numbers, and so do those a label file gives numbers. Others are numbered from 0: in
   * the order of a label file, else by rank of their integer ids, else by code point of their names.
   * @param own whether the source was YOLO
   */
  constructor(header: Header, own: boolean, account: Account) {
    this.#own = own
    const { labels } = header.labels
    const locked = header.labelLock
    const declared = labels.filter((label) => label.declared !== false)
    const others = labels.filter((label) => label.declared === false)
    if (locked === 'numbers' || (locked === undefined && own)) this.#keepNumbers(own ? labels : declared, account)
    else for (const { name } of locked === 'order' ? declared : ranked(declared)) this.#enter(name, this.#free())
    for (const label of ranked(others)) if (!this.#indices.has(label.name)) this.#undeclared.push(label)
    // A name for each class that the source does not name would be made up.
    if (own) for (const { name } of others) this.#named.delete(this.#indices.get(name) ?? -1)
  }

  /** The class of a label; one that only annotations mention gets a number when it is first asked for. */
  indexOf(label: string): number | undefined {
    const index = this.#indices.get(label)
    if (index !== undefined) return index
    if (!this.#undeclared.some(({ name }) => name === label)) return undefined
    const free = this.#free()
    this.#enter(label, free)
    return free
  }

  /** Names by class number, ascending. Ultralytics wants them without gaps: classes nobody has are called by their number. */
  names(): readonly NamedClass[] {
    const names = [...this.#named].map(([index, name]) => ({ index, name })).sort((a, b) => a.index - b.index)
    if (this.#own) return names
    const full: NamedClass[] = []
    for (const each of names) {
      while (full.length < each.index) full.push({ index: full.length, name: `class ${full.length}` })
      full.push(each)
    }
    return full
  }

  #keepNumbers(labels: readonly Label[], account: Account): void {
    const late: Label[] = []
    for (const label of labels) {
      const index = numberOf(label)
      if (index === undefined || this.#named.has(index)) late.push(label)
      else this.#enter(label.name, index)
    }
    for (const { name } of ranked(late)) {
      this.#enter(name, this.#free())
      const reason = 'it had no number of its own'
      account.field({ level: 'header', effect: 'defaulted', subject: 'class number', reason })
    }
  }

  #enter(name: string, index: number): void {
    this.#indices.set(name, index)
    this.#named.set(index, name)
  }

  #free(): number {
    while (this.#named.has(this.#next)) this.#next++
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
