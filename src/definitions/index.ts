import type { Box } from './box.js'
import type { Classification } from './classification.js'
import type { Comparison } from './comparison.js'
import type { Cube } from './cube.js'
import type { Cube3d } from './cube3d.js'
import type { Ellipse } from './ellipse.js'
import type { FreeText } from './free-text.js'
import type { Gis } from './gis.js'
import type { ItemDescription } from './item-description.js'
import type { Note } from './note.js'
import type { Point } from './point.js'
import type { Polygon } from './polygon.js'
import type { Polyline } from './polyline.js'
import type { Pose } from './pose.js'
import type { RefImage } from './ref-image.js'
import type { Segmentation } from './segmentation.js'
import type { Subtitle } from './subtitle.js'
import type { TextMark } from './text-mark.js'
import type { UndefinedAnnotation } from './undefined.js'

export { Box, type BoxesFromMask, type BoxInit } from './box.js'
export { Classification } from './classification.js'
export { Comparison, type ComparisonInit } from './comparison.js'
export { CUBE_CORNERS, Cube, type CubeCorners, type CubeInit } from './cube.js'
export { Cube3d, type Cube3dInit, type Xyz } from './cube3d.js'
export {
  AnnotationType,
  type Attributes,
  type AttributeValue,
  DEFAULT_TOLERANCE,
  DEFINITION_TYPES,
  Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type DefinitionType,
  type TargetSize,
} from './definition.js'
export { Ellipse, type EllipseInit } from './ellipse.js'
export { FreeText, type FreeTextInit } from './free-text.js'
export { type GeoType, Gis, type GisInit } from './gis.js'
export { ItemDescription, type ItemDescriptionInit } from './item-description.js'
export type { MaskSource } from './mask-source.js'
export { Note, type NoteInit, type NoteMessage } from './note.js'
export { PlanarDefinition } from './planar.js'
export { Point, type PointInit } from './point.js'
export { type PartInit, type PointList, Polygon, type PolygonFromMask, type PolygonInit } from './polygon.js'
export { Polyline, type PolylineInit } from './polyline.js'
export { Pose, type PoseInit, type PosePoint, type PoseVisibility } from './pose.js'
export { RefImage, type RefImageInit } from './ref-image.js'
export { type Color, Segmentation, type SegmentationFromPolygon, type SegmentationInit } from './segmentation.js'
export { Subtitle, type SubtitleInit } from './subtitle.js'
export { TextMark, type TextMarkInit } from './text-mark.js'
export { UndefinedAnnotation, type UndefinedAnnotationInit } from './undefined.js'

/** Any definition; switch on `type` to know which. */
export type AnnotationDefinition =
  | Box
  | Classification
  | Comparison
  | Cube
  | Cube3d
  | Ellipse
  | FreeText
  | Gis
  | ItemDescription
  | Note
  | Point
  | Polygon
  | Polyline
  | Pose
  | RefImage
  | Segmentation
  | Subtitle
  | TextMark
  | UndefinedAnnotation

/** The class of each type: `DefinitionOf<'box'>` is `Box`. */
export type DefinitionOf<T extends AnnotationDefinition['type']> = Extract<AnnotationDefinition, { readonly type: T }>
