import fc, { type Arbitrary } from 'fast-check'
import { Annotation, type AnnotationInit } from '../../../src/dataset/annotation.js'
import type { Header } from '../../../src/dataset/dataset.js'
import type { Extra, ExtraFields, Raw } from '../../../src/dataset/extra.js'
import type { Id } from '../../../src/dataset/id.js'
import { Item, type ItemInit, type Media } from '../../../src/dataset/item.js'
import { type Label, LabelTree } from '../../../src/dataset/labels.js'
import type { AnnotationDefinition } from '../../../src/definitions/index.js'
import type { JsonValue } from '../../../src/text/json-value.js'
import { arbitraryAnyDefinition, arbitraryLabel } from '../../arbitraries/definitions.js'

// Items, annotations and headers with every field of the model, as wild as the model allows.

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('', '\u2028', '\ud800', 'a\nb\t"'),
)

const arbitraryId: Arbitrary<Id> = fc.oneof(
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map((value): Id => ({ text: String(value), kind: 'integer' })),
  fc.nat().map((value): Id => ({ text: String(value), kind: 'integer' })),
  text.map((value): Id => ({ text: value, kind: 'string' })),
  fc.nat().map((value): Id => ({ text: String(value), kind: 'string' })),
)

/** Numbers that nothing in the model checks. */
const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, 1, 0.1, 1e-7, 1e21, 5e-324, Number.MAX_VALUE, Number.NaN, Infinity, -Infinity),
)

/** JSON texts in which every character counts, on one line. */
const jsonSource = fc.oneof(
  fc.constantFrom('1', '1.0', '-0', '1e5', '12345678901234567890.50', 'null', 'true', '[]', '{ "b": 1.10, "a" : [ ] }'),
  fc.json(),
)

const anySource = fc.oneof(jsonSource, fc.constantFrom('', ' 1', 'NaN', '[1', "it's", 'a\nb', '"\ud800"'), text)

const arbitraryFields: Arbitrary<ExtraFields> = fc
  .tuple(
    fc.array(text, { maxLength: 3 }),
    fc.array(fc.tuple(fc.oneof(text, fc.constant('__proto__')), anySource), { maxLength: 3 }),
    fc.option(text, { nil: undefined }),
  )
  .map(([keys, fields, form]) => ({ keys, fields: new Map(fields), form }))

const arbitraryExtra: Arbitrary<Extra> = fc
  .array(fc.tuple(fc.oneof(fc.constantFrom('coco', 'coco:train', 'native', '__proto__'), text), arbitraryFields), {
    maxLength: 2,
  })
  .map((entries) => new Map(entries))

const encoder = new TextEncoder()

const arbitraryRaw: Arbitrary<Raw> = fc.record({
  format: fc.oneof(fc.constantFrom('coco', 'vtt'), text),
  bytes: fc.oneof(
    anySource.map((source) => encoder.encode(source)),
    fc.uint8Array({ maxLength: 12 }),
  ),
})

function some<T>(of: Arbitrary<T>): Arbitrary<T | undefined> {
  return fc.option(of, { nil: undefined, freq: 2 })
}

const sources = { extra: some(arbitraryExtra), raw: some(arbitraryRaw) }
const metadata = some(fc.oneof(fc.jsonValue({ maxDepth: 3 }) as Arbitrary<JsonValue>, fc.constant(-0)))

function arbitraryAnnotation(definition: Arbitrary<AnnotationDefinition>): Arbitrary<Annotation> {
  const keyFrame = fc.record({
    frame: fc.oneof(fc.nat(), anyNumber),
    definition,
    fixed: fc.boolean(),
    visible: fc.boolean(),
    extra: some(arbitraryExtra),
  })
  const init: Arbitrary<AnnotationInit> = fc.record({
    definition,
    id: some(arbitraryId),
    parentId: some(arbitraryId),
    objectId: some(arbitraryId),
    score: some(anyNumber),
    model: some(fc.record({ name: some(text), id: some(text) })),
    automated: some(fc.boolean()),
    status: some(text),
    box: some(fc.record({ left: anyNumber, top: anyNumber, right: anyNumber, bottom: anyNumber })),
    area: some(anyNumber),
    flags: some(
      fc.record({
        crowd: some(fc.boolean()),
        truncated: some(fc.boolean()),
        occluded: some(fc.boolean()),
        difficult: some(fc.boolean()),
      }),
    ),
    span: some(
      fc.record({
        frame: some(fc.nat()),
        endFrame: some(fc.nat()),
        startTime: some(anyNumber),
        endTime: some(anyNumber),
      }),
    ),
    keyFrames: some(fc.array(keyFrame, { maxLength: 2 })),
    metadata,
    ...sources,
  })
  return init.map((fields) => new Annotation(fields))
}

const side = fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.constant(Number.MAX_SAFE_INTEGER))

const arbitraryMedia: Arbitrary<Media> = fc.record({
  kind: fc.constantFrom('image', 'video', 'audio', 'text'),
  width: some(side),
  height: some(side),
  orientation: some(fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 8)),
  fps: some(fc.record({ numerator: fc.nat(), denominator: fc.nat() })),
  frames: some(fc.nat()),
  duration: some(anyNumber),
  mimetype: some(text),
})

/** An item; `types` restricts the definitions. */
export function arbitraryItem(types?: readonly AnnotationDefinition['type'][]): Arbitrary<Item> {
  const annotation = arbitraryAnnotation(arbitraryAnyDefinition(undefined, types))
  const init: Arbitrary<ItemInit> = fc.record({
    id: arbitraryId,
    path: fc.constantFrom('a.jpg', 'train/ä 1.png', 'a\\b', 'x..y/z.jpg', '"', ''),
    media: arbitraryMedia,
    split: some(text),
    annotations: fc.array(annotation, { maxLength: 3 }),
    metadata,
    ...sources,
  })
  return init.map((fields) => new Item(fields))
}

const arbitrarySkeleton = fc.record({
  keypoints: fc.array(text, { maxLength: 3 }),
  edges: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 3 }),
})

const byte = fc.integer({ min: 0, max: 255 })

const arbitraryLabelEntry: Arbitrary<Label> = fc.record({
  name: fc.oneof(arbitraryLabel, text),
  id: some(arbitraryId),
  parent: some(text),
  color: some(fc.tuple(byte, byte, byte)),
  skeleton: some(arbitrarySkeleton),
  declared: some(fc.boolean()),
  ...sources,
})

export const arbitraryHeader: Arbitrary<Header> = fc.record({
  labels: fc
    .uniqueArray(arbitraryLabelEntry, { selector: ({ name }) => name, maxLength: 4 })
    .map((labels) => new LabelTree(labels)),
  info: metadata,
  splits: fc.array(text, { maxLength: 3 }),
  strays: fc.array(fc.record({ raw: arbitraryRaw, reason: text, label: some(text), split: some(text) }), {
    maxLength: 2,
  }),
  extra: some(arbitraryExtra),
})
