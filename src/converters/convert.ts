import type { Outcome } from '../dataset/account.js'
import { sourceOf } from '../dataset/annotation.js'
import type { Dataset } from '../dataset/dataset.js'
import type { Item } from '../dataset/item.js'
import { withoutRawTexts } from '../dataset/transforms.js'
import { AnnotationError, type Place } from '../errors.js'
import { memoryScratch } from '../memory.js'
import type { Abort, Deflate, Scratch, SinkTree } from '../ports.js'
import type { Context, Format, Pictures, Policy, ProgressEvent, Sink } from './format.js'
import {
  type AnnotationCounts,
  Ledger,
  type LedgerEntry,
  mergedOutcome,
  type ProblemEntry,
  withAmendment,
} from './ledger.js'
import { resolveOptions } from './options.js'
import { type SizeSource, withSize } from './sizes.js'

/** The account of a finished conversion; the same in the library and in `--report`. */
export interface Report {
  readonly version: 1
  readonly source: { readonly format: string; readonly name: string }
  readonly target: { readonly format: string; readonly name: string }
  readonly items: number
  readonly annotations: AnnotationCounts
  readonly ledger: readonly LedgerEntry[]
  readonly problems: readonly ProblemEntry[]
  /** What became of the pictures, where they were to come along. */
  readonly pictures?:
    | { readonly mode: 'copy' | 'hardlink' | 'symlink'; readonly placed: number; readonly missing: number }
    | undefined
  /** Wall time where the caller has a clock. Never part of anything compared. */
  readonly seconds?: number | undefined
}

export interface ConvertDatasetOptions {
  readonly to: Format
  readonly tree: SinkTree
  /** Options of the target, for coco `{segmentation: 'rle'}`. */
  readonly options?: Readonly<Record<string, unknown>> | undefined
  readonly policy?: Policy | undefined
  /** Write every element afresh, even those that did not change. */
  readonly rewrite?: boolean | undefined
  /** The ledger the source was opened with, so that the report holds what happened then. */
  readonly ledger?: Ledger | undefined
  readonly source?: { readonly format: string; readonly name: string } | undefined
  /** Asked for the size of an item only when the writer cannot do without it. */
  readonly sizes?: SizeSource | undefined
  readonly scratch?: Scratch | undefined
  /** Needed by formats that keep masks as PNG. */
  readonly deflate?: Deflate | undefined
  /** The pictures of the items, for writers that put them beside the annotations. */
  readonly pictures?: Pictures | undefined
  readonly signal?: Abort | undefined
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined
}

/** How many items pass between two progress events. */
const PROGRESS_STEP = 256

/**
 * Writes a data set in a format and accounts for every annotation.
 * The caller decides what becomes of a half-written tree when this throws.
 * @throws AnnotationError `cannot-write-format`, `aborted`, `conservation`, what the source throws, and under the strict
 * policy the first problem.
 */
export async function convertDataset(source: Dataset, options: ConvertDatasetOptions): Promise<Report> {
  const { to, tree, signal, onProgress, policy = 'lenient' } = options
  if (to.write === undefined) throw new AnnotationError('cannot-write-format', `${to.id} can be read but not written`)
  throwIfAborted(signal)
  const ledger = options.ledger ?? new Ledger(policy)
  const { deflate, pictures, scratch = memoryScratch() } = options
  const context: Context = { policy, account: ledger, scratch, deflate, pictures, signal, onProgress }
  const dataset = options.rewrite === true ? withoutRawTexts(source) : source
  const sink = await to.write.create(
    tree,
    dataset.header,
    resolveOptions(to.id, to.write.options, options.options),
    context,
  )
  let items = 0
  try {
    for await (const item of dataset.items(ledger)) {
      throwIfAborted(signal)
      const written = writeItem(sink, item, options.sizes, context)
      enterOutcomes(ledger, item, written instanceof Promise ? await written : written, to.id)
      items++
      if (items % PROGRESS_STEP === 0)
        onProgress?.({ phase: 'convert', unit: 'items', done: items, total: dataset.itemCount })
    }
    await enterStrays(ledger, sink, dataset)
    throwIfAborted(signal)
    ledger.checkConservation()
    onProgress?.({ phase: 'finish', unit: 'items', done: items, total: items })
    await sink.close()
  } catch (error) {
    // Why the work stopped is worth more than what goes wrong while cleaning up.
    await sink.abort?.().catch(() => undefined)
    throw error
  }
  throwIfAborted(signal)
  return {
    version: 1,
    source: options.source ?? { format: 'memory', name: 'memory' },
    target: { format: to.id, name: tree.name },
    items,
    annotations: ledger.counts,
    ledger: ledger.entries.map((entry) => ({ ...entry, places: [...entry.places] })),
    problems: ledger.problems.map((entry) => ({ ...entry, places: [...entry.places] })),
  }
}

/** @throws AnnotationError `aborted` */
export function throwIfAborted(signal: Abort | undefined): void {
  if (signal?.aborted === true) throw new AnnotationError('aborted', 'stopped on request', { cause: signal.reason })
}

/**
 * Writes an item; a writer that cannot do without its size gets it, where anybody knows it, and tries once more. Where
 * nobody does, the policy and the writer say whether the work goes on.
 */
function writeItem(
  sink: Sink,
  item: Item,
  sizes: SizeSource | undefined,
  { account, policy }: Context,
): readonly Outcome[] | Promise<readonly Outcome[]> {
  const again = async (error: unknown): Promise<readonly Outcome[]> => {
    if (!(error instanceof AnnotationError) || error.code !== 'size-unknown') throw error
    const sized = sizes === undefined ? item : await withSize(item, sizes, account)
    if (sized !== item) return sink.write(sized)
    if (policy === 'strict' || sink.writeUnsized === undefined) throw error
    return sink.writeUnsized(item)
  }
  try {
    const written = sink.write(item)
    return written instanceof Promise ? written.catch(again) : written
  } catch (error) {
    return again(error)
  }
}

function enterOutcomes(ledger: Ledger, item: Item, outcomes: readonly Outcome[], format: string): void {
  const { annotations } = item
  if (outcomes.length !== annotations.length)
    throw new AnnotationError('conservation', `the ${format} writer did not account for every annotation`, {
      place: item.place,
      expected: `${annotations.length} outcomes`,
      got: String(outcomes.length),
    })
  // Several annotations made from one source annotation count once, by the worst of them.
  const shared = new Set(annotations.map(sourceOf)).size < annotations.length
  const grouped = new Map<object, { outcome: Outcome; readonly place: Place | undefined }>()
  for (const [i, annotation] of annotations.entries()) {
    const plain = outcomes[i]
    if (plain === undefined) continue
    const outcome = withAmendment(plain, annotation)
    const source = sourceOf(annotation)
    const before = shared ? grouped.get(source) : undefined
    if (!shared) ledger.outcome(outcome, annotation.place)
    else if (before === undefined) grouped.set(source, { outcome, place: annotation.place })
    else before.outcome = mergedOutcome(before.outcome, outcome)
  }
  for (const { outcome, place } of grouped.values()) ledger.outcome(outcome, place)
}

async function enterStrays(ledger: Ledger, sink: Sink, dataset: Dataset): Promise<void> {
  const { strays } = dataset.header
  if (strays.length === 0) return
  const outcomes =
    (await sink.strays?.(strays)) ??
    strays.map((stray): Outcome => ({ effect: 'dropped', subject: 'annotation', reason: stray.reason }))
  for (const [i, outcome] of outcomes.entries()) ledger.outcome(outcome, strays[i]?.place)
}
