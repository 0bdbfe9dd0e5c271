import type { Pose } from '../../definitions/index.js'
import type { PlacedPose } from './keypoint-lists.js'
import { keypointsText, labelledCount, saysPoints } from './keypoints.js'

/** A text that belongs into an element once everything is written: how many key points a category has is not known before. */
export interface Insert {
  /** Where in the text of the element, in characters. */
  readonly at: number
  readonly text: () => string
}

/** The "keypoints" of one pose that is written. */
export class PoseText {
  readonly keypoints: string
  /** Numbers of the pose's own points, from 1, for the slot; undefined when it has all that the text has. */
  readonly own: readonly number[] | undefined
  readonly #placed: PlacedPose

  /** `source`: the text it was read from, where that is not known to be about other points. */
  constructor(pose: Pose, placed: PlacedPose, source: string | undefined) {
    this.#placed = placed
    const { points, own } = placed
    // A source that is shorter than its category stays so: its reader takes no more points than there are.
    const first = own?.every((number, i) => number === i + 1) === true
    const asShort = source !== undefined && first && saysPoints(source, pose.points)
    const same = source !== undefined && (asShort || saysPoints(source, points))
    this.keypoints = same ? source : keypointsText(points)
    this.own = asShort ? undefined : own
  }

  get count(): string {
    return String(labelledCount(this.#placed.points))
  }

  /** What pads the points in the end. `end` is behind the last of them. */
  padding(end: number): Insert | undefined {
    const { points, places } = this.#placed
    if (places === undefined) return undefined
    const none = points.length === 0
    return { at: end, text: () => ',0,0,0'.repeat(Math.max(0, places() - points.length)).slice(none ? 1 : 0) }
  }

  /** What tells in the end that the padding is none of the pose's own points, for a slot that does not say so yet. */
  late(at: number, text: (points: string) => string): Insert | undefined {
    const { points, places } = this.#placed
    if (places === undefined || this.own !== undefined) return undefined
    const own = `"points":[${points.map((_, i) => i + 1).join(',')}]`
    return { at, text: () => (places() > points.length ? text(own) : '') }
  }
}
