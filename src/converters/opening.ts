import type { Account, FieldLoss, Outcome, Problem } from '../dataset/account.js'
import type { Dataset } from '../dataset/dataset.js'
import type { Place } from '../errors.js'

/**
 * What a reader tells while it opens a source: passed on at once, and kept for whoever reads the items with another
 * account later, so that nothing met on opening is missing from their ledger.
 */
export class OpeningAccount implements Account {
  readonly #first: Account
  readonly #told: ((account: Account) => void)[] = []

  constructor(first: Account) {
    this.#first = first
  }

  read(annotations: number): void {
    this.#tell((account) => account.read(annotations))
  }

  drop(outcome: Outcome, place?: Place): void {
    this.#tell((account) => account.drop(outcome, place))
  }

  field(loss: FieldLoss): void {
    this.#tell((account) => account.field(loss))
  }

  problem(problem: Problem): void {
    this.#tell((account) => account.problem(problem))
  }

  /** The data set that tells an account what was met on opening before its items come, unless that account knows. */
  replayed(dataset: Dataset): Dataset {
    const [told, first] = [this.#told, this.#first]
    return {
      header: dataset.header,
      itemCount: dataset.itemCount,
      async *items(account) {
        if (account !== undefined && account !== first) for (const tell of told) tell(account)
        yield* dataset.items(account)
      },
      close: () => dataset.close(),
    }
  }

  #tell(tell: (account: Account) => void): void {
    this.#told.push(tell)
    tell(this.#first)
  }
}
