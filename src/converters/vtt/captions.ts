import type { Account } from '../../dataset/account.js'
import type { Item, Media } from '../../dataset/item.js'
import { encodeUtf8 } from '../../text/decode.js'
import type { Policy } from '../format.js'
import { Ledger } from '../ledger.js'
import { splitExtension } from '../output-names.js'
import { type CaptionScope, DEFAULT_LABEL } from './caption-scope.js'
import { readSrtItem } from './srt/read.js'
import { writeSrtItem } from './srt/write.js'
import { readVttItem } from './vtt-read.js'
import { type WrittenCaptions, writeVttItem } from './vtt-write.js'

export interface ItemFromCaptionsOptions {
  /** The name of the file, for messages and, without its ending, as the item's id and path. */
  readonly name?: string | undefined
  /** The label of every cue; default `Text`, as in the Dataloop SDK. */
  readonly label?: string | undefined
  /** `plain` (default): what is said. `markup`: with tags and references. */
  readonly text?: 'plain' | 'markup' | undefined
  /** What the captions belong to; default a video. */
  readonly media?: Media | undefined
  readonly policy?: Policy | undefined
  /** Characters a second above which a cue is told as hard to read; default 25, 0 never. */
  readonly speed?: number | undefined
  /** Told about everything that is met. Default: a ledger of its own, so that `strict` holds. */
  readonly account?: Account | undefined
}

export interface ItemFromSrtOptions extends ItemFromCaptionsOptions {
  /** The encoding of bytes; default `auto`: UTF-8, or a guess, which is a problem. */
  readonly encoding?: string | undefined
}

/**
 * The item of one WebVTT document: a `Subtitle` a cue, with its times in seconds. Works without files, in a browser too.
 * @throws AnnotationError `not-this-format`; under `strict` the first problem
 * @example itemFromVtt('WEBVTT\n\n00:01.000 --> 00:02.500\nHello\n').annotations[0]?.span // { startTime: 1, endTime: 2.5 }
 */
export function itemFromVtt(document: string | Uint8Array, options: ItemFromCaptionsOptions = {}): Item {
  return readVttItem(bytesOf(document), scopeOf(options, 'document.vtt', 'auto'))
}

/**
 * The item of one SubRip document; see {@link itemFromVtt}.
 * @throws AnnotationError `not-this-format` without any cue, `encoding`; under `strict` the first problem
 */
export function itemFromSrt(document: string | Uint8Array, options: ItemFromSrtOptions = {}): Item {
  return readSrtItem(bytesOf(document), scopeOf(options, 'document.srt', options.encoding ?? 'auto'))
}

export interface CaptionsFromItemOptions {
  /** The label that needs no saying; default `Text`. */
  readonly label?: string | undefined
  /** `markup`: texts have their tags and references and stand as they are. */
  readonly text?: 'plain' | 'markup' | undefined
  /** Write every cue afresh. */
  readonly rewrite?: boolean | undefined
  /** Told about fields that do not fit. */
  readonly account?: Account | undefined
}

/**
 * The WebVTT document of an item, and what became of each of its annotations.
 * @example vttFromItem(item).text
 */
export function vttFromItem(item: Item, options: CaptionsFromItemOptions = {}): WrittenCaptions {
  const { label = DEFAULT_LABEL, text = 'plain', rewrite = false, account = new Ledger('lenient') } = options
  return writeVttItem(rewrite ? item.withoutRaw() : item, { label, text }, account)
}

/** The SubRip document of an item, and what became of each of its annotations. */
export function srtFromItem(item: Item, options: CaptionsFromItemOptions = {}): WrittenCaptions {
  const { label = DEFAULT_LABEL, text = 'plain', rewrite = false, account = new Ledger('lenient') } = options
  return writeSrtItem(rewrite ? item.withoutRaw() : item, { label, text }, account)
}

function bytesOf(document: string | Uint8Array): Uint8Array {
  return typeof document === 'string' ? encodeUtf8(document) : document
}

function scopeOf(options: ItemFromCaptionsOptions, fallback: string, encoding: string): CaptionScope {
  const {
    name = fallback,
    label = DEFAULT_LABEL,
    text = 'plain',
    media = { kind: 'video' },
    policy = 'lenient',
  } = options
  const { speed = 25, account = new Ledger(policy) } = options
  const id = splitExtension(name.slice(name.lastIndexOf('/') + 1))[0]
  const advice = policy === 'strict' ? undefined : { speed }
  return { id, path: id, media, mediaFile: undefined, file: name, label, text, encoding, account, advice }
}
