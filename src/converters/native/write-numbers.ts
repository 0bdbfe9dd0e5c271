import { numberText } from '../../text/json-number.js'
import type { TextBuffer } from '../../text/json-write.js'

/** How many numbers go through the scratch space at a time. */
const BLOCK = 1024
/** Room for one number and its comma: `-1.2345678901234567e-308` has 24 characters. */
const ROOM = 26
const scratch = new Uint8Array(BLOCK * ROOM)
const ZERO = 48
const MINUS = 45
const COMMA = 44
const DOT = 46

/** Appends the numbers as a flat JSON array, each in the shortest text that reads back as the same double. */
export function appendNumbers(buffer: TextBuffer, values: Float64Array): void {
  buffer.append('[')
  for (let from = 0; from < values.length; from += BLOCK) {
    const to = Math.min(values.length, from + BLOCK)
    let at = 0
    for (let i = from; i < to; i++) {
      if (i > 0) scratch[at++] = COMMA
      at = putNumber(at, values[i] as number)
    }
    buffer.appendBytes(scratch.subarray(0, at))
  }
  buffer.append(']')
}

// Annotation files hold few decimals as a rule, and those are written here: formatting 3.6 million doubles as strings takes
// ten times as long. `k / 10^n === size` says that the decimal k·10^-n reads back as `size`, and with at most 15 digits no
// other decimal of that length does, so it is the text JavaScript would give.
function putNumber(at: number, value: number): number {
  const size = value < 0 ? -value : value
  const whole = size | 0
  if (whole === size) {
    if (value < 0 || Object.is(value, -0)) scratch[at++] = MINUS
    return putInteger(at, whole)
  }
  if (size < 2e7) {
    const hundredths = (size * 100 + 0.5) | 0
    if (hundredths / 100 === size) return putDecimal(at, value, hundredths, 100)
    if (size < 2e3) {
      const millionths = (size * 1e6 + 0.5) | 0
      if (millionths / 1e6 === size) return putDecimal(at, value, millionths, 1e6)
    } else if (size < 2e5) {
      const tenThousandths = (size * 1e4 + 0.5) | 0
      if (tenThousandths / 1e4 === size) return putDecimal(at, value, tenThousandths, 1e4)
    }
  }
  const text = numberText(value)
  for (let i = 0; i < text.length; i++) scratch[at++] = text.charCodeAt(i)
  return at
}

function putDecimal(at: number, value: number, scaled: number, scale: number): number {
  if (value < 0) scratch[at++] = MINUS
  const whole = (scaled / scale) | 0
  at = putInteger(at, whole)
  scratch[at++] = DOT
  let rest = scaled - whole * scale
  // The remainder is never 0: whole numbers do not come here.
  for (let place = scale / 10; rest > 0; place /= 10) {
    const digit = (rest / place) | 0
    scratch[at++] = ZERO + digit
    rest -= digit * place
  }
  return at
}

function putInteger(at: number, value: number): number {
  let digits = 1
  for (let bound = 10; digits < 10 && value >= bound; bound *= 10) digits++
  for (let i = at + digits - 1; i >= at; i--) {
    const rest = (value / 10) | 0
    scratch[i] = ZERO + (value - rest * 10)
    value = rest
  }
  return at + digits
}
