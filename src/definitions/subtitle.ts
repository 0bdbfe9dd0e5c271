import type { Affine } from '../geometry/affine.js'
import { changedInit, Definition, type DefinitionChanges, type DefinitionInit, type TargetSize } from './definition.js'
import { textField } from './field.js'

export type SubtitleInit = DefinitionInit & { readonly text: string }

/** What is said or shown as text in a stretch of time; the annotation knows when. It has no bounds. */
export class Subtitle extends Definition {
  readonly text: string

  /** @throws AnnotationError `definition-field` for a text that is no string. */
  constructor(o: SubtitleInit) {
    super(o, 'subtitle')
    this.text = textField(o.text, 'subtitle', 'text')
    Object.freeze(this)
  }

  get type(): 'subtitle' {
    return 'subtitle'
  }

  get bounds(): null {
    return null
  }

  /** Compares the texts. */
  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return other instanceof Subtitle && this.text === other.text
  }

  /** Itself. */
  transform(_m: Affine, _size?: TargetSize): this {
    return this
  }

  with(changes: DefinitionChanges): Subtitle {
    return new Subtitle({ ...changedInit(this, changes), text: this.text })
  }
}
