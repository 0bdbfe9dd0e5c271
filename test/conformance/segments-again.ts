import type { Item, Size } from '../../src/node.js'
import { cocoDocuments } from './coco-layout.js'
import { openTree, write } from './conversion.js'
import type { CorpusFile } from './corpus.js'
import type { Library } from './library.js'
import { deviationOf, overlapOf, type Region } from './regions.js'
import type { Relation } from './relation.js'
import { LEAST_OVERLAP, PIXEL_TOLERANCE } from './ring-goldens.js'

/** Polygons written as rows of YOLO and read again: each the same region, however its parts were joined. */
export const segmentsAgain: Relation = {
  name: 'polygons by way of YOLO',
  async judge(files, tally, world) {
    for (const document of cocoDocuments.claim(files, world)) {
      const items = await polygonsIn(document, world.library)
      const count = items.reduce((sum, { annotations }) => sum + annotations.length, 0)
      if (count > 0)
        await tally.check(`${document.path}: ${count} polygons → yolo segment → polygons`, () =>
          regionDifference(items, world.library),
        )
    }
  },
}

/** The items that have polygons and a size, without whatever else they have. */
async function polygonsIn(document: CorpusFile, library: Library): Promise<readonly Item[]> {
  const tree = library.node.fileTree(document.location)
  const { dataset } = await openTree(library, tree, 'coco', 'lenient', undefined, undefined, { geometry: 'region' })
  const items: Item[] = []
  for await (const item of dataset.items()) {
    const annotations = item.annotations.filter(({ type }) => type === 'segment')
    const { width, height } = item.media
    if (annotations.length > 0 && width !== undefined && height !== undefined) items.push(item.with({ annotations }))
  }
  await dataset.close()
  return items
}

async function regionDifference(items: readonly Item[], library: Library): Promise<string | undefined> {
  const { node } = library
  const ledger = new node.Ledger('lenient')
  const source = { dataset: node.createDataset({ items }), ledger }
  const options = { task: 'segment', crowd: 'keep', clip: 'keep' }
  const { report, files } = await write(library, source, 'yolo', false, undefined, options)
  const { read, kept, derived } = report.annotations
  if (kept + derived !== read) return JSON.stringify(report.annotations)
  // Files of rows are written in the order of the items.
  const paths = [...files.keys()].filter((path) => path.endsWith('.txt'))
  if (paths.length !== items.length) return `${items.length} items, ${paths.length} files`
  const order = new Map(paths.map((path, i) => [path, i]))
  const sizes = (file: string | undefined): Size | undefined => {
    const { width, height } = items[order.get(file ?? '') ?? -1]?.media ?? {}
    return width === undefined || height === undefined ? undefined : { width, height }
  }
  const tree = node.memoryTree(Object.fromEntries(files))
  const { dataset } = await openTree(library, tree, 'yolo', 'strict', undefined, ({ place }) => sizes(place?.file))
  let found = 0
  for await (const { annotations, place } of dataset.items()) {
    const item = items[order.get(place?.file ?? '') ?? -1]
    if (item === undefined) return `${place?.file} is of no item`
    if (annotations.length !== item.annotations.length)
      return `${item.path}: ${item.annotations.length} polygons, ${annotations.length} rows`
    for (const [i, { definition }] of item.annotations.entries()) {
      const again = annotations[i]?.definition
      if (definition.type !== 'segment' || again?.type !== 'segment') return `${item.path} ${i}: a ${again?.type}`
      const reason = difference(regionOf(definition), regionOf(again))
      if (reason !== undefined) return `${item.path} ${i}: ${reason}`
      found++
    }
  }
  await dataset.close()
  return found === read ? undefined : `${read} polygons written, ${found} read`
}

function difference(expected: Region, found: Region): string | undefined {
  // Vertices of a part that lie in another are gone; of a single ring they must all be there.
  const whole = expected.length === 1 && expected[0]?.length === 1
  const off = Math.max(deviationOf(found, expected), whole ? deviationOf(expected, found) : 0)
  if (off > PIXEL_TOLERANCE) return `a vertex is ${off} px away`
  const common = overlapOf(found, expected)
  return common >= LEAST_OVERLAP ? undefined : `only ${common} of the area is common`
}

function regionOf({
  parts,
}: {
  readonly parts: readonly { readonly outer: Float64Array; readonly holes: readonly Float64Array[] }[]
}): Region {
  return parts.map(({ outer, holes }) => [outer, ...holes])
}
