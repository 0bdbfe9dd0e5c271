import type { Account, Problem } from '../../dataset/account.js'
import type { Place } from '../../errors.js'
import type { ElementFields } from './element.js'
import { finiteJson } from './finite-json.js'
import type { Task } from './tasks.js'

/** Where an element of one of the three arrays stands; `array` is empty where the root itself is the list. */
export function placeOf(file: string, array: string, index: number, key?: string): Place {
  return {
    file,
    pointer: `${array === '' ? '' : `/${array}`}/${index}${key === undefined ? '' : `/${pointerPart(key)}`}`,
  }
}

/** The array that the annotations of a document stand in; that of a list of results is the root. */
export function annotationsIn(task: Task): string {
  return task === 'results' ? '' : 'annotations'
}

/** A key as it stands in a JSON pointer (RFC 6901). */
export function pointerPart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** What a reader of elements tells about one element, and whether its text may still be written back as it is. */
export class ElementNotes {
  readonly #account: Account
  readonly file: string
  readonly array: string
  index = 0
  /** False once something in the text cannot be written back, such as NaN. */
  verbatim = true

  constructor(account: Account, file: string, array: string) {
    this.#account = account
    this.file = file
    this.array = array
  }

  start(index: number): void {
    this.index = index
    this.verbatim = true
  }

  place(key?: string): Place {
    return placeOf(this.file, this.array, this.index, key)
  }

  problem(problem: Omit<Problem, 'place'>, key?: string): void {
    this.#account.problem({ ...problem, place: this.place(key) })
  }

  /** A field that is not what it should be; the element goes on without it. */
  badField(element: ElementFields, index: number, expected: string): void {
    const key = element.names[index] as string
    const text = element.text(index)
    if (element.kind(index) === 'non-finite') this.nonFinite(key, text)
    else
      this.problem(
        {
          code: 'invalid-value',
          message: `bad ${key}`,
          expected,
          got: text.length > 40 ? `${text.slice(0, 40)}…` : text,
        },
        key,
      )
  }

  nonFinite(key: string, token: string): void {
    this.verbatim = false
    this.problem(
      {
        code: 'json-non-finite',
        message: `${token} is no JSON number; it is left out`,
        fix: 'Write null instead',
        lossy: true,
      },
      key,
    )
    this.#account.field({
      level: 'field',
      effect: 'dropped',
      subject: key,
      reason: 'not a number',
      place: this.place(key),
    })
  }

  /**
   * The text of a field nobody here understands, checked to be JSON. NaN and Infinity become null.
   * @throws AnnotationError `json-syntax`, `encoding`
   */
  foreignText(element: ElementFields, index: number, base: number): string {
    const text = element.text(index)
    const kind = element.kind(index)
    // ElementFields has checked words; numbers it checks when it reads them.
    if (kind === 'null' || kind === 'true' || kind === 'false') return text
    if (kind === 'number') {
      element.number(index)
      return text
    }
    if (isJson(text)) return text
    const [start, end] = [element.starts[index] as number, element.ends[index] as number]
    const finite = finiteJson(element.bytes, start, end, { file: this.file, base })
    if (finite.found !== undefined) this.nonFinite(element.names[index] as string, finite.found)
    return finite.text
  }

  /** An annotation with a geometry and no category: its label is made up. */
  noCategory(): void {
    const reason = 'the source names no category'
    this.#account.field({ level: 'field', effect: 'defaulted', subject: 'label', reason, place: this.place() })
  }

  /** Keys that are there twice: the last one counts. */
  duplicateKeys(element: ElementFields): void {
    for (const key of element.duplicates()) this.repeatedKey(key)
  }

  /** `within`: the field whose value has the key. */
  repeatedKey(key: string, within?: string): void {
    this.problem(
      { code: 'json-duplicate-key', message: 'a key is there twice; the last one counts', got: JSON.stringify(key) },
      within ?? key,
    )
  }
}

/** The engine's parser is the fastest way to know. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
