import { type Timestamp, timestampAt } from './timestamp.js'

export const ARROW = '-->'

/** A timing line in its parts. Offsets are within the line. */
export interface Timing {
  readonly start: Timestamp
  readonly startAt: number
  readonly arrowAt: number
  readonly end: Timestamp
  readonly endAt: number
  /** What stands behind the second timestamp: the settings. */
  readonly settingsAt: number
}

/** The timing of a line that holds an arrow; `failedAt`: where the specification gives up. */
export function readTiming(line: string): Timing | { readonly failedAt: number; readonly expected: string } {
  const startAt = skipBlanks(line, 0)
  const start = timestampAt(line, startAt)
  if (start === undefined) return { failedAt: startAt, expected: 'a timestamp, as 00:00:01.000' }
  const arrowAt = skipBlanks(line, start.end)
  if (!line.startsWith(ARROW, arrowAt)) return { failedAt: arrowAt, expected: '-->' }
  const endAt = skipBlanks(line, arrowAt + ARROW.length)
  const end = timestampAt(line, endAt)
  if (end === undefined) return { failedAt: endAt, expected: 'a timestamp, as 00:00:01.000' }
  return { start, startAt, arrowAt, end, endAt, settingsAt: end.end }
}

/** Past ASCII white space. */
function skipBlanks(line: string, at: number): number {
  let next = at
  while (next < line.length && isBlank(line.charCodeAt(next))) next++
  return next
}

/** Whether a UTF-16 unit is ASCII white space. */
function isBlank(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0c || unit === 0x0a || unit === 0x0d
}

/** Without ASCII white space at its ends. No regular expression: one that looks for an end is quadratic in long runs. */
export function trimmed(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}
