import type { Account } from '../../dataset/account.js'
import type { Place } from '../../errors.js'
import { byCodePoint } from '../../paths.js'
import type { SourceTree } from '../../ports.js'
import { decodeXml, readXmlBytes } from './xml-bytes.js'

/** A picture that a list of a split names. */
export interface Listed {
  readonly split: string
  readonly place: Place
}

/** What the lists below `ImageSets/Main` of one root say. */
export interface ImageSets {
  /** The split of each picture, by its id. */
  readonly splits: ReadonlyMap<string, Listed>
  /** Names of the splits, `trainval` only where a picture is in it alone. */
  readonly names: readonly string[]
}

const LIST = /^(.*?)ImageSets\/Main\/([^/]+)\.txt$/i
/** A line of a list for one class: the picture, and whether the class is in it. */
const CLASS_LINE = /^(.*\S)\s+(?:-1|0|1)$/
const ORDER = ['train', 'val', 'test']
const BOTH = 'trainval'

/**
 * The lists of splits in a tree, by the folder they lie below. A picture that is in `trainval` and in `train` belongs to
 * `train`. Lists for one class (`cat_train.txt`) only repeat what the annotations say; they are passed over.
 */
export async function readImageSets(
  tree: SourceTree,
  paths: readonly string[],
  account: Account,
): Promise<ReadonlyMap<string, ImageSets>> {
  const byRoot = new Map<string, { readonly name: string; readonly path: string }[]>()
  for (const path of paths) {
    const [, root, name] = LIST.exec(path) ?? []
    if (root === undefined || name === undefined) continue
    const lists = byRoot.get(root)
    if (lists === undefined) byRoot.set(root, [{ name, path }])
    else lists.push({ name, path })
  }
  const sets = new Map<string, ImageSets>()
  for (const [root, lists] of byRoot) sets.set(root, await readLists(tree, lists, account))
  return sets
}

async function readLists(
  tree: SourceTree,
  lists: readonly { readonly name: string; readonly path: string }[],
  account: Account,
): Promise<ImageSets> {
  const all = new Set(lists.map(({ name }) => name))
  const splits = new Map<string, Listed>()
  const names: string[] = []
  for (const { name, path } of [...lists].sort((a, b) => rank(a.name) - rank(b.name) || byCodePoint(a.name, b.name))) {
    const lines = await linesOf(tree, path)
    if (isClassList(name, lines, all)) continue
    let own = 0
    for (const [i, line] of lines.entries()) {
      const id = pictureId(line)
      if (id === '') continue
      const before = splits.get(id)
      if (before === undefined) {
        splits.set(id, { split: name, place: { file: path, line: i + 1 } })
        own++
      } else if (name !== BOTH && before.split !== name)
        account.problem({
          code: 'duplicate-item',
          message: 'this picture is in two splits; the first one holds',
          place: { file: path, line: i + 1 },
          expected: before.split,
          got: `${name} as well`,
        })
    }
    if (name !== BOTH || own > 0) names.push(name)
  }
  return { splits, names }
}

function rank(name: string): number {
  const at = ORDER.indexOf(name)
  return name === BOTH ? ORDER.length + 1 : at < 0 ? ORDER.length : at
}

function isClassList(name: string, lines: readonly string[], all: ReadonlySet<string>): boolean {
  const split = name.slice(name.lastIndexOf('_') + 1)
  if (split === name || !all.has(split)) return false
  return lines.every((line) => line === '' || line.startsWith('#') || CLASS_LINE.test(line))
}

async function linesOf(tree: SourceTree, path: string): Promise<readonly string[]> {
  const source = await tree.open(path)
  try {
    const text = decodeXml(await readXmlBytes(source), path)
    return text.split(/\r\n|\n|\r/).map((line) => line.trim())
  } finally {
    await source.close()
  }
}

/** The id a line names: some write paths, or file names with their extension; Datumaro has comments and quotes. */
function pictureId(line: string): string {
  if (line.startsWith('#')) return ''
  const path = (/^"([^"]*)"/.exec(line)?.[1] ?? line).replace(/\\/g, '/')
  const below = /(?:^|\/)(?:JPEGImages|Annotations)\/(.*)$/i.exec(path)?.[1] ?? path
  return below.replace(/^(?:\.?\/)+/, '').replace(/\.(?:jpe?g|png|bmp|webp|tiff?|gif|xml)$/i, '')
}
