import { firstSize, oneSize, type Size, type SizeSource, sizesFromTable } from '../converters/sizes.js'
import { type PictureFrame, type PictureHeaders, pictureHeaders } from '../io/picture-size.js'

/** Where sizes of pictures come from when the annotations do not tell them. */
export interface SizingOptions {
  /** Sizes of pictures the source does not know the size of. Without, the pictures themselves are looked for. */
  readonly sizes?: Size | ReadonlyMap<string, Size> | SizeSource | undefined
  /** A folder of pictures to look for sizes in. */
  readonly images?: string | undefined
  /**
   * What the coordinates of the source count in: pictures as people see them (`displayed`, the default), turned as
   * their EXIF orientation says, or as they are stored.
   */
  readonly orientation?: PictureFrame | undefined
}

/** What is known about the pictures of a source. */
export interface Sizing {
  /** Sizes from the headers of the pictures, then those the caller gives. */
  readonly source: SizeSource
  /** What the headers say; undefined when there is no folder to look in. */
  readonly headers: PictureHeaders | undefined
  readonly frame: PictureFrame
}

/** `folder`: where the annotations are, when they come from a disk. */
export function sizingOf(folder: string | undefined, options: SizingOptions): Sizing {
  const { sizes, images, orientation: frame = 'displayed' } = options
  const input = folder ?? images
  const headers = input === undefined ? undefined : pictureHeaders({ input, images })
  const sources: SizeSource[] = []
  if (headers !== undefined) sources.push(async (item, account) => (await headers(item, account))?.[frame])
  if (sizes !== undefined) sources.push(givenSizes(sizes))
  return { source: firstSize(...sources), headers, frame }
}

function givenSizes(sizes: Size | ReadonlyMap<string, Size> | SizeSource): SizeSource {
  if (typeof sizes === 'function') return sizes
  return sizes instanceof Map ? sizesFromTable(sizes) : oneSize(sizes as Size)
}
