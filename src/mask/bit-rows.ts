import type { RunBuilder } from './run-builder.js'

/** The pixels of a canvas as bits, each row in words of its own: what is painted a hundred times over costs no more memory. */
export class BitRows {
  readonly #width: number
  readonly #height: number
  readonly #stride: number
  readonly #words: Int32Array

  constructor(width: number, height: number) {
    this.#width = width
    this.#height = height
    this.#stride = BitRows.wordsOf(width, 1)
    this.#words = new Int32Array(BitRows.wordsOf(width, height))
  }

  /** Words of 32 bits that a canvas takes. */
  static wordsOf(width: number, height: number): number {
    return Math.ceil(width / 32) * height
  }

  /** Sets the pixels `start <= x < end` of a row, which must lie on the canvas. */
  add(row: number, start: number, end: number): void {
    const words = this.#words
    const base = row * this.#stride
    const first = base + (start >> 5)
    const last = base + ((end - 1) >> 5)
    const head = -1 << (start & 31)
    const foot = -1 >>> (31 - ((end - 1) & 31))
    if (first === last) {
      words[first] = (words[first] as number) | (head & foot)
      return
    }
    words[first] = (words[first] as number) | head
    for (let i = first + 1; i < last; i++) words[i] = -1
    words[last] = (words[last] as number) | foot
  }

  /** Adds the pixels, numbered row by row, to runs. */
  build(builder: RunBuilder): void {
    const words = this.#words
    const stride = this.#stride
    for (let row = 0; row < this.#height; row++) {
      const base = row * this.#width
      let start = -1
      // All bits set where the pixel before is.
      let before = 0
      for (let k = 0; k < stride; k++) {
        const bits = words[row * stride + k] as number
        let changes = bits ^ ((bits << 1) | (before & 1))
        before = bits >> 31
        while (changes !== 0) {
          const bit = changes & -changes
          changes ^= bit
          const at = base + (k << 5) + 31 - Math.clz32(bit)
          if (start < 0) start = at
          else {
            builder.add(start, at)
            start = -1
          }
        }
      }
      if (start >= 0) builder.add(start, base + this.#width)
    }
  }
}
