import { convertDataset, type Report } from '../../../src/converters/convert.js'
import type { Policy } from '../../../src/converters/format.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { resolveOptions } from '../../../src/converters/options.js'
import { formatById } from '../../../src/converters/registry.js'
import { oneSize, type SizeSource } from '../../../src/converters/sizes.js'
import type { Annotation } from '../../../src/dataset/annotation.js'
import type { Dataset } from '../../../src/dataset/dataset.js'
import type { Item } from '../../../src/dataset/item.js'
import { memoryScratch, memorySink, memoryTree } from '../../../src/memory.js'
import type { SourceTree } from '../../../src/ports.js'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** Not square, and no power of two. */
export const SIZE = { width: 640, height: 427 } as const

export interface Opening {
  readonly format?: string
  readonly policy?: Policy
  readonly options?: Readonly<Record<string, unknown>>
  /** Undefined: of 640 × 427 pixels. */
  readonly sizes?: SizeSource | null
}

export interface Opened {
  readonly dataset: Dataset
  readonly ledger: Ledger
}

export async function openFiles(files: Files | SourceTree, opening: Opening = {}): Promise<Opened> {
  const { format: id = 'yolo', policy = 'lenient', options, sizes = oneSize(SIZE) } = opening
  const format = formatById(id)
  if (format.read === undefined) throw new Error(`${id} cannot be read`)
  const ledger = new Ledger(policy)
  const context = { policy, account: ledger, scratch: memoryScratch(), sizes: sizes ?? undefined }
  const tree = isTree(files) ? files : memoryTree(files)
  return { dataset: await format.read.open(tree, resolveOptions(id, format.read.options, options), context), ledger }
}

function isTree(files: Files | SourceTree): files is SourceTree {
  return typeof files.list === 'function'
}

export interface Read extends Opened {
  readonly items: readonly Item[]
  readonly annotations: readonly Annotation[]
}

/** Reads everything. */
export async function readFiles(files: Files | SourceTree, opening: Opening = {}): Promise<Read> {
  const opened = await openFiles(files, opening)
  const items: Item[] = []
  for await (const item of opened.dataset.items(opened.ledger)) items.push(item)
  return { ...opened, items, annotations: items.flatMap(({ annotations }) => annotations) }
}

export interface Written {
  readonly report: Report
  readonly files: Readonly<Record<string, string>>
}

export interface Writing {
  readonly to?: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly rewrite?: boolean
  readonly policy?: Policy
  readonly ledger?: Ledger
}

export async function writeDataset(dataset: Dataset, writing: Writing = {}): Promise<Written> {
  const { to = 'yolo', options, rewrite, policy = 'lenient', ledger } = writing
  const tree = memorySink()
  const report = await convertDataset(dataset, { to: formatById(to), tree, options, rewrite, policy, ledger })
  const files = [...tree.files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)])
  return { report, files: Object.fromEntries(files) }
}

/** Reads files as YOLO and writes them as YOLO. */
export async function again(files: Files | SourceTree, writing: Writing = {}, opening: Opening = {}): Promise<Written> {
  const { dataset, ledger } = await openFiles(files, opening)
  return writeDataset(dataset, { ...writing, ledger })
}

/** One file of labels with two classes. */
export function labels(rows: string, extra: Files = {}): Files {
  return { 'data.yaml': 'train: images/train\nnames: [cat, dog]\n', 'labels/train/a.txt': rows, ...extra }
}

/** Problems as `code place`, once for each place. */
export function problemsOf({ ledger }: Opened): readonly string[] {
  return ledger.problems.flatMap(({ code, places }) =>
    places.length === 0 ? [code] : places.map((at) => `${code} ${at}`),
  )
}

export function codesOf({ ledger }: Opened): readonly string[] {
  return ledger.problems.map(({ code }) => code)
}

/** Ledger entries as `effect subject: reason × count`, those of one level. */
export function entriesOf({ ledger }: Pick<Report, 'ledger'>, level = 'annotation'): readonly string[] {
  return ledger
    .filter((entry) => entry.level === level)
    .map(
      ({ effect, subject, reason, count }) =>
        `${effect} ${subject}${reason === undefined ? '' : `: ${reason}`} × ${count}`,
    )
}
