import { type CueToken, cueTokens } from './cue-tokens.js'
import { timestampAt } from './timestamp.js'

export const SPAN_NAMES = ['c', 'i', 'b', 'u', 'ruby', 'rt', 'v', 'lang'] as const

export type SpanName = (typeof SPAN_NAMES)[number]

/** A stretch of cue text: a class, italics, bold, underlined, ruby and its reading, a voice, a language. */
export interface CueSpan {
  readonly kind: SpanName
  readonly classes: readonly string[]
  /** Of `v` the name of who speaks, of `lang` the language; empty where the tag does not say. Others have none. */
  readonly annotation?: string | undefined
  readonly children: readonly CueNode[]
}

export type CueNode =
  | { readonly kind: 'text'; readonly text: string }
  /** What follows becomes active at this time. */
  | { readonly kind: 'timestamp'; readonly ms: number }
  | CueSpan

interface Open {
  readonly kind: SpanName
  readonly children: CueNode[]
}

/** A cue text as the tree a browser makes of it. Tags that nobody knows and ends of nothing are passed over. */
export function cueTree(text: string): readonly CueNode[] {
  const root: CueNode[] = []
  const open: Open[] = []
  for (const token of cueTokens(text)) {
    const children = open.at(-1)?.children ?? root
    if (token.kind === 'text') children.push({ kind: 'text', text: token.text })
    else if (token.kind === 'timestamp') {
      const found = wholeTimestamp(token.value)
      if (found !== undefined) children.push({ kind: 'timestamp', ms: found })
    } else if (token.kind === 'end') closeSpan(open, token.name)
    else {
      const span = spanOf(token, open.at(-1)?.kind)
      if (span === undefined) continue
      children.push(span)
      open.push(span)
    }
  }
  return root
}

/** The time of a timestamp tag; undefined where it is none, or something follows. */
export function wholeTimestamp(value: string): number | undefined {
  const found = timestampAt(value, 0)
  return found !== undefined && found.end === value.length ? found.ms : undefined
}

export function isSpanName(name: string): name is SpanName {
  return (SPAN_NAMES as readonly string[]).includes(name)
}

function spanOf(
  { name, classes, annotation }: CueToken & { readonly kind: 'start' },
  parent: SpanName | undefined,
): (Open & CueSpan) | undefined {
  if (!isSpanName(name) || (name === 'rt' && parent !== 'ruby')) return undefined
  const span = { kind: name, classes: classes.filter((each) => each !== ''), children: [] as CueNode[] }
  return name === 'v' || name === 'lang' ? { ...span, annotation: annotation ?? '' } : span
}

/** Takes the innermost span off where an end tag ends it. Whether it did. */
export function closeSpan(open: { readonly kind: SpanName }[], name: string): boolean {
  const current = open.at(-1)?.kind
  if (current === undefined) return false
  if (current === name) open.pop()
  else if (name === 'ruby' && current === 'rt') open.length -= 2
  else return false
  return true
}

/** What is said in a cue text, without its markup; readings of ruby stand behind what they belong to. */
export function plainText(text: string): string {
  if (!text.includes('<') && !text.includes('&')) return text
  let plain = ''
  for (const token of cueTokens(text)) if (token.kind === 'text') plain += token.text
  return plain
}

/** The voices of a cue text, each once, in order. */
export function voicesOf(text: string): readonly string[] {
  if (!text.includes('<v')) return []
  const voices = new Set<string>()
  for (const token of cueTokens(text))
    if (token.kind === 'start' && token.name === 'v' && token.annotation !== undefined && token.annotation !== '')
      voices.add(token.annotation)
  return [...voices]
}
