import type { Id } from '../../dataset/id.js'
import { AnnotationError } from '../../errors.js'
import type { ByteSource } from '../../ports.js'
import { decodeUtf8 } from '../../text/decode.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { splitJson } from '../../text/json-split.js'
import type { Context } from '../format.js'
import { AnnotationIds, type RepeatedIds } from './annotation-ids.js'
import { ElementFields } from './element.js'
import { Floats, Words } from './growing.js'
import { grouped, imageLookup } from './image-grouping.js'

const PLACES = ['segmentation', 'bbox', 'keypoints'] as const

/** Stands for "no image" in {@link DocumentIndex.imageOf}. */
export const NO_IMAGE = 0xffff_ffff

/** Stands for an image that is no object. */
export const NO_OBJECT = 0xffff_fffe

/** A category element as it stands in the file. */
export interface CategoryElement {
  readonly bytes: Uint8Array
  readonly offset: number
}

/**
 * What one pass over a COCO document finds: where every image and annotation lies, and which annotation belongs to
 * which image. About 40 bytes an annotation; no geometry is held.
 */
export interface DocumentIndex {
  /** The keys of the root object in order. */
  readonly keys: readonly string[]
  /** JSON text of every root value but the three arrays. */
  readonly fields: ReadonlyMap<string, string>
  readonly categories: readonly CategoryElement[]
  /** The number of elements of `annotations`, whatever they are. */
  readonly annotationCount: number
  readonly imageCount: number
  /** Position and length in bytes of the i-th image and annotation. */
  imageAt(i: number): { readonly offset: number; readonly length: number }
  annotationAt(i: number): { readonly offset: number; readonly length: number }
  /** Of the i-th image: the numbers of its annotations, in file order. The first of two images with one id has them. */
  annotationsOf(image: number): Uint32Array
  /** Numbers of the annotations without an image. */
  readonly orphans: Uint32Array
  /** Numbers of images whose id another image before them has, or that have none. Elements that are no objects are not among them. */
  readonly repeatedImages: ReadonlySet<number>
  /** Numbers of annotations whose ids are not unique. */
  readonly repeatedAnnotations: RepeatedIds
  /** Texts of the category ids that annotations use, with the number of the first annotation that does. */
  readonly categoriesUsed: ReadonlyMap<string, number>
  /** The first annotation without a category id that is not merely a caption. */
  readonly firstUncategorised: number | undefined
  /** The highest annotation id that is a safe integer, as text. */
  readonly highestId: string | undefined
  /** Images among them that differ from the others in that their id is a number and not a text, or the other way round. */
  readonly toldApartByKind: ReadonlySet<number>
  /** Root keys that are there twice. */
  readonly duplicateKeys: ReadonlySet<string>
  /** The number of an image by its id, as {@link imageName} has it. */
  imageNamed(name: string): number | undefined
  /** The ids of all images, each with its number. */
  imageNames(): Iterable<readonly [string, number]>
}

/** An id as one text: `7`, or `"7` where it is a text. */
export function imageName({ text, kind }: Id): string {
  return kind === 'string' ? `"${text}` : text
}

/** `named`: images will be looked for by their ids, which must be remembered for that. The same id text is a category's whether it is written 7, 7.0 or "7". */
export async function indexDocument(
  source: ByteSource,
  context: Pick<Context, 'signal' | 'onProgress'>,
  { chunkSize, named = false }: { readonly chunkSize?: number | undefined; readonly named?: boolean } = {},
): Promise<DocumentIndex> {
  const builder = new IndexBuilder(source.name, named)
  await splitJson(source, builder, {
    chunkSize,
    signal: context.signal,
    onProgress: (done) => context.onProgress?.({ phase: 'index', unit: 'bytes', done, total: source.size }),
  })
  return builder.finish()
}

/** Whether an element has a caption and nothing that tells where: then it needs no label. */
function isCaption(element: ElementFields): boolean {
  const caption = element.find('caption')
  if (caption < 0 || element.kind(caption) !== 'string') return false
  return PLACES.every((key) => {
    const at = element.find(key)
    return at < 0 || element.kind(at) === 'null' || /^[[\]\s]*$/.test(element.text(at))
  })
}

class IndexBuilder {
  readonly #file: string
  readonly #element = new ElementFields()
  readonly #keys = new Set<string>()
  readonly #fields = new Map<string, string>()
  readonly #imageOffsets = new Floats()
  readonly #imageLengths = new Words()
  /** The slot of each image's id, NO_IMAGE for one without an id. */
  readonly #imageSlots = new Words()
  readonly #offsets = new Floats()
  readonly #lengths = new Words()
  /** The slot of each annotation's image id. */
  readonly #slots = new Words()
  /** One slot for every image id met, in images or annotations, whichever come first; `7` and `"7"` have two. */
  readonly #slotOf = new Map<string, number>()
  readonly #ids = new AnnotationIds()
  readonly #categoriesUsed = new Map<string, number>()
  #categories: CategoryElement[] = []
  #firstUncategorised: number | undefined
  readonly #duplicateKeys = new Set<string>()
  #rootIsObject = false

  readonly #named: boolean

  constructor(file: string, named: boolean) {
    this.#file = file
    this.#named = named
  }

  root(kind: 'object' | 'array' | 'scalar'): void {
    this.#rootIsObject = kind === 'object'
    if (this.#rootIsObject) return
    throw new AnnotationError('not-this-format', 'this is not a COCO data set', {
      place: { file: this.#file },
      expected: 'an object with "images" and "annotations"',
      got: kind === 'array' ? 'an array (a list of results?)' : 'a single value',
      fix: kind === 'array' ? 'A list of results is converted by itself: name one file' : undefined,
    })
  }

  key(name: string): 'elements' | 'value' {
    if (this.#keys.has(name)) {
      this.#duplicateKeys.add(name)
      this.#forget(name)
    } else this.#keys.add(name)
    return name === 'images' || name === 'annotations' || name === 'categories' ? 'elements' : 'value'
  }

  element(key: string, index: number, bytes: Uint8Array, start: number, end: number, offset: number): void {
    if (key === 'annotations') this.#annotation(index, bytes, start, end, offset)
    else if (key === 'images') this.#image(bytes, start, end, offset)
    else this.#categories.push({ bytes: bytes.slice(start, end), offset })
  }

  value(key: string, bytes: Uint8Array, start: number, end: number): void {
    this.#fields.set(key, decodeUtf8(bytes, start, end))
  }

  #image(bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.#imageOffsets.push(offset)
    this.#imageLengths.push(end - start)
    this.#imageSlots.push(this.#slot('id', bytes, start, end, offset))
  }

  #annotation(index: number, bytes: Uint8Array, start: number, end: number, offset: number): void {
    this.#offsets.push(offset)
    this.#lengths.push(end - start)
    const slot = this.#slot('image_id', bytes, start, end, offset)
    this.#slots.push(slot)
    if (slot === NO_OBJECT) return
    // #slot has scanned the element.
    const element = this.#element
    const id = element.id(element.find('id'))
    if (id !== undefined) this.#ids.add(id, index)
    const category = element.id(element.find('category_id'))
    if (category === undefined) {
      if (this.#firstUncategorised === undefined && !isCaption(element)) this.#firstUncategorised = index
    } else if (!this.#categoriesUsed.has(category.text)) this.#categoriesUsed.set(category.text, index)
  }

  #slot(key: string, bytes: Uint8Array, start: number, end: number, offset: number): number {
    if (jsonKindAt(bytes, start) !== 'object') return NO_OBJECT
    this.#element.scan(bytes, start, end, this.#file, offset - start)
    const id = this.#element.id(this.#element.find(key))
    if (id === undefined) return NO_IMAGE
    const name = imageName(id)
    let slot = this.#slotOf.get(name)
    if (slot === undefined) {
      slot = this.#slotOf.size
      this.#slotOf.set(name, slot)
    }
    return slot
  }

  /** A root key came again: the last one counts. */
  #forget(name: string): void {
    this.#fields.delete(name)
    if (name === 'categories') this.#categories = []
    if (name === 'images') for (const list of [this.#imageOffsets, this.#imageLengths, this.#imageSlots]) list.clear()
    if (name !== 'annotations') return
    for (const list of [this.#offsets, this.#lengths, this.#slots, this.#ids]) list.clear()
    this.#categoriesUsed.clear()
    this.#firstUncategorised = undefined
  }

  finish(): DocumentIndex {
    if (!this.#keys.has('images') && !this.#keys.has('annotations'))
      throw new AnnotationError('not-this-format', 'this is not a COCO data set', {
        place: { file: this.#file },
        expected: '"images" or "annotations" in the root object',
        got: this.#keys.size === 0 ? 'an empty object' : `the keys ${[...this.#keys].slice(0, 8).join(', ')}`,
      })
    this.#refuseNonArrays()
    const imageSlots = this.#imageSlots.view()
    const ownerOfSlot = new Uint32Array(this.#slotOf.size).fill(NO_IMAGE)
    const repeatedImages = new Set<number>()
    for (let i = 0; i < imageSlots.length; i++) {
      const slot = imageSlots[i] as number
      if (slot === NO_OBJECT) continue // reported when it is read
      if (slot === NO_IMAGE || ownerOfSlot[slot] !== NO_IMAGE) repeatedImages.add(i)
      else ownerOfSlot[slot] = i
    }
    const toldApartByKind = this.#matchByText(ownerOfSlot)
    for (const i of toldApartByKind) repeatedImages.add(i)
    const { order, firsts, orphans } = grouped(this.#slots.view(), ownerOfSlot, imageSlots.length)
    const [offsets, lengths] = [this.#offsets.view(), this.#lengths.view()]
    const [imageOffsets, imageLengths] = [this.#imageOffsets.view(), this.#imageLengths.view()]
    return {
      keys: [...this.#keys],
      fields: this.#fields,
      categories: this.#categories,
      annotationCount: offsets.length,
      imageCount: imageOffsets.length,
      imageAt: (i) => ({ offset: imageOffsets[i] as number, length: imageLengths[i] as number }),
      annotationAt: (i) => ({ offset: offsets[i] as number, length: lengths[i] as number }),
      annotationsOf: (image) => order.subarray(firsts[image] as number, firsts[image + 1] as number),
      orphans,
      repeatedImages,
      repeatedAnnotations: this.#ids.repeated(),
      highestId: this.#ids.highest(),
      categoriesUsed: this.#categoriesUsed,
      firstUncategorised: this.#firstUncategorised,
      toldApartByKind,
      duplicateKeys: this.#duplicateKeys,
      ...imageLookup(this.#named ? this.#slotOf : new Map(), ownerOfSlot),
    }
  }

  /**
   * Gives the annotations that name an id as a text and find no such image to the one whose id is the same number, and the
   * other way round. Returns the later image of each two that both have annotations of their own kind.
   */
  #matchByText(ownerOfSlot: Uint32Array): ReadonlySet<number> {
    const later = new Set<number>()
    for (const [name, slot] of this.#slotOf) {
      if (!name.startsWith('"')) continue
      const other = this.#slotOf.get(name.slice(1))
      if (other === undefined) continue
      const [a, b] = [ownerOfSlot[slot] as number, ownerOfSlot[other] as number]
      if (a === NO_IMAGE) ownerOfSlot[slot] = b
      else if (b === NO_IMAGE) ownerOfSlot[other] = a
      else later.add(Math.max(a, b))
    }
    return later
  }

  #refuseNonArrays(): void {
    for (const key of ['images', 'annotations', 'categories']) {
      const text = this.#fields.get(key)
      // A null stands for an empty list in files of careless writers.
      if (text !== undefined && text !== 'null')
        throw new AnnotationError('expected-type', `bad "${key}"`, {
          place: { file: this.#file, pointer: `/${key}` },
          expected: 'an array',
          got: text.length > 40 ? `${text.slice(0, 40)}…` : text,
        })
    }
  }
}
