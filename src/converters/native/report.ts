import type { Account, FieldLoss } from '../../dataset/account.js'
import { AnnotationError, type Place } from '../../errors.js'
import { type Fields, isBrokenText } from './fields.js'

const EDITED = 'edited since it was written'
const INEXACT = 'number beyond a double'

/**
 * Tells that a field was left out because it is not what it should be.
 * @throws anything that is no such error, `json-syntax` above all, and what the account throws.
 */
export function reportBadField(
  error: unknown,
  name: string,
  level: FieldLoss['level'],
  place: Place,
  pointer: string,
  account: Account,
): void {
  if (!(error instanceof AnnotationError) || isBrokenText(error)) throw error
  const { code, reason, expected, got, fix } = error
  const where = { ...place, pointer: error.place?.pointer ?? pointer }
  account.problem({ code, message: reason, place: where, expected, got, fix, lossy: true })
  account.field({ level, effect: 'dropped', subject: name, reason: 'invalid', place: where })
}

/** Tells that a key nobody knows was left out, where the model has no place for it. */
export function reportUnknownKey(name: string, level: FieldLoss['level'], place: Place, account: Account): void {
  account.field({ level, effect: 'dropped', subject: name, reason: 'unknown key', place })
}

/** Tells that the text an object was read from is left out, because the object is no longer the one it was written with. */
export function reportEdited(fields: Fields, index: number, place: Place, account: Account): void {
  const where = { ...place, pointer: fields.at(index) }
  account.field({ level: 'field', effect: 'dropped', subject: 'raw', reason: EDITED, place: where })
}

/** Tells that numbers of free JSON came out as others. */
export function reportInexact(
  count: number,
  subject: string,
  level: FieldLoss['level'],
  place: Place,
  account: Account,
): void {
  if (count > 0) account.field({ level, effect: 'approximated', subject, reason: INEXACT, count, place })
}

/** Tells that a key is there twice. */
export function reportRepeatedKey(fields: Fields, place: Place, account: Account): void {
  const index = fields.repeated()
  if (index < 0) return
  account.problem({
    code: 'json-duplicate-key',
    message: `the key ${JSON.stringify(fields.name(index))} is there twice; the last one counts`,
    place: { ...place, pointer: fields.at(index) },
  })
}
