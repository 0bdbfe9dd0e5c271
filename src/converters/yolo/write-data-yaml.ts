import { type Account, SILENT } from '../../dataset/account.js'
import type { JsonValue } from '../../text/json-value.js'
import { classesOfJson, classLabels, type NamedClass } from './class-names.js'
import type { ClassTable } from './class-table.js'
import { LABEL_FOLDERS, splitCalled } from './data-yaml.js'
import { DEFAULT_SPLIT, type OutputFolders, type OutputSplit } from './output-folders.js'
import type { RowKind } from './row-shape.js'
import { jsonOf, type YoloSource } from './source-extra.js'
import { yamlEntry } from './yaml-text.js'

/** How many folders of originals a split may name. */
const MOST_FOLDERS = 100

export interface DataYamlScope {
  readonly classes: ClassTable
  readonly folders: OutputFolders
  readonly source: YoloSource | undefined
  /** What the rows are, where all are alike. */
  readonly rows: RowKind | undefined
  /** Whether pictures were put beside the labels. */
  readonly carried: boolean
}

/** Where `data.yaml` is written. */
export function dataYamlPath({ source, folders }: Pick<DataYamlScope, 'source' | 'folders'>): string {
  return source?.file !== undefined && keepsSections(source, folders) ? source.file : 'data.yaml'
}

/** The text of `data.yaml`. A source's own keys and values stay as long as they are true of what was written. */
export function dataYamlText(scope: DataYamlScope, account: Account): string {
  const { classes, folders, source, carried } = scope
  const entries = new Map<string, JsonValue>()
  let comment = ''
  const own = source?.fields ?? new Map<string, string>()
  const keeps = source !== undefined && keepsSections(source, folders)
  if (!keeps) {
    const { values, notes } = sections(folders.splits, carried)
    for (const [key, value] of values) entries.set(key, value)
    comment = notes
  } else if (!carried)
    comment = '# The pictures were not copied: put them where the keys below say, beside the folders of labels.\n'
  const table = own.get('names')
  const sameNames = table !== undefined && saysNames(jsonOf(table), classes.names())
  for (const [key, text] of own) {
    if (key === 'names' || key === 'nc') continue
    const section = splitCalled(key) !== undefined || key === 'path' || key === LABEL_FOLDERS
    if (!keeps && section) continue
    if (key === 'task' && rowsAreOther(jsonOf(text), scope)) continue
    entries.set(key, jsonOf(text))
  }
  if (source === undefined && scope.rows === 'ring') entries.set('task', 'segment')
  if (sameNames) {
    const count = own.get('nc')
    if (count !== undefined) entries.set('nc', jsonOf(count))
    entries.set('names', jsonOf(table))
  } else {
    const names = classes.fullNames()
    const filled = names.length - classes.names().length
    const reason = 'Ultralytics wants numbers without gaps'
    if (filled > 0)
      account.field({ level: 'header', effect: 'defaulted', subject: 'class name', reason, count: filled })
    entries.set('nc', names.length)
    entries.set('names', Object.fromEntries(names.map(({ index, name }) => [index, name])))
  }
  let text = comment
  for (const [key, value] of entries) text += yamlEntry(key, value)
  return text
}

/** Whether every section the source's `data.yaml` names was written where it says, and nothing else was. */
function keepsSections(source: YoloSource, { splits }: OutputFolders): boolean {
  if (source.file === undefined || splits.size === 0) return false
  for (const { asSource } of splits.values()) if (!asSource) return false
  for (const split of source.folders.keys()) if (!splits.has(split)) return false
  return true
}

function sections(
  splits: ReadonlyMap<string, OutputSplit>,
  carried: boolean,
): { values: ReadonlyMap<string, JsonValue>; notes: string } {
  const values = new Map<string, JsonValue>()
  const labels = new Map<string, string>()
  let notes = '# Ultralytics reads the labels of images/…/a.jpg from labels/…/a.txt.\n'
  const add = (key: string, folder: string): void => {
    const before = values.get(key)
    values.set(key, before === undefined ? folder : [...(Array.isArray(before) ? before : [before]), folder])
  }
  const sharing = new Map<string, number>()
  for (const { key } of splits.values()) sharing.set(key, (sharing.get(key) ?? 0) + 1)
  for (const { key, images, labels: folder, originals, missing } of splits.values()) {
    // Originals of two splits under one key would need two folders of labels.
    const shared = (sharing.get(key) ?? 0) > 1
    if (carried || shared || missing > 0 || originals.size === 0 || originals.size > MOST_FOLDERS) {
      add(key, images === '' ? '.' : images)
      continue
    }
    for (const original of originals) add(key, original)
    labels.set(key, folder)
  }
  if (labels.size > 0) {
    notes =
      '# The pictures were not copied. Ultralytics looks for labels beside them: in the path of a picture it replaces the\n' +
      '# last /images/ by /labels/. Copy or link the folders under label_folders to there, or convert with --media symlink.\n'
    values.set(LABEL_FOLDERS, Object.fromEntries(labels))
  }
  // Ultralytics wants both keys; its own small data sets name the same pictures twice.
  const [first = `images/${DEFAULT_SPLIT}`] = values.values()
  const some = values.get('train') ?? values.get('val') ?? values.get('test') ?? first
  for (const key of ['train', 'val']) if (!values.has(key)) values.set(key, some)
  return { values, notes }
}

function saysNames(value: JsonValue, names: readonly NamedClass[]): boolean {
  const said = classesOfJson(value)
  if (said === undefined) return false
  const labels = new Map(classLabels(said, '', SILENT).map(({ name, id }) => [id?.text, name]))
  return labels.size === names.length && names.every(({ index, name }) => labels.get(String(index)) === name)
}

function rowsAreOther(task: JsonValue, { rows, source }: DataYamlScope): boolean {
  if (rows === undefined || rows === source?.rows) return false
  return task === 'segment' ? rows === 'box' : rows === 'ring'
}
