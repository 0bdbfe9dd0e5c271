import type { Tally } from './tally.js'

/** Failures shown of one corpus; the rest are counted. */
const SHOWN = 20

const TITLES = ['corpus', 'checks', 'passed', 'failed', 'skipped', 'why skipped']

/** The table of all corpora, then what failed, then the sums alone on a line. */
export function reportOf(tallies: readonly Tally[]): string {
  const rows = tallies.flatMap((tally) => {
    const [first = '', ...others] = whyOf(tally)
    const { corpus, passed, failures, skipped } = tally
    const counts = [passed + failures.length, passed, failures.length, skipped].map(String)
    return [[corpus, ...counts, first], ...others.map((reason) => ['', '', '', '', '', reason])]
  })
  const lines = [...tableOf([TITLES, ...rows]), '']
  for (const tally of tallies) lines.push(...failuresOf(tally))
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((total, tally) => total + of(tally), 0)
  const failed = sum(({ failures }) => failures.length)
  lines.push(`${sum(({ passed }) => passed)} passed, ${failed} failed, ${sum(({ skipped }) => skipped)} skipped`)
  return `${lines.join('\n')}\n`
}

/** A line for each reason. */
function whyOf({ skips, beside }: Tally): readonly string[] {
  const reasons = skips.map(({ count, reason, explained }) => `${explained ? '' : 'UNEXPLAINED: '}${count} × ${reason}`)
  if (beside > 0) reasons.push(`${beside} other files beside`)
  return reasons
}

function failuresOf({ corpus, failures, skips }: Tally): readonly string[] {
  const lines = failures.slice(0, SHOWN).map(({ check, reason }) => `FAILED ${corpus}/${check}\n       ${reason}`)
  if (failures.length > SHOWN) lines.push(`FAILED ${corpus}: and ${failures.length - SHOWN} more`)
  for (const { explained, reason, count } of skips)
    if (!explained) lines.push(`UNEXPLAINED SKIP ${corpus}: ${count} × ${reason}`)
  return lines
}

/** Columns as wide as their widest cell; the last one as it comes. Numbers stand right. */
function tableOf(rows: readonly (readonly string[])[]): readonly string[] {
  const last = TITLES.length - 1
  const widths = TITLES.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        if (i === last) return cell
        return i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)
      })
      .join('  ')
      .trimEnd()
  return rows.map(line)
}
