import {
  type Account,
  type Effect,
  type FieldLoss,
  type Measure,
  type Outcome,
  type Problem,
  worseEffect,
} from '../dataset/account.js'
import type { Annotation } from '../dataset/annotation.js'
import { AnnotationError, type ErrorCode, formatPlace, type Place } from '../errors.js'
import type { Policy } from './format.js'

/** How many places an entry names; the rest are counted. */
const PLACES = 5

/** Annotations by what became of them. `read` = the sum of the others. */
export interface AnnotationCounts {
  readonly read: number
  readonly kept: number
  readonly derived: number
  readonly approximated: number
  readonly dropped: number
}

/** One line of the ledger: alike things that happened for one reason. */
export interface LedgerEntry {
  readonly level: 'annotation' | 'field' | 'item' | 'header'
  readonly effect: Effect | 'defaulted'
  readonly subject: string
  readonly reason?: string | undefined
  readonly count: number
  /** The worst one. */
  readonly measure?: Measure | undefined
  /** The first few places; where there is a measure, that of the worst comes first. */
  readonly places: readonly string[]
}

/** Alike problems. */
export interface ProblemEntry {
  readonly code: ErrorCode
  readonly message: string
  readonly expected?: string | undefined
  readonly got?: string | undefined
  readonly fix?: string | undefined
  readonly lossy: boolean
  readonly count: number
  readonly places: readonly string[]
}

interface Counted {
  count: number
  measure?: Measure | undefined
  readonly places: string[]
}

/** Keeps account of one conversion. */
export class Ledger implements Account {
  readonly #policy: Policy
  readonly #entries = new Map<string, Counted & Omit<LedgerEntry, 'count' | 'measure' | 'places'>>()
  readonly #problems = new Map<string, Counted & Omit<ProblemEntry, 'count' | 'places'>>()
  readonly #counts = { kept: 0, derived: 0, approximated: 0, dropped: 0 }
  #read = 0

  constructor(policy: Policy) {
    this.#policy = policy
  }

  read(annotations: number): void {
    this.#read += annotations
  }

  drop(outcome: Outcome, place?: Place): void {
    this.outcome(outcome, place)
  }

  /** What became of one annotation. */
  outcome(outcome: Outcome, place?: Place): void {
    this.#counts[outcome.effect]++
    this.#enter('annotation', outcome.effect, outcome.subject, outcome.reason, 1, place, outcome.measure)
  }

  field(loss: FieldLoss): void {
    this.#enter(loss.level, loss.effect, loss.subject, loss.reason, loss.count ?? 1, loss.place, undefined)
  }

  problem(problem: Problem): void {
    if (this.#policy === 'strict') throw new AnnotationError(problem.code, problem.message, problem)
    const { code, message, expected, got, fix, lossy = false } = problem
    const key = `${code}\0${message}\0${expected ?? ''}\0${lossy}`
    let entry = this.#problems.get(key)
    if (entry === undefined) {
      entry = { code, message, expected, got, fix, lossy, count: 0, places: [] }
      this.#problems.set(key, entry)
    }
    count(entry, 1, problem.place)
  }

  get counts(): AnnotationCounts {
    return { read: this.#read, ...this.#counts }
  }

  /** Entries by level, then worst effect first, then the most frequent first. */
  get entries(): readonly LedgerEntry[] {
    return [...this.#entries.values()].sort(
      (a, b) =>
        LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
        EFFECTS.indexOf(a.effect) - EFFECTS.indexOf(b.effect) ||
        b.count - a.count,
    )
  }

  get problems(): readonly ProblemEntry[] {
    return [...this.#problems.values()]
  }

  /** @throws AnnotationError `conservation` when what was read and what became of it do not add up. */
  checkConservation(): void {
    const { read, kept, derived, approximated, dropped } = this.counts
    const sum = kept + derived + approximated + dropped
    if (read === sum) return
    throw new AnnotationError('conservation', 'the ledger does not add up; this is a defect of annoform', {
      expected: `${read} annotations`,
      got: `${kept} kept + ${derived} derived + ${approximated} approximated + ${dropped} dropped = ${sum}`,
    })
  }

  #enter(
    level: LedgerEntry['level'],
    effect: LedgerEntry['effect'],
    subject: string,
    reason: string | undefined,
    amount: number,
    place: Place | undefined,
    measure: Measure | undefined,
  ): void {
    const key = `${level}\0${effect}\0${subject}\0${reason ?? ''}`
    let entry = this.#entries.get(key)
    if (entry === undefined) {
      entry = { level, effect, subject, reason, count: 0, measure: undefined, places: [] }
      this.#entries.set(key, entry)
    }
    const worst = worseMeasure(entry.measure, measure)
    // What was kept needs no places: there is nothing to look up.
    count(entry, amount, effect === 'kept' ? undefined : place, worst !== entry.measure)
    entry.measure = worst
  }
}

const LEVELS: readonly LedgerEntry['level'][] = ['annotation', 'field', 'item', 'header']
const EFFECTS: readonly LedgerEntry['effect'][] = ['dropped', 'approximated', 'derived', 'defaulted', 'kept']

/** `first`: the place is worth more than those before it, because the worst measure was found there. */
function count(entry: Counted, amount: number, place: Place | undefined, first = false): void {
  entry.count += amount
  if (place === undefined || (!first && entry.places.length >= PLACES)) return
  const text = formatPlace(place)
  if (text === '') return
  if (first) entry.places.unshift(text)
  else entry.places.push(text)
  if (entry.places.length > PLACES) entry.places.pop()
}

/** The measure that is further from equal. */
export function worseMeasure(a: Measure | undefined, b: Measure | undefined): Measure | undefined {
  if (a === undefined || b === undefined) return a ?? b
  if (a.name !== b.name) return a.name === 'iou' ? a : b
  return a.name === 'iou' ? (b.value < a.value ? b : a) : b.value > a.value ? b : a
}

/** The writer's outcome of an annotation together with what was done to it before. */
export function withAmendment(outcome: Outcome, annotation: Annotation): Outcome {
  const { amended } = annotation
  if (amended === undefined || outcome.effect === 'dropped') return outcome
  const worse = worseEffect(outcome.effect, amended.effect) === outcome.effect ? outcome : amended
  return {
    effect: worse.effect,
    subject: outcome.subject,
    reason: worse.reason ?? amended.reason,
    measure: worseMeasure(outcome.measure, amended.measure),
  }
}

/** Two outcomes of one source annotation as one: the worse effect, the worse measure. */
export function mergedOutcome(a: Outcome, b: Outcome): Outcome {
  const worse = worseEffect(a.effect, b.effect) === a.effect ? a : b
  return { ...worse, measure: worseMeasure(a.measure, b.measure) }
}
