import type { Account } from '../../dataset/account.js'
import type { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import { detectCoco } from './detect.js'
import { type CocoFile, isOtherTask } from './layout.js'

const PEEK = 1 << 16
/** What {@link detectCoco} says of a document with images and annotations. */
const LIKELY = 0.7

/** A JSON file that is no part of the data set; one that looks like such a document is missed. */
export async function reportSkipped(
  tree: SourceTree,
  path: string,
  read: readonly CocoFile[],
  account: Account,
): Promise<void> {
  account.problem({
    code: 'file-skipped',
    message: `this file is left aside: the data set is read from ${wordsFor(read)}`,
    place: { file: path },
    fix: 'Convert it on its own by naming it',
    lossy: !isOtherTask(path) && (await looksLikeCoco(tree, path)),
  })
}

/** The files a data set is read from, seen from another one. */
function wordsFor(files: readonly CocoFile[]): string {
  const names = files.map(({ path }) => path.slice(path.lastIndexOf('/') + 1))
  const instances = names.filter((name) => name.startsWith('instances'))
  if (instances.length > 0) return 'the instances files beside it'
  return `${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ''}`
}

/** A file that is called like a document of the data set and is none. */
export function reportRefused({ expected, got }: AnnotationError, { path }: CocoFile, account: Account): void {
  account.problem({
    code: 'file-skipped',
    message: 'this file is left aside: it is called like a COCO document and is none',
    place: { file: path },
    expected,
    got,
  })
}

async function looksLikeCoco(tree: SourceTree, path: string): Promise<boolean> {
  const peek = async (end: boolean): Promise<string> => {
    const source = await tree.open(path)
    try {
      const bytes = new Uint8Array(Math.min(PEEK, source.size))
      const from = end ? source.size - bytes.length : 0
      for (let filled = 0; filled < bytes.length; ) {
        const read = await source.read(from + filled, bytes.subarray(filled))
        if (read === 0) break
        filled += read
      }
      return new TextDecoder().decode(bytes)
    } finally {
      await source.close()
    }
  }
  // A list of results is about a data set and no part of it.
  if (/^\uFEFF?\s*\[/.test(await peek(false))) return false
  const { confidence } = await detectCoco({ tree, paths: [path], head: () => peek(false), tail: () => peek(true) })
  return confidence >= LIKELY
}
