import { convertDataset, type Report } from '../converters/convert.js'
import { detectFormat } from '../converters/detect.js'
import type { Policy } from '../converters/format.js'
import { Ledger } from '../converters/ledger.js'
import { resolveOptions } from '../converters/options.js'
import { formatById } from '../converters/registry.js'
import type { SizeSource } from '../converters/sizes.js'
import { createDataset, type Dataset } from '../dataset/dataset.js'
import { Item } from '../dataset/item.js'
import { AnnotationError } from '../errors.js'
import { memoryScratch, memorySink, memoryTree } from '../memory.js'
import type { Abort, Deflate, SinkTree } from '../ports.js'
import { type Selection, selected } from './conversion.js'

/** What holds for every conversion of a converter. */
export interface ConverterOptions extends Selection {
  readonly policy?: Policy | undefined
  /** Write every element afresh, also those that did not change. */
  readonly rewrite?: boolean | undefined
  /** Told how many items are done, and of how many, where that is known. */
  readonly onProgress?: ((done: number, total: number | undefined) => void) | undefined
  /** Stops the work: it then throws AnnotationError `aborted`. An `AbortSignal` will do. */
  readonly signal?: Abort | undefined
  /** Sizes of pictures that the source does not tell. */
  readonly sizes?: SizeSource | undefined
  /** Needed for formats that keep masks as PNG. In Node it is there already. */
  readonly deflate?: Deflate | undefined
}

export interface ConversionOptions extends Selection {
  /** The id of the target's format. */
  readonly to: string
  /** The id of the source's format. Default: detected. */
  readonly from?: string | undefined
  /** Options of the source's reader. */
  readonly fromOptions?: Readonly<Record<string, unknown>> | undefined
  /** Options of the target's writer. */
  readonly options?: Readonly<Record<string, unknown>> | undefined
}

export interface DatasetConversion extends ConversionOptions {
  /** Where the files go. */
  readonly tree: SinkTree
}

/** Files by relative POSIX path. */
export type Files = Readonly<Record<string, Uint8Array | string>>

/** What a conversion in memory made. */
export interface Converted {
  readonly report: Report
  /** The files written, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** One of them as text. @throws AnnotationError `io` when it was not written */
  text(path: string): string
}

/**
 * Converts annotations between formats, the way users of the Dataloop SDK know it: with a function of their own for each
 * annotation, and progress. Keeps no state between conversions and changes nothing it is given.
 */
export class Converter {
  readonly #options: ConverterOptions

  constructor(options: ConverterOptions = {}) {
    this.#options = options
  }

  /** What was given to the constructor. */
  protected get options(): ConverterOptions {
    return this.#options
  }

  /**
   * Converts in memory: files, items or a data set (which stays open) in, files out.
   * @throws AnnotationError what the reader, the writer and the policy throw; `undetected`, `unknown-format`,
   * `cannot-read-format`, `cannot-write-format`, `invalid-option`, `aborted`
   */
  async convert(source: Files | Item | readonly Item[] | Dataset, options: ConversionOptions): Promise<Converted> {
    const sink = memorySink()
    const ledger = new Ledger(this.#options.policy ?? 'lenient')
    const isFiles = !isDataset(source) && !(source instanceof Item) && !Array.isArray(source)
    const opened = isFiles ? await this.#open(source as Files, options, ledger) : undefined
    try {
      const dataset = opened?.dataset ?? datasetOf(source as Item | readonly Item[] | Dataset)
      const report = await this.#write(dataset, { ...options, tree: sink }, ledger, opened?.format)
      return { report, files: sink.files, text: (path) => sink.text(path) }
    } finally {
      await opened?.dataset.close()
    }
  }

  /**
   * Writes a data set in a format. The data set stays open.
   * @throws AnnotationError as {@link convert}
   */
  convertDataset(dataset: Dataset, options: DatasetConversion): Promise<Report> {
    return this.#write(dataset, options, new Ledger(this.#options.policy ?? 'lenient'), undefined)
  }

  /** The dataset as the selections of the converter and of the conversion want it. */
  protected prepared(dataset: Dataset, options: Selection): Dataset {
    return selected(selected(dataset, this.#options), options)
  }

  async #open(
    files: Files,
    { from, fromOptions }: ConversionOptions,
    account: Ledger,
  ): Promise<{ readonly dataset: Dataset; readonly format: string }> {
    const tree = memoryTree(files)
    const format = from === undefined ? (await detectFormat(tree)).format : formatById(from)
    if (format.read === undefined)
      throw new AnnotationError('cannot-read-format', `${format.id} can be written but not read`)
    const { policy = 'lenient', deflate, sizes, signal } = this.#options
    const context = { policy, account, scratch: memoryScratch(), deflate, sizes, signal }
    const dataset = await format.read.open(tree, resolveOptions(format.id, format.read.options, fromOptions), context)
    return { dataset, format: format.id }
  }

  #write(source: Dataset, conversion: DatasetConversion, ledger: Ledger, format: string | undefined): Promise<Report> {
    const { policy, rewrite, sizes, deflate, signal, onProgress } = this.#options
    return convertDataset(this.prepared(source, conversion), {
      to: formatById(conversion.to),
      tree: conversion.tree,
      options: conversion.options,
      policy,
      rewrite,
      ledger,
      source: format === undefined ? undefined : { format, name: 'memory' },
      sizes,
      deflate,
      signal,
      onProgress: onProgress && (({ unit, done, total }) => unit === 'items' && onProgress(done, total)),
    })
  }
}

function isDataset(source: Files | Item | readonly Item[] | Dataset): source is Dataset {
  return typeof (source as Dataset).items === 'function'
}

function datasetOf(source: Item | readonly Item[] | Dataset): Dataset {
  if (source instanceof Item) return createDataset({ items: [source] })
  return isDataset(source) ? source : createDataset({ items: source })
}
