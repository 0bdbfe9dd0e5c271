import type { Size } from '../../src/node.js'
import { openTree } from './conversion.js'
import { type CorpusFile, recordOf, type World } from './corpus.js'
import { dataloopItems } from './dataloop-layout.js'
import { convertFiles } from './in-memory.js'
import { matchDifference, type Value, within } from './object-matching.js'
import {
  dataloopObjects,
  type Files,
  type PlainObject,
  type PlainRow,
  stemOf,
  vocObjects,
  yoloRows,
} from './plain-objects.js'
import type { Relation } from './relation.js'
import { byFolder, classNamesOf, rowFilesOf, type Twins, twinsOf } from './twin-sets.js'
import { vocDocuments } from './voc-layout.js'
import { yoloSets } from './yolo-sets.js'

/** Numbers worked out in doubles, in another order. */
const EXACT = within(1e-9)

/** Half a unit of six digits. */
const SIX_DIGITS = within(5.000001e-7)

/** Items of Dataloop beside the same objects in VOC or YOLO: each makes the other. */
export const dataloopTwins: Relation = {
  name: 'Dataloop items and their twins',
  async judge(files, tally, world) {
    const items = dataloopItems.claim(files, world).filter((file) => pictureOf(file) !== '')
    if (items.length === 0) return
    for (const documents of byFolder(vocDocuments.claim(files, world))) {
      const twins = twinsOf(items, documents, pictureOf, 'Annotations')
      if (twins === undefined) continue
      const name = `${documents[0]?.path} and others: ${twins.ours.size} Dataloop items`
      await tally.check(`${name} make them`, () => documentDifference(twins, world))
      await tally.check(`${name} are made of them`, () => itemsOfDocuments(twins, world))
    }
    for (const set of yoloSets(files)) {
      const twins = twinsOf(items, rowFilesOf(set), pictureOf, 'labels')
      if (twins === undefined) continue
      const names = classNamesOf(set)
      const name = `${set.name}: ${twins.ours.size} Dataloop items`
      await tally.check(`${name} make its boxes`, () => rowDifference(twins, names, 'box', world))
      await tally.check(`${name} make its rings`, () => rowDifference(twins, names, 'segment', world))
      await tally.check(`${name} have the masks of its rings`, () => maskDifference(twins, names, world))
      await tally.check(`${name} are made of it`, () => itemsOfRows(twins, names, world))
    }
  },
}

function pictureOf(file: CorpusFile): string {
  const name = recordOf(file.json())?.filename
  return typeof name === 'string' ? stemOf(name) : ''
}

async function documentDifference({ ours, theirs }: Twins, { library }: World): Promise<string | undefined> {
  const { files: written } = await convertFiles(library, ours, 'dataloop', 'voc', {
    options: { base: 'edge0', decimals: 9 },
  })
  const expected = vocObjects(theirs).filter(({ isPart }) => !isPart)
  return matchDifference(expected.map(boxOf), vocObjects(written).map(boxOf), EXACT)
}

/** Dataloop takes corners as they stand, and knows no parts. */
async function itemsOfDocuments({ ours, theirs }: Twins, { library }: World): Promise<string | undefined> {
  const { files: written } = await convertFiles(library, theirs, 'voc', 'dataloop', { fromOptions: { base: 'edge0' } })
  const parts = vocObjects(theirs).filter(({ isPart }) => isPart)
  return matchDifference(
    dataloopObjects(ours).map(boxOf),
    dataloopObjects(written).map(boxOf),
    EXACT,
    parts.map(({ label }) => label),
  )
}

/** Boxes as rows of four numbers, or rings as rows of more. */
async function rowDifference(
  { ours, theirs }: Twins,
  names: readonly string[],
  type: 'box' | 'segment',
  { library }: World,
): Promise<string | undefined> {
  const options = { task: type === 'box' ? 'detect' : 'segment', clip: 'keep' }
  const pictures = new Set(dataloopObjects(ours).flatMap((object) => (object.type === type ? [object.image] : [])))
  const some: Files = new Map([...ours].filter(([path]) => pictures.has(stemOf(path))))
  if (some.size === 0) return undefined
  const masks = dataloopObjects(some).filter((object) => object.type === 'binary')
  const isOf = (row: PlainRow): boolean =>
    pictures.has(row.image) &&
    (row.numbers.length === 4) === (type === 'box') &&
    !masks.some(({ image, label }) => image === row.image && label === row.label)
  const expected = yoloRows(theirs, names).filter(isOf)
  const { files: written } = await convertFiles(library, some, 'dataloop', 'yolo', { options })
  return matchDifference(expected, yoloRows(written).filter(isOf), SIX_DIGITS)
}

/** Dataloop's converters write masks as OpenCV's contours, each a row, through the pixels at the edge. */
async function maskDifference(
  { ours, theirs }: Twins,
  names: readonly string[],
  { library }: World,
): Promise<string | undefined> {
  const { node, mask } = library
  const rows = yoloRows(theirs, names)
  const { dataset } = await openTree(library, node.memoryTree(Object.fromEntries(ours)), 'dataloop', 'strict')
  for await (const { path, media, annotations } of dataset.items())
    for (const { label, definition } of annotations) {
      const { width = 1, height = 1 } = media
      if (definition.type !== 'binary') continue
      const rings = rows
        .filter((row) => row.image === stemOf(path) && row.label === label)
        .map(({ numbers }) => numbers.map((share, i) => Math.round(share * (i % 2 === 0 ? width : height))))
      const filled = mask.fillRingsOpencv(
        rings.map((ring) => Float64Array.from(ring)),
        width,
        height,
      )
      if (!(filled instanceof node.Mask) || !filled.equals(definition.mask)) return `${path}: ${label} has other pixels`
    }
  await dataset.close()
  return undefined
}

/** But for the rings of masks, which come back as polygons. */
async function itemsOfRows(
  { ours, theirs }: Twins,
  names: readonly string[],
  { library }: World,
): Promise<string | undefined> {
  const sizes = sizesIn(ours)
  const contents = new Map([...theirs, ['classes.txt', new TextEncoder().encode(names.join('\n'))] as const])
  const { files: written } = await convertFiles(library, contents, 'yolo', 'dataloop', {
    sizes: ({ path }) => sizes.get(stemOf(path)),
  })
  const nameOf = ({ image, label }: PlainObject): string => `${image} ${label}`
  const masks = new Set(
    dataloopObjects(ours)
      .filter(({ type }) => type === 'binary')
      .map(nameOf),
  )
  const shapes = (files: Files): readonly Value[] =>
    dataloopObjects(files)
      .filter((object) => !masks.has(nameOf(object)))
      .map(({ image, label, box, rings }) => ({ image, label, numbers: rings.length === 0 ? box : rings.flat() }))
  return matchDifference(shapes(ours), shapes(written), EXACT)
}

/** The sizes of pictures that their items tell. */
function sizesIn(files: Files): ReadonlyMap<string, Size> {
  const sizes = new Map<string, Size>()
  for (const bytes of files.values()) {
    const item = recordOf(JSON.parse(new TextDecoder().decode(bytes)))
    const { width, height } = recordOf(recordOf(item?.metadata)?.system) ?? {}
    sizes.set(stemOf(String(item?.filename)), { width: Number(width), height: Number(height) })
  }
  return sizes
}

function boxOf({ image, label, box }: PlainObject): Value {
  return { image, label, numbers: box }
}
