import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import { jsonKindAt } from '../../text/json-fields.js'
import type { Context } from '../format.js'
import { readAnnotation } from './annotation.js'
import type { Document } from './document.js'
import { ElementFields } from './element.js'
import { readImage } from './image.js'
import { ElementNotes } from './notes.js'
import { type Slice, SliceReader } from './slices.js'

/** Reads one item after the other; its scratch objects serve all of them. */
export class ItemReader {
  readonly #document: Document
  readonly #account: Account
  readonly #images: SliceReader
  readonly #annotations: SliceReader
  readonly #imageElement = new ElementFields()
  readonly #element = new ElementFields()
  readonly #imageNotes: ElementNotes
  readonly #notes: ElementNotes
  readonly #repair: boolean
  #imageKind: 'integer' | 'string' = 'integer'

  constructor(document: Document, context: Context, account: Account) {
    this.#document = document
    this.#account = account
    this.#images = new SliceReader(document.source)
    this.#annotations = new SliceReader(document.source)
    this.#imageNotes = new ElementNotes(account, document.source.name, 'images')
    this.#notes = new ElementNotes(account, document.source.name, 'annotations')
    this.#repair = context.policy === 'salvage'
  }

  item(i: number): Item | undefined | Promise<Item | undefined> {
    const { offset, length } = this.#document.index.imageAt(i)
    const slice = this.#images.get(offset, length)
    if (slice instanceof Promise) return slice.then((read) => this.#itemLater(i, read))
    const item = this.#image(i, slice)
    if (item === undefined) return undefined
    const annotations: Annotation[] = []
    for (const number of this.#document.index.annotationsOf(i)) {
      const at = this.#document.index.annotationAt(number)
      this.#annotation(number, this.#annotations.get(at.offset, at.length) as Slice, annotations)
    }
    return annotations.length === 0 ? item : item.with({ annotations })
  }

  async #itemLater(i: number, slice: Slice): Promise<Item | undefined> {
    const item = this.#image(i, slice)
    if (item === undefined) return undefined
    const annotations: Annotation[] = []
    for (const number of this.#document.index.annotationsOf(i)) {
      const at = this.#document.index.annotationAt(number)
      this.#annotation(number, await this.#annotations.get(at.offset, at.length), annotations)
    }
    return item.with({ annotations })
  }

  #image(i: number, slice: Slice): Item | undefined {
    this.#imageNotes.start(i)
    if (jsonKindAt(slice.bytes, slice.start) === 'object') {
      const item = readImage(this.#imageElement, slice, this.#imageNotes, this.#document.file.split)
      const id = this.#imageElement.find('id')
      this.#imageKind = id >= 0 && this.#imageElement.kind(id) === 'string' ? 'string' : 'integer'
      return item
    }
    this.#imageNotes.problem({ code: 'expected-type', message: 'bad image', expected: 'an object', lossy: true })
    return undefined
  }

  #annotation(number: number, slice: Slice, into: Annotation[]): void {
    this.#notes.start(number)
    const { labelOf } = this.#document.categories
    const scope = { labelOf, repair: this.#repair, account: this.#account, imageKind: this.#imageKind }
    const annotation = readAnnotation(this.#element, slice, this.#notes, scope)
    if (annotation !== undefined) into.push(annotation)
  }
}
