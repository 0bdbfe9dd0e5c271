import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import type { ByteSource, SourceTree } from '../../ports.js'
import { utf8Source } from '../../text/decode.js'
import { validateJson } from '../../text/json-value.js'
import type { Context } from '../format.js'
import { isUnreadable } from './annotation.js'
import { type DeclaredCategories, readCategories, UndeclaredCategories } from './category.js'
import type { Document } from './document.js'
import { indexDocument } from './document-index.js'
import { headerOf } from './header.js'
import { ItemReader } from './item-reader.js'
import { type CocoFile, cocoLayout } from './layout.js'
import { placeOf, pointerPart } from './notes.js'
import { checkRootFields } from './root-fields.js'
import { reportRefused, reportSkipped } from './skipped-files.js'
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
  for (const path of layout.skipped) await reportSkipped(tree, path, context.account)
  const documents: Document[] = []
  const opened: OpenDocument[] = []
  try {
    let refused: AnnotationError | undefined
    for (const file of layout.files) {
      try {
        opened.push(await openDocument(tree, file, context, sizes.chunkSize))
      } catch (error) {
        // Beside documents of the data set may lie others that are named alike, such as lists of results.
        if (!(error instanceof AnnotationError) || error.code !== 'not-this-format' || layout.files.length === 1)
          throw error
        refused ??= error
        reportRefused(error, file, context.account)
      }
    }
    if (refused !== undefined && opened.length === 0) throw refused
    const undeclared = new UndeclaredCategories(
      opened.flatMap(({ declared }) => declared.labels),
      context.account,
    )
    for (const each of opened) documents.push(await completeDocument(each, undeclared, context))
    const header = headerOf(documents, context)
    return {
      header,
      itemCount: documents.reduce((sum, { index }) => sum + index.imageCount, 0),
      items: (account) => itemsOf(documents, context, account, sizes.batchBytes),
      close: () => closeAll(opened),
    }
  } catch (error) {
    await closeAll(opened)
    throw error
  }
}

/** A document whose labels are not settled yet: they depend on those of the others. */
type OpenDocument = Pick<Document, 'file' | 'source' | 'index' | 'fields'> & { readonly declared: DeclaredCategories }

async function openDocument(
  tree: SourceTree,
  file: CocoFile,
  context: Context,
  chunkSize: number | undefined,
): Promise<OpenDocument> {
  const opened = await tree.open(file.path)
  try {
    const source = await utf8Source(opened)
    return await strictly(source, context, async (): Promise<OpenDocument> => {
      const index = await indexDocument(source, context, chunkSize)
      const declared = readCategories(index, source.name, context.account)
      const fields = checkRootFields(index, source.name, context.account)
      return { file, source, index, declared, fields }
    })
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function completeDocument(
  { file, source, index, declared, fields }: OpenDocument,
  undeclared: UndeclaredCategories,
  context: Context,
): Promise<Document> {
  const { account } = context
  const categories = undeclared.complete(declared, index, source.name)
  const { strays, bad } = await strictly(source, context, () =>
    readStrays(index, categories.labelOf, source, file.split, account),
  )
  const document = { file, source, index, categories, fields, strays, badStrays: bad }
  reportIndex(document, account)
  return document
}

/** What the index knows to be wrong: nothing of it keeps anything from being read. */
function reportIndex({ index, strays, source }: Document, account: Account): void {
  const file = source.name
  for (const key of index.duplicateKeys) {
    const place = { file, pointer: `/${pointerPart(key)}` }
    account.problem({
      code: 'json-duplicate-key',
      message: 'a key of the root is there twice; the last one counts',
      got: JSON.stringify(key),
      place,
      lossy: true,
    })
    const reason = 'a later one has the same key'
    account.field({ level: 'header', effect: 'dropped', subject: 'root fields', reason, place })
  }
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
      message: index.toldApartByKind.has(i)
        ? 'another image has the same id, one as a number and one as a text; annotations go to the one that is written alike'
        : 'an image without an id of its own; no annotation is taken to be on it',
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

async function closeAll(documents: readonly Pick<Document, 'source'>[]): Promise<void> {
  for (const { source } of documents) await source.close()
}
