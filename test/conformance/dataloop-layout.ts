import type { Report } from '../../src/node.js'
import { lossIn, openTree, write } from './conversion.js'
import { type CorpusFile, firstRecordOf, type Layout, recordOf, type World } from './corpus.js'
import { jsonDifference } from './json-difference.js'
import { elementsOf, type JsonNode, readJsonText, textOf } from './json-text.js'
import { judgeByNative } from './native-round-trip.js'
import { describe, type Tally } from './tally.js'

/** Dataloop JSON: an item with its annotations, a list of items, or the annotations alone. */
export const dataloopItems: Layout = {
  name: 'dataloop item',
  claim: (files) => files.filter((file) => isDataloop(file.json())),
  async judge(files, tally, world) {
    for (const file of files)
      await judgeItem(file, tally, world).catch((error: unknown) => tally.fail(file.path, describe(error)))
  },
}

function isDataloop(json: unknown): boolean {
  const root = recordOf(json)
  if (root !== undefined && !Array.isArray(root.annotations)) return false
  const list = root === undefined ? json : root.annotations
  const first = firstRecordOf(list)
  if (first === undefined) return root !== undefined && 'filename' in root && !('images' in root)
  if (root === undefined && Array.isArray(first.annotations)) return 'filename' in first
  return 'label' in first && ('coordinates' in first || 'type' in first)
}

const ROUTES = [
  { native: false, rewrite: false },
  { native: false, rewrite: true },
  { native: true, rewrite: false },
  { native: true, rewrite: true },
] as const

async function judgeItem(file: CorpusFile, tally: Tally, world: World): Promise<void> {
  const { library } = world
  const source = readJsonText(textOf(file.bytes()))
  await tally.check(`${file.path}: is detected`, async () => {
    const { format, evidence } = await library.node.detectFormat(library.node.fileTree(file.location))
    return format.id === 'dataloop' ? undefined : `taken for ${format.id}: ${evidence}`
  })
  for (const { native, rewrite } of ROUTES) {
    const name = `${file.path}: dataloop → ${native ? 'native → ' : ''}dataloop${rewrite ? ', rewritten' : ''}`
    const again = dataloopAgain(file, native, rewrite, world)
    again.catch(() => undefined) // each check below reports it
    await tally.check(`${name}: the same item`, async () =>
      jsonDifference(source, itemsAgain(source, (await again).documents), rewrite ? 'value' : 'text'),
    )
    await tally.check(`${name}: every annotation kept`, async () => {
      for (const report of (await again).reports) {
        const loss = lossIn(report.annotations, elementCount(source))
        if (loss !== undefined) return `${loss}; ${JSON.stringify(report.problems.slice(0, 3))}`
        if (report.ledger.some(({ effect }) => effect !== 'kept')) return JSON.stringify(report.ledger)
      }
      return undefined
    })
  }
  await judgeByNative(file, 'dataloop', tally, library)
}

/** A file written as Dataloop JSON again, one document for each of its items. */
async function dataloopAgain(
  file: CorpusFile,
  native: boolean,
  rewrite: boolean,
  { library }: World,
): Promise<{ readonly documents: readonly JsonNode[]; readonly reports: readonly Report[] }> {
  const reports: Report[] = []
  let opened = await openTree(library, library.node.fileTree(file.location), 'dataloop')
  if (native) {
    const { report, files } = await write(library, opened, 'native', rewrite)
    reports.push(report)
    opened = await openTree(library, library.node.memoryTree(Object.fromEntries(files)), 'native')
  }
  const { report, files } = await write(library, opened, 'dataloop', rewrite)
  reports.push(report)
  return { documents: [...files.values()].map((bytes) => readJsonText(textOf(bytes))), reports }
}

/** What was written, as the source has it: one document, or a list of items. */
function itemsAgain(source: JsonNode, documents: readonly JsonNode[]): JsonNode {
  const [only] = documents
  const one = itemsIn(source) === undefined && documents.length === 1 && only !== undefined
  return one ? only : { kind: 'array', elements: documents }
}

/** The items of a list of items. */
function itemsIn(source: JsonNode): readonly JsonNode[] | undefined {
  if (source.kind !== 'array') return undefined
  const isItem = (node: JsonNode): boolean =>
    node.kind === 'object' && node.members.some(({ key }) => key === 'annotations')
  return source.elements.some(isItem) ? source.elements : undefined
}

/** A plain count of the annotations. */
function elementCount(source: JsonNode): number {
  const items = itemsIn(source)
  if (items !== undefined) return items.reduce((sum, item) => sum + elementsOf(item, 'annotations').length, 0)
  return source.kind === 'array' ? source.elements.length : elementsOf(source, 'annotations').length
}
