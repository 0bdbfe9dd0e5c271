import { dirname } from 'node:path'
import { arranged, cocoDocumentOf, withoutAddedLists } from './coco-document.js'
import { isPanoptic } from './coco-panoptic.js'
import { openTree, write } from './conversion.js'
import type { CorpusFile } from './corpus.js'
import { jsonDifference } from './json-difference.js'
import { readJsonText, textOf } from './json-text.js'
import type { Library } from './library.js'
import type { Tally } from './tally.js'

const NAMED = /^(?:instances|person_keypoints|stuff|labels|panoptic|captions|image_info)_.+\.json$/

/** The files of several tasks in one folder are one data set, and the same files again when it is written. */
export async function judgeFolders(files: readonly CorpusFile[], tally: Tally, library: Library): Promise<void> {
  const folders = new Map<string, CorpusFile[]>()
  for (const file of files.filter(({ name }) => NAMED.test(name))) {
    const folder = dirname(file.location)
    folders.set(folder, [...(folders.get(folder) ?? []), file])
  }
  for (const [folder, all] of folders) {
    // Without its pictures a panoptic document is left aside.
    const pictures = (await (await library.node.folderTree(folder)).list()).some((path) => path.endsWith('.png'))
    const group = all.filter((file) => !file.name.startsWith('panoptic') || (pictures && isPanoptic(file.json())))
    if (group.length < 2) continue // judged by itself
    const name = `${dirname(group[0]?.path ?? '')}: ${group.length} files as one data set`
    for (const native of [false, true])
      for (const rewrite of [false, true])
        await tally.check(`${name}${native ? ', through native' : ''}${rewrite ? ', rewritten' : ''}`, () =>
          folderDifference(folder, group, native, rewrite, library),
        )
  }
}

async function folderDifference(
  folder: string,
  group: readonly CorpusFile[],
  native: boolean,
  rewrite: boolean,
  library: Library,
): Promise<string | undefined> {
  const { node } = library
  let opened = await openTree(library, await node.folderTree(folder), 'coco')
  if (native) {
    const { files } = await write(library, opened, 'native', rewrite)
    opened = await openTree(library, node.memoryTree(Object.fromEntries(files)), 'native')
  }
  const { files, report } = await write(library, opened, 'coco', rewrite)
  const { read, kept, dropped } = report.annotations
  if (kept !== read || dropped > 0) return `not everything was kept: ${JSON.stringify(report.annotations)}`
  for (const file of group) {
    const written = files.get(`annotations/${file.name}`)
    if (written === undefined) return `${file.name} was not written, but ${[...files.keys()].join()}`
    const source = readJsonText(textOf(file.bytes()))
    const again = withoutAddedLists(readJsonText(textOf(written)), source)
    const found = jsonDifference(arranged(cocoDocumentOf(source)), again, rewrite ? 'value' : 'text')
    if (found !== undefined) return `${file.name}: ${found}`
  }
  const written = [...files.keys()].filter((path) => path.endsWith('.json'))
  return written.length === group.length ? undefined : `${written.length} documents instead of ${group.length}`
}
