import type { Media, Rational } from '../../dataset/item.js'
import type { Span } from '../../dataset/track.js'
import { numberText } from '../../text/json-number.js'
import { fieldOf, type JsonRecord, numberOf } from './json-record.js'
import type { Fresh } from './levels.js'

/** Which half of a span was said; the other was worked out from the frame rate, for readers that need it. */
export type SaidTime = 'seconds' | 'frames'

/** Whether annotations of an item last in time. Those of pictures have times too, which mean nothing. */
export function isTimed({ kind }: Media): boolean {
  return kind === 'video' || kind === 'audio'
}

/** The frame that is shown at a time, as the SDK works it out: half to even. */
export function frameAtTime(seconds: number, { numerator, denominator }: Rational): number {
  const exactly = (seconds * numerator) / denominator
  const below = Math.floor(exactly)
  const rest = exactly - below
  return rest > 0.5 || (rest === 0.5 && below % 2 !== 0) ? below + 1 : below
}

/** The times in `metadata.system`; undefined where there are none. `said`: the half that counts. */
export function readSpan(system: JsonRecord | undefined, said: SaidTime | undefined): Span | undefined {
  const number = (name: string, half: SaidTime): number | undefined =>
    said === undefined || said === half ? numberOf(fieldOf(system, name)) : undefined
  const span = {
    frame: number('frame', 'frames'),
    endFrame: number('endFrame', 'frames'),
    startTime: number('startTime', 'seconds'),
    endTime: number('endTime', 'seconds'),
  }
  const entries = Object.entries(span).filter(([, value]) => value !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** Whether JSON has words for the times of a span. */
export function isSayable(span: Span): boolean {
  return [span.frame, span.endFrame, span.startTime, span.endTime].every(
    (time) => time === undefined || Number.isFinite(time),
  )
}

/** The half of a span that alone is said, where the other half can be worked out. */
export function saidTime({ frame, endFrame, startTime, endTime }: Span, { kind, fps }: Media): SaidTime | undefined {
  // A sound has seconds only, also where the SDK writes it.
  if (kind !== 'video' || fps === undefined || !(fps.numerator / fps.denominator > 0)) return undefined
  const framed = frame !== undefined && endFrame !== undefined
  const clocked = startTime !== undefined && endTime !== undefined
  if (clocked && frame === undefined && endFrame === undefined) return 'seconds'
  return framed && startTime === undefined && endTime === undefined ? 'frames' : undefined
}

/** The fields of `metadata.system` that a span is, in the order of the SDK. */
export function freshSpan(span: Span, media: Media): readonly (readonly [string, Fresh])[] {
  const { frame, endFrame, startTime, endTime } = completed(span, media)
  const text = (value: number | undefined): Fresh => (value === undefined ? undefined : numberText(value))
  return [
    ['frame', text(frame)],
    ['startTime', text(startTime)],
    ['endTime', text(endTime)],
    ['endFrame', text(endFrame)],
  ]
}

function completed(span: Span, media: Media): Span {
  const { frame = 0, endFrame = 0, startTime = 0, endTime = 0 } = span
  const said = saidTime(span, media)
  const { fps } = media
  if (said === undefined || fps === undefined) return span
  if (said === 'seconds') return { ...span, frame: frameAtTime(startTime, fps), endFrame: frameAtTime(endTime, fps) }
  const time = (at: number): number => (at * fps.denominator) / fps.numerator
  return { ...span, startTime: time(frame), endTime: time(endFrame) }
}
