import { numberAt } from '../../text/json-number.js'

/** The largest class number that is believed: a table of classes is held in memory. */
export const LARGEST_CLASS = 65_535

/** What is wrong with a row, and where: the column counts bytes from 1. */
export interface RowFault {
  readonly message: string
  readonly expected: string
  readonly got: string
  readonly column: number
}

const LINE_FEED = 0x0a
const RETURN = 0x0d
const DOT = 0x2e
/** What Python takes for a number, and JSON does not: `+1`, `.5`, `5.`, `007`. */
const LOOSE = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/

/**
 * The numbers of one row, read again and again into the same object: a data set has millions of them.
 * Numbers are separated by white space.
 */
export class Row {
  /** The class as an integer from 0. */
  classIndex = 0
  /** How many numbers follow the class. */
  count = 0
  /** The numbers after the class, in `[0, count)`. */
  values = new Float64Array(256)
  /** Most digits after the point among them, the exponent reckoned in. */
  decimals = 0
  #bytes: Uint8Array = new Uint8Array(0)
  #starts = new Int32Array(256)
  #ends = new Int32Array(256)

  /** Reads `bytes[start, end)`, which has no white space around it. Undefined when it is a row. */
  read(bytes: Uint8Array, start: number, end: number): RowFault | undefined {
    this.#bytes = bytes
    this.count = -1
    this.decimals = 0
    for (let at = start; at < end; ) {
      let stop = at
      while (stop < end && !isBlank(bytes[stop] as number)) stop++
      const fault = this.#take(bytes, at, stop, start)
      if (fault !== undefined) return fault
      at = stop
      while (at < end && isBlank(bytes[at] as number)) at++
    }
    return undefined
  }

  /** The text of number `i` after the class. */
  text(i: number): string {
    return textOf(this.#bytes, this.#starts[i] as number, this.#ends[i] as number)
  }

  #take(bytes: Uint8Array, start: number, end: number, rowStart: number): RowFault | undefined {
    let value = numberAt(bytes, start, end)
    if (Number.isNaN(value)) {
      const text = textOf(bytes, start, end)
      if (LOOSE.test(text)) value = Number(text)
    }
    if (!Number.isFinite(value))
      return {
        message: 'not a number',
        expected: 'finite numbers, separated by spaces',
        got: JSON.stringify(shown(textOf(bytes, start, end))),
        column: start - rowStart + 1,
      }
    if (this.count < 0) {
      if (!Number.isInteger(value) || value < 0 || value > LARGEST_CLASS)
        return {
          message: 'bad class',
          expected: `a whole number from 0 to ${LARGEST_CLASS}`,
          got: shown(textOf(bytes, start, end)),
          column: 1,
        }
      this.classIndex = value
      this.count = 0
      return undefined
    }
    if (this.count === this.values.length) this.#grow()
    this.values[this.count] = value
    this.#starts[this.count] = start
    this.#ends[this.count] = end
    this.count++
    this.decimals = Math.max(this.decimals, decimalsOf(bytes, start, end))
    return undefined
  }

  #grow(): void {
    const grown = <T extends Float64Array | Int32Array>(from: T, to: T): T => {
      to.set(from)
      return to
    }
    const size = this.values.length * 2
    this.values = grown(this.values, new Float64Array(size))
    this.#starts = grown(this.#starts, new Int32Array(size))
    this.#ends = grown(this.#ends, new Int32Array(size))
  }
}

/**
 * Calls `visit` for every line that is not blank, without the white space around it. Lines end with LF, CR or both, and count
 * from 1; `indent` is the white space before the row in its line.
 */
export function forEachRow(
  bytes: Uint8Array,
  visit: (line: number, start: number, end: number, indent: number) => void,
): void {
  let line = 0
  for (let at = 0; at < bytes.length; ) {
    let stop = at
    while (stop < bytes.length && bytes[stop] !== LINE_FEED && bytes[stop] !== RETURN) stop++
    line++
    let start = at
    let end = stop
    while (start < end && isBlank(bytes[start] as number)) start++
    while (start < end && isBlank(bytes[end - 1] as number)) end--
    if (start < end) visit(line, start, end, start - at)
    at = stop + (bytes[stop] === RETURN && bytes[stop + 1] === LINE_FEED ? 2 : 1)
  }
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)
}

/** Digits after the point: `0.25` has 2, `2.5e-3` has 4, `25e1` none. */
function decimalsOf(bytes: Uint8Array, start: number, end: number): number {
  let point = -1
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (byte === DOT) point = i
    else if ((byte | 0x20) === 0x65) {
      const mantissa = point < 0 ? 0 : i - point - 1
      return Math.max(0, mantissa - Number(textOf(bytes, i + 1, end)))
    }
  }
  return point < 0 ? 0 : end - point - 1
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let i = start; i < end && text.length < 400; i++) text += String.fromCharCode(bytes[i] as number)
  return text
}

function shown(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
