import type { Account } from '../../dataset/account.js'
import { Annotation, type AnnotationInit, type Flags, NO_FLAGS } from '../../dataset/annotation.js'
import type { Extra } from '../../dataset/extra.js'
import type { Id } from '../../dataset/id.js'
import type { Attributes } from '../../definitions/index.js'
import { AnnotationError, type Place } from '../../errors.js'
import { encodeUtf8 } from '../../text/decode.js'
import { attributesXml, readAttributes } from './attributes.js'
import type { Base } from './base.js'
import { childKeys, ElementFields, type ExtraCache, VOC } from './elements.js'
import { flagOfText } from './flags.js'
import { detailOf, readDefinition } from './read-definition.js'
import { PART_SLOT, withSlots } from './slots.js'
import { holdsCoordinates } from './write-geometry.js'
import type { XmlDocument } from './xml-document.js'
import { parseXml, sameTree, type XmlElement } from './xml-tree.js'

/** What reading an object needs to know of its document. */
export interface ObjectScope {
  readonly document: XmlDocument
  readonly base: Base
  readonly repair: boolean
  readonly account: Account
  readonly extras: ExtraCache
  /** Whether source texts are kept. */
  readonly verbatim: boolean
}

const REPAIRED = Object.freeze({ effect: 'approximated', reason: 'repaired' } as const)
const INVALID = Object.freeze({ effect: 'dropped', subject: 'annotation', reason: 'invalid' } as const)

/** How many annotations an `object` is in the source: itself and its parts. Nothing of them is looked at. */
export function countObject({ elements }: XmlElement): number {
  let count = 1
  for (const { name } of elements) if (name === 'part') count++
  return count
}

/**
 * The annotations of an `object`: its own, then one for each `part`. `id` is what parts call it. What is invalid is
 * reported and entered as dropped; the parts of an invalid object go with it.
 */
export function readObject(object: XmlElement, id: Id, scope: ObjectScope): readonly Annotation[] {
  const parts = object.elements.filter(({ name }) => name === 'part')
  const own = readElement(object, parts.length === 0 ? {} : { id }, parts, scope)
  if (own === undefined) {
    for (const part of parts) scope.account.drop(INVALID, placeOf(part, scope))
    return []
  }
  const annotations = [own]
  for (const part of parts) {
    const annotation = readElement(part, { parentId: id }, [], scope)
    if (annotation !== undefined) annotations.push(annotation)
  }
  return annotations
}

function readElement(
  element: XmlElement,
  ids: Pick<AnnotationInit, 'id' | 'parentId'>,
  parts: readonly XmlElement[],
  scope: ObjectScope,
): Annotation | undefined {
  const { account, base, repair } = scope
  const place = placeOf(element, scope)
  try {
    const fields = new ElementFields(scope.document.text, element)
    const read = readFields(element, fields, parts, scope)
    if (read.label === '')
      throw new AnnotationError('missing-field', `no <name> in <${element.name}>`, { expected: '<name>' })
    const { label, attributes, flags } = read
    const { definition, box, repaired, problems } = readDefinition(element, { label, attributes }, base, repair)
    for (const problem of problems) account.problem({ ...problem, place })
    return new Annotation({
      ...ids,
      definition,
      box,
      flags,
      extra: read.extra,
      place,
      raw: repaired ? undefined : rawOf(element, parts, scope),
      amended: repaired ? REPAIRED : undefined,
    })
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    // What the account itself throws under the strict policy has a place already, and goes through.
    if (error.place !== undefined) throw error
    account.problem({ ...detailOf(error), place, lossy: true })
    account.drop(INVALID, place)
    return undefined
  }
}

interface FieldsReading {
  readonly label: string
  readonly attributes: Attributes | undefined
  readonly flags: Flags
  readonly extra: Extra
}

/** All children but the geometry, and the extra: what the model's values would not be written as. */
function readFields(
  element: XmlElement,
  fields: ElementFields,
  parts: readonly XmlElement[],
  { base, extras }: ObjectScope,
): FieldsReading {
  const keys = childKeys(element)
  const hasParts = parts.length > 0
  let label = ''
  let attributes: Attributes | undefined
  const flags: { -readonly [K in keyof Flags]: Flags[K] } = {}
  let flagged = false
  for (const [i, each] of element.elements.entries()) {
    const key = keys[i] as string
    switch (key) {
      case 'name':
        label = each.text
        if (each.attributes !== '' || each.elements.length > 0) fields.keep(key, each)
        break
      case 'truncated':
      case 'occluded':
      case 'difficult': {
        const flag = flagOf(each)
        if (flag !== undefined) {
          flags[key] = flag
          flagged = true
        }
        if (flag === undefined || each.attributes !== '' || each.text.length > 1) fields.keep(key, each)
        break
      }
      case 'attributes':
        attributes = readAttributes(each)
        if (attributes === undefined || !isWrittenAs(attributesXml(attributes), each)) fields.keep(key, each)
        break
      case 'bndbox':
        // Beside other coordinates it tells whether they are still where they were.
        if (!isPlainBox(each) || keys.some(holdsCoordinates)) fields.keep(key, each)
        break
      default:
        if (each.name !== 'part' || !hasParts) fields.keep(key, each)
    }
  }
  return {
    label,
    attributes,
    flags: flagged ? flags : NO_FLAGS,
    extra: fields.finish(hasParts ? withoutNumbers(keys) : keys, base, extras),
  }
}

/** Keys of parts without their numbers: each is a place where one of them stands. */
function withoutNumbers(keys: readonly string[]): readonly string[] {
  return keys.map((key) => (key.startsWith('part[') ? 'part' : key))
}

function flagOf({ text, elements }: XmlElement): boolean | undefined {
  return elements.length > 0 ? undefined : flagOfText(text)
}

const PLAIN_NUMBER = /^(?:0|-?[1-9]\d{0,14})$/
const CORNERS = ['xmin', 'ymin', 'xmax', 'ymax']

/** Whether a box would be written like this: whole numbers in the devkit's order. */
function isPlainBox({ elements, attributes, text }: XmlElement): boolean {
  return (
    attributes === '' &&
    text === '' &&
    elements.length === CORNERS.length &&
    elements.every(
      (corner, i) =>
        corner.name === CORNERS[i] &&
        corner.attributes === '' &&
        corner.elements.length === 0 &&
        PLAIN_NUMBER.test(corner.text),
    )
  )
}

function isWrittenAs(xml: string, element: XmlElement): boolean {
  return sameTree(parseXml(xml, VOC), element)
}

/** The source text, with a mark where each part stood: parts are annotations of their own and may change. */
function rawOf(element: XmlElement, parts: readonly XmlElement[], scope: ObjectScope): Annotation['raw'] {
  if (!scope.verbatim) return undefined
  const { text } = scope.document
  return { format: VOC, bytes: encodeUtf8(withSlots(text, element.start, element.end, parts, PART_SLOT)) }
}

function placeOf({ start }: XmlElement, { document }: ObjectScope): Place {
  return document.places.at(start)
}
