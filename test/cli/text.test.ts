import { describe, expect, it } from 'vitest'
import { problemLines } from '../../src/cli/problem-text.js'
import { progressOn, progressText } from '../../src/cli/progress.js'
import { summaryText } from '../../src/cli/summary.js'
import { PLAIN, printable } from '../../src/cli/terminal.js'
import { byteText, columns, counted, grouped, measureText, secondsText } from '../../src/cli/wording.js'
import type { Report } from '../../src/converters/convert.js'
import type { LedgerEntry, ProblemEntry } from '../../src/converters/ledger.js'

describe('wording', () => {
  it('of numbers', () => {
    expect([0, 999, 1000, 1234567].map(grouped)).toEqual(['0', '999', '1,000', '1,234,567'])
    expect(counted(1, 'file')).toBe('1 file')
    expect(counted(0, 'file')).toBe('0 files')
    expect(counted(1200, 'thing was', 'things were')).toBe('1,200 things were')
    expect([0, 999, 1000, 4_250_000, 67_000_000, 5e15].map(byteText)).toEqual([
      '0 B',
      '999 B',
      '1.0 kB',
      '4.3 MB',
      '67 MB',
      '5000 TB',
    ])
    expect([0, 0.0801, 0.9996, 1.84, 9.96, 99.4, 200].map(secondsText)).toEqual([
      '0 ms',
      '80 ms',
      '1.0 s',
      '1.8 s',
      '10 s',
      '99 s',
      '3 min 20 s',
    ])
    expect(measureText({ name: 'iou', value: 0.9876543 })).toBe('IoU 0.9877 or more')
    expect(measureText({ name: 'px', value: 0.5 })).toBe('0.5 px or less')
  })

  it('of columns', () => {
    expect(
      columns(
        [
          ['a', '1', 'x'],
          ['long', '100', ''],
        ],
        [1],
      ),
    ).toEqual(['  a       1  x', '  long  100'])
    expect(columns([])).toEqual([])
  })

  it('of what a terminal would obey', () => {
    expect(printable('plain ä 猫 😀')).toBe('plain ä 猫 😀')
    expect(printable('a\u001b[2Jb\rc\nd\u009b\u007f\u202e')).toBe('a\\u001b[2Jb\\u000dc d\\u009b\\u007f\\u202e')
  })

  it('of progress', () => {
    expect(progressText({ phase: 'index', unit: 'bytes', done: 1_200_000, total: 4e9 })).toBe('1.2 MB of 4.0 GB')
    expect(progressText({ phase: 'convert', unit: 'items', done: 1024, total: 5000 })).toBe('1,024 of 5,000 items')
    expect(progressText({ phase: 'convert', unit: 'items', done: 1024 })).toBe('1,024 items')
  })
})

describe('progress', () => {
  it('writes nothing where nobody looks on', async () => {
    const said: string[] = []
    const stderr = { isTTY: true, write: (text: string) => said.push(text) }
    const { signal } = new AbortController()
    const quiet = [
      await progressOn({ stdout: stderr, stderr: { ...stderr, isTTY: false }, env: {}, signal }, true),
      await progressOn({ stdout: stderr, stderr, env: { TERM: 'dumb' }, signal }, true),
      await progressOn({ stdout: stderr, stderr, env: {}, signal }, false),
    ]
    for (const progress of quiet) {
      progress.update({ phase: 'convert', unit: 'items', done: 1, total: 2 })
      progress.stop()
    }
    expect(said).toEqual([])
  })
})

describe('problems', () => {
  const problem = (code: ProblemEntry['code'], count: number, more: Partial<ProblemEntry> = {}): ProblemEntry => ({
    code,
    message: 'bad thing',
    lossy: false,
    count,
    places: ['a.txt:1', 'b.txt:2'],
    ...more,
  })

  it('are grouped, with their first place', () => {
    expect(
      problemLines(
        [
          problem('invalid-value', 1204, { expected: '4 numbers', got: '3', fix: 'Add one' }),
          problem('io', 1, { lossy: true, places: ['a.txt'] }),
          problem('encoding', 2, { places: [] }),
        ],
        PLAIN,
      ),
    ).toEqual([
      '',
      'Problems',
      '  1,204  invalid-value  bad thing: expected 4 numbers, got 3',
      '         a.txt:1 (and 1,203 more)',
      '         fix: Add one',
      '      1  io  bad thing (left out)',
      '         a.txt',
      '      2  encoding  bad thing',
    ])
  })

  it('of many kinds are cut', () => {
    const lines = problemLines(
      Array.from({ length: 12 }, () => problem('io', 1, { places: [] })),
      PLAIN,
    )
    expect(lines).toHaveLength(2 + 10 + 1)
    expect(lines.at(-1)).toBe('  and 2 more kinds of problem')
    expect(problemLines([], PLAIN)).toEqual([])
  })
})

describe('summary', () => {
  const entry = (more: Partial<LedgerEntry>): LedgerEntry => ({
    level: 'annotation',
    effect: 'dropped',
    subject: 'cube',
    reason: 'no place in yolo',
    count: 1,
    places: [],
    ...more,
  })
  const report: Report = {
    version: 1,
    source: { format: 'coco', name: 'in' },
    target: { format: 'yolo', name: 'out' },
    items: 5000,
    annotations: { read: 36_781, kept: 36_335, derived: 400, approximated: 0, dropped: 46 },
    ledger: [
      entry({ count: 46, places: ['a.json /annotations/3', 'a.json /annotations/7', 'a.json /annotations/9'] }),
      entry({
        effect: 'derived',
        subject: 'segment',
        reason: 'rings bridged',
        count: 400,
        measure: { name: 'iou', value: 0.9991 },
      }),
      entry({ effect: 'kept', subject: 'box', reason: undefined, count: 36_335 }),
      entry({ level: 'field', subject: 'score', count: 12 }),
      entry({ level: 'item', effect: 'defaulted', subject: 'id', reason: 'numbered', count: 3 }),
      entry({ level: 'header', subject: 'info', count: 1 }),
    ],
    problems: [],
    seconds: 1.24,
  }

  it('has every line of the ledger but the kept ones', () => {
    expect(summaryText(report, ['a', 'b', 'c', 'd'], PLAIN)).toBe(`in (coco) → out (yolo), 1.2 s

  items            5,000
  annotations     36,781
    kept          36,335
    derived          400
    approximated       0
    dropped           46

What became of annotations
   46  dropped  cube: no place in yolo
       a.json /annotations/3, a.json /annotations/7 (and 44 more)
  400  derived  segment: rings bridged (IoU 0.9991 or more)

What became of fields
  12  dropped    score: no place in yolo
   3  defaulted  item id: numbered
   1  dropped    header info: no place in yolo

Wrote 4 files to out. Pictures stay where they are (--media).
`)
  })

  it('cuts a long ledger and says where the rest is', () => {
    const ledger = Array.from({ length: 23 }, (_, i) => entry({ subject: `type ${i}` }))
    const text = summaryText({ ...report, ledger }, [], PLAIN)
    expect(text).toContain('type 19: no place in yolo\n  and 3 more lines; --report FILE writes all of them\n')
    expect(text).not.toContain('type 20')
  })

  it('colours what matters', () => {
    const text = summaryText(report, [], (format, shown) => `<${String(format)}>${shown}</>`)
    expect(text).toContain('<red>    dropped           46</>')
    expect(text).toContain('\n    approximated       0\n')
    expect(text).toContain('  46  <red>dropped</>  cube')
  })
})
