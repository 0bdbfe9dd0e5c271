import type { ErrorCode, Place } from '../errors.js'

/** What became of an annotation, from best to worst. */
export type Effect = 'kept' | 'derived' | 'approximated' | 'dropped'

/** How far an approximated annotation is from its source. */
export interface Measure {
  /** `iou`: intersection over union, 1 is equal; `px`: largest distance in pixels, 0 is equal. */
  readonly name: 'iou' | 'px'
  readonly value: number
}

/** What became of one annotation in one target. */
export interface Outcome {
  readonly effect: Effect
  /** What it concerns: a definition type as a rule. */
  readonly subject: string
  /** Why, as one short word or phrase from a closed list of the format's; absent for `kept`. */
  readonly reason?: string | undefined
  readonly measure?: Measure | undefined
}

/** What happened to an annotation before any writer saw it, for example a repair. */
export interface Amendment {
  readonly effect: 'derived' | 'approximated'
  readonly reason: string
  readonly measure?: Measure | undefined
}

/** A field, item or header entry that did not fit, or had to be made up. */
export interface FieldLoss {
  readonly level: 'field' | 'item' | 'header'
  /** `defaulted`: the target demands it and the source does not have it. */
  readonly effect: 'dropped' | 'defaulted' | 'approximated'
  readonly subject: string
  readonly reason: string
  readonly count?: number | undefined
  readonly place?: Place | undefined
}

/** Something a person should know about the input. Not an error as long as the policy lets the work go on. */
export interface Problem {
  readonly code: ErrorCode
  readonly message: string
  readonly place?: Place | undefined
  readonly expected?: string | undefined
  readonly got?: string | undefined
  readonly fix?: string | undefined
  /** The problem left something out of the result. */
  readonly lossy?: boolean | undefined
}

/**
 * Who is told while a data set is read, changed and written. The ledger of a conversion is one; `items()` without an
 * account tells nobody.
 */
export interface Account {
  /** Source annotations met, counted before any of them can be dropped. */
  read(annotations: number): void
  /** An annotation that was read and reaches no item. */
  drop(outcome: Outcome, place?: Place): void
  field(loss: FieldLoss): void
  /** @throws AnnotationError with the problem's code under the strict policy. */
  problem(problem: Problem): void
}

/** An account that listens to nothing. */
export const SILENT: Account = {
  read: ignore,
  drop: ignore,
  field: ignore,
  problem: ignore,
}

function ignore(): void {
  // Whoever reads without an account asked not to be told.
}

const ORDER: readonly Effect[] = ['kept', 'derived', 'approximated', 'dropped']

/** The worse of two effects. */
export function worseEffect(a: Effect, b: Effect): Effect {
  return ORDER.indexOf(a) >= ORDER.indexOf(b) ? a : b
}
