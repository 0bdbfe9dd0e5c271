// The source text of a file with a mark where each cue stood: what is around the cues stays, and each of them can change,
// go or come by itself.

const SLOT = '<?cue?>'

/** A stretch of a text. `keep`: a cue, which gets a slot; else it is cut out. */
export interface CueStretch {
  readonly start: number
  readonly end: number
  readonly keep: boolean
}

/** The text with slots. Undefined where it has such a mark of its own. */
export function withSlots(text: string, stretches: readonly CueStretch[]): string | undefined {
  if (text.includes(SLOT)) return undefined
  let result = ''
  let at = 0
  for (const { start, end, keep } of stretches) {
    result += text.slice(at, start) + (keep ? SLOT : '')
    at = end
  }
  return result + text.slice(at)
}

/** A cue to be put into a slot. Its lines are joined by LF; `source`: it is the text it was read from. */
export interface SlotText {
  readonly text: string
  readonly source: boolean
  /** Whether its first line is one that could be taken for the end of the block above. */
  readonly needsBlankLine: boolean
}

/**
 * A text with its slots filled in their order. Slots that are left go with the blank lines behind them; texts that are
 * left follow the last slot, or the end. Line ends of new texts are those of the file.
 */
export function filledSlots(text: string, texts: readonly SlotText[]): string {
  const pieces = text.split(SLOT)
  const end = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n'
  const slots = pieces.length - 1
  // Only the ends of what is there are looked at: a look at all of it for every cue would take quadratic time.
  const written: string[] = []
  let head = ''
  let last = ''
  const add = (piece: string): void => {
    if (head.length < 2) head += piece.slice(0, 2)
    last = (last + piece.slice(-4)).slice(-4)
    written.push(piece)
  }
  const isFirst = (): boolean => head === '' || head === '\ufeff'
  const textOf = ({ source, text: own }: SlotText): string => (source || end === '\n' ? own : own.replaceAll('\n', end))
  let tail = pieces[0] ?? ''
  for (let i = 0; i < slots; i++) {
    const each = texts[i]
    const next = pieces[i + 1] ?? ''
    if (each === undefined) {
      tail += next.slice(leadingLineEnds(next))
      continue
    }
    add(tail)
    if (each.needsBlankLine && !isFirst()) add(end.repeat(lineEndsMissing(tail)))
    add(textOf(each))
    tail = next
  }
  add(tail)
  for (const each of texts.slice(slots)) {
    add(end.repeat(isFirst() ? 0 : lineEndsMissing(last)))
    add(textOf(each) + end)
  }
  return written.join('')
}

/** How many line ends a text lacks to end with a blank line. */
function lineEndsMissing(text: string): number {
  const ends = /(?:\r\n|\n|\r)*$/.exec(text.slice(-4))?.[0] ?? ''
  return Math.max(0, 2 - ends.split(/\r\n|\n|\r/).length + 1)
}

function leadingLineEnds(text: string): number {
  let at = 0
  while (text[at] === '\n' || text[at] === '\r') at++
  return at
}
