import type { ProblemEntry } from '../converters/ledger.js'
import { printable, type Style } from './terminal.js'
import { counted, grouped } from './wording.js'

/** How many kinds of problem are shown; a report file has all of them. */
const SHOWN = 10

/** Problems for people: alike ones together, with their first place, how many more there are, and what to do. */
export function problemLines(problems: readonly ProblemEntry[], style: Style): string[] {
  if (problems.length === 0) return []
  const width = Math.max(...problems.slice(0, SHOWN).map(({ count }) => grouped(count).length))
  const lines = ['', style('bold', 'Problems')]
  for (const problem of problems.slice(0, SHOWN)) {
    const indent = ' '.repeat(width + 4)
    const got = problem.got === undefined ? '' : `, got ${problem.got}`
    const contrast = problem.expected === undefined ? got.replace(', got', ':') : `: expected ${problem.expected}${got}`
    const count = grouped(problem.count).padStart(width)
    const loss = problem.lossy ? ` ${style('red', '(left out)')}` : ''
    lines.push(`  ${count}  ${style('yellow', problem.code)}  ${printable(problem.message + contrast)}${loss}`)
    const where = placesText(problem.places, problem.count, 1)
    if (where !== '') lines.push(indent + style('dim', where))
    if (problem.fix !== undefined) lines.push(`${indent}${style('dim', 'fix:')} ${printable(problem.fix)}`)
  }
  const more = problems.length - SHOWN
  if (more > 0) lines.push(`  and ${counted(more, 'more kind of problem', 'more kinds of problem')}`)
  return lines
}

/** The first places of many: `a.txt:7:12, b.txt:1 (and 1,203 more)`. */
export function placesText(places: readonly string[], count: number, shown: number): string {
  const first = places.slice(0, shown)
  if (first.length === 0) return ''
  const more = count - first.length
  return printable(first.join(', ')) + (more > 0 ? ` (and ${grouped(more)} more)` : '')
}
