import type { Account } from '../../../src/dataset/account.js'
import { AnnotationError, formatPlace, type Place } from '../../../src/errors.js'

/** An account that writes everything down: `read 3`, `drop box invalid @ a.jsonl:2 /annotations/0`, … */
export function recordingAccount(): Account & { readonly log: readonly string[] } {
  const log: string[] = []
  const at = (place: Place | undefined): string => ` @ ${formatPlace(place)}`
  return {
    log,
    read: (count) => void log.push(`read ${count}`),
    drop: ({ subject, reason }, place) => void log.push(`drop ${subject} ${reason}${at(place)}`),
    field: ({ level, effect, subject, reason, place }) =>
      void log.push(`${level} ${effect} ${subject} ${reason}${at(place)}`),
    problem: ({ code, message, expected, got, place }) => {
      const contrast = expected === undefined ? '' : `: expected ${expected}, got ${got}`
      log.push(`${code} ${message}${contrast}${at(place)}`)
    },
  }
}

/** The error a promise fails with. */
export async function failure(promise: Promise<unknown>): Promise<AnnotationError> {
  try {
    await promise
  } catch (error) {
    if (error instanceof AnnotationError) return error
    throw error
  }
  throw new Error('this did not fail')
}
