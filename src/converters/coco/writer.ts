import type { Account, Outcome } from '../../dataset/account.js'
import { Annotation } from '../../dataset/annotation.js'
import type { Header, Stray } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import type { SinkTree } from '../../ports.js'
import type { Context, Sink } from '../format.js'
import { withPicturesBeside } from '../pictures-beside.js'
import { CategoryIds } from './category-ids.js'
import { DocumentWriter } from './document-writer.js'
import { documentPath, saysSplit } from './layout.js'
import type { OverlapChoice } from './panoptic-writer.js'
import { needsParts, partItem, partsOf } from './parts.js'
import type { StrayNames } from './raw-names.js'
import { ResultsWriter } from './results-writer.js'
import { highestId, RootFields } from './root-fields.js'
import type { Task } from './tasks.js'
import type { SegmentationChoice } from './write-segmentation.js'

/** Which files are written: one for each task, all in one, bare lists of results, or pictures of segments. */
export type DocumentChoice = 'auto' | 'single' | 'results' | 'panoptic'

export interface CocoWriting {
  readonly segmentation: SegmentationChoice
  readonly document: DocumentChoice
  readonly overlap: OverlapChoice
}

/** Writes one COCO document for each split and task. */
export async function createCoco(
  tree: SinkTree,
  header: Header,
  { segmentation, document: layout, overlap }: CocoWriting,
  context: Context,
): Promise<Sink> {
  const { account } = context
  const roots = new RootFields(header.extra)
  const shared = {
    choice: segmentation,
    overlap,
    categories: new CategoryIds(header, account),
    highestId: highestId(header.extra),
  }
  const single = layout === 'single'
  const documents = new Map<string, DocumentWriter | ResultsWriter>()
  const paths = new Set<string>()
  const keyOf = (split: string | undefined, task: Task): string => `${task}${split === undefined ? '' : `:${split}`}`
  const tasksOfSplit = (split: string | undefined): readonly Task[] => {
    if (layout === 'results' || layout === 'panoptic') return [layout]
    return single ? ['instances'] : roots.tasks(split)
  }
  const open = async (split: string | undefined, task: Task): Promise<DocumentWriter | ResultsWriter> => {
    const extra = roots.of(split, single ? (roots.tasks(split)[0] ?? task) : task)
    const path = freePath(documentPath(split, task), paths, account)
    if (!saysSplit(path, split))
      account.field({
        level: 'header',
        effect: 'approximated',
        subject: 'split name',
        reason: 'no file name can say it',
        place: { file: path },
      })
    const options = { ...shared, task: single ? undefined : task, copies: extra !== undefined }
    const document = await (task === 'results'
      ? ResultsWriter.open(tree, path, options, context)
      : DocumentWriter.open(tree, path, header, extra, options, context))
    documents.set(keyOf(split, task), document)
    return document
  }
  const documentOf = (
    split: string | undefined,
    task: Task,
  ): DocumentWriter | ResultsWriter | Promise<DocumentWriter | ResultsWriter> =>
    documents.get(keyOf(split, task)) ?? open(split, task)
  const writeParts = async (item: Item, tasks: readonly Task[]): Promise<readonly Outcome[]> => {
    const parts = [...partsOf(item, tasks, single)].map(([task, part]) => ({
      task,
      part,
      ...partItem(item, task, part),
    }))
    const writers: (DocumentWriter | ResultsWriter)[] = []
    for (const { task } of parts) writers.push(await documentOf(item.split, task))
    for (const [i, writer] of writers.entries()) writer.check(parts[i]?.item ?? item)
    const outcomes: Outcome[] = []
    for (const [i, { part, item: own, twins }] of parts.entries()) {
      const written = await (writers[i] as DocumentWriter | ResultsWriter).write(own, twins)
      for (const [k, number] of part.numbers.entries())
        if (!part.twins.has(number)) outcomes[number] = written[k] as Outcome
    }
    return outcomes
  }
  for (const split of new Set(header.splits)) for (const task of tasksOfSplit(split)) await open(split, task)
  const sink: Sink = {
    write(item: Item) {
      if (item.media.kind !== 'image') return refused(item, context)
      const tasks = tasksOfSplit(item.split)
      const [task = 'instances'] = tasks
      if (tasks.length > 1 || needsParts(item, task, single)) return writeParts(item, tasks)
      const document = documentOf(item.split, task)
      const given = single && isOtherwise(roots.tasks(item.split)[0]) ? withoutElements(item) : item
      return document instanceof Promise ? document.then((opened) => opened.write(given)) : document.write(given)
    },
    async strays(strays: readonly Stray[]) {
      const outcomes: Outcome[] = []
      for (const stray of strays) {
        const { task }: StrayNames = stray.raw.names ?? { item: undefined, label: undefined }
        const [first = 'instances'] = tasksOfSplit(stray.split)
        const document =
          (task === undefined ? undefined : documents.get(keyOf(stray.split, task))) ??
          documents.get(keyOf(stray.split, first)) ??
          documents.values().next().value ??
          (await open(undefined, first))
        outcomes.push(document.stray(stray))
      }
      return outcomes
    },
    async close() {
      if (documents.size === 0) await open(undefined, tasksOfSplit(undefined)[0] ?? 'instances')
      for (const document of documents.values()) await document.close()
      roots.reportUnused(account)
    },
    async abort() {
      for (const document of documents.values()) await document.abort()
    },
  }
  return withPicturesBeside(sink, context)
}

/** Whether annotations of a task are no elements another document could have. */
function isOtherwise(task: Task | undefined): boolean {
  return task === 'results' || task === 'panoptic'
}

/** Results have no ids, segments have them for their picture alone: in another document they are written afresh. */
function withoutElements(item: Item): Item {
  const annotations = item.annotations.map(
    (annotation) => new Annotation({ ...annotation, raw: undefined, extra: undefined }),
  )
  return item.with({ annotations })
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
