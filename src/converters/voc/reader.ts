import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset } from '../../dataset/dataset.js'
import { Item } from '../../dataset/item.js'
import { LabelTree } from '../../dataset/labels.js'
import { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import type { Context } from '../format.js'
import { withSize } from '../sizes.js'
import { type Base, decideBase, emptySurvey, surveyDocument, surveyedLabels } from './base.js'
import { ExtraCache, VOC } from './elements.js'
import { folderOf, type ListedPicture, type VocFile, type VocLayout, vocLayout } from './layout.js'
import { picturePath } from './picture-path.js'
import { checkRoot, readItem } from './read-item.js'
import { readXmlBytes } from './xml-bytes.js'
import { readXml, type XmlDocument } from './xml-document.js'

/** How many files pass between two progress events of the survey. */
const PROGRESS_STEP = 256

/**
 * Opens the VOC annotations of a tree. A survey of all files settles the labels and the base; `items()` then reads file
 * by file, holding one at a time.
 * @throws AnnotationError `empty-input`, and for a single file, or when none can be read, `xml-syntax`, `xml-limit`,
 * `encoding`, `not-this-format`
 */
export async function openVoc(
  tree: SourceTree,
  options: { readonly base: 'auto' | Base },
  context: Context,
): Promise<Dataset> {
  const { account } = context
  const layout = await vocLayout(tree, account)
  const { survey, refused } = await surveyFiles(tree, layout, context)
  const base = decideBase(options.base, survey, account)
  const files = layout.files.filter(({ path }) => !refused.has(path))
  return {
    header: {
      labels: new LabelTree(surveyedLabels(survey).map((name) => ({ name }))),
      splits: layout.splits,
      strays: [],
      extra: new Map([[VOC, { keys: [], fields: new Map(), form: base }]]),
    },
    itemCount: files.length + layout.listed.length,
    items: (given = SILENT) => itemsOf(tree, files, layout, base, context, given),
    close: () => Promise.resolve(),
  }
}

async function surveyFiles(
  tree: SourceTree,
  { files, listed }: VocLayout,
  { account, signal, onProgress }: Context,
): Promise<{ readonly survey: ReturnType<typeof emptySurvey>; readonly refused: ReadonlySet<string> }> {
  const survey = emptySurvey()
  const refused = new Set<string>()
  let first: AnnotationError | undefined
  for (const [i, { path }] of files.entries()) {
    if (signal?.aborted === true) throw new AnnotationError('aborted', 'stopped on request', { cause: signal.reason })
    if (i % PROGRESS_STEP === 0) onProgress?.({ phase: 'index', unit: 'items', done: i, total: files.length })
    try {
      surveyDocument((await readDocument(tree, path)).root, survey)
    } catch (error) {
      if (!(error instanceof AnnotationError) || files.length === 1 || error.code === 'io') throw error
      first ??= error
      refused.add(path)
      reportRefused(error, path, account)
    }
  }
  if (first !== undefined && refused.size === files.length && listed.length === 0) throw first
  return { survey, refused }
}

/** One bad file does not keep the others from being read. */
function reportRefused(error: AnnotationError, path: string, account: Account): void {
  const { code, reason, expected, got, fix, place = { file: path } } = error
  if (code === 'not-this-format' || code === 'empty-input') {
    const message = code === 'empty-input' ? 'left out: there is nothing in this file' : 'left out: no VOC annotation'
    account.problem({ code: 'file-skipped', message, expected, got, place, lossy: code === 'empty-input' })
    return
  }
  account.problem({ code, message: reason, expected, got, fix, place, lossy: true })
  account.field({ level: 'item', effect: 'dropped', subject: 'annotation file', reason: 'invalid', place })
}

async function readDocument(tree: SourceTree, path: string): Promise<XmlDocument> {
  const source = await tree.open(path)
  try {
    const document = readXml(await readXmlBytes(source), path)
    checkRoot(document)
    return document
  } finally {
    await source.close()
  }
}

async function* itemsOf(
  tree: SourceTree,
  files: readonly VocFile[],
  { pictures, listed }: VocLayout,
  base: Base,
  context: Context,
  account: Account,
): AsyncGenerator<Item> {
  const extras = new ExtraCache()
  const repair = context.policy === 'salvage'
  const sized = (item: Item): Item | Promise<Item> =>
    context.sizes === undefined ? item : withSize(item, context.sizes, account)
  for (const { path, id, split, root } of files) {
    const document = await readDocument(tree, path)
    const picture = (name: string | undefined): string | undefined => pictures.find(root, folderOf(path), name, id)
    yield await sized(readItem(document, { id, split, base, repair, account, extras, picture }))
  }
  for (const each of listed) {
    const item = listedItem(each, pictures, account)
    if (item !== undefined) yield await sized(item)
  }
}

/** A picture that only a list names: without annotations, as Datumaro means it. Undefined for a line that names none. */
function listedItem(
  { id, split, root, place }: ListedPicture,
  pictures: VocLayout['pictures'],
  account: Account,
): Item | undefined {
  const named = picturePath(id)
  if (named?.escapes !== false)
    account.problem({ code: 'path-escape', message: 'this name leaves its folder', place, got: JSON.stringify(id) })
  if (named === undefined) return undefined
  const file = pictures.find(root, root, undefined, id)
  const path = `${named.path}${file === undefined ? '.jpg' : file.slice(file.lastIndexOf('.'))}`
  const reason = 'a list names the picture, no file describes it'
  account.field({ level: 'item', effect: 'defaulted', subject: 'annotation file', reason, place })
  return new Item({ id: { text: id, kind: 'string' }, path, media: { kind: 'image' }, split, place, file })
}
