import { AnnotationError } from '../errors.js'
import { JsonChecker } from './json-check.js'
import { Expect } from './json-expect.js'
import { keyText } from './json-fields.js'
import { skipSpace, skipString, skipValue, startsToken } from './json-scan.js'
import type { JsonDocumentHandler } from './json-split.js'

type Wanted = 'elements' | 'value' | 'skip'

/**
 * The synchronous half of {@link splitJson}: takes windows of a document and remembers where in its structure it is. What
 * does not end inside a window is started again in the next one, so nothing inside an element needs remembering.
 */
export class Splitter {
  readonly #handler: JsonDocumentHandler
  readonly #file: string
  #expect: number = Expect.start
  /** Open brackets around the position: ``, `{`, `[` or `{[`. */
  #inside = ''
  #asked = false
  #wanted: Wanted = 'value'
  #key = ''
  #index = 0

  constructor(handler: JsonDocumentHandler, file: string) {
    this.#handler = handler
    this.#file = file
  }

  /**
   * Reads `bytes[at, end)` as far as it can and returns the index from which the next window has to go on. `base` is the
   * absolute position of `bytes[0]`; with `last` nothing follows `end`, and an unfinished document throws.
   */
  run(bytes: Uint8Array, at: number, end: number, base: number, last: boolean): number {
    for (;;) {
      at = skipSpace(bytes, at, end)
      if (at >= end) break
      const next = this.#step(bytes, at, end, base, last)
      if (next < 0) return at
      at = next
    }
    if (last && !(this.#expect === Expect.after && this.#inside === '')) throw this.#refusal(bytes, at, end, base, last)
    return at
  }

  // Index after what was read at `at`, or -1 when it does not end in this window.
  #step(bytes: Uint8Array, at: number, end: number, base: number, last: boolean): number {
    const byte = bytes[at] as number
    switch (this.#expect) {
      case Expect.element:
      case Expect.arrayStart:
        if (byte === 0x5d && this.#expect === Expect.arrayStart) return this.#close(at)
        return this.#readElement(bytes, at, end, base, last)
      case Expect.after:
        if (this.#inside.endsWith('[')) {
          if (byte === 0x2c) this.#expect = Expect.element
          else if (byte === 0x5d) return this.#close(at)
          else throw this.#refusal(bytes, at, end, base, last)
        } else if (this.#inside === '{' && byte === 0x2c) this.#expect = Expect.key
        else if (this.#inside === '{' && byte === 0x7d) return this.#close(at)
        else throw this.#refusal(bytes, at, end, base, last)
        return at + 1
      case Expect.objectStart:
      case Expect.key:
        if (byte === 0x7d && this.#expect === Expect.objectStart) return this.#close(at)
        return this.#readKey(bytes, at, end, base, last)
      case Expect.colon:
        if (byte !== 0x3a) throw this.#refusal(bytes, at, end, base, last)
        this.#expect = Expect.fieldValue
        return at + 1
      case Expect.fieldValue:
        return this.#readValue(bytes, at, end, base, last)
      default:
        return this.#readRoot(bytes, at, end, base, last)
    }
  }

  #readRoot(bytes: Uint8Array, at: number, end: number, base: number, last: boolean): number {
    const byte = bytes[at] as number
    if (byte === 0x7b) {
      this.#handler.root?.('object', base + at)
      this.#inside = '{'
      this.#expect = Expect.objectStart
      return at + 1
    }
    // A value that does not end in this window comes here again.
    if (!this.#asked) {
      if (byte !== 0x5b && byte !== 0x22 && !startsToken(byte)) throw this.#refusal(bytes, at, end, base, last)
      this.#asked = true
      this.#handler.root?.(byte === 0x5b ? 'array' : 'scalar', base + at)
      if (byte === 0x5b) this.#wanted = this.#handler.key('', base + at)
    }
    return this.#readValue(bytes, at, end, base, last)
  }

  #readKey(bytes: Uint8Array, at: number, end: number, base: number, last: boolean): number {
    const stop = bytes[at] === 0x22 ? skipString(bytes, at, end) : -2
    if (stop === -1 && !last) return -1
    const key = stop < 0 ? undefined : keyText(bytes, at, stop)
    if (key === undefined) throw this.#refusal(bytes, at, end, base, last)
    this.#key = key
    this.#wanted = this.#handler.key(key, base + at)
    this.#expect = Expect.colon
    return stop
  }

  #readValue(bytes: Uint8Array, at: number, end: number, base: number, last: boolean): number {
    if (bytes[at] === 0x5b && this.#wanted !== 'value') {
      this.#inside += '['
      this.#expect = Expect.arrayStart
      this.#index = 0
      return at + 1
    }
    const stop = this.#valueEnd(bytes, at, end, base, last)
    if (stop < 0) return -1
    if (this.#wanted !== 'skip') this.#handler.value(this.#key, bytes, at, stop, base + at)
    this.#expect = Expect.after
    return stop
  }

  #readElement(bytes: Uint8Array, at: number, end: number, base: number, last: boolean): number {
    const stop = this.#valueEnd(bytes, at, end, base, last)
    if (stop < 0) return -1
    if (this.#wanted === 'elements') {
      this.#handler.element(this.#key, this.#index, bytes, at, stop, base + at)
    }
    this.#index++
    this.#expect = Expect.after
    return stop
  }

  // Where the value at `at` ends, or -1 when that is not in this window.
  #valueEnd(bytes: Uint8Array, at: number, end: number, base: number, last: boolean): number {
    const stop = skipValue(bytes, at, end)
    // A number or word that touches the end of the window may go on in the next.
    if (!last && (stop === -1 || (stop === end && startsToken(bytes[at] as number)))) return -1
    if (stop <= at) throw this.#refusal(bytes, at, end, base, last)
    return stop
  }

  #close(at: number): number {
    this.#inside = this.#inside.slice(0, -1)
    this.#expect = Expect.after
    return at + 1
  }

  // The strict reader, put where this one stands, finds the first bad byte of what is left and its sentence.
  #refusal(bytes: Uint8Array, at: number, end: number, base: number, last: boolean): AnnotationError {
    const checker = new JsonChecker({ file: this.#file, nonFinite: 'accept' }, this.#inside, this.#expect)
    try {
      checker.push(bytes, at, end, base)
      if (last) checker.finish(base + end)
    } catch (error) {
      if (error instanceof AnnotationError) return error
      throw error
    }
    return new AnnotationError('json-syntax', 'not valid JSON', { place: { file: this.#file, offset: base + at } })
  }
}
