import { checkCueText } from './check-cue-text.js'
import { checkCueSettings, checkRegion } from './check-settings.js'
import type { VttBlock, VttCue } from './document.js'
import type { Findings } from './findings.js'
import { type Extent, isWord, type ScannedVtt } from './scan.js'
import { ARROW, readTiming } from './timing.js'

// The syntax of the specification (https://www.w3.org/TR/webvtt1/#syntax), which is much stricter than its parser.

/** What of a document is against the syntax, from top to bottom. */
export function checkSyntax(document: ScannedVtt, findings: Findings): void {
  checkHeader(document, findings)
  const { lines, blocks, extents } = document
  const state: State = { ids: new Set(), regions: new Set(), latest: 0, isText: !saysMetadata(document) }
  for (const [i, block] of blocks.entries()) {
    const extent = extents[i] as Extent
    if (extent.from > 1 && !lines.isEmpty(extent.from - 1))
      findings.add(extent.from, 0, { message: 'a cue without a blank line before it', expected: 'a blank line' })
    if (block.kind === 'cue') checkCue(document, block, extent, state, findings)
    else checkBlock(document, block, extent, i, state, findings)
  }
  if (!lines.ended) {
    const last = lines.count - 1
    findings.add(last, lines.end(last) - lines.start(last), { message: 'the last line has no end' })
  }
}

interface State {
  readonly ids: Set<string>
  readonly regions: Set<string>
  /** The latest start so far. */
  latest: number
  /** Whether the texts of cues are captions, and not data for a program. */
  readonly isText: boolean
}

/** YouTube and others say so under the first line. */
function saysMetadata({ header }: ScannedVtt): boolean {
  return header.some((line) => /^kind:[ \t]*metadata[ \t]*$/i.test(line))
}

function checkHeader({ header, lines }: ScannedVtt, findings: Findings): void {
  const expected = 'a blank line'
  const [first] = header
  if (first !== undefined)
    findings.add(1, 0, { message: 'lines under the first one', expected, got: JSON.stringify(first.slice(0, 60)) })
  else if (lines.count < 2 || !lines.isEmpty(1))
    findings.add(1, 0, { message: 'no blank line under the first one', expected })
}

function checkBlock(
  { lines }: ScannedVtt,
  block: VttBlock,
  extent: Extent,
  index: number,
  state: State,
  findings: Findings,
): void {
  const first = lines.line(extent.from)
  if (block.kind === 'region') checkRegion(block.text, lines, extent.from + 1, state.regions, findings)
  else if (block.kind === 'broken') {
    const read = readTiming(lines.line(extent.timing))
    if (!('failedAt' in read)) return
    const got = lines.line(extent.timing).slice(read.failedAt, read.failedAt + 40)
    findings.add(extent.timing, read.failedAt, {
      message: 'a cue without a timing that can be read',
      expected: read.expected,
      got: JSON.stringify(got),
      lossy: true,
    })
  } else if (block.kind === 'other') {
    const word = ['STYLE', 'REGION'].find((each) => isWord(first, each))
    if (word !== undefined) findings.add(extent.from, 0, { message: `${word} behind the first cue` })
    // Later drafts have a block of attributes here, which browsers pass over.
    else if (index > 0 || !isWord(first, 'ATTRIBUTES'))
      findings.add(extent.from, 0, {
        message: 'lines that are no cue and no comment',
        expected: 'a timing line, NOTE, STYLE or REGION',
        got: JSON.stringify(first.slice(0, 60)),
      })
  }
}

function checkCue(document: ScannedVtt, cue: VttCue, extent: Extent, state: State, findings: Findings): void {
  const { lines } = document
  const { from, timing } = extent
  if (cue.id !== '') {
    if (state.ids.has(cue.id))
      findings.add(from, 0, { message: 'two cues have one identifier', got: JSON.stringify(cue.id.slice(0, 60)) })
    state.ids.add(cue.id)
  }
  checkTiming(lines.line(timing), timing, findings)
  if (cue.start < state.latest) findings.add(timing, 0, { message: 'a cue that starts before one above it' })
  if (cue.end <= cue.start) findings.add(timing, 0, { message: 'a cue that does not end after its start' })
  state.latest = Math.max(state.latest, cue.start)
  if (cue.settings !== '') checkCueSettings(cue.settings, lines.line(timing), timing, findings)
  if (state.isText && cue.text !== '') checkCueText(cue, lines, timing + 1, findings)
}

function checkTiming(line: string, at: number, findings: Findings): void {
  const read = readTiming(line)
  if ('failedAt' in read) return
  const { start, startAt, arrowAt, end, endAt, settingsAt } = read
  const expected = 'a space'
  if (startAt > 0) findings.add(at, 0, { message: 'white space before a timestamp' })
  if (start.hourDigits === 1)
    findings.add(at, startAt, { message: 'hours of one digit', expected: 'two digits or more' })
  if (arrowAt === start.end) findings.add(at, arrowAt, { message: 'nothing between a timestamp and -->', expected })
  if (endAt === arrowAt + ARROW.length)
    findings.add(at, endAt, { message: 'nothing between --> and a timestamp', expected })
  if (end.hourDigits === 1) findings.add(at, endAt, { message: 'hours of one digit', expected: 'two digits or more' })
  if (settingsAt < line.length && !' \t'.includes(line.charAt(settingsAt)))
    findings.add(at, settingsAt, { message: 'nothing between a timestamp and the settings', expected })
}
