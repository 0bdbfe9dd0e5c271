import { readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Item } from '../dataset/item.js'
import { checkRelativePath } from '../paths.js'

export interface PictureFolders {
  /** The folder the annotations are in. */
  readonly input: string
  /** Where the pictures are, when the user says so; tried first, and by base name too. */
  readonly images?: string | undefined
}

/** A picture on the disk. */
export interface FoundPicture {
  readonly file: string
  /** The folder below which the item's path names it; undefined when only its base name does. */
  readonly folder: string | undefined
}

/**
 * Looks for the pictures of items. In this order: where the reader has seen it, in the folder of pictures (by path, by
 * base name), in the input folder, its `images`, the folder above it and its `images`, each also below a folder named
 * like the item's split. Every folder is listed once.
 */
export function pictureSearch({ input, images }: PictureFolders): (item: Item) => FoundPicture | undefined {
  const listings = new Map<string, ReadonlySet<string>>()
  const exists = (file: string): boolean => {
    const folder = dirname(file)
    let names = listings.get(folder)
    if (names === undefined) {
      names = namesIn(folder)
      listings.set(folder, names)
    }
    return names.has(basename(file))
  }
  const bases = [input, join(input, 'images'), join(input, '..'), join(input, '..', 'images')]
  return (item) => {
    const { file: seen } = item
    const path = item.path.replace(/\\/g, '/')
    if (seen !== undefined && isRelative(seen) && exists(join(input, seen))) {
      const below = seen === path || seen.endsWith(`/${path}`)
      return { file: join(input, seen), folder: below ? join(input, seen.slice(0, -path.length)) : undefined }
    }
    if (!isRelative(path)) return undefined
    const split = item.split !== undefined && isRelative(item.split) ? item.split : undefined
    const folders = images === undefined ? [] : [images, ...(split === undefined ? [] : [join(images, split)])]
    for (const folder of folders) if (exists(join(folder, path))) return { file: join(folder, path), folder }
    if (images !== undefined && exists(join(images, basename(path))))
      return { file: join(images, basename(path)), folder: undefined }
    for (const base of bases) {
      for (const folder of split === undefined ? [base] : [base, join(base, split)]) {
        if (exists(join(folder, path))) return { file: join(folder, path), folder }
      }
    }
    return undefined
  }
}

function namesIn(folder: string): ReadonlySet<string> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
    return new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name))
  } catch {
    // A folder that is not there, or that nobody may list, holds no pictures for us: the picture counts as not found.
    return new Set()
  }
}

function isRelative(path: string): boolean {
  try {
    checkRelativePath(path)
    return true
  } catch {
    return false
  }
}
