import { characterReferenceAt } from './character-references.js'
import { type CueToken, cueTokens } from './cue-tokens.js'
import { closeSpan, isSpanName, type SpanName, wholeTimestamp } from './cue-tree.js'
import type { VttCue } from './document.js'
import { type Findings, PlacesInText } from './findings.js'
import type { TextLines } from './lines.js'
import { timestampAt } from './timestamp.js'

interface OpenSpan {
  readonly kind: SpanName
  readonly at: readonly [line: number, offset: number]
}

/** What of the text of a cue is against the syntax of captions. `from`: the first line of the text. */
export function checkCueText(cue: VttCue, lines: TextLines, from: number, findings: Findings): void {
  if (!/[<&]/.test(cue.text)) return
  const places = new PlacesInText(lines, from)
  const open: OpenSpan[] = []
  let latest = cue.start
  let components = 0
  for (const token of cueTokens(cue.text)) {
    const at = places.at(token.at)
    const tell = (message: string): void => {
      findings.add(...at, {
        message,
        got: JSON.stringify(cue.text.slice(token.at, Math.min(token.end, token.at + 40))),
      })
    }
    if (open.length === 0) components++
    if (token.kind === 'text') {
      checkReferences(cue.text, token.at, token.end, places, findings)
      continue
    }
    if (!token.closed) tell('a tag without its >')
    if (token.kind === 'timestamp') latest = checkTimestamp(token.value, latest, cue.end, tell)
    else if (token.kind === 'end') {
      if (!closeSpan(open, token.name)) tell('the end of nothing')
    } else checkStart(token, cue.text, open, at, tell)
  }
  checkUnclosed(open, components, findings)
}

function checkStart(
  token: CueToken & { readonly kind: 'start' },
  text: string,
  open: OpenSpan[],
  at: OpenSpan['at'],
  tell: (message: string) => void,
): void {
  const { name, classes, annotation } = token
  if (!isSpanName(name) || (name === 'rt' && open.at(-1)?.kind !== 'ruby')) {
    tell(name === 'rt' ? 'rt outside of ruby' : 'a tag nobody knows, or < for itself')
    return
  }
  if (classes.includes('')) tell('a class without a name')
  const needsAnnotation = name === 'v' || name === 'lang'
  if (needsAnnotation && (annotation === undefined || annotation === '')) tell(`${name} without a name behind it`)
  if (!needsAnnotation && annotation !== undefined) tell(`${name} with something behind it`)
  if (text.slice(token.at, token.end).includes('\n')) tell('a tag of two lines')
  open.push({ kind: name, at })
}

/** The latest time so far. */
function checkTimestamp(value: string, latest: number, end: number, tell: (message: string) => void): number {
  const ms = wholeTimestamp(value)
  if (ms === undefined) {
    tell('a tag that begins with a digit and is no timestamp')
    return latest
  }
  if (timestampAt(value, 0)?.hourDigits === 1) tell('hours of one digit')
  if (ms <= latest || ms >= end) tell('a timestamp that is not after those before it, or not within its cue')
  return Math.max(latest, ms)
}

function checkReferences(text: string, from: number, to: number, places: PlacesInText, findings: Findings): void {
  // Cut out first: looking for what is not there must not go on to the end of the cue.
  const piece = text.slice(from, to)
  for (let at = piece.indexOf('&'); at >= 0; ) {
    const reference = characterReferenceAt(piece, at)
    if (reference === undefined || !reference.sound)
      findings.add(...places.at(from + at), {
        message: 'an ampersand that begins no whole character reference',
        expected: '&amp;',
        got: JSON.stringify(piece.slice(at, reference?.end ?? at + 10)),
      })
    at = piece.indexOf('&', reference?.end ?? at + 1)
  }
}

/** A voice may stay open where there is nothing else, and a reading to the end of its ruby. */
function checkUnclosed(open: readonly OpenSpan[], components: number, findings: Findings): void {
  for (const { kind, at } of open)
    if (kind !== 'v' || components > 1) findings.add(...at, { message: 'a tag without its end', got: `<${kind}>` })
}
