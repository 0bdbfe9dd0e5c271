import { AnnotationError } from '../../errors.js'
import { badReference, decoded, forbiddenAt, strayAmpersand, trimmedSource } from './xml-characters.js'
import { TextPlaces } from './xml-place.js'

/** An element of a document, with where it stands: `start` at its `<`, `end` after its `>`. */
export interface XmlElement {
  readonly name: string
  /** The source text of its attributes, without white space around it; empty where there are none. */
  readonly attributes: string
  readonly elements: readonly XmlElement[]
  /** Its own text, decoded, without literal white space around it. */
  readonly text: string
  readonly start: number
  readonly end: number
}

const MOST_LEVELS = 256
const MOST_ELEMENTS = 1_000_000
const START = /<([^\s/>"'=<&!?]+)((?:\s+[^\s=/>"'<]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const END = /<\/([^\s/>"'=<&!?]+)\s*>/y
const BLANK = /^[ \t\r\n]*$/

/** An element that is still open. Its text is kept as source, so that only literal white space is trimmed. */
interface Open {
  readonly name: string
  readonly attributes: string
  readonly start: number
  readonly elements: XmlElement[]
  source: string
}

const NO_ELEMENTS: readonly XmlElement[] = Object.freeze([])

/**
 * The root element of a document without DOCTYPE, with the extent of every element, which parsers for objects do not
 * tell and source texts need. Comments and instructions are passed over.
 * @throws AnnotationError `xml-syntax` with line and column, `xml-limit` for a monster
 */
export function parseXml(text: string, file: string): XmlElement {
  const places = new TextPlaces(text, file)
  const forbidden = forbiddenAt(text)
  if (forbidden >= 0) throw places.fault(forbidden, 'a character that XML cannot hold', `U+${codeAt(text, forbidden)}`)
  const open: Open[] = []
  let root: XmlElement | undefined
  let count = 0
  let at = 0
  const close = (element: Open, end: number): void => {
    open.pop()
    const { name, attributes, start, elements, source } = element
    const own = source === '' ? '' : decoded(trimmedSource(source))
    const done = { name, attributes, elements: elements.length === 0 ? NO_ELEMENTS : elements, text: own, start, end }
    const parent = open.at(-1)
    if (parent === undefined) root = done
    else parent.elements.push(done)
  }
  const addText = (from: number, to: number): void => {
    const source = text.slice(from, to)
    const top = open.at(-1)
    if (top === undefined) {
      if (BLANK.test(source)) return
      throw places.fault(
        from + source.search(/[^ \t\r\n]/),
        `text ${root === undefined ? 'before' : 'after'} the root element`,
      )
    }
    checkReferences(source, from, places)
    // White space between elements is only layout.
    if (top.source !== '' || !BLANK.test(source)) top.source += source
  }
  for (;;) {
    const mark = text.indexOf('<', at)
    if (mark > at || mark < 0) addText(at, mark < 0 ? text.length : mark)
    if (mark < 0) break
    const section = sectionAt(text, mark, places)
    if (section !== undefined) {
      if (section.content !== undefined) {
        const top = open.at(-1)
        if (top === undefined) throw places.fault(mark, 'CDATA outside the root element')
        top.source += section.content
      }
      at = section.end
      continue
    }
    if (text[mark + 1] === '/') {
      END.lastIndex = mark
      const name = END.exec(text)?.[1]
      const top = open.at(-1)
      if (name === undefined) throw places.fault(mark, 'a closing tag that does not end')
      if (top === undefined) throw places.fault(mark, 'a closing tag without an opening one', `</${name}>`)
      if (top.name !== name)
        throw new AnnotationError('xml-syntax', 'this tag closes another element than the one that is open', {
          place: places.at(mark),
          expected: `</${top.name}> (opened in line ${places.at(top.start).line})`,
          got: `</${name}>`,
        })
      at = END.lastIndex
      close(top, at)
      continue
    }
    START.lastIndex = mark
    const match = START.exec(text)
    if (match === null) throw places.fault(mark, 'a tag that is none', JSON.stringify(text.slice(mark, mark + 20)))
    at = START.lastIndex
    const [, name = '', attributes = '', empty] = match
    if (root !== undefined) throw places.fault(mark, 'a second root element', `<${name}>`)
    if (open.length === MOST_LEVELS || ++count > MOST_ELEMENTS)
      throw new AnnotationError('xml-limit', 'too much XML for an annotation of one picture', {
        place: places.at(mark),
        expected: `at most ${MOST_LEVELS} levels and ${MOST_ELEMENTS} elements`,
      })
    checkReferences(attributes, mark + 1 + name.length, places)
    const element: Open = { name, attributes: attributes.trim(), start: mark, elements: [], source: '' }
    open.push(element)
    if (empty === '/') close(element, at)
  }
  const unclosed = open.at(-1)
  if (unclosed !== undefined)
    throw places.fault(
      text.length,
      `the file ends inside <${unclosed.name}>, opened in line ${places.at(unclosed.start).line}`,
    )
  if (root === undefined) throw places.fault(0, 'there is no element in this file')
  return root
}

/** A comment, an instruction or a CDATA section at `mark`: where it ends, and the source text it stands for. */
function sectionAt(
  text: string,
  mark: number,
  places: TextPlaces,
): { readonly end: number; readonly content?: string } | undefined {
  if (text[mark + 1] === '?') return { end: endOf('?>', mark + 2, 'an instruction') }
  if (text[mark + 1] !== '!') return undefined
  if (text.startsWith('<!--', mark)) return { end: endOf('-->', mark + 4, 'a comment') }
  if (!text.startsWith('<![CDATA[', mark)) throw places.fault(mark, 'a declaration where none can be')
  const end = endOf(']]>', mark + 9, 'a CDATA section')
  const content = text
    .slice(mark + 9, end - 3)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
  return { end, content }

  function endOf(close: string, from: number, what: string): number {
    const found = text.indexOf(close, from)
    if (found < 0) throw places.fault(mark, `${what} that does not end`)
    return found + close.length
  }
}

function checkReferences(source: string, offset: number, places: TextPlaces): void {
  const stray = strayAmpersand(source)
  if (stray >= 0)
    throw new AnnotationError('xml-syntax', 'a bare ampersand, or an entity nobody declared', {
      place: places.at(offset + stray),
      got: JSON.stringify(source.slice(stray, stray + 12)),
      fix: 'Write &amp; for an ampersand',
    })
  const bad = badReference(source)
  if (bad >= 0) throw places.fault(offset + bad, 'a reference to what is no character', source.slice(bad, bad + 12))
}

function codeAt(text: string, at: number): string {
  return (text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')
}

/** The first child of a name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.elements.find((candidate) => candidate.name === name)
}

/** The text of the first child of a name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text
}

/** Whether two elements are equal trees: names, attributes' text, order of children, trimmed text. */
export function sameTree(a: XmlElement, b: XmlElement): boolean {
  return (
    a.name === b.name &&
    a.text === b.text &&
    a.attributes === b.attributes &&
    a.elements.length === b.elements.length &&
    a.elements.every((element, i) => {
      const other = b.elements[i]
      return other !== undefined && sameTree(element, other)
    })
  )
}
