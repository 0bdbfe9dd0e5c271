import { type Affine, isIdentity } from '../geometry/affine.js'
import type { Bounds } from '../geometry/bounds.js'
import { type Orientation, orientationAffine, orientedSize } from '../geometry/orientation.js'
import { type FillOptions, fillParts } from '../mask/fill.js'
import { Mask } from '../mask/mask.js'
import { orientMask, shiftMask } from '../mask/transform.js'
import { Box, type BoxesFromMask } from './box.js'
import { changedInit, Definition, type DefinitionChanges, type DefinitionInit, type TargetSize } from './definition.js'
import { fieldError } from './field.js'
import type { Polygon } from './polygon.js'
import { transformError } from './transform-error.js'

/** Red, green and blue, integers from 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number]

export type SegmentationInit = DefinitionInit & { readonly mask: Mask; readonly color?: Color | undefined }

/** What {@link Segmentation.fromPolygon} needs beside the polygon: the size of the picture, and the fill rule if another. */
export type SegmentationFromPolygon = DefinitionChanges & TargetSize & FillOptions

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8]

/** A region of whole pixels: a mask as large as the picture. */
export class Segmentation extends Definition {
  readonly mask: Mask
  /** The colour the source paints it in, where it has one. */
  readonly color: Color | undefined

  /** @throws AnnotationError `definition-field` for what is no `Mask`, or a colour that is not three integers from 0 to 255. */
  constructor(o: SegmentationInit) {
    super(o, 'binary')
    if (!(o.mask instanceof Mask)) throw fieldError('binary', 'mask', 'a mask', o.mask)
    this.mask = o.mask
    this.color = o.color === undefined ? undefined : ownColor(o.color)
    Object.freeze(this)
  }

  /**
   * The pixels of a polygon, holes left out, in a picture of `width` × `height`: by the rule `pixel-center`, even-odd, or
   * as `rule` and `winding` say. What lies off the picture is cut away. Label, attributes and description are those of
   * the polygon unless others are given.
   * @example Segmentation.fromPolygon(polygon, { width: 640, height: 480, rule: 'coco' })
   * @throws AnnotationError `mask-size` when the size is no size. TypeError for an unknown rule.
   */
  static fromPolygon(polygon: Polygon, o: SegmentationFromPolygon): Segmentation {
    const mask = fillParts(polygon.parts, o.width, o.height, o)
    return new Segmentation({ ...changedInit(polygon, o), mask })
  }

  get type(): 'binary' {
    return 'binary'
  }

  /** Half open around the pixels that are set: one pixel is one pixel wide. Null for an empty mask. */
  get bounds(): Bounds | null {
    return this.mask.bounds
  }

  /** A box for each connected region, with the label, attributes and description of this; see `Box.fromSegmentation`. */
  toBoxes(o: BoxesFromMask = {}): readonly Box[] {
    return Box.fromSegmentation(this, { ...changedInit(this, {}), ...o })
  }

  /** Compares size and pixels exactly: a mask has nothing between two pixels. */
  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return other instanceof Segmentation && this.mask.equals(other.mask)
  }

  protected override contentEquals(other: Definition): boolean {
    return other instanceof Segmentation && String(this.color) === String(other.color)
  }

  /**
   * Exact for flips, quarter turns and moves by whole pixels; what leaves the picture is cut off.
   * @param size Size of the picture it leads to; by default that of the turned mask, which only a map without a move can do.
   * @throws AnnotationError `transform-unsupported` for other maps, and for a move without `size`.
   */
  transform(m: Affine, size?: TargetSize): Segmentation {
    const { width, height } = this.mask
    if (isIdentity(m) && (size === undefined || (size.width === width && size.height === height))) return this
    const move = pixelMove(m, width, height)
    if (move === undefined) {
      throw transformError(
        'binary',
        'a flip, a quarter turn or a move by whole pixels',
        'Trace the mask into a Polygon, transform that, and fill it again.',
      )
    }
    const turned = orientMask(this.mask, move.orientation)
    const target = size ?? orientedSize(move.orientation, width, height)
    const fits = target.width === turned.width && target.height === turned.height
    if (move.dx === 0 && move.dy === 0 && fits) return this.#copy(turned)
    if (size === undefined) throw transformError('binary', 'the size of the target for a move', 'Pass the target size.')
    return this.#copy(shiftMask(turned, move.dx, move.dy, size.width, size.height))
  }

  with(changes: DefinitionChanges): Segmentation {
    return new Segmentation({ ...changedInit(this, changes), mask: this.mask, color: this.color })
  }

  #copy(mask: Mask): Segmentation {
    return new Segmentation({ ...changedInit(this, {}), mask, color: this.color })
  }
}

interface PixelMove {
  readonly orientation: Orientation
  readonly dx: number
  readonly dy: number
}

/** `m` as one of the eight orientations of a picture of this size and then a move by whole pixels, if it is that. */
function pixelMove(m: Affine, width: number, height: number): PixelMove | undefined {
  for (const orientation of ORIENTATIONS) {
    const turn = orientationAffine(orientation, width, height)
    if (turn.a !== m.a || turn.b !== m.b || turn.c !== m.c || turn.d !== m.d) continue
    const dx = m.e - turn.e
    const dy = m.f - turn.f
    return Number.isSafeInteger(dx) && Number.isSafeInteger(dy) ? { orientation, dx, dy } : undefined
  }
  return undefined
}

function ownColor(color: Color): Color {
  const values: unknown = color
  const valid =
    Array.isArray(values) &&
    values.length === 3 &&
    values.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)
  if (!valid) throw fieldError('binary', 'color', 'three integers from 0 to 255', color)
  return Object.freeze([color[0], color[1], color[2]] as const)
}
