import { type Extra, type ExtraFields, NO_FIELDS, type Raw } from '../../dataset/extra.js'
import { decodeUtf8, encodeUtf8 } from '../../text/decode.js'
import { checkJson } from '../../text/json-value.js'
import { Fields } from './fields.js'
import { NATIVE } from './keys.js'
import { addToSum } from './sum.js'

/** How many different lists of keys are remembered; elements of one source have a handful. */
const REMEMBERED = 256

const NO_KEYS: ReadonlySet<string> = new Set()
const RAW_KEYS: ReadonlySet<string> = new Set(['format', 'json', 'text', 'bytes', 'sum'])

/** Reads `extra` and `raw`: source texts are cut out of the line's bytes, so that numbers and key order survive. */
export class SourceReader {
  readonly #formats = new Fields()
  readonly #entry = new Fields()
  readonly #members = new Fields()
  readonly #keys = new Map<string, readonly string[]>()

  /** `extra` as it stands at `bytes[start, end)`. @throws AnnotationError as {@link Fields} */
  extra(bytes: Uint8Array, start: number, end: number, pointer: string): Map<string, ExtraFields> {
    const formats = this.#formats
    formats.scan(bytes, start, end, pointer)
    const extra = new Map<string, ExtraFields>()
    for (let i = 0; i < formats.count; i++)
      extra.set(formats.name(i), this.#extraFields(bytes, formats.start(i), formats.end(i), formats.at(i)))
    return extra
  }

  #extraFields(bytes: Uint8Array, start: number, end: number, pointer: string): ExtraFields {
    const entry = this.#entry
    entry.scan(bytes, start, end, pointer)
    let keys: readonly string[] = []
    let fields: ReadonlyMap<string, string> = NO_FIELDS
    let texts: readonly string[] = []
    let form: string | undefined
    for (let i = 0; i < entry.count; i++) {
      switch (entry.name(i)) {
        case 'keys':
          keys = this.#sharedKeys(i)
          break
        case 'fields':
          fields = this.#fieldTexts(i)
          break
        case 'texts':
          texts = entry.texts(i)
          break
        case 'form':
          form = entry.word(i)
          break
        default:
          throw entry.bad(i, 'keys, fields, texts or form')
      }
    }
    return { keys, fields: texts.length === 0 ? fields : unquoted(fields, texts), form }
  }

  #sharedKeys(index: number): readonly string[] {
    const entry = this.#entry
    const text = decodeUtf8(entry.bytes, entry.start(index), entry.end(index))
    const known = this.#keys.get(text)
    if (known !== undefined) return known
    const keys = Object.freeze(entry.texts(index))
    if (this.#keys.size === REMEMBERED) this.#keys.clear()
    this.#keys.set(text, keys)
    return keys
  }

  #fieldTexts(index: number): Map<string, string> {
    const members = this.#members
    members.scan(this.#entry.bytes, this.#entry.start(index), this.#entry.end(index), this.#entry.at(index))
    const fields = new Map<string, string>()
    for (let i = 0; i < members.count; i++) fields.set(members.name(i), members.source(i))
    return fields
  }

  /**
   * The raw at `index` of an object; undefined when it has no sum or another one, because the object is no longer what was
   * written with it.
   * @param sum what the sum starts with.
   * @param apart keys of members that the raw says nothing about.
   * @throws AnnotationError as {@link Fields}
   */
  raw(object: Fields, index: number, sum: number, apart: ReadonlySet<string> = NO_KEYS): Raw | undefined {
    const entry = this.#entry
    const raw = this.strayRaw(object, index)
    const at = entry.find('sum')
    const written = at < 0 ? undefined : entry.number(at)
    // A member that somebody adds to an object comes after the raw as a rule.
    for (let i = index + 1; i < object.count; i++) if (!apart.has(object.name(i))) return undefined
    let last = index - 1
    while (last >= 0 && apart.has(object.name(last))) last--
    if (at < 1 || at !== entry.count - 1 || last < 0) return undefined
    return addToSum(sum, object.bytes, object.opening, object.end(last)) === written ? raw : undefined
  }

  /** The raw at `index` of a stray, for which nothing vouches and nothing has to. @throws AnnotationError as {@link Fields} */
  strayRaw(object: Fields, index: number): Raw {
    const { bytes } = object
    const entry = this.#entry
    entry.scan(bytes, object.start(index), object.end(index), object.at(index))
    checkJson(bytes, object.start(index), object.end(index))
    for (let i = 0; i < entry.count; i++)
      if (!RAW_KEYS.has(entry.name(i))) throw entry.bad(i, 'format, one of json, text and bytes, and sum')
    const format = entry.word(entry.need('format'))
    const text = entry.find('text')
    if (text >= 0) return { format, bytes: encodeUtf8(entry.text(text)) }
    const units = entry.find('bytes')
    if (units >= 0) return { format, bytes: Uint8Array.from(entry.text(units), (unit) => unit.charCodeAt(0)) }
    const json = entry.need('json')
    return { format, bytes: bytes.slice(entry.start(json), entry.end(json)), json: true }
  }
}

/** The fields with those named in `texts` as the text their JSON string holds: what was no JSON in its source. */
function unquoted(fields: ReadonlyMap<string, string>, texts: readonly string[]): ReadonlyMap<string, string> {
  const named = new Set(texts)
  return new Map(
    [...fields].map(([key, source]) => {
      const text: unknown = named.has(key) ? JSON.parse(source) : undefined
      return [key, typeof text === 'string' ? text : source]
    }),
  )
}

/** `extra` with the keys of this very object that nobody here knows. */
export function withForeign(extra: Extra | undefined, foreign: ReadonlyMap<string, string>): Extra | undefined {
  if (foreign.size === 0) return extra
  const fields = new Map([...(extra?.get(NATIVE)?.fields ?? []), ...foreign])
  return new Map([...(extra ?? []), [NATIVE, { keys: Object.freeze([...fields.keys()]), fields }]])
}
