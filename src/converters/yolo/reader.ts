import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset, Header } from '../../dataset/dataset.js'
import { Item } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import type { Context } from '../format.js'
import { requireSize, type Size, withSize } from '../sizes.js'
import { labelsFor } from './class-labels.js'
import { type DialectChoices, dialectOf } from './dialect.js'
import type { Entry } from './entries.js'
import { LabelFileReader, TOO_LARGE, UNSIZED } from './label-file.js'
import { nothingHere, yoloLayout } from './layout.js'
import { forEachRowOf, LARGEST_LABEL_FILE, looksLikeRows, readBytes } from './read-file.js'
import { headerExtra } from './source-extra.js'
import { survey } from './survey.js'
import { stemOf } from './tree-index.js'

/**
 * Opens a YOLO data set. One pass over all files of labels settles classes and dialect; `items()` then reads file by file.
 * @throws AnnotationError `yaml-syntax`, `empty-input`, `io`
 */
export async function openYolo(tree: SourceTree, choices: DialectChoices, context: Context): Promise<Dataset> {
  const { account } = context
  const layout = await yoloLayout(tree, context)
  const { yaml } = layout
  const keypoints = choices.task === 'auto' ? yaml?.keypoints : undefined
  const prose = new Set<Entry>()
  const poseNumbers = keypoints === undefined ? undefined : 4 + keypoints[0] * keypoints[1]
  const found = await survey(tree, layout.entries, context, poseNumbers, (entry) => prose.add(entry))
  for (const { label } of prose) skipped(label, 'holds text, not rows of numbers', account, false)
  for (const path of layout.unlisted)
    if (await looksLikeRows(tree, path)) skipped(path, 'may hold labels, but nothing leads to it', account, true)
  const entries = layout.entries.filter((entry) => !prose.has(entry))
  if (entries.length === 0) throw nothingHere(tree, layout)
  const file = yaml?.file ?? tree.name
  const dialect = dialectOf(choices, yaml, found, file, account)
  const labels = labelsFor(layout, found.classes, file, account)
  const splits = [...new Set(entries.flatMap(({ split }) => (split === undefined ? [] : [split])))]
  const header: Header = { labels: labels.tree, splits, strays: [], extra: headerExtra(layout, dialect, found) }
  return {
    header,
    itemCount: entries.length,
    async *items(told = SILENT) {
      const repair = context.policy === 'salvage'
      const files = new LabelFileReader({ dialect, labels, account: told, repair })
      const met = { rows: 0, sizes: 0 }
      for (const entry of entries) yield await readItem(tree, entry, files, context, told, met)
      if (met.rows > 0 && met.sizes === 0) throw noSizes(tree)
    },
    close: () => Promise.resolve(),
  }
}

/** The most rows of one file: an annotation takes up to 700 bytes. */
const MOST_ROWS = 400_000

const GUESSED = {
  level: 'item',
  effect: 'defaulted',
  subject: 'path extension',
  reason: 'labels do not tell it',
} as const

async function readItem(
  tree: SourceTree,
  { label, picture, path, split, guessed }: Entry,
  files: LabelFileReader,
  context: Context,
  account: Account,
  met: { rows: number; sizes: number },
): Promise<Item> {
  const bare = new Item({
    id: { text: stemOf(path), kind: 'string' },
    path,
    split,
    media: { kind: 'image' },
    place: { file: label ?? picture ?? path },
    file: picture,
  })
  const item = context.sizes === undefined ? bare : await withSize(bare, context.sizes, account)
  if (guessed) account.field({ ...GUESSED, place: bare.place })
  if (label === undefined) return item
  const bytes = await readBytes(tree, label)
  if (bytes === undefined) {
    skipped(label, `has more than ${LARGEST_LABEL_FILE} bytes`, account, true)
    await forEachRowOf(tree, label, (line) => {
      account.read(1)
      account.drop(TOO_LARGE, { file: label, line })
    })
    return item
  }
  const rows = files.countRows(bytes)
  account.read(rows)
  if (rows === 0) return item
  if (rows > MOST_ROWS) {
    skipped(label, `has more than ${MOST_ROWS} rows`, account, true)
    files.dropAll(bytes, label, TOO_LARGE)
    return item
  }
  met.rows += rows
  const { width, height } = item.media
  if (width === undefined || height === undefined) {
    unsized(item, account)
    files.dropAll(bytes, label, UNSIZED)
    return item
  }
  met.sizes++
  const size: Size = { width, height }
  return item.with({ annotations: files.annotations(bytes, label, size) })
}

const NO_SIZE = 'the size of this picture is not known: its rows are shares of it, and are left out'

function unsized(item: Item, account: Account): void {
  try {
    requireSize(item)
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    const { code, place, fix } = error
    account.problem({ code, message: NO_SIZE, place, fix, lossy: true })
  }
}

function noSizes(tree: SourceTree): AnnotationError {
  return new AnnotationError('size-unknown', 'the size of no picture is known, and rows are shares of it', {
    place: { file: tree.name },
    fix: 'Name the folder of pictures with --images FOLDER, or give --sizes FILE or --sizes WIDTHxHEIGHT',
  })
}

function skipped(file: string | undefined, why: string, account: Account, lossy: boolean): void {
  account.problem({ code: 'file-skipped', message: `this file ${why}`, place: { file }, lossy })
}
