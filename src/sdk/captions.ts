import { frameAtTime } from '../converters/dataloop/track-time.js'
import type { Policy } from '../converters/format.js'
import {
  type CaptionsFromItemOptions,
  itemFromSrt,
  itemFromVtt,
  srtFromItem,
  vttFromItem,
} from '../converters/vtt/captions.js'
import type { Account } from '../dataset/account.js'
import { Annotation } from '../dataset/annotation.js'
import type { Extra } from '../dataset/extra.js'
import { Item, type Rational } from '../dataset/item.js'
import type { Span } from '../dataset/track.js'
import { AnnotationError } from '../errors.js'

export interface FromCaptionsOptions {
  /** The film or sound the captions belong to; its annotations stay, the cues follow them. Default: a new item. */
  readonly item?: Item | undefined
  /** What a new item shows; default `video`. */
  readonly media?: 'video' | 'audio' | undefined
  /** The name of the file, for messages and, without its ending, as the id and path of a new item. */
  readonly name?: string | undefined
  /** Frames a second, such as `{ numerator: 30000, denominator: 1001 }`; default that of the item. */
  readonly fps?: Rational | undefined
  /** The label of every cue; default `Text`, as in the SDK. */
  readonly label?: string | undefined
  /** Texts with their tags and references as they stand in the file; default false: what is said. */
  readonly keepTags?: boolean | undefined
  readonly policy?: Policy | undefined
  /** Told about everything that is met; with one, `policy` is its business. */
  readonly account?: Account | undefined
}

export interface FromSrtOptions extends FromCaptionsOptions {
  /** The encoding of bytes; default `auto`: UTF-8, or a guess, which is a problem. */
  readonly encoding?: string | undefined
}

/**
 * The cues of a WebVTT document as `Subtitle` annotations of an item. Times are seconds from whole milliseconds; where the
 * frame rate is known the span has frames too, rounded half to even as in the SDK, both inclusive. Speaker, identifier,
 * settings and region are attributes; comments, styles and regions travel with the item.
 * @throws AnnotationError `not-this-format`; `invalid-value` for a picture, or a rate that is none; under `strict` the
 * first problem
 * @example fromVtt('WEBVTT\n\n00:01.000 --> 00:02.500\nHello\n', { fps: { numerator: 25, denominator: 1 } })
 *   .annotations[0]?.span // { startTime: 1, endTime: 2.5, frame: 25, endFrame: 62 }
 */
export function fromVtt(document: string | Uint8Array, options: FromCaptionsOptions = {}): Item {
  return captioned(itemFromVtt(document, readingOptions(options)), options)
}

/**
 * The cues of a SubRip document as `Subtitle` annotations of an item; see {@link fromVtt}.
 * @throws AnnotationError as {@link fromVtt}, and `encoding`
 */
export function fromSrt(document: string | Uint8Array, options: FromSrtOptions = {}): Item {
  return captioned(itemFromSrt(document, { ...readingOptions(options), encoding: options.encoding }), options)
}

export interface ToCaptionsOptions {
  /** Only subtitles of this label; default all. */
  readonly label?: string | undefined
  /** Texts have their tags and references and are written as they stand; default false. */
  readonly keepTags?: boolean | undefined
  /** Write every cue afresh; by default unchanged cues keep their text. */
  readonly rewrite?: boolean | undefined
  /** Told about what a caption file has no place for. */
  readonly account?: Account | undefined
}

/**
 * The subtitles of an item as a WebVTT document; other annotations, and subtitles without times, are left out. Cues read
 * from WebVTT keep their order, others are sorted by their start. `vttFromItem` also says what became of each.
 * @example toVtt(item) // 'WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello\n'
 */
export function toVtt(item: Item, options: ToCaptionsOptions = {}): string {
  return vttFromItem(captionsOf(item, options), writingOptions(options)).text
}

/** The subtitles of an item as a SubRip document; see {@link toVtt}. */
export function toSrt(item: Item, options: ToCaptionsOptions = {}): string {
  return srtFromItem(captionsOf(item, options), writingOptions(options)).text
}

type ReadingOptions = NonNullable<Parameters<typeof itemFromVtt>[1]>

function readingOptions(options: FromCaptionsOptions): ReadingOptions {
  const { item, media = 'video', name, label, keepTags = false, policy, account, fps = item?.media.fps } = options
  if (item?.media.kind === 'image')
    throw new AnnotationError('invalid-value', 'a picture has no captions', { expected: 'a film or a sound' })
  if (fps !== undefined && !isRate(fps))
    throw new AnnotationError('invalid-value', 'bad frame rate', {
      expected: 'two numbers above 0',
      got: `${fps.numerator}/${fps.denominator}`,
    })
  return { name, label, text: keepTags ? 'markup' : 'plain', media: { kind: media, fps }, policy, account }
}

function isRate({ numerator, denominator }: Rational): boolean {
  return numerator > 0 && denominator > 0 && Number.isFinite(numerator / denominator) && numerator / denominator > 0
}

/** The cues with their frames, on the item they belong to. */
function captioned(read: Item, { item, fps }: FromCaptionsOptions): Item {
  const rate = fps ?? item?.media.fps
  const cues = rate === undefined ? read.annotations : read.annotations.map((cue) => withFrames(cue, rate))
  if (item === undefined) return new Item({ ...read, annotations: cues })
  // The text the captions were read from can stand as long as they are all there is.
  const alone = item.annotations.length === 0 && item.raw === undefined
  const { id, path, split, metadata, place, file } = item
  const media = fps === undefined || sameRate(item.media.fps, fps) ? item.media : { ...item.media, fps }
  const extra: Extra = new Map([...(item.extra ?? []), ...(read.extra ?? [])])
  const raw = alone ? read.raw : undefined
  return new Item({
    ...{ id, path, split, media, metadata, place, file, extra, raw },
    annotations: [...item.annotations, ...cues],
  })
}

function sameRate(a: Rational | undefined, b: Rational): boolean {
  return a?.numerator === b.numerator && a.denominator === b.denominator
}

/** Frames are worked out from the times, so that the text a cue was read from still says all of it. */
function withFrames(cue: Annotation, fps: Rational): Annotation {
  const { startTime, endTime } = cue.span ?? {}
  if (startTime === undefined || endTime === undefined) return cue
  const span: Span = { ...cue.span, frame: frameAtTime(startTime, fps), endFrame: frameAtTime(endTime, fps) }
  return new Annotation({ ...cue, span })
}

function writingOptions({ keepTags = false, rewrite, account }: ToCaptionsOptions): CaptionsFromItemOptions {
  return { text: keepTags ? 'markup' : 'plain', rewrite, account }
}

/** Frames of a sound without a rate are milliseconds, as in the SDK. */
const AUDIO_RATE: Rational = { numerator: 1000, denominator: 1 }

/** The item with its subtitles alone. */
function captionsOf(item: Item, { label }: ToCaptionsOptions): Item {
  const subtitles = item.annotations.filter(({ type }) => type === 'subtitle')
  const annotations = label === undefined ? subtitles : subtitles.filter((cue) => cue.label === label)
  const { media, raw } = item
  const fps = media.fps ?? (media.kind === 'audio' ? AUDIO_RATE : undefined)
  // What stands around the cues of a file is put around them again, unless some of them are left out.
  const whole = annotations.length === subtitles.length
  return new Item({ ...item, media: { ...media, fps }, annotations, raw: whole ? raw : undefined })
}
