import { Annotation } from '../../dataset/annotation.js'
import type { ExtraFields } from '../../dataset/extra.js'
import type { PosePoint } from '../../definitions/index.js'
import type { Bounds } from '../../geometry/bounds.js'
import { boundsEqual } from '../../geometry/bounds.js'
import { encodeUtf8 } from '../../text/decode.js'
import { numbersIn } from '../../text/json-number.js'
import { saysPoints } from './keypoints.js'
import { unchangedSegmentation } from './write-segmentation.js'

// The text a source had for a geometric key stands only as long as the geometry is the one that was read with it.

/** Keys of COCO and COCO-WholeBody with coordinates this version does not interpret. */
const COORDINATES: ReadonlySet<string> = new Set([
  'keypoints',
  'num_keypoints',
  'foot_kpts',
  'face_kpts',
  'lefthand_kpts',
  'righthand_kpts',
  'face_box',
  'lefthand_box',
  'righthand_box',
])

/** Whether a foreign key tells where something is in the picture. */
export function holdsCoordinates(key: string): boolean {
  return COORDINATES.has(key)
}

/**
 * Whether an annotation has another geometry than the source texts it carries. Where it is not known what it was made from,
 * because it went through another format, the texts that can be compared decide. `placed`: the points of a pose as its category
 * orders them.
 */
export function geometryChanged(
  annotation: Annotation,
  coco: ExtraFields | undefined,
  placed?: readonly (PosePoint | undefined)[],
): boolean {
  if (coco === undefined) return false
  const { definition, origin } = annotation
  if (origin instanceof Annotation)
    return definition !== origin.definition && !definition.geometryEquals(origin.definition, 0)
  const keypoints = coco.fields.get('keypoints')
  if (definition.type === 'pose' && keypoints !== undefined)
    if (!saysPoints(keypoints, definition.points) && !saysPoints(keypoints, placed ?? [])) return true
  const segmentation = coco.fields.get('segmentation')
  if (segmentation !== undefined && unchangedSegmentation(annotation, segmentation, 'auto') === undefined) return true
  const bbox = coco.fields.get('bbox')
  const bounds = annotation.box ?? (definition.type === 'box' ? definition.bounds : undefined)
  return bbox !== undefined && bounds !== undefined && isUsableBox(bbox) && !saysBox(bbox, bounds)
}

/** Whether the box an annotation declares is another one than its source declared. */
export function boxChanged({ box, origin }: Annotation): boolean {
  if (!(origin instanceof Annotation)) return false
  const before = origin.box
  return box === undefined || before === undefined ? box !== before : !boundsEqual(box, before, 0)
}

/** Whether an annotation is known to declare another area than its source. */
export function areaChanged({ area, origin }: Annotation): boolean {
  return origin instanceof Annotation && origin.area !== area
}

/** Whether the text of a "bbox" says these bounds. */
export function saysBox(text: string, { left, top, right, bottom }: Bounds): boolean {
  const [x, y, width, height, ...more] = numbersOf(text)
  if (x === undefined || y === undefined || width === undefined || height === undefined || more.length > 0) return false
  return x === left && y === top && x + width === right && y + height === bottom
}

/** Whether the reader took the text for a box. */
function isUsableBox(text: string): boolean {
  const numbers = numbersOf(text)
  return numbers.length === 4 && (numbers[2] as number) >= 0 && (numbers[3] as number) >= 0
}

function numbersOf(text: string): readonly number[] {
  const bytes = encodeUtf8(text)
  return [...(numbersIn(bytes, 0, bytes.length) ?? [])]
}
