import type { AnnotationCounts, Dataset, Ledger, Policy, Report, SizeSource, SourceTree } from '../../src/node.js'
import type { Library } from './library.js'

/** A data set being read, and the account of it. */
export interface Opened {
  readonly dataset: Dataset
  readonly ledger: Ledger
}

/** Reads a tree as one format. */
export async function openTree(
  { node }: Library,
  tree: SourceTree,
  formatId: string,
  policy: Policy = 'lenient',
  ledger: Ledger = new node.Ledger(policy),
  sizes?: SizeSource,
  given?: Readonly<Record<string, unknown>>,
): Promise<Opened> {
  const format = node.formatById(formatId)
  if (format.read === undefined) throw new Error(`${formatId} cannot be read`)
  const context = { policy, account: ledger, scratch: node.memoryScratch(), deflate: node.nodeDeflate, sizes }
  const options = node.resolveOptions(format.id, format.read.options, given)
  return { dataset: await format.read.open(tree, options, context), ledger }
}

export interface Written {
  readonly report: Report
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Writes what was opened, perhaps changed on the way, and closes it. */
export async function write(
  { node }: Library,
  { dataset, ledger }: Opened,
  formatId: string,
  rewrite: boolean,
  change: (dataset: Dataset) => Dataset = (unchanged) => unchanged,
  options?: Readonly<Record<string, unknown>>,
): Promise<Written> {
  const tree = node.memorySink()
  try {
    const report = await node.convertDataset(change(dataset), {
      to: node.formatById(formatId),
      tree,
      ledger,
      rewrite,
      options,
      deflate: node.nodeDeflate,
    })
    return { report, files: tree.files }
  } finally {
    await dataset.close()
  }
}

/** The way a document takes before it is written as COCO again. */
export type Route = 'coco' | 'native'

/** A COCO file written as COCO, by way of the native format where the route says so. The reports are of each step. */
export async function cocoAgain(
  library: Library,
  location: string,
  route: Route,
  rewrite: boolean,
  change?: (dataset: Dataset) => Dataset,
): Promise<{ readonly document: Uint8Array; readonly reports: readonly Report[] }> {
  const reports: Report[] = []
  let opened = await openTree(library, library.node.fileTree(location), 'coco')
  if (route === 'native') {
    const { report, files } = await write(library, opened, 'native', rewrite)
    reports.push(report)
    opened = await openTree(library, library.node.memoryTree(Object.fromEntries(files)), 'native')
  }
  const { report, files } = await write(library, opened, 'coco', rewrite, change)
  reports.push(report)
  const [document, ...others] = files.values()
  if (document === undefined || others.length > 0) throw new Error(`${files.size} files were written instead of one`)
  return { document, reports }
}

/** Whether all annotations are accounted for: `left` of them as dropped, the others as kept. */
export function lossIn(counts: AnnotationCounts, read: number, left = 0): string | undefined {
  const { kept, derived, approximated, dropped } = counts
  if (counts.read !== read) return `${read} annotations in the file, ${counts.read} read`
  if (kept + derived + approximated + dropped !== read) return `the ledger does not add up: ${JSON.stringify(counts)}`
  if (kept === read - left && dropped === left) return undefined
  return `${read - left} of ${read} can be kept: ${JSON.stringify(counts)}`
}
