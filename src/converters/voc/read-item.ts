import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import { Item, type Media } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import { encodeUtf8 } from '../../text/decode.js'
import type { Base } from './base.js'
import { childKeys, ElementFields, type ExtraCache, VOC } from './elements.js'
import { partsParent } from './ids.js'
import { numberOf } from './numbers.js'
import { picturePath } from './picture-path.js'
import { countObject, type ObjectScope, readObject } from './read-object.js'
import { hasSlots, OBJECT_SLOT, withSlots } from './slots.js'
import type { XmlDocument } from './xml-document.js'
import { child, childText, type XmlElement } from './xml-tree.js'

/** What a document does not say about its item. */
export interface ItemScope {
  readonly id: string
  readonly split: string | undefined
  readonly base: Base
  readonly repair: boolean
  readonly account: Account
  readonly extras: ExtraCache
  /** The picture, by the path that `filename` gives. */
  readonly picture: (path: string | undefined) => string | undefined
}

/** @throws AnnotationError `not-this-format` for another root element than `annotation` */
export function checkRoot({ root, places }: XmlDocument): void {
  if (root.name === 'annotation') return
  throw new AnnotationError('not-this-format', 'this is no VOC annotation', {
    place: places.at(root.start),
    expected: '<annotation>',
    got: `<${root.name.slice(0, 40)}>`,
  })
}

/** A document as an item with its annotations. All its annotations are counted before any is looked at. */
export function readItem(document: XmlDocument, scope: ItemScope): Item {
  const { root, places, text } = document
  const { account, base, extras } = scope
  const objects = root.elements.filter(({ name }) => name === 'object')
  account.read(objects.reduce((sum, object) => sum + countObject(object), 0))
  for (const problem of document.problems) account.problem(problem)
  const fields = new ElementFields(text, root)
  const media = readSize(document, account)
  const { path, file } = readPath(document, scope)
  const keys = childKeys(root)
  for (const [i, each] of root.elements.entries()) {
    const key = keys[i] as string
    if (each.name === 'object') continue
    if (key === 'filename' && each.text === path && each.attributes === '') continue
    if (key === 'size' && isPlainSize(each)) continue
    fields.keep(key, each)
  }
  const verbatim = !hasSlots(text)
  const objectScope: ObjectScope = { document, base, repair: scope.repair, account, extras, verbatim }
  const annotations: Annotation[] = []
  for (const [i, object] of objects.entries())
    for (const annotation of readObject(object, partsParent(scope.id, i), objectScope)) annotations.push(annotation)
  return new Item({
    id: { text: scope.id, kind: 'string' },
    path,
    media,
    split: scope.split,
    annotations,
    extra: fields.finish(objectRun(keys), base, extras),
    raw: verbatim ? { format: VOC, bytes: encodeUtf8(skeleton(document, objects)) } : undefined,
    place: { ...places.at(root.start), column: undefined },
    file,
  })
}

function readSize({ root, places }: XmlDocument, account: Account): Media {
  const size = child(root, 'size')
  if (size === undefined) return { kind: 'image' }
  const side = (name: 'width' | 'height'): number | undefined => {
    const text = childText(size, name)
    if (text === undefined || text === '') return undefined
    const value = numberOf(text)
    // Programs that do not know a size write 0.
    if (value === 0) return undefined
    if (value !== undefined && Number.isSafeInteger(value) && value > 0) return value
    account.problem({
      code: 'invalid-value',
      message: `bad <${name}> of a picture; it is taken as unknown`,
      place: places.at(size.start),
      expected: 'a whole number of pixels above 0',
      got: JSON.stringify(text.slice(0, 40)),
    })
    return undefined
  }
  return { kind: 'image', width: side('width'), height: side('height') }
}

function readPath({ root, places }: XmlDocument, { id, account, picture }: ItemScope): { path: string; file?: string } {
  const element = child(root, 'filename')
  const named = element === undefined || element.text === '' ? undefined : picturePath(element.text)
  if (element !== undefined && named?.escapes !== false && element.text !== '')
    account.problem({
      code: 'path-escape',
      message: 'this <filename> leaves its folder; its last part is used',
      place: places.at(element.start),
      got: JSON.stringify(element.text.slice(0, 200)),
    })
  const file = picture(named?.path)
  const found = file === undefined ? {} : { file }
  if (named !== undefined) return { path: named.path, ...found }
  const extension = file === undefined ? '.jpg' : file.slice(file.lastIndexOf('.'))
  return { path: `${id}${extension}`, ...found }
}

/** Whether a size would be written like this: three plain numbers, three channels. */
function isPlainSize({ elements, attributes, text }: XmlElement): boolean {
  const [width, height, depth] = elements
  return (
    attributes === '' &&
    text === '' &&
    elements.length === 3 &&
    width?.name === 'width' &&
    height?.name === 'height' &&
    depth?.name === 'depth' &&
    depth.text === '3' &&
    elements.every((side) => side.attributes === '' && /^[1-9]\d{0,14}$/.test(side.text))
  )
}

/** Keys with the last run of objects as one, so that pictures with more or fewer of them share a list. */
function objectRun(keys: readonly string[]): readonly string[] {
  const plain = keys.map((key) => (key === 'object' || key.startsWith('object[') ? 'object' : key))
  const last = plain.lastIndexOf('object')
  let first = last
  while (first > 0 && plain[first - 1] === 'object') first--
  return plain.filter((_, i) => i <= first || i > last)
}

/** The text of a document with slots in place of its objects; it is UTF-8 when it is written again. */
function skeleton({ root, text }: XmlDocument, objects: readonly XmlElement[]): string {
  const plain = withSlots(text, 0, text.length, objects, OBJECT_SLOT)
  const declaration = /^<\?xml[^>]*\?>/.exec(text)?.[0]
  if (declaration === undefined) return root.start === 0 ? plain : plain.trimStart()
  return declaration.replace(/(encoding\s*=\s*["'])[^"']*/, '$1UTF-8') + plain.slice(declaration.length)
}
