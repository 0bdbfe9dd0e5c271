import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { convertDataset, type Report } from '../../../src/converters/convert.js'
import type { Policy } from '../../../src/converters/format.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { resolveOptions } from '../../../src/converters/options.js'
import { formatById } from '../../../src/converters/registry.js'
import { createDataset, type Dataset } from '../../../src/dataset/dataset.js'
import { Item, type ItemInit } from '../../../src/dataset/item.js'
import { memoryScratch, memorySink, memoryTree } from '../../../src/memory.js'

/** A folder of real data or answers, where the environment names it. */
export function realFolder(variable: 'ANNOFORM_CORPORA' | 'ANNOFORM_GOLDENS', below = ''): string | undefined {
  const root = process.env[variable]
  const folder = root === undefined || root === '' ? undefined : join(root, below)
  return folder !== undefined && existsSync(folder) ? folder : undefined
}

/** The files below a folder with this ending, as relative paths. */
export function filesOf(folder: string | undefined, ending: string): readonly string[] {
  if (folder === undefined) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .sort()
}

/** A file of the project. */
export function realPath(path: string): URL {
  return new URL(`../../../${path}`, import.meta.url)
}

export type Files = Readonly<Record<string, string | Uint8Array>>
type Options = Readonly<Record<string, unknown>>

export interface Reading {
  readonly dataset: Dataset
  readonly ledger: Ledger
}

export async function open(
  format: string,
  files: Files,
  options: Options = {},
  policy: Policy = 'lenient',
): Promise<Reading> {
  const { id, read } = formatById(format)
  if (read === undefined) throw new Error(`${format} cannot be read`)
  const ledger = new Ledger(policy)
  const context = { policy, account: ledger, scratch: memoryScratch() }
  return { dataset: await read.open(memoryTree(files), resolveOptions(id, read.options, options), context), ledger }
}

export async function itemsOf({ dataset, ledger }: Reading): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of dataset.items(ledger)) items.push(item)
  return items
}

export interface Written {
  readonly files: Readonly<Record<string, Uint8Array>>
  readonly report: Report
  text(path: string): string
}

export async function write(
  format: string,
  { dataset, ledger }: Partial<Reading> & Pick<Reading, 'dataset'>,
  settings: { readonly options?: Options; readonly rewrite?: boolean; readonly policy?: Policy } = {},
): Promise<Written> {
  const tree = memorySink()
  const report = await convertDataset(dataset, { to: formatById(format), tree, ledger, ...settings })
  return { files: Object.fromEntries(tree.files), report, text: (path) => tree.text(path) }
}

/** From files of one format to those of another, with one ledger. */
export async function convert(
  from: string,
  to: string,
  files: Files,
  settings: Parameters<typeof write>[2] & { readonly read?: Options } = {},
): Promise<Written> {
  return write(to, await open(from, files, settings.read, settings.policy), settings)
}

export function datasetOf(annotations: ItemInit['annotations'], init: Partial<ItemInit> = {}): Dataset {
  const item = new Item({
    id: { text: 'talk', kind: 'string' },
    path: 'talk.mp4',
    media: { kind: 'video' },
    annotations,
    ...init,
  })
  return createDataset({ items: [item] })
}
