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
 * like the item's split. Where no place has it by name, a picture of another extension will do that is the only one of its
 * stem: label files know no extensions. Every folder is listed once.
 */
export function pictureSearch({ input, images }: PictureFolders): (item: Item) => FoundPicture | undefined {
  const listings = new Map<string, Listing>()
  const listed = (folder: string): Listing => {
    let listing = listings.get(folder)
    if (listing === undefined) {
      listing = listingOf(folder)
      listings.set(folder, listing)
    }
    return listing
  }
  const byName = (file: string): string | undefined =>
    listed(dirname(file)).names.has(basename(file)) ? file : undefined
  const byStem = (file: string): string | undefined => {
    const name = listed(dirname(file)).stems.get(stemOf(basename(file)))
    return typeof name === 'string' ? join(dirname(file), name) : undefined
  }
  const bases = [input, join(input, 'images'), join(input, '..'), join(input, '..', 'images')]
  return (item) => {
    const { file: seen } = item
    const path = item.path.replace(/\\/g, '/')
    if (seen !== undefined && isRelative(seen) && byName(join(input, seen)) !== undefined) {
      const below = seen === path || seen.endsWith(`/${path}`)
      return { file: join(input, seen), folder: below ? join(input, seen.slice(0, -path.length)) : undefined }
    }
    if (!isRelative(path)) return undefined
    const split = item.split !== undefined && isRelative(item.split) ? item.split : undefined
    const below = (folder: string): string[] => (split === undefined ? [folder] : [folder, join(folder, split)])
    const named = images === undefined ? [] : below(images)
    for (const found of [byName, byStem]) {
      for (const folder of named) {
        const file = found(join(folder, path))
        if (file !== undefined) return { file, folder }
      }
      const loose = images === undefined ? undefined : found(join(images, basename(path)))
      if (loose !== undefined) return { file: loose, folder: undefined }
      for (const folder of bases.flatMap(below)) {
        const file = found(join(folder, path))
        if (file !== undefined) return { file, folder }
      }
    }
    return undefined
  }
}

/** The files of a folder by name, and its pictures by stem; null for a stem that several have. */
interface Listing {
  readonly names: ReadonlySet<string>
  readonly stems: ReadonlyMap<string, string | null>
}

const PICTURE = /\.(?:jpe?g|png|webp|gif|bmp|tiff?|avif|heic)$/i

function listingOf(folder: string): Listing {
  const names = namesIn(folder)
  const stems = new Map<string, string | null>()
  for (const name of names) if (PICTURE.test(name)) stems.set(stemOf(name), stems.has(stemOf(name)) ? null : name)
  return { names, stems }
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
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
