import type { Account } from '../../dataset/account.js'
import type { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import { detectCoco } from './detect.js'
import { type CocoFile, isOtherTask } from './layout.js'

const PEEK = 1 << 16
/** What {@link detectCoco} says of a document with images and annotations. */
const LIKELY = 0.7

/** A JSON file that is no part of the data set; one that looks like such a document is missed. */
export async function reportSkipped(tree: SourceTree, path: string, account: Account): Promise<void> {
  account.problem({
    code: 'file-skipped',
    message: 'this file is left aside: the data set is read from the instances files beside it',
    place: { file: path },
    fix: 'Convert it on its own by naming it',
    lossy: !isOtherTask(path) && (await looksLikeCoco(tree, path)),
  })
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
