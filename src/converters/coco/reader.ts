import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import type { ByteSource, SourceTree } from '../../ports.js'
import { utf8Source } from '../../text/decode.js'
import { validateJson } from '../../text/json-value.js'
import type { Context } from '../format.js'
import { isUnreadable } from './annotation.js'
import { readCategories } from './category.js'
import type { Document } from './document.js'
import { indexDocument } from './document-index.js'
import { headerOf } from './header.js'
import { ItemReader } from './item-reader.js'
import { type CocoFile, cocoLayout } from './layout.js'
import { placeOf, pointerPart } from './notes.js'
import { checkRootFields } from './root-fields.js'
import { readStrays } from './strays.js'

/** How much is read at a time; what is read is the same for all values. */
export interface ReadingSizes {
  /** Bytes of a file while it is indexed. */
  readonly chunkSize?: number | undefined
  /** Bytes of elements while items are read. */
  readonly batchBytes?: number | undefined
}

/** Opens the COCO documents of a tree. One pass finds where everything lies; `items()` then reads image by image. */
export async function openCoco(tree: SourceTree, context: Context, sizes: ReadingSizes = {}): Promise<Dataset> {
  const layout = cocoLayout(await tree.list(), tree.name)
  for (const path of layout.skipped)
    context.account.problem({
      code: 'file-skipped',
      message: 'this file is left aside: the data set is read from the instances files beside it',
      place: { file: path },
      fix: 'Convert it on its own by naming it',
    })
  const documents: Document[] = []
  try {
    for (const file of layout.files) documents.push(await openDocument(tree, file, context, sizes.chunkSize))
    const header = headerOf(documents, context)
    return {
      header,
      itemCount: documents.reduce((sum, { index }) => sum + index.imageCount, 0),
      items: (account) => itemsOf(documents, context, account, sizes.batchBytes),
      close: () => closeAll(documents),
    }
  } catch (error) {
    await closeAll(documents)
    throw error
  }
}

async function openDocument(
  tree: SourceTree,
  file: CocoFile,
  context: Context,
  chunkSize: number | undefined,
): Promise<Document> {
  const opened = await tree.open(file.path)
  try {
    const source = await utf8Source(opened)
    const document = await strictly(source, context, async (): Promise<Document> => {
      const index = await indexDocument(source, context, chunkSize)
      const categories = readCategories(index, source.name, context.account)
      const fields = checkRootFields(index, source.name, context.account)
      const { strays, bad } = await readStrays(index, categories.labelOf, source, file.split, context.account)
      return { file, source, index, categories, fields, strays, badStrays: bad }
    })
    reportIndex(document, context.account)
    return document
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** What the index knows to be wrong: nothing of it keeps anything from being read. */
function reportIndex({ index, strays, source }: Document, account: Account): void {
  const file = source.name
  if (index.duplicateKey !== undefined)
    account.problem({
      code: 'json-duplicate-key',
      message: `the key ${JSON.stringify(index.duplicateKey)} is there twice; the last one counts`,
      place: { file, pointer: `/${pointerPart(index.duplicateKey)}` },
    })
  for (const i of index.repeatedAnnotations.later)
    account.problem({
      code: 'duplicate-id',
      message: 'another annotation has the same id; both are kept',
      place: placeOf(file, 'annotations', i, 'id'),
      fix: 'Give every annotation an id of its own: pycocotools keeps only the last of them',
    })
  for (const i of index.repeatedImages)
    account.problem({
      code: 'duplicate-id',
      message: 'an image without an id of its own; no annotation is taken to be on it',
      place: placeOf(file, 'images', i, 'id'),
    })
  for (const { place } of strays)
    account.problem({
      code: 'unknown-item',
      message: 'the image of this annotation is not in the file',
      place: { file, pointer: `${place?.pointer ?? ''}/image_id` },
      fix: 'Add the image to "images"',
    })
}

async function* itemsOf(
  documents: readonly Document[],
  context: Context,
  account: Account = SILENT,
  batchBytes?: number,
): AsyncGenerator<Item> {
  for (const document of documents) {
    account.read(document.index.annotationCount)
    for (const place of document.badStrays)
      account.drop({ effect: 'dropped', subject: 'annotation', reason: 'invalid' }, place)
    try {
      yield* new ItemReader(document, context, account, batchBytes).items()
    } catch (error) {
      throw await firstFault(error, document.source, context)
    }
  }
}

/**
 * Runs a step that reads JSON; a syntax error it meets is replaced by the first one of the file, because elements are
 * not read in file order.
 */
async function strictly<T>(source: ByteSource, context: Context, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw await firstFault(error, source, context)
  }
}

async function firstFault(error: unknown, source: ByteSource, context: Context): Promise<unknown> {
  if (!(error instanceof AnnotationError) || !isUnreadable(error)) return error
  return (await validateJson(source, { nonFinite: context.policy === 'strict' ? 'refuse' : 'accept' })) ?? error
}

async function closeAll(documents: readonly Document[]): Promise<void> {
  for (const { source } of documents) await source.close()
}
