import { type Account, SILENT } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import { integerId } from '../../dataset/id.js'
import { Item } from '../../dataset/item.js'
import { LabelTree } from '../../dataset/labels.js'
import { byCodePoint } from '../../paths.js'
import { decodeUtf8, encodeUtf8 } from '../../text/decode.js'
import type { Size } from '../sizes.js'
import { labelsFor } from './class-labels.js'
import { ClassTable } from './class-table.js'
import { dialectOf, type SixthChoice, type TaskChoice } from './dialect.js'
import { LabelFileReader } from './label-file.js'
import { forEachRow, Row } from './row.js'
import { RowWriter, type WritingChoices } from './row-writer.js'
import { count, newSurvey } from './survey.js'

export interface ParseYoloLabelsOptions {
  /** Of the picture, in pixels: rows are shares of it. */
  readonly size: Size
  /** The names of the classes by number. Default: the numbers. */
  readonly labels?: readonly string[] | ReadonlyMap<number, string> | undefined
  /** Default: polygons when any row is one. */
  readonly task?: TaskChoice | undefined
  /** What a sixth column says. Default: scores when all values are in [0, 1]. */
  readonly sixth?: SixthChoice | undefined
  /** What to call the text in messages. */
  readonly name?: string | undefined
  /** Told about rows that are none, and the like. Give a `Ledger('strict')` to have the first of them thrown. */
  readonly account?: Account | undefined
}

/**
 * The annotations of one file of labels. Rows that are none are left out.
 * @throws AnnotationError what `account` throws
 * @example parseYoloLabels('0 0.5 0.5 0.25 0.5', { size: { width: 640, height: 480 }, labels: ['cat'] })
 */
export function parseYoloLabels(text: string, options: ParseYoloLabelsOptions): readonly Annotation[] {
  const { size, labels, task = 'auto', sixth = 'auto', name = 'labels.txt', account = SILENT } = options
  const bytes = encodeUtf8(text.replace(/^\uFEFF/, ''))
  const found = newSurvey()
  const row = new Row()
  forEachRow(bytes, (_line, start, end) => {
    if (row.read(bytes, start, end) === undefined) count(found, row, undefined)
  })
  const names = labels === undefined ? undefined : [...(Array.isArray(labels) ? labels.entries() : labels)]
  const classes = names?.map(([index, name]) => ({ index, name }))
  const known = classes === undefined ? undefined : { list: classes, file: name }
  const files = new LabelFileReader({
    dialect: dialectOf({ task, sixth }, undefined, found, name, account),
    // Without names a caller wants the numbers: nothing is missing.
    labels: labelsFor(
      { classes: known, count: undefined },
      found.classes,
      name,
      labels === undefined ? SILENT : account,
    ),
    account,
    repair: false,
  })
  account.read(files.countRows(bytes))
  return files.annotations(bytes, name, size)
}

export interface YoloLabelsOptions extends Partial<WritingChoices> {
  /** Default: polygons when any annotation is a region, else boxes. */
  readonly task?: WritingChoices['task']
  /** Of the picture, in pixels; needed unless an item that knows its size is given. */
  readonly size?: Size | undefined
  /** The names of the classes in their order. Default: those of the annotations by code point. */
  readonly labels?: readonly string[] | undefined
  /** Told what became of each annotation that is not in the text as it is, and of fields that have no place. */
  readonly account?: Account | undefined
}

/**
 * One file of labels: a row for each annotation that has a place in it, every row ended by a line feed.
 * @throws TypeError when the size of the picture is not known.
 * @example yoloLabels(item, { labels: ['cat', 'dog'], task: 'segment' })
 */
export function yoloLabels(source: Item | readonly Annotation[], options: YoloLabelsOptions = {}): string {
  const annotations = source instanceof Item ? source.annotations : source
  const size = options.size ?? (source instanceof Item ? sizeOf(source) : undefined)
  if (size === undefined) throw new TypeError('yoloLabels needs the size of the picture')
  const { task = 'auto', sixth = 'auto', crowd = 'drop', clip = 'auto', account = SILENT } = options
  const names = options.labels ?? [...new Set(annotations.map(({ label }) => label))].sort(byCodePoint)
  const labels = new LabelTree(names.map((name, index) => ({ name, id: integerId(String(index)) })))
  const classes = new ClassTable({ labels, labelLock: 'order', splits: [], strays: [] }, false, account)
  const rows = new RowWriter({ task, sixth, crowd, clip }, classes, undefined, account)
  rows.settle(annotations)
  let text = ''
  for (const annotation of annotations) {
    const written = rows.write(annotation, size)
    if (written.outcome.effect === 'dropped') account.drop(written.outcome, annotation.place)
    if (written.text === undefined) continue
    text += `${typeof written.text === 'string' ? written.text : decodeUtf8(written.text, 0, written.text.length)}\n`
  }
  return text
}

function sizeOf({ media: { width, height } }: Item): Size | undefined {
  return width === undefined || height === undefined ? undefined : { width, height }
}
