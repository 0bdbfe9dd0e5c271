import { type Command, Option } from 'commander'
import { type Candidate, detectAll, detectFormat } from '../converters/detect.js'
import { type Format, POLICIES, type Policy } from '../converters/format.js'
import { Ledger } from '../converters/ledger.js'
import { formatById } from '../converters/registry.js'
import type { Size, SizeSource } from '../converters/sizes.js'
import type { Dataset } from '../dataset/dataset.js'
import { AnnotationError } from '../errors.js'
import { sourceTree } from '../io/folder.js'
import { PICTURE_FRAMES, type PictureFrame } from '../io/picture-size.js'
import type { SizingOptions } from '../node.js'
import { openDataset } from '../node.js'
import { EXIT, leftOut } from './exit-code.js'
import { type Findings, findingsText } from './findings.js'
import { addFormatOptions, checkAllUsed, givenFormatOptions, optionsFor } from './format-options.js'
import { folderOf, sizesOf } from './picture-options.js'
import { progressOn } from './progress.js'
import { styleOf, type Terminal } from './terminal.js'

interface Values {
  readonly from?: string
  readonly json?: boolean
  readonly sizes?: string
  readonly images?: string
  readonly orientation: PictureFrame
  readonly policy: Policy
}

/** Adds `inspect`; `done` is told the exit code. */
export function registerInspect(program: Command, terminal: Terminal, done: (code: number) => void): void {
  const command = program
    .command('inspect')
    .summary('tell what a file or folder holds')
    .description('Tells which format a file or folder is in and why, and reads all of it to count what is there.')
    .argument('<input>', 'file or folder with annotations')
    .option('--from <format>', 'format of the input (default: recognised)')
    .option('--sizes <file|WxH>', 'sizes of pictures: JSON {"name.jpg": [width, height]}, or one for all, like 640x480')
    .option('--images <folder>', 'where the pictures are')
    .addOption(
      new Option('--orientation <frame>', 'what coordinates count in: pictures as displayed (EXIF-turned) or as stored')
        .choices([...PICTURE_FRAMES])
        .default('displayed'),
    )
    .option('--json', 'as JSON')
    .addOption(new Option('--policy <policy>', 'what to do with bad input').choices([...POLICIES]).default('lenient'))
    .action(async (input: string, values: Values) => done(await runInspect(input, values, terminal)))
  addFormatOptions(command, ['read'])
}

async function runInspect(input: string, values: Values, terminal: Terminal): Promise<number> {
  const given = givenFormatOptions({ ...values }, ['read'])
  const chosen = values.from === undefined ? undefined : formatById(values.from)
  const tree = await sourceTree(input)
  const candidates = await detectAll(tree)
  const format = chosen ?? (await detectFormat(tree)).format
  checkAllUsed(given, format, undefined)
  const ledger = new Ledger(values.policy)
  const progress = await progressOn(terminal, true)
  const { signal } = terminal
  let findings: Findings
  try {
    const dataset = await openDataset(input, {
      from: format.id,
      options: optionsFor(given, format, 'read'),
      policy: values.policy,
      ...sizingOf(values),
      ledger,
      signal,
      onProgress: (event) => progress.update(event),
    })
    try {
      findings = await survey(input, format, candidates, dataset, ledger, signal)
    } finally {
      await dataset.close()
    }
  } finally {
    progress.stop()
  }
  const { stdout, env } = terminal
  stdout.write(
    values.json === true ? `${JSON.stringify(findings, null, 2)}\n` : findingsText(findings, styleOf(stdout, env)),
  )
  if (findings.items === 0 && findings.annotations === 0)
    throw new AnnotationError('empty-input', 'there is no item in here', { place: { file: input } })
  return leftOut({ ledger: ledger.entries, problems: ledger.problems }) > 0 ? EXIT.incomplete : EXIT.clean
}

/** Counting must not fail for want of a size: where nobody knows one, a nominal one is taken, and that is said. */
function sizingOf({ sizes, images, orientation }: Values): SizingOptions {
  const given = sizes === undefined ? undefined : sizesOf(sizes)
  return { sizes: given ?? nominalSize(), images: folderOf(images), orientation }
}

function nominalSize(): SizeSource {
  return (item, account) => {
    account?.problem({
      code: 'size-unknown',
      message: `the size of this picture is not known; its annotations are counted as if it were ${NOMINAL.width} × ${NOMINAL.height}`,
      place: { file: item.path },
      fix: 'Put the pictures beside the annotations, or give --images FOLDER or --sizes',
    })
    return NOMINAL
  }
}

const NOMINAL: Size = { width: 1000, height: 1000 }

/** Reads everything once and counts. */
async function survey(
  name: string,
  format: Format,
  candidates: readonly Candidate[],
  dataset: Dataset,
  ledger: Ledger,
  signal: AbortSignal,
): Promise<Findings> {
  const media = new Map<string, number>()
  const types = new Map<string, number>()
  const labels = new Map<string, number>()
  const splits = new Map<string, number>()
  let items = 0
  let sized = 0
  let empty = 0
  for (const label of dataset.header.labels) labels.set(label.name, 0)
  for (const split of dataset.header.splits) splits.set(split, 0)
  for await (const item of dataset.items(ledger)) {
    if (signal.aborted) throw new AnnotationError('aborted', 'stopped on request')
    items++
    if (item.media.width !== undefined && item.media.height !== undefined) sized++
    if (item.annotations.length === 0) empty++
    increment(media, item.media.kind)
    if (item.split !== undefined) increment(splits, item.split)
    for (const annotation of item.annotations) {
      increment(types, annotation.type)
      if (annotation.label !== '') increment(labels, annotation.label)
    }
  }
  return {
    version: 1,
    name,
    format: format.id,
    title: format.title,
    candidates: candidates.map(({ format: { id }, confidence, evidence }) => ({ format: id, confidence, evidence })),
    items,
    itemsWithoutAnnotations: empty,
    itemsWithSize: sized,
    media: byCount(media, 'kind'),
    splits: [...splits].map(([split, count]) => ({ split, count })),
    annotations: ledger.counts.read,
    types: byCount(types, 'type'),
    labels: byCount(labels, 'label'),
    strays: dataset.header.strays.length,
    problems: ledger.problems.map(({ ...problem }) => problem),
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

/** The most frequent first; those of one count in the order in which they were met. */
function byCount<K extends string>(
  counts: ReadonlyMap<string, number>,
  key: K,
): (Record<K, string> & { count: number })[] {
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => ({ [key]: name, count }) as Record<K, string> & { count: number })
}
