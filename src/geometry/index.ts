export {
  type Affine,
  applyToBounds,
  applyToPoint,
  applyToRing,
  determinant,
  IDENTITY,
  invert,
  isAxisAligned,
  isIdentity,
  isSimilarity,
  multiply,
  rotation,
  rotationAngle,
  scaling,
  translation,
} from './affine.js'
export {
  type Bounds,
  boundsArea,
  boundsCorners,
  boundsEqual,
  boundsHeight,
  boundsIntersection,
  boundsOfPoints,
  boundsUnion,
  boundsWidth,
  boxIou,
} from './bounds.js'
export { bridgeIfApart, bridgeParts } from './bridge.js'
export { unbridgeRing } from './bridge-undo.js'
export { clipBounds, clipRing, clipSegment } from './clip.js'
export { ellipseBounds, ellipseRing } from './ellipse.js'
export {
  composeOrientations,
  inverseOrientation,
  type Orientation,
  orientationAffine,
  orientedSize,
} from './orientation.js'
export {
  nestRings,
  type Part,
  partArea,
  partsArea,
  partsBounds,
  partsEqual,
  partsVertexCount,
} from './parts.js'
export type { Pt } from './point.js'
export {
  type Ring,
  reverseRing,
  ringArea,
  ringCentroid,
  ringContains,
  ringFrom,
  ringPerimeter,
  ringSignedArea,
  ringsEqual,
} from './ring.js'
export {
  type FittedBox,
  rotatedBoxBounds,
  rotatedBoxCorners,
  rotatedBoxFromCorners,
  rotatedBoxRing,
} from './rotated-box.js'
export {
  boxPolygon,
  type CuboidFaces,
  convexHull,
  cuboidFacePolygons,
  cuboidHullPolygon,
  ellipsePolygon,
  type ShapePolygon,
} from './shapes-outline.js'
export { polylinePolygon, type StrokeOptions } from './shapes-polyline.js'
export { type SimplifiedRing, simplifyRing } from './simplify.js'
