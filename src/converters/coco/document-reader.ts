import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { checkJson } from '../../text/json-value.js'
import type { Context } from '../format.js'
import { type AnnotationScope, readAnnotation } from './annotation.js'
import { RingArena, TextArena } from './arena.js'
import { Batch, type Slice } from './batch.js'
import type { ImageOf } from './definition.js'
import type { Document } from './document.js'
import { imageName } from './document-index.js'
import { ElementExtra, ElementFields } from './element.js'
import { type ImageScope, readImage } from './image.js'
import type { GeometryChoice } from './keypoints.js'
import { annotationsIn, ElementNotes } from './notes.js'
import { inTasks } from './tasks.js'

/** An image with what its annotations need to know of it; without `image` none can be on it. */
export interface ReadImage {
  readonly item: Item
  readonly image: ImageOf | undefined
}

/** Reads elements of one document. */
export class DocumentReader {
  readonly document: Document
  readonly #account: Account
  readonly #imageElement = new ElementFields()
  readonly #element = new ElementFields()
  readonly #imageNotes: ElementNotes
  readonly #notes: ElementNotes
  readonly #imageScope: ImageScope
  readonly #scope: Omit<AnnotationScope, 'image'>

  constructor(document: Document, context: Context, account: Account, geometry: GeometryChoice) {
    const { file, source, categories, shared } = document
    this.document = document
    this.#account = account
    this.#imageNotes = new ElementNotes(account, source.name, file.task === 'results' ? '' : 'images')
    this.#notes = new ElementNotes(account, source.name, annotationsIn(file.task))
    const texts = new TextArena()
    this.#imageScope = { split: file.split, extras: new ElementExtra(), texts }
    this.#scope = {
      labelOf: categories.labelOf,
      unlabelled: categories.unlabelled,
      geometry,
      repair: context.policy === 'salvage',
      account,
      rings: new RingArena(),
      texts,
      extras: new ElementExtra(shared ? inTasks([file.task]) : undefined),
    }
  }

  /** The texts of images and, read together, those of all their annotations. */
  readImages(numbers: Uint32Array): Promise<Batch> {
    return Batch.read(this.document.source, numbers, this.document.index.imageAt)
  }

  readAnnotations(images: Uint32Array): Promise<Batch> {
    const { index, source } = this.document
    let count = 0
    for (const i of images) count += index.annotationsOf(i).length
    const numbers = new Uint32Array(count)
    let at = 0
    for (const i of images) {
      numbers.set(index.annotationsOf(i), at)
      at += index.annotationsOf(i).length
    }
    return Batch.read(source, numbers.sort(), index.annotationAt)
  }

  /** Bytes of an image and its annotations. */
  bytesOf(i: number): number {
    const { index } = this.document
    let bytes = index.imageAt(i).length
    for (const number of index.annotationsOf(i)) bytes += index.annotationAt(number).length
    return bytes
  }

  /** What other documents know the image by; undefined where they cannot. */
  nameOf(i: number, { bytes, start, end, base }: Slice): string | undefined {
    if (jsonKindAt(bytes, start) !== 'object' || this.document.index.repeatedImages.has(i)) return undefined
    this.#imageElement.scan(bytes, start, end, this.document.source.name, base)
    const id = this.#imageElement.id(this.#imageElement.find('id'))
    return id && imageName(id)
  }

  /** The image without its annotations; undefined when it is invalid. */
  image(i: number, slice: Slice): ReadImage | undefined {
    // A list of results has no images: what names the image first stands for it.
    const { index, file } = this.document
    this.#imageNotes.start(file.task === 'results' ? (index.annotationsOf(i)[0] ?? i) : i)
    const { bytes, start, end } = slice
    if (jsonKindAt(bytes, start) !== 'object') {
      checkJson(bytes, start, end, { nonFinite: 'accept' })
      this.#imageNotes.problem({ code: 'expected-type', message: 'bad image', expected: 'an object', lossy: true })
      const place = this.#imageNotes.place()
      this.#account.field({ level: 'item', effect: 'dropped', subject: 'image', reason: 'invalid', place })
      return undefined
    }
    const element = this.#imageElement
    const item = readImage(element, slice, this.#imageNotes, this.#imageScope, index.repeatedImages.has(i))
    const id = element.id(element.find('id'))
    const { width, height } = item.media
    return { item, image: id && { id, width, height } }
  }

  /** The annotations of an image that are valid. */
  annotations(i: number, image: ImageOf, batch: Batch): readonly Annotation[] {
    const { index } = this.document
    const scope: AnnotationScope = { ...this.#scope, image }
    const annotations: Annotation[] = []
    for (const number of index.annotationsOf(i)) {
      this.#notes.start(number)
      const repeated = index.repeatedAnnotations.all.has(number)
      const annotation = readAnnotation(this.#element, batch.slice(number), this.#notes, scope, repeated)
      if (annotation !== undefined) annotations.push(annotation)
    }
    return annotations
  }
}
