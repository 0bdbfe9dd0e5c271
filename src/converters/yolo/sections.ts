import type { Account } from '../../dataset/account.js'
import type { Place } from '../../errors.js'
import type { SourceTree } from '../../ports.js'
import type { Section } from './data-yaml.js'
import { commonFolder, type EntryList, foldersFor, foldersForLabels, type SplitFolders } from './entries.js'
import { readTextFile } from './read-file.js'
import { folderOf, joinInside, labelsBeside, nameOf, resolveInside, stemOf, type TreeIndex } from './tree-index.js'

/** What is needed to find the pictures that a description of a data set names. */
export interface SectionScope {
  readonly tree: SourceTree
  readonly index: TreeIndex
  readonly list: EntryList
  readonly account: Account
  /** The file that names the sections. */
  readonly file: string
  /** Folders that its paths may start from, the likeliest first. */
  readonly bases: readonly string[]
  /** Folders of labels by key, where the pictures are elsewhere. */
  readonly labelFolders: ReadonlyMap<string, string>
}

/**
 * Finds the pictures and labels of all sections. Gives the folders of those splits that are one folder each, under their
 * split's name.
 */
export async function addSections(
  sections: readonly Section[],
  scope: SectionScope,
): Promise<ReadonlyMap<string, SplitFolders>> {
  const folders = new Map<string, SplitFolders>()
  const done = new Set<string>()
  const place = { file: scope.file }
  for (const { key, split, paths } of sections) {
    const found: SplitFolders[] = []
    for (const path of paths) {
      const target = targetOf(key, path, scope)
      if (target === undefined) notHere(key, path, scope)
      else if (typeof target === 'string') {
        // Ultralytics' own small data sets have the same pictures for training and validation.
        if (!done.has(target)) await addList(target, split, scope)
        done.add(target)
      } else {
        if (!done.has(`${target.images}/`)) scope.list.addFolder(target, split, place)
        done.add(`${target.images}/`)
        found.push(target)
      }
    }
    const [only] = found
    if (only !== undefined && paths.length === 1) folders.set(split, folders.get(split) ?? only)
  }
  return folders
}

/** A list file, or folders; undefined when there is nothing of it here. */
function targetOf(key: string, path: string, scope: SectionScope): string | SplitFolders | undefined {
  const { index, bases, labelFolders } = scope
  const labels = labelFolders.get(key)
  if (labels !== undefined) {
    const there = resolveInside(labels, bases, (folder) => index.hasFolder(folder))
    if (there !== undefined) return foldersForLabels(key, there)
  }
  if (/\.txt$/i.test(path)) {
    const list = resolveInside(path, bases, (file) => index.has(file))
    if (list !== undefined) return list
  }
  const isFolder = (folder: string): boolean =>
    index.hasFolder(folder) || (labelsBeside(folder) !== folder && index.hasFolder(labelsBeside(folder)))
  for (const wanted of [path, renamed(path)]) {
    const folder = resolveInside(wanted, bases, isFolder)
    if (folder !== undefined) return foldersFor(key, folder)
  }
  return undefined
}

/** Roboflow's `valid` is others' `val`. */
function renamed(path: string): string {
  return path
    .split('/')
    .map((part) => (part === 'valid' ? 'val' : part === 'val' ? 'valid' : part))
    .join('/')
}

function notHere(key: string, path: string, { account, file }: SectionScope): void {
  account.problem({
    code: 'picture-missing',
    message: `neither the pictures nor the labels of ${key} are here`,
    place: { file },
    got: JSON.stringify(path),
    lossy: true,
  })
}

async function addList(file: string, split: string, scope: SectionScope): Promise<void> {
  const { tree, index, list, account } = scope
  const bases = [folderOf(file), ...scope.bases]
  const isThere = (path: string): boolean =>
    index.has(path) ||
    index.textOf(stemOf(labelsBeside(path))) !== undefined ||
    index.textOf(stemOf(path)) !== undefined
  const found: { readonly picture: string; readonly place: Place }[] = []
  const text = await readTextFile(tree, file, account)
  let line = 0
  for (const written of text.split(/\r\n|\n|\r/)) {
    line++
    const path = written.trim()
    if (path === '') continue
    const place = { file, line }
    const picture = resolveInside(path, bases, isThere) ?? joinInside(bases[0] ?? '', path.replace(/\\/g, '/'))
    if (picture === undefined || nameOf(picture) === '')
      account.problem({
        code: 'path-escape',
        message: 'this path leaves the folder of the data set, and no end of it is there',
        place,
        got: JSON.stringify(path),
        lossy: true,
      })
    else found.push({ picture, place })
  }
  const common = commonFolder(found.map(({ picture }) => picture))
  for (const { picture, place } of found) list.addListed(picture, common, split, place)
}
