import type { Account } from '../../dataset/account.js'
import type { Place } from '../../errors.js'
import { byCodePoint } from '../../paths.js'
import { folderOf, isPicture, isText, labelsBeside, picturesBeside, stemOf, type TreeIndex } from './tree-index.js'

/** A picture, its file of labels, or both. */
export interface Entry {
  readonly label?: string | undefined
  readonly picture?: string | undefined
  /** What the item will call its picture. */
  readonly path: string
  readonly split?: string | undefined
  /** Whether the extension in `path` is made up, because labels do not tell that of their picture. */
  readonly guessed?: boolean | undefined
}

/** Where the pictures and labels of a split are. */
export interface SplitFolders {
  readonly key: string
  readonly images: string
  readonly labels: string
}

/** Collects entries; what is in several splits, or shares its file of labels with another picture, is taken once. */
export class EntryList {
  readonly entries: Entry[] = []
  readonly #index: TreeIndex
  readonly #account: Account
  readonly #taken = new Set<string>()
  readonly #pictures = new Set<string>()
  readonly #labels = new Set<string>()
  readonly #aside: ReadonlySet<string>

  /** @param aside text files that hold no labels, unless a picture leads to them */
  constructor(index: TreeIndex, aside: ReadonlySet<string>, account: Account) {
    this.#index = index
    this.#aside = aside
    this.#account = account
  }

  /** Whether a file of labels belongs to an entry. */
  uses(label: string): boolean {
    return this.#labels.has(label)
  }

  /** All pictures of a folder with their labels, and labels without a picture. */
  addFolder({ images, labels }: SplitFolders, split: string | undefined, place: Place): void {
    const found: Entry[] = []
    const names = new Set<string>()
    for (const picture of this.#index.below(images)) {
      if (!isPicture(picture)) continue
      const path = images === '' ? picture : picture.slice(images.length + 1)
      const label = this.#labelOf(picture, `${labels === '' ? '' : `${labels}/`}${stemOf(path)}`)
      if (label !== undefined) names.add(label)
      found.push({ label, picture, path, split })
    }
    for (const folder of labels === images ? [labels] : [labels, images]) {
      for (const label of this.#index.below(folder)) {
        if (!isText(label) || names.has(label) || this.#aside.has(label)) continue
        const path = `${stemOf(folder === '' ? label : label.slice(folder.length + 1))}.jpg`
        found.push({ label, path, split, guessed: true })
      }
    }
    found.sort((a, b) => byCodePoint(a.path, b.path))
    for (const entry of found) this.add(entry, place)
  }

  /** A picture that a list names; it may not be there. Its path is told below `common`. */
  addListed(picture: string, common: string, split: string | undefined, place: Place): void {
    const path = common === '' ? picture : picture.slice(common.length + 1)
    const there = this.#index.has(picture) ? picture : undefined
    this.add({ label: this.#labelOf(picture, stemOf(labelsBeside(picture))), picture: there, path, split }, place)
  }

  add(entry: Entry, place: Place): void {
    const { label, picture } = entry
    const key = label !== undefined ? stemOf(label) : stemOf(labelsBeside(picture ?? entry.path))
    const beside = picture === undefined ? undefined : stemOf(picture)
    if (this.#taken.has(key) || (beside !== undefined && this.#taken.has(beside))) {
      this.#account.problem({
        code: 'duplicate-item',
        message: 'named again, or its labels are those of another picture; it is read once',
        place,
        got: JSON.stringify(picture ?? label ?? entry.path),
        lossy: picture !== undefined && !this.#pictures.has(picture),
      })
      return
    }
    this.#taken.add(key)
    if (beside !== undefined) this.#taken.add(beside)
    if (picture !== undefined) this.#pictures.add(picture)
    if (label !== undefined) this.#labels.add(label)
    this.entries.push(entry)
  }

  /** The labels of a picture: where the layout wants them, else beside the picture. */
  #labelOf(picture: string, wanted: string): string | undefined {
    return this.#index.textOf(wanted) ?? this.#index.textOf(stemOf(picture))
  }
}

/** The folders that belong to a folder of pictures, or to one of labels. */
export function foldersFor(key: string, images: string): SplitFolders {
  return { key, images, labels: labelsBeside(images) }
}

export function foldersForLabels(key: string, labels: string): SplitFolders {
  return { key, images: picturesBeside(labels), labels }
}

/** The deepest folder that holds all of these files. */
export function commonFolder(paths: readonly string[]): string {
  let common: string[] | undefined
  for (const path of paths) {
    const parts = folderOf(path).split('/')
    if (common === undefined) common = parts
    else {
      let same = 0
      while (same < common.length && same < parts.length && common[same] === parts[same]) same++
      common = common.slice(0, same)
    }
  }
  return (common ?? []).join('/')
}
