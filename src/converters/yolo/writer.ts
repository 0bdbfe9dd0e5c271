import type { Outcome } from '../../dataset/account.js'
import type { Header } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import type { AnnotationError } from '../../errors.js'
import type { SinkTree } from '../../ports.js'
import { encodeUtf8 } from '../../text/decode.js'
import { TextBuffer } from '../../text/json-write.js'
import type { Context, Sink } from '../format.js'
import { requireSize, type Size, sizeUnknown } from '../sizes.js'
import { ClassTable } from './class-table.js'
import { DEFAULT_SPLIT, OutputFolders, type OutputSplit } from './output-folders.js'
import { RowWriter, type WritingChoices } from './row-writer.js'
import { yoloSource } from './source-extra.js'
import { dataYamlPath, dataYamlText } from './write-data-yaml.js'

/** Writes a file of labels for every item, an empty one where there is nothing to say, and a `data.yaml`. */
export async function createYolo(
  tree: SinkTree,
  header: Header,
  choices: WritingChoices,
  context: Context,
): Promise<Sink> {
  const { account, pictures } = context
  const source = yoloSource(header.extra)
  const classes = new ClassTable(header, source !== undefined, account)
  const rows = new RowWriter(choices, classes, source, account)
  const folders = new OutputFolders(source, account)
  for (const split of header.splits) folders.of(split)
  const buffer = new TextBuffer()

  const place = async (item: Item, split: OutputSplit, path: string): Promise<void> => {
    if (pictures === undefined) {
      split.missing++
      return
    }
    await pictures.place(item, path)
    if (pictures.carried) return
    const folder = await pictures.folderOf(item)
    if (folder === undefined) split.missing++
    else split.originals.add(folder)
  }

  const put = async (item: Item, size: Size | undefined): Promise<readonly Outcome[]> => {
    if (item.split === undefined)
      account.field({ level: 'item', effect: 'defaulted', subject: 'split', reason: 'Ultralytics wants one' })
    reportLosses(item, context)
    const split = folders.of(item.split ?? DEFAULT_SPLIT)
    const { picture, label } = folders.pathsOf(item, split)
    const outcomes: Outcome[] = []
    for (const annotation of item.annotations) {
      const { text, outcome } = rows.write(annotation, size)
      outcomes.push(outcome)
      if (text === undefined) continue
      if (typeof text === 'string') buffer.append(text)
      else buffer.appendBytes(text)
      buffer.append('\n')
    }
    const file = await tree.create(label)
    if (buffer.length > 0) await buffer.flush(file)
    await file.close()
    await place(item, split, picture)
    return outcomes
  }

  let sized = 0
  let unsized: AnnotationError | undefined

  return {
    async write(item) {
      const { media, annotations } = item
      if (media.kind !== 'image') return refused(item, context)
      rows.settle(annotations)
      // Before anything of the item is taken: it may come again with its size.
      const size = annotations.some((each) => rows.needsSize(each)) ? requireSize(item) : sizeOf(item)
      if (size !== undefined) sized++
      return put(item, size)
    },
    async writeUnsized(item) {
      unsized ??= sizeUnknown(item)
      account.problem({
        code: 'size-unknown',
        message: 'the size of this picture is not known: annotations without it are no shares of it, and are left out',
        place: item.place,
        got: JSON.stringify(item.path),
        fix: unsized.fix,
        lossy: true,
      })
      return put(item, undefined)
    },
    async close() {
      // Nothing at all could be written: whoever asked for this wants to know how to mend it.
      if (unsized !== undefined && sized === 0) throw unsized
      const carried = pictures?.carried === true
      const scope = { classes, folders, source, rows: rows.rows, carried }
      const file = await tree.create(dataYamlPath(scope))
      await file.write(encodeUtf8(dataYamlText(scope, account)))
      await file.close()
    },
  }
}

function sizeOf({ media: { width, height } }: Item) {
  return width === undefined || height === undefined ? undefined : { width, height }
}

function reportLosses({ media, metadata, extra, place }: Item, { account }: Context): void {
  const lose = (subject: string): void =>
    account.field({ level: 'item', effect: 'dropped', subject, reason: 'YOLO has no place for it', place })
  for (const subject of ['orientation', 'mimetype', 'duration', 'fps', 'frames'] as const)
    if (media[subject] !== undefined) lose(subject)
  if (metadata !== undefined) lose('metadata')
  for (const { fields } of extra?.values() ?? []) if (fields.size > 0) lose('extra')
}

function refused({ media, annotations, place }: Item, { account }: Context): readonly Outcome[] {
  const reason = `YOLO holds images, not ${media.kind}`
  account.field({ level: 'item', effect: 'dropped', subject: media.kind, reason, place })
  return annotations.map(({ type }) => ({ effect: 'dropped', subject: type, reason }))
}
