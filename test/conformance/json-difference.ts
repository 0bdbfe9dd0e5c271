import type { JsonMember, JsonNode } from './json-text.js'

/**
 * `text`: keys in the same order, numbers written with the same characters, keys that are there twice included.
 * `value`: keys in the same order, equal numbers however written (integers of any size exactly), of a key that is there
 * twice the last value.
 */
export type Strictness = 'text' | 'value'

/** The first place where two values differ, as a sentence with a JSON pointer; undefined when they are equal. */
export function jsonDifference(
  expected: JsonNode,
  actual: JsonNode,
  strictness: Strictness,
  pointer = '',
): string | undefined {
  if (expected.kind === 'object' && actual.kind === 'object')
    return membersDifference(
      settled(expected.members, strictness),
      settled(actual.members, strictness),
      strictness,
      pointer,
    )
  if (expected.kind === 'array' && actual.kind === 'array')
    return elementsDifference(expected.elements, actual.elements, strictness, pointer)
  if (expected.kind === 'number' && actual.kind === 'number' && sameNumber(expected.text, actual.text, strictness))
    return undefined
  if (expected.kind === 'string' && actual.kind === 'string' && expected.value === actual.value) return undefined
  if (expected.kind === 'word' && actual.kind === 'word' && expected.text === actual.text) return undefined
  return differs(pointer, shortText(expected), shortText(actual))
}

/** As {@link jsonDifference} for the elements of two lists. */
export function elementsDifference(
  expected: readonly JsonNode[],
  actual: readonly JsonNode[],
  strictness: Strictness,
  pointer: string,
): string | undefined {
  for (const [i, element] of expected.entries()) {
    const other = actual[i]
    if (other === undefined) break
    const difference = jsonDifference(element, other, strictness, `${pointer}/${i}`)
    if (difference !== undefined) return difference
  }
  if (expected.length === actual.length) return undefined
  return differs(pointer, `${expected.length} elements`, `${actual.length}`)
}

function membersDifference(
  expected: readonly JsonMember[],
  actual: readonly JsonMember[],
  strictness: Strictness,
  pointer: string,
): string | undefined {
  const names = (members: readonly JsonMember[]): string => members.map(({ key }) => key).join(', ')
  if (expected.length !== actual.length || expected.some(({ key }, i) => key !== actual[i]?.key))
    return differs(pointer, `the keys ${names(expected)}`, names(actual))
  for (const [i, { key, value }] of expected.entries()) {
    const other = actual[i]?.value
    if (other === undefined) continue // lengths are equal
    const difference = jsonDifference(value, other, strictness, `${pointer}/${key}`)
    if (difference !== undefined) return difference
  }
  return undefined
}

/** Each key once, where it stands first, with its last value. */
function settled(members: readonly JsonMember[], strictness: Strictness): readonly JsonMember[] {
  if (strictness === 'text') return members
  const last = new Map(members.map(({ key, value }) => [key, value]))
  return last.size === members.length ? members : [...last].map(([key, value]) => ({ key, value }))
}

function sameNumber(a: string, b: string, strictness: Strictness): boolean {
  if (a === b || strictness === 'text') return a === b
  const whole = /^-?[0-9]+$/
  if (whole.test(a) && whole.test(b)) return BigInt(a) === BigInt(b)
  return Number(a) === Number(b)
}

function differs(pointer: string, expected: string, actual: string): string {
  return `${pointer === '' ? 'the root' : pointer}: expected ${expected}, got ${actual}`
}

/** A value as it may stand in a sentence. */
export function shortText(node: JsonNode): string {
  const text = textOfNode(node)
  return text.length > 120 ? `${text.slice(0, 120)}…` : text
}

function textOfNode(node: JsonNode): string {
  switch (node.kind) {
    case 'object':
      return `{${node.members
        .slice(0, 12)
        .map(({ key, value }) => `${JSON.stringify(key)}:${textOfNode(value)}`)
        .join(',')}}`
    case 'array':
      return `[${node.elements.slice(0, 40).map(textOfNode).join(',')}]`
    case 'string':
      return JSON.stringify(node.value.slice(0, 120))
    default:
      return node.text
  }
}
