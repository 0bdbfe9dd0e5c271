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
import { type Document, groupsOf } from './document.js'
import { indexDocument } from './document-index.js'
import { headerOf } from './header.js'
import { ItemReader, type ReadingOptions } from './item-reader.js'
import { type CocoFile, cocoLayout, WITHOUT_PICTURES } from './layout.js'
import { annotationsIn, placeOf, pointerPart } from './notes.js'
import { hasPng, looksPanoptic, PANOPTIC_KEYS } from './panoptic-look.js'
import { isList, resultsDocument } from './results.js'
import { checkRootFields } from './root-fields.js'
import { reportRefused, reportSkipped } from './skipped-files.js'
import { readStrays } from './strays.js'

/** What is read of the documents, and how. */
export interface CocoReading extends ReadingOptions {
  /** Bytes of a file that are held while it is indexed; what is read is the same for all values. */
  readonly chunkSize?: number | undefined
}

/** Opens the COCO documents of a tree. One pass finds where everything lies; `items()` then reads image by image. */
export async function openCoco(tree: SourceTree, context: Context, options: CocoReading = {}): Promise<Dataset> {
  const layout = cocoLayout(await tree.list(), tree.name)
  for (const path of layout.skipped) await reportSkipped(tree, path, layout.files, context.account)
  const documents: Document[] = []
  const opened: OpenDocument[] = []
  try {
    let refused: AnnotationError | undefined
    for (const file of layout.files) {
      try {
        opened.push(
          await openDocument(tree, file, context, { chunkSize: options.chunkSize, named: layout.files.length > 1 }),
        )
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
    // In the order in which they are merged, so that the first labels are those of the first task.
    for (const group of groupsOf(opened))
      for (const each of group) documents.push(await completeDocument(each, undeclared, group.length > 1, context))
    const header = headerOf(documents, context)
    return {
      header,
      itemCount: documents.some(({ shared }) => shared)
        ? undefined
        : documents.reduce((sum, { index }) => sum + index.imageCount, 0),
      items: (account = SILENT) => itemsOf(documents, context, account, options),
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
  named: CocoFile,
  context: Context,
  indexing: Parameters<typeof indexDocument>[2],
): Promise<OpenDocument> {
  const opened = await tree.open(named.path)
  try {
    const given = await utf8Source(opened)
    // A list of results is read by itself only: beside files of a data set it is none of them.
    const isResults = indexing?.named !== true && (await isList(given))
    const results = isResults ? await strictly(given, context, () => resultsDocument(given, context)) : undefined
    const panoptic = isResults
      ? undefined
      : await strictly(given, context, () => panopticOf(tree, named.path, given, context))
    const source = results ?? panoptic?.source ?? given
    const other = named.task === 'panoptic' ? 'instances' : named.task
    const file: CocoFile = { ...named, task: isResults ? 'results' : panoptic === undefined ? other : 'panoptic' }
    return await strictly(source, context, async (): Promise<OpenDocument> => {
      const index = await indexDocument(source, context, indexing)
      const declared = readCategories(index, source.name, context.account)
      const checked = checkRootFields(index, source.name, context.account)
      const fields = panoptic === undefined ? checked : new Map([...checked, [PANOPTIC_KEYS, panoptic.keys]])
      return { file, source, index, declared, fields }
    })
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function panopticOf(tree: SourceTree, path: string, source: ByteSource, context: Context) {
  if (!(await looksPanoptic(source))) return undefined
  const { isPanoptic, panopticDocument } = await import('./panoptic.js')
  if (await hasPng(tree)) return panopticDocument(tree, path, source, context)
  // Carried whole: each annotation holds all segments of a picture.
  if (await isPanoptic(source, context))
    context.account.problem({ ...WITHOUT_PICTURES, place: { file: path }, lossy: true })
  return undefined
}

async function completeDocument(
  { file, source, index, declared, fields }: OpenDocument,
  undeclared: UndeclaredCategories,
  shared: boolean,
  context: Context,
): Promise<Document> {
  const { account } = context
  const categories = undeclared.complete(declared, index, source.name)
  const { strays, bad } = await strictly(source, context, () =>
    readStrays(index, categories.labelOf, source, file, account),
  )
  const document = { file, source, index, categories, fields, strays, badStrays: bad, shared }
  reportIndex(document, account)
  return document
}

/** What the index knows to be wrong: nothing of it keeps anything from being read. */
function reportIndex({ index, strays, source, file: { task } }: Document, account: Account): void {
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
  // Ids of segments are their own in each picture.
  for (const i of task === 'panoptic' ? [] : index.repeatedAnnotations.later)
    account.problem({
      code: 'duplicate-id',
      message: 'another annotation has the same id; both are kept',
      place: placeOf(file, annotationsIn(task), i, 'id'),
      fix: 'Give every annotation an id of its own: pycocotools keeps only the last of them',
    })
  for (const i of index.repeatedImages)
    account.problem({
      code: 'duplicate-id',
      message: index.toldApartByKind.has(i)
        ? 'another image has the same id, one as a number and one as a text; annotations go to the one that is written alike'
        : 'an image without an id of its own; no annotation is taken to be on it',
      place:
        task === 'results'
          ? placeOf(file, '', index.annotationsOf(i)[0] ?? i, 'image_id')
          : placeOf(file, 'images', i, 'id'),
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
  account: Account,
  options: ReadingOptions,
): AsyncGenerator<Item> {
  for (const group of groupsOf(documents)) {
    for (const { index, badStrays } of group) {
      account.read(index.annotationCount)
      for (const place of badStrays)
        account.drop({ effect: 'dropped', subject: 'annotation', reason: 'invalid' }, place)
    }
    try {
      yield* new ItemReader(group, context, account, options).items()
    } catch (error) {
      const { source } = group.find(
        ({ source }) => error instanceof AnnotationError && error.place?.file === source.name,
      ) ??
        group[0] ?? { source: undefined }
      throw source === undefined ? error : await firstFault(error, source, context)
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
