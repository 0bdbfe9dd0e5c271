import { AnnotationError } from '../errors.js'
import { isSpace, skipSpace } from './json-scan.js'

// Powers of ten that are exact in a double: one multiplication or division with a mantissa below 2^53 rounds once,
// so the result is the correctly rounded one (Clinger 1990).
const POWERS = Float64Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`))
/** Largest mantissa that can take one more digit and stay below 2^53. */
const ROOM = 900719925474098
const ZERO = 48
const MINUS = 45
const PLUS = 43
const DOT = 46

// Where the last number read by `readNumber` ended; a module variable because a pair per number would be garbage.
let stopped = 0

/**
 * The number whose JSON text is exactly `bytes[start, end)`: the same double as `Number(text)`, `Infinity` where the text
 * is too large for one, and `NaN` when the text is no JSON number (no white space, no `+1`, `.5`, `01`, `NaN`).
 */
export function numberAt(bytes: Uint8Array, start: number, end: number): number {
  const value = readNumber(bytes, start, end)
  return stopped === end ? value : Number.NaN
}

// Reads the number at `start` and leaves its end in `stopped`; NaN when there is none.
function readNumber(bytes: Uint8Array, start: number, end: number): number {
  let at = start
  stopped = -1
  const negative = bytes[at] === MINUS
  if (negative) at++
  let mantissa = 0
  let exact = true
  let digit = (at < end ? (bytes[at] as number) : 0) - ZERO
  if (digit < 0 || digit > 9) return Number.NaN
  if (digit === 0) at++
  else {
    while (digit >= 0 && digit <= 9) {
      if (mantissa > ROOM) exact = false
      mantissa = mantissa * 10 + digit
      at++
      digit = (at < end ? (bytes[at] as number) : 0) - ZERO
    }
  }
  let exponent = 0
  if (at < end && bytes[at] === DOT) {
    const first = ++at
    for (; at < end; at++) {
      digit = (bytes[at] as number) - ZERO
      if (digit < 0 || digit > 9) break
      if (mantissa > ROOM) exact = false
      mantissa = mantissa * 10 + digit
    }
    if (at === first) return Number.NaN
    exponent = first - at
  }
  if (at < end && ((bytes[at] as number) | 0x20) === 0x65) {
    at++
    const sign = at < end ? bytes[at] : 0
    if (sign === MINUS || sign === PLUS) at++
    const first = at
    let written = 0
    for (; at < end; at++) {
      digit = (bytes[at] as number) - ZERO
      if (digit < 0 || digit > 9) break
      if (written < 1e6) written = written * 10 + digit
    }
    if (at === first) return Number.NaN
    exponent += sign === MINUS ? -written : written
  }
  stopped = at
  if (exact && exponent >= -22 && exponent <= 22) {
    const size = exponent < 0 ? mantissa / (POWERS[-exponent] as number) : mantissa * (POWERS[exponent] as number)
    return negative ? -size : size
  }
  let text = ''
  for (let i = start; i < at; i++) text += String.fromCharCode(bytes[i] as number)
  return Number(text)
}

/** What is kept between two calls is at most 1 MiB; longer lists are counted before they are read. */
const MOST_KEPT = 1 << 17
let scratch = new Float64Array(1024)

/**
 * The numbers of a flat JSON array such as `[1, 2.5, -3e2]`, whose text is `bytes[start, end)` with optional white space
 * around it. `undefined` when that is no array, when an element is not a finite number (nested arrays, `null`, `NaN`,
 * `1e999`) or when the text is malformed. The array is new.
 */
export function numbersIn(bytes: Uint8Array, start: number, end: number): Float64Array | undefined {
  // Each number takes two bytes at least.
  const most = (end - start) >> 1
  if (most > MOST_KEPT) return manyNumbersIn(bytes, start, end)
  if (most > scratch.length) scratch = new Float64Array(Math.min(MOST_KEPT, most * 2))
  const count = readList(bytes, start, end, scratch)
  if (count < 0) return undefined
  // For the usual few dozen numbers a loop takes half the time of TypedArray.slice.
  const result = new Float64Array(count)
  for (let i = 0; i < count; i++) result[i] = scratch[i] as number
  return result
}

/** A large text need not be a list of numbers at all: what its first element is says it, and its commas how many there are. */
function manyNumbersIn(bytes: Uint8Array, start: number, end: number): Float64Array | undefined {
  const at = skipSpace(bytes, start, end)
  const first = bytes[skipSpace(bytes, at + 1, end)] as number
  const digit = first - ZERO
  if (bytes[at] !== 0x5b || (first !== MINUS && first !== 0x5d && !(digit >= 0 && digit <= 9))) return undefined
  let most = 1
  for (let i = at; i < end; i++) if (bytes[i] === 0x2c) most++
  const values = new Float64Array(most)
  const count = readList(bytes, start, end, values)
  if (count < 0) return undefined
  return count === most ? values : values.slice(0, count)
}

/**
 * {@link numbersIn} into an array at hand, from index 0: returns how many numbers there are, -1 where that gives `undefined`
 * (the array may have been written to). Allocating a small array a ring costs as much as reading its numbers.
 * @throws RangeError when `values` has less room than half the bytes, which is always enough.
 */
export function numbersInto(bytes: Uint8Array, start: number, end: number, values: Float64Array): number {
  if ((end - start) >> 1 > values.length)
    throw new RangeError('values must have room for half as many numbers as bytes')
  return readList(bytes, start, end, values)
}

// As numbersInto; `values` has room for as many numbers as the text can hold.
function readList(bytes: Uint8Array, start: number, end: number, values: Float64Array): number {
  let at = skipSpace(bytes, start, end)
  while (end > at && isSpace(bytes[end - 1] as number)) end--
  // With a bracket as the last byte the loops over digits need no check of the end.
  if (end - at < 2 || bytes[at] !== 0x5b || bytes[end - 1] !== 0x5d) return -1
  at = skipSpace(bytes, at + 1, end)
  if (at === end - 1) return 0
  let count = 0
  for (;;) {
    // Up to nine digits, a point among them or not, no exponent: a small integer and one exact division. Longer ones wrap
    // around here and are read again.
    const negative = bytes[at] === MINUS
    const first = negative ? at + 1 : at
    let i = first
    let mantissa = 0
    let digit = ((bytes[i] as number) - ZERO) >>> 0
    while (digit <= 9) {
      mantissa = (Math.imul(mantissa, 10) + digit) | 0
      digit = ((bytes[++i] as number) - ZERO) >>> 0
    }
    const whole = i - first
    let plain = whole > 0 && whole <= 9 && (whole === 1 || bytes[first] !== ZERO)
    let decimals = 0
    if (bytes[i] === DOT) {
      const point = ++i
      digit = ((bytes[i] as number) - ZERO) >>> 0
      while (digit <= 9) {
        mantissa = (Math.imul(mantissa, 10) + digit) | 0
        digit = ((bytes[++i] as number) - ZERO) >>> 0
      }
      decimals = i - point
      plain &&= decimals > 0 && whole + decimals <= 9
    }
    let next = bytes[i] as number
    if (plain && (next === 0x2c || next === 0x5d)) {
      const size = decimals === 0 ? mantissa : mantissa / (POWERS[decimals] as number)
      values[count++] = negative ? -size : size
      at = i
    } else {
      const value = readNumber(bytes, at, end)
      if (stopped < 0 || value - value !== 0) return -1
      values[count++] = value
      at = skipSpace(bytes, stopped, end)
      next = at < end ? (bytes[at] as number) : 0
    }
    at++
    if (next === 0x5d) break
    if (next !== 0x2c || at >= end) return -1
    const after = bytes[at] as number
    if (after === 0x20 && at + 1 < end) at++
    if ((bytes[at] as number) <= 0x20) at = skipSpace(bytes, at, end)
    if (at >= end) return -1
  }
  return at === end ? count : -1
}

const NUMBER = /^(-?)(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/

/**
 * The canonical decimal integer a JSON number text stands for, exactly, at any length: `1.0` gives `1`, `1e3` gives `1000`,
 * `-0` gives `0`, `7706992903151817196` stays itself. `undefined` when the value is no integer, the text no JSON number,
 * or its written exponent is beyond ±400 (an id is never that, and `1e999999999` must not become a giant string).
 */
export function integerText(text: string): string | undefined {
  const match = NUMBER.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const written = Number(power)
  if (Math.abs(written) > 400) return undefined
  const digits = (whole + fraction).replace(/^0+/, '')
  if (digits === '') return '0'
  const shift = written - fraction.length
  if (shift >= 0) return sign + digits + '0'.repeat(shift)
  const kept = digits.length + shift
  if (kept <= 0) return undefined
  for (let i = kept; i < digits.length; i++) if (digits.charCodeAt(i) !== ZERO) return undefined
  return sign + digits.slice(0, kept)
}

/**
 * The shortest text that reads back as the same double, valid in JSON; `-0` keeps its sign.
 * @throws AnnotationError `number-format` for NaN and the infinities, which JSON has no word for.
 */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) {
    throw new AnnotationError('number-format', 'JSON has no such number', {
      expected: 'a finite number',
      got: String(value),
    })
  }
  return Object.is(value, -0) ? '-0' : String(value)
}
