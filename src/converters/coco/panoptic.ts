import { AnnotationError } from '../../errors.js'
import { cocoRleString } from '../../mask/coco-rle.js'
import type { LabelMap } from '../../mask/label-map.js'
import { masksFromLabelMap } from '../../mask/label-map-masks.js'
import type { Mask } from '../../mask/mask.js'
import { decodePng } from '../../png/decode.js'
import type { ByteSource, Deflate, SourceTree } from '../../ports.js'
import { decodeUtf8, encodeUtf8 } from '../../text/decode.js'
import { jsonKindAt, scanElements } from '../../text/json-fields.js'
import { splitJson } from '../../text/json-split.js'
import { jsonString } from '../../text/json-write.js'
import type { Context } from '../format.js'
import { Batch } from './batch.js'
import { ElementFields } from './element.js'
import { Floats, Words } from './growing.js'
import { placeOf } from './notes.js'
import { spliced } from './splice.js'

/** A panoptic document as one whose annotations are its segments, each with its mask. */
export interface PanopticDocument {
  readonly source: ByteSource
  /** JSON text: the keys of its first annotation. */
  readonly keys: string
}

/** The annotations of a document that has them by picture; undefined when it has any other. */
interface PanopticIndex {
  readonly offsets: Floats
  readonly lengths: Words
  readonly keys: string
}

/**
 * Reads the pictures of a panoptic document: id = R + 256 G + 65536 B, 0 is void. The masks go to scratch space. Undefined
 * when the document is none, or when none of its pictures is in the tree.
 * @throws AnnotationError `json-syntax`, `deflate-missing`
 */
export async function panopticDocument(
  tree: SourceTree,
  path: string,
  source: ByteSource,
  context: Context,
): Promise<PanopticDocument | undefined> {
  const pictures = (await tree.list()).filter((file) => /\.png$/i.test(file))
  const index = await indexPanoptic(source, context)
  if (index === undefined) return undefined
  const { deflate, account } = context
  if (deflate === undefined)
    throw new AnnotationError(
      'deflate-missing',
      'panoptic segments are in PNG pictures, and nothing here can read them',
      {
        place: { file: path },
        fix: 'Give the context a `deflate`',
      },
    )
  const spool = await context.scratch.create()
  const element = new ElementFields()
  const [offsets, lengths] = [index.offsets.view(), index.lengths.view()]
  let first = true
  for (let i = 0; i < offsets.length; i++) {
    const at = { offset: offsets[i] as number, length: lengths[i] as number }
    const { bytes, start, end, base } = (await Batch.read(source, Uint32Array.of(0), () => at)).slice(0)
    const place = placeOf(source.name, 'annotations', i)
    if (jsonKindAt(bytes, start) === 'object') element.scan(bytes, start, end, source.name, base)
    const list = jsonKindAt(bytes, start) === 'object' ? element.find('segments_info') : -1
    if (list < 0 || element.kind(list) !== 'array') {
      account.problem({
        code: 'expected-type',
        message: 'bad panoptic annotation',
        expected: 'an object with "segments_info"',
        place,
        lossy: true,
      })
      continue
    }
    const name = element.string(element.find('file_name')) ?? ''
    const masks = await masksOf(tree, path, name, pictures, deflate, context, i)
    const image = element.find('image_id')
    const imageId = image < 0 ? 'null' : element.text(image)
    const texts = segmentTexts(element, list, imageId, masks)
    for (const id of texts.without)
      account.problem({ code: 'degenerate-geometry', message: 'a segment without pixels', got: id, place })
    if (texts.unlisted.length > 0)
      account.problem({
        code: 'invalid-value',
        message: 'pixels of a segment that is not listed; they are void',
        got: texts.unlisted.join(),
        place,
      })
    for (const text of texts.elements) {
      await spool.write(encodeUtf8(`${first ? '' : ','}\n${text}`))
      first = false
    }
  }
  await spool.close()
  const middle = await spool.source()
  const last = offsets.length - 1
  const [from, to] = [offsets[0] as number, (offsets[last] as number) + (lengths[last] as number)]
  const pieces = [
    { source, start: 0, end: from },
    { source: middle, start: 0, end: middle.size },
    { source, start: to, end: source.size },
  ]
  return { source: spliced(source.name, pieces), keys: index.keys }
}

/** Whether the annotations of a document are those of pictures of segments. */
export async function isPanoptic(source: ByteSource, context: Context): Promise<boolean> {
  return (await indexPanoptic(source, context)) !== undefined
}

async function indexPanoptic(source: ByteSource, context: Context): Promise<PanopticIndex | undefined> {
  const offsets = new Floats()
  const lengths = new Words()
  const element = new ElementFields()
  let keys: readonly string[] = []
  await splitJson(
    source,
    {
      key: (name) => (name === 'annotations' ? 'elements' : 'skip'),
      element(_, index, bytes, start, end, offset) {
        if (index === 0 && jsonKindAt(bytes, start) === 'object') {
          element.scan(bytes, start, end, source.name, offset - start)
          keys = element.keys()
        }
        offsets.push(offset)
        lengths.push(end - start)
      },
      value: () => undefined,
    },
    { signal: context.signal },
  )
  return keys.includes('segments_info') ? { offsets, lengths, keys: JSON.stringify(keys) } : undefined
}

/** The masks by id; undefined, with a problem, where the picture cannot be read. */
async function masksOf(
  tree: SourceTree,
  path: string,
  name: string,
  pictures: readonly string[],
  deflate: Deflate,
  { account }: Context,
  i: number,
): Promise<ReadonlyMap<number, Mask> | undefined> {
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const wanted = [`${path.replace(/\.json$/i, '')}/${name}`, `${folder}${name}`]
  const found = wanted.find((file) => pictures.includes(file)) ?? pictures.find((file) => file.endsWith(`/${name}`))
  const place = placeOf(path, 'annotations', i, 'file_name')
  if (name === '' || found === undefined) {
    account.problem({
      code: 'picture-missing',
      message: 'no picture of segments; their boxes are used',
      got: name,
      place,
      lossy: true,
    })
    return undefined
  }
  const file = await tree.open(found)
  try {
    const bytes = new Uint8Array(file.size)
    for (let filled = 0; filled < bytes.length; ) {
      const read = await file.read(filled, bytes.subarray(filled))
      if (read === 0) break
      filled += read
    }
    return masksFromLabelMap(idsOf(bytes, deflate))
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    const { code, reason, expected, got } = error
    account.problem({ code, message: reason, expected, got, place: { ...error.place, file: found }, lossy: true })
    return undefined
  } finally {
    await file.close()
  }
}

function idsOf(bytes: Uint8Array, deflate: Deflate): LabelMap {
  const { width, height, kind, bitDepth, data } = decodePng(bytes, deflate)
  const channels = kind === 'rgb' ? 3 : kind === 'rgba' ? 4 : 0
  if (channels === 0 || bitDepth !== 8)
    throw new AnnotationError('png-format', 'no picture of segments', {
      expected: '8 bits of red, green and blue',
      got: `${kind} of ${bitDepth} bits`,
    })
  const ids = new Uint32Array(width * height)
  for (let i = 0, at = 0; i < ids.length; i++, at += channels)
    ids[i] = (data[at] as number) + 256 * (data[at + 1] as number) + 65536 * (data[at + 2] as number)
  return { width, height, data: ids }
}

function segmentTexts(
  element: ElementFields,
  list: number,
  imageId: string,
  masks: ReadonlyMap<number, Mask> | undefined,
): { elements: readonly string[]; without: readonly string[]; unlisted: readonly number[] } {
  const { bytes } = element
  const segment = new ElementFields()
  const elements: string[] = []
  const without: string[] = []
  const unlisted = new Set(masks?.keys())
  scanElements(bytes, element.starts[list] as number, element.ends[list] as number, (_, start, end) => {
    const text = decodeUtf8(bytes, start, end)
    if (jsonKindAt(bytes, start) !== 'object') {
      elements.push(text) // reported as any annotation that is no object
      return
    }
    segment.scan(bytes, start, end, '', 0)
    const id = segment.number(segment.find('id'))
    const mask = id === undefined ? undefined : masks?.get(id)
    if (id !== undefined) unlisted.delete(id)
    if (mask === undefined && masks !== undefined) without.push(String(id))
    const size = [...(masks?.values() ?? [])][0]
    const empty =
      size === undefined
        ? undefined
        : { text: `[${size.height},${size.width}]`, counts: `[${size.width * size.height}]` }
    const region =
      mask === undefined
        ? empty && `{"size":${empty.text},"counts":${empty.counts}}`
        : `{"size":[${mask.height},${mask.width}],"counts":${jsonString(cocoRleString(mask))}}`
    const inner = text.slice(1, -1).trim()
    const more = `"image_id":${imageId}${region === undefined ? '' : `,"segmentation":${region}`}`
    elements.push(`{${inner}${inner === '' ? '' : ','}${more}}`)
  })
  return { elements, without, unlisted: [...unlisted] }
}
