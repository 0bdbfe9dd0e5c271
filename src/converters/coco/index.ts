import type { Dataset } from '../../dataset/dataset.js'
import { memoryScratch, memorySink, memoryTree } from '../../memory.js'
import { convertDataset, type Report } from '../convert.js'
import type { Context, Policy } from '../format.js'
import { Ledger } from '../ledger.js'
import { OpeningAccount } from '../opening.js'
import { coco } from './format.js'
import { openCoco } from './reader.js'
import type { SegmentationChoice } from './write-segmentation.js'

export type { SegmentationChoice } from './write-segmentation.js'
export { coco }

export interface ParseCocoOptions {
  /** What to call the document in messages. */
  readonly name?: string | undefined
  readonly policy?: Policy | undefined
  /** Told about what is met while the document is opened; give it to `items` too, to have all in one account. */
  readonly ledger?: Ledger | undefined
}

/**
 * A data set from the text of one COCO document. Works without files, in a browser too.
 * @throws AnnotationError `json-syntax` with line and column, `not-this-format`; under `strict` the first problem
 * @example const dataset = await parseCoco('{"images":[],"annotations":[],"categories":[]}')
 */
export async function parseCoco(document: string | Uint8Array, options: ParseCocoOptions = {}): Promise<Dataset> {
  const { name = 'document.json', policy = 'lenient', ledger = new Ledger(policy) } = options
  const opening = new OpeningAccount(ledger)
  const context: Context = { policy, account: opening, scratch: memoryScratch() }
  const dataset = opening.replayed(await openCoco(memoryTree({ [name]: document }), context))
  // The policy holds for a reading without an account too.
  return { ...dataset, items: (account = new Ledger(policy)) => dataset.items(account) }
}

export interface CocoDocumentOptions {
  readonly segmentation?: SegmentationChoice | undefined
  readonly policy?: Policy | undefined
  /** Write every element afresh. */
  readonly rewrite?: boolean | undefined
}

/** A COCO document and the account of what went into it. */
export interface CocoDocument {
  readonly text: string
  readonly report: Report
}

/**
 * One COCO document from a data set; all splits go into it.
 * @throws AnnotationError `size-unknown` where pixels are needed, and what the source throws
 */
export async function cocoDocument(dataset: Dataset, options: CocoDocumentOptions = {}): Promise<CocoDocument> {
  const { segmentation, policy, rewrite } = options
  const tree = memorySink()
  const report = await convertDataset(inOneSplit(dataset), {
    to: coco,
    tree,
    policy,
    rewrite,
    options: { segmentation, document: 'single' },
  })
  return { text: tree.text('annotations/instances.json'), report }
}

function inOneSplit(dataset: Dataset): Dataset {
  return {
    ...dataset,
    header: { ...dataset.header, splits: [] },
    async *items(account) {
      for await (const item of dataset.items(account)) yield item.with({ split: undefined })
    },
  }
}
