import { AnnotationError } from '../errors.js'
import type { PngHeader } from './header.js'
import { channelsOf } from './image.js'
import { inflatedLength } from './passes.js'

/** What a picture may at most ask for. A header of 33 bytes can claim 2^31 by 2^31 pixels. */
export interface PngLimits {
  /** Pixels; default 1,000,000. */
  readonly width?: number | undefined
  /** Pixels; default 1,000,000. */
  readonly height?: number | undefined
  /** Bytes of the picture, as inflated and as samples, each for itself; default 2^30. */
  readonly bytes?: number | undefined
}

const LONGEST = 1_000_000
const MOST_BYTES = 2 ** 30

/**
 * @throws AnnotationError `png-limit` when the header asks for more than is allowed; TypeError for a limit that is no
 * number >= 0.
 */
export function checkLimits(header: PngHeader, limits: PngLimits): void {
  const { width, height, kind, bitDepth } = header
  const longest = {
    width: checkedLimit('width', limits.width ?? LONGEST),
    height: checkedLimit('height', limits.height ?? LONGEST),
  }
  const most = checkedLimit('bytes', limits.bytes ?? MOST_BYTES)
  for (const name of ['width', 'height'] as const)
    if (!(header[name] <= longest[name]))
      throw tooMuch(name === 'width' ? 16 : 20, `the ${name}`, `${longest[name]} pixels`, `${header[name]}`)
  const samples = width * height * channelsOf(kind) * (bitDepth === 16 ? 2 : 1)
  const needed = Math.max(samples, inflatedLength(header))
  if (!(needed <= most)) throw tooMuch(16, `a picture of ${width} x ${height} ${kind}`, `${most} bytes`, `${needed}`)
}

// Nothing is greater than NaN: without this it would be no limit at all.
function checkedLimit(name: string, limit: number): number {
  if (typeof limit === 'number' && limit >= 0) return limit
  throw new TypeError(`the limit ${name} must be a number >= 0, got ${String(limit)}`)
}

function tooMuch(offset: number, what: string, most: string, got: string): AnnotationError {
  return new AnnotationError('png-limit', `${what} is beyond the limit`, {
    place: { offset },
    expected: `at most ${most}`,
    got,
    fix: 'Allow more if the file is to be trusted',
  })
}
