import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lossIn, openTree, write } from './conversion.js'
import { type CorpusFile, firstRecordOf, type Layout, recordOf, type World } from './corpus.js'
import { jsonDifference } from './json-difference.js'
import { readJsonText } from './json-text.js'
import type { Library } from './library.js'
import { judgeByNative } from './native-round-trip.js'
import { describe, type Tally } from './tally.js'
import { printedTree, specView } from './vtt-spec.js'

/** WebVTT and SubRip files, and lists of cue texts with the trees they must give. */
export const captions: Layout = {
  name: 'captions',
  claim: (files) => files.filter((file) => /^(?:vtt|srt)$/.test(file.extension) || isTreeList(file)),
  async judge(files, tally, world) {
    for (const file of files) {
      const judged = isTreeList(file) ? judgeTrees(file, tally, world.library) : judgeFile(file, tally, world)
      await judged.catch((error: unknown) => tally.fail(file.path, describe(error)))
    }
  },
}

function isTreeList(file: CorpusFile): boolean {
  const first = firstRecordOf(file.json())
  return first !== undefined && 'text' in first && 'expectedTree' in first
}

async function judgeTrees(file: CorpusFile, tally: Tally, library: Library): Promise<void> {
  const { vtt } = library
  for (const entry of file.json() as readonly { readonly text: string; readonly expectedTree: string }[])
    await tally.check(`${file.path}: tree of ${JSON.stringify(entry.text)}`, () => {
      const document = vtt.parseVtt(`WEBVTT\n\n00:00.000 --> 00:01.000\n${entry.text}\n`)
      const tree = printedTree(vtt.cueTree(vtt.cuesOf(document)[0]?.text ?? ''))
      return tree === entry.expectedTree ? undefined : `expected ${entry.expectedTree}, got ${tree}`
    })
}

async function judgeFile(file: CorpusFile, tally: Tally, { library }: World): Promise<void> {
  const { node } = library
  const text = rawText(file.bytes())
  const format = file.extension
  if (!isReadable(format, text)) {
    await tally.check(`${file.path}: is refused`, async () => {
      const { dataset, ledger } = await openTree(library, node.fileTree(file.location), format)
      try {
        for await (const item of dataset.items(ledger)) return `read as ${item.annotations.length} cues`
        return 'read as nothing'
      } catch (error) {
        return (error as { readonly code?: string }).code === 'not-this-format' ? undefined : describe(error)
      } finally {
        await dataset.close()
      }
    })
    return
  }
  await tally.check(`${file.path}: is detected`, async () => {
    const { format: found, evidence } = await node.detectFormat(node.fileTree(file.location))
    return found.id === format ? undefined : `taken for ${found.id}: ${evidence}`
  })
  await judgeByNative(file, format, tally, library)
  for (const route of [format, 'native'])
    for (const rewrite of [false, true])
      await tally.check(`${file.path}: by way of ${route}${rewrite ? ', rewritten' : ''}: the same file`, () =>
        again(file, text, format, route, rewrite, library),
      )
  for (const rewrite of [false, true])
    await tally.check(`${file.path}: by way of dataloop${rewrite ? ', rewritten' : ''}: the same cues`, async () => {
      const difference = await again(file, text, format, 'dataloop', rewrite, library)
      return difference ?? sameAsRewritten(file, format, rewrite, library)
    })
}

/** Whether there is anything to be read, by the plainest look at the text. */
function isReadable(format: string, text: string): boolean {
  return format === 'vtt' ? /^\ufeff?WEBVTT(?:[ \t\r\n]|$)/.test(text) : text.includes('-->') || text.trim() === ''
}

function rawText(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

async function again(
  file: CorpusFile,
  text: string,
  format: string,
  route: string,
  rewrite: boolean,
  library: Library,
): Promise<string | undefined> {
  let opened = await openTree(library, library.node.fileTree(file.location), format)
  let first: Awaited<ReturnType<typeof write>> | undefined
  if (route !== format) {
    first = await write(library, opened, route, rewrite)
    opened = await openTree(library, library.node.memoryTree(Object.fromEntries(first.files)), route)
  }
  const { report, files } = await write(library, opened, format, rewrite)
  const written = rawText([...files.values()][0] ?? new Uint8Array())
  const timings = text
    .split(/\r\n|\n|\r/)
    .slice(format === 'vtt' ? 1 : 0)
    .filter((line) => line.includes('-->')).length
  const { dropped } = (first?.report ?? report).annotations
  const loss = lossIn((first?.report ?? report).annotations, timings, dropped)
  if (loss !== undefined) return loss
  // Dataloop JSON carries what a file says, not its very bytes.
  if (route !== 'dataloop' && dropped === 0 && !rewrite && written !== text)
    return `${JSON.stringify(written)} instead of ${JSON.stringify(text)}`
  if (format !== 'vtt') return undefined
  const [expected, actual] = [text, written].map((each) => specView(library.vtt.parseVtt(each), library))
  return jsonDifference(readJsonText(JSON.stringify(expected)), readJsonText(JSON.stringify(actual)), 'value')
}

/** By way of Dataloop a file comes out as it does when all its cues are written afresh. */
async function sameAsRewritten(
  file: CorpusFile,
  format: string,
  rewrite: boolean,
  library: Library,
): Promise<string | undefined> {
  const tree = library.node.fileTree(file.location)
  const expected = await write(library, await openTree(library, tree, format), format, true)
  const between = await write(library, await openTree(library, tree, format), 'dataloop', rewrite)
  const carried = library.node.memoryTree(Object.fromEntries(between.files))
  const actual = await write(library, await openTree(library, carried, 'dataloop'), format, rewrite)
  const [one, two] = [expected, actual].map(({ files }) => rawText([...files.values()][0] ?? new Uint8Array()))
  return one === two ? undefined : `${JSON.stringify(two)} instead of ${JSON.stringify(one)}`
}

/** What the specification makes of files of the corpora: JSON with "spec" and in it "cues". */
export const vttGoldens: Layout = {
  name: 'answers of the WebVTT specification',
  claim: (files) => files.filter((file) => Array.isArray(recordOf(recordOf(file.json())?.spec)?.cues)),
  async judge(files, tally, { library, corpora }) {
    if (corpora === undefined) {
      tally.skip('these are about files of the corpora, which are not here', files.length)
      return
    }
    for (const file of files)
      await tally.check(file.path, () => {
        const { valid_signature: valid, ...spec } = recordOf(recordOf(file.json())?.spec) ?? {}
        const text = rawText(new Uint8Array(readFileSync(join(corpora, file.path.replace(/json$/, 'vtt')))))
        try {
          const view = specView(library.vtt.parseVtt(text), library)
          if (valid === false) return 'read, though it has no signature'
          return jsonDifference(readJsonText(JSON.stringify(spec)), readJsonText(JSON.stringify(view)), 'value')
        } catch (error) {
          return valid === false ? undefined : describe(error)
        }
      })
  },
}
