/** A timestamp found in a line. */
export interface Timestamp {
  /** Whole milliseconds. */
  readonly ms: number
  /** Where it ends. */
  readonly end: number
  /** How many digits stand for the hours; 0 where there are none. */
  readonly hourDigits: number
}

const TIMESTAMP = /(\d+):(\d+)(?::(\d+))?\.(\d+)/y

/**
 * The timestamp at `at`, as the specification collects it: hours of any length (told from minutes by a second colon),
 * minutes and seconds of two digits up to 59, three decimals after a dot. Undefined where there is none, and for hours
 * so large that whole milliseconds can no longer be counted.
 */
export function timestampAt(text: string, at: number): Timestamp | undefined {
  TIMESTAMP.lastIndex = at
  const found = TIMESTAMP.exec(text)
  if (found === null) return undefined
  const [all, first = '', second = '', third, decimals = ''] = found
  const [hours, minutes, seconds] = third === undefined ? ['', first, second] : [first, second, third]
  if (minutes.length !== 2 || seconds.length !== 2 || decimals.length !== 3) return undefined
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(decimals)
  if (!Number.isSafeInteger(ms)) return undefined
  return { ms, end: at + all.length, hourDigits: hours.length }
}

/** `01:02:03.004`: hours always, of two digits or more. `point` stands before the milliseconds. */
export function timestampText(ms: number, point: '.' | ',' = '.'): string {
  const [seconds, minutes] = [Math.floor(ms / 1000), Math.floor(ms / 60_000)]
  const two = (value: number): string => String(value).padStart(2, '0')
  const clock = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}`
  return `${clock}${point}${String(ms % 1000).padStart(3, '0')}`
}

/** Below this a difference comes from the arithmetic of doubles: 1.0005 s are 1000.4999999999999 ms. */
const NOISE = 1e-6

/** Seconds in whole milliseconds, half away from zero; `exact`: nothing was rounded. */
export function millisecondsOf(seconds: number): { readonly ms: number; readonly exact: boolean } {
  const exactly = seconds * 1000
  const ms = Math.floor(exactly + 0.5 + NOISE)
  return { ms, exact: ms / 1000 === seconds || Math.abs(exactly - ms) < NOISE }
}
