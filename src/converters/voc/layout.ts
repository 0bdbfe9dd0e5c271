import type { Account } from '../../dataset/account.js'
import type { Place } from '../../errors.js'
import { AnnotationError } from '../../errors.js'
import { byCodePoint } from '../../paths.js'
import type { SourceTree } from '../../ports.js'
import { splitExtension } from '../output-names.js'
import { type ImageSets, readImageSets } from './image-sets.js'

/** An annotation file and what its place says about it. */
export interface VocFile {
  readonly path: string
  readonly id: string
  readonly split: string | undefined
  /** The folder above `Annotations/`, with its slash; empty where there is none. */
  readonly root: string
}

/** A picture that a list names and that has no annotation file. */
export interface ListedPicture {
  readonly id: string
  readonly split: string
  readonly root: string
  readonly place: Place
}

export interface VocLayout {
  readonly files: readonly VocFile[]
  readonly listed: readonly ListedPicture[]
  readonly splits: readonly string[]
  readonly pictures: PictureFiles
}

const FILE = /^(.*\/)?Annotations\/(.+)\.xml$/i
const SPLIT_FOLDER = /(?:^|\/)(train|valid|val|validation|test)\/(?=[^/]*$|(?:Annotations|annotations|labels|xmls?)\/)/

/**
 * Finds the annotation files of a tree, their splits and the pictures beside them.
 * @throws AnnotationError `empty-input` without XML files
 */
export async function vocLayout(tree: SourceTree, account: Account): Promise<VocLayout> {
  const paths = await tree.list()
  const xml = paths.filter((path) => /\.xml$/i.test(path))
  if (xml.length === 0)
    throw new AnnotationError('empty-input', 'there is no XML file in here', { place: { file: tree.name } })
  const sets = await readImageSets(tree, paths, account)
  const places = xml.map((path) => placeOf(path))
  const ids = uniqueIds(places)
  const files = places.map(({ path, root, folderSplit }, i): VocFile => {
    const id = ids[i] as string
    const split = splitIn(sets.get(root), [id, withoutFolder(path, root)]) ?? (sets.has(root) ? undefined : folderSplit)
    return { path, id, root, split }
  })
  const listed = listedAlone(sets, files)
  return { files, listed, splits: splitNames(sets, files), pictures: new PictureFiles(paths) }
}

interface FilePlace {
  readonly path: string
  readonly root: string
  /** Its id when nobody else has it. */
  readonly short: string
  /** Its id when somebody has. */
  readonly long: string
  readonly folderSplit: string | undefined
}

function placeOf(path: string): FilePlace {
  const [, root = '', below] = FILE.exec(path) ?? []
  const folder = SPLIT_FOLDER.exec(path)
  const stem = below ?? splitExtension(path)[0]
  const long = below === undefined ? stem : root + below
  if (folder === null) return { path, root: below === undefined ? '' : root, short: stem, long, folderSplit: undefined }
  // What a folder says about the split is no part of a name.
  const short =
    below ?? `${path.slice(0, folder.index)}${path.slice(folder.index + folder[0].length)}`.replace(/^\//, '')
  return {
    path,
    root: below === undefined ? '' : root,
    short: below ?? splitExtension(short)[0],
    long,
    folderSplit: folder[1],
  }
}

/** Short ids where they are different, else what tells the files apart. */
function uniqueIds(places: readonly FilePlace[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { short } of places) counts.set(short, (counts.get(short) ?? 0) + 1)
  const taken = new Set<string>()
  return places.map(({ path, short, long }) => {
    let id = counts.get(short) === 1 ? short : long
    // `a.xml` beside `a.XML`, or a path that is another file's short id.
    if (taken.has(id) || (id !== short && counts.has(id))) id = path
    taken.add(id)
    return id
  })
}

function withoutFolder(path: string, root: string): string {
  return splitExtension(path.slice(root.length))[0].replace(/^Annotations\//i, '')
}

function splitIn(sets: ImageSets | undefined, ids: readonly string[]): string | undefined {
  for (const id of ids) {
    const found = sets?.splits.get(id)
    if (found !== undefined) return found.split
  }
  return undefined
}

/** Pictures in lists without an annotation file: Datumaro writes none for a picture without boxes. */
function listedAlone(sets: ReadonlyMap<string, ImageSets>, files: readonly VocFile[]): readonly ListedPicture[] {
  if (sets.size === 0) return []
  const known = new Set<string>()
  for (const { root, id, path } of files) known.add(`${root}\0${id}`).add(`${root}\0${withoutFolder(path, root)}`)
  const listed: ListedPicture[] = []
  for (const [root, { splits }] of sets)
    for (const [id, { split, place }] of splits)
      if (!known.has(`${root}\0${id}`)) listed.push({ id, split, root, place })
  return listed
}

function splitNames(sets: ReadonlyMap<string, ImageSets>, files: readonly VocFile[]): readonly string[] {
  const names = new Set([...sets.values()].flatMap(({ names }) => names))
  // Those that folders name, in their usual order.
  const used = new Set(files.map(({ split }) => split))
  for (const name of ['train', 'valid', 'val', 'validation', 'test']) if (used.has(name)) names.add(name)
  return [...names]
}

const PICTURE = /\.(?:jpe?g|png|webp|gif|bmp|tiff?|avif|heic)$/i

/** The pictures of a tree, by path and by path without extension. */
export class PictureFiles {
  readonly #paths: ReadonlySet<string>
  readonly #stems: ReadonlyMap<string, string>

  constructor(paths: readonly string[]) {
    const pictures = paths.filter((path) => PICTURE.test(path)).sort(byCodePoint)
    this.#paths = new Set(pictures)
    this.#stems = new Map(pictures.map((path) => [splitExtension(path)[0], path]))
  }

  /** The picture an annotation file is about: in `JPEGImages/` or `images/`, or beside the file. */
  find(root: string, beside: string, name: string | undefined, id: string): string | undefined {
    if (this.#paths.size === 0) return undefined
    const folders = [`${root}JPEGImages/`, `${root}images/`, `${root}JPEGImages/${folderOf(id)}`, beside, root]
    const base = name?.slice(name.lastIndexOf('/') + 1)
    for (const folder of folders)
      for (const candidate of name === undefined ? [] : [name, base])
        if (this.#paths.has(`${folder}${candidate}`)) return `${folder}${candidate}`
    const stems = [id, id.slice(id.lastIndexOf('/') + 1), ...(base === undefined ? [] : [base])]
    for (const folder of folders)
      for (const stem of stems) {
        const found = this.#stems.get(`${folder}${stem}`)
        if (found !== undefined) return found
      }
    return undefined
  }
}

/** The folder of a path, with its slash. */
export function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}
