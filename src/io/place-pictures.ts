import type { Account } from '../dataset/account.js'
import type { Item } from '../dataset/item.js'
import type { Output, PlaceMode } from './output.js'
import { type PictureFolders, pictureSearch } from './picture-search.js'

/** What becomes of the pictures: left where they are, or put beside the annotations. */
export type MediaMode = 'none' | PlaceMode

export const MEDIA_MODES: readonly MediaMode[] = ['none', 'copy', 'hardlink', 'symlink']

/** Where a writer gets the pictures of the items put; see `Pictures` of the converters. */
export interface PlacedPictures {
  readonly carried: boolean
  /** How many were put into the output so far, and how many were not found. */
  readonly counts: { readonly placed: number; readonly missing: number }
  place(item: Item, path: string): Promise<void>
  folderOf(item: Item): string | undefined
}

/** The pictures that belong to items, to be put into an output. */
export function placedPictures(
  output: Output,
  folders: PictureFolders | undefined,
  mode: MediaMode,
  account: Account,
): PlacedPictures {
  const search = folders === undefined ? () => undefined : pictureSearch(folders)
  const counts = { placed: 0, missing: 0 }
  return {
    carried: mode !== 'none',
    counts,
    async place(item, path) {
      if (mode === 'none') return
      const found = search(item)
      if (found !== undefined) {
        await output.place(path, found.file, mode)
        counts.placed++
        return
      }
      counts.missing++
      account.problem({
        code: 'picture-missing',
        message: 'the picture of this item is not to be found, so it is missing in the output',
        place: { file: item.path },
        fix:
          folders?.images === undefined
            ? 'Say where the pictures are with --images FOLDER'
            : `Name the folder they lie in: in ${folders.images} they are looked for by their path, and by their base name right in it`,
        lossy: true,
      })
    },
    folderOf: (item) => search(item)?.folder,
  }
}
