import { numbersIn, numbersInto } from '../../text/json-number.js'

const BLOCK = 1 << 14
const BYTES = 1 << 17

/**
 * Rings of one item after another, cut from larger blocks: an array of its own for each ring costs more than reading its
 * numbers. A block lives as long as one of its rings does.
 */
export class RingArena {
  readonly #scratch = new Float64Array((BLOCK >> 2) + 1)
  #block = new Float64Array(0)
  #used = 0

  /** The flat JSON array of numbers in bytes[start, end); undefined when it is something else. */
  ring(bytes: Uint8Array, start: number, end: number): Float64Array | undefined {
    // Two bytes a number at least.
    const most = (end - start) >> 1
    if (most > BLOCK >> 2) return numbersIn(bytes, start, end)
    if (this.#block.length - this.#used < most) {
      this.#block = new Float64Array(BLOCK)
      this.#used = 0
    }
    const count = numbersInto(bytes, start, end, this.#scratch)
    if (count < 0) return undefined
    const ring = this.#block.subarray(this.#used, this.#used + count)
    for (let i = 0; i < count; i++) ring[i] = this.#scratch[i] as number
    this.#used += count
    return ring
  }
}

/** Texts of elements, copied out of the window they were read in, many to a block. */
export class TextArena {
  #block = new Uint8Array(0)
  #used = 0

  copy(bytes: Uint8Array, start: number, end: number): Uint8Array {
    const length = end - start
    if (length > BYTES >> 2) return bytes.slice(start, end)
    if (this.#block.length - this.#used < length) {
      this.#block = new Uint8Array(BYTES)
      this.#used = 0
    }
    const copy = this.#block.subarray(this.#used, this.#used + length)
    copy.set(bytes.subarray(start, end))
    this.#used += length
    return copy
  }
}
