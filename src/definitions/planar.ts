import type { Bounds } from '../geometry/bounds.js'
import { Definition } from './definition.js'

/** A definition that always has a place in the picture, so that its edges are never `undefined`. */
export abstract class PlanarDefinition extends Definition {
  abstract override readonly bounds: Bounds

  override get left(): number {
    return this.bounds.left
  }

  override get top(): number {
    return this.bounds.top
  }

  override get right(): number {
    return this.bounds.right
  }

  override get bottom(): number {
    return this.bounds.bottom
  }

  override get width(): number {
    return this.right - this.left
  }

  override get height(): number {
    return this.bottom - this.top
  }
}
