import { AnnotationError, type Place } from '../../errors.js'

/** Lines and columns of offsets in a text, both from 1. Lines end with LF, CRLF or CR alone. */
export class TextPlaces {
  readonly file: string
  readonly #text: string
  #starts: number[] | undefined

  constructor(text: string, file: string) {
    this.#text = text
    this.file = file
  }

  /** Where the character at `offset` stands. */
  at(offset: number): Place {
    this.#starts ??= lineStarts(this.#text)
    const starts = this.#starts
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((starts[middle] as number) <= offset) low = middle
      else high = middle
    }
    return { file: this.file, line: low + 1, column: offset - (starts[low] as number) + 1 }
  }

  /** `xml-syntax` at an offset. */
  fault(offset: number, reason: string, got?: string): AnnotationError {
    return new AnnotationError('xml-syntax', reason, { place: this.at(offset), got })
  }
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length)
  return starts
}
