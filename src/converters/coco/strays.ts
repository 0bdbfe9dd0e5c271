import type { Account } from '../../dataset/account.js'
import type { Stray } from '../../dataset/dataset.js'
import type { Place } from '../../errors.js'
import type { ByteSource } from '../../ports.js'
import { jsonKindAt } from '../../text/json-fields.js'
import { Batch } from './batch.js'
import type { LabelOf } from './category.js'
import type { DocumentIndex } from './document-index.js'
import { ElementFields } from './element.js'
import { finiteJson } from './finite-json.js'
import type { CocoFile } from './layout.js'
import { annotationsIn, placeOf } from './notes.js'
import type { StrayNames } from './raw-names.js'

/** The annotations of a document whose image is not in it. */
export interface StrayReading {
  readonly strays: readonly Stray[]
  /** Those that could not be written back. */
  readonly bad: readonly Place[]
}

/**
 * The annotations whose image is not in the document, in their own text. One that could not be written back, because it is
 * no object or holds NaN, is reported and left out; the items of the document enter it as dropped.
 * @throws AnnotationError `json-syntax`, `encoding`
 */
export async function readStrays(
  index: DocumentIndex,
  labelOf: LabelOf,
  source: ByteSource,
  { split, task }: CocoFile,
  account: Account,
): Promise<StrayReading> {
  const batch = await Batch.read(source, index.orphans, index.annotationAt)
  const element = new ElementFields()
  const strays: Stray[] = []
  const bad: Place[] = []
  for (const i of index.orphans) {
    const { bytes, start, end, base } = batch.slice(i)
    const place = placeOf(source.name, annotationsIn(task), i)
    const { found } = finiteJson(bytes, start, end, { file: source.name, base })
    const isObject = jsonKindAt(bytes, start) === 'object'
    if (isObject && found === undefined) {
      element.scan(bytes, start, end, source.name, base)
      const category = element.id(element.find('category_id'))
      const label = category === undefined ? undefined : labelOf.get(category.text)?.name
      const names: StrayNames = {
        item: element.id(element.find('image_id'))?.text,
        label: category?.text,
        task,
        repeated: index.repeatedAnnotations.all.has(i),
      }
      strays.push({
        raw: { format: 'coco', bytes: bytes.slice(start, end), json: true, names },
        reason: 'orphan',
        label,
        split,
        place,
      })
      continue
    }
    account.problem({
      code: isObject ? 'json-non-finite' : 'expected-type',
      message: isObject ? `${found} in an annotation without an image` : 'bad annotation',
      place,
      expected: isObject ? undefined : 'an object',
      lossy: true,
    })
    bad.push(place)
  }
  return { strays, bad }
}
