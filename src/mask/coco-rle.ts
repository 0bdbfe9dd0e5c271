import { AnnotationError } from '../errors.js'
import { Mask, type RepairOptions } from './mask.js'
import { MOST_PIXELS } from './size.js'

/** A mask as COCO writes it: the size has the height first; the counts are run lengths or their compressed text. */
export interface CocoRle {
  readonly size: readonly [height: number, width: number]
  readonly counts: string | readonly number[]
}

/**
 * The mask of a COCO run-length encoding, compressed or not.
 * @throws AnnotationError `rle-format` for counts that are neither, or broken (with the index of the run or character);
 * `rle-size` for a size that is no size, or that the runs do not add up to (unless `repair` is set).
 */
export function maskFromCocoRle(rle: CocoRle, options: RepairOptions = {}): Mask {
  const { size, counts } = rle as { size: unknown; counts: unknown }
  if (!Array.isArray(size) || size.length !== 2) {
    throw new AnnotationError('rle-size', 'the size of a run-length encoding is no pair', {
      expected: '[height, width]',
      got: Array.isArray(size) ? `${size.length} numbers` : typeof size,
    })
  }
  const [height, width] = size as [number, number]
  if (typeof counts === 'string') return maskFromCocoString(counts, width, height, options)
  if (Array.isArray(counts)) return Mask.fromRuns(width, height, counts as number[], options)
  throw new AnnotationError('rle-format', 'the counts of a run-length encoding are unusable', {
    expected: 'a string or a list of numbers',
    got: counts === null ? 'null' : typeof counts,
  })
}

/** The run lengths, to be written as an uncompressed encoding. The size beside them is `[height, width]`. */
export function cocoRleCounts(mask: Mask): number[] {
  return Array.from(mask.runs)
}

/**
 * The run lengths as compressed text: from the fourth run on the difference to the run before last, in groups of five
 * bits, lowest first, 0x20 marking that more follow, plus 48. The alphabet is `0` to `o`, a backslash among it.
 * Rule: cocoapi common/maskApi.c.
 */
export function cocoRleString(mask: Mask): string {
  const { runs } = mask
  // 32 bits and a sign take at most seven groups.
  const codes = new Uint8Array(runs.length * 7)
  let used = 0
  for (let i = 0; i < runs.length; i++) {
    let value = i > 2 ? (runs[i] as number) - (runs[i - 2] as number) : (runs[i] as number)
    for (;;) {
      const group = value & 0x1f
      value >>= 5
      if (value === ((group & 0x10) === 0 ? 0 : -1)) {
        codes[used++] = group + 48
        break
      }
      codes[used++] = group + 80
    }
  }
  return textOf(codes, used)
}

/** How many arguments a call may have is a limit of the engine; this many always fit. */
const CHUNK = 4096

function textOf(codes: Uint8Array, length: number): string {
  let text = ''
  for (let i = 0; i < length; i += CHUNK) {
    text += String.fromCharCode.apply(null, codes.subarray(i, Math.min(length, i + CHUNK)) as unknown as number[])
  }
  return text
}

/**
 * The mask of compressed counts; the opposite of {@link cocoRleString}. Runs of length 0 are
 * merged away.
 * @throws AnnotationError `rle-format` with the index of the character for one outside `0` to `o`, an unfinished number,
 * or a run that is negative or beyond 2^31; `rle-size` as `Mask.fromRuns`.
 */
export function maskFromCocoString(counts: string, width: number, height: number, options: RepairOptions = {}): Mask {
  return Mask.fromRuns(width, height, runsFromText(counts), options)
}

function runsFromText(text: string): Int32Array {
  const length = text.length
  const runs = new Int32Array(length)
  let used = 0
  let at = 0
  while (at < length) {
    const start = at
    let value = 0
    let shift = 0
    for (;;) {
      if (at >= length) throw badText(start, 'the last number is not finished', 'a character that ends it')
      const code = text.charCodeAt(at) - 48
      if (code < 0 || code > 63) throw badText(at, 'stray character', "one from '0' to 'o'", text.charAt(at))
      at++
      const group = code & 0x1f
      if (shift < 30) value |= group << shift
      else value |= highestGroup(group, code, at - 1) << 30
      shift += 5
      if ((code & 0x20) === 0) {
        // Sign extension: bit 4 of the last group fills everything above it.
        if ((group & 0x10) !== 0 && shift < 32) value |= -1 << shift
        break
      }
    }
    const run = used > 2 ? value + (runs[used - 2] as number) : value
    if (run < 0 || run > MOST_PIXELS) throw badText(start, 'run out of range', `0 to ${MOST_PIXELS}`, String(run))
    runs[used++] = run
  }
  return runs.subarray(0, used)
}

/** The seventh group holds bits 30 and 31 and must end the number: as a signed five-bit number it is -2, -1, 0 or 1. */
function highestGroup(group: number, code: number, index: number): number {
  const signed = (group << 27) >> 27
  if ((code & 0x20) !== 0 || signed < -2 || signed > 1) {
    throw badText(index, 'number too large', 'less than 2^31')
  }
  return signed
}

function badText(index: number, what: string, expected: string, got?: string): AnnotationError {
  return new AnnotationError('rle-format', `compressed counts, character ${index}: ${what}`, { expected, got })
}
