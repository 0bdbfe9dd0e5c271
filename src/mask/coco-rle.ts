import { AnnotationError } from '../errors.js'
import { Mask, type RepairOptions } from './mask.js'
import { Scratch } from './scratch.js'
import { MOST_PIXELS, pixelCount } from './size.js'

const textBytes = new Scratch()
const textRuns = new Scratch()
const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** A mask as COCO writes it: the size has the height first; the counts are run lengths or their compressed text. */
export interface CocoRle {
  readonly size: readonly [height: number, width: number]
  readonly counts: string | ArrayLike<number>
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
  if (isList(counts)) return Mask.fromRuns(width, height, counts, options)
  throw new AnnotationError('rle-format', 'the counts of a run-length encoding are unusable', {
    expected: 'a string or a list of numbers',
    got: counts === null ? 'null' : typeof counts,
  })
}

function isList(value: unknown): value is ArrayLike<number> {
  if (typeof value !== 'object' || value === null || !('length' in value)) return false
  return Number.isInteger(value.length) && (value.length as number) >= 0
}

/** A copy of the run lengths, to be written as an uncompressed encoding. The size beside them is `[height, width]`. */
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
  const codes = textBytes.takeBytes(runs.length * 7)
  let used = 0
  for (let i = 0; i < runs.length; i++) {
    let value = i > 2 ? (runs[i] as number) - (runs[i - 2] as number) : (runs[i] as number)
    // Most have one, two or three groups.
    if (value >= -0x10 && value < 0x10) codes[used++] = (value & 0x1f) + 48
    else if (value >= -0x200 && value < 0x200) {
      codes[used++] = (value & 0x1f) + 80
      codes[used++] = ((value >> 5) & 0x1f) + 48
    } else if (value >= -0x4000 && value < 0x4000) {
      codes[used++] = (value & 0x1f) + 80
      codes[used++] = ((value >> 5) & 0x1f) + 80
      codes[used++] = ((value >> 10) & 0x1f) + 48
    } else {
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
  }
  return decoder.decode(codes.subarray(0, used))
}

/**
 * The mask of compressed counts; the opposite of {@link cocoRleString}. Runs of length 0 are merged away.
 * @throws AnnotationError `rle-format` with the index of the character for one outside `0` to `o`, an unfinished number,
 * or a run that is negative or beyond 2^31; `rle-size` as `Mask.fromRuns`.
 */
export function maskFromCocoString(counts: string, width: number, height: number, options: RepairOptions = {}): Mask {
  const runs = plainRuns(counts, width * height)
  if (runs === null) return Mask.fromRuns(width, height, runsFromText(counts), options)
  pixelCount(width, height, 'rle-size')
  return Mask.trusted(width, height, runs)
}

/**
 * The runs of a text as it should be: canonical, with numbers of at most six groups, and adding up to `total`. Null for any
 * other, which is then read by {@link runsFromText}.
 */
function plainRuns(text: string, total: number): Int32Array | null {
  const { length } = text
  const codes = textBytes.takeBytes(length + 1)
  if (length === 0) return null
  // The first character beyond ASCII, should there be one, is where it is in the text, and no byte of it is a group.
  encoder.encodeInto(text, codes)
  // No group: ends a number that is not finished.
  codes[length] = 0
  const runs = textRuns.take(length)
  let used = 0
  let sum = 0
  let at = 0
  while (at < length) {
    let code = (codes[at++] as number) - 48
    let run: number
    // Bit 4 of the last group is the sign of everything above it.
    if ((code & ~0x1f) === 0) run = (code << 27) >> 27
    else {
      let shift = 0
      run = 0
      for (;;) {
        if ((code & ~0x3f) !== 0 || shift > 25) return null
        run |= (code & 0x1f) << shift
        shift += 5
        if ((code & 0x20) === 0) break
        code = (codes[at++] as number) - 48
      }
      if ((code & 0x10) !== 0) run |= -1 << shift
    }
    if (used > 2) run += runs[used - 2] as number
    if (run <= 0 && (run < 0 || used > 0)) return null
    sum += run
    runs[used++] = run
  }
  return sum === total ? runs.slice(0, used) : null
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
