import type { Affine } from '../geometry/affine.js'
import type { Bounds } from '../geometry/bounds.js'
import type { Pt } from '../geometry/point.js'
import { rotatedBoxCorners, rotatedBoxFromCorners } from '../geometry/rotated-box.js'
import { type InstanceOptions, traceInstances } from '../mask/trace-instances.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  type Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { finiteField } from './field.js'
import { frameBounds, framesEqual, ownFrame, transformFrame } from './frame.js'
import { type MaskSource, maskFrom } from './mask-source.js'
import { PlanarDefinition } from './planar.js'

export type BoxInit = DefinitionInit & Bounds & { readonly angle?: number | undefined }

/** Which regions of a mask get a box. */
export type BoxesFromMask = Pick<InstanceOptions, 'connectivity' | 'maxInstances' | 'minArea'>

/**
 * A rectangle, perhaps turned. `left`, `top`, `right`, `bottom` are, as in the Dataloop SDK, the sides before turning;
 * `bounds` encloses the turned box. Sides may coincide (zero size), but not be swapped.
 * @example new Box({ label: 'car', left: 10, top: 20, right: 50.5, bottom: 40, angle: 30 })
 */
export class Box extends PlanarDefinition {
  /** The sides before turning. */
  readonly frame: Bounds
  /** Degrees clockwise on screen about the centre, as given; 0 for upright boxes. */
  readonly angle: number
  /** The upright rectangle around the turned box: the very `frame` when it is not turned. */
  readonly bounds: Bounds

  /** @throws AnnotationError `definition-field` for numbers that are not finite or sides that are swapped. */
  constructor(o: BoxInit) {
    super(o, 'box')
    this.frame = ownFrame(o, 'box')
    this.angle = o.angle === undefined ? 0 : finiteField(o.angle, 'box', 'angle')
    this.bounds = frameBounds(this.frame, this.angle)
    Object.freeze(this)
  }

  /**
   * The box with these corners, named as before turning.
   * @param tolerance How far, in pixels, the corners may be from those of a rectangle.
   * @throws AnnotationError `degenerate-geometry` when they are further off.
   */
  static fromCorners(
    topLeft: Pt,
    bottomLeft: Pt,
    bottomRight: Pt,
    topRight: Pt,
    init: DefinitionInit,
    tolerance: number = DEFAULT_TOLERANCE,
  ): Box {
    const { bounds, angle } = rotatedBoxFromCorners(topLeft, bottomLeft, bottomRight, topRight, tolerance)
    return new Box({ ...init, ...bounds, angle })
  }

  /**
   * A box for each connected region of a mask, half open around its pixels: one pixel is 1 wide and 1 high. Largest
   * region (by pixels) first, equal ones from top to bottom; an empty mask gives none.
   * @throws TypeError for options of the wrong kind. `definition-field` as the constructor.
   */
  static fromSegmentation(source: MaskSource, o: DefinitionInit & BoxesFromMask): readonly Box[] {
    const { label, attributes, description, connectivity, maxInstances, minArea } = o
    const regions = traceInstances(maskFrom(source), { connectivity, maxInstances, minArea })
    return regions.map(({ bounds }) => new Box({ label, attributes, description, ...bounds }))
  }

  get type(): 'box' {
    return 'box'
  }

  /** The turned corners: top left, bottom left, bottom right, top right of the box before turning. */
  get corners(): readonly [Pt, Pt, Pt, Pt] {
    return rotatedBoxCorners(this.frame, this.angle)
  }

  override get left(): number {
    return this.frame.left
  }

  override get top(): number {
    return this.frame.top
  }

  override get right(): number {
    return this.frame.right
  }

  override get bottom(): number {
    return this.frame.bottom
  }

  /** Compares corner by corner: a box turned by 180° is another box, one turned by 360° is the same. */
  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return other instanceof Box && framesEqual(this, other, tolerance)
  }

  /**
   * Exact for axis-aligned maps of upright boxes and for similarities of all boxes.
   * @throws AnnotationError `transform-unsupported` when the image is not a rectangle.
   */
  transform(m: Affine, _size?: TargetSize): Box {
    const { frame, angle } = transformFrame(m, this, 'box')
    return new Box({ ...changedInit(this, {}), ...frame, angle })
  }

  with(changes: DefinitionChanges): Box {
    return new Box({ ...changedInit(this, changes), ...this.frame, angle: this.angle })
  }
}
