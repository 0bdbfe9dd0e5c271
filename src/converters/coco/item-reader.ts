import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Header } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import { jsonKindAt } from '../../text/json-fields.js'
import type { Context } from '../format.js'
import { type AnnotationScope, readAnnotation } from './annotation.js'
import { RingArena, TextArena } from './arena.js'
import { Batch, type Slice } from './batch.js'
import type { Document } from './document.js'
import { ElementExtra, ElementFields } from './element.js'
import { readImage } from './image.js'
import { ElementNotes, placeOf } from './notes.js'

/** How many bytes of elements are held at a time; one item may need more. */
const BATCH = 1 << 23

/** Reads the items of a document in order, a batch of images with all their annotations at a time. */
export class ItemReader {
  readonly #document: Document
  readonly #account: Account
  readonly #imageElement = new ElementFields()
  readonly #element = new ElementFields()
  readonly #imageNotes: ElementNotes
  readonly #notes: ElementNotes
  readonly #imageExtras = new ElementExtra()
  readonly #texts = new TextArena()
  readonly #scope: Omit<AnnotationScope, 'imageKind'>

  constructor(document: Document, header: Header, context: Context, account: Account) {
    this.#document = document
    this.#account = account
    this.#imageNotes = new ElementNotes(account, document.source.name, 'images')
    this.#notes = new ElementNotes(account, document.source.name, 'annotations')
    this.#scope = {
      labelOf: document.categories.labelOf,
      renumbered: renumberedLabels(document, header),
      repair: context.policy === 'salvage',
      account,
      rings: new RingArena(),
      texts: this.#texts,
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
      if (bytes > BATCH && i > first) break
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
    if (jsonKindAt(slice.bytes, slice.start) !== 'object') {
      this.#imageNotes.problem({ code: 'expected-type', message: 'bad image', expected: 'an object', lossy: true })
      const place = placeOf(this.#document.source.name, 'images', i)
      this.#account.field({ level: 'item', effect: 'dropped', subject: 'image', reason: 'invalid', place })
      return undefined
    }
    const { split } = this.#document.file
    const item = readImage(this.#imageElement, slice, this.#imageNotes, split, this.#imageExtras, this.#texts)
    const numbers = this.#document.index.annotationsOf(i)
    if (numbers.length === 0) return item
    const id = this.#imageElement.find('id')
    const imageKind = id >= 0 && this.#imageElement.kind(id) === 'string' ? 'string' : 'integer'
    const scope: AnnotationScope = { ...this.#scope, imageKind }
    const annotations: Annotation[] = []
    for (const number of numbers) {
      this.#notes.start(number)
      const annotation = readAnnotation(this.#element, batch.slice(number), this.#notes, scope)
      if (annotation !== undefined) annotations.push(annotation)
    }
    return item.with({ annotations })
  }
}

/** Labels that have another id in the data set than in this document: their annotations cannot keep their text. */
function renumberedLabels({ categories }: Document, { labels }: Header): ReadonlySet<string> {
  const renumbered = new Set<string>()
  for (const [id, { name }] of categories.labelOf) if (labels.get(name)?.id?.text !== id) renumbered.add(name)
  return renumbered
}

function range(first: number, next: number): Uint32Array {
  const numbers = new Uint32Array(next - first)
  for (let i = 0; i < numbers.length; i++) numbers[i] = first + i
  return numbers
}
