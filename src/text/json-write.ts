import type { ByteSink } from '../ports.js'
import { numberText } from './json-number.js'
import type { JsonValue } from './json-value.js'

/** A JSON string literal with its quotes. Lone surrogates are written as escapes, so the text survives UTF-8. */
export function jsonString(text: string): string {
  // Names and ids come by the million; most are plain.
  if (text.length > 32) return JSON.stringify(text)
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return JSON.stringify(text)
  }
  return `"${text}"`
}

interface Level {
  readonly items: readonly JsonValue[]
  readonly keys: readonly string[] | undefined
  at: number
}

/**
 * Compact JSON text of a value: keys in their own order, numbers as {@link numberText}, any depth.
 * @throws AnnotationError `number-format` for NaN and the infinities; TypeError for what is no {@link JsonValue}.
 */
export function jsonText(value: JsonValue): string {
  // An own stack: JSON.stringify overflows on the depth JSON.parse accepts, writes NaN as null and -0 as 0.
  const levels: Level[] = []
  let text = ''
  let current: JsonValue = value
  for (;;) {
    const level = open(current)
    if (level === undefined) text += scalarText(current)
    else {
      text += level.keys === undefined ? '[' : '{'
      levels.push(level)
    }
    for (;;) {
      const top = levels.at(-1)
      if (top === undefined) return text
      if (top.at < top.items.length) {
        const index = top.at++
        if (index > 0) text += ','
        if (top.keys !== undefined) text += `${jsonString(top.keys[index] as string)}:`
        current = top.items[index] as JsonValue
        break
      }
      text += top.keys === undefined ? ']' : '}'
      levels.pop()
    }
  }
}

function open(value: JsonValue): Level | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return { items: value, keys: undefined, at: 0 }
  return { items: Object.values(value), keys: Object.keys(value), at: 0 }
}

function scalarText(value: JsonValue): string {
  switch (typeof value) {
    case 'string':
      return jsonString(value)
    case 'number':
      return numberText(value)
    case 'boolean':
      return value ? 'true' : 'false'
    default:
      if (value === null) return 'null'
      throw new TypeError(`not a JSON value: ${typeof value}`)
  }
}

const BATCH = 65536
const encoder = new TextEncoder()

/** A growing buffer of UTF-8 bytes for writers: append texts, hand over the bytes in large batches. */
export class TextBuffer {
  #bytes: Uint8Array
  #length = 0

  /** @param capacity bytes to start with; grows as needed. */
  constructor(capacity: number = BATCH * 2) {
    this.#bytes = new Uint8Array(Math.max(16, capacity))
  }

  /** Bytes waiting. */
  get length(): number {
    return this.#length
  }

  /** Appends a text. A lone surrogate becomes U+FFFD, as UTF-8 has no form for it; {@link jsonString} escapes them. */
  append(text: string): void {
    const size = text.length
    if (size <= 48) {
      // Short ASCII, the common case: a loop beats the call of encodeInto.
      this.#reserve(size)
      const bytes = this.#bytes
      let at = this.#length
      let index = 0
      for (; index < size; index++) {
        const code = text.charCodeAt(index)
        if (code >= 0x80) break
        bytes[at++] = code
      }
      if (index === size) {
        this.#length = at
        return
      }
    }
    let rest = text
    while (rest.length > 0) {
      // Three bytes a unit is the most there can be, but not worth reserving for a long text.
      this.#reserve(Math.min(rest.length * 3, rest.length + BATCH))
      const { read, written } = encoder.encodeInto(rest, this.#bytes.subarray(this.#length))
      this.#length += written
      rest = rest.slice(read)
    }
  }

  /** Appends a copy of bytes that are UTF-8 already. */
  appendBytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** What the bytes waiting lie in, from index 0; there is room behind them. Valid until the next call that changes the buffer. */
  get bytes(): Uint8Array {
    return this.#bytes
  }

  /** The bytes waiting, valid until the next call that changes the buffer. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Hands everything to the sink and empties the buffer. Await only a returned promise; appending meanwhile is safe. */
  flush(sink: ByteSink): void | Promise<void> {
    if (this.#length === 0) return undefined
    const written = sink.write(this.view())
    this.#length = 0
    // The sink still reads the old bytes until its promise settles.
    if (written !== undefined) this.#bytes = new Uint8Array(this.#bytes.length)
    return written
  }

  /** {@link flush}, but only once 64 KiB are waiting: call it after every record. */
  flushFull(sink: ByteSink): void | Promise<void> {
    return this.#length >= BATCH ? this.flush(sink) : undefined
  }

  #reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, needed))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}

/** A JSON pointer (RFC 6901): `['annotations', 3, 'a/b']` gives `/annotations/3/a~1b`, no parts give ``. */
export function pointerOf(parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}
