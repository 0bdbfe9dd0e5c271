import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { XMLParser } from 'fast-xml-parser'
import { convertDataset, type Report } from '../../../src/converters/convert.js'
import type { Policy } from '../../../src/converters/format.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { native } from '../../../src/converters/native/format.js'
import { resolveOptions } from '../../../src/converters/options.js'
import { voc } from '../../../src/converters/voc/format.js'
import { createDataset, type Dataset } from '../../../src/dataset/dataset.js'
import { Item, type ItemInit } from '../../../src/dataset/item.js'
import { memoryScratch, memorySink, memoryTree } from '../../../src/memory.js'
import type { SourceTree } from '../../../src/ports.js'

/** A folder of real data or answers, where the environment names it. */
export function realFolder(variable: 'ANNOFORM_CORPORA' | 'ANNOFORM_GOLDENS', name: string): string | undefined {
  const root = process.env[variable]
  const folder = root === undefined || root === '' ? undefined : join(root, name)
  return folder !== undefined && existsSync(folder) ? folder : undefined
}

export type Files = Readonly<Record<string, string | Uint8Array>>

export interface Reading {
  readonly dataset: Dataset
  readonly ledger: Ledger
}

type Options = Readonly<Record<string, unknown>>

export async function openVocTree(
  tree: SourceTree,
  options: Options = {},
  policy: Policy = 'lenient',
): Promise<Reading> {
  const ledger = new Ledger(policy)
  const context = { policy, account: ledger, scratch: memoryScratch() }
  const dataset = await (voc.read as NonNullable<typeof voc.read>).open(
    tree,
    resolveOptions('voc', (voc.read as NonNullable<typeof voc.read>).options, options) as { base: 'auto' },
    context,
  )
  return { dataset, ledger }
}

export function openFiles(files: Files, options: Options = {}, policy: Policy = 'lenient'): Promise<Reading> {
  return openVocTree(memoryTree(files), options, policy)
}

export async function itemsOf({ dataset, ledger }: Reading): Promise<readonly Item[]> {
  const items: Item[] = []
  for await (const item of dataset.items(ledger)) items.push(item)
  return items
}

export interface Written {
  readonly report: Report
  readonly files: ReadonlyMap<string, Uint8Array>
  text(path: string): string
}

export async function writeVoc(
  source: Dataset,
  options: { readonly options?: Options; readonly rewrite?: boolean; readonly ledger?: Ledger } = {},
): Promise<Written> {
  const tree = memorySink()
  const report = await convertDataset(source, { to: voc, tree, ...options })
  return { report, files: tree.files, text: (path) => tree.text(path) }
}

/** What was read, by way of the native format. */
export async function throughNative({ dataset, ledger }: Reading, rewrite: boolean): Promise<Reading> {
  const tree = memorySink()
  await convertDataset(dataset, { to: native, tree, rewrite, ledger })
  const again = new Ledger('lenient')
  const context = { policy: 'lenient', account: again, scratch: memoryScratch() } as const
  const opened = await (native.read as NonNullable<typeof native.read>).open(
    memoryTree(Object.fromEntries(tree.files)),
    {},
    context,
  )
  return { dataset: opened, ledger: again }
}

export function datasetOf(annotations: ItemInit['annotations'], init: Partial<ItemInit> = {}): Dataset {
  const item = new Item({
    id: { text: 'a', kind: 'string' },
    path: 'a.jpg',
    media: { kind: 'image', width: 640, height: 360 },
    annotations,
    ...init,
  })
  return createDataset({ items: [item] })
}

/** A document with these elements in one object, or with objects as they are given. */
export function documentOf(...objects: readonly string[]): string {
  return `<annotation><filename>a.jpg</filename><size><width>640</width><height>360</height><depth>3</depth></size>${objects.join('')}</annotation>`
}

export function boxXml(xmin: unknown, ymin: unknown, xmax: unknown, ymax: unknown): string {
  return `<bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin><xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox>`
}

const independent = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  htmlEntities: true,
})

/** The element tree by a parser that is not ours: names, order, attributes, trimmed text. */
export function treeOf(xml: string): unknown {
  return independent.parse(xml)
}
