import { AnnotationError } from '../../errors.js'
import type { JsonValue } from '../../text/json-value.js'
import { jsonText } from '../../text/json-write.js'
import { type JsonRecord, recordOf } from './json-record.js'
import type { Fresh } from './levels.js'

/** Names of `metadata.user` this library gives a meaning to. */
const OWN = new Set(['model', 'annoform'])

/** Whether metadata of the model can stand in `metadata.user` as it is. */
export function metadataFits(metadata: JsonValue): boolean {
  const record = recordOf(metadata)
  return record !== undefined && Object.keys(record).length > 0 && !Object.keys(record).some((key) => OWN.has(key))
}

/** `metadata.user` of a source, without what has a word of its own in the model; undefined where nothing is left. */
export function metadataOf(user: JsonValue | undefined): JsonValue | undefined {
  const record = recordOf(user)
  if (record === undefined) return user === null ? undefined : user
  const rest = Object.entries(record).filter(([name]) => !OWN.has(name))
  // fromEntries makes even `__proto__` a field of its own.
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

/** What the model says `metadata.user` is. `own`: the fields with words of their own. */
export function freshUser(
  metadata: JsonValue | undefined,
  own: readonly (readonly [string, string | undefined])[],
): Fresh {
  const user = new Map<string, Fresh>()
  if (metadata !== undefined && metadataFits(metadata) && metadataText(metadata) !== undefined)
    for (const [name, value] of Object.entries(metadata as JsonRecord)) user.set(name, jsonText(value))
  for (const [name, text] of own) user.set(name, text)
  return user
}

/** The JSON text; undefined for metadata of a program that holds what JSON has no word for. */
export function metadataText(metadata: JsonValue): string | undefined {
  try {
    return jsonText(metadata)
  } catch (error) {
    if (error instanceof AnnotationError) return undefined
    throw error
  }
}
