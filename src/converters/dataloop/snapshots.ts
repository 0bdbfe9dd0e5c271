import { Annotation } from '../../dataset/annotation.js'
import type { KeyFrame } from '../../dataset/track.js'
import type { AnnotationDefinition } from '../../definitions/index.js'
import type { Deflate } from '../../ports.js'
import { jsonString, jsonText } from '../../text/json-write.js'
import { annotationSlotText } from './annotation-slot.js'
import { type DearLeaf, type Fresh, type FreshObject, mergedText } from './levels.js'
import { coordinatesText, typeOf } from './write-definition.js'

type Compress = Pick<Deflate, 'deflate'> | undefined

const NO_PATHS: ReadonlySet<string> = new Set()

/** Whether every key frame stands at a frame that there is. */
export function areSayable(frames: readonly KeyFrame[]): boolean {
  return frames.every(({ frame }) => Number.isSafeInteger(frame) && frame >= 0)
}

/** The list `snapshots_` of a track: its key frames without the first, which the annotation itself says. */
export class SnapshotsLeaf implements DearLeaf {
  readonly #frames: readonly KeyFrame[]
  readonly #itself: KeyFrame
  readonly #deflate: Compress
  #text: string | undefined

  /** `definition` is what the annotation itself is, from the frame `start` on. */
  constructor(frames: readonly KeyFrame[], definition: AnnotationDefinition, start: number, deflate: Compress) {
    this.#frames = frames
    this.#itself = { frame: start, definition, fixed: true, visible: true }
    this.#deflate = deflate
  }

  /** The same pixels can be compressed in many ways. */
  get keep(): boolean {
    return this.#frames.some(({ definition }) => definition.type === 'binary')
  }

  text(): string {
    this.#text ??= `[${this.#texts().join(',')}]`
    return this.#text
  }

  same(other: Fresh): boolean {
    if (!(other instanceof SnapshotsLeaf) || other.#frames.length !== this.#frames.length) return false
    if (other.#itself.frame !== this.#itself.frame) return false
    return this.#frames.every((frame, i) => {
      const second = other.#frames[i]
      return second !== undefined && isSame(frame, second)
    })
  }

  #texts(): readonly string[] {
    let before = this.#itself
    return this.#listed().map((frame) => {
      const fresh = freshSnapshot(frame, before, this.#deflate)
      before = frame
      return mergedText(fresh, { extra: frame.extra, before: undefined, whenPresent: NO_PATHS })
    })
  }

  #listed(): readonly KeyFrame[] {
    const [first, ...others] = this.#frames
    if (first === undefined || first.extra !== undefined || !isSame(first, this.#itself)) return this.#frames
    // Reading puts the annotation itself in front only where all snapshots come later.
    return others.every(({ frame }) => frame > this.#itself.frame) ? others : this.#frames
  }
}

/** A snapshot, in the order of the SDK. What it does not say is as in the key frame before. */
function freshSnapshot(
  { frame, definition, fixed, visible, extra }: KeyFrame,
  before: KeyFrame,
  deflate: Compress,
): FreshObject {
  const { label, description, attributes } = definition
  const gone = description === undefined && before.definition.description !== undefined ? 'null' : undefined
  return new Map<string, Fresh>([
    ['frame', String(frame)],
    ['fixed', String(fixed)],
    ['label', jsonString(label)],
    ['type', jsonString(typeOf(definition))],
    ['objectVisible', String(visible)],
    ['data', coordinatesText(definition, deflate) ?? '[]'],
    ['description', description === undefined ? gone : jsonString(description)],
    ['namedAttributes', jsonText({ ...attributes })],
    // The older list would bring back attributes that are gone.
    ['attributes', undefined],
    ['annoform', annotationSlotText(new Annotation({ definition, extra }))],
  ])
}

function isSame(a: KeyFrame, b: KeyFrame): boolean {
  if (a.frame !== b.frame || a.fixed !== b.fixed || a.visible !== b.visible) return false
  // Equal definitions may be masks of other colours, and types of the source that the model has no word for.
  const color = ({ definition }: KeyFrame): string => (definition.type === 'binary' ? String(definition.color) : '')
  return color(a) === color(b) && typeOf(a.definition) === typeOf(b.definition) && a.definition.equals(b.definition, 0)
}
