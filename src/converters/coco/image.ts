import type { ExtraFields } from '../../dataset/extra.js'
import type { Id } from '../../dataset/id.js'
import { Item, type Media } from '../../dataset/item.js'
import type { TextArena } from './arena.js'
import type { Slice } from './batch.js'
import type { ElementExtra, ElementFields } from './element.js'
import type { ElementNotes } from './notes.js'
import { type ItemSlot, readItemSlot } from './slot.js'

/** What reading an image needs to know of its document. */
export interface ImageScope {
  readonly split: string | undefined
  readonly extras: ElementExtra
  readonly texts: TextArena
}

/** An image element as an item without its annotations. `repeated`: an image before it has the same id. */
export function readImage(
  element: ElementFields,
  slice: Slice,
  notes: ElementNotes,
  { split, extras, texts }: ImageScope,
  repeated: boolean,
): Item {
  const { base, start, end } = slice
  element.scan(slice.bytes, start, end, notes.file, base)
  notes.duplicateKeys(element)
  const fields = extras.start()
  const id = readId(element, notes)
  const fileName = element.string(element.find('file_name'))
  const path = readPath(element, fileName, notes)
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
    if (held && at === i) continue // the model says it
    const text = notes.foreignText(element, i, base)
    if (at !== i) continue // a later field of the same name counts, but this one stands in the text as well
    if (key === 'annoform') slot = readItemSlot(text)
    if (key !== 'annoform' || slot === undefined) fields.set(key, text)
  }
  // The text says more than the model's id: the number this image has in COCO, or that another one has it too.
  if (id !== undefined && (slot?.id !== undefined || repeated)) fields.set('id', element.text(element.find('id')))
  const others = slot?.extra.size === 0 ? undefined : slot?.extra
  const extra = extras.finish(element.keys(), undefined, others)
  const media: Media = { kind: 'image', width, height }
  return new Item({
    id: slot?.id ?? id ?? madeUpId(notes.index),
    path: path ?? nameFromId((id ?? madeUpId(notes.index)).text),
    media,
    split,
    metadata: slot?.metadata,
    extra,
    raw: notes.verbatim ? { format: 'coco', bytes: texts.copy(slice.bytes, start, end), json: true } : undefined,
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
  // What is no number at all is reported where its text is kept.
  if (element.kind(at) !== 'non-finite') notes.badField(element, at, 'a whole number of pixels above 0')
  return undefined
}

/** The last part of the path of a URL, which is where LVIS keeps the file name. */
function lastSegment(url: string): string {
  const path = url.replace(/[?#].*$/s, '')
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Where an image element says its picture is. */
export interface PicturePath {
  /** Undefined when nothing usable is said. */
  readonly path: string | undefined
  /** The text it was taken from. */
  readonly given?: string | undefined
  readonly key?: 'file_name' | 'coco_url'
  /** The text leads out of the folder; only its last part is taken. */
  readonly escapes: boolean
}

/** A path that stays below its folder; backslashes are separators, as the tools that write them mean it. */
export function picturePath(fileName: string | undefined, url: string | undefined): PicturePath {
  const given = fileName ?? (url === undefined ? undefined : lastSegment(url))
  if (given === undefined) return { path: undefined, escapes: false }
  const key = fileName === undefined ? 'coco_url' : 'file_name'
  const path = given.replaceAll('\\', '/').replace(/^(?:\.\/+)+/, '')
  const escapes =
    path.startsWith('/') || /^[A-Za-z]:/.test(path) || path.split('/').includes('..') || path.includes('\0')
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  if (!escapes) return { path: parts.length === 0 ? undefined : parts.join('/'), given, key, escapes }
  const name = parts[parts.length - 1]?.replaceAll('\0', '').replace(/^[A-Za-z]:/, '')
  return { path: name === undefined || name === '..' || name === '' ? undefined : name, given, key, escapes }
}

/** What an image without a file name is called. */
export function nameFromId(id: string): string {
  return `${id.replace(/[/\\:\0]/g, '_')}.jpg`
}

function madeUpId(index: number): Id {
  return { text: `image ${index}`, kind: 'string' }
}

/** Whether an item of a COCO source has no id but the one it got for want of any. */
export function isMadeUpId(id: Id, coco: ExtraFields | undefined): boolean {
  if (coco === undefined || !/^image [0-9]+$/.test(id.text)) return false
  return !coco.keys.includes('id') || coco.fields.has('id')
}

function readPath(element: ElementFields, fileName: string | undefined, notes: ElementNotes): string | undefined {
  const url = fileName === undefined ? element.string(element.find('coco_url')) : undefined
  const { path, given, key, escapes } = picturePath(fileName, url)
  if (escapes)
    notes.problem(
      {
        code: 'path-escape',
        message: `this path leaves the data set's folder${path === undefined ? '' : '; only its last part is used'}`,
        got: JSON.stringify(given),
        fix: 'Use paths relative to the picture folder',
      },
      key,
    )
  if (path === undefined)
    notes.problem({
      code: 'missing-field',
      message: 'an image without a file name; it is called after its id',
      expected: '"file_name"',
    })
  return path
}
