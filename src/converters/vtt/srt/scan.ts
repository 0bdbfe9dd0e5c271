import type { TextLines } from '../lines.js'
import { ARROW } from '../timing.js'
import { srtTiming } from './timing.js'

/** A cue of a SubRip file as its text stands there. */
export interface SrtCue {
  readonly kind: 'cue'
  /** The line above the timing: a number counted from 1 as a rule, empty where there is none. */
  readonly counter: string
  /** Whole milliseconds. */
  readonly start: number
  readonly end: number
  /** `X1:100 X2:600 Y1:50 Y2:100`: what stands behind the times. */
  readonly coordinates: string
  /** With its markup; lines joined by LF. */
  readonly text: string
}

/** Lines that are no cue, or a cue whose timing cannot be read. */
export interface SrtBlock {
  readonly kind: 'other' | 'broken'
  readonly text: string
}

export interface SrtDocument {
  readonly blocks: readonly (SrtCue | SrtBlock)[]
}

export interface SrtExtent {
  readonly from: number
  readonly to: number
  /** The line with the times; -1 where there is none. */
  readonly timing: number
}

export interface ScannedSrt extends SrtDocument {
  readonly lines: TextLines
  readonly extents: readonly SrtExtent[]
}

/** The document of a text without byte order mark. Never fails. */
export function scanSrt(lines: TextLines): ScannedSrt {
  const blocks: (SrtCue | SrtBlock)[] = []
  const extents: SrtExtent[] = []
  for (let at = 0; at < lines.count; ) {
    if (isBlankLine(lines.line(at))) {
      at++
      continue
    }
    const extent = blockAt(lines, at)
    extents.push(extent)
    blocks.push(readBlock(lines, extent))
    at = extent.to
  }
  return { blocks, lines, extents }
}

/** Whether a line is one that tries to say times, at the place of a block where they stand. */
function blockAt(lines: TextLines, from: number): SrtExtent {
  const timing = lines.line(from).includes(ARROW) ? from : lineHasArrow(lines, from + 1) ? from + 1 : -1
  let to = timing < 0 ? from + 1 : timing + 1
  // A text ends with a blank line; where that is missing, with what begins the next cue.
  while (to < lines.count && !isBlankLine(lines.line(to)) && !startsCue(lines, to)) to++
  return { from, to, timing }
}

function startsCue(lines: TextLines, at: number): boolean {
  if (isTiming(lines, at)) return true
  return isCounter(lines.line(at)) && isTiming(lines, at + 1)
}

function isTiming(lines: TextLines, at: number): boolean {
  return lineHasArrow(lines, at) && srtTiming(lines.line(at)) !== undefined
}

function lineHasArrow(lines: TextLines, at: number): boolean {
  return at < lines.count && lines.line(at).includes(ARROW)
}

export function isCounter(line: string): boolean {
  return /^[ \t]*\d+[ \t]*$/.test(line)
}

function isBlankLine(line: string): boolean {
  return /^[\t\f ]*$/.test(line)
}

function readBlock(lines: TextLines, { from, to, timing }: SrtExtent): SrtCue | SrtBlock {
  if (timing < 0) return { kind: 'other', text: lines.joined(from, to) }
  const read = srtTiming(lines.line(timing))
  if (read === undefined) return { kind: 'broken', text: lines.joined(from, to) }
  const { start, end, coordinates } = read
  const counter = timing === from ? '' : lines.line(from).trim()
  return { kind: 'cue', counter, start, end, coordinates, text: lines.joined(timing + 1, to) }
}
