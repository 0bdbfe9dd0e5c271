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
import { countField, fieldError, finiteField, textField } from './field.js'

export type TextMarkInit = DefinitionInit & {
  /** `paragraph` or `block` in the SDK. */
  readonly textType: string
  /** Offset of the first character. */
  readonly start: number
  /** Offset of the end. */
  readonly end: number
  /** Where the text stands in a picture, in pixels: both or neither. */
  readonly x?: number | undefined
  readonly y?: number | undefined
}

/** A marked stretch of a text. Only where the source says at which pixel it stands does it have bounds: that point. */
export class TextMark extends Definition {
  readonly textType: string
  readonly start: number
  readonly end: number
  /** The place in a picture, where the source names one: `left` of the SDK. */
  readonly x: number | undefined
  /** `top` of the SDK. */
  readonly y: number | undefined

  /** @throws AnnotationError `definition-field` for offsets that are no integers or swapped, or half a place. */
  constructor(o: TextMarkInit) {
    super(o, 'text_mark')
    this.textType = textField(o.textType, 'text_mark', 'textType')
    this.start = countField(o.start, 'text_mark', 'start')
    this.end = countField(o.end, 'text_mark', 'end')
    if (this.end < this.start) throw fieldError('text_mark', 'end', `a number of at least start, ${this.start}`, o.end)
    this.x = o.x === undefined ? undefined : finiteField(o.x, 'text_mark', 'x')
    this.y = o.y === undefined ? undefined : finiteField(o.y, 'text_mark', 'y')
    if ((this.x === undefined) !== (this.y === undefined)) {
      throw fieldError('text_mark', 'x and y', 'both or neither', this.x ?? this.y)
    }
    Object.freeze(this)
  }

  get type(): 'text_mark' {
    return 'text_mark'
  }

  get bounds(): Bounds | null {
    const { x, y } = this
    return x === undefined || y === undefined ? null : { left: x, top: y, right: x, bottom: y }
  }

  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return (
      other instanceof TextMark &&
      this.textType === other.textType &&
      this.start === other.start &&
      this.end === other.end &&
      near(this.x, other.x, tolerance) &&
      near(this.y, other.y, tolerance)
    )
  }

  /** Moves the place in the picture, where there is one; the offsets stay. */
  transform(m: Affine, _size?: TargetSize): TextMark {
    if (this.x === undefined || this.y === undefined) return this
    const [x, y] = applyToPoint(m, this.x, this.y)
    const { textType, start, end } = this
    return new TextMark({ ...changedInit(this, {}), textType, start, end, x, y })
  }

  with(changes: DefinitionChanges): TextMark {
    const { textType, start, end, x, y } = this
    return new TextMark({ ...changedInit(this, changes), textType, start, end, x, y })
  }
}

function near(a: number | undefined, b: number | undefined, tolerance: number): boolean {
  return a === b || (a !== undefined && b !== undefined && Math.abs(a - b) <= tolerance)
}
