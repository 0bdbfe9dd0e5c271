import type { Account } from '../dataset/account.js'
import type { Dataset } from '../dataset/dataset.js'
import type { Item } from '../dataset/item.js'
import { AnnotationError } from '../errors.js'
import { parseJsonText } from '../text/json-value.js'

/** Width and height in pixels. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Where sizes come from when the source does not know them. */
export type SizeSource = (item: Item, account: Account | undefined) => Size | undefined | Promise<Size | undefined>

/** Tries several sources in order. */
export function firstSize(...sources: readonly SizeSource[]): SizeSource {
  return async (item, account) => {
    for (const source of sources) {
      const size = await source(item, account)
      if (size !== undefined) return size
    }
    return undefined
  }
}

/**
 * Sizes from a table `{"name.jpg": [width, height]}`: by relative path, else by base name, else by stem, because label
 * files know no extension. Two different sizes under one base name or stem are a problem, and neither is used.
 */
export function sizesFromTable(table: ReadonlyMap<string, Size>): SizeSource {
  const names = new Map<string, Size | null>()
  const stems = new Map<string, Size | null>()
  for (const [path, size] of table) {
    enter(names, baseName(path), size)
    enter(stems, stemOf(path), size)
  }
  return (item, account) => {
    const byPath = table.get(item.path)
    if (byPath !== undefined) return byPath
    for (const [found, key] of [
      [names.get(baseName(item.path)), baseName(item.path)],
      [stems.get(stemOf(item.path)), stemOf(item.path)],
    ] as const) {
      if (found === null) {
        account?.problem({
          code: 'size-unknown',
          message: `several sizes are given for pictures called ${JSON.stringify(key)}`,
          place: { file: item.path },
          fix: 'Name the picture by its whole relative path',
        })
        return undefined
      }
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** The same size for every item. */
export function oneSize(size: Size): SizeSource {
  return () => size
}

/**
 * A size table from JSON text `{"name.jpg": [width, height], …}`.
 * @throws AnnotationError `json-syntax`, `expected-type`
 */
export function parseSizeTable(text: string, file: string): ReadonlyMap<string, Size> {
  const value = parseJsonText(text, { place: { file } })
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new AnnotationError('expected-type', 'not a size table', {
      place: { file },
      expected: 'an object {"name.jpg": [width, height]}',
      got: Array.isArray(value) ? 'an array' : JSON.stringify(value),
    })
  return new Map(
    Object.entries(value).map(([path, size]) => {
      if (Array.isArray(size) && size.length === 2) {
        const [width, height] = size
        if (isSide(width) && isSide(height)) return [path, { width, height }]
      }
      throw new AnnotationError('expected-type', `bad size of ${JSON.stringify(path)}`, {
        place: { file },
        expected: '[width, height] in whole pixels above 0',
        got: JSON.stringify(size),
      })
    }),
  )
}

/** The data set with sizes filled in where images and videos lack them. Items that stay without are left as they are. */
export function fillSizes(dataset: Dataset, sizes: SizeSource): Dataset {
  return {
    header: dataset.header,
    itemCount: dataset.itemCount,
    async *items(account) {
      for await (const item of dataset.items(account)) yield await withSize(item, sizes, account)
    },
    close: () => dataset.close(),
  }
}

/** The item with its size filled in, where it lacks it and `sizes` knows it; otherwise the item as it is. */
export async function withSize(item: Item, sizes: SizeSource, account: Account | undefined): Promise<Item> {
  const { kind, width, height } = item.media
  if ((kind !== 'image' && kind !== 'video') || (width !== undefined && height !== undefined)) return item
  const size = await sizes(item, account)
  if (size === undefined) return item
  if ((width ?? size.width) === size.width && (height ?? size.height) === size.height)
    return item.with({ media: { ...item.media, ...size } })
  account?.problem({
    code: 'size-unknown',
    message: 'the size found does not agree with what the source says; it is not used',
    place: item.place,
    expected: `${width ?? '?'} × ${height ?? '?'}`,
    got: `${size.width} × ${size.height}`,
  })
  return item
}

/**
 * The size of an item.
 * @throws AnnotationError `size-unknown`
 */
export function requireSize(item: Item): Size {
  const { width, height } = item.media
  if (width !== undefined && height !== undefined) return { width, height }
  throw sizeUnknown(item)
}

/** What ends a conversion that cannot do without the size of an item. */
export function sizeUnknown(item: Item): AnnotationError {
  return new AnnotationError('size-unknown', `the size of ${JSON.stringify(item.path)} is not known`, {
    place: item.place,
    fix: 'Put the pictures beside the annotations, or give --images FOLDER, --sizes FILE or --sizes WIDTHxHEIGHT',
  })
}

function isSide(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0
}

function enter(map: Map<string, Size | null>, key: string, size: Size): void {
  const before = map.get(key)
  if (before === undefined) map.set(key, size)
  else if (before === null || before.width !== size.width || before.height !== size.height) map.set(key, null)
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function stemOf(path: string): string {
  const name = baseName(path)
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(0, dot) : name
}
