import { namedReference, needsNoSemicolon } from './named-references.js'

/** A character reference found in a text. */
export interface CharacterReference {
  readonly characters: string
  /** Where it ends. */
  readonly end: number
  /** Whether it has its semicolon, and stands for what it says. */
  readonly sound: boolean
}

const NUMERIC = /&#(?:[xX]([0-9A-Fa-f]+)|(\d+))(;?)/y
const NAME = /&([A-Za-z][A-Za-z0-9]{0,31})(;?)/y
/** The longest name that may go without its semicolon. */
const LONGEST_LOOSE = 6

// What HTML makes of the numbers 0x80 to 0x9f: windows-1252, where that has a character.
const OLD_NUMBERS = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

/** The character reference at an ampersand, as HTML understands it outside attributes. Undefined where there is none. */
export function characterReferenceAt(text: string, at: number): CharacterReference | undefined {
  NUMERIC.lastIndex = at
  const numeric = NUMERIC.exec(text)
  if (numeric !== null) {
    const [all, hex, decimal, semicolon] = numeric
    const number = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    const [characters, sound] = charactersOf(number)
    return { characters, end: at + all.length, sound: sound && semicolon === ';' }
  }
  NAME.lastIndex = at
  const named = NAME.exec(text)
  if (named === null) return undefined
  const [all, name = '', semicolon] = named
  const characters = semicolon === ';' ? namedReference(name) : undefined
  if (characters !== undefined) return { characters, end: at + all.length, sound: true }
  for (let length = Math.min(LONGEST_LOOSE, name.length); length > 1; length--) {
    const start = name.slice(0, length)
    if (needsNoSemicolon(start)) return { characters: namedReference(start) ?? '', end: at + 1 + length, sound: false }
  }
  return undefined
}

function charactersOf(number: number): [characters: string, sound: boolean] {
  if (number === 0 || number > 0x10ffff || (number >= 0xd800 && number <= 0xdfff)) return ['\ufffd', false]
  if (number >= 0x80 && number <= 0x9f) return [OLD_NUMBERS.charAt(number - 0x80), false]
  return [String.fromCodePoint(number), true]
}

/** A text with its character references read; an ampersand that begins none stays. */
export function withoutReferences(text: string): string {
  let at = text.indexOf('&')
  if (at < 0) return text
  let result = ''
  let from = 0
  while (at >= 0) {
    const reference = characterReferenceAt(text, at)
    if (reference !== undefined) {
      result += text.slice(from, at) + reference.characters
      from = reference.end
    }
    at = text.indexOf('&', reference?.end ?? at + 1)
  }
  return result + text.slice(from)
}
