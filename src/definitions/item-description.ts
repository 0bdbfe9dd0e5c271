import type { Affine } from '../geometry/affine.js'
import { type Attributes, changedInit, Definition, type DefinitionChanges, type TargetSize } from './definition.js'
import { textField } from './field.js'

export interface ItemDescriptionInit {
  /** Default `item.description`, as in the SDK; may be empty. */
  readonly label?: string | undefined
  readonly attributes?: Attributes | undefined
  readonly description?: string | undefined
  readonly text: string
}

/** A text that describes the whole item. It has no bounds. */
export class ItemDescription extends Definition {
  readonly text: string

  /** @throws AnnotationError `definition-field` for a text that is no string. */
  constructor(o: ItemDescriptionInit) {
    const { label = 'item.description', attributes, description } = o
    super({ label, attributes, description }, 'item_description', true)
    this.text = textField(o.text, 'item_description', 'text')
    Object.freeze(this)
  }

  get type(): 'item_description' {
    return 'item_description'
  }

  get bounds(): null {
    return null
  }

  /** Compares the texts. */
  geometryEquals(other: Definition, _tolerance?: number): boolean {
    return other instanceof ItemDescription && this.text === other.text
  }

  /** Itself. */
  transform(_m: Affine, _size?: TargetSize): this {
    return this
  }

  with(changes: DefinitionChanges): ItemDescription {
    return new ItemDescription({ ...changedInit(this, changes), text: this.text })
  }
}
