import type { Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Header, Stray } from '../../dataset/dataset.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { Item } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import type { ByteSink, ScratchFile, SinkTree } from '../../ports.js'
import { jsonString, jsonText, TextBuffer } from '../../text/json-write.js'
import type { Context } from '../format.js'
import { requireSize } from '../sizes.js'
import type { CategoryIds } from './category-ids.js'
import { ArrayIds } from './ids.js'
import { type AnnotationScope, type WrittenAnnotation, writeAnnotation } from './write-annotation.js'
import { writeImage } from './write-image.js'
import { needsPixels, type SegmentationChoice } from './write-segmentation.js'
import { reserveImages, writeStray } from './write-stray.js'

const ROOT_KEYS: readonly string[] = ['info', 'images', 'annotations', 'categories']
const COPY = 1 << 20

/** What all documents of a data set share. */
export interface DocumentOptions {
  readonly choice: SegmentationChoice
  readonly categories: CategoryIds
  /** The highest annotation id that is going to come, as far as it is known. */
  readonly highestId: number
}

/** One of the two big arrays while it grows: the first goes straight to the file, the second to scratch space. */
interface Stream {
  readonly buffer: TextBuffer
  readonly sink: ByteSink
  count: number
}

/** Writes one COCO document item by item. Items come with their annotations, the file wants them in two arrays. */
export class DocumentWriter {
  readonly #header: Header
  readonly #extra: ExtraFields | undefined
  readonly #keys: readonly string[]
  readonly #first: 'images' | 'annotations'
  readonly #file: ByteSink
  readonly #spool: ScratchFile
  readonly #images: Stream
  readonly #annotations: Stream
  readonly #scope: AnnotationScope
  readonly #imageIds = new ArrayIds()
  readonly #context: Context

  private constructor(
    header: Header,
    extra: ExtraFields | undefined,
    { choice, categories, highestId }: DocumentOptions,
    file: ByteSink,
    spool: ScratchFile,
    context: Context,
  ) {
    this.#header = header
    this.#extra = extra
    this.#file = file
    this.#spool = spool
    this.#context = context
    const keys = [...(extra?.keys ?? ROOT_KEYS)]
    if (header.info !== undefined && !keys.includes('info')) keys.unshift('info')
    for (const key of ['images', 'annotations', 'categories']) {
      const wanted =
        key !== 'categories' || extra === undefined || header.labels.labels.some((label) => label.declared !== false)
      if (wanted && !keys.includes(key)) keys.push(key)
    }
    this.#keys = keys
    this.#first = keys.indexOf('images') < keys.indexOf('annotations') ? 'images' : 'annotations'
    const direct: Stream = { buffer: new TextBuffer(), sink: file, count: 0 }
    const spooled: Stream = { buffer: new TextBuffer(), sink: spool, count: 0 }
    this.#images = this.#first === 'images' ? direct : spooled
    this.#annotations = this.#first === 'images' ? spooled : direct
    this.#scope = {
      choice,
      categories,
      ids: new ArrayIds(highestId),
      account: context.account,
    }
    reserveImages(header.strays, this.#imageIds)
    direct.buffer.append('{')
    this.#rootFields(direct.buffer, 0, keys.indexOf(this.#first))
    direct.buffer.append(`${keys.indexOf(this.#first) === 0 ? '' : ','}${jsonString(this.#first)}:`)
  }

  static async open(
    tree: SinkTree,
    path: string,
    header: Header,
    extra: ExtraFields | undefined,
    options: DocumentOptions,
    context: Context,
  ): Promise<DocumentWriter> {
    return new DocumentWriter(header, extra, options, await tree.create(path), await context.scratch.create(), context)
  }

  write(item: Item): readonly Outcome[] | Promise<readonly Outcome[]> {
    // Before any id is taken, so that the item can come again with its size.
    if (item.media.width === undefined || item.media.height === undefined) {
      for (const annotation of item.annotations) if (needsPixels(annotation, this.#scope.choice)) requireSize(item)
    }
    const image = writeImage(item, this.#imageIds, this.#context.account)
    element(this.#images, image.text)
    const outcomes: Outcome[] = []
    for (const annotation of item.annotations) {
      const { text, outcome } = this.#written(annotation, item, image.id)
      if (text !== undefined) element(this.#annotations, text)
      outcomes.push(outcome)
    }
    const pending = this.#flushFull()
    return pending === undefined ? outcomes : pending.then(() => outcomes)
  }

  /** One annotation that cannot be written does not keep the others from it. */
  #written(annotation: Annotation, item: Item, imageId: string): WrittenAnnotation {
    try {
      return writeAnnotation(annotation, item, imageId, this.#scope)
    } catch (error) {
      if (!(error instanceof AnnotationError) || error.code === 'size-unknown') throw error
      const { code, reason, expected, got, fix } = error
      const place = { ...(annotation.place ?? item.place), ...error.place }
      this.#context.account.problem({ code, message: reason, expected, got, fix, place, lossy: true })
      return { text: undefined, outcome: { effect: 'dropped', subject: annotation.type, reason: 'invalid' } }
    }
  }

  /** An annotation without an image. */
  stray(stray: Stray): Outcome {
    const { text, outcome } = writeStray(stray, { ...this.#scope, imageIds: this.#imageIds })
    if (text !== undefined) element(this.#annotations, text)
    return outcome
  }

  async close(): Promise<void> {
    const spooled = this.#first === 'images' ? this.#annotations : this.#images
    const direct = this.#first === 'images' ? this.#images : this.#annotations
    const second = this.#first === 'images' ? 'annotations' : 'images'
    await spooled.buffer.flush(spooled.sink)
    direct.buffer.append(this.#listEnd(this.#first, direct))
    const from = this.#keys.indexOf(this.#first) + 1
    const at = this.#keys.indexOf(second)
    this.#rootFields(direct.buffer, from, at)
    // A list the source does not have is not made up, such as the annotations of an image list.
    if (spooled.count > 0 || this.#extra?.keys.includes(second) !== false) {
      direct.buffer.append(`,${jsonString(second)}:`)
      await direct.buffer.flush(this.#file)
      await this.#copySpool()
      direct.buffer.append(this.#listEnd(second, spooled))
    }
    this.#rootFields(direct.buffer, at + 1, this.#keys.length)
    direct.buffer.append('}\n')
    await direct.buffer.flush(this.#file)
    await this.#file.close()
    await this.#spool.dispose()
  }

  /** Frees the scratch space of a document that is not finished. */
  abort(): Promise<void> {
    return this.#spool.dispose()
  }

  #flushFull(): Promise<void> | undefined {
    const a = this.#images.buffer.flushFull(this.#images.sink)
    const b = this.#annotations.buffer.flushFull(this.#annotations.sink)
    return a === undefined && b === undefined ? undefined : Promise.all([a, b]).then(() => undefined)
  }

  /** The root fields from one key to before another, each with the comma before it but the very first. */
  #rootFields(buffer: TextBuffer, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const key = this.#keys[i] as string
      buffer.append(`${i === 0 ? '' : ','}${jsonString(key)}:`)
      if (key === 'categories') this.#appendCategories(buffer)
      else buffer.append(this.#field(key))
    }
  }

  #appendCategories(buffer: TextBuffer): void {
    const stream: Stream = { buffer, sink: this.#file, count: 0 }
    for (const category of this.#scope.categories.elements()) element(stream, category)
    buffer.append(this.#listEnd('categories', stream))
  }

  /** What stands after the last element; of a list without any it is the whole list, null where the source says so. */
  #listEnd(key: string, { count }: Stream): string {
    if (count > 0) return '\n]'
    return this.#extra?.fields.get(key) === 'null' ? 'null' : '[\n]'
  }

  #field(key: string): string {
    const { info } = this.#header
    if (key === 'info' && info !== undefined) return jsonText(info)
    // pycocotools' loadRes wants "info" to be there, whatever it holds.
    return this.#extra?.fields.get(key) ?? '{}'
  }

  async #copySpool(): Promise<void> {
    await this.#spool.close()
    const source = await this.#spool.source()
    const window = new Uint8Array(Math.min(COPY, Math.max(1, source.size)))
    for (let offset = 0; offset < source.size; ) {
      const read = source.readSync?.(offset, window) ?? (await source.read(offset, window))
      if (read === 0) break
      await this.#file.write(window.subarray(0, read))
      offset += read
    }
    await source.close()
  }
}

/** Appends one element on a line of its own; the first one begins the list. */
function element(stream: Stream, text: string | Uint8Array): void {
  stream.buffer.append(stream.count++ === 0 ? '[\n' : ',\n')
  if (typeof text === 'string') stream.buffer.append(text)
  else stream.buffer.appendBytes(text)
}
