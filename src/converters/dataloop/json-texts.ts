import { numberText } from '../../text/json-number.js'
import { jsonString } from '../../text/json-write.js'

const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?Infinity|NaN|-?[0-9][0-9.eE+-]*|\s+/gs
/** Whole numbers of more digits may say more than a double does. */
const SAFE_DIGITS = 15

/** JSON text without white space between its tokens, and `null` for NaN and the infinities. Numbers and strings stay as written. */
export function compactJson(text: string): string {
  if (isPlain(text)) return text
  return text.replace(TOKENS, (token) => {
    const first = token.charCodeAt(0)
    if (first === 0x22) return token
    if (first <= 0x20) return ''
    return token.endsWith('N') || token.endsWith('y') ? 'null' : token
  })
}

/** Compact JSON text with numbers in their shortest form and strings as this library writes them: equal texts, equal values. */
export function normalJson(compact: string): string {
  if (isPlain(compact) && !compact.includes('\\')) return compact
  return compact.replace(TOKENS, (token) => {
    if (token.charCodeAt(0) === 0x22) return token.includes('\\') ? jsonString(JSON.parse(token)) : token
    if (/^-?[0-9]+$/.test(token) && token.length > SAFE_DIGITS) return token
    const value = Number(token)
    return Number.isFinite(value) ? numberText(value) : token
  })
}

/** Texts and words, most values of all, have nothing to be left out. */
function isPlain(text: string): boolean {
  const first = text.charCodeAt(0)
  return first === 0x22 || first === 0x74 || first === 0x66 || first === 0x6e
}
