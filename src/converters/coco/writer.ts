import type { Account, Outcome } from '../../dataset/account.js'
import type { Header, Stray } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import type { SinkTree } from '../../ports.js'
import type { Context, Sink } from '../format.js'
import { withPicturesBeside } from '../pictures-beside.js'
import { CategoryIds } from './category-ids.js'
import { DocumentWriter } from './document-writer.js'
import { documentPath, saysSplit } from './layout.js'
import { highestId, RootFields } from './root-fields.js'
import type { SegmentationChoice } from './write-segmentation.js'

/** Writes one COCO document for each split. */
export async function createCoco(
  tree: SinkTree,
  header: Header,
  { segmentation }: { readonly segmentation: SegmentationChoice },
  context: Context,
): Promise<Sink> {
  const { account } = context
  const roots = new RootFields(header.extra)
  const options = {
    choice: segmentation,
    categories: new CategoryIds(header.labels, account),
    highestId: highestId(header.extra),
  }
  const documents = new Map<string | undefined, DocumentWriter>()
  const paths = new Set<string>()
  const open = async (split: string | undefined): Promise<DocumentWriter> => {
    const extra = roots.of(split)
    const path = freePath(documentPath(split), paths, account)
    if (!saysSplit(path, split))
      account.field({
        level: 'header',
        effect: 'approximated',
        subject: 'split name',
        reason: 'no file name can say it',
        place: { file: path },
      })
    const document = await DocumentWriter.open(tree, path, header, extra, options, context)
    documents.set(split, document)
    return document
  }
  for (const split of new Set(header.splits)) await open(split)
  const sink: Sink = {
    write(item: Item) {
      if (item.media.kind !== 'image') return refused(item, context)
      const document = documents.get(item.split)
      return document === undefined ? open(item.split).then((opened) => opened.write(item)) : document.write(item)
    },
    async strays(strays: readonly Stray[]) {
      const outcomes: Outcome[] = []
      for (const stray of strays) {
        const document = documents.get(stray.split) ?? documents.values().next().value ?? (await open(undefined))
        outcomes.push(document.stray(stray))
      }
      return outcomes
    },
    async close() {
      if (documents.size === 0) await open(undefined)
      for (const document of documents.values()) await document.close()
      roots.reportUnused(account)
    },
    async abort() {
      for (const document of documents.values()) await document.abort()
    },
  }
  return withPicturesBeside(sink, context)
}

/** A path no other split has, on file systems that do not tell upper from lower case either. */
function freePath(wanted: string, taken: Set<string>, account: Account): string {
  let path = wanted
  for (let n = 2; taken.has(path.toLowerCase()); n++) path = wanted.replace(/\.json$/, `_${n}.json`)
  taken.add(path.toLowerCase())
  if (path !== wanted)
    account.problem({
      code: 'path-collision',
      message: 'two splits would be written to one file; the second one gets a number',
      place: { file: path },
      fix: 'Give the splits names that differ in letters or digits',
    })
  return path
}

/** COCO describes pictures: items of other media do not go in. */
function refused({ media, annotations, place }: Item, { account }: Context): readonly Outcome[] {
  const reason = `COCO holds images, not ${media.kind}`
  account.field({ level: 'item', effect: 'dropped', subject: media.kind, reason, place })
  return annotations.map(({ type }) => ({ effect: 'dropped', subject: type, reason }))
}
