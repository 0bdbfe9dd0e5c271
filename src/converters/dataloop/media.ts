import type { Media, Rational } from '../../dataset/item.js'
import type { Orientation } from '../../geometry/orientation.js'
import type { JsonValue } from '../../text/json-value.js'
import { fieldOf, type JsonRecord, numberOf, recordOf, textOf } from './json-record.js'

/** 29.97 frames a second are 30000/1001. */
const TELEVISION = 1001

const EXTENSIONS: Readonly<Record<string, Media['kind']>> = {
  mp4: 'video',
  webm: 'video',
  mov: 'video',
  avi: 'video',
  mkv: 'video',
  m4v: 'video',
  mpg: 'video',
  mpeg: 'video',
  wmv: 'video',
  wav: 'audio',
  mp3: 'audio',
  flac: 'audio',
  ogg: 'audio',
  m4a: 'audio',
  aac: 'audio',
  txt: 'text',
  md: 'text',
  pdf: 'text',
  eml: 'text',
  json: 'text',
}

/** What this library left where the metadata does not say what an item shows. */
export interface MediaSlot {
  readonly kind?: Media['kind'] | undefined
  readonly fps?: Rational | undefined
}

export const MEDIA_KINDS: readonly Media['kind'][] = ['image', 'video', 'audio', 'text']

/** What metadata that is made from `media` would not give back, for an item that is written under `path`. */
export function mediaSlot({ kind, fps, mimetype }: Media, path: string): MediaSlot {
  const again = fps === undefined ? undefined : fpsIn(fps.numerator / fps.denominator, undefined)
  const sameFps = again?.numerator === fps?.numerator && again?.denominator === fps?.denominator
  return {
    ...(kindOf(mimetype, path) === kind ? {} : { kind }),
    ...(sameFps || !(kind === 'video' || kind === 'audio') || !isRate(fps) ? {} : { fps }),
  }
}

/**
 * What an item shows, by its media type, else by the extension of its file; never by the frames of its annotations, because
 * the platform gives those of still images an `endFrame` of 1. Sizes are those of the upright picture.
 */
export function readMedia(metadata: JsonRecord | undefined, path: string, slot: MediaSlot = {}): Media {
  const system = recordOf(fieldOf(metadata, 'system'))
  const mimetype = textOf(fieldOf(system, 'mimetype'))
  const kind = slot.kind ?? kindOf(mimetype, path)
  const orientation = orientationIn(fieldOf(recordOf(fieldOf(system, 'exif')), 'Orientation'))
  const ffmpeg = recordOf(fieldOf(system, 'ffmpeg'))
  const stored = {
    width: sideIn(fieldOf(system, 'width')) ?? sideIn(fieldOf(ffmpeg, 'width')),
    height: sideIn(fieldOf(system, 'height')) ?? sideIn(fieldOf(ffmpeg, 'height')),
  }
  const timed = kind === 'video' || kind === 'audio'
  return {
    kind,
    ...(swapsSides(orientation) ? { width: stored.height, height: stored.width } : stored),
    orientation,
    mimetype,
    ...(timed
      ? {
          fps: fpsIn(fieldOf(system, 'fps'), slot.fps) ?? fpsIn(fieldOf(metadata, 'fps'), slot.fps),
          frames: framesIn(fieldOf(system, 'nb_frames')) ?? framesIn(fieldOf(ffmpeg, 'nb_read_frames')),
          duration: numberOf(fieldOf(system, 'duration')),
        }
      : {}),
  }
}

/** Whether the stored picture lies on its side. */
export function swapsSides(orientation: Orientation | undefined): boolean {
  return orientation !== undefined && orientation >= 5
}

function kindOf(mimetype: string | undefined, path: string): Media['kind'] {
  const main = mimetype?.slice(0, mimetype.indexOf('/')).toLowerCase()
  if (main === 'image' || main === 'video' || main === 'audio' || main === 'text') return main
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  const known = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined
  // Prompts and documents have a media type of an application.
  return known ?? (mimetype !== undefined && /^application\/(?:json|pdf)/i.test(mimetype) ? 'text' : 'image')
}

function isRate(fps: Rational | undefined): boolean {
  return fps !== undefined && Number.isFinite(fps.numerator / fps.denominator)
}

function sideIn(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined
}

function orientationIn(value: JsonValue | undefined): Orientation | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 8
    ? (value as Orientation)
    : undefined
}

/** Frames a second as the fraction its decimal digits are, or that of television; `known`: the fraction it was made from. */
function fpsIn(value: JsonValue | undefined, known: Rational | undefined): Rational | undefined {
  const fps = numberOf(value)
  if (fps === undefined || fps <= 0) return undefined
  if (known !== undefined && known.numerator / known.denominator === fps) return known
  for (let denominator = 1; denominator <= 1_000_000; denominator *= 10) {
    const numerator = Math.round(fps * denominator)
    if (Number.isSafeInteger(numerator) && numerator / denominator === fps) return { numerator, denominator }
  }
  const numerator = Math.round(fps * TELEVISION)
  return numerator / TELEVISION === fps ? { numerator, denominator: TELEVISION } : undefined
}

function framesIn(value: JsonValue | undefined): number | undefined {
  const frames = typeof value === 'string' && /^[0-9]{1,15}$/.test(value) ? Number(value) : numberOf(value)
  return frames !== undefined && Number.isSafeInteger(frames) && frames >= 0 ? frames : undefined
}
