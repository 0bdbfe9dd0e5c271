/** A text cut into lines at CRLF, LF and CR. Offsets are those of the text; a line does not hold its end. */
export class TextLines {
  readonly text: string
  readonly #starts: number[] = []
  readonly #ends: number[] = []
  /** Whether the last line has an end of its own. An empty text has no line. */
  readonly ended: boolean

  constructor(text: string) {
    this.text = text
    const end = /\r\n|\n|\r/g
    let start = 0
    for (let found = end.exec(text); found !== null; found = end.exec(text)) {
      this.#starts.push(start)
      this.#ends.push(found.index)
      start = end.lastIndex
    }
    this.ended = start === text.length && start > 0
    if (start < text.length) {
      this.#starts.push(start)
      this.#ends.push(text.length)
    }
  }

  get count(): number {
    return this.#starts.length
  }

  start(line: number): number {
    return this.#starts[line] as number
  }

  end(line: number): number {
    return this.#ends[line] as number
  }

  isEmpty(line: number): boolean {
    return this.#starts[line] === this.#ends[line]
  }

  line(line: number): string {
    return this.text.slice(this.#starts[line], this.#ends[line])
  }

  /** The lines from one to another, the last not included, joined by LF. */
  joined(from: number, to: number): string {
    if (to <= from) return ''
    const text = this.text.slice(this.#starts[from], this.#ends[to - 1])
    return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  }

  /** Where the line after this one starts: after the end of this one. */
  after(line: number): number {
    return line + 1 < this.count ? this.start(line + 1) : this.text.length
  }
}
