export { complement, difference, intersection, intersectionArea, iou, union, xor } from './algebra.js'
export { bridgeUnited, type UnitedRing } from './bridge-united.js'
export { type CocoRle, cocoRleCounts, cocoRleString, maskFromCocoRle, maskFromCocoString } from './coco-rle.js'
export { type Connectivity, components } from './components.js'
export { cropMask, flipMask, pasteMask, rotateMask } from './crop.js'
export { type CroppedRle, croppedRle, maskFromCroppedRle } from './cropped-rle.js'
export type { DensePixels } from './dense-input.js'
export { FILL_RULES, type FillOptions, type FillRule, fillParts, fillRings } from './fill.js'
export { fillPolygonCoco, fillRingCoco, fillRingsCoco } from './fill-coco.js'
export { fillPartsCoco } from './fill-parts.js'
export { fillPartsPixelCenter, fillRingsPixelCenter, type Winding } from './fill-pixel-center.js'
export { iouMatrix } from './iou-matrix.js'
export { type LabelBits, type LabelData, type LabelMap, labelBits, labelMapOf } from './label-map.js'
export { maskFromLabelMap, masksFromLabelMap } from './label-map-masks.js'
export { Mask, type PixelOrder, type RepairOptions } from './mask.js'
export { approxPolyOpencv } from './opencv/approx-poly.js'
export type { ContourHierarchy } from './opencv/contour-hierarchy.js'
export { arcLengthOpencv, contourAreaOpencv } from './opencv/contour-measures.js'
export {
  type ContourMethod,
  type ContourMode,
  type ContourOptions,
  findContoursOpencv,
  type OpencvContour,
} from './opencv/find-contours.js'
export {
  fillRingsOpencv,
  paintCircleOpencv,
  paintEllipseOpencv,
  strokeLinesOpencv,
} from './opencv/paint.js'
export { type EllipseShape, fillEllipse, strokeEllipse } from './paint-ellipse.js'
export { type LabelLayer, type PaintOptions, paintLabelMap } from './paint-labels.js'
export { strokeLines } from './stroke.js'
export {
  type TracedPart,
  type TraceOptions,
  type TracePixelsOptions,
  traceMask,
  tracePixels,
  traceTree,
} from './trace.js'
export { type InstanceOptions, type TracedInstance, traceInstances } from './trace-instances.js'
export { orientMask, shiftMask } from './transform.js'
