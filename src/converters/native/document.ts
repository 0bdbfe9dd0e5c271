import { type Account, SILENT } from '../../dataset/account.js'
import type { Dataset } from '../../dataset/dataset.js'
import { memoryScratch, memorySink, memoryTree } from '../../memory.js'
import type { Context, Policy } from '../format.js'
import { Ledger } from '../ledger.js'
import { openNative } from './reader.js'
import { createNative, FILE_NAME } from './writer.js'

/**
 * A data set as the text of a native file.
 * @param account is told about the rare value JSON has no word for; nobody is by default.
 * @throws AnnotationError what the data set throws.
 * @example const text = await nativeText(createDataset({ items }))
 */
export async function nativeText(dataset: Dataset, account: Account = SILENT): Promise<string> {
  const tree = memorySink()
  const context: Context = { policy: 'lenient', account, scratch: memoryScratch() }
  const sink = await createNative(tree, dataset.header, context)
  for await (const item of dataset.items(account)) await sink.write(item)
  await sink.close()
  return tree.text(FILE_NAME)
}

export interface ParseNativeOptions {
  /** Default `strict`: whoever reads a file this library wrote wants to know that it is whole. */
  readonly policy?: Policy | undefined
  /** Told about problems, while parsing and by `items()` without an account. Default: a ledger of the policy. */
  readonly account?: Account | undefined
  /** What to call the text in messages. */
  readonly name?: string | undefined
}

/**
 * A data set from the text (or UTF-8 bytes) of a native file, item by item as they are asked for.
 * @throws AnnotationError `not-this-format`, `empty-input`, `unsupported-version`, `json-syntax`; `items()` throws what
 * the policy does not let pass.
 * @example for await (const item of (await parseNative(text)).items()) draw(item)
 */
export async function parseNative(text: string | Uint8Array, options: ParseNativeOptions = {}): Promise<Dataset> {
  const { policy = 'strict', name = FILE_NAME } = options
  const account = options.account ?? new Ledger(policy)
  const dataset = await openNative(memoryTree({ [name]: text }), { policy, account, scratch: memoryScratch() })
  return { header: dataset.header, items: (given = account) => dataset.items(given), close: () => dataset.close() }
}
