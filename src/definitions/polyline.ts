import { AnnotationError } from '../errors.js'
import { type Affine, applyToRing } from '../geometry/affine.js'
import { type Bounds, boundsOfPoints, boundsUnion } from '../geometry/bounds.js'
import { type Ring, ringFrom, ringsEqual } from '../geometry/ring.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  type Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { fieldError } from './field.js'
import { PlanarDefinition } from './planar.js'
import type { PointList } from './polygon.js'
import { requireFinite } from './transform-error.js'

export type PolylineInit = DefinitionInit & ({ readonly lines: readonly PointList[] } | { readonly points: PointList })

/** One or more open lines, each of at least 2 points, flat `x0, y0, x1, y1, …`. The arrays are copies: read only. */
export class Polyline extends PlanarDefinition {
  readonly lines: readonly Ring[]
  #bounds: Bounds | undefined

  /**
   * @throws AnnotationError `ring-format` for coordinates that are not pairs of finite numbers, `degenerate-geometry`
   * for a line of fewer than 2 points or no line at all.
   */
  constructor(o: PolylineInit)
  /** @internal Takes over `owned` without copying or checking. */
  constructor(o: DefinitionInit, owned: readonly Ring[])
  constructor(o: PolylineInit | DefinitionInit, owned?: readonly Ring[]) {
    super(o, 'polyline')
    this.lines = owned ?? ownLines(o)
    Object.freeze(this)
  }

  /** A polyline of one line. */
  static fromPoints(points: PointList, init: DefinitionInit): Polyline {
    return new Polyline({ ...init, points })
  }

  get type(): 'polyline' {
    return 'polyline'
  }

  get bounds(): Bounds {
    this.#bounds ??= Object.freeze(
      this.lines.map((line) => boundsOfPoints(line) as Bounds).reduce((sum, bounds) => boundsUnion(sum, bounds)),
    )
    return this.#bounds
  }

  /** Compares vertex by vertex, in order. */
  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return (
      other instanceof Polyline &&
      this.lines.length === other.lines.length &&
      this.lines.every((line, index) => ringsEqual(line, other.lines[index] as Ring, tolerance))
    )
  }

  /**
   * Exact for every map.
   * @throws AnnotationError `transform-unsupported` for a map that is not finite.
   */
  transform(m: Affine, _size?: TargetSize): Polyline {
    requireFinite(m, 'polyline')
    return new Polyline(this, Object.freeze(this.lines.map((line) => applyToRing(m, line))))
  }

  with(changes: DefinitionChanges): Polyline {
    return new Polyline(changedInit(this, changes), this.lines)
  }
}

function ownLines(o: PolylineInit | DefinitionInit): readonly Ring[] {
  if ('points' in o) return Object.freeze([ownLine(o.points)])
  if (!('lines' in o) || !Array.isArray(o.lines)) throw fieldError('polyline', 'lines', 'a list of lines', undefined)
  const lines: readonly PointList[] = o.lines
  if (lines.length === 0) {
    throw new AnnotationError('degenerate-geometry', 'lines of a polyline', { expected: 'at least one', got: 'none' })
  }
  return Object.freeze(lines.map(ownLine))
}

function ownLine(points: PointList): Ring {
  const line = ringFrom(points)
  if (line.length < 4) {
    throw new AnnotationError('degenerate-geometry', 'line of a polyline', {
      expected: 'at least 2 points',
      got: String(line.length / 2),
    })
  }
  return line
}
