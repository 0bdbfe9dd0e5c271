import type { Effect, Measure, Outcome } from '../../dataset/account.js'
import { worseEffect } from '../../dataset/account.js'
import type { DefinitionType } from '../../definitions/index.js'

/** What one step on the way into a row did to an annotation. */
export interface Change {
  readonly effect: Effect
  readonly reason?: string | undefined
  readonly measure?: Measure | undefined
}

export const UNCHANGED: Change = Object.freeze({ effect: 'kept' })
export const BOUNDING_BOX: Change = Object.freeze({ effect: 'derived', reason: 'its bounding box' })

/** Why an annotation is in no row. */
export const NO_PLACE = 'no place in YOLO'
export const NO_EXTENT = 'covers nothing'
export const OUTSIDE = 'outside the picture'
export const TOO_FAR = 'too far outside the picture'
export const CROWD = 'crowd'
export const NO_CLASS = 'its label is not in the label table'
export const TOO_INTRICATE = 'too intricate'
export const NO_SIZE = 'size unknown'

const KEPT = new Map<DefinitionType, Outcome>()

/** All steps together: the worst of them counts, with its own measure. */
export function outcomeOf(subject: DefinitionType, changes: readonly Change[]): Outcome {
  let worst = UNCHANGED
  for (const change of changes)
    if (change.effect !== worst.effect && worseEffect(worst.effect, change.effect) === change.effect) worst = change
  if (worst.effect !== 'kept') return { ...worst, subject }
  let kept = KEPT.get(subject)
  if (kept === undefined) {
    kept = Object.freeze({ effect: 'kept', subject })
    KEPT.set(subject, kept)
  }
  return kept
}

export function droppedOutcome(subject: DefinitionType, reason: string): Outcome {
  return { effect: 'dropped', subject, reason }
}
