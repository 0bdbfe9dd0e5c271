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

  /** A number nobody has. */
  next(): string {
    for (;;) {
      // Next to the end of what a double can count, numbers are looked for from below.
      const text = String(this.#highest < Number.MAX_SAFE_INTEGER ? ++this.#highest : ++this.#low)
      if (this.#taken.add({ text, kind: 'integer' })) return text
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

  /** Adds an id; false when it is there. Ids are the same when their texts are. */
  add({ text, kind }: Id): boolean {
    const value = kind === 'integer' || isIntegerText(text) ? Number(text) : Number.NaN
    if (Number.isSafeInteger(value)) return this.#addNumber(value)
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

/** Where a number stands in a table of a power of two of slots, or the free slot where it would. */
function slotOf(slots: Float64Array, value: number): number {
  const mask = slots.length - 1
  const hash = Math.imul((value % 0x1_0000_0000) ^ Math.floor(value / 0x1_0000_0000), 0x9e3779b1)
  let at = (hash ^ (hash >>> 15)) & mask
  for (;;) {
    const there = slots[at] as number
    if (there === value || Number.isNaN(there)) return at
    at = (at + 1) & mask
  }
}
