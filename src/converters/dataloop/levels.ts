import { type Extra, type ExtraFields, NO_FIELDS } from '../../dataset/extra.js'
import { decodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanFields } from '../../text/json-fields.js'
import { jsonString } from '../../text/json-write.js'
import { compactJson, normalJson } from './json-texts.js'

// An element of Dataloop JSON is an object with objects in it, and the model has words for some of their fields. What it
// has no word for, and texts that say more than the model does, are kept for each of these objects ("levels") under the
// extra ids `dataloop`, `dataloop:metadata`, `dataloop:metadata.system`, … Writing merges the two again.

/** What the model says a field is: its JSON text, nothing, or something that is dear to write or compared otherwise. */
export type Leaf = string | undefined | DearLeaf

/** A field whose text is only made when it is needed. */
export interface DearLeaf {
  text(): string | undefined
  /** Whether the field says the same in another state of the model. */
  same(other: Fresh): boolean
  /** Its source text is always worth keeping. */
  readonly keep: boolean
}

export type Fresh = Leaf | FreshObject

/** What the model says of an object, in the order of a new one. */
export type FreshObject = ReadonlyMap<string, Fresh>

/** Paths of fields that are only written where the source has them, and of objects that are not written empty. */
export type WhenPresent = ReadonlySet<string>

export const DATALOOP = 'dataloop'

/** The id under which `extra` keeps a level. */
export function levelId(path: string): string {
  return path === '' ? DATALOOP : `${DATALOOP}:${path}`
}

/** Whether an id of `extra` is one of this format's. */
export function isOwnExtra(id: string): boolean {
  return id === DATALOOP || id.startsWith(`${DATALOOP}:`)
}

/** Makes lists of keys shared between elements that are alike. */
export class KeyLists {
  readonly #lists = new Map<string, readonly string[]>()

  shared(keys: readonly string[]): readonly string[] {
    const joined = keys.join('\0')
    const known = this.#lists.get(joined)
    if (known !== undefined) return known
    // A hostile source has other keys in every element.
    if (this.#lists.size >= 256) this.#lists.clear()
    this.#lists.set(joined, keys)
    return keys
  }
}

/** What reading the levels of an element needs. */
export interface LevelReading {
  readonly lists: KeyLists
  /** A word on how the element was written, for the topmost level. */
  readonly form?: string | undefined
  /** Told the path of a key that is there twice. */
  readonly onDuplicate: (path: string, key: string) => void
}

/** What an object in `bytes[start, end)` says beyond `fresh`, level by level. */
export function levelsOf(
  bytes: Uint8Array,
  start: number,
  end: number,
  fresh: FreshObject,
  reading: LevelReading,
): Map<string, ExtraFields> {
  const levels = new Map<string, ExtraFields>()
  enterLevel(bytes, start, end, '', fresh, reading, levels)
  return levels
}

function enterLevel(
  bytes: Uint8Array,
  start: number,
  end: number,
  path: string,
  fresh: FreshObject,
  reading: LevelReading,
  levels: Map<string, ExtraFields>,
): void {
  const keys: string[] = []
  const seen = new Set<string>()
  const fields = new Map<string, string>()
  // Parents first.
  levels.set(levelId(path), { keys, fields: NO_FIELDS })
  scanFields(bytes, start, end, (key, from, to) => {
    const inner = path === '' ? key : `${path}.${key}`
    if (seen.has(key)) {
      // The last one counts.
      reading.onDuplicate(path, key)
      fields.delete(key)
      for (const id of [...levels.keys()])
        if (id === levelId(inner) || id.startsWith(`${levelId(inner)}.`)) levels.delete(id)
    } else keys.push(key)
    seen.add(key)
    const said = fresh.get(key)
    if (said instanceof Map && jsonKindAt(bytes, from) === 'object')
      return enterLevel(bytes, from, to, inner, said, reading, levels)
    const text = compactJson(decodeUtf8(bytes, from, to))
    if (!fresh.has(key) || saysMore(said, text)) fields.set(key, text)
  })
  const form = path === '' ? reading.form : undefined
  levels.set(levelId(path), {
    keys: reading.lists.shared(keys),
    fields: fields.size === 0 ? NO_FIELDS : fields,
    ...(form === undefined ? {} : { form }),
  })
}

function saysMore(said: Fresh, text: string): boolean {
  if (said instanceof Map) return true
  if (isDear(said)) return said.keep || said.text() !== normalJson(text)
  return said !== text && said !== normalJson(text)
}

function isDear(leaf: Fresh): leaf is DearLeaf {
  return typeof leaf === 'object' && !(leaf instanceof Map)
}

/** What is written, and what is compared with it. */
export interface Merging {
  /** The levels the element was read with. */
  readonly extra: Extra | undefined
  /** What the source text itself says, as the model: where that is what the model says now, the source's text stands. */
  readonly before: FreshObject | undefined
  readonly whenPresent: WhenPresent
}

/** An object: in the key order of its source where there is one, else in that of `fresh`. */
export function mergedText(fresh: FreshObject, { extra, before, whenPresent }: Merging, path = ''): string {
  const source = extra?.get(levelId(path))
  const members: string[] = []
  const add = (key: string, text: string | undefined): void => {
    if (text !== undefined) members.push(`${jsonString(key)}:${text}`)
  }
  const inner = (key: string): string => (path === '' ? key : `${path}.${key}`)
  const below = (key: string): Merging => {
    const was = before?.get(key)
    return { extra, before: was instanceof Map ? was : undefined, whenPresent }
  }
  for (const key of source?.keys ?? []) {
    const now = fresh.get(key)
    const stored = source?.fields.get(key)
    if (!fresh.has(key)) {
      // A field the model knew and has no more is gone; one it never knew stays.
      if (before?.has(key) !== true) add(key, stored)
    } else if (now instanceof Map && stored === undefined) add(key, mergedText(now, below(key), inner(key)))
    else if (stored !== undefined && before !== undefined && sameFresh(now, before.get(key))) add(key, stored)
    else add(key, freshText(now, inner(key), whenPresent))
  }
  const written = new Set(source?.keys)
  for (const [key, now] of fresh) {
    if (written.has(key)) continue
    // A field the source does not have stays away as long as it says nothing new.
    if (source !== undefined && before !== undefined && sameFresh(now, before.get(key))) continue
    const text = freshText(now, inner(key), whenPresent)
    if (!whenPresent.has(inner(key)) || (now instanceof Map && text !== '{}')) add(key, text)
  }
  return `{${members.join(',')}}`
}

function sameFresh(a: Fresh, b: Fresh): boolean {
  if (isDear(a)) return a.same(b)
  if (a instanceof Map && b instanceof Map) {
    for (const [key, value] of a) if (!sameFresh(value, b.get(key))) return false
    for (const key of b.keys()) if (!a.has(key) && b.get(key) !== undefined) return false
    return true
  }
  return a === b
}

function freshText(fresh: Fresh, path: string, whenPresent: WhenPresent): string | undefined {
  if (fresh instanceof Map) return mergedText(fresh, { extra: undefined, before: undefined, whenPresent }, path)
  return isDear(fresh) ? fresh.text() : (fresh as string | undefined)
}
