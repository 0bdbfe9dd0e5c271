import type { Id } from '../../dataset/id.js'
import { Item, type Media } from '../../dataset/item.js'
import type { TextArena } from './arena.js'
import type { Slice } from './batch.js'
import type { ElementExtra, ElementFields } from './element.js'
import type { ElementNotes } from './notes.js'
import { type ItemSlot, readItemSlot } from './slot.js'

/** An image element as an item without its annotations, which `annotations` brings. */
export function readImage(
  element: ElementFields,
  slice: Slice,
  notes: ElementNotes,
  split: string | undefined,
  extras: ElementExtra,
  texts: TextArena,
): Item {
  const { base, start, end } = slice
  element.scan(slice.bytes, start, end, notes.file, base)
  notes.duplicateKey(element)
  const fields = extras.start()
  const id = readId(element, notes)
  const fileName = element.string(element.find('file_name'))
  const url = fileName === undefined ? element.string(element.find('coco_url')) : undefined
  const given = fileName ?? (url === undefined ? undefined : lastSegment(url))
  const path =
    given === undefined ? undefined : safePath(given, notes, fileName === undefined ? 'coco_url' : 'file_name')
  if (path === undefined)
    notes.problem({
      code: 'missing-field',
      message: 'an image without a file name; it is called after its id',
      expected: '"file_name"',
    })
  const width = readSide(element, 'width', notes)
  const height = readSide(element, 'height', notes)
  let slot: ItemSlot | undefined
  for (let i = 0; i < element.count; i++) {
    const key = element.names[i] as string
    const at = element.find(key)
    const held =
      (key === 'file_name' && path !== undefined && path === fileName) ||
      (key === 'width' && width !== undefined) ||
      (key === 'height' && height !== undefined) ||
      (key === 'id' && id !== undefined)
    if (held || at !== i) continue // the model says it, or a later field of the same name counts
    const text = notes.foreignText(element, i, base)
    if (key === 'annoform') slot = readItemSlot(text)
    if (key !== 'annoform' || slot === undefined) fields.set(key, text)
  }
  if (slot?.id !== undefined && id !== undefined) fields.set('id', id.text)
  const others = slot?.extra.size === 0 ? undefined : slot?.extra
  const extra = extras.finish(element.keys(), undefined, others)
  const media: Media = { kind: 'image', width, height }
  return new Item({
    id: slot?.id ?? id ?? { text: `image ${notes.index}`, kind: 'string' },
    path: path ?? `${id?.text ?? `image ${notes.index}`}.jpg`,
    media,
    split,
    metadata: slot?.metadata,
    extra,
    raw: notes.verbatim ? { format: 'coco', bytes: texts.copy(slice.bytes, start, end) } : undefined,
    place: notes.place(),
  })
}

function readId(element: ElementFields, notes: ElementNotes): Id | undefined {
  const id = element.id(element.find('id'))
  if (id === undefined)
    notes.problem(
      {
        code: 'missing-field',
        message: 'an image without an id; no annotation can belong to it',
        expected: 'an integer or a text',
      },
      'id',
    )
  return id
}

function readSide(element: ElementFields, key: 'width' | 'height', notes: ElementNotes): number | undefined {
  const at = element.find(key)
  if (at < 0 || element.kind(at) === 'null') return undefined
  const value = element.number(at)
  if (value !== undefined && value > 0 && Number.isInteger(value)) return value
  notes.badField(element, at, 'a whole number of pixels above 0')
  return undefined
}

/** The last part of the path of a URL, which is where LVIS keeps the file name. */
function lastSegment(url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  return path.slice(path.lastIndexOf('/') + 1)
}

/** A path that stays below its folder; backslashes are separators, as the tools that write them mean it. */
export function normalPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, '')
}

function safePath(given: string, notes: ElementNotes, key: string): string | undefined {
  const path = normalPath(given)
  const escapes =
    path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split('/').includes('..') || path.includes('\0')
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (!escapes) return parts.length === 0 ? undefined : parts.length === path.split('/').length ? path : parts.join('/')
  const name = parts[parts.length - 1]?.replaceAll('\0', '')
  const base = name === undefined || name === '..' || name === '' ? undefined : name
  notes.problem(
    {
      code: 'path-escape',
      message: `this path leaves the data set's folder${base === undefined ? '' : `; ${JSON.stringify(base)} is used`}`,
      got: JSON.stringify(given),
      fix: 'Use paths relative to the picture folder',
    },
    key,
  )
  return base
}
