import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import type { Context } from '../format.js'
import type { Batch, Slice } from './batch.js'
import type { Document } from './document.js'
import { DocumentReader } from './document-reader.js'
import { finiteJson } from './finite-json.js'
import { joined } from './join.js'
import type { GeometryChoice } from './keypoints.js'
import { IN_TASKS, inTasks } from './tasks.js'

const BATCH = 1 << 24

/** How items are read. */
export interface ReadingOptions {
  /** Bytes of elements that are held at a time; what is read is the same for all values. */
  readonly batchBytes?: number | undefined
  readonly geometry?: GeometryChoice | undefined
}

/** The images of a batch as one more document has them. */
interface Others {
  readonly reader: DocumentReader
  /** Its numbers of the images of the batch. */
  readonly numbers: ReadonlyMap<number, number>
  readonly images: Batch
  readonly annotations: Batch
}

const KEPT_TWIN = { effect: 'kept', subject: 'annotation', reason: 'one object with that of another file' } as const

/**
 * Reads the items of the documents of a split in order, a batch of images with all their annotations at a time. The images
 * of the first document come first; what others say about them is merged by image id, and images of theirs follow.
 */
export class ItemReader {
  readonly #readers: readonly DocumentReader[]
  readonly #account: Account
  readonly #batchBytes: number

  constructor(
    documents: readonly Document[],
    context: Context,
    account: Account,
    { batchBytes = BATCH, geometry = 'auto' }: ReadingOptions,
  ) {
    this.#account = account
    this.#batchBytes = batchBytes
    this.#readers = documents.map((document) => new DocumentReader(document, context, account, geometry))
  }

  async *items(): AsyncGenerator<Item> {
    for (const [n, reader] of this.#readers.entries()) {
      const numbers = n === 0 ? undefined : this.#newIn(n)
      const count = numbers?.length ?? reader.document.index.imageCount
      const at = (i: number): number => (numbers === undefined ? i : (numbers[i] as number))
      for (let first = 0; first < count; ) {
        let bytes = 0
        let next = first
        for (; next < count; next++) {
          bytes += reader.bytesOf(at(next))
          if (bytes > this.#batchBytes && next > first) break
        }
        yield* this.#batch(
          n,
          Uint32Array.from({ length: next - first }, (_, i) => at(first + i)),
        )
        first = next
      }
    }
  }

  /** Images of a document that no document before it has, ascending. */
  #newIn(n: number): Uint32Array {
    const before = this.#readers.slice(0, n).map(({ document }) => document.index)
    const { index } = (this.#readers[n] as DocumentReader).document
    const known = new Set<number>()
    for (const [name, number] of index.imageNames())
      if (before.some((other) => other.imageNamed(name) !== undefined)) known.add(number)
    return Uint32Array.from({ length: index.imageCount }, (_, i) => i).filter((i) => !known.has(i))
  }

  async *#batch(n: number, numbers: Uint32Array): AsyncGenerator<Item> {
    const reader = this.#readers[n] as DocumentReader
    const images = await reader.readImages(numbers)
    const annotations = await reader.readAnnotations(numbers)
    const others: Others[] = []
    for (const other of this.#readers.slice(n + 1)) others.push(await othersOf(reader, numbers, images, other))
    for (const i of numbers) {
      const slice = images.slice(i)
      const read = reader.image(i, slice)
      if (read === undefined) continue // reported where it was read
      const { item, image } = read
      const own = image === undefined ? [] : reader.annotations(i, image, annotations)
      if (this.#readers.length === 1) yield own.length === 0 ? item : item.with({ annotations: own })
      else yield this.#merged(item, own, reader, slice, i, others)
    }
  }

  /** The item with what the other documents have of it. */
  #merged(
    item: Item,
    own: readonly Annotation[],
    reader: DocumentReader,
    slice: Slice,
    i: number,
    others: readonly Others[],
  ): Item {
    const tasks: string[] = [reader.document.file.task]
    const texts = new Map<string, string>()
    let annotations = own
    for (const { reader: other, numbers, images, annotations: batch } of others) {
      const number = numbers.get(i)
      if (number === undefined) continue // not in that file
      const { task } = other.document.file
      tasks.push(task)
      const element = images.slice(number)
      if (!sameBytes(slice, element)) {
        const { bytes, start, end, base } = element
        texts.set(task, finiteJson(bytes, start, end, { file: other.document.source.name, base }).text)
      }
      const image = other.image(number, element)?.image
      const more = image === undefined ? [] : other.annotations(number, image, batch)
      const { annotations: all, twins } =
        task === 'person_keypoints'
          ? joined(annotations, reader.document.file.task, more, task)
          : { annotations: [...annotations, ...more], twins: [] }
      for (const { place } of twins) this.#account.drop(KEPT_TWIN, place)
      annotations = all
    }
    if (tasks.length === this.#readers.length && texts.size === 0) return item.with({ annotations })
    const extra = new Map([...(item.extra ?? []), [IN_TASKS, inTasks(tasks, texts)]])
    const { raw } = item
    return item.with({ annotations, extra, raw })
  }
}

async function othersOf(
  reader: DocumentReader,
  numbers: Uint32Array,
  images: Batch,
  other: DocumentReader,
): Promise<Others> {
  const found = new Map<number, number>()
  for (const i of numbers) {
    const name = reader.nameOf(i, images.slice(i))
    const number = name === undefined ? undefined : other.document.index.imageNamed(name)
    if (number !== undefined) found.set(i, number)
  }
  const theirs = Uint32Array.from(found.values()).sort()
  return {
    reader: other,
    numbers: found,
    images: await other.readImages(theirs),
    annotations: await other.readAnnotations(theirs),
  }
}

function sameBytes(a: Slice, b: Slice): boolean {
  if (a.end - a.start !== b.end - b.start) return false
  for (let i = 0; i < a.end - a.start; i++) if (a.bytes[a.start + i] !== b.bytes[b.start + i]) return false
  return true
}
