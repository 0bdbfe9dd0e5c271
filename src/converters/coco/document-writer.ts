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
import { ListStream } from './list-stream.js'
import { PANOPTIC_KEYS } from './panoptic-look.js'
import type { OverlapChoice, PanopticPictures } from './panoptic-writer.js'
import type { Task } from './tasks.js'
import { type AnnotationScope, type WrittenAnnotation, writeAnnotation } from './write-annotation.js'
import { writeImage } from './write-image.js'
import { needsPixels, type SegmentationChoice } from './write-segmentation.js'
import { reserveImages, writeStray } from './write-stray.js'

const ROOT_KEYS: readonly string[] = ['info', 'images', 'annotations', 'categories']
const LISTS = ['images', 'annotations', 'categories'] as const

/** What all documents of a data set share. */
export interface DocumentOptions {
  /** Undefined: the file is the only one of its split. */
  readonly task: Task | undefined
  readonly choice: SegmentationChoice
  readonly categories: CategoryIds
  /** The highest annotation id that is going to come, as far as it is known. */
  readonly highestId: number
  readonly overlap: OverlapChoice
}

/** Writes one COCO document item by item. Items come with their annotations, the file wants them in two arrays. */
export class DocumentWriter {
  readonly #header: Header
  readonly #extra: ExtraFields | undefined
  readonly #keys: readonly string[]
  /** Images go straight to the file where nothing before them has to wait for the annotations. */
  readonly #direct: boolean
  readonly #file: ByteSink
  readonly #buffer = new TextBuffer()
  #begun = false
  readonly #spools: Readonly<Record<'images' | 'annotations', ScratchFile | undefined>>
  readonly #images: ListStream
  readonly #annotations: ListStream
  readonly #scope: AnnotationScope
  readonly #imageIds = new ArrayIds()
  readonly #context: Context
  /** Where the annotations of an image are one element and a picture. */
  readonly #panoptic: PanopticPictures | undefined
  readonly #task: Task | undefined
  /** Labels of what is in the file. */
  readonly #used = new Set<string>()
  #lastUsed: string | undefined

  private constructor(
    header: Header,
    extra: ExtraFields | undefined,
    keys: readonly string[],
    { task, choice, categories, highestId }: DocumentOptions,
    file: ByteSink,
    spools: { readonly images: ScratchFile | undefined; readonly annotations: ScratchFile },
    panoptic: PanopticPictures | undefined,
    context: Context,
  ) {
    this.#header = header
    this.#extra = extra
    this.#keys = keys
    this.#task = task
    this.#panoptic = panoptic
    this.#file = file
    this.#spools = spools
    this.#context = context
    this.#direct = spools.images === undefined
    this.#images = this.#direct ? new ListStream(file, this.#buffer) : new ListStream(spools.images ?? file)
    this.#annotations = new ListStream(spools.annotations)
    this.#scope = {
      choice,
      categories,
      ids: new ArrayIds(highestId),
      account: context.account,
    }
    reserveImages(header.strays, this.#imageIds)
    if (this.#direct) {
      const at = keys.indexOf('images')
      for (let i = 0; i < at; i++) this.#rootField(keys[i] as string)
      this.#key('images')
    }
  }

  static async open(
    tree: SinkTree,
    path: string,
    header: Header,
    extra: ExtraFields | undefined,
    options: DocumentOptions,
    context: Context,
  ): Promise<DocumentWriter> {
    const keys = rootKeys(header, extra, options)
    const [images, annotations, categories] = LISTS.map((key) => keys.indexOf(key)) as [number, number, number]
    // Categories may get key points from the annotations, so they are written after them whatever stands first.
    const direct = images < annotations && (images < categories || categories < 0)
    const { scratch } = context
    const file = await tree.create(path)
    const spools = { images: direct ? undefined : await scratch.create(), annotations: await scratch.create() }
    const panoptic = options.task === 'panoptic' ? await picturesOf(tree, path, extra, options, context) : undefined
    return new DocumentWriter(header, extra, keys, options, file, spools, panoptic, context)
  }

  /** @throws AnnotationError `size-unknown` where the item cannot be written without its size */
  check(item: Item): void {
    if (item.media.width !== undefined && item.media.height !== undefined) return
    this.#panoptic?.check(item)
    for (const annotation of item.annotations) if (needsPixels(annotation, this.#scope.choice)) requireSize(item)
  }

  /** `twins`: those that another file has too, with whether their geometry changed. */
  write(item: Item, twins?: ReadonlyMap<Annotation, boolean>): readonly Outcome[] | Promise<readonly Outcome[]> {
    // Before any id is taken, so that the item can come again with its size.
    this.check(item)
    const image = writeImage(item, this.#imageIds, this.#context.account)
    this.#images.add(image.text)
    if (this.#panoptic !== undefined) return this.#picture(this.#panoptic, item, image.id)
    const outcomes: Outcome[] = []
    for (const annotation of item.annotations) {
      const moved = twins?.get(annotation)
      const { text, outcome, inserts } = this.#written(annotation, item, image.id, moved)
      if (text !== undefined) this.#annotations.add(text, inserts)
      // Neighbours are often of one label, and a set costs more than a comparison.
      if (text !== undefined && annotation.label !== this.#lastUsed) {
        this.#lastUsed = annotation.label
        this.#used.add(annotation.label)
      }
      outcomes.push(outcome)
    }
    const pending = this.#flushFull()
    return pending === undefined ? outcomes : pending.then(() => outcomes)
  }

  async #picture(panoptic: PanopticPictures, item: Item, imageId: string): Promise<readonly Outcome[]> {
    const { text, outcomes } = await panoptic.write(item, imageId)
    this.#annotations.add(text)
    for (const [i, { label }] of item.annotations.entries())
      if (outcomes[i]?.effect !== 'dropped') this.#used.add(label)
    await this.#flushFull()
    return outcomes
  }

  /** One annotation that cannot be written does not keep the others from it. */
  #written(annotation: Annotation, item: Item, imageId: string, moved: boolean | undefined): WrittenAnnotation {
    try {
      return writeAnnotation(annotation, item, imageId, this.#scope, moved === undefined ? undefined : { moved })
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
    if (text !== undefined) this.#annotations.add(text)
    return outcome
  }

  async close(): Promise<void> {
    const at = this.#direct ? this.#keys.indexOf('images') + 1 : 0
    if (this.#direct) this.#buffer.append(this.#listEnd('images', this.#images.count))
    const keys = this.#keys.slice(at)
    // A file of a task without categories gets them as soon as something in it is of one.
    const { categories } = this.#scope
    if (!this.#keys.includes('categories') && categories.elements(this.#task, this.#used).length > 0)
      keys.push('categories')
    for (const key of keys) {
      if (key === 'images' || key === 'annotations') await this.#spooled(key)
      else this.#rootField(key)
    }
    this.#buffer.append(`${this.#begun ? '' : '{'}}\n`)
    await this.#buffer.flush(this.#file)
    await this.#file.close()
    await this.abort()
  }

  /** Frees the scratch space, also of a document that is not finished. */
  async abort(): Promise<void> {
    await this.#spools.images?.dispose()
    await this.#spools.annotations?.dispose()
  }

  #flushFull(): Promise<void> | undefined {
    const a = this.#images.flushFull()
    const b = this.#annotations.flushFull()
    return a === undefined && b === undefined ? undefined : Promise.all([a, b]).then(() => undefined)
  }

  async #spooled(key: 'images' | 'annotations'): Promise<void> {
    const list = key === 'images' ? this.#images : this.#annotations
    const spool = this.#spools[key]
    // A list the source does not have is not made up, such as the annotations of an image list.
    if (spool === undefined || (list.count === 0 && this.#extra?.keys.includes(key) === false)) return
    this.#key(key)
    await this.#buffer.flush(this.#file)
    await list.copy(spool, this.#file)
    this.#buffer.append(this.#listEnd(key, list.count))
  }

  #key(key: string): void {
    this.#buffer.append(`${this.#begun ? ',' : '{'}${jsonString(key)}:`)
    this.#begun = true
  }

  #rootField(key: string): void {
    this.#key(key)
    if (key === 'categories') this.#appendCategories()
    else this.#buffer.append(this.#field(key))
  }

  #appendCategories(): void {
    const list = new ListStream(this.#file, this.#buffer)
    for (const category of this.#scope.categories.elements(this.#task, this.#used)) list.add(category)
    this.#buffer.append(this.#listEnd('categories', list.count))
  }

  /** What stands after the last element; of a list without any it is the whole list, null where the source says so. */
  #listEnd(key: string, count: number): string {
    if (count > 0) return '\n]'
    return this.#extra?.fields.get(key) === 'null' ? 'null' : '[\n]'
  }

  #field(key: string): string {
    const { info } = this.#header
    if (key === 'info' && info !== undefined) return jsonText(info)
    // pycocotools' loadRes wants "info" to be there, whatever it holds.
    return this.#extra?.fields.get(key) ?? '{}'
  }
}

async function picturesOf(
  tree: SinkTree,
  path: string,
  extra: ExtraFields | undefined,
  { categories, overlap }: DocumentOptions,
  { account, deflate }: Context,
): Promise<PanopticPictures> {
  const { PanopticPictures } = await import('./panoptic-writer.js')
  const text = extra?.fields.get(PANOPTIC_KEYS)
  const said: unknown = text === undefined ? undefined : JSON.parse(text)
  const keys = Array.isArray(said) ? said.map(String) : undefined
  return new PanopticPictures(tree, path, keys, categories, account, overlap, deflate)
}

/** The keys of the root in their order. */
function rootKeys(
  header: Header,
  extra: ExtraFields | undefined,
  { task, categories }: DocumentOptions,
): readonly string[] {
  const keys = [...(extra?.keys ?? ROOT_KEYS)]
  if (header.info !== undefined && !keys.includes('info')) keys.unshift('info')
  for (const key of LISTS) {
    const wanted =
      key !== 'categories' || extra === undefined || header.labels.labels.some((label) => categories.isIn(label, task))
    if (wanted && !keys.includes(key)) keys.push(key)
  }
  return keys
}
