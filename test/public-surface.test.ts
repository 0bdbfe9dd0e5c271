import { readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

// Every name a user can import, by entry of package.json. A name that appears, goes or turns from a value into a type
// changes this list, so that it is seen in review: names given away are hard to take back.

interface Surface {
  readonly values: string
  readonly types: string
}

/** `node` has all names of `core` besides its own. */
const SURFACE = {
  core: {
    values: `
      Annotation AnnotationError AnnotationType Box CUBE_CORNERS Classification Comparison Converter Cube Cube3d
      DEFAULT_TOLERANCE DEFINITION_TYPES Definition Ellipse FILL_RULES FreeText Gis Item ItemDescription LabelTree
      Ledger Mask Note POLICIES PlanarDefinition Point Polygon Polyline Pose RefImage Segmentation Subtitle TextMark
      UndefinedAnnotation assignSplits choice cocoDocument convertDataset createDataset dataloopItem defineFormat
      detectAll detectFormat fillSizes filterAnnotations filterItems firstSize flag formatById formatPlace formats
      fromSrt fromVtt idFrom integerId isIntegerText lockLabels mapAnnotations mapItems memoryScratch memorySink
      memorySource memoryTree oneSize parseCoco parseDataloopItem parseLabelFile parseSizeTable parseVoc
      parseYoloLabels remapLabels requireSize resolveOptions ringFrom selectSplit sizesFromTable toSrt toVtt
      uniqueName vocXml withoutRawTexts yoloLabels
    `,
    types: `
      Abort Account Affine Amendment AnnotationCounts AnnotationDefinition AnnotationInit AttributeValue Attributes
      Bounds BoxInit BoxesFromMask ByteSink ByteSource Candidate ChoiceOption CocoDocument CocoDocumentOptions Color
      ComparisonInit Connectivity Context ConversionFunction ConversionOptions ConvertDatasetOptions Converted
      ConverterOptions Cube3dInit CubeCorners CubeInit DataloopItemDocument DataloopItemOptions Dataset
      DatasetConversion DatasetInit DefinitionChanges DefinitionInit DefinitionOf DefinitionType Deflate
      DeflateOptions DeflateStrategy Detection Effect EllipseInit ErrorCode ErrorDetail Expresses Extra ExtraFields
      Fidelity FieldLoss FieldName Files FillOptions FillRule FlagOption Flags Format FreeTextInit
      FromCaptionsOptions FromSrtOptions GeoType GisInit Header Id InstanceOptions ItemDescriptionInit ItemInit
      JsonSource JsonValue KeyFrame Label LedgerEntry LockedLabel MaskSource Measure Media MemorySink ModelInfo
      NoteInit NoteMessage NumberOption Option OptionSpec OptionValues Orientation Outcome ParseCocoOptions
      ParseDataloopItemOptions ParseVocOptions ParseYoloLabelsOptions Part PartInit PixelOrder Place PointInit
      PointList Policy PolygonFromMask PolygonInit PolylineInit PoseInit PosePoint PoseVisibility Probe Problem
      ProblemEntry ProgressEvent Pt Rational Raw Reading RefImageInit RepairOptions Report Ring Scratch ScratchFile
      SegmentationFromPolygon SegmentationInit Selection Sink SinkTree Size SizeSource Skeleton SourceTree Span
      SplitShare Stray SubtitleInit TargetSize TextMarkInit TextOption ToCaptionsOptions TraceOptions
      UndefinedAnnotationInit VocDocument VocXmlOptions Winding Writing Xyz YoloLabelsOptions
    `,
  },
  node: {
    values: `
      convert createOutput diskScratch fileSource fileTree folderTree nodeDeflate openDataset pictureSizes
      sourceTree
    `,
    types: `
      ConvertOptions DirectoryConversion DiskScratch DiskScratchOptions DiskTree FileConversion JobOptions MediaMode
      OpenOptions Output OutputOptions PictureFolders PictureFrame ReadOptions SizingOptions SkippedEntry
    `,
  },
  definitions: {
    values: `
      AnnotationType Box CUBE_CORNERS Classification Comparison Cube Cube3d DEFAULT_TOLERANCE DEFINITION_TYPES
      Definition Ellipse FreeText Gis ItemDescription Note PlanarDefinition Point Polygon Polyline Pose RefImage
      Segmentation Subtitle TextMark UndefinedAnnotation
    `,
    types: `
      AnnotationDefinition AttributeValue Attributes BoxInit BoxesFromMask Color ComparisonInit Cube3dInit
      CubeCorners CubeInit DefinitionChanges DefinitionInit DefinitionOf DefinitionType EllipseInit FreeTextInit
      GeoType GisInit ItemDescriptionInit MaskSource NoteInit NoteMessage PartInit PointInit PointList
      PolygonFromMask PolygonInit PolylineInit PoseInit PosePoint PoseVisibility RefImageInit
      SegmentationFromPolygon SegmentationInit SubtitleInit TargetSize TextMarkInit UndefinedAnnotationInit Xyz
    `,
  },
  geometry: {
    values: `
      IDENTITY applyToBounds applyToPoint applyToRing boundsArea boundsCorners boundsEqual boundsHeight
      boundsIntersection boundsOfPoints boundsUnion boundsWidth boxIou boxPolygon bridgeIfApart bridgeParts
      clipBounds clipRing clipSegment composeOrientations convexHull cuboidFacePolygons cuboidHullPolygon
      determinant ellipseBounds ellipsePolygon ellipseRing inverseOrientation invert isAxisAligned isIdentity
      isSimilarity multiply nestRings orientationAffine orientedSize partArea partsArea partsBounds partsEqual
      partsVertexCount polylinePolygon reverseRing ringArea ringCentroid ringContains ringFrom ringPerimeter
      ringSignedArea ringsEqual rotatedBoxBounds rotatedBoxCorners rotatedBoxFromCorners rotatedBoxRing rotation
      rotationAngle scaling simplifyRing translation unbridgeRing
    `,
    types: `
      Affine Bounds CuboidFaces FittedBox Orientation Part Pt Ring ShapePolygon SimplifiedRing StrokeOptions
    `,
  },
  mask: {
    values: `
      FILL_RULES Mask approxPolyOpencv arcLengthOpencv bridgeUnited cocoRleCounts cocoRleString complement
      components contourAreaOpencv cropMask croppedRle difference fillEllipse fillParts fillPartsCoco
      fillPartsPixelCenter fillPolygonCoco fillRingCoco fillRings fillRingsCoco fillRingsOpencv fillRingsPixelCenter
      findContoursOpencv flipMask intersection intersectionArea iou iouMatrix labelBits labelMapOf maskFromCocoRle
      maskFromCocoString maskFromCroppedRle maskFromLabelMap masksFromLabelMap orientMask paintCircleOpencv
      paintEllipseOpencv paintLabelMap pasteMask rotateMask shiftMask strokeEllipse strokeLines strokeLinesOpencv
      traceInstances traceMask tracePixels traceTree union xor
    `,
    types: `
      DensePixels CocoRle Connectivity ContourHierarchy ContourMethod ContourMode ContourOptions CroppedRle EllipseShape
      FillOptions FillRule InstanceOptions LabelBits LabelData LabelLayer LabelMap OpencvContour PaintOptions
      PixelOrder RepairOptions TraceOptions TracePixelsOptions TracedInstance TracedPart UnitedRing Winding
    `,
  },
  png: {
    values: `
      decodePng encodePng readPngHeader toRgba8
    `,
    types: `
      Deflate DeflateOptions DeflateStrategy EncodePngOptions PngBitDepth PngChunk PngFilter PngHeader PngImage
      PngKind PngLimits
    `,
  },
  coco: {
    values: `
      coco cocoDocument parseCoco
    `,
    types: `
      CocoDocument CocoDocumentOptions ParseCocoOptions SegmentationChoice
    `,
  },
  yolo: {
    values: `
      parseYoloLabels yolo yoloLabels
    `,
    types: `
      ParseYoloLabelsOptions YoloLabelsOptions
    `,
  },
  voc: {
    values: `
      parseVoc voc vocXml
    `,
    types: `
      ParseVocOptions VocBase VocDocument VocXmlOptions
    `,
  },
  dataloop: {
    values: `
      dataloop dataloopItem parseDataloopItem
    `,
    types: `
      DataloopItemDocument DataloopItemOptions ParseDataloopItemOptions RingsChoice
    `,
  },
  vtt: {
    values: `
      cueSettings cueText cueTree cuesOf itemFromSrt itemFromVtt parseSrt parseVtt plainText regionSettings srt
      srtFromItem srtText timestampMap vtt vttFromItem vttText
    `,
    types: `
      CaptionsFromItemOptions CueNode CueSettings CueSpan Finding ItemFromCaptionsOptions ItemFromSrtOptions
      ParseVttOptions ParsedSrt ParsedVtt SpanName SrtBlock SrtCue SrtDocument TimestampMap VttBlock VttCue
      VttDocument VttRegionSettings WrittenCaptions
    `,
  },
  native: {
    values: `
      native nativeText parseNative
    `,
    types: `
      ParseNativeOptions
    `,
  },
} satisfies Record<string, Surface>

type Entry = keyof typeof SURFACE

const ENTRIES: Readonly<Record<Entry, { readonly path: string; readonly load: () => Promise<object> }>> = {
  core: { path: 'index.ts', load: () => import('../src/index.js') },
  node: { path: 'node.ts', load: () => import('../src/node.js') },
  definitions: { path: 'definitions/index.ts', load: () => import('../src/definitions/index.js') },
  geometry: { path: 'geometry/index.ts', load: () => import('../src/geometry/index.js') },
  mask: { path: 'mask/index.ts', load: () => import('../src/mask/index.js') },
  png: { path: 'png/index.ts', load: () => import('../src/png/index.js') },
  coco: { path: 'converters/coco/index.ts', load: () => import('../src/converters/coco/index.js') },
  yolo: { path: 'converters/yolo/index.ts', load: () => import('../src/converters/yolo/index.js') },
  voc: { path: 'converters/voc/index.ts', load: () => import('../src/converters/voc/index.js') },
  dataloop: { path: 'converters/dataloop/index.ts', load: () => import('../src/converters/dataloop/index.js') },
  vtt: { path: 'converters/vtt/index.ts', load: () => import('../src/converters/vtt/index.js') },
  native: { path: 'converters/native/index.ts', load: () => import('../src/converters/native/index.js') },
}

const names = (list: string): readonly string[] => list.trim().split(/\s+/)

/** What the list says of an entry, with the names it takes over from `core`. */
function listed(entry: Entry, kind: keyof Surface): readonly string[] {
  const own = names(SURFACE[entry][kind])
  return (entry === 'node' ? [...names(SURFACE.core[kind]), ...own] : own).slice().sort()
}

/** The types an entry exports, by its text; values are seen when it is loaded. */
function typesOf(url: URL): readonly string[] {
  const file = ts.createSourceFile(url.pathname, readFileSync(url, 'utf8'), ts.ScriptTarget.ES2022, true)
  return file.statements.flatMap((statement) => {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement))
      return statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ? [statement.name.text] : []
    if (!ts.isExportDeclaration(statement)) return []
    const { exportClause, moduleSpecifier, isTypeOnly } = statement
    if (exportClause === undefined) {
      const from = (moduleSpecifier as ts.StringLiteral).text.replace(/\.js$/, '.ts')
      return typesOf(new URL(from, url))
    }
    if (!ts.isNamedExports(exportClause)) throw new Error('a namespace is exported: list its names')
    return exportClause.elements.filter((element) => isTypeOnly || element.isTypeOnly).map(({ name }) => name.text)
  })
}

describe.each(Object.keys(ENTRIES) as Entry[])('the entry %s exports what is listed', (entry) => {
  const { path, load } = ENTRIES[entry]

  it('values', async () => {
    expect(Object.keys(await load()).sort()).toEqual(listed(entry, 'values'))
  })

  it('types', () => {
    const types = new Set(typesOf(new URL(`../src/${path}`, import.meta.url)))
    expect([...types].sort()).toEqual(listed(entry, 'types'))
  })
})

it('every entry of package.json is listed', () => {
  const { exports } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  const entries = Object.keys(exports).filter((name) => !name.endsWith('.json'))
  expect(entries.map((name) => (name === '.' ? 'node' : name.slice(2))).sort()).toEqual(Object.keys(ENTRIES).sort())
})

it.each(['geometry', 'mask', 'png'] as const)(
  'docs/coordinates.md states the promise of every value of %s',
  (entry) => {
    const rows = readFileSync(new URL('../docs/coordinates.md', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|')[1] ?? '')
    const stated = new Set(rows.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].map(([, name]) => name)))
    expect(listed(entry, 'values').filter((name) => !stated.has(name))).toEqual([])
  },
)
