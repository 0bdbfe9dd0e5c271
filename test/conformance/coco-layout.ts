import { arranged, type CocoDocument, cocoDocumentOf, withoutAddedLists } from './coco-document.js'
import { judgeFolders } from './coco-folders.js'
import { judgeKeypoints } from './coco-keypoints.js'
import { judgeMutations } from './coco-mutations.js'
import { judgePanoptic } from './coco-panoptic.js'
import { leftOut, soundAmong } from './coco-validity.js'
import { cocoAgain, lossIn, type Route } from './conversion.js'
import { type CorpusFile, type Layout, recordOf, type World } from './corpus.js'
import { jsonDifference } from './json-difference.js'
import { readJsonText, textOf } from './json-text.js'
import { describe, type Tally } from './tally.js'

/** COCO documents of any task: a root object with the list "images" and beside it "annotations" or "categories". */
export const cocoDocuments: Layout = {
  name: 'coco document',
  claim: (files) => files.filter((file) => isCocoDocument(file.json())),
  async judge(files, tally, world) {
    for (const file of files)
      await judgeDocument(file, tally, world).catch((error: unknown) => tally.fail(file.path, describe(error)))
    await judgeFolders(files, tally, world.library)
    await judgePanoptic(files, tally, world.library)
  },
}

export function isCocoDocument(json: unknown): boolean {
  const root = recordOf(json)
  if (root === undefined || !Array.isArray(root.images)) return false
  return Array.isArray(root.annotations) || Array.isArray(root.categories)
}

const ROUTES: readonly { readonly route: Route; readonly rewrite: boolean }[] = [
  { route: 'coco', rewrite: false },
  { route: 'coco', rewrite: true },
  { route: 'native', rewrite: false },
  { route: 'native', rewrite: true },
]

async function judgeDocument(file: CorpusFile, tally: Tally, { library }: World): Promise<void> {
  const root = readJsonText(textOf(file.bytes()))
  const left = await leftOut(file.location, library)
  const source = cocoDocumentOf(root, left)
  await tally.check(`${file.path}: is detected`, async () => {
    const { format, evidence } = await library.node.detectFormat(library.node.fileTree(file.location))
    return format.id === 'coco' ? undefined : `taken for ${format.id}: ${evidence}`
  })
  await tally.check(`${file.path}: only what is invalid is left out`, () => soundAmong(root, left))
  for (const { route, rewrite } of ROUTES) {
    const name = `${file.path}: coco → ${route === 'native' ? 'native → ' : ''}coco${rewrite ? ', rewritten' : ''}`
    const again = cocoAgain(library, file.location, route, rewrite)
    again.catch(() => undefined) // each check below reports it
    await tally.check(`${name}: the same document`, async () =>
      documentDifference(source, (await again).document, rewrite),
    )
    await tally.check(`${name}: every annotation accounted for`, async () =>
      accountLoss(source, left.size, file, await again),
    )
  }
  await judgeKeypoints(file, tally, library)
  await judgeMutations(file, source, tally, library)
}

function documentDifference(source: CocoDocument, written: Uint8Array, rewrite: boolean): string | undefined {
  const actual = withoutAddedLists(readJsonText(textOf(written)), source.root)
  return jsonDifference(arranged(source), actual, rewrite ? 'value' : 'text')
}

/** What the ledgers say, against a count by JSON.parse. */
function accountLoss(
  source: CocoDocument,
  left: number,
  file: CorpusFile,
  { reports }: Awaited<ReturnType<typeof cocoAgain>>,
): string | undefined {
  const root = recordOf(file.json())
  const annotations = Array.isArray(root?.annotations) ? root.annotations.length : 0
  for (const [step, report] of reports.entries()) {
    // Whatever was left out is gone after the first step.
    const loss =
      step === 0 ? lossIn(report.annotations, annotations, left) : lossIn(report.annotations, annotations - left)
    if (loss !== undefined) return `${loss}; ${JSON.stringify(report.problems.slice(0, 3))}`
    if (report.items !== source.images.length) return `${source.images.length} images, ${report.items} items`
  }
  return undefined
}
