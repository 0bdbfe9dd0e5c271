const TEXT = /\.txt$/i
const PICTURE = /\.(?:jpe?g|png|webp|gif|bmp|dng|mpo|tiff?|pfm|avif|heic|heif|jfif|jp2|ppm|pgm)$/i

/** The files of a tree by path. */
export class TreeIndex {
  readonly paths: readonly string[]
  readonly #files: ReadonlySet<string>
  #folders: ReadonlySet<string> | undefined
  #texts: ReadonlyMap<string, string> | undefined

  /** @param paths all files, sorted by code point */
  constructor(paths: readonly string[]) {
    this.paths = paths
    this.#files = new Set(paths)
  }

  has(path: string): boolean {
    return this.#files.has(path)
  }

  /** The text file of this path without extension: `.txt`, else in other letters, such as `.TXT`. */
  textOf(stem: string): string | undefined {
    const usual = `${stem}.txt`
    if (this.#files.has(usual)) return usual
    this.#texts ??= new Map(
      this.paths.filter((path) => isText(path) && !path.endsWith('.txt')).map((path) => [stemOf(path), path]),
    )
    return this.#texts.get(stem)
  }

  /** Whether there is any file below a folder; the root is the empty text. */
  hasFolder(folder: string): boolean {
    this.#folders ??= foldersOf(this.paths)
    return this.#folders.has(folder)
  }

  /** All files below a folder, in order. */
  below(folder: string): readonly string[] {
    if (folder === '') return this.paths
    return this.hasFolder(folder) ? this.paths.filter((path) => path.startsWith(`${folder}/`)) : []
  }
}

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>([''])
  let last = ''
  for (const path of paths) {
    let folder = folderOf(path)
    if (folder === last) continue
    last = folder
    while (folder !== '' && !folders.has(folder)) {
      folders.add(folder)
      folder = folderOf(folder)
    }
  }
  return folders
}

/** Whether a file may hold rows, by its extension. */
export function isText(path: string): boolean {
  return TEXT.test(path)
}

export function isPicture(path: string): boolean {
  return PICTURE.test(path)
}

/** The folder of a file; empty at the root. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash < 0 ? '' : path.slice(0, slash)
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** The path without the extension of its name. */
export function stemOf(path: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path
}

/** `base` and `path` joined, `.` and `..` taken out; undefined when that leaves the root. */
export function joinInside(base: string, path: string): string | undefined {
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.includes('\0')) return undefined
  const parts = base === '' ? [] : base.split('/')
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

/** The same path with its last folder `images` called `labels`, as Ultralytics finds labels; the path itself without one. */
export function labelsBeside(path: string): string {
  const at = `/${path}/`.lastIndexOf('/images/')
  return at < 0 ? path : `${path.slice(0, at)}labels${path.slice(at + 'images'.length)}`
}

/** The other way round: where the pictures of a folder of labels are. */
export function picturesBeside(path: string): string {
  const at = `/${path}/`.lastIndexOf('/labels/')
  return at < 0 ? path : `${path.slice(0, at)}images${path.slice(at + 'labels'.length)}`
}

/**
 * Where something is that a file names: from one of the folders, else (when it was written for another machine or another
 * folder) the longest end of the path that is there.
 */
export function resolveInside(
  written: string,
  bases: readonly string[],
  isThere: (path: string) => boolean,
): string | undefined {
  const path = written.replace(/\\/g, '/')
  for (const base of bases) {
    const joined = joinInside(base, path)
    if (joined !== undefined && isThere(joined)) return joined
  }
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
  for (let i = 0; i < parts.length; i++) {
    for (const base of bases) {
      const joined = joinInside(base, parts.slice(i).join('/'))
      if (joined !== undefined && joined !== '' && isThere(joined)) return joined
    }
  }
  return undefined
}
