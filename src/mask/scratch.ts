/** More words than this are not kept for the next call: a large mask must not hold its memory for ever. */
const MOST_KEPT = 2 ** 18

/**
 * Working memory of a kernel that is done with it when it returns; an array of its own for each call costs more than many
 * a small mask. Not for anything that is handed out.
 */
export class Scratch {
  #words = new Int32Array(64)
  #bytes = new Uint8Array(this.#words.buffer)

  /** At least `length` words with anything in them. */
  take(length: number): Int32Array<ArrayBuffer> {
    if (length <= this.#words.length) return this.#words
    const words = new Int32Array(Math.max(length, Math.min(MOST_KEPT, this.#words.length * 2)))
    if (words.length <= MOST_KEPT) {
      this.#words = words
      this.#bytes = new Uint8Array(words.buffer)
    }
    return words
  }

  /** At least `length` bytes with anything in them, of the same memory. */
  takeBytes(length: number): Uint8Array<ArrayBuffer> {
    const words = this.take((length + 3) >> 2)
    return words === this.#words ? this.#bytes : new Uint8Array(words.buffer)
  }

  /** As `take`, with zeros in the first `length` words. */
  zeros(length: number): Int32Array<ArrayBuffer> {
    if (length > MOST_KEPT) return new Int32Array(length)
    return this.take(length).fill(0, 0, length)
  }

  /** At least `length` words that begin with the first `used` of `words`. */
  grow(words: Int32Array, used: number, length: number): Int32Array<ArrayBuffer> {
    const larger = this.take(Math.max(length, words.length * 2))
    larger.set(words.subarray(0, used))
    return larger
  }
}
