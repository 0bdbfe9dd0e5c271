import type { Report } from '../../converters/convert.js'
import { type LedgerEntry, worseMeasure } from '../../converters/ledger.js'
import type { Measure } from '../../dataset/account.js'
import { printable, type Style } from '../terminal.js'
import { grouped, measureText } from '../wording.js'
import { EFFECT_COLORS, SIGNS, WIDTH } from './table.js'

/** A space where no line ends. */
const NO_BREAK = '\u00a0'

/** Alike entries of the ledger: how many, and of what. */
interface Reason {
  count: number
  readonly subjects: Map<string, number>
  measure: Measure | undefined
}

/** Why a format did not keep everything, the most serious first, and what became of fields; nothing when all was kept. */
export function reasonLines(report: Report, style: Style): string[] {
  const lines: string[] = []
  for (const effect of ['dropped', 'approximated', 'derived'] as const) {
    const entries = report.ledger.filter((entry) => entry.level === 'annotation' && entry.effect === effect)
    for (const [reason, alike] of grouping(entries, (entry) => entry.reason ?? 'no reason given'))
      lines.push(...reasonText(SIGNS[effect], reason, alike, (text) => style(EFFECT_COLORS[effect], text)))
  }
  const others = report.ledger.filter((entry) => entry.level !== 'annotation')
  const ofField = ({ level, effect, reason }: LedgerEntry): string =>
    `${level} ${effect}${reason === undefined ? '' : `, ${reason}`}`
  for (const [reason, alike] of grouping(others, ofField))
    lines.push(...reasonText('·', reason, alike, (text) => style('dim', text)))
  for (const { message, count } of report.problems) {
    const alike: Reason = { count, subjects: new Map(), measure: undefined }
    lines.push(...reasonText('!', message, alike, (text) => style('red', text)))
  }
  if (lines.length === 0) return []
  return ['', `  ${style('bold', report.target.format)}: why not everything is kept`, ...lines]
}

function grouping(entries: readonly LedgerEntry[], keyOf: (entry: LedgerEntry) => string): ReadonlyMap<string, Reason> {
  const reasons = new Map<string, Reason>()
  for (const entry of entries) {
    const key = keyOf(entry)
    const reason = reasons.get(key) ?? { count: 0, subjects: new Map<string, number>(), measure: undefined }
    reason.count += entry.count
    reason.subjects.set(entry.subject, (reason.subjects.get(entry.subject) ?? 0) + entry.count)
    reason.measure = worseMeasure(reason.measure, entry.measure)
    reasons.set(key, reason)
  }
  return reasons
}

function reasonText(sign: string, reason: string, alike: Reason, color: (text: string) => string): string[] {
  const { count, subjects, measure } = alike
  const names = [...subjects]
    .sort(([, a], [, b]) => b - a)
    .map(([name, times]) => (subjects.size === 1 ? name : `${name} ${grouped(times)}`).replaceAll(' ', NO_BREAK))
  const how = measure === undefined ? '' : ` (${measureText(measure)})`
  const what = names.length === 0 ? '' : `: ${names.join(', ')}`
  const lead = `  ${sign} ${grouped(count).padStart(3)}  `
  return wrapped(`${reason}${how}${what}`, WIDTH - lead.length).map((line, i) =>
    i === 0 ? color(lead) + line : ' '.repeat(lead.length) + line,
  )
}

/** The text in lines of at most `width` columns, as far as its words let it. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of printable(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((full) => full.replaceAll(NO_BREAK, ' '))
}
