import { convertDataset, type Report } from '../../../src/converters/convert.js'
import { dataloop, parseDataloopItem } from '../../../src/converters/dataloop/index.js'
import type { Context, Policy } from '../../../src/converters/format.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { resolveOptions } from '../../../src/converters/options.js'
import { formatById } from '../../../src/converters/registry.js'
import type { Annotation } from '../../../src/dataset/annotation.js'
import type { Dataset } from '../../../src/dataset/dataset.js'
import type { Item } from '../../../src/dataset/item.js'
import type { DefinitionOf, DefinitionType } from '../../../src/definitions/index.js'
import { nodeDeflate } from '../../../src/io/deflate.js'
import { memoryScratch, memorySink, memoryTree } from '../../../src/memory.js'

export type Files = Readonly<Record<string, string | Uint8Array>>

/** An image item with these annotations, 640 × 480 unless the system metadata says otherwise. */
export function itemJson(annotations: readonly unknown[], system: object = { width: 640, height: 480 }): string {
  return JSON.stringify({ _id: 'it1', filename: '/dir/a.jpg', annotations, metadata: { system, user: {} } })
}

/** An annotation element of the fewest keys. */
export function element(type: string, coordinates?: unknown, more: object = {}): object {
  return { type, label: 'cat', ...(coordinates === undefined ? {} : { coordinates }), ...more }
}

export interface Read {
  readonly item: Item
  readonly ledger: Ledger
}

export function read(json: string, policy: Policy = 'lenient', deflate: typeof nodeDeflate | null = nodeDeflate): Read {
  const ledger = new Ledger(policy)
  const item = parseDataloopItem(json, { account: ledger, policy, deflate: deflate ?? undefined, name: 'a.json' })
  return { item, ledger }
}

/** The only annotation of an item that holds this one, and its definition by type. */
export function readOne<T extends DefinitionType>(
  type: T,
  source: object,
  system?: object,
): Annotation & { readonly definition: DefinitionOf<T> } {
  const { item, ledger } = read(itemJson([source], system))
  const [annotation] = item.annotations
  if (annotation === undefined) throw new Error(JSON.stringify(ledger.problems))
  if (annotation.type !== type) throw new Error(`a ${annotation.type}`)
  return annotation as Annotation & { readonly definition: DefinitionOf<T> }
}

export function context(ledger: Ledger, policy: Policy = 'lenient', more: Partial<Context> = {}): Context {
  return { policy, account: ledger, scratch: memoryScratch(), deflate: nodeDeflate, ...more }
}

export function open(files: Files, ledger = new Ledger('lenient'), more: Partial<Context> = {}): Promise<Dataset> {
  const { read: reading } = dataloop
  if (reading === undefined) throw new Error('cannot read')
  return reading.open(memoryTree(files), resolveOptions('dataloop', reading.options), context(ledger, 'lenient', more))
}

export async function itemsOf(dataset: Dataset, ledger?: Ledger): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of dataset.items(ledger)) items.push(item)
  return items
}

export interface Written {
  readonly files: Record<string, string>
  readonly report: Report
}

/** Writes a data set; the files as text. */
export async function write(
  dataset: Dataset,
  to = 'dataloop',
  options: Readonly<Record<string, unknown>> = {},
  { ledger = new Ledger('lenient'), rewrite = false }: { readonly ledger?: Ledger; readonly rewrite?: boolean } = {},
): Promise<Written> {
  const tree = memorySink()
  const report = await convertDataset(dataset, {
    to: formatById(to),
    tree,
    options,
    ledger,
    rewrite,
    deflate: nodeDeflate,
  })
  return { files: Object.fromEntries([...tree.files.keys()].map((path) => [path, tree.text(path)])), report }
}

/** Dataloop files written as another format, or as themselves. */
export async function convert(files: Files, to: string, rewrite = false): Promise<Written> {
  const ledger = new Ledger('lenient')
  return write(await open(files, ledger), to, {}, { ledger, rewrite })
}

export function problemsOf(ledger: Ledger): string[] {
  return ledger.problems.map(({ code, places }) => `${code} ${places[0] ?? ''}`)
}
