import type { AnnotationError } from '../errors.js'
import { Expect, invalidUtf8, unexpectedByte } from './json-expect.js'
import { utf8High, utf8Low, utf8Tail } from './utf8.js'

const OBJECT = 1
const ARRAY = 0
const ESCAPES = new Set([...'"\\/bfnrt'].map((letter) => letter.charCodeAt(0)))
const WORDS = new Map([...['true', 'false', 'null'], ...['NaN', 'Infinity']].map((word) => [word.charCodeAt(0), word]))

export interface CheckOptions {
  readonly file?: string | undefined
  /** `accept` takes NaN, Infinity and -Infinity as Python writes them. Default `refuse`. */
  readonly nonFinite?: 'refuse' | 'accept' | undefined
  /** Called for each of them with its absolute position, when accepted. */
  readonly onNonFinite?: ((offset: number, token: string) => void) | undefined
}

/**
 * A strict reader of JSON (RFC 8259, UTF-8 included) that keeps nothing but its state: bytes are pushed in pieces of any
 * size, and the first byte a strict parser refuses raises an error with its place. Depth is limited by memory only,
 * one byte a level.
 */
export class JsonChecker {
  readonly #options: CheckOptions
  #expect: number = Expect.start
  #kinds = new Uint8Array(64)
  #depth = 0
  #isKey = false
  // Inside a \u escape, how many digits are left; inside a UTF-8 sequence, how many bytes and the next one's bounds.
  #hexLeft = 0
  #tail = 0
  #low = 0
  #high = 0
  #sequenceAt = 0
  #word = ''
  #wordIndex = 0
  #wordAt = 0

  /** @param inside brackets that are open already, as text (`{[`), and `expect` what comes next inside them. */
  constructor(options: CheckOptions = {}, inside = '', expect: number = Expect.start) {
    this.#options = options
    for (const bracket of inside) this.#open(bracket === '{' ? OBJECT : ARRAY)
    this.#expect = expect
  }

  /**
   * Reads `bytes[start, end)`; `base` is the absolute position of `bytes[0]`.
   * @throws AnnotationError `json-syntax` or `encoding` at the first byte that cannot be.
   */
  push(bytes: Uint8Array, start: number, end: number, base = 0): void {
    let at = start
    while (at < end) {
      const expect = this.#expect
      if (expect === Expect.string) at = this.#readString(bytes, at, end, base)
      else if (expect < Expect.string) at = this.#readStructure(bytes, at, end, base)
      else if (expect >= Expect.minus) at = this.#readNumber(bytes, at, end, base)
      else if (expect === Expect.word) at = this.#readWord(bytes, at, end, base)
      else at = this.#readEscape(bytes, at, base)
    }
  }

  /** Says that nothing follows; `offset` is the absolute position of the end. @throws AnnotationError `json-syntax` when a value is missing or unfinished. */
  finish(offset: number): void {
    if (this.#tail > 0) throw this.#badUtf8(undefined)
    const expect = this.#expect
    const ended =
      expect === Expect.after ||
      expect === Expect.zero ||
      expect === Expect.integer ||
      expect === Expect.fraction ||
      expect === Expect.powerDigits
    if (ended && this.#depth === 0) return
    if (ended) this.#expect = Expect.after
    throw this.#unexpected(undefined, offset)
  }

  #readStructure(bytes: Uint8Array, at: number, end: number, base: number): number {
    for (; at < end; at++) {
      const byte = bytes[at] as number
      if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) continue
      switch (this.#expect) {
        case Expect.after:
          this.#afterValue(byte, base + at)
          break
        case Expect.colon:
          if (byte !== 0x3a) throw this.#unexpected(byte, base + at)
          this.#expect = Expect.fieldValue
          break
        case Expect.objectStart:
        case Expect.key:
          if (byte === 0x7d && this.#expect === Expect.objectStart) this.#close()
          else {
            if (byte !== 0x22) throw this.#unexpected(byte, base + at)
            this.#isKey = true
            this.#expect = Expect.string
          }
          break
        default:
          if (byte === 0x5d && this.#expect === Expect.arrayStart) this.#close()
          else this.#startValue(byte, base + at)
      }
      if (this.#expect >= Expect.string) return at + 1
    }
    return at
  }

  #afterValue(byte: number, offset: number): void {
    const kind = this.#depth === 0 ? -1 : this.#kinds[this.#depth - 1]
    if (byte === 0x2c && kind === OBJECT) this.#expect = Expect.key
    else if (byte === 0x2c && kind === ARRAY) this.#expect = Expect.element
    else if ((byte === 0x7d && kind === OBJECT) || (byte === 0x5d && kind === ARRAY)) this.#close()
    else throw this.#unexpected(byte, offset)
  }

  #startValue(byte: number, offset: number): void {
    const accept = this.#options.nonFinite === 'accept'
    const word = WORDS.get(byte)
    if (byte === 0x7b) {
      this.#open(OBJECT)
      this.#expect = Expect.objectStart
    } else if (byte === 0x5b) {
      this.#open(ARRAY)
      this.#expect = Expect.arrayStart
    } else if (byte === 0x22) {
      this.#isKey = false
      this.#expect = Expect.string
    } else if (byte === 0x2d) {
      this.#expect = Expect.minus
      this.#wordAt = offset
    } else if (byte === 0x30) this.#expect = Expect.zero
    else if (byte > 0x30 && byte <= 0x39) this.#expect = Expect.integer
    else if (word !== undefined && (accept || byte > 0x60)) this.#startWord(word, offset, 1)
    else throw this.#unexpected(byte, offset)
  }

  #startWord(word: string, offset: number, index: number): void {
    this.#word = word
    this.#wordAt = offset
    this.#wordIndex = index
    this.#expect = Expect.word
  }

  #readWord(bytes: Uint8Array, at: number, end: number, base: number): number {
    const word = this.#word
    while (at < end && this.#wordIndex < word.length) {
      const byte = bytes[at] as number
      if (byte !== word.charCodeAt(this.#wordIndex)) throw this.#unexpected(byte, base + at)
      this.#wordIndex++
      at++
    }
    if (this.#wordIndex === word.length) {
      this.#expect = Expect.after
      if (/[NI]/.test(word)) this.#options.onNonFinite?.(this.#wordAt, word)
    }
    return at
  }

  #readNumber(bytes: Uint8Array, at: number, end: number, base: number): number {
    let expect = this.#expect
    for (; at < end; at++) {
      const byte = bytes[at] as number
      const digit = byte >= 0x30 && byte <= 0x39
      const next = afterNumberByte(expect, byte, digit)
      if (next >= 0) expect = next
      else {
        this.#expect = expect
        if (expect === Expect.minus && byte === 0x49 && this.#options.nonFinite === 'accept') {
          this.#startWord('-Infinity', this.#wordAt, 2)
          return at + 1
        }
        const ended = expect === Expect.zero ? !digit : canEndNumber(expect)
        if (!ended) throw this.#unexpected(byte, base + at)
        this.#expect = Expect.after
        return at
      }
    }
    this.#expect = expect
    return at
  }

  #readString(bytes: Uint8Array, at: number, end: number, base: number): number {
    for (; at < end; at++) {
      const byte = bytes[at] as number
      if (this.#tail > 0) {
        if (byte < this.#low || byte > this.#high) throw this.#badUtf8(byte)
        this.#low = 0x80
        this.#high = 0xbf
        this.#tail--
      } else if (byte >= 0x80) {
        this.#sequenceAt = base + at
        this.#tail = utf8Tail(byte)
        if (this.#tail === 0) throw this.#badUtf8(byte)
        this.#low = utf8Low(byte)
        this.#high = utf8High(byte)
      } else if (byte === 0x22) {
        this.#expect = this.#isKey ? Expect.colon : Expect.after
        return at + 1
      } else if (byte === 0x5c) {
        this.#expect = Expect.escape
        return at + 1
      } else if (byte < 0x20) throw this.#unexpected(byte, base + at)
    }
    return at
  }

  #readEscape(bytes: Uint8Array, at: number, base: number): number {
    const byte = bytes[at] as number
    if (this.#expect === Expect.hex) {
      const letter = byte | 0x20
      if (!((byte >= 0x30 && byte <= 0x39) || (letter >= 0x61 && letter <= 0x66)))
        throw this.#unexpected(byte, base + at)
      if (--this.#hexLeft === 0) this.#expect = Expect.string
    } else if (byte === 0x75) {
      this.#hexLeft = 4
      this.#expect = Expect.hex
    } else if (ESCAPES.has(byte)) this.#expect = Expect.string
    else throw this.#unexpected(byte, base + at)
    return at + 1
  }

  #open(kind: number): void {
    if (this.#depth === this.#kinds.length) {
      const larger = new Uint8Array(this.#depth * 2)
      larger.set(this.#kinds)
      this.#kinds = larger
    }
    this.#kinds[this.#depth++] = kind
  }

  #close(): void {
    this.#depth--
    this.#expect = Expect.after
  }

  #unexpected(byte: number | undefined, offset: number): AnnotationError {
    const inside = this.#depth === 0 ? 'nothing' : this.#kinds[this.#depth - 1] === OBJECT ? 'object' : 'array'
    return unexpectedByte(byte, this.#expect, inside, this.#word, { file: this.#options.file, offset })
  }

  #badUtf8(byte: number | undefined): AnnotationError {
    return invalidUtf8(byte, { file: this.#options.file, offset: this.#sequenceAt })
  }
}

function canEndNumber(expect: number): boolean {
  return expect === Expect.integer || expect === Expect.fraction || expect === Expect.powerDigits
}

// What is expected after one more byte of a number, or -1 when the byte is none of it.
function afterNumberByte(expect: number, byte: number, digit: boolean): number {
  const power = (byte | 0x20) === 0x65
  switch (expect) {
    case Expect.minus:
      return byte === 0x30 ? Expect.zero : digit ? Expect.integer : -1
    case Expect.zero:
      return byte === 0x2e ? Expect.point : power ? Expect.power : -1
    case Expect.integer:
      return digit ? expect : byte === 0x2e ? Expect.point : power ? Expect.power : -1
    case Expect.point:
      return digit ? Expect.fraction : -1
    case Expect.fraction:
      return digit ? expect : power ? Expect.power : -1
    case Expect.power:
      return digit ? Expect.powerDigits : byte === 0x2b || byte === 0x2d ? Expect.powerSign : -1
    default:
      return digit ? Expect.powerDigits : -1
  }
}
