/** A timing line of SubRip in its parts. */
export interface SrtTiming {
  /** Whole milliseconds. */
  readonly start: number
  readonly end: number
  /** `X1:… X2:… Y1:… Y2:…`, or whatever else stands behind. */
  readonly coordinates: string
  /** What is unusual about it, though it can be read. */
  readonly departures: readonly string[]
}

const TIME = String.raw`(?:(\d+):)?(\d{1,2}):(\d{1,2})([,.])(\d{1,9})`
const LINE = new RegExp(String.raw`^[ \t]*${TIME}([ \t]*)-->([ \t]*)${TIME}(?:[ \t]+(\S.*))?$`)
/** White space at the end of the line. No `\s*$` in the pattern: that is quadratic in long runs. */
const BLANKS = /[ \t]/

/** The timing of a line, however loosely written; undefined where it has none. */
export function srtTiming(line: string): SrtTiming | undefined {
  let length = line.length
  while (length > 0 && BLANKS.test(line.charAt(length - 1))) length--
  const found = LINE.exec(line.slice(0, length))
  if (found === null) return undefined
  const [, h1, m1, s1, p1, d1, left, right, h2, m2, s2, p2, d2, coordinates = ''] = found
  const start = millisecondsOf(h1, m1, s1, d1)
  const end = millisecondsOf(h2, m2, s2, d2)
  if (start === undefined || end === undefined) return undefined
  const departures: string[] = []
  if (p1 !== ',' || p2 !== ',') departures.push('a dot before the milliseconds')
  if (d1?.length !== 3 || d2?.length !== 3) departures.push('milliseconds of more or less than three digits')
  const fields = [h1, m1, s1, h2, m2, s2]
  if (h1 === undefined || h2 === undefined) departures.push('a timestamp without hours')
  else if (fields.some((field) => field?.length === 1)) departures.push('a timestamp with a field of one digit')
  if (left === '' || right === '') departures.push('nothing beside -->')
  return { start, end, coordinates, departures }
}

/** Decimals beyond milliseconds are cut off, as players do. */
function millisecondsOf(hours = '0', minutes = '', seconds = '', decimals = ''): number | undefined {
  if (Number(minutes) > 59 || Number(seconds) > 59) return undefined
  const ms = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000
  const total = ms + Number(decimals.padEnd(3, '0').slice(0, 3))
  return Number.isSafeInteger(total) ? total : undefined
}
