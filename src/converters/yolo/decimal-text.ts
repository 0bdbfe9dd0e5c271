const POWERS = Float64Array.from({ length: 16 }, (_, exponent) => Number(`1e${exponent}`))
/** Up to here a double holds every integer. */
const EXACT = 2 ** 53

/** The most digits after the point that a number is written with. */
export const MOST_DIGITS = 15
/** Numbers from here on are not written: they are further out than any picture reaches. */
export const LARGEST = 1e9

/**
 * A number with `digits` digits after the point, rounded half away from zero; never with an exponent, never `-0`. What is
 * rounded is the very double: 0.1480625, which no double is, goes to 0.148062 as in C and Python.
 */
export function decimalText(value: number, digits: number): string {
  const scale = POWERS[digits] as number
  const units = unitsOf(Math.abs(value), digits, scale)
  if (units < 0) return value.toFixed(digits)
  if (units === 0) return digits === 0 ? '0' : `0.${'0'.repeat(digits)}`
  const sign = value < 0 ? '-' : ''
  if (digits === 0) return sign + units
  const whole = Math.floor(units / scale)
  const fraction = String(units - whole * scale)
  return `${sign}${whole}.${'0'.repeat(digits - fraction.length)}${fraction}`
}

/** The number that {@link decimalText} writes. */
export function rounded(value: number, digits: number): number {
  const scale = POWERS[digits] as number
  const units = unitsOf(Math.abs(value), digits, scale)
  if (units < 0) return Number(value.toFixed(digits))
  return value < 0 ? -units / scale : units / scale
}

/** A size in units of the last digit; -1 where they are too many to count. */
function unitsOf(size: number, digits: number, scale: number): number {
  const scaled = size * scale
  if (!(scaled < EXACT)) return -1
  const whole = Math.floor(scaled)
  const part = scaled - whole
  // Scaling rounds too. Only close to a half does that matter, and there the slow way is right.
  if (Math.abs(part - 0.5) > (scaled + 1) * 1e-15) return part < 0.5 ? whole : whole + 1
  return Math.round(Number(size.toFixed(digits)) * scale)
}

/**
 * Digits after the point for a picture whose longer side is `side` pixels: six, more where a side exceeds 2048 pixels, so that
 * half a unit of the last place stays under 1/1024 pixel.
 */
export function digitsFor(side: number): number {
  let digits = 6
  if (side <= 2048) return digits
  while (digits < MOST_DIGITS && (side * 0.5) / (POWERS[digits] as number) > 1 / 1024) digits++
  return digits
}

/** A number's text without exponent: its decimal point moved by as much as the exponent says. */
export function plainText(text: string): string {
  const match = /^([+-]?)([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?$/.exec(text)
  if (match === null) return text
  const [, sign = '', whole = '', fraction = '', power = '0'] = match
  const shift = Number(power)
  if (Math.abs(shift) > 400) return decimalText(Number(text), MOST_DIGITS)
  const point = whole.length + shift
  const digits = point < 0 ? '0'.repeat(-point) + whole + fraction : whole + fraction
  const at = Math.max(0, point)
  const before = digits
    .slice(0, at)
    .padEnd(at, '0')
    .replace(/^0+(?=[0-9])/, '')
  const after = digits.slice(at)
  return `${sign === '-' ? '-' : ''}${before === '' ? '0' : before}${after === '' ? '' : `.${after}`}`
}
