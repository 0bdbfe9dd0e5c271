import { parse } from 'yaml'
import type { CorpusFile } from './corpus.js'

// YOLO data sets in a folder, found by what stands in the files and not with the help of the library.

/** Files that make a data set, by the paths they have in it. */
export interface YoloSet {
  readonly name: string
  readonly files: ReadonlyMap<string, CorpusFile>
  /** Another text for the description of the data set, where it was written for other folders. */
  readonly description: { readonly path: string; readonly text: string } | undefined
}

const NUMBER = String.raw`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`
const ROW = new RegExp(String.raw`^\d+(?:\.0+)?((?:\s+${NUMBER}){4,})$`)
const NAMES = /(?:^|\/)(?:obj\.names|classes\.txt|labels\.txt)$/

/** Whether every row of a text file is a class and shares of a picture, most of them near the picture. */
export function isLabelFile(file: CorpusFile): boolean {
  if (file.extension !== 'txt') return false
  const rows = linesOf(file.text())
  return (
    rows.length > 0 &&
    rows.every((row) => {
      const numbers = ROW.exec(row)?.[1]?.trim().split(/\s+/).map(Number)
      return numbers?.slice(0, 4).every((value) => Math.abs(value) <= 2) === true
    })
  )
}

export function linesOf(text: string): readonly string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Every data set among the files: the folder of a description with all label files below it, else what lies in one folder. */
export function yoloSets(files: readonly CorpusFile[]): readonly YoloSet[] {
  const rest = new Set(files.filter(isLabelFile))
  const sets: YoloSet[] = []
  const describing = files.filter(({ path, extension }) => /^ya?ml$/.test(extension) || NAMES.test(path))
  // The description nearest to the labels is theirs.
  for (const description of [...describing].sort((a, b) => depth(b.path) - depth(a.path))) {
    const folder = folderOf(description.path)
    const below = [...rest].filter(({ path }) => path.startsWith(folder === '' ? '' : `${folder}/`))
    const plain = below.filter(({ path }) => !/(?:^|\/)labels_[^/]+\//.test(path))
    for (const file of plain) rest.delete(file)
    if (plain.length > 0) sets.push(setBelow(folder, description, files, plain))
  }
  const apart = new Map<string, CorpusFile[]>()
  for (const file of rest) {
    const folder = folderOf(file.path)
    apart.set(folder, [...(apart.get(folder) ?? []), file])
  }
  for (const [folder, labels] of apart) sets.push(setApart(folder, labels, describing))
  return sets
}

function setBelow(
  folder: string,
  description: CorpusFile,
  all: readonly CorpusFile[],
  labels: readonly CorpusFile[],
): YoloSet {
  const prefix = folder === '' ? '' : `${folder}/`
  const files = new Map<string, CorpusFile>()
  for (const file of all) {
    if (!file.path.startsWith(prefix)) continue
    const told = file.extension === 'data' || (file.extension === 'txt' && file.bytes().length < 4096)
    const picture = /^(?:jpg|png|jpeg)$/.test(file.extension)
    if (labels.includes(file) || file === description || told || picture)
      files.set(file.path.slice(prefix.length), file)
  }
  return { name: description.path, files, description: undefined }
}

/** Labels in a folder of their own, described by a file that was written for another: `labels_seg` and `labels_seg_config.yaml`. */
function setApart(folder: string, labels: readonly CorpusFile[], describing: readonly CorpusFile[]): YoloSet {
  const files = new Map<string, CorpusFile>(labels.map((file) => [`labels/${file.name}`, file]))
  const near = describing.filter(({ path }) => folderOf(path) === folderOf(folder))
  const own = near.find(({ name }) => name.startsWith(folder.slice(folder.lastIndexOf('/') + 1))) ?? near[0]
  const text = own
    ?.text()
    .replace(/^(?:val|test):.*\n/gm, '')
    .replace(/^train:.*$/m, 'train: images')
  return {
    name: folder,
    files,
    description: own === undefined || text === undefined ? undefined : { path: 'data.yaml', text },
  }
}

/** What a YAML file says, with integers and texts told apart, as one text that can be compared. */
export function yamlValues(text: string): string {
  return JSON.stringify(parse(text, { mapAsMap: true }), (_, value: unknown) =>
    value instanceof Map ? { map: [...value].map(([key, each]) => [typeof key, String(key), each]).sort() } : value,
  )
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

function depth(path: string): number {
  return path.split('/').length
}
