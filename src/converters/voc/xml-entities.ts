import { AnnotationError } from '../../errors.js'
import { withCharacters } from './xml-characters.js'
import { TextPlaces } from './xml-place.js'

/** Entities in entities, and characters their references may add to a document. */
const MOST_LEVELS = 10
const MOST_CHARACTERS = 1 << 16

/** A document without its DOCTYPE. */
export interface WithoutDoctype {
  /** The text, references to entities it declares replaced. Lines stay where they were. */
  readonly text: string
  /** Offsets in the source of references to external entities: they are never read, nothing stands in their place. */
  readonly external: readonly { readonly name: string; readonly offset: number }[]
}

type Entity = { readonly value: string } | { readonly external: true }

const PREDEFINED: ReadonlySet<string> = new Set(['amp', 'lt', 'gt', 'quot', 'apos'])
const PROLOG = /\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->/y
const REFERENCE = /&([^\s#;&<>'"][^\s;&<>'"]*);/y
const SECTIONS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const
/** A DOCTYPE of an annotation declares a handful of entities. */
const MOST_DOCTYPE = 1 << 18
const DECLARATION =
  /\s+|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|%[^\s;%]+;|<!ENTITY\s+(?:(%)\s+)?([^\s"'>%]+)\s+(?:"([^"]*)"|'([^']*)'|((?:SYSTEM|PUBLIC)\b(?:[^>"']|"[^"]*"|'[^']*')*))\s*>|<!(?:[^>"']|"[^"]*"|'[^']*')*>/y

/**
 * Takes the document type away and puts in what its internal general entities stand for, as XML means them: up to 10
 * levels and 65,536 characters in all.
 * @throws AnnotationError `xml-limit` beyond that, `xml-syntax` for a broken DOCTYPE
 */
export function withoutDoctype(text: string, file: string): WithoutDoctype {
  const start = text.includes('<!DOCTYPE') ? prologEnd(text) : -1
  if (start < 0 || !text.startsWith('<!DOCTYPE', start)) return { text, external: [] }
  const places = new TextPlaces(text, file)
  const entities = new Map<string, Entity>()
  const end = readDoctype(text, start, entities, places)
  const blank = text.slice(start, end).replace(/[^\r\n]+/g, '')
  const external: { name: string; offset: number }[] = []
  const expansion = new Expansion(entities, places)
  const body = withReferences(text.slice(end), (name, at) => {
    const entity = entities.get(name)
    if (entity === undefined) return `&${name};` // one of the five, or nobody's: the parser says so
    if ('value' in entity) return expansion.of(name, end + at)
    external.push({ name, offset: end + at })
    return ''
  })
  return { text: text.slice(0, start) + blank + body, external }
}

/** Where the prolog's white space, comments and instructions end. */
function prologEnd(text: string): number {
  let at = 0
  for (;;) {
    PROLOG.lastIndex = at
    if (!PROLOG.test(text)) return at
    at = PROLOG.lastIndex
  }
}

/** Reads the declarations and returns where the DOCTYPE ends. */
function readDoctype(source: string, start: number, entities: Map<string, Entity>, places: TextPlaces): number {
  const text = source.slice(0, start + MOST_DOCTYPE)
  const head = /<!DOCTYPE(?:[^>"'[]|"[^"]*"|'[^']*')*([[>])/y
  head.lastIndex = start
  const opened = head.exec(text)
  if (opened === null) throw places.fault(start, 'the DOCTYPE does not end')
  if (opened[1] === '>') return head.lastIndex
  let at = head.lastIndex
  for (;;) {
    DECLARATION.lastIndex = at
    const match = DECLARATION.exec(text)
    if (match === null) break
    at = DECLARATION.lastIndex
    const [, parameter, name, double, single, outside] = match
    // The first declaration of a name holds. Parameter entities only matter within a DTD.
    if (name === undefined || parameter !== undefined || entities.has(name) || PREDEFINED.has(name)) continue
    entities.set(name, outside === undefined ? { value: withCharacters(double ?? single ?? '') } : { external: true })
  }
  const tail = /\]\s*>/y
  tail.lastIndex = at
  if (!tail.test(text)) throw places.fault(at, 'the DOCTYPE does not end, or has something strange in it')
  return tail.lastIndex
}

/** Replacement texts, each made once, so that nests of empty entities take no time either. */
class Expansion {
  readonly #entities: ReadonlyMap<string, Entity>
  readonly #places: TextPlaces
  readonly #made = new Map<string, { readonly text: string; readonly levels: number }>()
  #total = 0

  constructor(entities: ReadonlyMap<string, Entity>, places: TextPlaces) {
    this.#entities = entities
    this.#places = places
  }

  /** What a reference at `offset` of the document stands for. */
  of(name: string, offset: number): string {
    const { text } = this.#made.get(name) ?? this.#make(name, offset, 1)
    this.#total += text.length
    if (this.#total > MOST_CHARACTERS) throw this.#beyond(offset, `${MOST_CHARACTERS} characters in all`)
    return text
  }

  #make(name: string, offset: number, level: number): { readonly text: string; readonly levels: number } {
    if (level > MOST_LEVELS) throw this.#tooDeep(offset)
    const entity = this.#entities.get(name)
    if (entity === undefined || !('value' in entity)) {
      if (PREDEFINED.has(name)) return { text: `&${name};`, levels: 0 }
      throw this.#places.fault(offset, 'an entity that is not declared here', JSON.stringify(name))
    }
    let length = 0
    let levels = 1
    const text = withReferences(entity.value, (inner) => {
      const part = this.#made.get(inner) ?? this.#make(inner, offset, level + 1)
      levels = Math.max(levels, part.levels + 1)
      length += part.text.length
      if (length > MOST_CHARACTERS) throw this.#beyond(offset, `${MOST_CHARACTERS} characters in all`)
      return part.text
    })
    // What was made for an inner reference before may lie deeper than this one may go.
    if (levels > MOST_LEVELS) throw this.#tooDeep(offset)
    const made = { text, levels }
    this.#made.set(name, made)
    return made
  }

  #tooDeep(offset: number): AnnotationError {
    return this.#beyond(offset, `${MOST_LEVELS} levels of entities in entities`)
  }

  #beyond(offset: number, expected: string): AnnotationError {
    return new AnnotationError('xml-limit', 'entities that grow without measure', {
      place: this.#places.at(offset),
      expected: `at most ${expected}`,
      fix: 'Write the text out instead of naming entities',
    })
  }
}

/** The text with its general references replaced; comments, CDATA and instructions are passed over. */
function withReferences(text: string, replacement: (name: string, at: number) => string): string {
  let result = ''
  let done = 0
  for (let at = nextMark(text, 0); at < text.length; ) {
    if (text[at] === '<') {
      const end = sectionEnd(text, at)
      if (end < 0) break
      at = nextMark(text, end)
      continue
    }
    REFERENCE.lastIndex = at
    const [reference = '', name] = REFERENCE.exec(text) ?? []
    if (name === undefined) {
      at = nextMark(text, at + 1)
      continue
    }
    result += text.slice(done, at) + replacement(name, at)
    done = at + reference.length
    at = nextMark(text, done)
  }
  return result + text.slice(done)
}

const MARK = /[<&]/g

function nextMark(text: string, from: number): number {
  MARK.lastIndex = from
  return MARK.exec(text)?.index ?? text.length
}

/** Where what begins with the `<` at `at` may be looked into again; -1 when it never ends. */
function sectionEnd(text: string, at: number): number {
  for (const [open, close] of SECTIONS) {
    if (!text.startsWith(open, at)) continue
    const end = text.indexOf(close, at + open.length)
    return end < 0 ? -1 : end + close.length
  }
  return at + 1
}
