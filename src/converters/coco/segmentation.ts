import { AnnotationError } from '../../errors.js'
import type { Part } from '../../geometry/parts.js'
import { type CocoRle, cocoRleCounts, cocoRleString, maskFromCocoRle } from '../../mask/coco-rle.js'
import type { Mask } from '../../mask/mask.js'
import { jsonKindAt, scanElements, scanFields } from '../../text/json-fields.js'
import { checkJson, parseJson } from '../../text/json-value.js'
import { RingArena } from './arena.js'

/** How a segmentation was written; the writer keeps it under `--coco.segmentation auto`. */
export type SegmentationForm = 'polygon' | 'rle' | 'rle-string'

/** What a "segmentation" value says. */
export type SegmentationValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'polygon'; readonly parts: readonly Part[] }
  | { readonly kind: 'mask'; readonly mask: Mask; readonly form: SegmentationForm }

/** A segmentation as read: its value, and what was wrong with it. */
export interface SegmentationReading {
  readonly value: SegmentationValue
  /** Whether writing `value` in its form gives the same JSON value again. */
  readonly exact: boolean
  /** Rings that were left out because they enclose nothing, with the reason. */
  readonly skipped?: AnnotationError | undefined
  /** What was repaired, under the salvage policy. */
  readonly repaired?: string | undefined
}

const NONE: SegmentationValue = { kind: 'none' }
const NO_HOLES: Part['holes'] = Object.freeze([])

/**
 * Reads the value in bytes[start, end).
 * @throws AnnotationError `ring-format`, `rle-format`, `rle-size`, `expected-type` for what cannot be used at all
 */
export function readSegmentation(
  bytes: Uint8Array,
  start: number,
  end: number,
  repair: boolean,
  arena: RingArena = new RingArena(),
): SegmentationReading {
  switch (jsonKindAt(bytes, start)) {
    case 'array':
      return readRings(bytes, start, end, repair, arena)
    case 'object':
      return readRle(bytes, start, end, repair)
    case 'null':
      return { value: NONE, exact: false }
    default:
      throw new AnnotationError('expected-type', 'bad segmentation', {
        expected: 'a list of rings or an RLE object',
        got: shortText(bytes, start, end),
      })
  }
}

function readRings(
  bytes: Uint8Array,
  start: number,
  end: number,
  repair: boolean,
  arena: RingArena,
): SegmentationReading {
  const flat = arena.ring(bytes, start, end)
  // One flat list of numbers instead of a list of lists: some tools write their only ring so.
  if (flat !== undefined && flat.length > 0) return ringsReading([flat], repair, false)
  const rings: Float64Array[] = []
  scanElements(bytes, start, end, (index, from, to) => {
    const ring = jsonKindAt(bytes, from) === 'array' ? arena.ring(bytes, from, to) : undefined
    if (ring !== undefined) rings.push(ring)
    else {
      checkJson(bytes, from, to, { nonFinite: 'accept' })
      throw badRing(index, 'a list of finite numbers', shortText(bytes, from, to))
    }
  })
  return ringsReading(rings, repair, true)
}

// One message for all of a kind, so that a thousand of them are one line; what differs is in `got`.
function badRing(index: number, expected: string, got: string, fix?: string): AnnotationError {
  const message = 'bad ring of a segmentation'
  return new AnnotationError('ring-format', message, { expected, got: `ring ${index}: ${got}`, fix })
}

function shortText(bytes: Uint8Array, start: number, end: number): string {
  const text = new TextDecoder().decode(bytes.subarray(start, Math.min(end, start + 40)))
  return end - start > 40 ? `${text}…` : text
}

function ringsReading(rings: readonly Float64Array[], repair: boolean, exact: boolean): SegmentationReading {
  const parts: Part[] = []
  let skipped: AnnotationError | undefined
  let repaired: string | undefined
  for (const [i, given] of rings.entries()) {
    let ring = given
    if (ring.length % 2 !== 0) {
      if (!repair)
        throw badRing(i, 'pairs of numbers', `${ring.length} numbers`, 'The policy salvage leaves the last number out')
      ring = ring.slice(0, -1)
      repaired = 'the last number of an odd ring is left out'
    }
    if (ring.length >= 6) parts.push({ outer: ring, holes: NO_HOLES })
    else if (ring.length > 0)
      skipped = new AnnotationError('degenerate-geometry', 'a ring of a segmentation encloses nothing', {
        expected: 'at least 3 points',
        got: `ring ${i}: ${ring.length / 2}`,
      })
  }
  const whole = exact && parts.length === rings.length && parts.length > 0
  const value: SegmentationValue = parts.length === 0 ? NONE : { kind: 'polygon', parts }
  return { value, exact: whole, skipped, repaired }
}

function readRle(bytes: Uint8Array, start: number, end: number, repair: boolean): SegmentationReading {
  const object = parseJson(bytes, start, end, { nonFinite: 'accept' }) as Readonly<Record<string, unknown>>
  const keys = Object.keys(object)
  const { size, counts } = object
  if (!isSize(size))
    throw new AnnotationError('rle-format', 'bad size of an RLE', {
      expected: '[height, width]',
      got: memberText(bytes, start, end, 'size'),
    })
  if (typeof counts !== 'string' && !Array.isArray(counts))
    throw new AnnotationError('rle-format', 'bad counts of an RLE', {
      expected: 'a text or a list',
      got: memberText(bytes, start, end, 'counts'),
    })
  let repaired: string | undefined
  const mask = maskOf({ size, counts }, repair, (what) => {
    repaired = what
  })
  const form = typeof counts === 'string' ? 'rle-string' : 'rle'
  const plain = keys.length === 2 && keys[0] === 'size' && keys[1] === 'counts'
  // Runs of length 0 are legal, but a mask does not remember them.
  const canonical =
    typeof counts === 'string' ? cocoRleString(mask) === counts : sameCounts(cocoRleCounts(mask), counts)
  return { value: { kind: 'mask', mask, form }, exact: plain && canonical && repaired === undefined, repaired }
}

/** The beginning of the text of a member; undefined when there is none. */
function memberText(bytes: Uint8Array, start: number, end: number, key: string): string | undefined {
  let text: string | undefined
  scanFields(bytes, start, end, (name, from, to) => {
    if (name === key) text = shortText(bytes, from, to)
  })
  return text
}

/** The mask; what is wrong with it in one message for all, with what differs in `got`. */
function maskOf(rle: CocoRle, repair: boolean, onRepair: (what: string) => void): Mask {
  try {
    return maskFromCocoRle(rle, { repair, onRepair })
  } catch (error) {
    if (!(error instanceof AnnotationError)) throw error
    const { code, reason, expected, got } = error
    const message = 'bad run lengths of a mask'
    if (code === 'rle-size')
      throw new AnnotationError(code, message, {
        expected: 'as many pixels as the size says',
        got: `${got ?? '?'} instead of ${expected ?? '?'}`,
        fix: 'Check that the size is [height, width]; the policy salvage pads or cuts',
      })
    if (code !== 'rle-format') throw error
    throw new AnnotationError(code, message, {
      expected: 'run lengths in the encoding of COCO',
      got: got === undefined ? reason : `${reason}: '${got}'`,
    })
  }
}

function sameCounts(a: readonly number[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((count, i) => count === b[i])
}

function isSize(value: unknown): value is readonly [number, number] {
  return (
    Array.isArray(value) &&
    value.length === 2 &&
    value.every((side) => typeof side === 'number' && Number.isInteger(side) && side >= 0)
  )
}
