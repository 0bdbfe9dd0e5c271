import type { Part } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import type { Connectivity } from './components.js'
import type { Mask } from './mask.js'
import { type TracedRings, traceRings } from './trace-rings.js'

export interface TraceOptions {
  /**
   * 4 (default): pixels that touch at a corner only are different parts, and holes that touch at a corner are one.
   * 8: such pixels are one part, whose ring passes the corner twice, and such holes are two.
   */
  readonly connectivity?: Connectivity | undefined
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
 * An empty mask has no parts.
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

/** As {@link traceMask}; each part also tells which hole it is an island in. */
export function traceTree(mask: Mask, options: TraceOptions = {}): readonly TracedPart[] {
  const rings = traceRings(mask, checkedConnectivity(options))
  const { count, holeOf, islandIn } = rings
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
  return partsOf(rings).map(({ outer, holes }, i) => {
    const hole = islandIn[outers[i] as number] as number
    if (hole < 0) return { outer, holes, islandIn: null }
    const part = partOf[holeOf[hole] as number] as number
    return { outer, holes, islandIn: { part, hole: holeAt[hole] as number } }
  })
}

/** Each outer ring with its holes, in order. */
function partsOf({ count, points, starts, holeOf }: TracedRings): readonly Part[] {
  const parts: Part[] = []
  const partOf = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const ring = points.slice(starts[i], starts[i + 1])
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

function checkedConnectivity({ connectivity = 4 }: TraceOptions): Connectivity {
  if (connectivity !== 4 && connectivity !== 8) {
    throw new TypeError(`connectivity must be 4 or 8, got ${String(connectivity)}`)
  }
  return connectivity
}
