import type { Account } from '../../dataset/account.js'
import { Annotation, type AnnotationInit, type Flags, type ModelInfo } from '../../dataset/annotation.js'
import type { Extra } from '../../dataset/extra.js'
import type { KeyFrame, Span } from '../../dataset/track.js'
import { AnnotationError, type Place } from '../../errors.js'
import type { Bounds } from '../../geometry/bounds.js'
import { isBrokenText } from './fields.js'
import { ANNOTATION_KEYS, KEY_FRAME_KEYS } from './keys.js'
import { NamedFields } from './named-fields.js'
import { Notes } from './notes.js'
import { DefinitionReader } from './read-definition.js'
import { type SourceReader, withForeign } from './read-source.js'
import { reportBadField, reportEdited, reportInexact, reportRepeatedKey, reportUnknownKey } from './report.js'

type Draft = { -readonly [K in keyof AnnotationInit]: AnnotationInit[K] }

const BOX = ['left', 'top', 'right', 'bottom'] as const
const SPAN = ['frame', 'endFrame', 'startTime', 'endTime'] as const
const FLAGS = ['crowd', 'truncated', 'occluded', 'difficult'] as const
const BOX_KEYS: ReadonlySet<string> = new Set(BOX)
const SPAN_KEYS: ReadonlySet<string> = new Set(SPAN)
const FLAG_KEYS: ReadonlySet<string> = new Set(FLAGS)
const MODEL_KEYS: ReadonlySet<string> = new Set(['name', 'id'])

/** Reads annotations from the bytes of a line. One serves a whole file. */
export class AnnotationReader {
  readonly #account: Account
  readonly #sources: SourceReader
  readonly #notes: Notes
  readonly #definitions: DefinitionReader
  readonly #fields = new NamedFields()
  readonly #inner = new NamedFields()

  constructor(account: Account, sources: SourceReader, repairs: boolean) {
    this.#account = account
    this.#sources = sources
    this.#notes = new Notes(repairs)
    this.#definitions = new DefinitionReader(this.#notes)
  }

  /**
   * The annotation whose JSON text is `bytes[start, end)`; undefined when it is invalid: that is a problem, and it is entered
   * as `dropped: invalid`. A bad field beside the definition is left out by itself.
   * @param idSum the sum of its item's id.
   * @throws AnnotationError `json-syntax`, and what the account throws.
   */
  read(bytes: Uint8Array, start: number, end: number, place: Place, idSum: number): Annotation | undefined {
    const pointer = place.pointer ?? ''
    const fields = this.#fields
    this.#notes.clear()
    const draft = this.#definition(bytes, start, end, pointer, place)
    if (draft === undefined) return undefined
    draft.place = place
    let foreign: Map<string, string> | undefined
    for (let i = 0; i < fields.count; i++) {
      const name = fields.name(i)
      if (ANNOTATION_KEYS.has(name)) this.#known(draft, name, i, place, idSum)
      else {
        foreign ??= new Map()
        foreign.set(name, fields.source(i))
      }
    }
    if (foreign !== undefined) draft.extra = withForeign(draft.extra, foreign)
    this.#tell(draft, place)
    return new Annotation(draft)
  }

  // What the annotation cannot do without: its definition and its key frames.
  #definition(bytes: Uint8Array, start: number, end: number, pointer: string, place: Place): Draft | undefined {
    const fields = this.#fields
    let within = pointer
    let subject: string | undefined
    try {
      fields.scan(bytes, start, end, pointer)
      const at = fields.need('definition')
      within = `${pointer}/definition`
      this.#definitions.type = undefined
      const draft: Draft = { definition: this.#definitions.read(bytes, fields.start(at), fields.end(at), within) }
      subject = draft.definition.type
      const frames = fields.given('keyFrames')
      if (frames >= 0) {
        within = `${pointer}/keyFrames`
        draft.keyFrames = this.#keyFrames(frames)
      }
      return draft
    } catch (error) {
      if (!(error instanceof AnnotationError) || isBrokenText(error)) throw error
      const { code, reason, expected, got, fix } = error
      const where = { ...place, pointer: error.place?.pointer ?? within }
      this.#account.problem({ code, message: reason, place: where, expected, got, fix, lossy: true })
      subject ??= within === pointer ? undefined : this.#definitions.type
      this.#account.drop({ effect: 'dropped', subject: subject ?? 'annotation', reason: 'invalid' }, place)
      return undefined
    }
  }

  #known(draft: Draft, name: string, index: number, place: Place, idSum: number): void {
    const fields = this.#fields
    try {
      // Null stands for absent, except where it is a value.
      if (name === 'metadata') {
        draft.metadata = fields.value(index)
        this.#notes.inexactNumbers(fields, index)
      } else if (fields.isNull(index)) return
      else if (name === 'raw') {
        draft.raw = this.#sources.raw(fields, index, idSum)
        if (draft.raw === undefined) reportEdited(fields, index, place, this.#account)
      } else this.#field(draft, name, index)
    } catch (error) {
      reportBadField(error, name, 'field', place, fields.at(index), this.#account)
    }
  }

  #field(draft: Draft, name: string, index: number): void {
    const fields = this.#fields
    const { bytes } = fields
    switch (name) {
      case 'id':
      case 'parentId':
      case 'objectId':
        draft[name] = fields.id(index)
        break
      case 'score':
      case 'area':
        draft[name] = fields.looseNumber(index)
        break
      case 'automated':
        draft.automated = fields.flag(index)
        break
      case 'status':
        draft.status = fields.word(index)
        break
      case 'model':
        draft.model = this.#model(index)
        break
      case 'box':
        draft.box = this.#numbers(index, BOX, BOX_KEYS, true) as unknown as Bounds
        break
      case 'span':
        draft.span = this.#numbers(index, SPAN, SPAN_KEYS, false) as Span
        break
      case 'flags':
        draft.flags = this.#flags(index)
        break
      case 'extra':
        draft.extra = this.#sources.extra(bytes, fields.start(index), fields.end(index), fields.at(index))
    }
  }

  #scanInner(index: number, known: ReadonlySet<string>): NamedFields {
    const fields = this.#fields
    this.#inner.scan(fields.bytes, fields.start(index), fields.end(index), fields.at(index))
    this.#notes.unknownKeys(this.#inner, known)
    return this.#inner
  }

  #numbers(index: number, names: readonly string[], known: ReadonlySet<string>, all: boolean): Record<string, number> {
    const inner = this.#scanInner(index, known)
    const numbers: Record<string, number> = {}
    for (const name of names) {
      const at = all ? inner.need(name) : inner.given(name)
      if (at >= 0) numbers[name] = inner.looseNumber(at)
    }
    return numbers
  }

  #flags(index: number): Flags {
    const inner = this.#scanInner(index, FLAG_KEYS)
    const flags: { -readonly [K in keyof Flags]: Flags[K] } = {}
    for (const name of FLAGS) {
      const at = inner.given(name)
      if (at >= 0) flags[name] = inner.flag(at)
    }
    return flags
  }

  #model(index: number): ModelInfo {
    const inner = this.#scanInner(index, MODEL_KEYS)
    const model: { -readonly [K in keyof ModelInfo]: ModelInfo[K] } = {}
    for (const name of ['name', 'id'] as const) {
      const at = inner.given(name)
      if (at >= 0) model[name] = inner.word(at)
    }
    return model
  }

  // A track without one of its key frames says something else from there on, so a bad one makes the annotation invalid;
  // only where repairs are allowed is it left out.
  #keyFrames(index: number): readonly KeyFrame[] {
    const fields = this.#fields
    const frames: KeyFrame[] = []
    fields.each(index, (i, start, end) => {
      const pointer = `${fields.pointer}/keyFrames/${i}`
      try {
        frames.push(this.#keyFrame(start, end, pointer))
      } catch (error) {
        if (!(error instanceof AnnotationError) || isBrokenText(error)) throw error
        const located = error.at({ pointer: `${pointer}/definition` })
        if (!this.#notes.repairs) throw located
        this.#notes.repair(`${error.reason}: key frame left out`, located.place?.pointer ?? pointer)
      }
    })
    return frames
  }

  #keyFrame(start: number, end: number, pointer: string): KeyFrame {
    const { bytes } = this.#fields
    const inner = this.#inner
    inner.scan(bytes, start, end, pointer)
    const at = inner.need('definition')
    const definition = this.#definitions.read(bytes, inner.start(at), inner.end(at), `${pointer}/definition`)
    const frame = inner.looseNumber(inner.need('frame'))
    const [fixed, visible] = [inner.flag(inner.need('fixed')), inner.flag(inner.need('visible'))]
    let foreign: Map<string, string> | undefined
    for (let i = 0; i < inner.count; i++) {
      if (KEY_FRAME_KEYS.has(inner.name(i))) continue
      foreign ??= new Map()
      foreign.set(inner.name(i), inner.source(i))
    }
    const given = inner.given('extra')
    let extra: Extra | undefined
    if (given >= 0) extra = this.#sources.extra(bytes, inner.start(given), inner.end(given), inner.at(given))
    if (foreign !== undefined) extra = withForeign(extra, foreign)
    return { frame, definition, fixed, visible, extra }
  }

  #tell(draft: Draft, place: Place): void {
    for (const { text, pointer } of this.#notes.unknown)
      reportUnknownKey(text, 'field', { ...place, pointer }, this.#account)
    for (const { text, pointer, count } of this.#notes.inexact)
      reportInexact(count, text, 'field', { ...place, pointer }, this.#account)
    for (const { text, pointer } of this.#notes.repaired)
      this.#account.problem({ code: 'invalid-value', message: `repaired: ${text}`, place: { ...place, pointer } })
    draft.amended = this.#notes.amendment
    reportRepeatedKey(this.#fields, place, this.#account)
  }
}
