import { type Affine, applyToPoint } from '../geometry/affine.js'
import type { Bounds } from '../geometry/bounds.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { fieldError, finiteField, textField } from './field.js'

/** COCO's 2 (labelled and visible), 1 (labelled, not visible) and 0 (not labelled). */
export type PoseVisibility = 'visible' | 'hidden' | 'missing'

/**
 * A named key point. The coordinates of a `missing` one are kept as given (COCO writes 0, 0) but mean nothing: they are
 * neither mapped nor compared, nor do they count in the bounds.
 */
export interface PosePoint {
  readonly name: string
  readonly x: number
  readonly y: number
  readonly visibility: PoseVisibility
}

export type PoseInit = DefinitionInit & {
  /** Default: none. */
  readonly points?: readonly PosePoint[] | undefined
  /** The skeleton the names come from, where the source has templates. */
  readonly templateId?: string | undefined
  readonly instanceId?: string | undefined
}

/** The key points of one object, in the order of its skeleton. */
export class Pose extends Definition {
  readonly points: readonly PosePoint[]
  readonly templateId: string | undefined
  readonly instanceId: string | undefined

  /** @throws AnnotationError `definition-field` for a point, a visibility or an id of the wrong kind. */
  constructor(o: PoseInit) {
    super(o, 'pose')
    const points: unknown = o.points ?? []
    if (!Array.isArray(points)) throw fieldError('pose', 'points', 'a list of points', points)
    this.points = Object.freeze(points.map(ownPoint))
    this.templateId = o.templateId === undefined ? undefined : textField(o.templateId, 'pose', 'templateId')
    this.instanceId = o.instanceId === undefined ? undefined : textField(o.instanceId, 'pose', 'instanceId')
    Object.freeze(this)
  }

  get type(): 'pose' {
    return 'pose'
  }

  /** The upright rectangle around the points that are not missing; null when all are. */
  get bounds(): Bounds | null {
    const present = this.points.filter((point) => point.visibility !== 'missing')
    if (present.length === 0) return null
    const xs = present.map((point) => point.x)
    const ys = present.map((point) => point.y)
    return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
  }

  /** Compares the points in order: names, visibility, and the coordinates of those that are not missing. */
  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return (
      other instanceof Pose &&
      this.points.length === other.points.length &&
      this.points.every((point, index) => samePoint(point, other.points[index] as PosePoint, tolerance))
    )
  }

  protected override contentEquals(other: Definition): boolean {
    return other instanceof Pose && this.templateId === other.templateId && this.instanceId === other.instanceId
  }

  /** Exact for every map. Names stay with their points: no left and right are exchanged when the map mirrors. */
  transform(m: Affine, _size?: TargetSize): Pose {
    const { templateId, instanceId } = this
    const points = this.points.map((point) => {
      if (point.visibility === 'missing') return point
      const [x, y] = applyToPoint(m, point.x, point.y)
      return { name: point.name, x, y, visibility: point.visibility }
    })
    return new Pose({ ...changedInit(this, {}), points, templateId, instanceId })
  }

  with(changes: DefinitionChanges): Pose {
    const { points, templateId, instanceId } = this
    return new Pose({ ...changedInit(this, changes), points, templateId, instanceId })
  }
}

function ownPoint(point: PosePoint, index: number): PosePoint {
  const field = `points[${index}]`
  if (typeof point !== 'object' || point === null) throw fieldError('pose', field, 'a point', point)
  const { visibility } = point
  if (visibility !== 'visible' && visibility !== 'hidden' && visibility !== 'missing') {
    throw fieldError('pose', `${field}.visibility`, 'visible, hidden or missing', visibility)
  }
  return Object.freeze({
    name: textField(point.name, 'pose', `${field}.name`),
    x: finiteField(point.x, 'pose', `${field}.x`),
    y: finiteField(point.y, 'pose', `${field}.y`),
    visibility,
  })
}

function samePoint(a: PosePoint, b: PosePoint, tolerance: number): boolean {
  if (a.name !== b.name || a.visibility !== b.visibility) return false
  if (a.visibility === 'missing') return true
  return Math.abs(a.x - b.x) <= tolerance && Math.abs(a.y - b.y) <= tolerance
}
