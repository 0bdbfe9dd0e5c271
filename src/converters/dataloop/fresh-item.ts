import type { Item, Media } from '../../dataset/item.js'
import type { LabelTree } from '../../dataset/labels.js'
import { numberText } from '../../text/json-number.js'
import { jsonString } from '../../text/json-write.js'
import { itemSlotText } from './item-slot.js'
import type { DearLeaf, Fresh, FreshObject, WhenPresent } from './levels.js'
import { swapsSides } from './media.js'
import { freshUser } from './metadata.js'
import { SUBSETS, subsetOf } from './subsets.js'

export const ITEM_WHEN_PRESENT: WhenPresent = new Set([
  'name',
  'dir',
  'annotationsCount',
  ...['metadata', 'itemMetadata'].flatMap((metadata) => ['exif', 'tags'].map((name) => `${metadata}.system.${name}`)),
])

/** Under which keys an item has its id and its metadata. */
export interface ItemKeys {
  readonly id: 'id' | '_id'
  readonly metadata: 'metadata' | 'itemMetadata'
}

export function itemKeys(keys: readonly string[] | undefined): ItemKeys {
  return {
    id: keys?.includes('id') === true ? 'id' : '_id',
    metadata: keys?.includes('itemMetadata') === true && !keys.includes('metadata') ? 'itemMetadata' : 'metadata',
  }
}

/** What becomes of an item, beside what the model says of it. */
export interface ItemState {
  readonly keys: ItemKeys
  /** The path it is written under. */
  readonly path: string
  /** JSON text of the list of its annotations, and how many there are. */
  readonly annotations: string
  readonly count: number
  readonly labels: LabelTree | undefined
}

/** What the model says an item's fields are, in the order of the SDK (layout B). */
export function freshItem(item: Item, { keys, path, annotations, count, labels }: ItemState): FreshObject {
  const { id } = item
  const madeUp = id.kind === 'string' && id.text === item.path
  const slash = path.lastIndexOf('/')
  return new Map<string, Fresh>([
    [keys.id, madeUp ? 'null' : jsonString(id.text)],
    ['filename', new NameLeaf(path)],
    ['annotations', new ListLeaf(annotations, count)],
    [
      keys.metadata,
      new Map<string, Fresh>([
        ['system', freshSystem(item)],
        ['user', freshUser(item.metadata, [['annoform', itemSlotText(item, path, labels)]])],
        // The SDK looks for it here, and below `system` where it has no server to ask.
        ['fps', fpsText(item.media)],
      ]),
    ],
    ['name', jsonString(path.slice(slash + 1))],
    ['dir', jsonString(`/${path.slice(0, Math.max(0, slash))}`)],
    ['annotationsCount', String(count)],
  ])
}

function freshSystem({ split, media }: Item): FreshObject {
  const { width, height, orientation, mimetype, frames, duration } = media
  const [across, down] = swapsSides(orientation) ? [height, width] : [width, height]
  const number = (value: number | undefined): Fresh => (value === undefined ? undefined : numberText(value))
  const subset = subsetOf(split)
  return new Map<string, Fresh>([
    ['width', number(across)],
    ['height', number(down)],
    ['mimetype', mimetype === undefined ? undefined : jsonString(mimetype)],
    ['exif', new Map<string, Fresh>([['Orientation', number(orientation)]])],
    ['tags', new Map<string, Fresh>(SUBSETS.map((name) => [name, name === subset ? 'true' : undefined]))],
    ['fps', fpsText(media)],
    ['nb_frames', number(frames)],
    ['duration', number(duration)],
  ])
}

function fpsText({ fps }: Media): Fresh {
  const rate = fps === undefined ? Number.NaN : fps.numerator / fps.denominator
  return Number.isFinite(rate) ? numberText(rate) : undefined
}

/** The name of an item. Other fields repeat parts of it, so what it was in the source must be known. */
class NameLeaf implements DearLeaf {
  readonly keep = true
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  text(): string {
    return jsonString(`/${this.#path}`)
  }

  same(other: Fresh): boolean {
    return other instanceof NameLeaf && other.#path === this.#path
  }
}

/** The annotations; a list without any says the same as whatever else a source had in its place. */
class ListLeaf implements DearLeaf {
  readonly keep = false
  readonly #text: string
  readonly #count: number

  constructor(text: string, count: number) {
    this.#text = text
    this.#count = count
  }

  text(): string {
    return this.#text
  }

  same(other: Fresh): boolean {
    return this.#count === 0 && other instanceof ListLeaf && other.#count === 0
  }
}
