import type { ProblemEntry } from '../converters/ledger.js'
import { problemLines } from './problem-text.js'
import { printable, type Style } from './terminal.js'
import { columns, grouped } from './wording.js'

/** What `inspect` found out; the shape of `inspect --json`. */
export interface Findings {
  readonly version: 1
  readonly name: string
  readonly format: string
  readonly title: string
  /** What every format says about the input. */
  readonly candidates: readonly { readonly format: string; readonly confidence: number; readonly evidence: string }[]
  readonly items: number
  readonly itemsWithoutAnnotations: number
  readonly itemsWithSize: number
  readonly media: readonly { readonly kind: string; readonly count: number }[]
  readonly splits: readonly { readonly split: string; readonly count: number }[]
  /** As many as the source has, whether they could be read or not. */
  readonly annotations: number
  readonly types: readonly { readonly type: string; readonly count: number }[]
  /** All labels, also those nothing has. */
  readonly labels: readonly { readonly label: string; readonly count: number }[]
  /** Annotations that belong to no item. */
  readonly strays: number
  readonly problems: readonly ProblemEntry[]
}

const LABELS_SHOWN = 20

/** The format that was taken, and those that the input might be as well; all have their say in the JSON. */
function likely({ format, candidates }: Findings): Findings['candidates'] {
  return candidates.filter((candidate) => candidate.format === format || candidate.confidence > 0)
}

/** The findings for people. */
export function findingsText(findings: Findings, style: Style): string {
  const { items, labels, types, splits, strays, problems } = findings
  const used = labels.filter(({ count }) => count > 0).length
  const facts = [
    ['items', grouped(items), mediaText(findings.media)],
    ['  with a size', grouped(findings.itemsWithSize), ''],
    ['  empty', grouped(findings.itemsWithoutAnnotations), ''],
    [
      'annotations',
      grouped(findings.annotations),
      strays === 0 ? '' : `${grouped(strays)} of them ${strays === 1 ? 'belongs' : 'belong'} to no item`,
    ],
    ['labels', grouped(labels.length), `${grouped(used)} of them used`],
  ]
  const more = labels.length - LABELS_SHOWN
  const lines = [
    style('bold', `${printable(findings.name)} is ${findings.title} (${findings.format})`),
    ...columns(likely(findings).map(({ format, evidence }) => [format, printable(evidence)])).map((line, i) =>
      i === 0 ? line : style('dim', line),
    ),
    '',
    ...columns(facts, [1]),
    ...listLines(
      'Splits',
      splits.map(({ split, count }) => [printable(split), grouped(count)]),
      style,
    ),
    ...listLines(
      'Types',
      types.map(({ type, count }) => [type, grouped(count)]),
      style,
    ),
    ...listLines(
      'Labels',
      labels.slice(0, LABELS_SHOWN).map(({ label, count }) => [printable(label), grouped(count)]),
      style,
    ),
    ...(more > 0 ? [`  and ${grouped(more)} more`] : []),
    ...problemLines(problems, style),
  ]
  return `${lines.join('\n')}\n`
}

function mediaText(media: Findings['media']): string {
  const [only] = media
  if (media.length === 1) return only?.kind ?? ''
  return media.map(({ kind, count }) => `${grouped(count)} ${kind}`).join(', ')
}

function listLines(title: string, rows: readonly (readonly string[])[], style: Style): string[] {
  return rows.length === 0 ? [] : ['', style('bold', title), ...columns(rows, [1])]
}
