import {
  type Affine,
  applyToPoint,
  determinant,
  isAxisAligned,
  isSimilarity,
  rotationAngle,
} from '../geometry/affine.js'
import { cosSinDegrees } from '../geometry/angle.js'
import type { Bounds } from '../geometry/bounds.js'
import { ellipseBounds } from '../geometry/ellipse.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  type Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { finiteField, sizeField } from './field.js'
import { PlanarDefinition } from './planar.js'

export type EllipseInit = DefinitionInit & {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  readonly angle?: number | undefined
}

/** An ellipse: centre, semi-axes in pixels, and the direction of the `rx` axis in degrees clockwise on screen. */
export class Ellipse extends PlanarDefinition {
  readonly x: number
  readonly y: number
  readonly rx: number
  readonly ry: number
  readonly angle: number

  /** @throws AnnotationError `definition-field` for numbers that are not finite or negative axes. */
  constructor(o: EllipseInit) {
    super(o, 'ellipse')
    this.x = finiteField(o.x, 'ellipse', 'x')
    this.y = finiteField(o.y, 'ellipse', 'y')
    this.rx = sizeField(o.rx, 'ellipse', 'rx')
    this.ry = sizeField(o.ry, 'ellipse', 'ry')
    this.angle = o.angle === undefined ? 0 : finiteField(o.angle, 'ellipse', 'angle')
    Object.freeze(this)
  }

  get type(): 'ellipse' {
    return 'ellipse'
  }

  get bounds(): Bounds {
    return ellipseBounds(this.x, this.y, this.rx, this.ry, this.angle)
  }

  /** Compares the curves, whichever of the two axes is called `rx`. */
  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return (
      other instanceof Ellipse &&
      Math.abs(this.x - other.x) <= tolerance &&
      Math.abs(this.y - other.y) <= tolerance &&
      (sameAxes(this, other.rx, other.ry, other.angle, tolerance) ||
        sameAxes(this, other.ry, other.rx, other.angle + 90, tolerance))
    )
  }

  /** Exact for every map: the image of an ellipse is an ellipse. */
  transform(m: Affine, _size?: TargetSize): Ellipse {
    const [x, y] = applyToPoint(m, this.x, this.y)
    return new Ellipse({ ...changedInit(this, {}), x, y, ...mappedAxes(m, this) })
  }

  with(changes: DefinitionChanges): Ellipse {
    const { x, y, rx, ry, angle } = this
    return new Ellipse({ ...changedInit(this, changes), x, y, rx, ry, angle })
  }
}

interface Axes {
  readonly rx: number
  readonly ry: number
  readonly angle: number
}

function sameAxes(a: Axes, rx: number, ry: number, angle: number, tolerance: number): boolean {
  if (!(Math.abs(a.rx - rx) <= tolerance && Math.abs(a.ry - ry) <= tolerance)) return false
  // Turning an ellipse by δ moves its curve by at most |rx - ry| · |sin δ|: a circle may turn as it likes.
  const [, sin] = cosSinDegrees(a.angle - angle)
  return Math.abs(a.rx - a.ry) * Math.abs(sin) <= tolerance
}

function mappedAxes(m: Affine, { rx, ry, angle }: Axes): Axes {
  const alongX = Math.hypot(m.a, m.b)
  const alongY = Math.hypot(m.c, m.d)
  const mirrors = determinant(m) < 0
  const similar = isSimilarity(m)
  if (isAxisAligned(m) && (similar || angle % 90 === 0)) {
    const quarter = angle % 180 !== 0 && angle % 90 === 0
    const first = rx * (quarter ? alongY : alongX)
    const second = ry * (quarter ? alongX : alongY)
    const swaps = m.a === 0 && m.d === 0
    return { rx: swaps ? second : first, ry: swaps ? first : second, angle: mirrors ? 0 - angle : angle }
  }
  if (similar) {
    const turn = rotationAngle(m)
    return { rx: rx * alongX, ry: ry * alongX, angle: (mirrors ? turn - angle : turn + angle) % 360 }
  }
  return principalAxes(m, rx, ry, angle)
}

// The unit circle goes through B = linear part of m · turn · diag(rx, ry); the singular values of B are the semi-axes of
// its image and the left singular vectors their directions (closed form of the 2 × 2 singular value decomposition).
function principalAxes(m: Affine, rx: number, ry: number, angle: number): Axes {
  const [cos, sin] = cosSinDegrees(angle)
  const p = (m.a * cos + m.c * sin) * rx
  const q = (m.b * cos + m.d * sin) * rx
  const r = (m.c * cos - m.a * sin) * ry
  const s = (m.d * cos - m.b * sin) * ry
  const sum = Math.hypot((p + s) / 2, (q - r) / 2)
  const difference = Math.hypot((p - s) / 2, (q + r) / 2)
  const turn = (Math.atan2(q - r, p + s) + Math.atan2(q + r, p - s)) / 2
  return { rx: sum + difference, ry: Math.abs(sum - difference), angle: (turn * 180) / Math.PI }
}
