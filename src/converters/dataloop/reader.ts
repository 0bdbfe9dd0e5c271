import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import { LabelTree } from '../../dataset/labels.js'
import { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import type { Context } from '../format.js'
import { withSize } from '../sizes.js'
import { type Document, itemTexts, located, surveyFile } from './documents.js'
import { KeyLists } from './levels.js'
import { PictureIndex } from './picture-index.js'
import { readItem } from './read-item.js'
import { Survey } from './survey.js'

/** How many files pass between two progress events of the survey. */
const PROGRESS_STEP = 256

/**
 * Opens the Dataloop JSON of a tree: every `.json` file that holds an item, a list of items or a list of annotations. A
 * survey of all of them settles the labels; `items()` then reads them one after the other.
 * @throws AnnotationError `empty-input`, and for a single file, or when none can be read, `json-syntax`, `encoding`,
 * `json-limit`, `not-this-format`
 */
export async function openDataloop(tree: SourceTree, context: Context): Promise<Dataset> {
  const paths = await tree.list()
  const files = paths.filter((path) => path.toLowerCase().endsWith('.json'))
  const survey = new Survey()
  const documents = await surveyFiles(tree, files, survey, context)
  if (documents.length === 0)
    throw new AnnotationError('empty-input', 'no Dataloop JSON in here', {
      place: { file: tree.name },
      expected: '.json files of items with "annotations"',
    })
  const pictures = new PictureIndex(paths)
  return {
    header: { labels: new LabelTree(survey.labels), splits: survey.splits, strays: [] },
    itemCount: survey.items,
    items: (account = SILENT) => itemsOf(tree, documents, pictures, context, account),
    close: () => Promise.resolve(),
  }
}

async function surveyFiles(
  tree: SourceTree,
  files: readonly string[],
  survey: Survey,
  { account, signal, onProgress }: Context,
): Promise<readonly Document[]> {
  const documents: Document[] = []
  let first: AnnotationError | undefined
  for (const [i, path] of files.entries()) {
    if (signal?.aborted === true) throw new AnnotationError('aborted', 'stopped on request', { cause: signal.reason })
    if (i % PROGRESS_STEP === 0) onProgress?.({ phase: 'index', unit: 'items', done: i, total: files.length })
    try {
      documents.push(await surveyFile(tree, path, (item) => survey.add(item), signal))
    } catch (error) {
      if (!(error instanceof AnnotationError) || files.length === 1) throw error
      if (error.code === 'io' || error.code === 'aborted') throw error
      first ??= error
      reportRefused(error, path, account)
    }
  }
  if (documents.length === 0 && first !== undefined) throw first
  return documents
}

/** One bad file does not keep the others from being read. */
function reportRefused(error: AnnotationError, path: string, account: Account): void {
  const { code, reason, expected, got, fix, place = { file: path } } = error
  if (code === 'not-this-format') {
    account.problem({ code: 'file-skipped', message: 'left out: no Dataloop JSON', expected, place })
    return
  }
  account.problem({ code, message: reason, expected, got, fix, place, lossy: true })
  account.field({ level: 'item', effect: 'dropped', subject: 'annotation file', reason: 'invalid', place })
}

async function* itemsOf(
  tree: SourceTree,
  documents: readonly Document[],
  pictures: PictureIndex,
  { policy, deflate, sizes }: Context,
  account: Account,
): AsyncGenerator<Item> {
  const lists = new KeyLists()
  for (const document of documents) {
    const file = document.path
    const picture = (path: string, named: boolean): string | undefined => pictures.find(path, named, file)
    for await (const { bytes, start, end, pointer } of itemTexts(tree, document)) {
      const scope = { file, pointer, account, repair: policy === 'salvage', deflate, lists, picture }
      let item: Item
      try {
        item = readItem(bytes, start, end, scope)
      } catch (error) {
        throw error instanceof AnnotationError ? await located(tree, file, error) : error
      }
      yield sizes === undefined ? item : await withSize(item, sizes, account)
    }
  }
}
