import type { ByteSource } from '../../ports.js'

/** A run of bytes inside a window that is valid until the next `get`. */
export interface Slice {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  /** Position in the file of `bytes[0]`. */
  readonly base: number
}

const SMALL = 4096
const LARGE = 1 << 18

/**
 * Random access to slices of a source through one window. Reads ahead far only while accesses run forward through the
 * file: annotations may lie anywhere, and reading a quarter megabyte for each of 860 000 of them would cost minutes.
 */
export class SliceReader {
  readonly #source: ByteSource
  #window = new Uint8Array(SMALL)
  #base = 0
  #filled = 0
  #ahead = SMALL

  constructor(source: ByteSource) {
    this.#source = source
  }

  get(offset: number, length: number): Slice | Promise<Slice> {
    const start = offset - this.#base
    if (start >= 0 && start + length <= this.#filled) return this.#slice(start, length)
    const forward = start >= 0 && start <= this.#filled + SMALL
    this.#ahead = forward ? Math.min(LARGE, this.#ahead * 4) : SMALL
    const want = Math.min(Math.max(length, this.#ahead), this.#source.size - offset)
    if (this.#window.length < want) this.#window = new Uint8Array(want)
    this.#base = offset
    this.#filled = 0
    const target = this.#window.subarray(0, want)
    if (this.#source.readSync === undefined) return this.#fill(target, length)
    while (this.#filled < want) {
      const read = this.#source.readSync(offset + this.#filled, target.subarray(this.#filled))
      if (read === 0) break
      this.#filled += read
    }
    return this.#slice(0, length)
  }

  async #fill(target: Uint8Array, length: number): Promise<Slice> {
    while (this.#filled < target.length) {
      const read = await this.#source.read(this.#base + this.#filled, target.subarray(this.#filled))
      if (read === 0) break
      this.#filled += read
    }
    return this.#slice(0, length)
  }

  #slice(start: number, length: number): Slice {
    return { bytes: this.#window, start, end: Math.min(start + length, this.#filled), base: this.#base }
  }
}
