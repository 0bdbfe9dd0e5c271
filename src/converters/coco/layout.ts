import { AnnotationError } from '../../errors.js'

/** A COCO document of a tree and the split its name tells. */
export interface CocoFile {
  readonly path: string
  readonly split: string | undefined
}

const OFFICIAL = /^instances_(.+)\.json$/
const OTHER_TASK = /^(?:person_keypoints|captions|stuff|panoptic|image_info)_.+\.json$/
/** What is written where there are no splits. */
const PLAIN = 'instances.json'
const ROBOFLOW = /^_annotations\.coco\.json$/

/** What the documents of a tree are, and which ones are left aside. */
export interface CocoLayout {
  readonly files: readonly CocoFile[]
  readonly skipped: readonly string[]
}

/**
 * Which JSON files of a tree make up a data set: `instances_<split>.json` as in the official layout,
 * `<split>/_annotations.coco.json` as Roboflow has it, or one single file of any name.
 * @throws AnnotationError `empty-input` without JSON files, `ambiguous-format` for several of unknown names
 */
export function cocoLayout(paths: readonly string[], tree: string): CocoLayout {
  const json = paths.filter((path) => path.toLowerCase().endsWith('.json'))
  const [only] = json
  if (only === undefined)
    throw new AnnotationError('empty-input', 'there is no JSON file in here', { place: { file: tree } })
  if (json.length === 1) return { files: [{ path: only, split: splitOf(only) }], skipped: [] }
  const known = json.filter((path) => OFFICIAL.test(baseName(path)) || ROBOFLOW.test(baseName(path)))
  // Items without a split stand beside those with one.
  const folders = new Set(known.map(folderOf))
  for (const path of json) if (baseName(path) === PLAIN && folders.has(folderOf(path))) known.push(path)
  if (known.length > 0) {
    const files = known.map((path) => ({ path, split: splitOf(path) }))
    return { files, skipped: json.filter((path) => !known.includes(path)) }
  }
  throw new AnnotationError(
    'ambiguous-format',
    `${json.length} JSON files, and none is called instances_<split>.json or _annotations.coco.json`,
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

/** The split in the name of a document; single files of other names have none. */
function splitOf(path: string): string | undefined {
  const name = baseName(path)
  const official = OFFICIAL.exec(name)?.[1] ?? (OTHER_TASK.test(name) ? /_([^_]+)\.json$/.exec(name)?.[1] : undefined)
  if (official !== undefined) return official
  const folder = path.split('/').at(-2)
  return ROBOFLOW.test(name) ? folder : undefined
}

/** Where the document of a split is written. Characters that file systems do not like, and a name of none, become `_`. */
export function documentPath(split: string | undefined): string {
  return split === undefined
    ? `annotations/${PLAIN}`
    : `annotations/instances_${split === '' ? '_' : split.replace(/[^\p{L}\p{N}._-]/gu, '_')}.json`
}

/** Whether the name of a document gives its split back. */
export function saysSplit(path: string, split: string | undefined): boolean {
  return splitOf(path) === split
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
