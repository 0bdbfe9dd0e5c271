import type { Item, Policy, ProblemEntry, Report, SourceTree } from '../../src/node.js'
import { type Opened, openTree, write } from './conversion.js'
import { type CorpusFile, type Layout, recordOf, type World } from './corpus.js'
import { elementsOf, readJsonText, textOf } from './json-text.js'
import type { Library } from './library.js'
import { modelDifference } from './model-difference.js'
import { describe, type Tally } from './tally.js'
import { judgeVocDocument } from './voc-layout.js'
import { openYolo, yoloAround } from './yolo-layout.js'

/** What a manifest says about one file. */
interface Case {
  readonly file: string
  readonly same_as: string | null
  readonly expect: string
}

/**
 * A folder of odd files with a manifest: a JSON object with "files", each with "file", "expect" (`equal`, `read`,
 * `problem` or `refuse`) and "same_as". The first folder of a path is the format's id.
 */
export const manifests: Layout = {
  name: 'manifest of odd files',
  claim(files) {
    const manifest = files.find((file) => casesOf(file) !== undefined)
    if (manifest === undefined) return []
    const named = new Set((casesOf(manifest) ?? []).flatMap(({ file, same_as }) => [file, same_as]))
    return files.filter((file) => file === manifest || named.has(file.path))
  },
  async judge(files, tally, world) {
    const byPath = new Map(files.map((file) => [file.path, file]))
    for (const entry of files.flatMap((file) => casesOf(file) ?? [])) {
      const file = byPath.get(entry.file)
      const format = entry.file.split('/')[0] ?? ''
      if (file === undefined) tally.fail(entry.file, 'the manifest names it, but it is not there')
      else if (!world.library.node.formats.some(({ id }) => id === format))
        tally.skip(`no reader for this format yet (${format})`)
      else {
        await judgeCase(file, entry, format, byPath, tally, world)
        // What can be read whole must come back as it is, however odd.
        const whole = entry.expect === 'equal' || entry.expect === 'read'
        if (format === 'voc' && whole) await judgeVocDocument(file, tally, world)
      }
    }
  },
}

function casesOf(file: CorpusFile): readonly Case[] | undefined {
  const files = recordOf(file.json())?.files
  if (!Array.isArray(files) || files.length === 0) return undefined
  const sound = files.every((entry) => {
    const { file: path, expect } = recordOf(entry) ?? {}
    return typeof path === 'string' && typeof expect === 'string'
  })
  return sound ? (files as readonly Case[]) : undefined
}

async function judgeCase(
  file: CorpusFile,
  { expect, same_as }: Case,
  format: string,
  byPath: ReadonlyMap<string, CorpusFile>,
  tally: Tally,
  { library }: World,
): Promise<void> {
  await tally.check(`${file.path}: ${expect}`, async () => {
    switch (expect) {
      case 'equal': {
        const twin = same_as === null ? undefined : byPath.get(same_as)
        if (twin === undefined) return `what it must equal, ${same_as}, is not there`
        return (await notRead(file, format, library)) ?? (await notEqual(file, twin, format, library))
      }
      case 'read':
        return notRead(file, format, library)
      case 'problem':
        return noProblem(file, format, library)
      case 'refuse':
        return notRefused(file, format, library)
      default:
        return `the manifest expects ${JSON.stringify(expect)}, which nobody here understands`
    }
  })
}

interface Reading {
  readonly items: readonly Item[]
  readonly problems: readonly ProblemEntry[]
  readonly report: Report
}

/** Reads a file to its end, and writes all of it, so that nothing is left unlooked at. */
async function readAll(
  file: CorpusFile,
  format: string,
  policy: Policy,
  library: Library,
  tree: SourceTree = library.node.fileTree(file.location),
): Promise<Reading> {
  const open = (): Promise<Opened> =>
    format === 'yolo' ? openYolo(library, yoloAround(file, library), policy) : openTree(library, tree, format, policy)
  const { report } = await write(library, await open(), 'native', false)
  const { dataset } = await open()
  const items: Item[] = []
  for await (const item of dataset.items()) items.push(item)
  await dataset.close()
  return { items, problems: report.problems, report }
}

async function notEqual(
  file: CorpusFile,
  twin: CorpusFile,
  format: string,
  library: Library,
): Promise<string | undefined> {
  const expected = await readAll(twin, format, 'lenient', library)
  // Where a file is an item, its name says which one; what they say is compared under one name.
  const alike = library.node.memoryTree({ [twin.name]: file.bytes() })
  const actual = await readAll(file, format, 'lenient', library, alike)
  if (expected.report.annotations.read === 0) return `there is nothing to compare with in ${twin.path}`
  return modelDifference(sortedItems(expected.items), sortedItems(actual.items))
}

/** By id: where in its file an item stands is not what it says. */
function sortedItems(items: readonly Item[]): readonly Item[] {
  return [...items].sort((a, b) => (a.id.text < b.id.text ? -1 : a.id.text > b.id.text ? 1 : 0))
}

async function notRead(file: CorpusFile, format: string, library: Library): Promise<string | undefined> {
  const { items, problems, report } = await readAll(file, format, 'lenient', library)
  const { read, kept } = report.annotations
  if (problems.length > 0) return `problems: ${JSON.stringify(problems.slice(0, 3))}`
  if (kept !== read) return `${kept} of ${read} annotations kept`
  if (format !== 'coco') return undefined
  const document = readJsonText(textOf(file.bytes()))
  const annotations = elementsOf(document, 'annotations').length
  if (annotations !== read) return `${annotations} annotations in the file, ${read} read`
  const images = elementsOf(document, 'images').length
  return images === items.length ? undefined : `${images} images in the file, ${items.length} read`
}

async function noProblem(file: CorpusFile, format: string, library: Library): Promise<string | undefined> {
  const { problems } = await readAll(file, format, 'lenient', library)
  if (problems.length === 0) return 'lenient reports no problem'
  if (problems.every(({ places }) => places.length === 0)) return `no problem has a place: ${JSON.stringify(problems)}`
  return notRefused(file, format, library, 'strict')
}

async function notRefused(
  file: CorpusFile,
  format: string,
  library: Library,
  policy: Policy = 'lenient',
): Promise<string | undefined> {
  try {
    await readAll(file, format, policy, library)
  } catch (error) {
    return error instanceof library.node.AnnotationError ? undefined : `not a coded error: ${describe(error)}`
  }
  return `${policy} reads it`
}
