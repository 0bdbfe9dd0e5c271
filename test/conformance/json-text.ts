// A small reader of JSON of its own, so that the library's reader is not judged by itself. It keeps what JSON.parse
// throws away: the text of numbers, the order of keys, and keys that are there twice. NaN and the infinities are words.

export type JsonNode =
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly elements: readonly JsonNode[] }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'word'; readonly text: string }

export interface JsonMember {
  readonly key: string
  readonly value: JsonNode
}

const SPACE = /[ \t\r\n]*/y
const STRING = /"[^"\\]*(?:\\.[^"\\]*)*"/sy
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.])/y
const WORD = /(?:true|false|null|NaN|-?Infinity)(?![0-9A-Za-z_.])/y

/** @throws SyntaxError with the position in characters. */
export function readJsonText(text: string): JsonNode {
  const reader = new Reader(text)
  const node = reader.value()
  reader.end()
  return node
}

/** The text of a file: UTF-8, or UTF-16 where its byte order mark says so; the mark is not part of it. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}

/** A member of an object; of two with one key the last. */
export function member(node: JsonNode | undefined, key: string): JsonNode | undefined {
  return node?.kind === 'object' ? node.members.findLast((candidate) => candidate.key === key)?.value : undefined
}

/** The elements of an array that is a member; none where it is absent or something else. */
export function elementsOf(node: JsonNode, key: string): readonly JsonNode[] {
  const value = member(node, key)
  return value?.kind === 'array' ? value.elements : []
}

/** An id as text: `7`, `7.0` and `"7"` are the same id. */
export function idTextOf(node: JsonNode | undefined): string | undefined {
  if (node?.kind === 'string') return node.value
  if (node?.kind !== 'number') return undefined
  if (/^-?[0-9]+$/.test(node.text)) return String(BigInt(node.text))
  const value = Number(node.text)
  return Number.isSafeInteger(value) ? String(value === 0 ? 0 : value) : undefined
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  value(): JsonNode {
    this.#take(SPACE)
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object()
      case '[':
        return this.#array()
      case '"':
        return { kind: 'string', value: this.#string() }
    }
    const number = this.#take(NUMBER)
    if (number !== undefined) return { kind: 'number', text: number }
    const word = this.#take(WORD)
    if (word !== undefined) return { kind: 'word', text: word }
    throw this.#unexpected()
  }

  end(): void {
    this.#take(SPACE)
    if (this.#at < this.#text.length) throw this.#unexpected()
  }

  #object(): JsonNode {
    const members: JsonMember[] = []
    this.#at++
    for (let first = true; !this.#closes('}', first); first = false) {
      this.#take(SPACE)
      const key = this.#string()
      this.#take(SPACE)
      if (this.#text[this.#at] !== ':') throw this.#unexpected()
      this.#at++
      members.push({ key, value: this.value() })
    }
    return { kind: 'object', members }
  }

  #array(): JsonNode {
    const elements: JsonNode[] = []
    this.#at++
    for (let first = true; !this.#closes(']', first); first = false) elements.push(this.value())
    return { kind: 'array', elements }
  }

  /** Steps over the closing bracket, or over the comma that must stand before another element. */
  #closes(bracket: string, first: boolean): boolean {
    this.#take(SPACE)
    const next = this.#text[this.#at]
    if (next === bracket) {
      this.#at++
      return true
    }
    if (first) return false
    if (next !== ',') throw this.#unexpected()
    this.#at++
    return false
  }

  #string(): string {
    const text = this.#take(STRING)
    if (text === undefined) throw this.#unexpected()
    return JSON.parse(text) as string
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.#text)?.[0]
    if (found !== undefined) this.#at += found.length
    return found
  }

  #unexpected(): SyntaxError {
    const next = this.#text.slice(this.#at, this.#at + 20)
    return new SyntaxError(`JSON at ${this.#at}: ${next === '' ? 'the text ends here' : JSON.stringify(next)}`)
  }
}
