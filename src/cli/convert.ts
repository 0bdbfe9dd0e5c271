import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'
import { type Command, Option } from 'commander'
import { type Format, POLICIES, type Policy } from '../converters/format.js'
import { parseLabelFile } from '../converters/labels.js'
import { formatById, formats } from '../converters/registry.js'
import type { SplitShare } from '../dataset/transforms.js'
import { AnnotationError } from '../errors.js'
import { PICTURE_FRAMES, type PictureFrame } from '../io/picture-size.js'
import { MEDIA_MODES, type MediaMode } from '../io/place-pictures.js'
import { writeTextFile } from '../io/write-file.js'
import { type ConvertOptions, convert, type Report } from '../node.js'
import { failOnArgument, folderArgument, seedArgument, splitArgument } from './arguments.js'
import { EXIT, type FailOn, failures, leftOut } from './exit-code.js'
import { addFormatOptions, checkAllUsed, givenFormatOptions, optionsFor } from './format-options.js'
import { folderOf, sizesOf } from './picture-options.js'
import { progressOn } from './progress.js'
import { readText } from './read-text.js'
import { summaryText } from './summary.js'
import { printable, styleOf, type Terminal } from './terminal.js'
import { counted, grouped } from './wording.js'

interface Values {
  readonly to: string
  readonly out: string
  readonly from?: string
  readonly split?: string | readonly SplitShare[]
  readonly seed?: number
  readonly labels?: string
  readonly sizes?: string
  readonly images?: string
  readonly orientation: PictureFrame
  readonly media: MediaMode
  readonly report?: string
  readonly failOn?: readonly FailOn[]
  readonly policy: Policy
  readonly rewrite?: boolean
  readonly overwrite?: boolean
  readonly quiet?: boolean
}

/** Adds `convert`; `done` is told the exit code. */
export function registerConvert(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const ids = formats.map(({ id }) => id).join(', ')
  const command = program
    .command('convert')
    .summary('turn annotations from one format into another')
    .description(
      'Turns the annotations in a file or folder into another format and accounts for every one of them.\n' +
        'Pictures stay where they are, unless --media says otherwise; their headers are read where a size is missing.',
    )
    .argument('<input>', 'file or folder with annotations')
    .requiredOption('--to <format>', `format to write: ${ids}`)
    .requiredOption('--out <folder>', 'where to write; must be empty or not exist', folderArgument)
    .option('--from <format>', 'format of the input (default: recognised)')
    .option('--split <split>', 'take one split (val), or divide into several (train=80,val=20)', splitArgument)
    .option('--seed <number>', 'divide differently (default: 0)', seedArgument)
    .option('--labels <file>', 'labels in their order: one name a line, or JSON {"name": index}')
    .option('--sizes <file|WxH>', 'sizes of pictures: JSON {"name.jpg": [width, height]}, or one for all, like 640x480')
    .option('--images <folder>', 'where the pictures are')
    .addOption(
      new Option('--orientation <frame>', 'what coordinates count in: pictures as displayed (EXIF-turned) or as stored')
        .choices([...PICTURE_FRAMES])
        .default('displayed'),
    )
    .addOption(
      new Option('--media <mode>', 'what becomes of the pictures in the output')
        .choices([...MEDIA_MODES])
        .default('none'),
    )
    .option('--report <file>', 'write the whole account as JSON')
    .option(
      '--fail-on <list>',
      'exit with 1 on any of dropped, approximated, derived, fields, problems',
      failOnArgument,
    )
    .addOption(new Option('--policy <policy>', 'what to do with bad input').choices([...POLICIES]).default('lenient'))
    .option('--rewrite', 'write everything afresh, also what did not change')
    .option('--overwrite', 'write into a folder that is not empty; only files of the same name are replaced')
    .option('--quiet', 'no progress and no summary')
    .action(async (input: string, values: Values) => done(await runConvert(command, input, values, terminal)))
  addFormatOptions(command, ['read', 'write'])
}

async function runConvert(command: Command, input: string, values: Values, terminal: Terminal): Promise<number> {
  const { out, report: reportFile, failOn = [], quiet = false } = values
  if (values.seed !== undefined && !Array.isArray(values.split))
    command.error("error: option '--seed' needs shares in '--split', like train=80,val=20")
  if (reportFile !== undefined) checkReportFile(reportFile, input, values)
  const progress = await progressOn(terminal, !quiet)
  let files: readonly string[] = []
  let report: Report
  try {
    report = await convert({
      ...conversionOf(input, values),
      signal: terminal.signal,
      onProgress: (event) => progress.update(event),
      onWritten: (written) => {
        files = written
      },
    })
  } finally {
    progress.stop()
  }
  if (reportFile !== undefined) writeReport(reportFile, report, files, out)
  if (!quiet) terminal.stderr.write(summaryText(report, files, styleOf(terminal.stderr, terminal.env)))
  return verdict(report, failOn, out, terminal)
}

/** What stands in the way of a report should not be noticed after an hour's work, nor by overwriting somebody's data. */
function checkReportFile(file: string, input: string, { out, labels, sizes, overwrite = false }: Values): void {
  const folder = dirname(resolve(file))
  if (!existsSync(folder) && !`${folder}${sep}`.startsWith(resolve(out) + sep))
    throw new AnnotationError('io', 'the folder of the report is not there', {
      place: { file },
      fix: `Make ${folder} first`,
    })
  const there = statSync(file, { throwIfNoEntry: false })
  if (there === undefined) return
  if (there.isDirectory()) throw new AnnotationError('io', 'the report would be a folder', { place: { file } })
  const real = realpathSync(file)
  const read = [input, labels, sizes].flatMap((path) =>
    path !== undefined && existsSync(path) ? [realpathSync(path)] : [],
  )
  if (read.some((path) => real === path || real.startsWith(path + sep)))
    throw new AnnotationError('output-inside-input', 'the report would replace what is read', {
      place: { file },
      fix: 'Choose another name for the report',
    })
  if (there.isFile() && !overwrite && !REPORT.test(readFileSync(real, { encoding: 'utf8', flag: 'r' }).slice(0, 64)))
    throw new AnnotationError('output-not-empty', 'this file is there and is no report', {
      place: { file },
      fix: 'Choose another name for the report, or give --overwrite',
    })
}

/** How every report begins. */
const REPORT = /^(?:\{\s*"version": 1,\s*"source":|$)/

function writeReport(file: string, report: Report, written: readonly string[], out: string): void {
  if (written.some((path) => resolve(out, path) === resolve(file)))
    throw new AnnotationError('path-collision', 'the report would replace a file of the result', {
      place: { file },
      fix: 'The result is there; run again with another name for the report',
    })
  writeTextFile(file, `${JSON.stringify(report, null, 2)}\n`)
}

function conversionOf(input: string, values: Values): ConvertOptions {
  const { to, out, from, policy, labels, sizes, images, orientation, media, rewrite, overwrite } = values
  const target = formatById(to)
  const source = from === undefined ? undefined : formatById(from)
  const given = givenFormatOptions({ ...values }, ['read', 'write'])
  const fromOptions = (format: Format): Readonly<Record<string, unknown>> => {
    checkAllUsed(given, format, target)
    return optionsFor(given, format, 'read')
  }
  if (source !== undefined) fromOptions(source)
  return {
    from: input,
    fromFormat: from,
    fromOptions,
    to,
    options: optionsFor(given, target, 'write'),
    out,
    policy,
    rewrite,
    overwrite,
    images: folderOf(images),
    orientation,
    media,
    split: splitOf(values),
    labels: labels === undefined ? undefined : parseLabelFile(readText(labels), labels),
    sizes: sizes === undefined ? undefined : sizesOf(sizes),
  }
}

function splitOf({ split, seed }: Values): ConvertOptions['split'] {
  return split === undefined || typeof split === 'string' ? split : { shares: split, seed }
}

/** The exit code, with the reason said aloud when it is not 0. */
function verdict(report: Report, failOn: readonly FailOn[], out: string, { stderr }: Terminal): number {
  const met = failOn
    .map((condition) => ({ condition, count: failures(report, condition) }))
    .filter(({ count }) => count > 0)
  if (met.length > 0) {
    const list = met.map(({ condition, count }) => `${condition} ${grouped(count)}`).join(', ')
    stderr.write(`Failed because of --fail-on: ${list}. The result is in ${printable(out)} all the same.\n`)
    return EXIT.failOn
  }
  const lost = leftOut(report)
  if (lost === 0) return EXIT.clean
  stderr.write(`Finished, but ${counted(lost, 'problem')} left something out; see above.\n`)
  return EXIT.incomplete
}
