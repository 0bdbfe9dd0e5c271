import type { Media } from '../../dataset/item.js'
import type { Span } from '../../dataset/track.js'
import { millisecondsOf } from './timestamp.js'

/** When a cue is shown, in whole milliseconds, and how the annotation said so. */
export interface CueTimes {
  readonly start: number
  readonly end: number
  readonly told: 'exactly' | 'rounded' | 'frames'
}

/** Reasons why an annotation has no times a caption file can hold. */
export const NO_TIMES = 'no start and end time'
export const NEGATIVE_TIME = 'a time before 0'

/** The times of a span: its seconds, else its frames where the frame rate is known. */
export function cueTimes(span: Span | undefined, { fps }: Media): CueTimes | typeof NO_TIMES | typeof NEGATIVE_TIME {
  const { startTime, endTime, frame, endFrame } = span ?? {}
  const rate = fps === undefined ? Number.NaN : fps.numerator / fps.denominator
  const byFrames = (at: number | undefined): number | undefined =>
    at === undefined || !(rate > 0) ? undefined : at / rate
  const framed = startTime === undefined || endTime === undefined
  const [start, end] = [startTime ?? byFrames(frame), endTime ?? byFrames(endFrame)]
  if (start === undefined || end === undefined || !Number.isFinite(start) || !Number.isFinite(end)) return NO_TIMES
  if (start < 0 || end < 0) return NEGATIVE_TIME
  const [from, to] = [millisecondsOf(start), millisecondsOf(end)]
  if (!Number.isSafeInteger(from.ms) || !Number.isSafeInteger(to.ms)) return NO_TIMES
  return { start: from.ms, end: to.ms, told: framed ? 'frames' : from.exact && to.exact ? 'exactly' : 'rounded' }
}
