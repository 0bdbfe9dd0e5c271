import type { Finding } from './document.js'
import type { TextLines } from './lines.js'

/** More than this of one file nobody reads; a hostile file could have as many as it has characters. */
const MOST = 10_000

/** What was found in one file. Lines and offsets given here count from 0. */
export class Findings {
  readonly list: Finding[] = []

  add(line: number, offset: number, finding: Omit<Finding, 'line' | 'column'>): void {
    // What is left out is always told.
    if (this.list.length >= MOST && finding.lossy !== true) {
      if (this.list.length === MOST)
        this.list.push({
          line: line + 1,
          column: offset + 1,
          message: `more than ${MOST} departures; others are not listed`,
        })
      return
    }
    this.list.push({ ...finding, line: line + 1, column: offset + 1 })
  }

  /** From top to bottom. */
  sort(): void {
    this.list.sort((a, b) => a.line - b.line || a.column - b.column)
  }
}

/** The places in a text that consists of lines joined by LF. Offsets have to come in their order. */
export class PlacesInText {
  readonly #lines: TextLines
  #line: number
  #start = 0

  constructor(lines: TextLines, from: number) {
    this.#lines = lines
    this.#line = from
  }

  at(offset: number): readonly [line: number, offset: number] {
    for (;;) {
      const length = this.#lines.end(this.#line) - this.#lines.start(this.#line)
      if (offset <= this.#start + length || this.#line + 1 >= this.#lines.count)
        return [this.#line, offset - this.#start]
      this.#start += length + 1
      this.#line++
    }
  }
}
