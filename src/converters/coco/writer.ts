import type { Outcome } from '../../dataset/account.js'
import type { Header, Stray } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import type { SinkTree } from '../../ports.js'
import type { Context, Sink } from '../format.js'
import { DocumentWriter } from './document-writer.js'
import { documentPath } from './layout.js'
import type { SegmentationChoice } from './write-segmentation.js'

const STRAY_KEPT: Outcome = Object.freeze({ effect: 'kept', subject: 'annotation', reason: 'orphan' })

/** Writes one COCO document for each split. */
export async function createCoco(
  tree: SinkTree,
  header: Header,
  options: { readonly segmentation: SegmentationChoice },
  context: Context,
): Promise<Sink> {
  const documents = new Map<string | undefined, DocumentWriter>()
  const open = async (split: string | undefined): Promise<DocumentWriter> => {
    const extra = header.extra?.get(split === undefined ? 'coco' : `coco:${split}`)
    const document = await DocumentWriter.open(tree, documentPath(split), header, extra, options.segmentation, context)
    documents.set(split, document)
    return document
  }
  for (const split of header.splits.length === 0 ? [undefined] : header.splits) await open(split)
  return {
    write(item: Item) {
      if (item.media.kind !== 'image') return refused(item, context)
      const document = documents.get(item.split)
      return document === undefined ? open(item.split).then((opened) => opened.write(item)) : document.write(item)
    },
    async strays(strays: readonly Stray[]) {
      const outcomes: Outcome[] = []
      for (const { raw, split, reason } of strays) {
        const document = documents.get(split) ?? documents.values().next().value
        if (raw.format === 'coco' && document !== undefined) {
          document.stray(raw.bytes)
          outcomes.push(STRAY_KEPT)
        } else outcomes.push({ effect: 'dropped', subject: 'annotation', reason })
      }
      return outcomes
    },
    async close() {
      for (const document of documents.values()) await document.close()
    },
    async abort() {
      for (const document of documents.values()) await document.abort()
    },
  }
}

/** COCO describes pictures: items of other media do not go in. */
function refused({ media, annotations, place }: Item, { account }: Context): readonly Outcome[] {
  const reason = `COCO holds images, not ${media.kind}`
  account.field({ level: 'item', effect: 'dropped', subject: media.kind, reason, place })
  return annotations.map(({ type }) => ({ effect: 'dropped', subject: type, reason }))
}
