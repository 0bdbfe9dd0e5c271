import type { Account } from '../../dataset/account.js'
import type { Extra, ExtraFields } from '../../dataset/extra.js'
import { encodeUtf8 } from '../../text/decode.js'
import type { DocumentIndex } from './document-index.js'
import { finiteJson } from './finite-json.js'
import { pointerPart } from './notes.js'
import { isTask, TASKS, type Task } from './tasks.js'

/**
 * The root fields of a document but the three arrays, checked to be JSON; NaN and Infinity become null and are reported.
 * @throws AnnotationError `json-syntax`
 */
export function checkRootFields(index: DocumentIndex, file: string, account: Account): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const [key, source] of index.fields) {
    const bytes = encodeUtf8(source)
    const { text, found } = finiteJson(bytes, 0, bytes.length)
    fields.set(key, text)
    if (found === undefined) continue // as it should be
    const place = { file, pointer: `/${pointerPart(key)}` }
    account.problem({
      code: 'json-non-finite',
      message: `${found} is no JSON number; it is left out`,
      place,
      fix: 'Write null instead',
      lossy: true,
    })
    account.field({ level: 'header', effect: 'dropped', subject: key, reason: 'not a number', place })
  }
  return fields
}

/** The key of the header's extra for the root fields of a document. */
export function rootKey(split: string | undefined, task: Task): string {
  return `coco${task === 'instances' ? '' : `/${task}`}${split === undefined ? '' : `:${split}`}`
}

/** The split and task of such a key; undefined for those of other formats. */
function documentOf(key: string): { readonly task: Task; readonly split: string | undefined } | undefined {
  const [, task = 'instances', split] = /^coco(?:\/([a-z_]+))?(?::(.*))?$/s.exec(key) ?? []
  return /^coco(?:$|[:/])/.test(key) && isTask(task) ? { task, split } : undefined
}

/** The root fields of the documents of a source, for the documents that are written. */
export class RootFields {
  readonly #extra: Extra
  readonly #used = new Set<ExtraFields>()

  constructor(extra: Extra | undefined) {
    this.#extra = extra ?? new Map()
  }

  /** The tasks the files of a split are of; those of the first one where the source does not have the split. */
  tasks(split: string | undefined): readonly Task[] {
    const documents = [...this.#extra.keys()].map(documentOf).filter((document) => document !== undefined)
    const own = documents.filter((document) => document.split === split)
    const some = own.length > 0 ? own : documents.filter((document) => document.split === documents[0]?.split)
    const tasks = TASKS.filter((task) => some.some((document) => document.task === task))
    return tasks.length > 0 ? tasks : ['instances']
  }

  /** Those of the document of a split; where the source has no such document, those of its only or first one of the task. */
  of(split: string | undefined, task: Task): ExtraFields | undefined {
    const own = this.#extra.get(rootKey(split, task)) ?? this.#extra.get(rootKey(undefined, task))
    const fields = own ?? [...this.#extra].find(([key]) => documentOf(key)?.task === task)?.[1]
    if (fields !== undefined) this.#used.add(fields)
    return fields
  }

  /** Enters what found no document, and what other formats left on the header. */
  reportUnused(account: Account): void {
    for (const [key, extra] of this.#extra) {
      if (extra.fields.size === 0 || this.#used.has(extra) || this.#saysSame(extra)) continue
      const loss = { level: 'header', effect: 'dropped', count: extra.fields.size } as const
      if (isCoco(key)) account.field({ ...loss, subject: 'root fields', reason: 'their document is not written' })
      else account.field({ ...loss, subject: 'extra', reason: `COCO has no place for that of ${key}` })
    }
  }

  #saysSame({ fields }: ExtraFields): boolean {
    for (const used of this.#used)
      if (fields.size === used.fields.size && [...fields].every(([key, text]) => used.fields.get(key) === text))
        return true
    return false
  }
}

/** The highest annotation id in the documents of a source; 0 when that is not known. */
export function highestId(extra: Extra | undefined): number {
  let highest = 0
  for (const [key, { form }] of extra ?? []) {
    const id = isCoco(key) ? Number(form ?? 0) : 0
    if (Number.isSafeInteger(id)) highest = Math.max(highest, id)
  }
  return highest
}

function isCoco(key: string): boolean {
  return documentOf(key) !== undefined
}
