import type { Account } from '../../dataset/account.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { Media } from '../../dataset/item.js'
import { encodeUtf8 } from '../../text/decode.js'
import { type JsonValue, parseJson } from '../../text/json-value.js'
import { jsonText } from '../../text/json-write.js'

export const VTT = 'vtt'
export const SRT = 'srt'

/** The label of cues in the Dataloop SDK. */
export const DEFAULT_LABEL = 'Text'

/** Names of the attributes that say what a cue says beside its times and its text. */
export const ATTRIBUTE = {
  speaker: 'speaker',
  identifier: 'identifier',
  settings: 'settings',
  region: 'region',
  coordinates: 'coordinates',
} as const

/** What is worth telling of captions that are sound. */
export interface AdviceOptions {
  /** Characters a second above which a cue is told as hard to read; 0: never. */
  readonly speed: number
}

/** What a caption file does not say about its item. */
export interface CaptionScope {
  readonly id: string
  readonly path: string
  /** Where the sound or film was seen. */
  readonly media: Media
  readonly mediaFile: string | undefined
  /** What to call the caption file. */
  readonly file: string
  readonly label: string
  /** Whether the text of an annotation is what is said, or has its markup. */
  readonly text: 'plain' | 'markup'
  /** An encoding by name, or `auto`. WebVTT is always UTF-8. */
  readonly encoding: string
  readonly account: Account
  /** Undefined: none is given. */
  readonly advice: AdviceOptions | undefined
}

/** Fields of `extra` from plain values; what is undefined or an empty list is left out. */
export function extraOf(values: Readonly<Record<string, JsonValue | undefined>>, form?: string): ExtraFields {
  const fields = new Map<string, string>()
  for (const [key, value] of Object.entries(values))
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) fields.set(key, jsonText(value))
  return { keys: [], fields, form }
}

/** A field of `extra` that should be a text. */
export function textIn(extra: ExtraFields | undefined, key: string): string | undefined {
  const value = valueIn(extra, key)
  return typeof value === 'string' ? value : undefined
}

/** A field of `extra` that should be a list of texts; what is none is left out. */
export function textsIn(extra: ExtraFields | undefined, key: string): readonly string[] {
  const value = valueIn(extra, key)
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function valueIn(extra: ExtraFields | undefined, key: string): JsonValue | undefined {
  const source = extra?.fields.get(key)
  if (source === undefined) return undefined
  const bytes = encodeUtf8(source)
  try {
    return parseJson(bytes, 0, bytes.length)
  } catch {
    // Whoever wrote it by hand wrote no JSON: it says nothing.
    return undefined
  }
}
