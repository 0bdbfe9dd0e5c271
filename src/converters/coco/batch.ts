import { AnnotationError } from '../../errors.js'
import type { ByteSource } from '../../ports.js'

/** A run of bytes; `base` is the position in the file of `bytes[0]`, so that `base + start` is where the slice stands. */
export interface Slice {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly base: number
}

/** Where an element stands in the file. */
export interface Extent {
  readonly offset: number
  readonly length: number
}

/** Reading over a gap of this many bytes costs about what another read does. */
const GAP = 1 << 14
const WINDOW = 1 << 18

/**
 * Some elements of an array, read together. The annotations of an image may lie anywhere in the file; read one by one,
 * the calls cost more than the bytes, so neighbours are read as one run.
 */
export class Batch {
  readonly #numbers: Uint32Array
  readonly #starts: Float64Array
  readonly #offsets: Float64Array
  readonly #bytes: Uint8Array

  private constructor(numbers: Uint32Array, starts: Float64Array, offsets: Float64Array, bytes: Uint8Array) {
    this.#numbers = numbers
    this.#starts = starts
    this.#offsets = offsets
    this.#bytes = bytes
  }

  /** Reads the elements with these numbers, ascending, which is also their order in the file. */
  static async read(source: ByteSource, numbers: Uint32Array, at: (number: number) => Extent): Promise<Batch> {
    const count = numbers.length
    const starts = new Float64Array(count + 1)
    const offsets = new Float64Array(count)
    for (let i = 0; i < count; i++) {
      const { offset, length } = at(numbers[i] as number)
      offsets[i] = offset
      starts[i + 1] = (starts[i] as number) + length
    }
    const bytes = new Uint8Array(starts[count] as number)
    const lengthOf = (i: number): number => (starts[i + 1] as number) - (starts[i] as number)
    let window = new Uint8Array(0)
    for (let first = 0; first < count; ) {
      const offset = offsets[first] as number
      let end = offset + lengthOf(first)
      let next = first + 1
      while (next < count) {
        const nextEnd = (offsets[next] as number) + lengthOf(next)
        if ((offsets[next] as number) - end > GAP || nextEnd - offset > WINDOW) break
        end = nextEnd
        next++
      }
      // A run without gaps goes straight to its place.
      const whole = end - offset === (starts[next] as number) - (starts[first] as number)
      if (!whole && window.length === 0) window = new Uint8Array(WINDOW)
      const start = starts[first] as number
      const target = whole ? bytes.subarray(start, start + end - offset) : window.subarray(0, end - offset)
      const filled = fill(source, offset, target)
      if (filled !== undefined) await filled
      for (let i = first; i < next && !whole; i++) {
        const from = (offsets[i] as number) - offset
        bytes.set(window.subarray(from, from + lengthOf(i)), starts[i] as number)
      }
      first = next
    }
    return new Batch(numbers, starts, offsets, bytes)
  }

  /** The element with this number, which must be one of the batch. */
  slice(number: number): Slice {
    let low = 0
    let high = this.#numbers.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#numbers[middle] as number) < number) low = middle + 1
      else high = middle
    }
    const start = this.#starts[low] as number
    const end = this.#starts[low + 1] as number
    return { bytes: this.#bytes, start, end, base: (this.#offsets[low] as number) - start }
  }
}

function fill(source: ByteSource, offset: number, target: Uint8Array): Promise<void> | undefined {
  if (source.readSync === undefined) return fillLater(source, offset, target)
  for (let filled = 0; filled < target.length; ) {
    const read = source.readSync(offset + filled, target.subarray(filled))
    if (read === 0) throw shrunk(source)
    filled += read
  }
  return undefined
}

async function fillLater(source: ByteSource, offset: number, target: Uint8Array): Promise<void> {
  for (let filled = 0; filled < target.length; ) {
    const read = await source.read(offset + filled, target.subarray(filled))
    if (read === 0) throw shrunk(source)
    filled += read
  }
}

function shrunk(source: ByteSource): AnnotationError {
  return new AnnotationError('io', 'the file became shorter while it was read', { place: { file: source.name } })
}
