import { type Extra, type ExtraFields, NO_FIELDS } from '../../dataset/extra.js'
import type { Id } from '../../dataset/id.js'
import { integerId } from '../../dataset/id.js'
import { AnnotationError } from '../../errors.js'
import { decodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanFields } from '../../text/json-fields.js'
import { integerText, numberAt } from '../../text/json-number.js'
import { parseJson } from '../../text/json-value.js'
import { IN_TASKS } from './tasks.js'

/** Beyond this many fields an object gets a table of them. */
const MANY = 32

const NO_NAMES: readonly string[] = Object.freeze([])

/**
 * The fields of one JSON object, as extents in its bytes. One instance serves all elements of an array: its lists are
 * reused, and the list of keys is shared between elements that have the same keys in the same order.
 */
export class ElementFields {
  bytes: Uint8Array = new Uint8Array(0)
  readonly names: string[] = []
  readonly starts: number[] = []
  readonly ends: number[] = []
  count = 0
  #keys: readonly string[] = []
  /** `#keys` are those of this element. */
  #settled = false
  /** The last field of each name, for objects of so many that searching them one by one would take its time. */
  #byName: ReadonlyMap<string, number> | undefined

  /** Reads the object in bytes[start, end). @throws AnnotationError `json-syntax` */
  scan(bytes: Uint8Array, start: number, end: number, file: string, base: number): void {
    this.bytes = bytes
    this.count = 0
    this.#settled = false
    scanFields(bytes, start, end, this.#visit, { file, base })
    this.#byName = this.count > MANY ? new Map(this.names.slice(0, this.count).map((name, i) => [name, i])) : undefined
  }

  readonly #visit = (key: string, start: number, end: number): void => {
    if (startsWord(this.bytes, start)) requireWord(this.bytes, start, end)
    const at = this.count++
    this.names[at] = key
    this.starts[at] = start
    this.ends[at] = end
  }

  /** The index of a field, -1 when it is absent. Of two with one name the last one counts, as in every JSON parser. */
  find(name: string): number {
    if (this.#byName !== undefined) return this.#byName.get(name) ?? -1
    for (let i = this.count - 1; i >= 0; i--) if (this.names[i] === name) return i
    return -1
  }

  /** Whether no later field has this one's name. */
  isLast(index: number): boolean {
    return this.keys().length === this.count || this.find(this.names[index] as string) === index
  }

  /** The names of keys that are there twice, each once. */
  duplicates(): readonly string[] {
    if (this.keys().length === this.count) return NO_NAMES
    let found: Set<string> | undefined
    for (let i = 0; i < this.count; i++) {
      const name = this.names[i] as string
      if (this.find(name) !== i) found = (found ?? new Set()).add(name)
    }
    return found === undefined ? NO_NAMES : [...found]
  }

  /** The keys in order, each once; the same array for elements with the same keys. */
  keys(): readonly string[] {
    if (this.#settled) return this.#keys
    this.#settled = true
    const last = this.#keys
    let same = last.length === this.count
    for (let i = 0; same && i < this.count; i++) same = last[i] === this.names[i]
    if (!same) this.#keys = Object.freeze([...new Set(this.names.slice(0, this.count))])
    return this.#keys
  }

  text(index: number): string {
    return decodeUtf8(this.bytes, this.starts[index] as number, this.ends[index] as number)
  }

  kind(index: number): ReturnType<typeof jsonKindAt> {
    return jsonKindAt(this.bytes, this.starts[index] as number)
  }

  /** A finite number, or undefined for anything else. */
  number(index: number): number | undefined {
    if (index < 0 || this.kind(index) !== 'number') return undefined
    const value = numberAt(this.bytes, this.starts[index] as number, this.ends[index] as number)
    if (Number.isNaN(value)) throw malformed(this.text(index))
    return Number.isFinite(value) ? value : undefined
  }

  /** A string, or undefined for anything else. @throws AnnotationError `json-syntax` for a bad escape */
  string(index: number): string | undefined {
    if (index < 0 || this.kind(index) !== 'string') return undefined
    const value = parseJson(this.bytes, this.starts[index] as number, this.ends[index] as number)
    return typeof value === 'string' ? value : undefined
  }

  /** The usual id: up to 15 digits and nothing else. */
  #plainInteger(index: number): string | undefined {
    const start = this.starts[index] as number
    const end = this.ends[index] as number
    if (end - start > 15 || (this.bytes[start] === 0x30 && end - start > 1)) return undefined
    let value = 0
    for (let i = start; i < end; i++) {
      const digit = (this.bytes[i] as number) - 0x30
      if (digit < 0 || digit > 9) return undefined
      value = value * 10 + digit
    }
    return String(value)
  }

  /** An id: an integer of any size, or a string. `1.0` is the integer 1. */
  id(index: number): Id | undefined {
    if (index < 0) return undefined
    const kind = this.kind(index)
    if (kind === 'number') {
      const text = this.#plainInteger(index) ?? integerText(this.text(index))
      if (text === undefined) this.number(index)
      return text === undefined ? undefined : integerId(text)
    }
    const text = kind === 'string' ? this.string(index) : undefined
    return text === undefined ? undefined : { text, kind: 'string' }
  }
}

/** `true`, `false`, `null`, and the words that are no JSON: scanning delimits a value without reading it. */
const WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'])

function startsWord(bytes: Uint8Array, start: number): boolean {
  const byte = bytes[start] as number
  return (byte >= 0x41 && byte <= 0x7a && byte !== 0x5b) || (byte === 0x2d && bytes[start + 1] === 0x49)
}

function requireWord(bytes: Uint8Array, start: number, end: number): void {
  const text = decodeUtf8(bytes, start, end)
  if (!WORDS.has(text)) throw malformed(text)
}

/** The place is left to whoever reads the file again for its first fault. */
function malformed(got: string): AnnotationError {
  return new AnnotationError('json-syntax', 'malformed value', { expected: 'a JSON value', got })
}

/** Where the texts of foreign fields go while an element is read. */
export interface ForeignFields {
  set(key: string, text: string): void
}

/** Makes the extra of one element after another; elements without foreign fields share one. */
export class ElementExtra implements ForeignFields {
  #fields: Map<string, string> | undefined
  #plain: Extra | undefined
  #plainKeys: readonly string[] | undefined
  #plainForm: string | undefined
  readonly #tasks: ReadonlyMap<string, ExtraFields>

  /** `tasks`: what all elements say about the files they are in. */
  constructor(tasks?: ExtraFields) {
    this.#tasks = new Map(tasks === undefined ? [] : [[IN_TASKS, tasks]])
  }

  start(): ForeignFields {
    this.#fields = undefined
    return this
  }

  set(key: string, text: string): void {
    this.#fields ??= new Map()
    this.#fields.set(key, text)
  }

  /** `others` is what other formats left on the element. */
  finish(keys: readonly string[], form?: string, others?: Extra): Extra {
    if (this.#fields !== undefined || others !== undefined)
      return new Map([...(others ?? []), ['coco', { keys, fields: this.#fields ?? NO_FIELDS, form }], ...this.#tasks])
    if (this.#plain === undefined || this.#plainKeys !== keys || this.#plainForm !== form) {
      this.#plain = new Map([['coco', { keys, fields: NO_FIELDS, form }], ...this.#tasks])
      this.#plainKeys = keys
      this.#plainForm = form
    }
    return this.#plain
  }
}
