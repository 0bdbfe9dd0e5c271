import { Pose } from '../../definitions/index.js'
import type { Naming } from './definition.js'
import type { ElementFields, ForeignFields } from './element.js'
import { type GeometryChoice, type KeypointsReading, readKeypoints } from './keypoints.js'
import type { ElementNotes } from './notes.js'
import { holdsCoordinates } from './same-geometry.js'
import type { AnnotationSlot } from './slot.js'
import { EMPTY } from './write-segmentation.js'

/** The key points an annotation is read by; undefined where its region or box is what counts. `names`: those of its category. */
export function readPose(
  element: ElementFields,
  names: readonly string[] | undefined,
  choice: GeometryChoice,
  notes: ElementNotes,
): KeypointsReading | undefined {
  if (names === undefined || choice === 'region') return undefined
  const at = element.find('keypoints')
  if (at < 0 || element.kind(at) === 'null') return undefined
  const reading = readKeypoints(element, at, names)
  // Whoever keeps the text as a foreign one reports what is no number at all.
  if (reading === undefined && element.kind(at) !== 'non-finite')
    notes.badField(element, at, 'x, y and visibility of each key point')
  return reading === undefined || reading.labelled === 0 ? undefined : reading
}

/** The definition; the slot says which of the places of its category are the pose's own. */
export function poseOf({ points }: KeypointsReading, slot: AnnotationSlot, init: Naming): Pose {
  const { templateId, instanceId } = slot
  const own = slot.points?.flatMap((number) => points[number - 1] ?? [])
  const known = own !== undefined && own.length === slot.points?.length
  return new Pose({ ...init, points: known ? own : points, templateId, instanceId })
}

/**
 * Keeps what the key points alone do not say: the region beside them, a count that is not theirs, and with such texts, or
 * where they cannot be written again as they are, their own text, so that it shows later whether the others are still about them.
 */
export function keepBesidePose(
  element: ElementFields,
  { exact, labelled }: KeypointsReading,
  notes: ElementNotes,
  fields: ForeignFields,
  base: number,
): void {
  let beside = !exact
  for (let i = 0; i < element.count; i++) {
    const key = element.names[i] as string
    if (!element.isLast(i) || key === 'keypoints') continue
    if (key === 'segmentation') {
      if (element.text(i) === EMPTY) continue
    } else if (key === 'num_keypoints') {
      if (element.kind(i) === 'number' && element.number(i) === labelled) continue
    } else if (!holdsCoordinates(key)) continue
    fields.set(key, notes.foreignText(element, i, base))
    beside = true
  }
  const at = element.find('keypoints')
  const text = notes.foreignText(element, at, base)
  if (beside) fields.set('keypoints', text)
}
