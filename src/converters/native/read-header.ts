import type { Account } from '../../dataset/account.js'
import type { Header, Stray } from '../../dataset/dataset.js'
import type { Extra } from '../../dataset/extra.js'
import { type Label, LabelTree, type Skeleton } from '../../dataset/labels.js'
import type { Place } from '../../errors.js'
import type { JsonValue } from '../../text/json-value.js'
import { HEADER_KEYS, LABEL_KEYS } from './keys.js'
import { NamedFields } from './named-fields.js'
import { SourceReader, withForeign } from './read-source.js'
import { reportBadField, reportEdited, reportInexact, reportRepeatedKey, reportUnknownKey } from './report.js'
import { SUM_START } from './sum.js'

type LabelDraft = { -readonly [K in keyof Label]: Label[K] }

/** The header, and what its strays come to when the items are read. */
export interface NativeHeader {
  readonly header: Header
  /** How many strays the file holds. */
  readonly strayCount: number
  /** Those that could not be read. */
  readonly badStrays: readonly Place[]
}

const SKELETON_KEYS: ReadonlySet<string> = new Set(['keypoints', 'edges'])
const STRAY_KEYS: ReadonlySet<string> = new Set(['reason', 'label', 'split', 'raw'])

/** Reads the object under `header` of the first line. What is bad in it is a problem and left out by itself. */
export class HeaderReader {
  readonly #account: Account
  readonly #line: Place
  readonly #sources = new SourceReader()
  readonly #fields = new NamedFields()
  readonly #element = new NamedFields()
  readonly #inner = new NamedFields()
  readonly #strays: Stray[] = []
  readonly #badStrays: Place[] = []
  readonly #labels = new Map<string, Label>()

  constructor(account: Account, line: Place) {
    this.#account = account
    this.#line = line
  }

  /** @throws AnnotationError `json-syntax`, `expected-type` when it is no object, and what the account throws. */
  read(bytes: Uint8Array, start: number, end: number): NativeHeader {
    const fields = this.#fields
    fields.scan(bytes, start, end, '/header')
    reportRepeatedKey(fields, this.#line, this.#account)
    let info: JsonValue | undefined
    let extra: Extra | undefined
    let splits: readonly string[] = []
    const foreign = new Map<string, string>()
    for (let i = 0; i < fields.count; i++) {
      const name = fields.name(i)
      this.#guarded(name, fields.at(i), () => {
        if (name === 'info') {
          info = fields.value(i)
          reportInexact(fields.inexact(i), name, 'header', { ...this.#line, pointer: fields.at(i) }, this.#account)
        } else if (!HEADER_KEYS.has(name)) foreign.set(name, fields.source(i))
        else if (fields.isNull(i)) return
        else if (name === 'splits') splits = fields.texts(i)
        else if (name === 'labels') this.#eachLabel(i)
        else if (name === 'strays') this.#eachStray(i)
        else extra = this.#sources.extra(bytes, fields.start(i), fields.end(i), fields.at(i))
      })
    }
    const labels = new LabelTree([...this.#labels.values()])
    return {
      header: { labels, info, splits, strays: this.#strays, extra: withForeign(extra, foreign) },
      strayCount: this.#strays.length + this.#badStrays.length,
      badStrays: this.#badStrays,
    }
  }

  #guarded(name: string, pointer: string, read: () => void): boolean {
    try {
      read()
      return true
    } catch (error) {
      reportBadField(error, name, 'header', this.#line, pointer, this.#account)
      return false
    }
  }

  #eachLabel(index: number): void {
    const { bytes } = this.#fields
    this.#labels.clear()
    this.#fields.each(index, (i, start, end) => {
      const pointer = `/header/labels/${i}`
      this.#guarded('label', pointer, () => {
        this.#element.scan(bytes, start, end, pointer)
        const label = this.#label()
        const { name } = label
        if (!this.#labels.has(name)) this.#labels.set(name, label)
        else
          this.#account.problem({
            code: 'duplicate-label',
            message: `the label ${JSON.stringify(name)} is there twice; the first one counts`,
            place: { ...this.#line, pointer },
            lossy: true,
          })
      })
    })
  }

  #label(): Label {
    const element = this.#element
    const { bytes } = element
    const draft: LabelDraft = { name: element.textOf('name') }
    const foreign = new Map<string, string>()
    reportRepeatedKey(element, this.#line, this.#account)
    for (let i = 0; i < element.count; i++) {
      const name = element.name(i)
      this.#guarded(name, element.at(i), () => {
        if (!LABEL_KEYS.has(name)) foreign.set(name, element.source(i))
        else if (element.isNull(i)) return
        else if (name === 'id') draft.id = element.id(i)
        else if (name === 'parent') draft.parent = element.text(i)
        else if (name === 'color') draft.color = this.#color(i)
        else if (name === 'skeleton') draft.skeleton = this.#skeleton(i)
        else if (name === 'declared') draft.declared = element.flag(i)
        else if (name === 'extra')
          draft.extra = this.#sources.extra(bytes, element.start(i), element.end(i), element.at(i))
        else if (name === 'raw') {
          draft.raw = this.#sources.raw(element, i, SUM_START)
          if (draft.raw === undefined) reportEdited(element, i, this.#line, this.#account)
        }
      })
    }
    const extra = withForeign(draft.extra, foreign)
    return extra === undefined ? draft : { ...draft, extra }
  }

  #color(index: number): readonly [number, number, number] {
    const numbers = this.#element.numbers(index)
    const [red, green, blue] = numbers
    if (red === undefined || green === undefined || blue === undefined || numbers.length !== 3)
      throw this.#element.bad(index, '[red, green, blue]')
    return [red, green, blue]
  }

  #skeleton(index: number): Skeleton {
    const { bytes } = this.#element
    const inner = this.#inner
    inner.scan(bytes, this.#element.start(index), this.#element.end(index), this.#element.at(index))
    this.#unknown(inner, SKELETON_KEYS)
    const edges: (readonly [number, number])[] = []
    const at = inner.need('edges')
    inner.each(at, (i, start, end) => {
      const pair = inner.numbersWithin(start, end, `${inner.at(at)}/${i}`)
      const [from, to] = pair
      if (from === undefined || to === undefined || pair.length !== 2) throw inner.bad(at, 'pairs of indices')
      edges.push([from, to])
    })
    return { keypoints: inner.texts(inner.need('keypoints')), edges }
  }

  #eachStray(index: number): void {
    const fields = this.#fields
    this.#strays.length = 0
    this.#badStrays.length = 0
    fields.each(index, (i, start, end) => {
      const place = { ...this.#line, pointer: `/header/strays/${i}` }
      const read = this.#guarded('stray', place.pointer, () => {
        const element = this.#element
        element.scan(fields.bytes, start, end, place.pointer)
        this.#unknown(element, STRAY_KEYS)
        const at = element.need('raw')
        const raw = this.#sources.strayRaw(element, at)
        const [label, split] = [element.optionalText('label'), element.optionalText('split')]
        this.#strays.push({ raw, reason: element.wordOf('reason'), label, split, place })
      })
      if (!read) this.#badStrays.push(place)
    })
  }

  #unknown(fields: NamedFields, known: ReadonlySet<string>): void {
    for (let i = 0; i < fields.count; i++)
      if (!known.has(fields.name(i)))
        reportUnknownKey(fields.name(i), 'header', { ...this.#line, pointer: fields.at(i) }, this.#account)
  }
}
