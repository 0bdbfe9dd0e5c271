import type { Report } from '../converters/convert.js'
import type { LedgerEntry } from '../converters/ledger.js'
import { placesText, problemLines } from './problem-text.js'
import { printable, type Style } from './terminal.js'
import { columns, counted, grouped, measureText, secondsText } from './wording.js'

/** How many lines of the ledger are shown; a report file has all of them. */
const SHOWN = 20

const EFFECT_COLORS = {
  kept: 'green',
  derived: 'cyan',
  approximated: 'yellow',
  dropped: 'red',
  defaulted: 'cyan',
} as const

/** What a conversion did, for people. */
export function summaryText(report: Report, files: readonly string[], style: Style): string {
  const { source, target, seconds } = report
  const title = `${printable(source.name)} (${source.format}) → ${printable(target.name)} (${target.format})`
  const lines = [
    `${style('bold', title)}${seconds === undefined ? '' : `, ${secondsText(seconds)}`}`,
    '',
    ...countLines(report, style),
    ...ledgerLines('What became of annotations', annotationEntries(report), style),
    ...ledgerLines('What became of fields', fieldEntries(report), style),
    ...problemLines(report.problems, style),
    '',
    `Wrote ${filesText(files)} to ${printable(target.name)}. ${picturesText(report)}`,
  ]
  return `${lines.join('\n')}\n`
}

function picturesText({ pictures }: Report): string {
  if (pictures === undefined) return 'Pictures stay where they are (--media).'
  const { mode, placed, missing } = pictures
  const done = { copy: 'copied', hardlink: 'linked (hard)', symlink: 'linked' }[mode]
  return `${counted(placed, 'picture')} ${done}${missing === 0 ? '' : `, ${grouped(missing)} not found`}.`
}

function countLines({ items, annotations }: Report, style: Style): string[] {
  const { read, kept, derived, approximated, dropped } = annotations
  const effects = { kept, derived, approximated, dropped }
  const rows = [
    ['items', grouped(items)],
    ['annotations', grouped(read)],
    ...Object.entries(effects).map(([effect, count]) => [`  ${effect}`, grouped(count)]),
  ]
  return columns(rows, [1]).map((line, i) => {
    const effect = (['kept', 'derived', 'approximated', 'dropped'] as const)[i - 2]
    return effect === undefined || effects[effect] === 0 ? line : style(EFFECT_COLORS[effect], line)
  })
}

function annotationEntries({ ledger }: Report): LedgerEntry[] {
  return ledger.filter(({ level, effect }) => level === 'annotation' && effect !== 'kept')
}

function fieldEntries({ ledger }: Report): LedgerEntry[] {
  return ledger.filter(({ level }) => level !== 'annotation')
}

function ledgerLines(title: string, entries: readonly LedgerEntry[], style: Style): string[] {
  if (entries.length === 0) return []
  const shown = shownOf(entries)
  const rows = shown.map((entry) => [grouped(entry.count), entry.effect, subjectText(entry)])
  const indent = ' '.repeat(4 + Math.max(...rows.map(([count = '']) => count.length)))
  const lines = ['', style('bold', title)]
  for (const [i, line] of columns(rows, [0]).entries()) {
    const entry = shown[i]
    if (entry === undefined) continue
    lines.push(line.replace(entry.effect, style(EFFECT_COLORS[entry.effect], entry.effect)))
    const where = placesText(entry.places, entry.count, 2)
    if (where !== '') lines.push(indent + style('dim', where))
  }
  const more = entries.length - SHOWN
  if (more > 0) lines.push(`  and ${counted(more, 'more line')}; --report FILE writes all of them`)
  return lines
}

/** The first lines of each effect, so that many small ones of one do not hide the others. */
function shownOf(entries: readonly LedgerEntry[]): readonly LedgerEntry[] {
  if (entries.length <= SHOWN) return entries
  const effects = new Map<string, number>()
  for (const { effect } of entries) effects.set(effect, (effects.get(effect) ?? 0) + 1)
  const share = Math.floor(SHOWN / effects.size)
  let spare = SHOWN - [...effects.values()].reduce((sum, count) => sum + Math.min(count, share), 0)
  const room = new Map<string, number>()
  for (const [effect, count] of effects) {
    const more = Math.min(Math.max(0, count - share), spare)
    room.set(effect, Math.min(count, share) + more)
    spare -= more
  }
  return entries.filter(({ effect }) => {
    const left = room.get(effect) ?? 0
    room.set(effect, left - 1)
    return left > 0
  })
}

function subjectText({ level, subject, reason, measure }: LedgerEntry): string {
  const what = level === 'item' || level === 'header' ? `${level} ${subject}` : subject
  const why = reason === undefined ? '' : `: ${reason}`
  return printable(`${what}${why}${measure === undefined ? '' : ` (${measureText(measure)})`}`)
}

function filesText(files: readonly string[]): string {
  if (files.length > 3 || files.length === 0) return counted(files.length, 'file')
  return files.map(printable).join(', ')
}
