import { splitCalled } from './data-yaml.js'
import type { EntryList } from './entries.js'
import { isPicture, isText, stemOf, type TreeIndex } from './tree-index.js'

/** Folders that say what is in them and nothing else. */
const KIND = /^(?:images|labels|annotations|jpegimages)$/i

interface Found {
  label?: string
  picture?: string
  readonly before: string
  readonly rest: string
  readonly split: string | undefined
}

/**
 * Everything in a tree that no file describes: pictures and files of labels, put together by their paths without folders
 * such as `images` and `labels`. A folder `train`, `val`, `valid` or `test` beside or below such a folder is a split.
 */
export function addBareFolder(index: TreeIndex, list: EntryList, aside: ReadonlySet<string>): void {
  const found = new Map<string, Found>()
  const plain: Found[] = []
  for (const path of index.paths) {
    const picture = isPicture(path)
    if (!picture && (!isText(path) || aside.has(path))) continue
    const where = whereIs(path)
    const key = `${where.before}\0${where.split ?? ''}\0${stemOf(where.rest)}`
    const before = found.get(key)
    if (before === undefined || (picture ? before.picture : before.label) !== undefined) {
      const entry: Found = { ...where, ...(picture ? { picture: path } : { label: path }) }
      if (before === undefined) found.set(key, entry)
      plain.push(entry)
    } else if (picture) before.picture = path
    else before.label = path
  }
  const roots = new Set(plain.map(({ before }) => before))
  for (const { label, picture, before, rest, split } of plain) {
    const name = picture === undefined ? `${stemOf(rest)}.jpg` : rest
    const path = roots.size === 1 || before === '' ? name : `${before}/${name}`
    list.add({ label, picture, path, split, guessed: picture === undefined }, { file: label ?? picture })
  }
}

/** The path of a file without the folder that says what it is, and without the split. */
function whereIs(path: string): { before: string; rest: string; split: string | undefined } {
  const parts = path.split('/')
  const at = parts.findLastIndex((part, i) => i < parts.length - 1 && KIND.test(part))
  const before = parts.slice(0, Math.max(0, at))
  const rest = parts.slice(at + 1)
  const below = rest.length > 1 ? splitCalled(rest[0] as string) : undefined
  if (below !== undefined) return { before: before.join('/'), rest: rest.slice(1).join('/'), split: below }
  const above = splitCalled(before.at(-1) ?? '')
  if (above !== undefined) return { before: before.slice(0, -1).join('/'), rest: rest.join('/'), split: above }
  return { before: before.join('/'), rest: rest.join('/'), split: undefined }
}
