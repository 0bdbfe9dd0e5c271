import { throwIfAborted } from '../converters/convert.js'
import type { Context, Format } from '../converters/format.js'
import { lockLabels } from '../converters/labels.js'
import { OpeningAccount } from '../converters/opening.js'
import { fillSizes } from '../converters/sizes.js'
import {
  AnnotationError,
  assignSplits,
  convertDataset,
  type Dataset,
  detectFormat,
  formatById,
  Ledger,
  type LockedLabel,
  type Policy,
  type ProgressEvent,
  type Report,
  resolveOptions,
  type SplitShare,
  selectSplit,
} from '../index.js'
import { breath, breathing } from '../io/breathe.js'
import { nodeDeflate } from '../io/deflate.js'
import { type DiskTree, isPicture, sourceTree } from '../io/folder.js'
import { createOutput } from '../io/output.js'
import { checkedSizes } from '../io/picture-check.js'
import { type MediaMode, placedPictures } from '../io/place-pictures.js'
import { diskScratch } from '../io/scratch.js'
import type { Abort } from '../ports.js'
import { type Sizing, type SizingOptions, sizingOf } from './sizing.js'

/** What a long piece of work reports and listens to. */
export interface JobOptions {
  readonly policy?: Policy | undefined
  /** Stops the work: it then throws AnnotationError `aborted`. An `AbortSignal` will do. */
  readonly signal?: Abort | undefined
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined
}

/** Options of a reader, or what gives them once the format is known. */
export type ReadOptions = Readonly<Record<string, unknown>> | ((format: Format) => Readonly<Record<string, unknown>>)

export interface OpenOptions extends JobOptions, SizingOptions {
  /** The id of the format. Default: detected. */
  readonly from?: string | undefined
  readonly options?: ReadOptions | undefined
  /** Is told what is met while opening; other accounts hear of it when they read the items. */
  readonly ledger?: Ledger | undefined
}

export interface ConvertOptions extends JobOptions, SizingOptions {
  /** A file, a folder, or a data set at hand (which stays open). */
  readonly from: string | Dataset
  /** The id of the source's format. Default: detected. */
  readonly fromFormat?: string | undefined
  readonly fromOptions?: ReadOptions | undefined
  /** The id of the target's format. */
  readonly to: string
  /** Options of the target's writer. */
  readonly options?: Readonly<Record<string, unknown>> | undefined
  /** The output folder. */
  readonly out: string
  /** Write into a folder that has something in it: files of the same name are replaced, others stay. */
  readonly overwrite?: boolean | undefined
  /** One split to take, or the splits to divide into. */
  readonly split?: string | { readonly shares: readonly SplitShare[]; readonly seed?: number | undefined } | undefined
  /** The labels in their order. */
  readonly labels?: readonly (string | LockedLabel)[] | undefined
  /** What becomes of the pictures. Default: `none`, they stay where they are. */
  readonly media?: MediaMode | undefined
  /** What happens to the data set between reading and writing, after labels and splits. */
  readonly transform?: ((dataset: Dataset) => Dataset) | undefined
  /** Write every element afresh, also those that did not change. */
  readonly rewrite?: boolean | undefined
  /** Is told which files were written, relative to `out`. */
  readonly onWritten?: ((files: readonly string[]) => void) | undefined
}

/**
 * Opens the annotations in a file or folder. Close the data set when done.
 * @throws AnnotationError `io`, `empty-input`, `undetected`, `ambiguous-format`, `unknown-format`, `cannot-read-format`,
 * `unknown-option`, `invalid-option`, `aborted`, and what the format's reader throws.
 */
export async function openDataset(path: string, options: OpenOptions = {}): Promise<Dataset> {
  const { policy = 'lenient', ledger = new Ledger(policy), signal, onProgress } = options
  const scratch = diskScratch()
  const opening = new OpeningAccount(ledger)
  const tree = await sourceTree(path)
  const sizes = sizingOf(tree.folder, options).source
  const context = { policy, account: opening, scratch, deflate: nodeDeflate, sizes, signal, onProgress }
  const opened = await openTree(tree, options.from, options.options, context)
  const dataset = opening.replayed(opened.dataset)
  return {
    header: dataset.header,
    itemCount: dataset.itemCount,
    // The policy holds for a reading without an account too.
    items: (account = new Ledger(policy)) => dataset.items(account),
    async close() {
      await dataset.close()
      await scratch.dispose()
    },
  }
}

/**
 * Converts annotations into a folder and accounts for every one of them. The files appear when everything has gone
 * well; after an error or an abort nothing is left.
 * @throws AnnotationError what {@link openDataset} and the writer throw, and `cannot-write-format`, `output-not-empty`,
 * `output-inside-input`, `empty-input` when a path holds no items, `invalid-option` for a split that is not there.
 */
export async function convert(options: ConvertOptions): Promise<Report> {
  const started = performance.now()
  const { from, policy = 'lenient', signal, onProgress } = options
  const to = writableFormat(options)
  const ledger = new Ledger(policy)
  const scratch = diskScratch()
  const tree = typeof from === 'string' ? await sourceTree(from) : undefined
  const sizing = sizingOf(tree?.folder, options)
  const output = await createOutput(options.out, { overwrite: options.overwrite, input: tree?.name })
  let opened: Dataset | undefined
  try {
    let source = { format: 'memory', name: 'memory' }
    if (tree !== undefined) {
      const context = {
        policy,
        account: ledger,
        scratch,
        deflate: nodeDeflate,
        sizes: sizing.source,
        signal,
        onProgress,
      }
      const { dataset, format } = await openTree(tree, options.fromFormat, options.fromOptions, context)
      opened = dataset
      source = { format: format.id, name: tree.name }
    }
    const dataset = prepared(opened ?? breathing(from as Dataset), to, sizing, options, ledger)
    const input = tree?.folder ?? options.images
    const folders = input === undefined ? undefined : { input, images: options.images }
    const { media = 'none' } = options
    const pictures = placedPictures(output, folders, media, ledger)
    const report = await convertDataset(dataset, {
      to,
      tree: output.tree,
      options: options.options,
      policy,
      rewrite: options.rewrite,
      sizes: sizing.source,
      ledger,
      source,
      scratch,
      deflate: nodeDeflate,
      pictures,
      signal,
      onProgress,
    })
    if (tree !== undefined && report.items === 0 && dataset.header.strays.length === 0) throw nothingIn(tree, options)
    await breath()
    throwIfAborted(signal)
    await output.commit()
    options.onWritten?.([...output.files])
    const carried = media === 'none' ? {} : { pictures: { mode: media, ...pictures.counts } }
    return { ...report, ...carried, seconds: (performance.now() - started) / 1000 }
  } finally {
    await output.abort()
    await opened?.close()
    await scratch.dispose()
  }
}

/** The target, with its options checked before anything is read. */
function writableFormat(options: ConvertOptions): Format {
  const format = formatById(options.to)
  if (format.write === undefined)
    throw new AnnotationError('cannot-write-format', `${format.id} can be read but not written`)
  resolveOptions(format.id, format.write.options, options.options)
  return format
}

async function openTree(
  tree: DiskTree,
  id: string | undefined,
  options: ReadOptions | undefined,
  context: Context,
): Promise<{ readonly dataset: Dataset; readonly format: Format }> {
  const format = id === undefined ? (await detectFormat(tree)).format : formatById(id)
  if (format.read === undefined)
    throw new AnnotationError('cannot-read-format', `${format.id} can be written but not read`)
  const given = typeof options === 'function' ? options(format) : options
  const dataset = await format.read.open(tree, resolveOptions(format.id, format.read.options, given), context)
  for (const { path, reason } of tree.skipped) {
    // A picture may well be a link to somewhere else: nobody reads it for annotations.
    if (!isPicture(path))
      context.account.problem({
        code: 'file-skipped',
        message: `left out: ${reason}`,
        place: { file: path },
        lossy: true,
      })
  }
  return { dataset: breathing(dataset), format }
}

/** The data set as the options want it: labels, splits, sizes. */
function prepared(
  source: Dataset,
  to: Format,
  { source: sizeSource, headers, frame }: Sizing,
  options: ConvertOptions,
  ledger: Ledger,
): Dataset {
  const { labels, split, sizes, images, transform, media = 'none' } = options
  let dataset = source
  if (labels !== undefined) {
    const locked = labels.map((label) => (typeof label === 'string' ? { name: label } : label))
    dataset = lockLabels(dataset, locked, ledger)
  }
  if (typeof split === 'string') dataset = selectSplit(dataset, knownSplit(dataset, split))
  else if (split !== undefined) dataset = assignSplits(dataset, split.shares, split.seed)
  const eager = to.expresses.needsSize || sizes !== undefined || images !== undefined
  if (transform !== undefined) dataset = transform(dataset)
  if (eager) dataset = fillSizes(dataset, sizeSource)
  // Whoever names the pictures, or wants them carried along, wants to know that they are the right ones.
  const looked = headers !== undefined && (images !== undefined || media !== 'none')
  return looked ? checkedSizes(dataset, headers, frame) : dataset
}

function knownSplit(dataset: Dataset, split: string): string {
  const { splits } = dataset.header
  if (splits.length === 0 || splits.includes(split)) return split
  throw new AnnotationError('invalid-option', `there is no split ${JSON.stringify(split)}`, {
    fix: `Choose one of ${splits.join(', ')}`,
  })
}

function nothingIn(tree: DiskTree, { split }: ConvertOptions): AnnotationError {
  const reason =
    typeof split === 'string' ? `no item is in the split ${JSON.stringify(split)}` : 'there is no item in here'
  return new AnnotationError('empty-input', reason, {
    place: { file: tree.name },
    fix: 'Look at the input with inspect',
  })
}
