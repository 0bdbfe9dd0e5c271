import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cocoDocuments } from './coco-layout.js'
import { cocoResults } from './coco-results.js'
import { cocoYoloTwins } from './coco-yolo-twins.js'
import { type CorpusFile, filesBelow, type Layout, type World } from './corpus.js'
import { csvTwins } from './csv-twins.js'
import { dataloopItems } from './dataloop-layout.js'
import { dataloopTwins } from './dataloop-twins.js'
import { goldenLayouts } from './golden-folders.js'
import { jsonSuite } from './json-suite-layout.js'
import { manifests } from './manifest-layout.js'
import { pictures } from './picture-layout.js'
import type { Relation } from './relation.js'
import { segmentsAgain } from './segments-again.js'
import { describe, Tally } from './tally.js'
import { vocDocuments } from './voc-layout.js'
import { captions } from './vtt-layout.js'
import { waitingLayouts } from './waiting-layouts.js'
import { yoloDataSets } from './yolo-layout.js'

/** In the order in which they are asked; what one has claimed no other sees. */
const CORPUS_LAYOUTS: readonly Layout[] = [
  manifests,
  jsonSuite,
  cocoDocuments,
  cocoResults,
  pictures,
  dataloopItems,
  vocDocuments,
  yoloDataSets,
  captions,
  ...waitingLayouts,
]

/** What holds between files of a corpus, whoever has claimed them. */
const CORPUS_RELATIONS: readonly Relation[] = [csvTwins, dataloopTwins, cocoYoloTwins, segmentsAgain]

/** What was found out about a folder of corpora and a folder of goldens, one tally a sub-folder. */
export async function* judgeAll(goldens: string | undefined, world: World): AsyncGenerator<Tally> {
  if (world.corpora !== undefined) {
    for (const name of foldersOf(world.corpora))
      yield await judgeFolder(name, filesBelow(join(world.corpora, name)), CORPUS_LAYOUTS, world, CORPUS_RELATIONS)
  }
  if (goldens !== undefined) {
    for (const name of foldersOf(goldens))
      yield await judgeFolder(`goldens/${name}`, filesBelow(join(goldens, name)), goldenLayouts(name), world)
  }
}

function foldersOf(root: string): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** Gives every layout its files. A layout that makes no case of its files is a failure, and so is a folder
 * without any but pictures beside what nobody knows. */
export async function judgeFolder(
  name: string,
  files: readonly CorpusFile[],
  layouts: readonly Layout[],
  world: World,
  relations: readonly Relation[] = [],
): Promise<Tally> {
  const tally = new Tally(name)
  let rest = files
  let annotated = 0
  for (const layout of layouts) {
    const before = tally.cases
    try {
      const claimed = new Set(rest.length === 0 ? [] : layout.claim(rest, world))
      if (claimed.size === 0) continue
      rest = rest.filter((file) => !claimed.has(file))
      await layout.judge([...claimed], tally, world)
      if (tally.cases === before)
        tally.fail(layout.name, `${claimed.size} files are laid out like this, but give no case`)
      if (layout.goesBeside !== true) annotated += claimed.size
    } catch (error) {
      tally.fail(layout.name, describe(error))
      annotated++
    }
  }
  // Odd files stand for themselves.
  const odd = new Set(relations.length === 0 ? [] : manifests.claim(files, world))
  const plain = files.filter((file) => !odd.has(file))
  for (const relation of relations)
    await relation.judge(plain, tally, world).catch((error: unknown) => tally.fail(relation.name, describe(error)))
  tally.beside = rest.length
  if (annotated === 0 && (rest.length > 0 || tally.cases === 0))
    tally.skip('no file in here is laid out in a way this runner knows', Math.max(1, rest.length), false)
  return tally
}
