import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Annotation, Item } from '../../src/node.js'
import { openTree, write } from './conversion.js'
import { type CorpusFile, firstRecordOf, type Layout, recordOf, type World } from './corpus.js'
import type { Library } from './library.js'
import { CONVERSIONS, listIn } from './sdk-conversions.js'
import type { Verdict } from './sdk-defects.js'
import { compareFrames } from './sdk-frames.js'
import { compareAgain, compareGeometry } from './sdk-geometry.js'
import { judgeReadings } from './sdk-readings.js'
import type { Tally } from './tally.js'

/** What the SDK makes of the annotations of one file of the corpora, in their order. */
interface Answers {
  readonly file: string
  readonly width: number
  readonly height: number
  /** The classes by name, with their numbers. */
  readonly labels: Readonly<Record<string, number>>
  readonly n: number
  readonly geo: readonly unknown[]
  readonly to_coco: readonly unknown[]
  readonly to_yolo: readonly unknown[]
  readonly to_voc: readonly unknown[]
  /** Absent where it could not write them. */
  readonly roundtrip?: readonly unknown[]
  readonly frames?: readonly unknown[]
}

/** Answers of the Dataloop SDK: its conversions, what it draws, and its geometry. */
export const sdkGoldens: Layout = {
  name: 'answers of the SDK',
  claim: (files) => files.filter((file) => kindOf(file, files) !== undefined),
  async judge(files, tally, world) {
    for (const file of files) {
      const kind = kindOf(file, files)
      if (kind === 'conversions') await judgeAnswers(file, tally, world)
      else if (kind === 'readings') await judgeReadings(file, tally, world.library)
      else if (kind === 'geometry') tally.skip('the unit tests of definitions, geometry and masks judge by these')
      else tally.skip('nothing draws annotations on pictures yet', 1, !draws(world.library))
    }
  },
}

function kindOf(
  file: CorpusFile,
  files: readonly CorpusFile[],
): 'conversions' | 'readings' | 'geometry' | 'drawn' | undefined {
  const json = file.json()
  const [first, root] = [firstRecordOf(json), recordOf(json)]
  if (first !== undefined && 'to_coco' in first && 'to_voc' in first) return 'conversions'
  if (root !== undefined && 'from_coco' in root && 'from_voc' in root) return 'readings'
  if (root !== undefined && 'ellipse_box' in root) return 'geometry'
  if (root !== undefined && 'cases' in root && 'oracle' in root && 'channel_order' in root) return 'drawn'
  const folder = /^(.*?)\/[^/]+\.png$/.exec(file.path)?.[1]
  return folder !== undefined && files.some(({ path }) => path === `${folder}.json`) ? 'drawn' : undefined
}

function draws({ node }: Library): boolean {
  return Object.keys(node).some((name) => /^render/.test(name))
}

async function judgeAnswers(file: CorpusFile, tally: Tally, { library, corpora }: World): Promise<void> {
  for (const answers of file.json() as readonly Answers[]) {
    const location = corpora === undefined ? undefined : join(corpora, answers.file)
    if (location === undefined || !existsSync(location)) {
      if (corpora === undefined) tally.skip('the corpora these answers are about are not given')
      else tally.fail(`${file.path}: ${answers.file}`, 'it is not in the corpora')
      continue
    }
    await judgeFile(`${file.path}: ${answers.file}`, location, answers, tally, library)
  }
}

async function judgeFile(
  name: string,
  location: string,
  answers: Answers,
  tally: Tally,
  library: Library,
): Promise<void> {
  const { item, annotations } = await readItem(location, library)
  await tally.check(`${name}: every annotation is read`, () =>
    annotations.length === answers.n ? undefined : `${answers.n} there, ${annotations.length} here`,
  )
  const classes = Object.entries(answers.labels)
    .sort((a, b) => a[1] - b[1])
    .map(([label]) => label)
  const media = { kind: 'image', width: answers.width, height: answers.height } as const
  const judge = (key: string, verdict: (i: number, annotation: Annotation) => Verdict | Promise<Verdict>) =>
    tally.check(`${name}: ${key}`, async () => {
      for (const [i, annotation] of annotations.entries()) {
        const { reason } = await verdict(i, annotation)
        if (reason !== undefined) return `annotation ${i}, a ${annotation.type}: ${reason}`
      }
      return undefined
    })
  for (const key of ['to_coco', 'to_yolo', 'to_voc'] as const)
    await judge(key, (i, annotation) => {
      const subject = { annotation, classes, item: item.with({ media, annotations: [annotation] }) }
      return CONVERSIONS[key](answers[key][i], subject, library)
    })
  if (answers.frames !== undefined)
    await judge('frames', (i, annotation) => compareFrames(answers.frames?.[i], annotation))
  await judge('geo', (i, annotation) => compareGeometry(answers.geo[i], annotation))
  if (answers.roundtrip === undefined) {
    tally.skip('the SDK cannot write annotations of videos without the platform (defect 67)')
    return
  }
  const written = await writtenAgain(location, library)
  await judge('roundtrip', (i) => compareAgain(answers.roundtrip?.[i], written[i]))
}

/** The item of a file, and its annotations in the order of the file. */
async function readItem(location: string, library: Library) {
  const { dataset } = await openTree(library, library.node.fileTree(location), 'dataloop', 'strict')
  const items: Item[] = []
  for await (const item of dataset.items()) items.push(item)
  await dataset.close()
  const [item, ...others] = items
  if (item === undefined || others.length > 0) throw new Error(`${items.length} items in one file`)
  const places = new Map(item.annotations.map((each) => [Number(each.place?.pointer?.replace(/^.*\//, '')), each]))
  const annotations = [...places].sort((a, b) => a[0] - b[0]).map(([, annotation]) => annotation)
  return { item, annotations }
}

/** The annotations of a file as we write them when we write everything afresh. */
async function writtenAgain(location: string, library: Library): Promise<readonly unknown[]> {
  const opened = await openTree(library, library.node.fileTree(location), 'dataloop', 'strict')
  const { files } = await write(library, opened, 'dataloop', true)
  const [text] = [...files.values()].map((bytes) => new TextDecoder().decode(bytes))
  const json: unknown = JSON.parse(text ?? 'null')
  return Array.isArray(json) ? json : listIn(recordOf(json)?.annotations)
}
