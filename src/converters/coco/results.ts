import type { Id } from '../../dataset/id.js'
import { AnnotationError } from '../../errors.js'
import { memorySource } from '../../memory.js'
import type { ByteSource } from '../../ports.js'
import { encodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanFields } from '../../text/json-fields.js'
import { numbersIn } from '../../text/json-number.js'
import { splitJson } from '../../text/json-split.js'
import { jsonString } from '../../text/json-write.js'
import { idText } from '../extra-json.js'
import type { Context } from '../format.js'
import { imageName } from './document-index.js'
import { ElementFields } from './element.js'
import { nameFromId } from './image.js'
import { spliced } from './splice.js'

const WHITE = /^[\t\n\r ]$/
const PREFIX = encodeUtf8('{"annotations":')

interface Size {
  readonly width: number
  readonly height: number
}

/** Whether a document is a list and no object. */
export async function isList(source: ByteSource): Promise<boolean> {
  const head = new Uint8Array(Math.min(source.size, 4096))
  const length = await source.read(0, head)
  const text = new TextDecoder().decode(head.subarray(0, length))
  return [...text].find((character) => !WHITE.test(character)) === '['
}

/**
 * A list of results as a document: the images and categories it names, which it does not describe, are added behind it.
 * Sizes are those of its masks.
 * @throws AnnotationError `json-syntax`, `not-this-format` for a list of something else
 */
export async function resultsDocument(source: ByteSource, context: Pick<Context, 'signal'>): Promise<ByteSource> {
  const images = new Map<string, { readonly id: Id; size: Size | undefined }>()
  const categories = new Map<string, Id>()
  const element = new ElementFields()
  await splitJson(
    source,
    {
      key: () => 'elements',
      element(_, index, bytes, start, end, offset) {
        const isObject = jsonKindAt(bytes, start) === 'object'
        if (isObject) element.scan(bytes, start, end, source.name, offset - start)
        const image = isObject ? element.id(element.find('image_id')) : undefined
        if (index === 0 && image === undefined) throw noResults(source)
        if (image === undefined) return
        const name = imageName(image)
        const known = images.get(name) ?? { id: image, size: undefined }
        known.size ??= sizeIn(element)
        images.set(name, known)
        const category = element.id(element.find('category_id'))
        if (category !== undefined && !categories.has(category.text)) categories.set(category.text, category)
      },
      value: () => undefined,
    },
    { signal: context.signal },
  )
  if (images.size === 0) throw noResults(source)
  const imageTexts = [...images.values()].map(({ id, size }) => {
    const sides = size === undefined ? '' : `,"width":${size.width},"height":${size.height}`
    return `{"id":${idText(id)}${sides},"file_name":${jsonString(nameFromId(id.text))}}`
  })
  const categoryTexts = [...categories.values()].map(
    (id) => `{"id":${idText(id)},"name":${jsonString(`category ${id.text}`)},"keypoints":[]}`,
  )
  const suffix = `,"images":[${imageTexts.join()}],"categories":[${categoryTexts.join()}]}`
  const [before, behind] = [memorySource(PREFIX), memorySource(encodeUtf8(suffix))]
  return spliced(source.name, [
    { source: before, start: 0, end: before.size },
    { source, start: await markLength(source), end: source.size },
    { source: behind, start: 0, end: behind.size },
  ])
}

function noResults({ name }: ByteSource): AnnotationError {
  return new AnnotationError('not-this-format', 'this is not a COCO data set', {
    place: { file: name },
    expected: 'an object with "images" and "annotations", or a list of results with "image_id"',
    got: 'another list',
  })
}

/** The size of a mask, which is that of its picture. */
function sizeIn(element: ElementFields): Size | undefined {
  const at = element.find('segmentation')
  if (at < 0 || element.kind(at) !== 'object') return undefined
  let size: Size | undefined
  scanFields(element.bytes, element.starts[at] as number, element.ends[at] as number, (key, start, end) => {
    const [height = 0, width = 0] = key === 'size' ? (numbersIn(element.bytes, start, end) ?? []) : []
    if (Number.isSafeInteger(height) && Number.isSafeInteger(width) && height > 0 && width > 0) size = { width, height }
  })
  return size
}

async function markLength(source: ByteSource): Promise<number> {
  const head = new Uint8Array(3)
  await source.read(0, head)
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0
}
