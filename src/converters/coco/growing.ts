// Growing lists of numbers, so that an index of a million annotations costs bytes and not objects.

abstract class Growing<T extends Float64Array | Uint32Array> {
  #data: T
  #length = 0

  constructor(data: T) {
    this.#data = data
  }

  protected abstract make(length: number): T

  get length(): number {
    return this.#length
  }

  push(value: number): void {
    if (this.#length === this.#data.length) {
      const larger = this.make(this.#data.length * 2)
      larger.set(this.#data)
      this.#data = larger
    }
    this.#data[this.#length++] = value
  }

  clear(): void {
    this.#length = 0
  }

  /** The values so far; not to be changed, and stale after the next `push`. */
  view(): T {
    return this.#data.subarray(0, this.#length) as T
  }
}

export class Floats extends Growing<Float64Array> {
  constructor() {
    super(new Float64Array(1024))
  }

  protected make(length: number): Float64Array {
    return new Float64Array(length)
  }
}

export class Words extends Growing<Uint32Array> {
  constructor() {
    super(new Uint32Array(1024))
  }

  protected make(length: number): Uint32Array {
    return new Uint32Array(length)
  }
}
