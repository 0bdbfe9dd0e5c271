import { bridgeIfApart } from '../geometry/bridge.js'
import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import { fillPartsPixelCenter } from './fill-pixel-center.js'
import { traceMask } from './trace.js'

/** Parts as one ring, and whether their outlines are still those given. */
export interface UnitedRing {
  readonly ring: Ring
  /** False when the parts had to be united, so that the outline now runs along pixel edges. */
  readonly exact: boolean
}

/**
 * All rings of the parts as one ring, as `bridgeParts` joins them; parts that overlap (or rings that cross, or holes
 * outside their part) are united first, in pixels: they are filled at pixel centres on a canvas of `width` × `height`
 * and traced. Then the ring still fills the very pixels of the parts, but its outline lies up to a pixel from theirs, and
 * what lies off the canvas is gone. Null when nothing of the parts is left on the canvas.
 * @throws AnnotationError `degenerate-geometry` for no parts and for a ring without vertices; `ring-format` for an odd
 * count of numbers, or one that is not finite; `mask-size` when the size is needed and is no size.
 */
export function bridgeUnited(parts: readonly Part[], width: number, height: number): UnitedRing | null {
  const ring = bridgeIfApart(parts)
  if (ring !== null) return { ring, exact: true }
  const united = traceMask(fillPartsPixelCenter(parts, width, height))
  const joined = united.length === 0 ? null : bridgeIfApart(united)
  return joined === null ? null : { ring: joined, exact: false }
}
