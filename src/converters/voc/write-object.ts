import type { Account, Outcome } from '../../dataset/account.js'
import type { Annotation } from '../../dataset/annotation.js'
import type { Item } from '../../dataset/item.js'
import { attributesEqual } from '../../definitions/attributes.js'
import { decodeUtf8 } from '../../text/decode.js'
import { attributesXml, readAttributes } from './attributes.js'
import { keptAttributes, keptElement, keptOwnText, keptText, nameOf, VOC } from './elements.js'
import { flagOfText } from './flags.js'
import { isMadeUpId } from './ids.js'
import { filledSlots, PART_SLOT } from './slots.js'
import {
  coordinatesState,
  type GeometryOptions,
  holdsCoordinates,
  type WrittenGeometry,
  writeGeometry,
} from './write-geometry.js'
import { escapedText, holdable } from './xml-characters.js'

/** An annotation as XML, or undefined when VOC has no place for it, and what became of it. */
export interface WrittenObject {
  readonly xml: string | undefined
  readonly outcome: Outcome
}

/** What is written where the source says nothing: many readers demand these elements. */
const FRESH_OBJECT: readonly string[] = ['name', 'pose', 'truncated', 'occluded', 'difficult', 'bndbox', 'part']
const FRESH_PART: readonly string[] = ['name', 'bndbox']
const UNHOLDABLE = 'XML cannot hold a character of it'
const FLAGS = ['truncated', 'occluded', 'difficult'] as const

/**
 * Writes one annotation as an `object` or a `part`: in the very text of its source where nothing changed, else afresh
 * in its source's order of elements. `parts` are the texts of its parts.
 */
export function writeObject(
  annotation: Annotation,
  item: Item,
  tag: 'object' | 'part',
  parts: readonly string[],
  options: GeometryOptions,
  account: Account,
): WrittenObject {
  const verbatim = rawText(annotation, tag, parts, options)
  if (verbatim !== undefined) return { xml: verbatim, outcome: { effect: 'kept', subject: annotation.type } }
  const geometry = writeGeometry(annotation, annotation.extra?.get(VOC), options)
  const { outcome } = geometry
  if (outcome.effect === 'dropped') return { xml: undefined, outcome }
  reportLosses(annotation, item, geometry, account)
  const text = new ObjectText(annotation, tag, geometry, options, account)
  const xml = text.xml(parts)
  const changed = text.changed && outcome.effect !== 'approximated'
  return { xml, outcome: changed ? { ...outcome, effect: 'approximated', reason: UNHOLDABLE } : outcome }
}

/** Whether an annotation will be written at all, without telling anybody. */
export function isWritten(annotation: Annotation, options: GeometryOptions): boolean {
  return writeGeometry(annotation, annotation.extra?.get(VOC), options).outcome.effect !== 'dropped'
}

/** The text it was read from, where that may stand here. */
function rawText(
  { raw, extra }: Annotation,
  tag: string,
  parts: readonly string[],
  { base, polygon, rotated }: GeometryOptions,
): string | undefined {
  const kept = extra?.get(VOC)
  if (raw?.format !== VOC || kept?.form !== base) return undefined
  if (polygon !== 'auto' && kept.keys.includes('polygon')) return undefined
  if (rotated !== 'auto' && kept.keys.includes('robndbox')) return undefined
  const text = decodeUtf8(raw.bytes, 0, raw.bytes.length)
  // A part that lost its object becomes one, and the other way round.
  const isTag = text.startsWith(`<${tag}`) && /[\s>]/.test(text[tag.length + 1] ?? '')
  return isTag ? filledSlots(text, PART_SLOT, parts) : undefined
}

/** One element being written. */
class ObjectText {
  readonly #annotation: Annotation
  readonly #tag: 'object' | 'part'
  readonly #geometry: WrittenGeometry
  readonly #options: GeometryOptions
  readonly #account: Account
  /** Whether a character of a text had to be replaced. */
  changed = false

  constructor(
    annotation: Annotation,
    tag: 'object' | 'part',
    geometry: WrittenGeometry,
    options: GeometryOptions,
    account: Account,
  ) {
    this.#annotation = annotation
    this.#tag = tag
    this.#geometry = geometry
    this.#options = options
    this.#account = account
  }

  xml(parts: readonly string[]): string {
    const kept = this.#annotation.extra?.get(VOC)
    const keys = kept?.keys ?? (this.#tag === 'object' ? FRESH_OBJECT : FRESH_PART)
    const lines: string[] = []
    const done = new Set<string>()
    const add = (key: string): void => {
      if (done.has(key)) return
      done.add(key)
      const line = this.#child(key)
      if (line !== undefined) lines.push(line)
    }
    const lastPart = keys.lastIndexOf('part')
    let part = 0
    for (const [i, key] of keys.entries()) {
      if (key !== 'part' || kept?.fields.has('part') === true) add(key)
      else {
        const next = i === lastPart ? parts.length : part + 1
        for (const text of parts.slice(part, next)) lines.push(text)
        part = next
      }
    }
    for (const key of ['name', ...FLAGS, ...this.#geometry.elements.keys(), 'attributes'])
      if (!done.has(key) && this.#says(key)) add(key)
    if (lastPart < 0 || kept?.fields.has('part') === true) lines.push(...parts)
    const text = keptOwnText(kept)
    if (text !== undefined) lines.unshift(escapedText(text))
    const indent = this.#tag === 'object' ? '\n\t' : '\n\t\t'
    const body = lines.map((line) => `${indent}\t${line}`).join('')
    return `<${this.#tag}${keptAttributes(kept)}>${body}${indent}</${this.#tag}>`
  }

  /** Whether the model has something to say for an element that the source did not have. */
  #says(key: string): boolean {
    const { flags, definition } = this.#annotation
    if (key === 'attributes') return Object.keys(definition.attributes).length > 0
    if (key === 'truncated' || key === 'occluded' || key === 'difficult') return flags[key] !== undefined
    return true
  }

  /** The element for a key, or undefined when nothing is to be written for it. */
  #child(key: string): string | undefined {
    const { extra, definition, flags, place } = this.#annotation
    const kept = extra?.get(VOC)
    const own = this.#geometry.elements.get(key)
    if (own !== undefined) return own
    const source = keptElement(kept, key)
    switch (key) {
      case 'name': {
        const { label } = definition
        return source?.element.text === label
          ? source.text
          : `<name>${escapedText(this.#holdable(label, 'label'))}</name>`
      }
      case 'truncated':
      case 'occluded':
      case 'difficult':
        if (source !== undefined && flagOfText(source.element.text) === flags[key]) return source.text
        if (flags[key] === undefined) {
          if (kept !== undefined || key === 'occluded') return undefined
          this.#default(key)
        }
        return `<${key}>${flags[key] === true ? 1 : 0}</${key}>`
      case 'attributes': {
        const { attributes } = definition
        const read = source === undefined ? undefined : readAttributes(source.element)
        const none = Object.keys(attributes).length === 0
        if (source !== undefined && (read === undefined ? none : attributesEqual(read, attributes))) return source.text
        return none ? undefined : attributesXml(attributes, (text) => this.#holdable(text, 'attributes'))
      }
      case 'pose':
        if (kept !== undefined) return source?.text
        this.#default('pose')
        return '<pose>Unspecified</pose>'
      case 'bndbox':
        return undefined
      default:
        if (source === undefined || kept === undefined) return undefined
        if (!holdsCoordinates(nameOf(key))) return source.text
        break
    }
    const state = coordinatesState(key, kept, this.#annotation, this.#options.base)
    if (state === 'stale')
      this.#account.field({
        level: 'field',
        effect: 'dropped',
        subject: key,
        reason: 'its place may have changed',
        place,
      })
    return state === 'keep' ? keptText(kept, key) : undefined
  }

  #default(subject: string): void {
    const { place } = this.#annotation
    this.#account.field({ level: 'field', effect: 'defaulted', subject, reason: 'VOC demands it', place })
  }

  /** A text without what XML cannot hold, which is told. */
  #holdable(text: string, subject: string): string {
    const result = holdableText(text, subject, 'field', this.#annotation, this.#account)
    if (result !== text) this.changed = true
    return result
  }
}

/** The text as XML can hold it; what is replaced is a problem and an entry in the ledger. */
export function holdableText(
  text: string,
  subject: string,
  level: 'field' | 'item',
  { place }: Pick<Annotation, 'place'>,
  account: Account,
): string {
  const result = holdable(text)
  if (result !== text) {
    const message = 'a character that XML cannot hold is replaced'
    account.problem({ code: 'invalid-value', message, place, got: JSON.stringify(text.slice(0, 80)), lossy: true })
    account.field({ level, effect: 'approximated', subject, reason: UNHOLDABLE, place })
  }
  return result
}

/** Fields of the model that VOC has no element for. */
function reportLosses(annotation: Annotation, item: Item, { boxChanged }: WrittenGeometry, account: Account): void {
  const { id, place, flags, definition, extra } = annotation
  const lose = (subject: string, reason = 'VOC has no place for it'): void =>
    account.field({ level: 'field', effect: 'dropped', subject, reason, place })
  if (id !== undefined && !(extra?.has(VOC) === true && isMadeUpId(id, item.id))) lose('id')
  if (annotation.objectId !== undefined) lose('object id')
  if (annotation.score !== undefined) lose('score')
  if (annotation.model !== undefined) lose('model')
  if (annotation.automated !== undefined) lose('automated')
  if (annotation.status !== undefined) lose('status')
  if (annotation.area !== undefined) lose('area')
  if (annotation.metadata !== undefined) lose('metadata')
  if (annotation.span !== undefined) lose('span')
  if (annotation.keyFrames !== undefined) lose('key frames')
  if (flags.crowd === true) lose('crowd')
  if (definition.description !== undefined) lose('description')
  if (boxChanged) lose('box', 'the declared box is not that of the geometry')
  for (const format of extra?.keys() ?? []) if (format !== VOC) lose('extra')
}
