import type { Report } from '../../converters/convert.js'
import type { Effect } from '../../dataset/account.js'
import { DEFINITION_TYPES } from '../../definitions/index.js'
import type { Style } from '../terminal.js'
import { grouped } from '../wording.js'

/** No line of the demo's report is wider, if its words let it. */
export const WIDTH = 98

const EFFECTS: readonly Effect[] = ['kept', 'derived', 'approximated', 'dropped']

export const SIGNS: Readonly<Record<Effect, string>> = { kept: '✓', derived: '→', approximated: '≈', dropped: '✗' }

export const EFFECT_COLORS = { kept: 'green', derived: 'cyan', approximated: 'yellow', dropped: 'red' } as const

/** How many annotations met each fate. */
export type Fates = Readonly<Record<Effect, number>>

/** What became of the annotations of each type in one format, from the ledger of its report. */
export function fatesByType(report: Report): ReadonlyMap<string, Fates> {
  const fates = new Map<string, Record<Effect, number>>()
  for (const { level, effect, subject, count } of report.ledger) {
    if (level !== 'annotation' || effect === 'defaulted') continue
    const row = fates.get(subject) ?? { kept: 0, derived: 0, approximated: 0, dropped: 0 }
    row[effect] += count
    fates.set(subject, row)
  }
  return fates
}

const GAP = '   '

interface Column {
  readonly title: string
  readonly width: number
  /** A cell for each type, then the total, all of one width. */
  readonly cells: readonly string[]
}

/**
 * A row for each type, a column for each format, and the totals; `counts` says how many of each type there were. Formats
 * that do not fit beside the others stand in another table below.
 */
export function fateTable(reports: readonly Report[], counts: ReadonlyMap<string, number>, style: Style): string[] {
  const subjects = new Set([...counts.keys(), ...reports.flatMap((report) => [...fatesByType(report).keys()])])
  const known = new Set<string>(DEFINITION_TYPES)
  const types = [...known, ...[...subjects].filter((type) => !known.has(type))].filter((type) => subjects.has(type))
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const names: Column = textColumn(['type', ...types, 'total'], 'left')
  const numbers = textColumn(['count', ...types.map((type) => grouped(counts.get(type) ?? 0)), grouped(total)], 'right')
  const columns = reports.map((report) => fateColumn(report, types, style))
  const free = WIDTH - 2 - names.width - GAP.length - numbers.width
  const legend = EFFECTS.map((effect) => style(EFFECT_COLORS[effect], `${SIGNS[effect]} ${effect}`)).join('    ')
  const tables = sideBySide(columns, free).flatMap((chosen) => [...tableLines([names, numbers, ...chosen], style), ''])
  return [...tables, `  ${legend}`]
}

function tableLines(columns: readonly Column[], style: Style): string[] {
  const rows = columns[0]?.cells.length ?? 0
  const line = (cellOf: (column: Column) => string): string => `  ${columns.map(cellOf).join(GAP)}`.trimEnd()
  const rule = style(
    'dim',
    line(({ width }) => '─'.repeat(width)),
  )
  const body = Array.from({ length: rows }, (_, row) => line(({ cells }) => cells[row] ?? ''))
  return [
    style(
      'bold',
      line(({ title }) => title),
    ),
    rule,
    ...body.slice(0, -1),
    rule,
    ...body.slice(-1),
  ]
}

function textColumn([title = '', ...cells]: readonly string[], side: 'left' | 'right'): Column {
  const width = Math.max(title.length, ...cells.map((cell) => cell.length))
  const pad = (text: string): string => (side === 'left' ? text.padEnd(width) : text.padStart(width))
  return { title: pad(title), width, cells: cells.map(pad) }
}

/** Signs stand one under the other: each fate that occurs in the column has a place of its own. */
function fateColumn(report: Report, types: readonly string[], style: Style): Column {
  const { annotations, target } = report
  const byType = fatesByType(report)
  const present = EFFECTS.filter((effect) => annotations[effect] > 0)
  const widths = present.map((effect) => grouped(annotations[effect]).length + 1)
  const wide = widths.reduce((sum, width) => sum + width + 1, -1)
  const width = Math.max(target.format.length, wide)
  const cellOf = (fates: Fates | undefined): string => {
    const pieces = present.map((effect, i) => {
      const count = fates?.[effect] ?? 0
      const text = (count === 0 ? '' : `${SIGNS[effect]}${grouped(count)}`).padEnd(widths[i] ?? 0)
      return count === 0 ? text : style(EFFECT_COLORS[effect], text)
    })
    return pieces.join(' ') + ' '.repeat(width - Math.max(0, wide))
  }
  return {
    title: target.format.padEnd(width),
    width,
    cells: [...types.map((type) => cellOf(byType.get(type))), cellOf(annotations)],
  }
}

/** Columns in groups no wider than `free`; a column that is wider alone has a group of its own. */
function sideBySide(columns: readonly Column[], free: number): readonly (readonly Column[])[] {
  const groups: Column[][] = []
  let left = -1
  for (const column of columns) {
    const needed = GAP.length + column.width
    const group = groups[groups.length - 1]
    if (group !== undefined && needed <= left) {
      group.push(column)
      left -= needed
    } else {
      groups.push([column])
      left = free - needed
    }
  }
  return groups
}
