import { readdirSync, realpathSync, statSync } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { AnnotationError } from '../errors.js'
import { byCodePoint, checkRelativePath } from '../paths.js'
import type { ByteSource, SourceTree } from '../ports.js'
import { fileSource } from './file-source.js'
import { ioError, systemCode } from './io-error.js'

/** Something in a folder that a {@link DiskTree} leaves out. */
export interface SkippedEntry {
  readonly path: string
  readonly reason: string
}

/** A {@link SourceTree} on a disk. */
export interface DiskTree extends SourceTree {
  /** Where it is: the folder itself, or the folder of its only file. */
  readonly folder: string
  /** What the listings so far left out, and why. */
  readonly skipped: readonly SkippedEntry[]
}

/** How many links to folders may follow one another; links to one another could otherwise multiply without end. */
const LINK_DEPTH = 3

/**
 * The file or folder at `path` as a tree.
 * @throws AnnotationError `io` when there is nothing there.
 */
export async function sourceTree(path: string): Promise<DiskTree> {
  try {
    return (await stat(path)).isDirectory() ? await folderTree(path) : fileTree(path)
  } catch (error) {
    throw missing(error, path)
  }
}

/** A tree of exactly one file under its base name. Nothing is opened yet. */
export function fileTree(path: string): DiskTree {
  const file = basename(resolve(path))
  return {
    name: path,
    folder: dirname(resolve(path)),
    skipped: [],
    list: (folder = '') => Promise.resolve(folder === '' ? [file] : []),
    has: (candidate) => Promise.resolve(candidate === file),
    open: (candidate) =>
      candidate === file ? attempt(() => fileSource(path, file)) : Promise.reject(noFile(candidate)),
  }
}

/**
 * All files below a folder. Links are followed as long as they stay in the folder; of others only pictures are listed,
 * which cannot be opened here. What else they lead to, and names that are no portable paths, is left out and listed in
 * `skipped`. The folder is listed once: a later change is not seen.
 * @throws AnnotationError `io` when there is no such folder.
 */
export async function folderTree(path: string): Promise<DiskTree> {
  const root = await realpath(path).catch((error: unknown) => Promise.reject(missing(error, path)))
  const skipped: SkippedEntry[] = []
  let listing: Promise<readonly string[]> | undefined
  const listAll = async (): Promise<readonly string[]> => {
    const paths: string[] = []
    await walk({ root, paths, skipped }, '', [root])
    return paths.sort(byCodePoint)
  }
  return {
    name: path,
    folder: resolve(path),
    skipped,
    async list(folder = '') {
      listing ??= listAll()
      const paths = await listing
      return folder === '' ? paths : paths.filter((candidate) => candidate.startsWith(`${folder}/`))
    },
    has: (candidate) => Promise.resolve(hasFile(root, candidate)),
    open: (candidate) => attempt(() => openBelow(root, candidate)),
  }
}

interface Walk {
  readonly root: string
  readonly paths: string[]
  readonly skipped: SkippedEntry[]
}

/** `chain`: the real folders on the way here, to recognise a link back up. */
async function walk(state: Walk, folder: string, chain: readonly string[], links = 0): Promise<void> {
  const prefix = folder === '' ? '' : `${folder}/`
  const skip = (path: string, reason: string): void => void state.skipped.push({ path, reason })
  const entries = await readdir(join(state.root, folder), { withFileTypes: true }).catch((error: unknown) => {
    // The root must be readable; a folder below it may be nobody's business (`lost+found`).
    if (folder === '') throw ioError(error, state.root)
    skip(folder, `a folder that cannot be listed: ${ioError(error, folder).reason}`)
    return []
  })
  for (const entry of entries) {
    const path = prefix + entry.name
    if (!isPortable(entry.name)) skip(path, 'a name that is no portable path')
    else if (entry.isFile()) state.paths.push(path)
    else if (entry.isDirectory()) await walk(state, path, [...chain, join(state.root, path)], links)
    else if (entry.isSymbolicLink()) await followLink(state, path, chain, links)
    else skip(path, 'not a regular file')
  }
}

async function followLink(state: Walk, path: string, chain: readonly string[], links: number): Promise<void> {
  const skip = (reason: string): void => void state.skipped.push({ path, reason })
  const target = await realpath(join(state.root, path)).catch(() => undefined)
  if (target === undefined) return skip('a link to nothing')
  const kind = await stat(target)
  if (!isBelow(state.root, target)) {
    // Pictures are often kept elsewhere and linked. Their names are listed; nothing of them is read for annotations.
    if (kind.isFile() && isPicture(path)) return void state.paths.push(path)
    const others = kind.isDirectory() ? await walkPictures(state, path, [target]) : 1
    if (others > 0) skip('a link that leaves the folder')
    return
  }
  if (kind.isFile()) state.paths.push(path)
  else if (!kind.isDirectory()) skip('not a regular file')
  else if (chain.includes(target)) skip('a link to a folder it lies in')
  else if (links >= LINK_DEPTH) skip('a link below too many other links')
  else await walk(state, path, [...chain, target], links + 1)
}

/** Lists the pictures below a folder outside the root; gives the number of files that are none. */
async function walkPictures(state: Walk, folder: string, chain: readonly string[]): Promise<number> {
  let others = 0
  for (const entry of await readdir(join(state.root, folder), { withFileTypes: true }).catch(() => [])) {
    const path = `${folder}/${entry.name}`
    if (!isPortable(entry.name)) others++
    else if (entry.isDirectory() || entry.isSymbolicLink()) {
      const target = await realpath(join(state.root, path)).catch(() => undefined)
      const kind = target === undefined ? undefined : await stat(target)
      if (target === undefined || kind === undefined) others++
      else if (!kind.isDirectory()) others += listPicture(state, path)
      else if (!chain.includes(target) && chain.length <= LINK_DEPTH * 2)
        others += await walkPictures(state, path, [...chain, target])
    } else others += listPicture(state, path)
  }
  return others
}

function listPicture(state: Walk, path: string): 0 | 1 {
  if (!isPicture(path)) return 1
  state.paths.push(path)
  return 0
}

/** Whether a name is that of a picture or film. */
export function isPicture(path: string): boolean {
  return /\.(?:jpe?g|png|webp|gif|bmp|tiff?|avif|heic|mp4|mov|mkv|avi|webm)$/i.test(path)
}

function hasFile(root: string, path: string): boolean {
  try {
    checkRelativePath(path)
    const target = realpathSync.native(join(root, path))
    return (isBelow(root, target) || isPicture(path)) && statSync(target).isFile()
  } catch {
    return false
  }
}

function openBelow(root: string, path: string): ByteSource {
  checkRelativePath(path)
  let target: string
  try {
    target = realpathSync.native(join(root, path))
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? noFile(path) : ioError(error, path)
  }
  if (!isBelow(root, target))
    throw new AnnotationError('path-escape', 'this link leaves its folder', { place: { file: path } })
  return fileSource(target, path)
}

function attempt(open: () => ByteSource): Promise<ByteSource> {
  return new Promise((done) => done(open()))
}

/** Whether the real path `target` is the real folder `root` or lies below it. */
export function isBelow(root: string, target: string): boolean {
  return target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)
}

function isPortable(name: string): boolean {
  // U+FFFD stands for bytes that are no UTF-8: such a file cannot be opened by the name that was read.
  return !name.includes('\\') && !name.includes('\uFFFD') && !/^[A-Za-z]:/.test(name)
}

function noFile(path: string): AnnotationError {
  return new AnnotationError('io', 'there is no such file', { place: { file: path } })
}

function missing(error: unknown, path: string): AnnotationError {
  const code = systemCode(error)
  if (code !== 'ENOENT' && code !== 'ENOTDIR') return ioError(error, path)
  return new AnnotationError('io', 'there is no such file or folder', {
    place: { file: path },
    fix: nearest(resolve(path)),
    cause: error,
  })
}

/** Says how far a path is right: the deepest folder of it that exists, and what is like the missing name in there. */
function nearest(path: string): string {
  for (let folder = dirname(path), name = basename(path); ; name = basename(folder), folder = dirname(folder)) {
    try {
      const plain = name.toLowerCase()
      const alike = readdirSync(folder).filter((entry) => {
        const other = entry.toLowerCase()
        return other === plain || stem(other) === stem(plain) || other.startsWith(plain)
      })
      const hint = alike.length === 0 ? '' : `; it has ${alike.sort(byCodePoint).slice(0, 3).join(', ')}`
      return `Check the path: ${folder} has no ${JSON.stringify(name)}${hint}`
    } catch {
      if (hasFile(dirname(folder), basename(folder))) return `Check the path: ${folder} is a file`
      if (folder === dirname(folder)) return 'Check the path'
    }
  }
}

function stem(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
