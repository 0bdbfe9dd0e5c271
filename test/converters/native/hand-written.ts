import type { Policy } from '../../../src/converters/format.js'
import { parseNative } from '../../../src/converters/native/index.js'
import type { Item } from '../../../src/dataset/item.js'
import { recordingAccount } from './recording-account.js'

/** A first line that says nothing. */
export const FIRST = '{"annoform":1,"header":{}}'
/** A whole annotation. */
export const POINT = '{"definition":{"type":"point","label":"p","x":1,"y":2}}'

/** An item of 64 × 40 pixels with these annotations. */
export function itemLine(...annotations: string[]): string {
  return `{"id":1,"path":"a.jpg","media":{"kind":"image","width":64,"height":40},"annotations":[${annotations.join(',')}]}`
}

/** All items, and what the account was told. */
export async function readAll(
  text: string | Uint8Array,
  policy: Policy,
): Promise<{ items: Item[]; log: readonly string[] }> {
  const account = recordingAccount()
  const dataset = await parseNative(text, { policy, account, name: 'a.jsonl' })
  const items: Item[] = []
  for await (const item of dataset.items()) items.push(item)
  return { items, log: account.log }
}

/** Reads with the default account, which stops at the first problem. */
export async function strictly(text: string | Uint8Array): Promise<void> {
  for await (const _ of (await parseNative(text, { name: 'a.jsonl' })).items());
}
