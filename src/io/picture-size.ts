import { relative } from 'node:path'
import type { Account } from '../dataset/account.js'
import type { Item } from '../dataset/item.js'
import { type PictureFolders, pictureSearch } from './picture-search.js'

/** Width and height in pixels. */
export interface PictureSize {
  readonly width: number
  readonly height: number
}

/**
 * What coordinates count in: the picture as people see it, turned as its EXIF orientation says, or as it is stored.
 * The two differ for orientations 5 to 8, which swap width and height.
 */
export type PictureFrame = 'displayed' | 'stored'

export const PICTURE_FRAMES: readonly PictureFrame[] = ['displayed', 'stored']

/** The size of a picture in both frames. */
export type PictureSizes = Readonly<Record<PictureFrame, PictureSize>>

/** What the header of an item's picture says; undefined where there is no picture, or one that cannot be read. */
export type PictureHeaders = (item: Item, account: Account | undefined) => Promise<PictureSizes | undefined>

/**
 * Reads the headers of pictures, each once. A picture that is there and cannot be read is a problem; one that is not
 * there gives undefined.
 */
export function pictureHeaders(folders: PictureFolders): PictureHeaders {
  const search = pictureSearch(folders)
  const known = new Map<string, PictureSizes | undefined>()
  return async (item, account) => {
    if (item.media.kind !== 'image') return undefined
    const file = search(item)?.file
    if (file === undefined || known.has(file)) return file === undefined ? undefined : known.get(file)
    const read = await headerSizes(file)
    if (typeof read === 'string')
      account?.problem({
        code: 'size-unknown',
        message: 'this picture cannot be read, so its size is not known',
        place: { file: relative(folders.input, file) },
        expected: 'a picture',
        got: read,
        fix: 'Repair the picture, or give the sizes with --sizes FILE',
      })
    const sizes = typeof read === 'string' ? undefined : read
    known.set(file, sizes)
    return sizes
  }
}

/** A source of sizes that looks into the headers of the pictures. Without a frame: as displayed. */
export function pictureSizes(
  folders: PictureFolders,
  frame: PictureFrame = 'displayed',
): (item: Item, account: Account | undefined) => Promise<PictureSize | undefined> {
  const headers = pictureHeaders(folders)
  return async (item, account) => (await headers(item, account))?.[frame]
}

/** The sizes, or why they cannot be told. */
async function headerSizes(file: string): Promise<PictureSizes | string> {
  // Loading sharp takes 0.15 s, which only those pay who need it.
  const { default: sharp } = await import('sharp')
  try {
    // Only the header is read: neither the number of pixels nor what follows it matters.
    const { width, height, autoOrient } = await sharp(file, { limitInputPixels: false, failOn: 'none' }).metadata()
    return { stored: { width, height }, displayed: { width: autoOrient.width, height: autoOrient.height } }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
