import type { Account } from '../../dataset/account.js'
import type { Stray } from '../../dataset/dataset.js'
import type { ByteSource } from '../../ports.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { checkJson } from '../../text/json-value.js'
import { Batch } from './batch.js'
import type { DocumentIndex } from './document-index.js'
import { placeOf } from './notes.js'

/**
 * The annotations of a document whose image is not in it, in their own text. One that could not be written back, because
 * it is no object or holds NaN, is left out; the items of the document enter it as dropped.
 * @throws AnnotationError `json-syntax`
 */
export async function readStrays(
  index: DocumentIndex,
  source: ByteSource,
  split: string | undefined,
  account: Account,
): Promise<readonly Stray[]> {
  const batch = await Batch.read(source, index.orphans, index.annotationAt)
  const strays: Stray[] = []
  for (const i of index.orphans) {
    const { bytes, start, end } = batch.slice(i)
    const place = placeOf(source.name, 'annotations', i)
    let token: string | undefined
    checkJson(bytes, start, end, {
      nonFinite: 'accept',
      onNonFinite: (_, found) => {
        token ??= found
      },
    })
    if (token === undefined && jsonKindAt(bytes, start) === 'object')
      strays.push({
        raw: { format: 'coco', bytes: bytes.slice(start, end), json: true },
        reason: 'orphan',
        split,
        place,
      })
    else
      account.problem({
        code: token === undefined ? 'expected-type' : 'json-non-finite',
        message: token === undefined ? 'bad annotation' : `${token} in an annotation without an image`,
        place,
        expected: token === undefined ? 'an object' : undefined,
        lossy: true,
      })
  }
  return strays
}
