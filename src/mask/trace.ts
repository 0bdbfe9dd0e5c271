import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import type { Connectivity } from './components.js'
import { checkedPixels, checkedThreshold, type DensePixels } from './dense-input.js'
import type { Mask } from './mask.js'
import { pixelCount } from './size.js'
import { tracePixelRings } from './trace-pixels.js'
import { type TracedRings, traceRings } from './trace-rings.js'

/** How the outlines of a mask are followed. */
export interface TraceOptions {
  /**
   * 4 (default): pixels that touch at a corner only are different parts, and holes that touch at a corner are one.
   * 8: such pixels are one part, whose ring passes the corner twice, and such holes are two.
   */
  readonly connectivity?: Connectivity | undefined
}

/** How the outlines of dense pixels are followed. */
export interface TracePixelsOptions extends TraceOptions {
  /** A pixel is foreground when its value exceeds this. Default 0. */
  readonly threshold?: number | undefined
}

/** A part of a mask, and the hole it lies in. */
export interface TracedPart extends Part {
  /** The hole around it, as an index of a part and one of that part's holes; null when it lies in none. */
  readonly islandIn: { readonly part: number; readonly hole: number } | null
}

const NO_HOLES: readonly Ring[] = Object.freeze([])

/**
 * The outlines of a mask along its pixel edges, as parts with their holes: continuous pixels, whole numbers from 0 to the
 * width and height. Every vertex is a corner: nothing stands on a straight line. Outer rings run clockwise on screen,
 * holes counter-clockwise, each from its topmost, then leftmost vertex; parts stand in the order of these, holes too.
 * Short rings share buffers of at most 16 kB: do not transfer them, `slice()` them first. An empty mask has no parts.
 *
 * Filling the rings even-odd gives the mask again, every mask: pixel centres never lie on a pixel edge. The COCO rule
 * does so as well, be it for the parts or for all rings one after the other, a pixel turned by each that covers it.
 *
 * The work grows with the runs (one more for each column a run reaches) and the vertices, not with the canvas.
 * @throws TypeError for a connectivity other than 4 and 8.
 */
export function traceMask(mask: Mask, options: TraceOptions = {}): readonly Part[] {
  return partsOf(traceRings(mask, checkedConnectivity(options)))
}

/** As {@link traceMask}; each part also tells which hole it is an island in. Throws as that does. */
export function traceTree(mask: Mask, options: TraceOptions = {}): readonly TracedPart[] {
  const traced = traceRings(mask, checkedConnectivity(options))
  const { holeOf, islandIn } = traced
  const count = holeOf.length
  const partOf = new Int32Array(count)
  const holeAt = new Int32Array(count)
  const holesOf = new Int32Array(count)
  const outers: number[] = []
  for (let i = 0; i < count; i++) {
    const outer = holeOf[i] as number
    if (outer < 0) {
      partOf[i] = outers.length
      outers.push(i)
    } else {
      holeAt[i] = holesOf[outer] as number
      holesOf[outer] = (holesOf[outer] as number) + 1
    }
  }
  return partsOf(traced).map(({ outer, holes }, i) => {
    const hole = islandIn[outers[i] as number] as number
    if (hole < 0) return { outer, holes, islandIn: null }
    const part = partOf[holeOf[hole] as number] as number
    return { outer, holes, islandIn: { part, hole: holeAt[hole] as number } }
  })
}

/** The most numbers in a buffer that rings share: 16 kB. */
const SHARED = 2048

/** Each outer ring with its holes, in order. */
function partsOf({ count, points, starts, holeOf }: TracedRings): readonly Part[] {
  const parts: Part[] = []
  const partOf = new Int32Array(count)
  // Views of shared buffers: thousands of arrays that own their numbers cost several times what tracing them costs.
  let shared = points.buffer
  let first = 0
  let last = 0
  for (let i = 0; i < count; i++) {
    const start = starts[i] as number
    const end = starts[i + 1] as number
    if (end > last) {
      first = start
      last = end
      for (let k = i + 2; k <= count && (starts[k] as number) - first <= SHARED; k++) last = starts[k] as number
      shared = points.slice(first, last).buffer
    }
    const ring = new Float64Array(shared, (start - first) * 8, end - start)
    const outer = holeOf[i] as number
    if (outer < 0) {
      partOf[i] = parts.length
      parts.push({ outer: ring, holes: NO_HOLES })
      continue
    }
    // A hole begins below the ring around it, so that the part is there already.
    const at = partOf[outer] as number
    const part = parts[at] as Part
    if (part.holes === NO_HOLES) parts[at] = { outer: part.outer, holes: [ring] }
    else (part.holes as Ring[]).push(ring)
  }
  return parts
}

/**
 * As {@link traceMask} for pixels that are not a mask yet: one byte a pixel, row by row; a pixel is foreground when its
 * value exceeds `threshold` (default 0: anything but zero). The same parts as of `Mask.fromDense`, sooner.
 * @throws AnnotationError `mask-size` when `data` has not width × height bytes or the size is no size; TypeError for
 * data that are no bytes, a threshold that is no number and a connectivity other than 4 and 8.
 */
export function tracePixels(
  data: DensePixels,
  width: number,
  height: number,
  options: TracePixelsOptions = {},
): readonly Part[] {
  pixelCount(width, height, 'mask-size')
  const bytes = checkedPixels(data, width, height)
  const threshold = checkedThreshold(options.threshold ?? 0)
  return partsOf(tracePixelRings(bytes, width, height, threshold, checkedConnectivity(options)))
}

function checkedConnectivity({ connectivity = 4 }: TraceOptions): Connectivity {
  if (connectivity !== 4 && connectivity !== 8) {
    throw new TypeError(`connectivity must be 4 or 8, got ${String(connectivity)}`)
  }
  return connectivity
}
