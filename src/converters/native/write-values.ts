import type { Account } from '../../dataset/account.js'
import { type Id, isIntegerText } from '../../dataset/id.js'
import { AnnotationError, type Place } from '../../errors.js'
import { numberText } from '../../text/json-number.js'
import type { JsonValue } from '../../text/json-value.js'
import { jsonString, jsonText } from '../../text/json-write.js'

/** A bare JSON integer of any size, or a JSON string. @throws TypeError for an integer id that is no canonical integer. */
export function idText(id: Id): string {
  if (id.kind === 'string') return jsonString(id.text)
  if (isIntegerText(id.text)) return id.text
  throw new TypeError(`an integer id must be canonical decimal digits, got ${JSON.stringify(id.text)}`)
}

/** `,"name":id` or nothing. */
export function idMember(name: string, id: Id | undefined): string {
  return id === undefined ? '' : `,"${name}":${idText(id)}`
}

/** A number that nothing has checked: NaN and the infinities, for which JSON has no word, as strings. */
export function looseNumber(value: number): string {
  // Most have two decimals at most, and integers are written in a third of the time of doubles.
  const hundredths = value * 100
  if (hundredths > 0 && hundredths < 1e9 && Math.round(hundredths) / 100 === value)
    return decimalText(Math.round(hundredths))
  return Number.isFinite(value) ? numberText(value) : `"${value}"`
}

function decimalText(hundredths: number): string {
  const whole = (hundredths / 100) | 0
  const rest = hundredths - whole * 100
  if (rest === 0) return String(whole)
  if (rest % 10 === 0) return `${whole}.${rest / 10}`
  return rest < 10 ? `${whole}.0${rest}` : `${whole}.${rest}`
}

/** A flat JSON object of the members that are there. */
export function membersOf(values: Readonly<Record<string, number | string | boolean | undefined>>): string {
  let text = ''
  for (const name in values) {
    const value = values[name]
    if (value === undefined) continue
    text += `${text === '' ? '' : ','}"${name}":${typeof value === 'number' ? looseNumber(value) : jsonText(value)}`
  }
  return `{${text}}`
}

/** Whose value it is, for the ledger. */
export interface ValueOwner {
  readonly level: 'field' | 'item' | 'header'
  readonly subject: string
  readonly place?: Place | undefined
}

/** Free JSON. Numbers that JSON has no word for become null and are ledgered. */
export function valueText(value: JsonValue, owner: ValueOwner, account: Account): string {
  try {
    return jsonText(value)
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    account.field({ ...owner, effect: 'approximated', reason: 'non-finite number' })
    return JSON.stringify(value)
  }
}
