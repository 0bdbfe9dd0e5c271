import { type Bounds, boundsOfPoints } from '../geometry/bounds.js'
import { type Part, partArea } from '../geometry/parts.js'
import type { Ring } from '../geometry/ring.js'
import { simplifyRing } from '../geometry/simplify.js'
import type { Mask } from './mask.js'
import { type TraceOptions, traceMask } from './trace.js'

/** Which of the connected regions of a mask to take, and how exactly. */
export interface InstanceOptions extends TraceOptions {
  /** Each ring may leave the pixel edges by so many pixels; see `simplifyRing`. Default 0: exact. */
  readonly epsilon?: number | undefined
  /** Only so many, the largest ones. Default: all. */
  readonly maxInstances?: number | undefined
  /** Only those of at least so many pixels. Default 0: all, single pixels too. */
  readonly minArea?: number | undefined
  /** `keep` (default): holes are holes. `drop`: they are filled; islands in them stay instances of their own. */
  readonly holes?: 'keep' | 'drop' | undefined
}

/** A connected region of a mask. */
export interface TracedInstance {
  readonly part: Part
  /** Its pixels; with those of its holes when these are dropped. Counted before simplifying. */
  readonly area: number
  /** The box around its pixels, half open. */
  readonly bounds: Bounds
  /** The largest distance in pixels of a traced vertex from the ring that stands for it; 0 when nothing was left out. */
  readonly deviation: number
}

const NO_HOLES: readonly Ring[] = Object.freeze([])

/**
 * The connected regions of a mask, each traced as `traceMask` does: largest first, equal ones in the order of their
 * topmost, then leftmost vertices. Every ring is simplified by itself and keeps at least 3 vertices; with an epsilon of
 * more than half a pixel rings may come to cross each other. Every ring has memory of its own, so that one may be
 * transferred to a worker without the others. An empty mask has none.
 * @throws TypeError for a connectivity other than 4 and 8, options that are no numbers of at least 0, `maxInstances` that
 * is no integer, an unknown `holes`.
 */
export function traceInstances(mask: Mask, options: InstanceOptions = {}): readonly TracedInstance[] {
  const { epsilon = 0, maxInstances = Number.POSITIVE_INFINITY, minArea = 0, holes = 'keep' } = options
  atLeastZero('epsilon', epsilon)
  atLeastZero('minArea', minArea)
  if (maxInstances !== Number.POSITIVE_INFINITY && !Number.isInteger(maxInstances)) {
    throw new TypeError(`maxInstances must be an integer, got ${String(maxInstances)}`)
  }
  atLeastZero('maxInstances', maxInstances)
  if (holes !== 'keep' && holes !== 'drop') throw new TypeError(`holes must be keep or drop, got ${String(holes)}`)
  const parts = traceMask(mask, options).map((part) =>
    holes === 'drop' ? { outer: part.outer, holes: NO_HOLES } : part,
  )
  return parts
    .map((part) => ({ part, area: partArea(part) }))
    .filter(({ area }) => area >= minArea)
    .sort((a, b) => b.area - a.area)
    .slice(0, maxInstances)
    .map(({ part, area }) => {
      const bounds = boundsOfPoints(part.outer) as Bounds
      return epsilon === 0
        ? { part: copied(part), area, bounds, deviation: 0 }
        : { ...simplified(part, epsilon), area, bounds }
    })
}

/** Traced rings share buffers. */
function copied({ outer, holes }: Part): Part {
  return { outer: outer.slice(), holes: holes.map((hole) => hole.slice()) }
}

function simplified(part: Part, epsilon: number): { readonly part: Part; readonly deviation: number } {
  const outer = simplifyRing(part.outer, epsilon)
  const holes = part.holes.map((hole) => simplifyRing(hole, epsilon))
  const deviation = holes.reduce((most, hole) => Math.max(most, hole.deviation), outer.deviation)
  return { part: { outer: outer.ring, holes: holes.map(({ ring }) => ring) }, deviation }
}

function atLeastZero(name: string, value: number): void {
  if (!(value >= 0)) throw new TypeError(`${name} must be a number of at least 0, got ${String(value)}`)
}
