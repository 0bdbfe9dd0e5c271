import { withoutReferences } from './character-references.js'

/** A piece of cue text. Offsets are within the text; `closed`: the tag has its `>`. */
export type CueToken =
  | { readonly kind: 'text'; readonly at: number; readonly end: number; readonly text: string }
  | {
      readonly kind: 'start'
      readonly at: number
      readonly end: number
      readonly name: string
      /** Empty ones included. */
      readonly classes: readonly string[]
      /** White space at its ends cut off, runs of it one space. */
      readonly annotation: string | undefined
      readonly closed: boolean
    }
  | { readonly kind: 'end'; readonly at: number; readonly end: number; readonly name: string; readonly closed: boolean }
  | {
      readonly kind: 'timestamp'
      readonly at: number
      readonly end: number
      readonly value: string
      readonly closed: boolean
    }

const NAME = /[^\t\n\f .>]*/y

/** The tokens of a cue text, as the tokenizer of the specification gives them. Takes time linear in the text. */
export function* cueTokens(text: string): Generator<CueToken> {
  let at = 0
  while (at < text.length) {
    const token = text[at] === '<' ? tagAt(text, at) : textAt(text, at)
    yield token
    at = token.end
  }
}

function textAt(text: string, at: number): CueToken {
  const tag = text.indexOf('<', at)
  const end = tag < 0 ? text.length : tag
  return { kind: 'text', at, end, text: withoutReferences(text.slice(at, end)) }
}

function tagAt(text: string, at: number): CueToken {
  const first = text.charAt(at + 1)
  if (first === '/' || (first >= '0' && first <= '9')) {
    const stop = text.indexOf('>', at)
    const closed = stop >= 0
    const [inner, end] = closed ? [stop, stop + 1] : [text.length, text.length]
    return first === '/'
      ? { kind: 'end', at, end, name: text.slice(at + 2, inner), closed }
      : { kind: 'timestamp', at, end, value: text.slice(at + 1, inner), closed }
  }
  return startTagAt(text, at)
}

function startTagAt(text: string, at: number): CueToken {
  let next = at + 1
  const word = (): string => {
    NAME.lastIndex = next
    const found = NAME.exec(text)?.[0] ?? ''
    next += found.length
    return found
  }
  const name = word()
  const classes: string[] = []
  while (text[next] === '.') {
    next++
    classes.push(word())
  }
  let annotation: string | undefined
  if (next < text.length && text[next] !== '>') {
    const stop = text.indexOf('>', next)
    const end = stop < 0 ? text.length : stop
    annotation = collapsed(withoutReferences(text.slice(next, end)))
    next = end
  }
  const closed = next < text.length
  return { kind: 'start', at, end: closed ? next + 1 : next, name, classes, annotation, closed }
}

/** Without ASCII white space at its ends, and one space for each run of it. */
export function collapsed(text: string): string {
  return text
    .split(/[\t\n\f\r ]+/)
    .filter((word) => word !== '')
    .join(' ')
}
