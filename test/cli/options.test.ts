import { describe, expect, it } from 'vitest'
import { failOnArgument, seedArgument, sizeOf, splitArgument } from '../../src/cli/arguments.js'
import { exitCodeOfError, failures, leftOut } from '../../src/cli/exit-code.js'
import type { Report } from '../../src/converters/convert.js'
import { AnnotationError } from '../../src/errors.js'
import { runHere } from './terminal.js'

describe('arguments', () => {
  it('of --fail-on are a list of known words', () => {
    expect(failOnArgument('dropped')).toEqual(['dropped'])
    expect(failOnArgument('fields, problems,derived')).toEqual(['fields', 'problems', 'derived'])
    expect(() => failOnArgument('dropped,')).toThrow('"" is none of dropped, approximated, derived, fields, problems.')
    expect(() => failOnArgument('kept')).toThrow('"kept" is none of')
  })

  it('of --split are a name or shares', () => {
    expect(splitArgument('val')).toBe('val')
    expect(splitArgument('train=80, val=19.5')).toEqual([
      { name: 'train', share: 80 },
      { name: 'val', share: 19.5 },
    ])
    for (const bad of [
      'train=0',
      'train=-1',
      'train=80,val',
      'train=80,val=',
      '=3',
      'a=b',
      'a=1=2',
      'a=1,',
      'a=Infinity',
    ]) {
      expect(() => splitArgument(bad), bad).toThrow('is no share like train=80')
    }
    expect(() => splitArgument('a=1,a=2')).toThrow('A split is named twice.')
    expect(() => splitArgument(' ')).toThrow('Give the name of a split')
  })

  it('of --seed are whole numbers', () => {
    expect(seedArgument('7')).toBe(7)
    for (const bad of ['-1', '1.5', '', 'x', '1e3']) expect(() => seedArgument(bad), bad).toThrow('whole number')
  })

  it('of --sizes are a size or a file', () => {
    expect(sizeOf('640x480')).toEqual({ width: 640, height: 480 })
    expect(sizeOf('1X2')).toEqual({ width: 1, height: 2 })
    for (const file of ['sizes.json', '0x5', '5x0', '640x', '640x480.json', '-1x2', '1.5x2'])
      expect(sizeOf(file), file).toBeUndefined()
  })
})

describe('wrong usage', () => {
  const convert = ['convert', 'in.json', '--to', 'coco', '--out', 'out']
  it.each([
    [[], /^Usage: annoform/],
    [['convert', '--to', 'coco', '--out', 'out'], /^error: missing required argument 'input'\n/],
    [['convert', 'in.json', '--to', 'coco'], /^error: required option '--out <folder>' not specified\n/],
    [
      ['convert', 'in.json', '--out', 'x', '--to', 'cocoa'],
      /^error unknown-format: there is no format called "cocoa"\n {2}fix: Use one of coco, /,
    ],
    [[...convert, '--from', 'yolo9000'], /^error unknown-format: /],
    [
      [...convert, '--coco.segmentatoin', 'rle'],
      /^error: unknown option '--coco.segmentatoin'\n\(Did you mean --coco.segmentation\?\)\n$/,
    ],
    [
      [...convert, '--coco.segmentation', 'pixels'],
      /^error invalid-option: bad value for --coco.segmentation: expected one of auto, .+, got "pixels"\n/,
    ],
    [
      ['convert', 'in.json', '--to', 'native', '--out', 'o', '--from', 'coco', '--coco.segmentation', 'rle'],
      /^error invalid-option: --coco.segmentation has no effect on reading coco and writing native\n/,
    ],
    [
      [...convert, '--policy', 'kind'],
      /^error: option '--policy <policy>' argument 'kind' is invalid. Allowed choices are strict, lenient, salvage.\n$/,
    ],
    [[...convert, '--seed', '4'], /^error: option '--seed' needs shares in '--split', like train=80,val=20\n$/],
    [[...convert, '--seed', '4', '--split', 'val'], /^error: option '--seed' needs shares/],
    [[...convert, 'another.json'], /^error: too many arguments for 'convert'/],
    [['formats', 'cocoa'], /^error unknown-format: /],
    [['inspect', 'in.json', '--to', 'coco'], /^error: unknown option '--to'/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runHere(args)
    expect(stderr).toMatch(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })
})

describe('help', () => {
  it('goes to stdout, with every option, exit code and the options of formats', async () => {
    const main = await runHere(['--help'])
    expect(main).toMatchObject({ code: 0, stderr: '' })
    for (const text of ['convert', 'inspect', 'formats', 'Exit codes:', '130  interrupted'])
      expect(main.stdout).toContain(text)
    const convert = await runHere(['convert', '--help'])
    expect(convert).toMatchObject({ code: 0, stderr: '' })
    expect(convert.stdout).toMatch(
      /Options of COCO:\n(?: {2,}.*\n)*? {2}--coco\.segmentation <auto\|polygon\|rle\|rle-string>/,
    )
    expect((await runHere(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+/)
  })
})

describe('exit codes of errors', () => {
  it('tell usage, bad input, interruption and defects apart', () => {
    expect(exitCodeOfError(new AnnotationError('output-not-empty', ''))).toBe(2)
    expect(exitCodeOfError(new AnnotationError('undetected', ''))).toBe(3)
    expect(exitCodeOfError(new AnnotationError('ambiguous-format', ''))).toBe(3)
    expect(exitCodeOfError(new AnnotationError('io', ''))).toBe(3)
    expect(exitCodeOfError(new AnnotationError('aborted', ''))).toBe(130)
    expect(exitCodeOfError(new AnnotationError('conservation', ''))).toBe(70)
    expect(exitCodeOfError(new TypeError('x'))).toBe(70)
  })

  it('is 70 for a defect, in one line, and 130 for an abort', async () => {
    const broken = {
      write: () => {
        throw new RangeError('out of\nrange')
      },
    }
    const said: string[] = []
    const { run } = await import('../../src/cli/program.js')
    const stderr = { write: (text: string) => said.push(text) }
    const code = await run(['formats'], { stdout: broken, stderr, env: {}, signal: new AbortController().signal })
    expect(code).toBe(70)
    expect(said.join('')).toBe(
      'error internal: RangeError: out of range\n  fix: This is a defect of annoform; please report it with the command you gave. ANNOFORM_DEBUG=1 shows where it arose\n',
    )
  })
})

describe('the verdict on a report', () => {
  const report: Report = {
    version: 1,
    source: { format: 'a', name: 'a' },
    target: { format: 'b', name: 'b' },
    items: 1,
    annotations: { read: 10, kept: 1, derived: 2, approximated: 3, dropped: 4 },
    ledger: [
      { level: 'annotation', effect: 'dropped', subject: 'box', reason: 'invalid', count: 3, places: [] },
      { level: 'annotation', effect: 'dropped', subject: 'cube', reason: 'no place', count: 1, places: [] },
      { level: 'field', effect: 'dropped', subject: 'score', reason: 'no place', count: 5, places: [] },
      { level: 'header', effect: 'approximated', subject: 'info', reason: 'cut', count: 1, places: [] },
      { level: 'item', effect: 'defaulted', subject: 'id', reason: 'numbered', count: 100, places: [] },
    ],
    problems: [
      { code: 'invalid-value', message: 'm', lossy: true, count: 2, places: [] },
      { code: 'duplicate-id', message: 'm', lossy: false, count: 7, places: [] },
    ],
  }

  it('counts what --fail-on asks for', () => {
    const words = ['dropped', 'approximated', 'derived', 'fields', 'problems'] as const
    expect(words.map((word) => failures(report, word))).toEqual([4, 3, 2, 6, 9])
  })

  it('counts what was left out because it was bad, not what has no place in the target', () => {
    expect(leftOut(report)).toBe(3)
    expect(leftOut({ ledger: report.ledger.slice(1), problems: [] })).toBe(0)
    expect(leftOut({ ledger: [], problems: report.problems })).toBe(2)
  })
})
