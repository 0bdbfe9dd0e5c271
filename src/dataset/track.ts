import type { AnnotationDefinition } from '../definitions/index.js'
import type { Extra } from './extra.js'

/** When an annotation is there: frames (both inclusive, from 0) or seconds. */
export interface Span {
  readonly frame?: number | undefined
  readonly endFrame?: number | undefined
  /** Seconds from the start of the media. */
  readonly startTime?: number | undefined
  readonly endTime?: number | undefined
}

/** A frame at which a track was set by hand or by a tool. Between key frames the earlier one holds. */
export interface KeyFrame {
  /** From 0. */
  readonly frame: number
  /** The annotation's state from this frame on; label and attributes may differ from frame to frame. */
  readonly definition: AnnotationDefinition
  /** Set by hand, not filled in by a tool. */
  readonly fixed: boolean
  /** False: hidden until the next key frame. */
  readonly visible: boolean
  readonly extra?: Extra | undefined
}
