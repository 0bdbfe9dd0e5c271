import type { ExtraFields } from '../../dataset/extra.js'
import { type Id, isIntegerText } from '../../dataset/id.js'
import { encodeUtf8 } from '../../text/decode.js'
import { idOf, idText } from '../extra-json.js'

/** The id an element gets. */
export interface WrittenId {
  /** JSON text; undefined: the source has none, and nobody refers to it. */
  readonly text: string | undefined
  /** It is not the model's id, which then needs a place of its own. */
  readonly renumbered: boolean
  /** Why a number was made up, where one was. */
  readonly reason?: string | undefined
}

const NONE: WrittenId = Object.freeze({ text: undefined, renumbered: false })

/**
 * Settles the ids of one array of one document: integers of the source stay what they are as long as they are unique;
 * what has none gets the next number above all seen so far.
 */
export class ArrayIds {
  readonly #taken = new IdSet()
  readonly #reserved = new Set<string>()
  #highest: number
  #low = 0

  /** `highest`: the highest number that is going to come, where it is known. */
  constructor(highest = 0) {
    this.#highest = highest
  }

  /** `coco`: the element as its source had it; `referred`: something else in the document names it. */
  settle(id: Id | undefined, coco: ExtraFields | undefined, referred: boolean): WrittenId {
    if (coco === undefined) return isNumber(id) ? this.#keep(id) : this.#make(id)
    const source = coco.fields.get('id')
    const given = source === undefined ? undefined : idIn(source)
    if (source !== undefined && given !== undefined) {
      const free = this.claim(given)
      // The source itself has this id twice, which stays as it is.
      if (given.text === id?.text && given.kind === id.kind) return { text: source, renumbered: false }
      // The number an earlier conversion gave.
      return free ? { text: source, renumbered: id !== undefined } : this.#make(id)
    }
    if (id !== undefined) return this.#keep(id)
    if (referred) return this.#make(undefined)
    return source === undefined ? NONE : { text: source, renumbered: false }
  }

  #keep(id: Id): WrittenId {
    return this.claim(id) ? { text: idText(id), renumbered: false } : this.#make(id)
  }

  /** Takes an id; false when somebody has it. */
  claim(id: Id): boolean {
    if (!this.#taken.add(id)) return false
    const value = Number(id.text)
    if (value > this.#highest && Number.isSafeInteger(value)) this.#highest = value
    return true
  }

  /** Keeps an id, by its text, from being made up; whoever has it may still claim it. */
  reserve(text: string): void {
    this.#reserved.add(text)
  }

  has(id: Id): boolean {
    return this.#taken.has(id)
  }

  /** A number nobody has. */
  next(): string {
    for (;;) {
      // Next to the end of what a double can count, numbers are looked for from below.
      const text = String(this.#highest < Number.MAX_SAFE_INTEGER ? ++this.#highest : ++this.#low)
      if (!this.#reserved.has(text) && this.#taken.add({ text, kind: 'integer' })) return text
    }
  }

  #make(id: Id | undefined): WrittenId {
    const reason = isNumber(id) ? 'another one has this number' : 'COCO demands an integer'
    return { text: this.next(), renumbered: id !== undefined, reason }
  }
}

function isNumber(id: Id | undefined): id is Id {
  return id?.kind === 'integer' && isIntegerText(id.text)
}

/** The id a JSON text is, if any. */
export function idIn(text: string): Id | undefined {
  const bytes = encodeUtf8(text)
  return idOf(bytes, 0, bytes.length)
}

/** Ids met so far. Integers take 16 bytes each, so that a million of them are no burden. */
class IdSet {
  #slots = new Float64Array(256).fill(Number.NaN)
  #count = 0
  readonly #texts = new Set<string>()

  has(id: Id): boolean {
    const value = numberOf(id)
    return value === undefined ? this.#texts.has(id.text) : this.#slots[slotOf(this.#slots, value)] === value
  }

  /** Adds an id; false when it is there. Ids are the same when their texts are. */
  add(id: Id): boolean {
    const value = numberOf(id)
    if (value !== undefined) return this.#addNumber(value)
    const { text } = id
    if (this.#texts.has(text)) return false
    this.#texts.add(text)
    return true
  }

  #addNumber(value: number): boolean {
    if (this.#count * 2 >= this.#slots.length) this.#grow()
    const at = slotOf(this.#slots, value)
    if (this.#slots[at] === value) return false
    this.#slots[at] = value
    this.#count++
    return true
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2).fill(Number.NaN)
    for (const value of this.#slots) if (!Number.isNaN(value)) larger[slotOf(larger, value)] = value
    this.#slots = larger
  }
}

/** The number an id is, where a double holds it. */
function numberOf({ text, kind }: Id): number | undefined {
  const value = kind === 'integer' || isIntegerText(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(value) ? value : undefined
}

/** Where a number stands in a table of a power of two of slots, or the free slot where it would. */
function slotOf(slots: Float64Array, value: number): number {
  const mask = slots.length - 1
  // Both halves get a factor of their own: ids such as k · (2^32 + 1) have two equal ones.
  let hash = Math.imul(value % 0x1_0000_0000, 0x9e3779b1) ^ Math.imul(Math.floor(value / 0x1_0000_0000), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35)
  let at = (hash ^ (hash >>> 15)) & mask
  for (;;) {
    const there = slots[at] as number
    if (there === value || Number.isNaN(there)) return at
    at = (at + 1) & mask
  }
}
