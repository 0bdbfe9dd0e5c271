/** Collects foreground intervals, in ascending order, into canonical runs. */
export class RunBuilder {
  #runs: Int32Array
  #used = 0
  #end = 0

  /** `capacity` is a guess at the count of runs; it grows as needed. */
  constructor(capacity = 64) {
    this.#runs = new Int32Array(Math.max(4, capacity))
  }

  /** Adds the pixels `start <= index < end`; `start` must not lie before the end of the interval before. Empty ones are ignored. */
  add(start: number, end: number): void {
    if (start >= end) return
    if (this.#used > 0 && start === this.#end) {
      this.#runs[this.#used - 1] = (this.#runs[this.#used - 1] as number) + (end - start)
    } else {
      if (this.#used + 3 > this.#runs.length) {
        const larger = new Int32Array(this.#runs.length * 2)
        larger.set(this.#runs)
        this.#runs = larger
      }
      this.#runs[this.#used++] = start - this.#end
      this.#runs[this.#used++] = end - start
    }
    this.#end = end
  }

  /** The runs of a mask of `total` pixels, the rest being background. */
  finish(total: number): Int32Array {
    const rest = total - this.#end
    if (rest > 0 || this.#used === 0) this.#runs[this.#used++] = rest
    return this.#runs.slice(0, this.#used)
  }
}
