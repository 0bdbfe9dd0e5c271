import type { Extra, ExtraFields } from '../../dataset/extra.js'
import { jsonString } from '../../text/json-write.js'
import type { Base } from './base.js'
import { parseXml, type XmlElement } from './xml-tree.js'

// What the model has no word for travels as `extra.voc`: the names of an element's children in their order, and for each
// child that the model's value would not be written as, its XML text as a JSON string. `@` stands for the attributes of the
// element, `#` for text beside its children. The form is the base of the coordinates.

export const VOC = 'voc'
export const ATTRIBUTES = '@'
const OWN_TEXT = '#'

/** The keys of an element's children: its name, and for the second of one name `name[2]`, which no name can be. */
export function childKeys({ elements }: XmlElement): readonly string[] {
  const seen = new Map<string, number>()
  return elements.map(({ name }) => {
    const count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    return count === 1 ? name : `${name}[${count}]`
  })
}

/** Collects the extra of one element. */
export class ElementFields {
  readonly #text: string
  readonly #fields = new Map<string, string>()

  /** @param text the text the element's extents are in */
  constructor(text: string, element: XmlElement) {
    this.#text = text
    if (element.attributes !== '') this.#fields.set(ATTRIBUTES, jsonString(element.attributes))
    if (element.text !== '' && element.elements.length > 0) this.#fields.set(OWN_TEXT, jsonString(element.text))
  }

  /** Keeps the text of a child. */
  keep(key: string, { start, end }: XmlElement): void {
    this.#fields.set(key, jsonString(this.#text.slice(start, end)))
  }

  finish(keys: readonly string[], base: Base, cache: ExtraCache): Extra {
    return cache.extra(keys, this.#fields, base)
  }
}

/** How many different extras are remembered; elements of one source have a handful. */
const REMEMBERED = 512
/** Longer ones will not be met again. */
const MOST_REMEMBERED_TEXT = 2048

/** One extra for alike elements, so that neither memory nor writers pay for each. */
export class ExtraCache {
  readonly #known = new Map<string, Extra>()

  extra(keys: readonly string[], fields: ReadonlyMap<string, string>, base: Base): Extra {
    let name = `${base}\0${keys.join('\0')}`
    for (const [key, text] of fields) name += `\0\0${key}\0${text}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const own: ExtraFields = { keys: Object.freeze([...keys]), fields, form: base }
    const extra: Extra = new Map([[VOC, own]])
    if (name.length > MOST_REMEMBERED_TEXT) return extra
    if (this.#known.size === REMEMBERED) this.#known.clear()
    this.#known.set(name, extra)
    return extra
  }
}

/** The XML text kept for a key; undefined where there is none, or no text. */
export function keptText(fields: ExtraFields | undefined, key: string): string | undefined {
  const json = fields?.fields.get(key)
  if (json === undefined) return undefined
  try {
    const text: unknown = JSON.parse(json)
    return typeof text === 'string' ? text : undefined
  } catch {
    return undefined // another program wrote this extra
  }
}

/** The element kept for a key, where it is one: what comes by way of another format may be anything. */
export function keptElement(fields: ExtraFields | undefined, key: string): KeptElement | undefined {
  const text = keptText(fields, key)
  if (text === undefined) return undefined
  try {
    const element = parseXml(text, VOC)
    return element.name === nameOf(key) ? { text, element } : undefined
  } catch {
    return undefined
  }
}

export interface KeptElement {
  readonly text: string
  readonly element: XmlElement
}

/** The attributes kept for an element, with a space before them. */
export function keptAttributes(fields: ExtraFields | undefined): string {
  const text = keptText(fields, ATTRIBUTES)
  if (text === undefined) return ''
  try {
    return parseXml(`<a ${text}/>`, VOC).elements.length === 0 ? ` ${text}` : ''
  } catch {
    return ''
  }
}

/** The text kept beside the children of an element. */
export function keptOwnText(fields: ExtraFields | undefined): string | undefined {
  return keptText(fields, OWN_TEXT)
}

/** The name of an element by its key. */
export function nameOf(key: string): string {
  const bracket = key.indexOf('[')
  return bracket < 0 ? key : key.slice(0, bracket)
}
