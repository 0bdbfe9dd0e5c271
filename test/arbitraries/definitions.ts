import fc, { type Arbitrary } from 'fast-check'
import type {
  AnnotationDefinition,
  Box,
  BoxInit,
  DefinitionInit,
  DefinitionOf,
  NoteInit,
  TargetSize,
} from '../../src/definitions/index.js'
import * as definitions from '../../src/definitions/index.js'
import { arbitraryInit } from './labels.js'
import { arbitraryLine, arbitraryMask, arbitraryPart, arbitraryPoint, arbitrarySides, CANVAS } from './shapes.js'

// One arbitrary for every type of definition. All lie inside the picture, which is not square unless the caller says so.

export { arbitraryAttributes, arbitraryInit, arbitraryLabel } from './labels.js'
export { arbitraryMask, CANVAS } from './shapes.js'

const arbitraryAngle: Arbitrary<number | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constantFrom(0, 90, 180, -90, 270, 360),
  fc.integer({ min: -180, max: 360 }),
  fc.double({ min: -180, max: 180, noNaN: true }),
)

const arbitraryText = fc.oneof(
  fc.constantFrom('', 'hello', 'two\nlines', '<i>no tag</i> & more', 'Grüße, 日本語 🚗', '-->'),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
)

const arbitraryJson = fc.jsonValue({ maxDepth: 3 })

const orNull = <T>(value: Arbitrary<T>): Arbitrary<T | null> => fc.option(value, { nil: null })
const orNothing = <T>(value: Arbitrary<T>): Arbitrary<T | undefined> => fc.option(value, { nil: undefined })

type Make = {
  readonly [T in AnnotationDefinition['type']]: (size: TargetSize) => Arbitrary<DefinitionOf<T>>
}

/** An arbitrary of the label, attributes and description of a definition together with `rest`. */
function made<R extends object, D>(rest: Arbitrary<R>, make: (o: DefinitionInit & R) => D): Arbitrary<D> {
  return fc.tuple(arbitraryInit, rest).map(([init, more]) => make({ ...init, ...more }))
}

function arbitraryRectangle(size: TargetSize) {
  return fc.tuple(arbitrarySides(size), arbitraryAngle).map(([sides, angle]) => ({ ...sides, angle }))
}

function arbitraryPose(size: TargetSize) {
  const names = fc.uniqueArray(fc.constantFrom('nose', 'left_eye', 'right eye', '左手', 'tail.tip', '0', '1'), {
    minLength: 1,
  })
  const point = fc.tuple(arbitraryPoint(size), fc.constantFrom('visible', 'hidden', 'missing'))
  return names
    .chain((list) => fc.tuple(fc.constant(list), fc.array(point, { minLength: list.length, maxLength: list.length })))
    .map(([list, points]) =>
      points.map(([[x, y], visibility], index) => {
        const name = list[index] as string
        return visibility === 'missing' ? { name, x: 0, y: 0, visibility } : { name, x, y, visibility }
      }),
    )
}

const arbitraryMessage = fc.oneof(
  arbitraryText,
  fc.record({
    id: orNull(fc.uuid()),
    creator: orNull(fc.emailAddress()),
    time: orNull(fc.integer({ min: 0, max: 2_000_000_000_000 })),
    body: arbitraryText,
  }),
)

const arbitraryXyz = fc.record({ x: space(), y: space(), z: space() })

function space(): Arbitrary<number> {
  return fc.oneof(fc.integer({ min: -100, max: 100 }), fc.double({ min: -100, max: 100, noNaN: true }))
}

function arbitraryParts(size: TargetSize) {
  return fc.integer({ min: 1, max: 3 }).chain((count) => {
    // Each part has a strip of the picture for itself, so that no two overlap.
    const strip = size.width / count
    return fc.tuple(...Array.from({ length: count }, (_, index) => arbitraryPart(index * strip, strip, size.height)))
  })
}

const MAKE: Make = {
  box: (size) => made(arbitraryRectangle(size), (o) => new definitions.Box(o)),
  cube: (size) =>
    made(
      fc.record({
        frontTl: arbitraryPoint(size),
        frontTr: arbitraryPoint(size),
        frontBr: arbitraryPoint(size),
        frontBl: arbitraryPoint(size),
        backTl: arbitraryPoint(size),
        backTr: arbitraryPoint(size),
        backBr: arbitraryPoint(size),
        backBl: arbitraryPoint(size),
        angle: arbitraryAngle,
      }),
      (o) => new definitions.Cube(o),
    ),
  cube_3d: () =>
    made(
      fc.record({ position: arbitraryXyz, scale: arbitraryXyz, rotation: arbitraryXyz }),
      (o) => new definitions.Cube3d(o),
    ),
  class: () => arbitraryInit.map((init) => new definitions.Classification(init)),
  comparison: () => made(fc.record({ coordinates: arbitraryJson }), (o) => new definitions.Comparison(o)),
  ellipse: (size) =>
    made(
      fc
        .tuple(arbitraryPoint(size), arbitraryPoint(size), arbitraryAngle)
        .map(([[x, y], [rx, ry], angle]) => ({ x, y, rx: rx / 2, ry: ry / 2, angle })),
      (o) => new definitions.Ellipse(o),
    ),
  note: (size) => {
    const conversation = fc.record({
      messages: fc.array(arbitraryMessage, { maxLength: 3 }),
      status: fc.constantFrom('issue', 'open', 'approved', 'review'),
      assignee: orNull(fc.emailAddress()),
      creator: orNull(fc.emailAddress()),
      createTime: orNull(fc.integer({ min: 0, max: 2_000_000_000_000 })),
    })
    const rest: Arbitrary<Omit<NoteInit, keyof DefinitionInit>> = fc
      .tuple(arbitraryRectangle(size), conversation)
      .map(([rectangle, more]) => ({ ...rectangle, ...more }))
    return made(rest, (o) => new definitions.Note(o))
  },
  point: (size) =>
    made(
      arbitraryPoint(size).map(([x, y]) => ({ x, y })),
      (o) => new definitions.Point(o),
    ),
  segment: (size) =>
    made(
      arbitraryParts(size).map((parts) => ({ parts })),
      (o) => new definitions.Polygon(o),
    ),
  polyline: (size) =>
    made(
      fc.array(arbitraryLine(size), { minLength: 1, maxLength: 3 }).map((lines) => ({ lines })),
      (o) => new definitions.Polyline(o),
    ),
  pose: (size) =>
    made(
      fc.record({ points: arbitraryPose(size), templateId: orNothing(fc.uuid()), instanceId: orNothing(fc.uuid()) }),
      (o) => new definitions.Pose(o),
    ),
  binary: (size) => {
    const byte = fc.integer({ min: 0, max: 255 })
    return made(
      fc.record({ mask: arbitraryMask(size), color: orNothing(fc.tuple(byte, byte, byte)) }),
      (o) => new definitions.Segmentation(o),
    )
  },
  subtitle: () => made(fc.record({ text: arbitraryText }), (o) => new definitions.Subtitle(o)),
  text_mark: (size) =>
    made(
      fc
        .tuple(
          fc.constantFrom('paragraph', 'block'),
          fc.nat({ max: 1000 }),
          fc.nat({ max: 1000 }),
          orNothing(arbitraryPoint(size)),
        )
        .map(([textType, start, length, at]) => ({ textType, start, end: start + length, x: at?.[0], y: at?.[1] })),
      (o) => new definitions.TextMark(o),
    ),
  gis: () => {
    const degrees = fc.tuple(
      fc.double({ min: -180, max: 180, noNaN: true }),
      fc.double({ min: -90, max: 90, noNaN: true }),
    )
    const geo = fc.oneof(
      fc.record({ geoType: fc.constant('point' as const), geo: degrees }),
      fc.record({
        geoType: fc.constantFrom('box' as const, 'polygon' as const, 'polyline' as const),
        geo: fc.array(fc.array(degrees, { minLength: 2, maxLength: 6 }), { minLength: 1, maxLength: 2 }),
      }),
    )
    return made(geo, (o) => new definitions.Gis(o))
  },
  text: () => made(fc.record({ text: arbitraryText }), (o) => new definitions.FreeText(o)),
  ref_image: () =>
    made(
      fc.record({
        ref: fc.oneof(fc.webUrl(), fc.uuid()),
        refType: orNothing(fc.constantFrom('url', 'id')),
        mimetype: orNull(fc.constantFrom('image/png', 'image/jpeg')),
      }),
      (o) => new definitions.RefImage(o),
    ),
  item_description: () => made(fc.record({ text: arbitraryText }), (o) => new definitions.ItemDescription(o)),
  undefined: () =>
    made(
      fc.record({
        sourceType: fc.constantFrom('ref_semantic_3d', 'polyline_3d', 'line', 'recording', 'something new'),
        coordinates: arbitraryJson,
      }),
      (o) => new definitions.UndefinedAnnotation(o),
    ),
}

/** Definitions of one type, inside a picture of `size` (default {@link CANVAS}). */
export function arbitraryDefinition<T extends AnnotationDefinition['type']>(
  type: T,
  size: TargetSize = CANVAS,
): Arbitrary<DefinitionOf<T>> {
  return MAKE[type](size)
}

/** Definitions of all types, or of those in `types`, inside a picture of `size`. */
export function arbitraryAnyDefinition(
  size: TargetSize = CANVAS,
  types: readonly AnnotationDefinition['type'][] = definitions.DEFINITION_TYPES,
): Arbitrary<AnnotationDefinition> {
  return fc.constantFrom(...types).chain((type): Arbitrary<AnnotationDefinition> => arbitraryDefinition(type, size))
}

/** Boxes that are not turned, for formats that know no other. */
export function arbitraryUprightBox(size: TargetSize = CANVAS): Arbitrary<Box> {
  return made(arbitrarySides(size), (o: BoxInit) => new definitions.Box(o))
}
