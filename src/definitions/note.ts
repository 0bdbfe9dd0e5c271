import type { Affine } from '../geometry/affine.js'
import type { Bounds } from '../geometry/bounds.js'
import {
  changedInit,
  DEFAULT_TOLERANCE,
  type Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type TargetSize,
} from './definition.js'
import { fieldError, finiteField, textField } from './field.js'
import { frameBounds, framesEqual, ownFrame, transformFrame } from './frame.js'
import { PlanarDefinition } from './planar.js'

/** One message of a note. `time` is in milliseconds since 1970, UTC; null stands for what nobody has said. */
export interface NoteMessage {
  readonly id: string | null
  readonly creator: string | null
  readonly time: number | null
  readonly body: string
}

export type NoteInit = DefinitionInit &
  Bounds & {
    readonly angle?: number | undefined
    /** A string is a message of which only the body is known. */
    readonly messages?: readonly (string | NoteMessage)[] | undefined
    /** Default `issue`, as in the SDK. */
    readonly status?: string | undefined
    /** Default: the creator, as in the SDK. */
    readonly assignee?: string | null | undefined
    readonly creator?: string | null | undefined
    /** Milliseconds since 1970, UTC. */
    readonly createTime?: number | null | undefined
  }

/** A rectangle, perhaps turned, with a conversation about it. The sides are those before turning, as in `Box`. */
export class Note extends PlanarDefinition {
  readonly frame: Bounds
  /** Degrees clockwise on screen about the centre; 0 for upright notes. */
  readonly angle: number
  readonly bounds: Bounds
  readonly messages: readonly NoteMessage[]
  readonly status: string
  readonly assignee: string | null
  readonly creator: string | null
  readonly createTime: number | null

  /** @throws AnnotationError `definition-field` for a field of the wrong kind or swapped sides. */
  constructor(o: NoteInit) {
    super(o, 'note')
    this.frame = ownFrame(o, 'note')
    this.angle = o.angle === undefined ? 0 : finiteField(o.angle, 'note', 'angle')
    this.bounds = frameBounds(this.frame, this.angle)
    this.messages = Object.freeze((o.messages ?? []).map(ownMessage))
    this.status = textField(o.status ?? 'issue', 'note', 'status')
    this.creator = orNull(o.creator, textField, 'creator')
    this.assignee = o.assignee === undefined ? this.creator : orNull(o.assignee, textField, 'assignee')
    this.createTime = orNull(o.createTime, finiteField, 'createTime')
    Object.freeze(this)
  }

  get type(): 'note' {
    return 'note'
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

  /** The note with one message more at the end. There is no clock here: what is not said about it stays null. */
  withMessage(body: string, from: { creator?: string | null; time?: number | null; id?: string | null } = {}): Note {
    const { creator = null, time = null, id = null } = from
    return this.#copy(changedInit(this, {}), { messages: [...this.messages, { id, creator, time, body }] })
  }

  /** Compares the rectangles, corner by corner. */
  geometryEquals(other: Definition, tolerance: number = DEFAULT_TOLERANCE): boolean {
    return other instanceof Note && framesEqual(this, other, tolerance)
  }

  protected override contentEquals(other: Definition): boolean {
    return (
      other instanceof Note &&
      this.status === other.status &&
      this.assignee === other.assignee &&
      this.creator === other.creator &&
      this.createTime === other.createTime &&
      this.messages.length === other.messages.length &&
      this.messages.every((message, index) => sameMessage(message, other.messages[index] as NoteMessage))
    )
  }

  /**
   * Exact as for `Box`.
   * @throws AnnotationError `transform-unsupported` when the image is not a rectangle.
   */
  transform(m: Affine, _size?: TargetSize): Note {
    const { frame, angle } = transformFrame(m, this, 'note')
    return this.#copy(changedInit(this, {}), { ...frame, angle })
  }

  with(changes: DefinitionChanges): Note {
    return this.#copy(changedInit(this, changes), {})
  }

  #copy(init: DefinitionInit, changes: Partial<NoteInit>): Note {
    const { frame, angle, messages, status, assignee, creator, createTime } = this
    return new Note({ ...frame, angle, messages, status, assignee, creator, createTime, ...init, ...changes })
  }
}

function ownMessage(message: string | NoteMessage, index: number): NoteMessage {
  const field = `messages[${index}]`
  if (typeof message === 'string') return Object.freeze({ id: null, creator: null, time: null, body: message })
  if (typeof message !== 'object' || message === null) {
    throw fieldError('note', field, 'a string or a message', message)
  }
  return Object.freeze({
    id: orNull(message.id, textField, `${field}.id`),
    creator: orNull(message.creator, textField, `${field}.creator`),
    time: orNull(message.time, finiteField, `${field}.time`),
    body: textField(message.body, 'note', `${field}.body`),
  })
}

function sameMessage(a: NoteMessage, b: NoteMessage): boolean {
  return a.id === b.id && a.creator === b.creator && a.time === b.time && a.body === b.body
}

function orNull<T>(
  value: T | null | undefined,
  check: (value: unknown, type: string, field: string) => T,
  field: string,
): T | null {
  return value === undefined || value === null ? null : check(value, 'note', field)
}
