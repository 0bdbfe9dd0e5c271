import type { VttBlock, VttCue, VttDocument } from './document.js'
import type { TextLines } from './lines.js'
import { ARROW, readTiming, trimmed } from './timing.js'

// The parser of the specification (https://www.w3.org/TR/webvtt1/#file-parsing), line by line.

/** Where a block stands: its lines, the last not included, and which of them has the arrow of a cue. */
export interface Extent {
  readonly from: number
  readonly to: number
  /** -1 where there is none. */
  readonly timing: number
}

/** A document with the place of each of its blocks. */
export interface ScannedVtt extends VttDocument {
  readonly lines: TextLines
  readonly extents: readonly Extent[]
}

/** Whether a text is WebVTT at all: its first line is the word, or the word and something behind a space or a tab. */
export function hasSignature(text: string): boolean {
  return /^WEBVTT(?:[ \t\r\n]|$)/.test(text)
}

/** The document of a text that {@link hasSignature}. The text has no byte order mark and no NUL. */
export function scanVtt(lines: TextLines): ScannedVtt {
  const header: string[] = []
  let at = 1
  for (; at < lines.count && !lines.isEmpty(at); at++) {
    const line = lines.line(at)
    if (line.includes(ARROW)) break
    header.push(line)
  }
  const blocks: (VttCue | VttBlock)[] = []
  const extents: Extent[] = []
  let seenCue = false
  while (at < lines.count) {
    if (lines.isEmpty(at)) {
      at++
      continue
    }
    const extent = blockAt(lines, at)
    const block = readBlock(lines, extent, seenCue)
    if (block.kind === 'cue') seenCue = true
    blocks.push(block)
    extents.push(extent)
    at = extent.to
  }
  return { title: lines.line(0).slice(7), header, blocks, lines, extents }
}

/** The lines of the block that starts at a line which is not empty. */
function blockAt(lines: TextLines, from: number): Extent {
  let timing = -1
  let at = from
  for (; at < lines.count && !lines.isEmpty(at); at++) {
    if (!lines.line(at).includes(ARROW)) continue
    // An arrow anywhere else starts the next block.
    if (timing >= 0 || at > from + 1) break
    timing = at
  }
  return { from, to: at, timing }
}

function readBlock(lines: TextLines, { from, to, timing }: Extent, seenCue: boolean): VttCue | VttBlock {
  if (timing >= 0) {
    const line = lines.line(timing)
    const read = readTiming(line)
    if ('failedAt' in read) return { kind: 'broken', text: lines.joined(from, to) }
    return {
      kind: 'cue',
      id: timing === from ? '' : lines.line(from),
      start: read.start.ms,
      end: read.end.ms,
      settings: trimmed(line.slice(read.settingsAt)),
      text: lines.joined(timing + 1, to),
    }
  }
  const first = lines.line(from)
  const rest = lines.joined(from + 1, to)
  if (!seenCue && isWord(first, 'STYLE')) return { kind: 'style', text: rest }
  if (!seenCue && isWord(first, 'REGION')) return { kind: 'region', text: rest }
  if (/^NOTE(?:[ \t]|$)/.test(first)) {
    const same = first.slice(5)
    return { kind: 'note', text: same === '' ? rest : rest === '' ? same : `${same}\n${rest}` }
  }
  return { kind: 'other', text: lines.joined(from, to) }
}

/** Whether a line is this word, and white space behind it at most. */
export function isWord(line: string, word: string): boolean {
  return line.startsWith(word) && /^[\t\f ]*$/.test(line.slice(word.length))
}
