import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { checkJson } from '../../text/json-value.js'
import type { Context } from '../format.js'
import { type AnnotationScope, readAnnotation } from './annotation.js'
import { RingArena, TextArena } from './arena.js'
import { Batch, type Slice } from './batch.js'
import type { Document } from './document.js'
import { ElementExtra, ElementFields } from './element.js'
import { type ImageScope, readImage } from './image.js'
import { ElementNotes, placeOf } from './notes.js'

const BATCH = 1 << 24

/** Reads the items of a document in order, a batch of images with all their annotations at a time. */
export class ItemReader {
  readonly #document: Document
  readonly #account: Account
  readonly #imageElement = new ElementFields()
  readonly #element = new ElementFields()
  readonly #imageNotes: ElementNotes
  readonly #notes: ElementNotes
  readonly #imageScope: ImageScope
  readonly #scope: Omit<AnnotationScope, 'image'>
  readonly #batchBytes: number

  /** `batchBytes`: how many bytes of elements are held at a time; one item may need more. */
  constructor(document: Document, context: Context, account: Account, batchBytes = BATCH) {
    this.#document = document
    this.#account = account
    this.#batchBytes = batchBytes
    this.#imageNotes = new ElementNotes(account, document.source.name, 'images')
    this.#notes = new ElementNotes(account, document.source.name, 'annotations')
    const texts = new TextArena()
    this.#imageScope = { split: document.file.split, extras: new ElementExtra(), texts }
    this.#scope = {
      labelOf: document.categories.labelOf,
      unlabelled: document.categories.unlabelled,
      repair: context.policy === 'salvage',
      account,
      rings: new RingArena(),
      texts,
      extras: new ElementExtra(),
    }
  }

  async *items(): AsyncGenerator<Item> {
    const { index, source } = this.#document
    for (let first = 0; first < index.imageCount; ) {
      const next = this.#batchEnd(first)
      const images = await Batch.read(source, range(first, next), index.imageAt)
      const annotations = await Batch.read(source, this.#annotationsOf(first, next), index.annotationAt)
      for (let i = first; i < next; i++) {
        const item = this.#item(i, images.slice(i), annotations)
        if (item !== undefined) yield item
      }
      first = next
    }
  }

  /** The number after the last image whose annotations still fit in a batch that begins with `first`. */
  #batchEnd(first: number): number {
    const { index } = this.#document
    let bytes = 0
    let i = first
    while (i < index.imageCount) {
      bytes += index.imageAt(i).length
      for (const number of index.annotationsOf(i)) bytes += index.annotationAt(number).length
      if (bytes > this.#batchBytes && i > first) break
      i++
    }
    return i
  }

  #annotationsOf(first: number, next: number): Uint32Array {
    const { index } = this.#document
    let count = 0
    for (let i = first; i < next; i++) count += index.annotationsOf(i).length
    const numbers = new Uint32Array(count)
    let at = 0
    for (let i = first; i < next; i++) {
      numbers.set(index.annotationsOf(i), at)
      at += index.annotationsOf(i).length
    }
    return numbers.sort()
  }

  #item(i: number, slice: Slice, batch: Batch): Item | undefined {
    this.#imageNotes.start(i)
    const { bytes, start, end } = slice
    if (jsonKindAt(bytes, start) !== 'object') {
      checkJson(bytes, start, end, { nonFinite: 'accept' })
      this.#imageNotes.problem({ code: 'expected-type', message: 'bad image', expected: 'an object', lossy: true })
      const place = placeOf(this.#document.source.name, 'images', i)
      this.#account.field({ level: 'item', effect: 'dropped', subject: 'image', reason: 'invalid', place })
      return undefined
    }
    const { index } = this.#document
    const element = this.#imageElement
    const item = readImage(element, slice, this.#imageNotes, this.#imageScope, index.repeatedImages.has(i))
    const numbers = index.annotationsOf(i)
    const id = numbers.length === 0 ? undefined : element.id(element.find('id'))
    if (id === undefined) return item
    const { width, height } = item.media
    const scope: AnnotationScope = { ...this.#scope, image: { id, width, height } }
    const annotations: Annotation[] = []
    for (const number of numbers) {
      this.#notes.start(number)
      const repeated = index.repeatedAnnotations.all.has(number)
      const annotation = readAnnotation(this.#element, batch.slice(number), this.#notes, scope, repeated)
      if (annotation !== undefined) annotations.push(annotation)
    }
    return item.with({ annotations })
  }
}

function range(first: number, next: number): Uint32Array {
  const numbers = new Uint32Array(next - first)
  for (let i = 0; i < numbers.length; i++) numbers[i] = first + i
  return numbers
}
