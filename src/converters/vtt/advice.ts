import type { Account } from '../../dataset/account.js'
import type { AdviceOptions } from './caption-scope.js'

/** What advice is given about. */
export interface AdvisedCue {
  readonly start: number
  readonly end: number
  /** Without markup. */
  readonly plain: string
  /** From 1. */
  readonly line: number
}

export interface AdviceScope extends AdviceOptions {
  readonly file: string
  readonly account: Account
  /** Whether the syntax of the format leaves it to advice that times run forwards. */
  readonly times: boolean
}

/** Tells what is worth knowing about cues that can be read. Nothing is left out because of it. */
export function advise(cues: readonly AdvisedCue[], scope: AdviceScope): void {
  const { account, file, speed, times } = scope
  let before: AdvisedCue | undefined
  for (const cue of cues) {
    const tell = (message: string, expected?: string, got?: string): void =>
      account.problem({ code: 'caption-advice', message, place: { file, line: cue.line }, expected, got })
    const { start, end, plain } = cue
    if (plain.trim() === '') tell('a cue without text')
    if (times && end <= start) tell('a cue that does not end after its start')
    if (before !== undefined && start < before.start) {
      if (times) tell('a cue that starts before one above it')
    } else if (before !== undefined && start < before.end) tell('cues that overlap')
    const rate = speed > 0 && end > start ? (lengthOf(plain) * 1000) / (end - start) : 0
    if (rate > speed)
      tell('a cue that is hard to read in its time', `at most ${speed} characters a second`, rate.toFixed(1))
    before = cue
  }
}

/** Characters that are read: line ends are not. */
function lengthOf(plain: string): number {
  let length = 0
  for (const character of plain) if (character !== '\n') length++
  return length
}
