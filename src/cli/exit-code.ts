import type { Report } from '../converters/convert.js'
import { AnnotationError, type ErrorCode } from '../errors.js'

/** What the program says to the shell. */
export const EXIT = Object.freeze({
  clean: 0,
  /** A condition of --fail-on was met. */
  failOn: 1,
  usage: 2,
  /** The input cannot be read, is no known format or holds nothing; or the output cannot be written. */
  unreadable: 3,
  /** Finished, but problems left something out. */
  incomplete: 4,
  /** A defect of annoform (EX_SOFTWARE of sysexits.h). */
  internal: 70,
  interrupted: 130,
})

export const FAIL_ON = ['dropped', 'approximated', 'derived', 'fields', 'problems'] as const

export type FailOn = (typeof FAIL_ON)[number]

const USAGE: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unknown-format',
  'cannot-read-format',
  'cannot-write-format',
  'unknown-option',
  'invalid-option',
  'output-not-empty',
  'output-inside-input',
])

/** The exit code of an error that ended a command. */
export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof AnnotationError)) return EXIT.internal
  if (error.code === 'aborted') return EXIT.interrupted
  if (error.code === 'conservation') return EXIT.internal
  return USAGE.has(error.code) ? EXIT.usage : EXIT.unreadable
}

/** How often a condition of `--fail-on` was met. */
export function failures(report: Report, condition: FailOn): number {
  const sum = (entries: readonly { readonly count: number }[]): number =>
    entries.reduce((total, entry) => total + entry.count, 0)
  switch (condition) {
    case 'problems':
      return sum(report.problems)
    case 'fields':
      return sum(report.ledger.filter(({ level, effect }) => level !== 'annotation' && effect !== 'defaulted'))
    case 'dropped':
      // What a split or a filter leaves out was asked for.
      return sum(
        report.ledger.filter(
          ({ level, effect, reason }) => level === 'annotation' && effect === 'dropped' && reason !== 'filtered',
        ),
      )
    default:
      return report.annotations[condition]
  }
}

/** How often something was left out because it was bad, which the policy lets pass. */
export function leftOut(report: Pick<Report, 'ledger' | 'problems'>): number {
  const lossy = report.problems.filter((problem) => problem.lossy).reduce((total, { count }) => total + count, 0)
  const invalid = report.ledger
    .filter(({ level, effect, reason }) => level === 'annotation' && effect === 'dropped' && reason === 'invalid')
    .reduce((total, { count }) => total + count, 0)
  // One bad annotation is a problem and a ledger entry: the larger of the two counts is how many there were.
  return Math.max(lossy, invalid)
}
