import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import { Subtitle } from '../../definitions/subtitle.js'
import { decodeUtf8 } from '../../text/decode.js'
import { reportLosses } from './caption-losses.js'
import { textIn, textsIn, VTT } from './caption-scope.js'
import { filledSlots, type SlotText } from './caption-slots.js'
import { cueTimes } from './cue-times.js'
import { blockText } from './document-text.js'
import { TextLines } from './lines.js'
import { hasSignature, scanVtt } from './scan.js'
import { ARROW } from './timing.js'
import { freshCue } from './vtt-cue.js'

export interface VttItemOptions {
  /** The label that needs no saying, because reading gives it back. */
  readonly label: string
  /** Whether texts are what is said, or have their markup. */
  readonly text: 'plain' | 'markup'
}

/** A file and what became of each annotation, in their order. */
export interface WrittenCaptions {
  readonly text: string
  readonly outcomes: readonly Outcome[]
}

export const NO_PLACE = 'WebVTT has no place for it'

interface Written extends SlotText {
  readonly start: number
  readonly before: readonly string[]
}

/** The WebVTT file of an item. */
export function writeVttItem(item: Item, options: VttItemOptions, account: Account): WrittenCaptions {
  const cues: Written[] = []
  const outcomes = item.annotations.map((annotation) => {
    const { cue, outcome } = writeCue(annotation, item, options, account)
    if (cue !== undefined) cues.push(cue)
    return outcome
  })
  const own = item.extra?.get(VTT)
  // Captions of another format come in any order; those of a file stay as they are.
  if (own === undefined) cues.sort((a, b) => a.start - b.start)
  const { raw } = item
  const text =
    raw?.format === VTT ? filledSlots(decodeUtf8(raw.bytes, 0, raw.bytes.length), cues) : freshText(item, cues)
  return { text, outcomes }
}

function writeCue(
  annotation: Annotation,
  { media }: Item,
  { label, text: mode }: VttItemOptions,
  account: Account,
): { readonly cue?: Written; readonly outcome: Outcome } {
  const { definition, type, raw, span, extra } = annotation
  const dropped = (reason: string): { readonly outcome: Outcome } => ({
    outcome: { effect: 'dropped', subject: type, reason },
  })
  if (!(definition instanceof Subtitle)) return dropped(NO_PLACE)
  const times = cueTimes(span, media)
  if (typeof times === 'string') return dropped(times)
  const { start, end, told } = times
  const own = extra?.get(VTT)
  const before = textsIn(own, 'before').filter(isBlock)
  const labelled: Outcome =
    definition.label === label
      ? { effect: 'kept', subject: type }
      : { effect: 'derived', subject: type, reason: 'WebVTT has no labels' }
  if (raw?.format === VTT) {
    const text = decodeUtf8(raw.bytes, 0, raw.bytes.length)
    return { cue: { text, source: true, needsBlankLine: !startsWithTiming(text), start, before }, outcome: labelled }
  }
  const markup = mode === 'markup' || own?.form === 'markup'
  const { cue, sameText, lost } = freshCue(annotation, definition, { start, end }, markup)
  // Read as U+FFFD in any case.
  const text = blockText(cue).replaceAll('\0', '\ufffd')
  reportLosses(told === 'frames' ? annotation.with({ span: undefined }) : annotation, lost, VTT, NO_PLACE, account)
  const approximated = (reason: string): Outcome => ({ effect: 'approximated', subject: type, reason })
  const outcome: Outcome = !sameText
    ? approximated('characters a text file cannot hold')
    : told === 'rounded'
      ? approximated('times in milliseconds')
      : told === 'frames'
        ? { effect: 'derived', subject: type, reason: 'times of frames' }
        : labelled
  return { cue: { text, source: false, needsBlankLine: true, start, before }, outcome }
}

function startsWithTiming(text: string): boolean {
  return (/^[^\r\n]*/.exec(text)?.[0] ?? '').includes(ARROW)
}

/** A file from what the item says: LF, one blank line between blocks. */
function freshText(item: Item, cues: readonly Written[]): string {
  const own = item.extra?.get(VTT)
  const title = textIn(own, 'title') ?? ''
  const header = textsIn(own, 'header').filter((line) => line !== '' && !/[\0\r\n]/.test(line) && !line.includes(ARROW))
  const blocks = [
    ...textsIn(own, 'blocks').filter(isBlock),
    ...cues.flatMap(({ before, text, source }) => [...before, source ? text.replace(/\r\n?/g, '\n') : text]),
    ...textsIn(own, 'tail').filter(isBlock),
  ]
  const first = title === '' || /[\0\r\n]/.test(title) ? 'WEBVTT' : `WEBVTT ${title}`
  return `${[first, ...header].join('\n')}\n\n${blocks.map((block) => `${block}\n`).join('\n')}`
}

/** Whether a text of somebody's `extra` is one block, and no cue: only then can it stand where it was. */
function isBlock(text: string): boolean {
  if (text === '' || text.includes(ARROW) || /[\0\r]/.test(text)) return false
  const file = `WEBVTT\n\n${text}\n`
  return hasSignature(file) && scanVtt(new TextLines(file)).blocks.length === 1
}
