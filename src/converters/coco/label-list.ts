import type { Account } from '../../dataset/account.js'
import type { Header } from '../../dataset/dataset.js'
import type { Label, LabelTree } from '../../dataset/labels.js'

/** The labels of a header, and behind them those that only show when annotations are written. */
export class LabelList implements Iterable<Label> {
  readonly #tree: LabelTree
  /** Somebody fixed the labels for this job, so that none may join. */
  readonly #locked: boolean
  readonly #account: Account
  readonly #met = new Map<string, Label>()

  constructor({ labels, labelLock }: Pick<Header, 'labels' | 'labelLock'>, account: Account) {
    this.#tree = labels
    this.#locked = labelLock !== undefined
    this.#account = account
  }

  get(name: string): Label | undefined {
    return this.#tree.get(name) ?? this.#met.get(name)
  }

  /** Adds a label that is not in the header; undefined where none may join. */
  meet(name: string): Label | undefined {
    if (this.#locked) return undefined
    const label: Label = { name }
    this.#met.set(name, label)
    const reason = 'label not announced in the header'
    this.#account.field({ level: 'header', effect: 'defaulted', subject: 'label', reason })
    return label
  }

  *[Symbol.iterator](): Iterator<Label> {
    yield* this.#tree
    yield* this.#met.values()
  }
}
