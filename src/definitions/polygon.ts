import { AnnotationError } from '../errors.js'
import { type Affine, applyToRing } from '../geometry/affine.js'
import type { Bounds } from '../geometry/bounds.js'
import { type Part, partsArea, partsBounds, partsEqual } from '../geometry/parts.js'
import type { Pt } from '../geometry/point.js'
import { type Ring, ringFrom } from '../geometry/ring.js'
import { type InstanceOptions, traceInstances } from '../mask/trace-instances.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  type Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { fieldError } from './field.js'
import { type MaskSource, maskFrom } from './mask-source.js'
import { PlanarDefinition } from './planar.js'
import { requireFinite } from './transform-error.js'

/** Points as anybody writes them: `[[x, y], …]`, or flat `x0, y0, x1, y1, …`. */
export type PointList = Ring | readonly number[] | readonly Pt[]

/** A region to be: its outer ring and the holes in it. */
export interface PartInit {
  readonly outer: PointList
  readonly holes?: readonly PointList[] | undefined
}

export type PolygonInit = DefinitionInit & ({ readonly parts: readonly PartInit[] } | { readonly points: PointList })

/** What {@link Polygon.fromSegmentation} needs beside the mask. */
export type PolygonFromMask = DefinitionInit &
  InstanceOptions & {
    /** Is told, for each polygon, how far in pixels the mask's pixel edges are from it at most: 0 with epsilon 0. */
    readonly onDeviation?: ((pixels: number, index: number) => void) | undefined
  }

/**
 * A region: the union of its parts, each the inside (even-odd) of an outer ring minus its holes.
 * The rings are copies; treat them as read only, JavaScript cannot freeze typed arrays.
 * @example Polygon.fromPoints([[0, 0], [30, 0], [30, 20]], { label: 'roof' })
 */
export class Polygon extends PlanarDefinition {
  readonly parts: readonly Part[]
  #bounds: Bounds | undefined

  /**
   * @throws AnnotationError `ring-format` for coordinates that are not pairs of finite numbers, `degenerate-geometry`
   * for a ring of fewer than 3 points or no part at all. A ring without area is fine.
   */
  constructor(o: PolygonInit)
  /** @internal Takes over `owned`; see {@link fromOwnedParts}. */
  constructor(o: DefinitionInit, owned: readonly Part[])
  constructor(o: PolygonInit | DefinitionInit, owned?: readonly Part[]) {
    super(o, 'segment')
    this.parts = owned ?? ownParts(o)
    Object.freeze(this)
  }

  /** A polygon of one part without holes. */
  static fromPoints(points: PointList, init: DefinitionInit): Polygon {
    return Polygon.fromRings([points], init)
  }

  /** A polygon with a part for each ring, as COCO means its lists of rings. Use `nestRings` to sort out holes. */
  static fromRings(rings: readonly PointList[], init: DefinitionInit): Polygon {
    if (rings.length === 0) throw noParts()
    return new Polygon(init, Object.freeze(rings.map((ring) => part(ownRing(ring), NO_HOLES))))
  }

  /**
   * A polygon for each connected region of a mask, along its pixel edges, holes as holes: largest region first, equal
   * ones from top to bottom. By default all of them and exact: filling the polygons at pixel centres, or by the COCO
   * rule, gives the mask again. An empty mask gives none. See `InstanceOptions` for `epsilon` (each ring by itself, never
   * below a triangle), `maxInstances`, `minArea`, `holes` and `connectivity`.
   * @example Polygon.fromSegmentation(segmentation, { label: 'roof', epsilon: 0.7, minArea: 4 })
   * @throws TypeError for options of the wrong kind. `definition-field` as the constructor.
   */
  static fromSegmentation(source: MaskSource, o: PolygonFromMask): readonly Polygon[] {
    const { label, attributes, description, onDeviation } = o
    return traceInstances(maskFrom(source), o).map(({ part: traced, deviation }, index) => {
      onDeviation?.(deviation, index)
      return new Polygon({ label, attributes, description }, Object.freeze([part(traced.outer, traced.holes)]))
    })
  }

  /**
   * Takes `parts` over without copying or checking, for readers that have just made and checked them: finite numbers,
   * at least 3 points a ring, at least one part. The caller must not keep or change the arrays.
   * @internal
   */
  static fromOwnedParts(parts: readonly Part[], init: DefinitionInit): Polygon {
    return new Polygon(init, parts)
  }

  get type(): 'segment' {
    return 'segment'
  }

  get bounds(): Bounds {
    this.#bounds ??= Object.freeze(partsBounds(this.parts) as Bounds)
    return this.#bounds
  }

  /** Square pixels: the sum over the parts, so what two parts share counts twice. */
  get area(): number {
    return partsArea(this.parts)
  }

  /** All rings: each part's outer ring followed by its holes. */
  rings(): readonly Ring[] {
    return this.parts.flatMap(({ outer, holes }) => [outer, ...holes])
  }

  /** Compares vertex by vertex, in order. */
  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return other instanceof Polygon && partsEqual(this.parts, other.parts, tolerance)
  }

  /**
   * Exact for every map.
   * @throws AnnotationError `transform-unsupported` for a map that is not finite.
   */
  transform(m: Affine, _size?: TargetSize): Polygon {
    requireFinite(m, 'segment')
    const image = this.parts.map(({ outer, holes }) =>
      part(applyToRing(m, outer), holes.length === 0 ? NO_HOLES : holes.map((hole) => applyToRing(m, hole))),
    )
    return new Polygon(this, Object.freeze(image))
  }

  with(changes: DefinitionChanges): Polygon {
    return new Polygon(changedInit(this, changes), this.parts)
  }
}

const NO_HOLES: readonly Ring[] = Object.freeze([])

function part(outer: Ring, holes: readonly Ring[]): Part {
  return Object.freeze({ outer, holes: Object.freeze(holes) })
}

function ownParts(o: PolygonInit | DefinitionInit): readonly Part[] {
  if ('points' in o) return Object.freeze([part(ownRing(o.points), NO_HOLES)])
  if (!('parts' in o) || !Array.isArray(o.parts)) throw fieldError('segment', 'parts', 'a list of parts', undefined)
  const parts: readonly PartInit[] = o.parts
  if (parts.length === 0) throw noParts()
  return Object.freeze(
    parts.map(({ outer, holes }) =>
      part(ownRing(outer), holes === undefined || holes.length === 0 ? NO_HOLES : holes.map(ownRing)),
    ),
  )
}

function ownRing(points: PointList): Ring {
  const ring = ringFrom(points)
  if (ring.length < 6) {
    throw new AnnotationError('degenerate-geometry', 'ring of a segment', {
      expected: 'at least 3 points',
      got: String(ring.length / 2),
    })
  }
  return ring
}

function noParts(): AnnotationError {
  return new AnnotationError('degenerate-geometry', 'parts of a segment', {
    expected: 'at least one part',
    got: 'none',
  })
}
