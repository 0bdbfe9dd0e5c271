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
  let result = ''
  let tail = pieces[0] ?? ''
  const put = (each: SlotText): void => {
    result += tail
    if (each.needsBlankLine && !/^\ufeff?$/.test(result)) result += end.repeat(lineEndsMissing(tail))
    result += each.source || end === '\n' ? each.text : each.text.replaceAll('\n', end)
  }
  for (let i = 0; i < slots; i++) {
    const each = texts[i]
    const next = pieces[i + 1] ?? ''
    if (each === undefined) {
      tail += next.slice(leadingLineEnds(next))
      continue
    }
    put(each)
    tail = next
  }
  const rest = texts.slice(slots)
  if (rest.length === 0) return result + tail
  result += tail
  tail = ''
  for (const each of rest) {
    const missing = /^\ufeff?$/.test(result) ? 0 : lineEndsMissing(result)
    result += end.repeat(missing) + (each.source || end === '\n' ? each.text : each.text.replaceAll('\n', end)) + end
  }
  return result
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
