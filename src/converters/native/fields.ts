import type { Id } from '../../dataset/id.js'
import { AnnotationError } from '../../errors.js'
import { decodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, keyText, scanElements, scanFields } from '../../text/json-fields.js'
import { numberAt, numbersIn } from '../../text/json-number.js'
import { checkJson, type JsonValue, parseJson } from '../../text/json-value.js'
import { pointerOf } from '../../text/json-write.js'
import { idOf } from '../extra-json.js'
import { countInexact } from './exact-numbers.js'

const NOTHING = new Uint8Array(0)
/** Up to here comparing every two names is faster than a table of them. */
const MANY = 32
/** How much of a wrong value a message shows, in bytes. */
const SHOWN = 40

/** A key that a JSON pointer need not escape; there is one for nearly every object of a file. */
const PLAIN_NAME = /^\w+$/

const LOOSE: ReadonlyMap<string, number> = new Map([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

/**
 * The fields of one JSON object as extents in the bytes of a line, read one by one: numbers, ids and source texts never
 * pass through an object tree. One instance serves all objects of a kind; what it holds is valid until the next `scan`.
 * Every getter throws an AnnotationError with the field's pointer as place: `expected-type` for another kind of value,
 * `json-syntax` (with an offset) for a value that is no JSON at all.
 */
export class Fields {
  bytes: Uint8Array = NOTHING
  /** JSON pointer of the object, from the root of its line. */
  pointer = ''
  /** Where the object's brace is. */
  opening = 0
  count = 0
  readonly #names: string[] = []
  readonly #starts: number[] = []
  readonly #ends: number[] = []

  scan(bytes: Uint8Array, start: number, end: number, pointer: string): void {
    this.bytes = bytes
    this.pointer = pointer
    this.opening = start
    this.count = 0
    if (jsonKindAt(bytes, start) !== 'object') throw badValue(bytes, start, end, pointer, 'an object')
    scanFields(bytes, start, end, this.#visit)
  }

  readonly #visit = (key: string, start: number, end: number): void => {
    const at = this.count++
    this.#names[at] = key
    this.#starts[at] = start
    this.#ends[at] = end
  }

  name(index: number): string {
    return this.#names[index] as string
  }

  start(index: number): number {
    return this.#starts[index] as number
  }

  end(index: number): number {
    return this.#ends[index] as number
  }

  /** JSON pointer of a field. */
  at(index: number): string {
    const name = this.name(index)
    return this.pointer + (PLAIN_NAME.test(name) ? `/${name}` : pointerOf([name]))
  }

  /** Index of a field, -1 when it is absent. Of two with one name the last counts, as in every JSON parser. */
  find(name: string): number {
    for (let i = this.count - 1; i >= 0; i--) if (this.#names[i] === name) return i
    return -1
  }

  /** Index of a field. @throws AnnotationError `missing-field` */
  need(name: string): number {
    const index = this.find(name)
    if (index < 0)
      throw new AnnotationError('missing-field', `no "${name}"`, {
        place: { pointer: this.pointer },
        expected: `"${name}"`,
      })
    return index
  }

  /** Index of a field that a later one of the same name overrides, -1 when there is none. */
  repeated(): number {
    const names = this.#names
    if (this.count > MANY) return this.#repeatedOfMany()
    for (let i = 1; i < this.count; i++) {
      for (let k = 0; k < i; k++) if (names[k] === names[i]) return k
    }
    return -1
  }

  #repeatedOfMany(): number {
    const seen = new Map<string, number>()
    for (let i = 0; i < this.count; i++) {
      const name = this.name(i)
      const before = seen.get(name)
      if (before !== undefined) return before
      seen.set(name, i)
    }
    return -1
  }

  kind(index: number): ReturnType<typeof jsonKindAt> {
    return jsonKindAt(this.bytes, this.start(index))
  }

  /** A finite number. */
  number(index: number): number {
    const value = this.kind(index) === 'number' ? numberAt(this.bytes, this.start(index), this.end(index)) : Number.NaN
    if (!Number.isFinite(value)) throw this.bad(index, 'a number')
    return value
  }

  /** A number, or one of the three that JSON has no word for as a string. */
  looseNumber(index: number): number {
    const word = this.kind(index) === 'string' ? LOOSE.get(this.text(index)) : undefined
    return word ?? this.number(index)
  }

  /** All numbers of a flat array, in memory of their own. */
  numbers(index: number): Float64Array {
    const values = numbersIn(this.bytes, this.start(index), this.end(index))
    if (values === undefined) throw this.bad(index, 'an array of numbers')
    return values
  }

  /** The same of an array inside a field. */
  numbersWithin(start: number, end: number, pointer: string): Float64Array {
    const values = numbersIn(this.bytes, start, end)
    if (values === undefined) throw badValue(this.bytes, start, end, pointer, 'an array of numbers')
    return values
  }

  text(index: number): string {
    if (this.kind(index) !== 'string') throw this.bad(index, 'a string')
    return this.value(index) as string
  }

  /** A string that is likely to come again, such as a label: alike ones are one in memory. */
  word(index: number): string {
    const known = this.kind(index) === 'string' ? keyText(this.bytes, this.start(index), this.end(index)) : undefined
    return known ?? this.text(index)
  }

  flag(index: number): boolean {
    const kind = this.#scalarKind(index)
    if (kind !== 'true' && kind !== 'false') throw this.bad(index, 'true or false')
    return kind === 'true'
  }

  /** An integer of any size, by its text, or a string. */
  id(index: number): Id {
    const id = idOf(this.bytes, this.start(index), this.end(index))
    if (id === undefined) throw this.bad(index, 'an integer or a string')
    return id
  }

  value(index: number): JsonValue {
    return parseJson(this.bytes, this.start(index), this.end(index))
  }

  /** How many numbers of a {@link value} its doubles do not stand for. */
  inexact(index: number): number {
    return countInexact(this.bytes, this.start(index), this.end(index))
  }

  isNull(index: number): boolean {
    return this.#scalarKind(index) === 'null'
  }

  /** The JSON text of a field, checked. */
  source(index: number): string {
    if (this.#scalarKind(index) === undefined) checkJson(this.bytes, this.start(index), this.end(index))
    return decodeUtf8(this.bytes, this.start(index), this.end(index))
  }

  /** What a value of one token is, once it is known to be valid. */
  #scalarKind(index: number): 'number' | 'true' | 'false' | 'null' | undefined {
    const kind = this.kind(index)
    const start = this.start(index)
    const end = this.end(index)
    if (kind === 'number') return Number.isNaN(numberAt(this.bytes, start, end)) ? undefined : kind
    // The first characters made the kind: a word is valid when there are no more.
    return (kind === 'true' || kind === 'false' || kind === 'null') && end - start === kind.length ? kind : undefined
  }

  /** Visits the elements of an array and returns their count. */
  each(index: number, visit: (index: number, start: number, end: number) => void): number {
    if (this.kind(index) !== 'array') throw this.bad(index, 'an array')
    return scanElements(this.bytes, this.start(index), this.end(index), visit)
  }

  /** A list of strings. */
  texts(index: number): string[] {
    const list: string[] = []
    this.each(index, (i, start, end) => {
      if (jsonKindAt(this.bytes, start) !== 'string')
        throw badValue(this.bytes, start, end, `${this.at(index)}/${i}`, 'a string')
      list.push(keyText(this.bytes, start, end) ?? (parseJson(this.bytes, start, end) as string))
    })
    return list
  }

  /** The error for a field that is not what it should be. @throws AnnotationError `json-syntax` when it is not even JSON */
  bad(index: number, expected: string): AnnotationError {
    return badValue(this.bytes, this.start(index), this.end(index), this.at(index), expected)
  }
}

/** The error for a value that is not what it should be. @throws AnnotationError `json-syntax` when it is not even JSON */
export function badValue(
  bytes: Uint8Array,
  start: number,
  end: number,
  pointer: string,
  expected: string,
): AnnotationError {
  checkJson(bytes, start, end)
  const shown = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + SHOWN)))
  const name = pointer.slice(pointer.lastIndexOf('/') + 1)
  return new AnnotationError('expected-type', /^[0-9]*$/.test(name) ? 'bad element' : `bad "${name}"`, {
    place: { pointer },
    expected,
    got: end - start > SHOWN ? `${shown}…` : shown,
  })
}

/** Whether an error says that the text is broken, so that nothing after it can be trusted. */
export function isBrokenText(error: unknown): boolean {
  return error instanceof AnnotationError && (error.code === 'json-syntax' || error.code === 'encoding')
}
