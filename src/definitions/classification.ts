import type { Affine } from '../geometry/affine.js'
import { changedInit, Definition, type DefinitionChanges, type DefinitionInit, type TargetSize } from './definition.js'

/** A label for the whole item. It has no place in the picture: `bounds` is null. */
export class Classification extends Definition {
  constructor(o: DefinitionInit) {
    super(o, 'class')
    Object.freeze(this)
  }

  get type(): 'class' {
    return 'class'
  }

  get bounds(): null {
    return null
  }

  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return other instanceof Classification
  }

  /** Itself. */
  transform(_m: Affine, _size?: TargetSize): this {
    return this
  }

  with(changes: DefinitionChanges): Classification {
    return new Classification(changedInit(this, changes))
  }
}
