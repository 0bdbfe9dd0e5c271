import type { Item } from '../../src/node.js'
import { openTree, write } from './conversion.js'
import type { CorpusFile } from './corpus.js'
import type { Library } from './library.js'
import { modelDifference } from './model-difference.js'
import type { Tally } from './tally.js'

/** What was read of a file, in whatever format, comes back from the native format, and the ledger says so. */
export async function judgeByNative(file: CorpusFile, format: string, tally: Tally, library: Library): Promise<void> {
  await tally.check(`${file.path}: ${format} → native → model`, async () => {
    const { node } = library
    const tree = node.fileTree(file.location)
    const { report, files } = await write(library, await openTree(library, tree, format), 'native', false)
    const { read, kept, dropped } = report.annotations
    // What is invalid is left out by the reader; the rest must be kept.
    if (kept + dropped !== read) return `not everything was kept: ${JSON.stringify(report.annotations)}`
    const expected = await itemsOf(library, tree, format)
    return modelDifference(expected, await itemsOf(library, node.memoryTree(Object.fromEntries(files)), 'native'))
  })
}

async function itemsOf(
  library: Library,
  tree: ReturnType<Library['node']['memoryTree']>,
  format: string,
): Promise<readonly Item[]> {
  const { dataset, ledger } = await openTree(library, tree, format)
  const items: Item[] = []
  for await (const item of dataset.items(ledger)) items.push(item)
  await dataset.close()
  return items
}
