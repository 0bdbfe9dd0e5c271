import type { Report } from '../../converters/convert.js'
import { printable, type Style } from '../terminal.js'
import { counted, secondsText } from '../wording.js'
import { reasonLines } from './reasons.js'
import { type DemoResult, INDEX } from './run.js'
import { fateTable } from './table.js'

/** What the demo made, for people: a table, the reasons, what to look at and what to try. Fits in 100 columns. */
export function demoSummary(result: DemoResult, out: string, seconds: number, style: Style): string {
  const { items, reports } = result
  const counts = new Map<string, number>()
  for (const { type } of items.flatMap(({ annotations }) => annotations)) counts.set(type, (counts.get(type) ?? 0) + 1)
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const made = [counted(items.length, 'item'), counted(total, 'annotation'), counted(counts.size, 'type')].join(', ')
  const lines = [
    '',
    `  ${style('bold', 'annoform demo')}  ${made}, ${counted(reports.length, 'format')}, ${secondsText(seconds)}`,
    '  What became of every annotation, by type and by format:',
    '',
    ...fateTable(reports, counts, style),
    ...reports.flatMap((report) => reasonLines(report, style)),
    ...lookAt(result, printable(out), style),
    ...tryNext(reports, printable(out), style),
    '',
  ]
  return `${lines.join('\n')}\n`
}

function lookAt({ reports, files }: DemoResult, out: string, style: Style): string[] {
  const rows: readonly (readonly [path: string, what: string])[] = [
    [`${out}/${INDEX}`, 'all of it on one sheet; look at this first'],
    [`${out}/preview/`, 'the annotations of each item'],
    [`${out}/pictures/`, 'the pictures without them'],
    ...reports.map(({ target: { format } }): readonly [string, string] => {
      const written = files.filter((file) => file.startsWith(`${format}/`))
      const [only] = written
      const path = written.length === 1 && only !== undefined ? only : `${format}/`
      return [`${out}/${path}`, `the annotations in ${format}`]
    }),
  ]
  const width = Math.max(...rows.map(([path]) => path.length))
  const text = rows.map(([path, what]) => `  ${style('cyan', path.padEnd(width))}   ${style('dim', what)}`)
  return ['', `  ${style('bold', 'Look at')}`, ...text]
}

function tryNext(reports: readonly Report[], out: string, style: Style): string[] {
  const ids = reports.map(({ target }) => target.format)
  const from = ids.includes('native') ? 'native' : ids[0]
  const to = ids.find((id) => id !== from)
  if (from === undefined || to === undefined) return []
  return [
    '',
    `  ${style('bold', 'Try next')}`,
    `  npx annoform inspect ${out}/${to}`,
    `  npx annoform convert ${out}/${from} --to ${to} --out my-${to}`,
  ]
}
