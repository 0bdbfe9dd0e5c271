/** Why something was not judged. A reason nobody foresaw makes the run fail. */
export interface Skip {
  readonly reason: string
  readonly count: number
  readonly explained: boolean
}

export interface Failure {
  readonly check: string
  readonly reason: string
}

/** What was found out about one corpus. */
export class Tally {
  readonly corpus: string
  passed = 0
  /** Files that are no case: pictures, lists of names and the like. */
  beside = 0
  readonly failures: Failure[] = []
  readonly #skips = new Map<string, { reason: string; count: number; explained: boolean }>()

  constructor(corpus: string) {
    this.corpus = corpus
  }

  /** Runs one check: it passes when it gives nothing back, and fails with the sentence it gives or throws. */
  async check(name: string, run: () => string | undefined | Promise<string | undefined>): Promise<void> {
    let reason: string | undefined
    try {
      reason = await run()
    } catch (error) {
      reason = describe(error)
    }
    if (reason === undefined) this.passed++
    else this.failures.push({ check: name, reason })
  }

  fail(check: string, reason: string): void {
    this.failures.push({ check, reason })
  }

  skip(reason: string, count = 1, explained = true): void {
    const known = this.#skips.get(reason)
    if (known === undefined) this.#skips.set(reason, { reason, count, explained })
    else known.count += count
  }

  get skips(): readonly Skip[] {
    return [...this.#skips.values()]
  }

  get skipped(): number {
    return this.skips.reduce((sum, { count }) => sum + count, 0)
  }

  /** Everything that was decided, one way or another. */
  get cases(): number {
    return this.passed + this.failures.length + this.skipped
  }

  /** Whether this corpus lets the run succeed. */
  get sound(): boolean {
    return this.failures.length === 0 && this.skips.every(({ explained }) => explained)
  }
}

/** An error as a sentence: the stack too where it is no error of the library's own. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'AnnotationError') return `${(error as Error & { code?: string }).code}: ${error.message}`
  return (error.stack ?? error.message).split('\n').slice(0, 3).join(' ')
}
