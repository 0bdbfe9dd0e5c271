import { AnnotationError } from '../../errors.js'
import { isTask, type Task } from './tasks.js'

/** A COCO document of a tree, and the split and task its name tells. */
export interface CocoFile {
  readonly path: string
  readonly split: string | undefined
  readonly task: Task
}

const OFFICIAL = /^(instances|person_keypoints|stuff|labels|panoptic|captions|image_info)_(.+)\.json$/
/** What is written where there are no splits. */
const PLAIN = /^(instances|person_keypoints|stuff|labels|panoptic|captions|image_info)\.json$/
const OTHER_TASK = /^panoptic(?:_.+)?\.json$/
/** Names of splits that tools give the files themselves. */
const SPLIT = /^(?:train|val|valid|validation|test|minival|trainval|dev)(?:[0-9_-].*)?\.json$/
const ROBOFLOW = /^_annotations\.coco\.json$/

/** What is said of panoptic documents in a tree without any PNG. */
export const WITHOUT_PICTURES = {
  code: 'picture-missing',
  message: 'the pictures of these panoptic segments are not there, so nobody knows where the segments are',
  fix: 'Name the folder that holds the JSON and its PNGs',
} as const

/** What the documents of a tree are, and which ones are left aside. */
export interface CocoLayout {
  readonly files: readonly CocoFile[]
  readonly skipped: readonly string[]
}

/**
 * Which JSON files of a tree make up a data set: `<task>_<split>.json` as in the official layout,
 * `<split>/_annotations.coco.json` as Roboflow has it, `train.json` and the like, or one single file of any name.
 * @throws AnnotationError `empty-input` without JSON files, `picture-missing` for panoptic ones without any PNG, `ambiguous-format` for several of unknown names
 */
export function cocoLayout(paths: readonly string[], tree: string): CocoLayout {
  const json = paths.filter((path) => path.toLowerCase().endsWith('.json'))
  const [only] = json
  if (only === undefined)
    throw new AnnotationError('empty-input', 'there is no JSON file in here', { place: { file: tree } })
  if (json.length === 1) return { files: [fileOf(only)], skipped: [] }
  // Without its pictures a panoptic document says nothing of where its segments are.
  const pictures = paths.some((path) => path.toLowerCase().endsWith('.png'))
  const usable = json.filter((path) => pictures || !isOtherTask(path))
  const named = usable.filter((path) => OFFICIAL.test(baseName(path)) || ROBOFLOW.test(baseName(path)))
  // Items without a split stand beside those with one.
  const folders = new Set(named.map(folderOf))
  const plain = usable.filter((path) => PLAIN.test(baseName(path)))
  const known = [...named, ...plain.filter((path) => named.length === 0 || folders.has(folderOf(path)))]
  if (known.length === 0) known.push(...usable.filter((path) => SPLIT.test(baseName(path))))
  if (known.length > 0) {
    const splitNames = !known.some((path) => !SPLIT.test(baseName(path)))
    const files = known.map((path) => (splitNames ? { ...fileOf(path), split: stemOf(path) } : fileOf(path)))
    return { files, skipped: json.filter((path) => !known.includes(path)) }
  }
  if (usable.length === 0) {
    const { code, message, fix } = WITHOUT_PICTURES
    throw new AnnotationError(code, message, { place: { file: tree }, got: json.slice(0, 5).join(', '), fix })
  }
  throw new AnnotationError(
    'ambiguous-format',
    `${json.length} JSON files, and none is called <task>_<split>.json, _annotations.coco.json or after a split`,
    {
      place: { file: tree },
      got: json.slice(0, 5).join(', '),
      fix: 'Name the one file to convert',
    },
  )
}

/** Whether a file is one of the other tasks of COCO, which describe the same pictures once more. */
export function isOtherTask(path: string): boolean {
  return OTHER_TASK.test(baseName(path))
}

function fileOf(path: string): CocoFile {
  const task = (OFFICIAL.exec(baseName(path)) ?? PLAIN.exec(baseName(path)))?.[1]
  return { path, split: splitOf(path), task: task !== undefined && isTask(task) ? task : 'instances' }
}

/** The split in the name of a document; single files of other names have none. */
function splitOf(path: string): string | undefined {
  const name = baseName(path)
  const folder = path.split('/').at(-2)
  return OFFICIAL.exec(name)?.[2] ?? (ROBOFLOW.test(name) ? folder : undefined)
}

/** Where the document of a split is written. Characters that file systems do not like, and a name of none, become `_`. */
export function documentPath(split: string | undefined, task: Task = 'instances'): string {
  return split === undefined
    ? `annotations/${task}.json`
    : `annotations/${task}_${split === '' ? '_' : split.replace(/[^\p{L}\p{N}._-]/gu, '_')}.json`
}

/** Whether the name of a document gives its split back. */
export function saysSplit(path: string, split: string | undefined): boolean {
  return splitOf(path) === split
}

function stemOf(path: string): string {
  return baseName(path).replace(/\.json$/, '')
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
