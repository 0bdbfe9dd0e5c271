import { existsSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import type { Account } from '../dataset/account.js'
import type { Item } from '../dataset/item.js'
import { checkRelativePath } from '../paths.js'

/** Width and height in pixels, as stored, before any EXIF rotation: what COCO and the label formats count in. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

export interface PictureFolders {
  /** The folder the annotations are in. */
  readonly input: string
  /** Where the pictures are, when the user says so; tried first, and by base name too. */
  readonly images?: string | undefined
}

/**
 * A source of sizes that looks into the headers of the pictures. A picture is looked for, in this order, in the folder
 * of pictures (by path, by base name), in the input folder, its `images`, the folder above it and its `images`, each
 * also below a folder named like the item's split. One that is there and cannot be read is a problem; one that is not
 * there gives undefined.
 */
export function pictureSizes(
  folders: PictureFolders,
): (item: Item, account: Account | undefined) => Promise<PictureSize | undefined> {
  const known = new Map<string, PictureSize | undefined>()
  return async (item, account) => {
    if (item.media.kind !== 'image') return undefined
    const file = candidates(folders, item).find((path) => existsSync(path))
    if (file === undefined || known.has(file)) return file === undefined ? undefined : known.get(file)
    const read = await headerSize(file)
    if (typeof read === 'string')
      account?.problem({
        code: 'size-unknown',
        message: 'this picture cannot be read, so its size is not known',
        place: { file: relative(folders.input, file) },
        expected: 'a picture',
        got: read,
        fix: 'Repair the picture, or give the sizes with --sizes FILE',
      })
    const size = typeof read === 'string' ? undefined : read
    known.set(file, size)
    return size
  }
}

function candidates(folders: PictureFolders, item: Item): string[] {
  if (!isRelative(item.path)) return []
  const { input, images } = folders
  const split = item.split !== undefined && isRelative(item.split) ? item.split : undefined
  const found = images === undefined ? [] : [join(images, item.path), join(images, basename(item.path))]
  for (const base of [input, join(input, 'images'), join(input, '..'), join(input, '..', 'images')]) {
    found.push(join(base, item.path))
    if (split !== undefined) found.push(join(base, split, item.path))
  }
  return found
}

function isRelative(path: string): boolean {
  try {
    checkRelativePath(path)
    return true
  } catch {
    return false
  }
}

/** The size, or why it cannot be told. */
async function headerSize(file: string): Promise<PictureSize | string> {
  // Loading sharp takes 0.15 s, which only those pay who need it.
  const { default: sharp } = await import('sharp')
  try {
    // Only the header is read: neither the number of pixels nor what follows it matters.
    const { width, height } = await sharp(file, { limitInputPixels: false, failOn: 'none' }).metadata()
    return { width, height }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
