import { skipString, skipToken, startsToken } from '../../text/json-scan.js'

const QUOTE = 0x22
const MINUS = 0x2d
const ZERO = 0x30
const NINE = 0x39
const DOT = 0x2e

/** A decimal of this many digits always survives a double, unless its exponent does not. */
const SAFE_DIGITS = 15
/** As many digits as `toPrecision` can give. */
const MOST_DIGITS = 100

/**
 * How many numbers of the valid JSON text `bytes[start, end)` stand for a decimal that their double does not: `1e999`,
 * `12345678901234567890`, `0.12345678901234567890`, but neither `0.1` nor `0.10000000000000001`, which is how C writes it.
 */
export function countInexact(bytes: Uint8Array, start: number, end: number): number {
  let count = 0
  let at = start
  while (at < end) {
    const byte = bytes[at] as number
    if (byte === QUOTE) {
      const past = skipString(bytes, at, end)
      at = past < 0 ? end : past
    } else if (byte === MINUS || (byte >= ZERO && byte <= NINE)) {
      const past = skipToken(bytes, at, end)
      if (!isShort(bytes, at, past) && !isExact(textOf(bytes, at, past))) count++
      at = past
    } else at = startsToken(byte) ? skipToken(bytes, at, end) : at + 1
  }
  return count
}

/** Whether a number has so few characters, and no exponent, that nothing needs to be worked out. */
function isShort(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start > SAFE_DIGITS) return false
  for (let at = start + 1; at < end; at++) {
    const byte = bytes[at] as number
    if (byte !== DOT && (byte < ZERO || byte > NINE)) return false
  }
  return true
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at] as number)
  return text
}

// An integer must come back with all of its digits, because it may be an id. Any other number must be what its double is,
// as far as its digits go: then every reader of doubles finds the same one in the text that is written.
function isExact(text: string): boolean {
  const value = Number(text)
  const given = decimalOf(text)
  if (given === undefined) return false
  if (given.text === decimalOf(String(value))?.text) return true
  if (given.exponent >= 0 || given.digits > MOST_DIGITS) return false
  return given.text === decimalOf(value.toPrecision(given.digits))?.text
}

interface Decimal {
  /** The same for all texts of one decimal. */
  readonly text: string
  /** How many digits there are from the first to the last that is not 0. */
  readonly digits: number
  /** The power of ten of the last of them. */
  readonly exponent: number
}

const NUMBER = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/

function decimalOf(text: string): Decimal | undefined {
  const match = NUMBER.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const all = (whole + fraction).replace(/^0+/, '')
  let digits = all.length
  while (digits > 0 && all.charCodeAt(digits - 1) === ZERO) digits--
  if (digits === 0) return { text: '0', digits: 0, exponent: 0 }
  const exponent = Number(power) - fraction.length + (all.length - digits)
  return { text: `${sign}${all.slice(0, digits)}e${exponent}`, digits, exponent }
}
