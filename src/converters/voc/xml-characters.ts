// Characters of XML 1.0: what may stand in a document, what references stand for, and how texts are written.

const REFERENCE = /&#(?:x([0-9a-fA-F]+)|([0-9]+));/g
const NAMED = /&(amp|lt|gt|quot|apos);/g
/** A bare ampersand, or an entity that nobody declared. */
const STRAY = /&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)/
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones XML cannot hold.
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/u
const ALL_FORBIDDEN = new RegExp(FORBIDDEN, 'gu')
const NAMES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

/** The index of the first character that XML 1.0 cannot hold; -1 where there is none. */
export function forbiddenAt(text: string): number {
  return text.search(FORBIDDEN)
}

/** Where in a source text an ampersand begins no reference this document can resolve; -1 where there is none. */
export function strayAmpersand(source: string): number {
  return source.includes('&') ? source.search(STRAY) : -1
}

/** Where in a source text a character reference names what is no character; -1 where there is none. */
export function badReference(source: string): number {
  if (!source.includes('&#')) return -1
  for (const match of source.matchAll(REFERENCE)) if (characterOf(match[1], match[2]) === undefined) return match.index
  return -1
}

/** The text with its character references replaced; those of no character stay. */
export function withCharacters(source: string): string {
  return source.replace(
    REFERENCE,
    (whole: string, hex?: string, decimal?: string) => characterOf(hex, decimal) ?? whole,
  )
}

/** The text a source text stands for: line ends as LF, references replaced. */
export function decoded(source: string): string {
  const lines = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source
  if (!lines.includes('&')) return lines
  return lines.replace(/&[^;]+;/g, (reference) =>
    reference[1] === '#'
      ? withCharacters(reference)
      : reference.replace(NAMED, (whole, name: string) => NAMES.get(name) ?? whole),
  )
}

/** The source text without the white space around it. That of references stays: whoever writes it so means it. */
export function trimmedSource(source: string): string {
  // By hand: an expression for the end takes quadratic time on long runs of spaces within the text.
  let start = 0
  let end = source.length
  while (start < end && isSpace(source.charCodeAt(start))) start++
  while (end > start && isSpace(source.charCodeAt(end - 1))) end--
  return source.slice(start, end)
}

/** The text as it stands in an element; white space that a reader would trim or change is written as references. */
export function escapedText(text: string): string {
  if (/^[\w./:-]*$/.test(text)) return text
  const trimmed = trimmedSource(text)
  const start = trimmed === '' ? text.length : text.indexOf(trimmed)
  return (
    asReferences(text.slice(0, start)) +
    trimmed.replace(/[&<>\t\r\n]/g, (one) => ESCAPES.get(one) ?? `&#${one.charCodeAt(0)};`) +
    asReferences(text.slice(start + trimmed.length))
  )
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
])

function asReferences(text: string): string {
  return [...text].map((one) => `&#${one.charCodeAt(0)};`).join('')
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d
}

/** The text with U+FFFD for each character that XML 1.0 cannot hold. */
export function holdable(text: string): string {
  return text.replace(ALL_FORBIDDEN, '\ufffd')
}

function characterOf(hex: string | undefined, decimal: string | undefined): string | undefined {
  const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16)
  if (!(code <= 0x10ffff)) return undefined
  const character = String.fromCodePoint(code)
  return FORBIDDEN.test(character) ? undefined : character
}
