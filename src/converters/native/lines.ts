import type { ByteSource } from '../../ports.js'

const LINE_FEED = 0x0a
const SPACE = 0x20

/** How many bytes are read at a time. */
export const WINDOW = 1 << 18

/** Where reading goes on: the byte after the last line, and how many lines were before it. */
export interface LinePosition {
  readonly offset: number
  readonly lines: number
}

/**
 * Walks through the lines of a source. After `next` has said true, `bytes[start, end)` is a line without its end and
 * without white space around it, valid until the next call. Blank lines are counted and passed over. Holds the longest
 * line and a window.
 */
export class LineReader {
  bytes: Uint8Array
  start = 0
  end = 0
  /** White space before `start` in its line, in bytes. */
  indent = 0
  /** Of the current line, from 1. */
  number: number
  readonly #source: ByteSource
  readonly #window: number
  // The file's bytes from `#base` are in `bytes[0, #filled)`; the next line starts at `#next`, and up to `#searched` there is
  // no line feed.
  #base: number
  #filled = 0
  #next = 0
  #searched = 0
  #ended = false

  constructor(source: ByteSource, from: LinePosition = { offset: 0, lines: 0 }, window: number = WINDOW) {
    this.#source = source
    this.#window = window
    this.#base = from.offset
    this.number = from.lines
    this.bytes = new Uint8Array(window)
  }

  get position(): LinePosition {
    return { offset: this.#base + this.#next, lines: this.number }
  }

  /** Goes to the next line; false at the end. Only a promise needs awaiting. */
  next(): boolean | Promise<boolean> {
    for (;;) {
      const feed = this.bytes.subarray(this.#searched, this.#filled).indexOf(LINE_FEED)
      const stop = feed >= 0 ? this.#searched + feed : this.#ended ? this.#filled : -1
      if (stop < 0) {
        this.#searched = this.#filled
        const reading = this.#fill()
        if (reading !== undefined) return reading.then(() => this.next())
        continue
      }
      if (feed < 0 && this.#next === this.#filled) return false
      this.number++
      this.#take(stop)
      if (this.start < this.end) return true
    }
  }

  #take(stop: number): void {
    let start = this.#next
    let end = stop
    while (start < end && isSpace(this.bytes[start] as number)) start++
    while (start < end && isSpace(this.bytes[end - 1] as number)) end--
    this.start = start
    this.end = end
    this.indent = start - this.#next
    this.#next = Math.min(stop + 1, this.#filled)
    this.#searched = this.#next
  }

  #fill(): undefined | Promise<void> {
    this.#makeRoom()
    const target = this.bytes.subarray(this.#filled, this.#filled + this.#window)
    const offset = this.#base + this.#filled
    if (this.#source.readSync === undefined)
      return this.#source.read(offset, target).then((read) => this.#filledBy(read))
    this.#filledBy(this.#source.readSync(offset, target))
    return undefined
  }

  #filledBy(read: number): void {
    this.#filled += read
    this.#ended = read === 0
  }

  // Moves the unfinished line to the front, into a larger array when it has outgrown this one.
  #makeRoom(): void {
    const kept = this.#filled - this.#next
    const room = kept + this.#window <= this.bytes.length
    const bytes = room ? this.bytes : new Uint8Array(kept * 2 + this.#window)
    if (this.#next > 0 || !room) bytes.set(this.bytes.subarray(this.#next, this.#filled))
    this.bytes = bytes
    this.#base += this.#next
    this.#searched -= this.#next
    this.#filled = kept
    this.#next = 0
  }
}

/** White space of JSON, which may surround any value. */
function isSpace(byte: number): boolean {
  return byte <= SPACE && (byte === SPACE || byte === 0x09 || byte === 0x0d || byte === LINE_FEED)
}
