import { type CocoReading, openCoco } from '../../../src/converters/coco/reader.js'
import type { SegmentationChoice } from '../../../src/converters/coco/write-segmentation.js'
import type { DocumentChoice } from '../../../src/converters/coco/writer.js'
import { convertDataset, type Report } from '../../../src/converters/convert.js'
import type { Policy } from '../../../src/converters/format.js'
import { Ledger } from '../../../src/converters/ledger.js'
import { formatById } from '../../../src/converters/registry.js'
import type { Annotation } from '../../../src/dataset/annotation.js'
import type { Dataset } from '../../../src/dataset/dataset.js'
import type { Item } from '../../../src/dataset/item.js'
import { AnnotationError } from '../../../src/errors.js'
import { memoryScratch, memorySink, memorySource, memoryTree } from '../../../src/memory.js'
import type { SourceTree } from '../../../src/ports.js'
import { arranged, cocoDocumentOf, withoutAddedLists } from '../../conformance/coco-document.js'
import { jsonDifference, type Strictness } from '../../conformance/json-difference.js'
import { elementsOf, type JsonNode, member, readJsonText } from '../../conformance/json-text.js'

/** JSON texts of the elements of a document; what is absent is taken from {@link PLAIN}. */
export interface Elements {
  readonly images?: readonly string[]
  readonly annotations?: readonly string[]
  readonly categories?: readonly string[]
}

const PLAIN = {
  images: ['{"id":1,"width":64,"height":40,"file_name":"one.jpg"}'],
  annotations: [],
  categories: ['{"id":1,"name":"cat"}', '{"id":2,"name":"dog"}'],
} as const

/** The text of a document with images, annotations, categories in this order. Every element stands on a line of its own. */
export function documentText(elements: Elements): string {
  const { images, annotations, categories } = { ...PLAIN, ...elements }
  const list = (key: string, texts: readonly string[]): string => `"${key}":[\n${texts.join(',\n')}\n]`
  return `{${list('images', images)},${list('annotations', annotations)},${list('categories', categories)}}`
}

/** A document with one image of 64 × 40, the categories cat and dog, and one annotation with these fields beside its ids. */
export function withAnnotation(...fields: readonly string[]): string {
  const ids = [
    ['id', '"id":1'],
    ['image_id', '"image_id":1'],
    ['category_id', '"category_id":1'],
  ] as const
  const texts = ids.filter(([key]) => !fields.some((field) => field.startsWith(`"${key}":`))).map(([, text]) => text)
  return documentText({ annotations: [`{${[...texts, ...fields].join(',')}}`] })
}

/** The document without the size of its image, for masks of any size. */
export function unsized(document: string): string {
  return document.replace('"width":64,"height":40,', '')
}

export interface ReadDocument {
  readonly dataset: Dataset
  readonly items: readonly Item[]
  /** Of all items. */
  readonly annotations: readonly Annotation[]
  readonly ledger: Ledger
}

export type Files = Readonly<Record<string, string | Uint8Array>>

/** Reads a document, or the documents of a tree, and everything in it. */
export async function readDocument(
  document: string | Uint8Array | Files,
  policy: Policy = 'lenient',
  sizes: CocoReading = {},
  tree: SourceTree = treeOf(document),
): Promise<ReadDocument> {
  const ledger = new Ledger(policy)
  const dataset = await openCoco(tree, { policy, account: ledger, scratch: memoryScratch() }, sizes)
  const items: Item[] = []
  for await (const item of dataset.items(ledger)) items.push(item)
  return { dataset, items, annotations: items.flatMap((item) => item.annotations), ledger }
}

export function treeOf(document: string | Uint8Array | Files): SourceTree {
  return memoryTree(typeof document === 'string' || document instanceof Uint8Array ? { 'a.json': document } : document)
}

/** The only annotation of a document. */
export async function onlyAnnotation(document: string, policy: Policy = 'lenient'): Promise<Annotation> {
  const { annotations } = await readDocument(document, policy)
  const [annotation] = annotations
  if (annotation === undefined || annotations.length > 1) throw new Error(`${annotations.length} annotations`)
  return annotation
}

export interface WriteOptions {
  readonly policy?: Policy
  readonly rewrite?: boolean
  readonly segmentation?: SegmentationChoice
  readonly document?: DocumentChoice
  readonly change?: (dataset: Dataset) => Dataset
}

export interface Written {
  /** Of the only document. */
  readonly text: string
  readonly files: ReadonlyMap<string, string>
  readonly report: Report
}

/** Converts a document, or the documents of a tree, to COCO. */
export async function convertDocument(
  document: string | Uint8Array | Files,
  options: WriteOptions = {},
): Promise<Written> {
  const { policy = 'lenient', change = (dataset) => dataset } = options
  const ledger = new Ledger(policy)
  const dataset = await openCoco(treeOf(document), { policy, account: ledger, scratch: memoryScratch() })
  return writeDataset(change(dataset), { ...options, ledger })
}

/** Writes a data set as COCO. */
export async function writeDataset(
  dataset: Dataset,
  {
    policy = 'lenient',
    rewrite,
    segmentation,
    document,
    ledger,
  }: Omit<WriteOptions, 'change'> & { readonly ledger?: Ledger } = {},
): Promise<Written> {
  const tree = memorySink('out')
  const report = await convertDataset(dataset, {
    to: formatById('coco'),
    tree,
    policy,
    rewrite,
    ledger,
    options: { segmentation, document },
  })
  const files = new Map([...tree.files.keys()].map((path) => [path, tree.text(path)]))
  return { text: [...files.values()][0] ?? '', files, report }
}

/** The first difference between a document and what became of it, judged by a reader of JSON that is not the library's. */
export function difference(source: string, written: string, strictness: Strictness): string | undefined {
  const [before, after] = [readJsonText(source), readJsonText(written)]
  return jsonDifference(arranged(cocoDocumentOf(before)), withoutAddedLists(after, before), strictness)
}

/** The first difference between a document and its conversion to COCO, verbatim and rewritten; undefined when there is none. */
export async function identityDifference(source: string): Promise<string | undefined> {
  const plain = await convertDocument(source)
  const rewritten = await convertDocument(source, { rewrite: true })
  return difference(source, plain.text, 'text') ?? difference(source, rewritten.text, 'value')
}

/** JSON texts of the elements of one list of a document, by a reader that is not the library's. */
export function texts(document: string, key: 'images' | 'annotations' | 'categories'): readonly string[] {
  return elementsOf(readJsonText(document), key).map(textOfNode)
}

/** The JSON text of a member of an element. */
export function memberText(element: string | undefined, key: string): string | undefined {
  const node = element === undefined ? undefined : member(readJsonText(element), key)
  return node === undefined ? undefined : textOfNode(node)
}

function textOfNode(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members.map(({ key, value }) => `${JSON.stringify(key)}:${textOfNode(value)}`).join(',')}}`
    case 'array':
      return `[${node.elements.map(textOfNode).join(',')}]`
    case 'string':
      return JSON.stringify(node.value)
    default:
      return node.text
  }
}

/** Problems as `code: message @ places`, with ` (lossy)` where something was left out. */
export function problemLines({ problems }: { readonly problems: Ledger['problems'] }): readonly string[] {
  return problems.map(({ code, message, lossy, count, places }) => {
    const times = count === 1 ? '' : ` ×${count}`
    return `${code}: ${message}${times}${lossy ? ' (lossy)' : ''} @ ${places.join(', ')}`
  })
}

/** Ledger entries as `level effect subject: reason ×count`. */
export function entryLines({ entries }: { readonly entries: Ledger['entries'] }): readonly string[] {
  return entries.map(
    ({ level, effect, subject, reason, count }) =>
      `${level} ${effect} ${subject}${reason === undefined ? '' : `: ${reason}`} ×${count}`,
  )
}

/** The error something fails with. */
export async function failureOf(work: Promise<unknown>): Promise<AnnotationError> {
  try {
    await work
  } catch (error) {
    if (error instanceof AnnotationError) return error
    throw error
  }
  throw new Error('this did not fail')
}

/** A tree whose files cannot be read synchronously, and give at most `most` bytes at a time. */
export function slowTree(files: Files, most = 7): SourceTree {
  const tree = memoryTree(files)
  return {
    ...tree,
    async open(path) {
      const source = memorySource(files[path] ?? '', path)
      return {
        name: path,
        size: source.size,
        read: async (offset, target) => source.read(offset, target.subarray(0, most)),
        close: () => source.close(),
      }
    },
  }
}
