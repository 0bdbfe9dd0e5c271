import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset, Header } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import type { ByteSource, SourceTree } from '../../ports.js'
import { utf8Source } from '../../text/decode.js'
import { validateJson } from '../../text/json-value.js'
import type { Context } from '../format.js'
import { readCategories } from './category.js'
import type { Document } from './document.js'
import { type DocumentIndex, indexDocument } from './document-index.js'
import { headerOf } from './header.js'
import { ItemReader } from './item-reader.js'
import { type CocoFile, cocoLayout } from './layout.js'
import { placeOf } from './notes.js'
import { checkRootFields } from './root-fields.js'
import { readStrays } from './strays.js'

/** Opens the COCO documents of a tree. One pass finds where everything lies; `items()` then reads image by image. */
export async function openCoco(tree: SourceTree, context: Context): Promise<Dataset> {
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
    for (const file of layout.files) documents.push(await openDocument(tree, file, context))
    const header = headerOf(documents, context)
    return {
      header,
      itemCount: documents.reduce((sum, { index }) => sum + index.imageCount, 0),
      items: (account) => itemsOf(documents, header, context, account),
      close: () => closeAll(documents),
    }
  } catch (error) {
    await closeAll(documents)
    throw error
  }
}

async function openDocument(tree: SourceTree, file: CocoFile, context: Context): Promise<Document> {
  const opened = await tree.open(file.path)
  try {
    const source = await utf8Source(opened)
    const document = await strictly(source, context, async (): Promise<Document> => {
      const index = await indexDocument(source, context)
      const categories = readCategories(index, source.name, context.account)
      const fields = checkRootFields(index, source.name, context.account)
      const strays = await readStrays(index, source, file.split, context.account)
      return { file, source, index, categories, fields, strays }
    })
    reportIndex(document.index, source.name, context.account)
    return document
  } catch (error) {
    await opened.close()
    throw error
  }
}

/** What the index knows to be wrong: nothing of it keeps anything from being read. */
function reportIndex(index: DocumentIndex, file: string, account: Account): void {
  if (index.duplicateKey !== undefined)
    account.problem({
      code: 'json-duplicate-key',
      message: `the key ${JSON.stringify(index.duplicateKey)} is there twice; the last one counts`,
      place: { file, pointer: `/${index.duplicateKey}` },
    })
  for (const i of index.repeatedAnnotations)
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
  for (const i of index.orphans)
    account.problem({
      code: 'unknown-item',
      message: 'the image of this annotation is not in the file',
      place: placeOf(file, 'annotations', i, 'image_id'),
      fix: 'Add the image to "images"',
    })
}

async function* itemsOf(
  documents: readonly Document[],
  header: Header,
  context: Context,
  account: Account = SILENT,
): AsyncGenerator<Item> {
  for (const document of documents) {
    const { index } = document
    account.read(index.annotationCount)
    for (let i = document.strays.length; i < index.orphans.length; i++)
      account.drop({ effect: 'dropped', subject: 'annotation', reason: 'invalid' }, { file: document.source.name })
    yield* itemsOfDocument(document, header, context, account)
  }
}

async function* itemsOfDocument(
  document: Document,
  header: Header,
  context: Context,
  account: Account,
): AsyncGenerator<Item> {
  try {
    yield* new ItemReader(document, header, context, account).items()
  } catch (error) {
    throw await firstFault(error, document.source, context)
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
  if (!(error instanceof AnnotationError) || error.code !== 'json-syntax') return error
  return (await validateJson(source, { nonFinite: context.policy === 'strict' ? 'refuse' : 'accept' })) ?? error
}

async function closeAll(documents: readonly Document[]): Promise<void> {
  for (const { source } of documents) await source.close()
}
