/**
 * The identity of an item, annotation, label or object: the source's text, and whether the source wrote a number or a
 * string. Two ids are the same when their texts are, so that ids beyond 2^53 never collide.
 */
export interface Id {
  /** Canonical decimal digits for an integer (`1.0` and `1e0` are `1`), the characters as given for a string. */
  readonly text: string
  readonly kind: 'integer' | 'string'
}

const INTEGER = /^(?:0|-?[1-9][0-9]*)$/

/** An id from what a program has at hand. @throws TypeError for a number that is not a safe integer. */
export function idFrom(value: Id | string | number | bigint): Id {
  if (typeof value === 'object') return value
  if (typeof value === 'string') return { text: value, kind: 'string' }
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new TypeError(`an id must be a safe integer, a bigint or a string, got ${value}`)
  return { text: String(value === 0 ? 0 : value), kind: 'integer' }
}

/** An integer id from its canonical decimal digits, as `integerText` gives them. */
export function integerId(text: string): Id {
  return { text, kind: 'integer' }
}

/** Whether a text is the canonical decimal form of an integer, so that it could stand where integers are demanded. */
export function isIntegerText(text: string): boolean {
  return INTEGER.test(text)
}
