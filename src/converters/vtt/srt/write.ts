import type { Account, Outcome } from '../../../dataset/account.js'
import type { Annotation } from '../../../dataset/annotation.js'
import type { Item } from '../../../dataset/item.js'
import { Subtitle } from '../../../definitions/subtitle.js'
import { decodeUtf8 } from '../../../text/decode.js'
import { reportLosses } from '../caption-losses.js'
import { ATTRIBUTE, SRT, textIn, textsIn, VTT } from '../caption-scope.js'
import { filledSlots, type SlotText } from '../caption-slots.js'
import { cueTimes } from '../cue-times.js'
import { cueTree, plainText } from '../cue-tree.js'
import { TextLines } from '../lines.js'
import { ARROW } from '../timing.js'
import type { VttItemOptions, WrittenCaptions } from '../vtt-write.js'
import { srtBlockText } from './document-text.js'
import { plainSrtText, srtMarkup } from './markup.js'
import { isCounter, type SrtCue, scanSrt } from './scan.js'
import { srtTiming } from './timing.js'

const NO_PLACE = 'SubRip has no place for it'

interface Written {
  readonly cue: SrtCue | undefined
  readonly source: string | undefined
  readonly start: number
  readonly before: readonly string[]
  readonly counter: string | undefined
}

/** The SubRip file of an item: UTF-8, numbers from 1. */
export function writeSrtItem(item: Item, options: VttItemOptions, account: Account): WrittenCaptions {
  const cues: Written[] = []
  const outcomes = item.annotations.map((annotation) => {
    const { written, outcome } = writeCue(annotation, item, options, account)
    if (written !== undefined) cues.push(written)
    return outcome
  })
  const own = item.extra?.get(SRT)
  if (own === undefined) cues.sort((a, b) => a.start - b.start)
  const texts = cues.map(({ cue, source, counter }, i): SlotText => {
    if (cue === undefined) return { text: source ?? '', source: true, needsBlankLine: !beginsCue(source ?? '') }
    const text = srtBlockText({ ...cue, counter: counter ?? String(i + 1) })
    return { text, source: false, needsBlankLine: true }
  })
  const { raw } = item
  if (raw?.format === SRT) return { text: filledSlots(decodeUtf8(raw.bytes, 0, raw.bytes.length), texts), outcomes }
  const blocks = [
    ...texts.flatMap(({ text, source }, i) => [
      ...(cues[i]?.before ?? []),
      source ? text.replace(/\r\n?/g, '\n') : text,
    ]),
    ...textsIn(own, 'tail').filter(isBlock),
  ]
  return { text: blocks.map((block) => `${block}\n`).join('\n'), outcomes }
}

function writeCue(
  annotation: Annotation,
  { media }: Item,
  { label, text: mode }: VttItemOptions,
  account: Account,
): { readonly written?: Written; readonly outcome: Outcome } {
  const { definition, type, raw, span, extra } = annotation
  const dropped = (reason: string): { readonly outcome: Outcome } => ({
    outcome: { effect: 'dropped', subject: type, reason },
  })
  if (!(definition instanceof Subtitle)) return dropped(NO_PLACE)
  const times = cueTimes(span, media)
  if (typeof times === 'string') return dropped(times)
  const { start, end, told } = times
  const own = extra?.get(SRT)
  const before = textsIn(own, 'before').filter(isBlock)
  const labelled: Outcome =
    definition.label === label
      ? { effect: 'kept', subject: type }
      : { effect: 'derived', subject: type, reason: 'SubRip has no labels' }
  if (raw?.format === SRT) {
    const source = decodeUtf8(raw.bytes, 0, raw.bytes.length)
    return { written: { cue: undefined, source, start, before, counter: undefined }, outcome: labelled }
  }
  const markup = mode === 'markup' || own?.form === 'markup'
  const lost = new Set(Object.keys(definition.attributes))
  const coordinates = coordinatesOf(definition, lost)
  const text = markup ? definition.text : textOf(annotation, definition.text)
  const holdable = holdableText(text)
  const same = (markup ? holdable : plainSrtText(holdable)) === definition.text && !/\p{Surrogate}/u.test(holdable)
  const counter = textIn(own, 'counter')
  reportLosses(told === 'frames' ? annotation.with({ span: undefined }) : annotation, [...lost], SRT, NO_PLACE, account)
  const approximated = (reason: string): Outcome => ({ effect: 'approximated', subject: type, reason })
  const outcome: Outcome = !same
    ? approximated('text that SubRip cannot hold')
    : told === 'rounded'
      ? approximated('times in milliseconds')
      : told === 'frames'
        ? { effect: 'derived', subject: type, reason: 'times of frames' }
        : labelled
  const cue: SrtCue = { kind: 'cue', counter: '', start, end, coordinates, text: holdable }
  const kept = counter !== undefined && isCounter(counter) ? counter : undefined
  return { written: { cue, source: undefined, start, before, counter: kept }, outcome }
}

/** Whether the first line of a cue tells that one begins, wherever it stands. */
function beginsCue(source: string): boolean {
  const first = /^[^\r\n]*/.exec(source)?.[0] ?? ''
  return isCounter(first) || first.includes(ARROW)
}

function coordinatesOf({ attributes }: Subtitle, lost: Set<string>): string {
  const given = attributes[ATTRIBUTE.coordinates]
  if (typeof given !== 'string' || /[\0\r\n]/.test(given) || given.includes(ARROW) || given.trim() !== given) return ''
  lost.delete(ATTRIBUTE.coordinates)
  return given
}

/** The text with the markup it was read with; that of WebVTT as far as SubRip has it. */
function textOf({ extra }: Annotation, text: string): string {
  const payload = textIn(extra?.get(SRT), 'payload')
  if (payload !== undefined && plainSrtText(payload) === text) return payload
  const formatted = textIn(extra?.get(VTT), 'payload')
  if (formatted === undefined || plainText(formatted) !== text) return text
  const markup = srtMarkup(cueTree(formatted))
  // What was escaped may look like markup now.
  return plainSrtText(markup) === text ? markup : text
}

/** The text without what would end the cue: blank lines, and a line that begins another one. */
function holdableText(text: string): string {
  const lines = text.replaceAll('\0', '\ufffd').split(/\r\n|\n|\r/)
  const full = lines.filter((line) => line.trim() !== '')
  const safe = full.map((line) => (srtTiming(line) === undefined ? line : line.replaceAll(ARROW, '->')))
  return safe.join('\n')
}

/** Whether a text of somebody's `extra` is one block, and no cue. */
function isBlock(text: string): boolean {
  if (/[\0\r]/.test(text)) return false
  const { blocks } = scanSrt(new TextLines(`${text}\n`))
  return blocks.length === 1 && blocks[0]?.kind === 'other' && blocks[0].text === text
}
