import type { Affine } from '../geometry/affine.js'
import { type Attributes, changedInit, Definition, type DefinitionChanges, type TargetSize } from './definition.js'
import { textField } from './field.js'

export interface FreeTextInit {
  /** Default `free-text`, as in the SDK. */
  readonly label?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly description?: string | undefined
  readonly text: string
}

/** A text about the item, such as an answer to a prompt. It has no bounds. */
export class FreeText extends Definition {
  readonly text: string

  /** @throws AnnotationError `definition-field` for a text that is no string. */
  constructor(o: FreeTextInit) {
    super({ label: o.label ?? 'free-text', attributes: o.attributes, description: o.description }, 'text')
    this.text = textField(o.text, 'text', 'text')
    Object.freeze(this)
  }

  get type(): 'text' {
    return 'text'
  }

  get bounds(): null {
    return null
  }

  /** Compares the texts. */
  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return other instanceof FreeText && this.text === other.text
  }

  /** Itself. */
  transform(_m: Affine, _size?: TargetSize): this {
    return this
  }

  with(changes: DefinitionChanges): FreeText {
    return new FreeText({ ...changedInit(this, changes), text: this.text })
  }
}
