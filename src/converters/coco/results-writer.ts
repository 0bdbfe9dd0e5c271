import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Stray } from '../../dataset/dataset.js'
import type { Item } from '../../dataset/item.js'
import { AnnotationError } from '../../errors.js'
import type { ByteSink, SinkTree } from '../../ports.js'
import { encodeUtf8 } from '../../text/decode.js'
import { numberText } from '../../text/json-number.js'
import { jsonString } from '../../text/json-write.js'
import type { Context } from '../format.js'
import { requireSize } from '../sizes.js'
import type { CategoryIds } from './category-ids.js'
import { ArrayIds } from './ids.js'
import { keypointsText } from './keypoints.js'
import { ListStream } from './list-stream.js'
import { reportUnsaid } from './losses.js'
import { elementText, idsIn } from './raw-names.js'
import { type AnnotationScope, type WrittenAnnotation, writeAnnotation } from './write-annotation.js'
import { needsPixels, writeSegmentation } from './write-segmentation.js'

/** What a list of results says of an annotation; everything else is entered as dropped. */
const SAID: ReadonlySet<string> = new Set(['score'])

const BY_NUMBER: Outcome = Object.freeze({ effect: 'derived', subject: 'pose', reason: 'its key points by number' })

/** Writes a bare list of results: no images, no categories, masks as compressed run lengths. */
export class ResultsWriter {
  readonly #file: ByteSink
  readonly #list: ListStream
  readonly #categories: CategoryIds
  readonly #account: Account
  readonly #imageIds = new ArrayIds()
  /** The source was such a list too, so that its elements can be copied. */
  readonly #copies: boolean
  readonly #scope: AnnotationScope

  private constructor(file: ByteSink, categories: CategoryIds, account: Account, copies: boolean) {
    this.#file = file
    this.#list = new ListStream(file)
    this.#categories = categories
    this.#account = account
    this.#copies = copies
    this.#scope = { choice: 'auto', categories, ids: new ArrayIds(), account }
  }

  static async open(
    tree: SinkTree,
    path: string,
    { categories, copies }: { readonly categories: CategoryIds; readonly copies: boolean },
    { account }: Context,
  ): Promise<ResultsWriter> {
    return new ResultsWriter(await tree.create(path), categories, account, copies)
  }

  /** @throws AnnotationError `size-unknown` */
  check(item: Item): void {
    if (item.media.width !== undefined && item.media.height !== undefined) return
    for (const annotation of item.annotations) if (needsPixels(annotation, 'rle-string')) requireSize(item)
  }

  write(item: Item): readonly Outcome[] | Promise<readonly Outcome[]> {
    this.check(item)
    const id = this.#imageId(item)
    const outcomes: Outcome[] = []
    for (const annotation of item.annotations) {
      const { text, outcome } = this.#written(annotation, item, id)
      if (text !== undefined) this.#list.add(text)
      outcomes.push(outcome)
    }
    const pending = this.#list.flushFull()
    return pending === undefined ? outcomes : pending.then(() => outcomes)
  }

  stray({ raw, reason, label }: Stray): Outcome {
    const text = this.#copies ? elementText(raw) : undefined
    const known = label === undefined || this.#categories.has(label)
    if (text === undefined || !known || this.#imageIds.has(idsIn(text).image ?? { text: '', kind: 'string' }))
      return { effect: 'dropped', subject: 'annotation', reason }
    this.#list.add(text)
    return { effect: 'kept', subject: 'annotation', reason }
  }

  async close(): Promise<void> {
    if (this.#list.count === 0) this.#list.add('')
    await this.#list.flush()
    await this.#file.write(encodeUtf8('\n]\n'))
    await this.#file.close()
    if (this.#copies) return
    const { count } = this.#categories
    const loss = { level: 'header', effect: 'dropped', reason: 'results have no categories' } as const
    if (count > 0) this.#account.field({ ...loss, subject: 'category names', count })
  }

  abort(): Promise<void> {
    return Promise.resolve()
  }

  #imageId(item: Item): string {
    const { text = 'null', reason } = this.#imageIds.settle(item.id, item.extra?.get('coco'), true)
    const { place } = item
    const field = { level: 'item', place } as const
    if (reason !== undefined) this.#account.field({ ...field, effect: 'defaulted', subject: 'image id', reason })
    if (!this.#copies)
      this.#account.field({ ...field, effect: 'dropped', subject: 'path and size', reason: 'results have no images' })
    return text
  }

  #written(annotation: Annotation, item: Item, imageId: string): WrittenAnnotation {
    const { definition, label, place } = annotation
    const subject = definition.type
    const known = this.#categories.idOf(label)
    const dropped = (reason: string): WrittenAnnotation => ({
      text: undefined,
      outcome: { effect: 'dropped', subject, reason },
    })
    if (known === undefined && this.#categories.has(label) && subject !== 'text')
      return dropped('its category has no id')
    try {
      // What was read from such a list goes back as any element of COCO does.
      if (this.#copies && annotation.extra?.has('coco') === true)
        return writeAnnotation(annotation, item, imageId, this.#scope)
      const value = memberOf(annotation, item)
      if (value === undefined) return dropped('COCO has no place for it')
      const alone = this.#categories.isBare(annotation)
      const category = alone ? undefined : (known ?? this.#categories.idFor(label, place ?? item.place))
      if (category === undefined && subject !== 'text') return dropped('its label is not in the label table')
      const { score } = annotation
      const said = score !== undefined && Number.isFinite(score)
      if (!said)
        this.#account.field({
          level: 'field',
          effect: 'defaulted',
          subject: 'score',
          reason: 'results demand one',
          place,
        })
      reportUnsaid(annotation, SAID, 'results have no place for it', this.#account)
      const named = category === undefined ? '' : `,"category_id":${category}`
      const text = `{"image_id":${imageId}${named},${value.text},"score":${said ? numberText(score) : 1}}`
      return { text, outcome: value.outcome }
    } catch (error) {
      if (!(error instanceof AnnotationError) || error.code === 'size-unknown') throw error
      const { code, reason, expected, got } = error
      this.#account.problem({ code, message: reason, expected, got, place, lossy: true })
      return dropped('invalid')
    }
  }
}

/** The key and value a result has for a definition. */
function memberOf({ definition, extra }: Annotation, item: Item): { text: string; outcome: Outcome } | undefined {
  const { type } = definition
  if (type === 'text')
    return { text: `"caption":${jsonString(definition.text)}`, outcome: { effect: 'kept', subject: type } }
  if (type === 'pose') {
    const { points } = definition
    if (definition.bounds === null) return undefined
    const numbered = points.every(({ name }, i) => name === String(i + 1))
    const outcome: Outcome = numbered ? { effect: 'kept', subject: type } : BY_NUMBER
    return { text: `"keypoints":${keypointsText(points)}`, outcome }
  }
  const written = writeSegmentation(definition, 'rle-string', extra?.get('coco')?.form, item)
  if (written === undefined) return undefined
  if (written.text !== '[]') return { text: `"segmentation":${written.text}`, outcome: written.outcome }
  const { bounds } = definition
  if (bounds === null) return undefined
  const { left, top, right, bottom } = bounds
  const box = [left, top, right - left, bottom - top].map(numberText)
  return { text: `"bbox":[${box.join()}]`, outcome: written.outcome }
}
