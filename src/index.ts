// The pure surface of the library: everything here runs unchanged in Node, in a worker and in a browser.

export {
  type CocoDocument,
  type CocoDocumentOptions,
  cocoDocument,
  type ParseCocoOptions,
  parseCoco,
} from './converters/coco/index.js'
export { type ConvertDatasetOptions, convertDataset, type Report } from './converters/convert.js'
export {
  type DataloopItemDocument,
  type DataloopItemOptions,
  dataloopItem,
  type ParseDataloopItemOptions,
  parseDataloopItem,
} from './converters/dataloop/index.js'
export { type Candidate, detectAll, detectFormat } from './converters/detect.js'
export {
  type Context,
  type Detection,
  defineFormat,
  type Expresses,
  type Fidelity,
  type FieldName,
  type Format,
  POLICIES,
  type Policy,
  type Probe,
  type ProgressEvent,
  type Reading,
  type Sink,
  type Writing,
} from './converters/format.js'
export { type LockedLabel, lockLabels, parseLabelFile } from './converters/labels.js'
export { type AnnotationCounts, Ledger, type LedgerEntry, type ProblemEntry } from './converters/ledger.js'
export {
  type ChoiceOption,
  choice,
  type FlagOption,
  flag,
  type NumberOption,
  type Option,
  type OptionSpec,
  type OptionValues,
  resolveOptions,
  type TextOption,
} from './converters/options.js'
export { formatById, formats } from './converters/registry.js'
export {
  fillSizes,
  firstSize,
  oneSize,
  parseSizeTable,
  requireSize,
  type Size,
  type SizeSource,
  sizesFromTable,
} from './converters/sizes.js'
export {
  type ParseVocOptions,
  parseVoc,
  type VocDocument,
  type VocXmlOptions,
  vocXml,
} from './converters/voc/index.js'
export {
  type ParseYoloLabelsOptions,
  parseYoloLabels,
  type YoloLabelsOptions,
  yoloLabels,
} from './converters/yolo/index.js'
export type { Account, Amendment, Effect, FieldLoss, Measure, Outcome, Problem } from './dataset/account.js'
export { Annotation, type AnnotationInit, type Flags, type ModelInfo } from './dataset/annotation.js'
export { createDataset, type Dataset, type DatasetInit, type Header, type Stray } from './dataset/dataset.js'
export type { Extra, ExtraFields, JsonSource, Raw } from './dataset/extra.js'
export { type Id, idFrom, integerId, isIntegerText } from './dataset/id.js'
export { Item, type ItemInit, type Media, type Rational } from './dataset/item.js'
export { type Label, LabelTree, type Skeleton, uniqueName } from './dataset/labels.js'
export type { KeyFrame, Span } from './dataset/track.js'
export {
  assignSplits,
  type ConversionFunction,
  filterAnnotations,
  filterItems,
  mapAnnotations,
  mapItems,
  remapLabels,
  type SplitShare,
  selectSplit,
  withoutRawTexts,
} from './dataset/transforms.js'
export {
  type AnnotationDefinition,
  AnnotationType,
  type Attributes,
  type AttributeValue,
  Box,
  type BoxesFromMask,
  type BoxInit,
  Classification,
  type Color,
  Comparison,
  type ComparisonInit,
  CUBE_CORNERS,
  Cube,
  Cube3d,
  type Cube3dInit,
  type CubeCorners,
  type CubeInit,
  DEFAULT_TOLERANCE,
  DEFINITION_TYPES,
  Definition,
  type DefinitionChanges,
  type DefinitionInit,
  type DefinitionOf,
  type DefinitionType,
  Ellipse,
  type EllipseInit,
  FreeText,
  type FreeTextInit,
  type GeoType,
  Gis,
  type GisInit,
  ItemDescription,
  type ItemDescriptionInit,
  type MaskSource,
  Note,
  type NoteInit,
  type NoteMessage,
  type PartInit,
  PlanarDefinition,
  Point,
  type PointInit,
  type PointList,
  Polygon,
  type PolygonFromMask,
  type PolygonInit,
  Polyline,
  type PolylineInit,
  Pose,
  type PoseInit,
  type PosePoint,
  type PoseVisibility,
  RefImage,
  type RefImageInit,
  Segmentation,
  type SegmentationFromPolygon,
  type SegmentationInit,
  Subtitle,
  type SubtitleInit,
  type TargetSize,
  TextMark,
  type TextMarkInit,
  UndefinedAnnotation,
  type UndefinedAnnotationInit,
  type Xyz,
} from './definitions/index.js'
export { AnnotationError, type ErrorCode, type ErrorDetail, formatPlace, type Place } from './errors.js'
export type { Affine } from './geometry/affine.js'
export type { Bounds } from './geometry/bounds.js'
export type { Orientation } from './geometry/orientation.js'
export type { Part } from './geometry/parts.js'
export type { Pt } from './geometry/point.js'
export { type Ring, ringFrom } from './geometry/ring.js'
export type { Connectivity } from './mask/components.js'
export { FILL_RULES, type FillOptions, type FillRule } from './mask/fill.js'
export type { Winding } from './mask/fill-pixel-center.js'
export { Mask, type PixelOrder, type RepairOptions } from './mask/mask.js'
export type { TraceOptions } from './mask/trace.js'
export type { InstanceOptions } from './mask/trace-instances.js'
export { type MemorySink, memoryScratch, memorySink, memorySource, memoryTree } from './memory.js'
export type {
  Abort,
  ByteSink,
  ByteSource,
  Deflate,
  DeflateOptions,
  DeflateStrategy,
  Scratch,
  ScratchFile,
  SinkTree,
  SourceTree,
} from './ports.js'
export {
  type FromCaptionsOptions,
  type FromSrtOptions,
  fromSrt,
  fromVtt,
  type ToCaptionsOptions,
  toSrt,
  toVtt,
} from './sdk/captions.js'
export type { Selection } from './sdk/conversion.js'
export {
  type ConversionOptions,
  type Converted,
  Converter,
  type ConverterOptions,
  type DatasetConversion,
  type Files,
} from './sdk/converter.js'
export type { JsonValue } from './text/json-value.js'
