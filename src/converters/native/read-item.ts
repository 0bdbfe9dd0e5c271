import type { Account } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import { Item, type ItemInit, type Media, type Rational } from '../../dataset/item.js'
import { AnnotationError, type Place } from '../../errors.js'
import type { Orientation } from '../../geometry/orientation.js'
import { numberAt } from '../../text/json-number.js'
import { isBrokenText } from './fields.js'
import { ITEM_KEYS } from './keys.js'
import type { LineReader } from './lines.js'
import { NamedFields } from './named-fields.js'
import { Notes } from './notes.js'
import { AnnotationReader } from './read-annotation.js'
import { SourceReader, withForeign } from './read-source.js'
import { reportBadField, reportEdited, reportInexact, reportRepeatedKey, reportUnknownKey } from './report.js'
import { addToSum, SUM_START } from './sum.js'

type Draft = { -readonly [K in keyof ItemInit]: ItemInit[K] }

const SIDES = ['width', 'height'] as const
const LENGTHS = ['frames', 'duration'] as const
const MEDIA_KEYS: ReadonlySet<string> = new Set(['kind', 'orientation', 'fps', 'mimetype', ...SIDES, ...LENGTHS])
/** What may change without the text of the item becoming another. */
const APART: ReadonlySet<string> = new Set(['annotations', 'split'])
const RATIONAL_KEYS: ReadonlySet<string> = new Set(['numerator', 'denominator'])

/** Reads items from lines. One serves a whole file. */
export class ItemReader {
  readonly #file: string
  readonly #account: Account
  readonly #sources = new SourceReader()
  readonly #annotations: AnnotationReader
  readonly #notes = new Notes(false)
  readonly #fields = new NamedFields()
  readonly #inner = new NamedFields()
  readonly #rational = new NamedFields()
  // Where the annotations of the line stand: start and end of each.
  readonly #extents: number[] = []
  // What there is to tell once it is clear that there is an item.
  readonly #later: (() => void)[] = []
  // The sum of the item's id, with which those of its annotations start.
  #idSum = SUM_START

  constructor(file: string, account: Account, repairs: boolean) {
    this.#file = file
    this.#account = account
    this.#annotations = new AnnotationReader(account, this.#sources, repairs)
  }

  /**
   * The item of a line; undefined when it is invalid, which is a problem, and all its annotations are dropped. Every element
   * of `annotations` is entered as read before anything is known about it.
   * @throws AnnotationError `json-syntax` and what the account throws.
   */
  read({ bytes, start, end, number }: LineReader): Item | undefined {
    const fields = this.#fields
    const place: Place = { file: this.#file, line: number, pointer: '' }
    this.#extents.length = 0
    this.#notes.clear()
    this.#later.length = 0
    const draft = this.#head(bytes, start, end, place)
    if (draft === undefined) return undefined
    for (const tell of this.#later) tell()
    this.#rest(draft, place)
    reportRepeatedKey(fields, place, this.#account)
    for (const { text, pointer } of this.#notes.unknown)
      reportUnknownKey(text, 'item', { ...place, pointer }, this.#account)
    draft.annotations = this.#readAnnotations(bytes, number)
    return new Item(draft)
  }

  // What an item cannot do without.
  #head(bytes: Uint8Array, start: number, end: number, place: Place): Draft | undefined {
    const fields = this.#fields
    try {
      fields.scan(bytes, start, end, '')
      this.#count(place)
      const at = fields.need('id')
      const id = fields.id(at)
      this.#idSum = addToSum(SUM_START, bytes, fields.start(at), fields.end(at))
      const path = fields.textOf('path')
      return { id, path: this.#safePath(path, place), media: this.#media(place), place }
    } catch (error) {
      if (!(error instanceof AnnotationError) || isBrokenText(error)) throw error
      const { code, reason, expected, got, fix } = error
      const where = { ...place, pointer: error.place?.pointer ?? '' }
      this.#account.problem({
        code,
        message: `item left out: ${reason}`,
        place: where,
        expected,
        got,
        fix,
        lossy: true,
      })
      this.#account.field({ level: 'item', effect: 'dropped', subject: 'item', reason: 'invalid', place })
      for (let i = 0; i < this.#extents.length; i += 2)
        this.#account.drop({ effect: 'dropped', subject: 'annotation', reason: 'invalid' }, place)
      return undefined
    }
  }

  #count(place: Place): void {
    const fields = this.#fields
    const at = fields.given('annotations')
    if (at < 0) return
    try {
      const extents = this.#extents
      const count = fields.each(at, (_, start, end) => void extents.push(start, end))
      this.#account.read(count)
    } catch (error) {
      reportBadField(error, 'annotations', 'item', place, '/annotations', this.#account)
    }
  }

  #rest(draft: Draft, place: Place): void {
    const fields = this.#fields
    const { bytes } = fields
    const foreign = new Map<string, string>()
    for (let i = 0; i < fields.count; i++) {
      const name = fields.name(i)
      try {
        if (name === 'metadata') {
          draft.metadata = fields.value(i)
          reportInexact(fields.inexact(i), name, 'item', { ...place, pointer: fields.at(i) }, this.#account)
        } else if (!ITEM_KEYS.has(name)) foreign.set(name, fields.source(i))
        else if (fields.isNull(i)) continue
        else if (name === 'split') draft.split = fields.word(i)
        else if (name === 'extra')
          draft.extra = this.#sources.extra(bytes, fields.start(i), fields.end(i), fields.at(i))
        else if (name === 'raw') {
          draft.raw = this.#sources.raw(fields, i, SUM_START, APART)
          if (draft.raw === undefined) reportEdited(fields, i, place, this.#account)
        }
      } catch (error) {
        reportBadField(error, name, 'item', place, fields.at(i), this.#account)
      }
    }
    draft.extra = withForeign(draft.extra, foreign)
  }

  #media(place: Place): Media {
    const fields = this.#fields
    const inner = this.#inner
    const at = fields.need('media')
    inner.scan(fields.bytes, fields.start(at), fields.end(at), '/media')
    this.#notes.unknownKeys(inner, MEDIA_KEYS)
    const kind = inner.wordOf('kind')
    if (kind !== 'image' && kind !== 'video' && kind !== 'audio' && kind !== 'text')
      throw inner.bad(inner.need('kind'), 'image, video, audio or text')
    const media: { -readonly [K in keyof Media]: Media[K] } = { kind }
    for (const name of SIDES) {
      try {
        const index = inner.given(name)
        if (index >= 0) media[name] = this.#side(index)
      } catch (error) {
        if (isBrokenText(error)) throw error
        this.#later.push(() => reportBadField(error, name, 'item', place, `/media/${name}`, this.#account))
      }
    }
    for (const name of LENGTHS) {
      const index = inner.given(name)
      if (index >= 0) media[name] = inner.looseNumber(index)
    }
    const mimetype = inner.optionalText('mimetype')
    if (mimetype !== undefined) media.mimetype = mimetype
    const orientation = inner.given('orientation')
    if (orientation >= 0) media.orientation = this.#orientation(orientation)
    const fps = inner.given('fps')
    if (fps >= 0) media.fps = this.#fps(fps)
    return media
  }

  #side(index: number): number {
    const inner = this.#inner
    const value = numberAt(inner.bytes, inner.start(index), inner.end(index))
    if (!Number.isSafeInteger(value) || value <= 0) throw inner.bad(index, 'a whole number of pixels above 0')
    return value
  }

  #orientation(index: number): Orientation {
    const value = this.#inner.number(index)
    if (!Number.isInteger(value) || value < 1 || value > 8) throw this.#inner.bad(index, 'a whole number from 1 to 8')
    return value as Orientation
  }

  #fps(index: number): Rational {
    const inner = this.#inner
    const rational = this.#rational
    rational.scan(inner.bytes, inner.start(index), inner.end(index), '/media/fps')
    this.#notes.unknownKeys(rational, RATIONAL_KEYS)
    return {
      numerator: rational.looseNumber(rational.need('numerator')),
      denominator: rational.looseNumber(rational.need('denominator')),
    }
  }

  /** The path, or its last part when it would leave the data set's folder. */
  #safePath(path: string, place: Place): string {
    const parts = path.split('/')
    const escapes = path.startsWith('/') || /^[A-Za-z]:/.test(path) || parts.includes('..') || path.includes('\0')
    if (!escapes) return path
    const name = (parts[parts.length - 1] ?? '').replaceAll('\0', '').replace(/^[A-Za-z]:/, '')
    if (name === '' || name === '..')
      throw new AnnotationError('path-escape', 'a path without a file name', {
        place: { pointer: '/path' },
        expected: 'a relative path',
        got: JSON.stringify(path),
      })
    this.#later.push(() =>
      this.#account.problem({
        code: 'path-escape',
        message: `this path leaves the data set's folder; ${JSON.stringify(name)} is used`,
        place: { ...place, pointer: '/path' },
        got: JSON.stringify(path),
        fix: 'Use paths relative to the picture folder',
      }),
    )
    return name
  }

  #readAnnotations(bytes: Uint8Array, line: number): Annotation[] {
    const extents = this.#extents
    const annotations: Annotation[] = []
    for (let i = 0; i < extents.length; i += 2) {
      const place: Place = { file: this.#file, line, pointer: `/annotations/${i / 2}` }
      const [start, end] = [extents[i] as number, extents[i + 1] as number]
      const annotation = this.#annotations.read(bytes, start, end, place, this.#idSum)
      if (annotation !== undefined) annotations.push(annotation)
    }
    return annotations
  }
}
