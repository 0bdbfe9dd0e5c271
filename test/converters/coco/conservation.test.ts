import fc, { type Arbitrary } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coco } from '../../../src/converters/coco/format.js'
import { FIELD_NAMES } from '../../../src/converters/format.js'
import type { Effect } from '../../../src/dataset/account.js'
import { Annotation, type AnnotationInit } from '../../../src/dataset/annotation.js'
import { createDataset } from '../../../src/dataset/dataset.js'
import type { Extra } from '../../../src/dataset/extra.js'
import type { Id } from '../../../src/dataset/id.js'
import { Item, type Media } from '../../../src/dataset/item.js'
import { type AnnotationDefinition, DEFINITION_TYPES, type DefinitionType } from '../../../src/definitions/index.js'
import type { JsonValue } from '../../../src/text/json-value.js'
import { arbitraryDefinition, CANVAS } from '../../arbitraries/definitions.js'
import { cocoFaults } from './cocoapi.js'
import { readDocument, writeDataset } from './harness.js'

// Whatever a program puts into a data set, COCO takes what it can, the ledger adds up, and what it calls kept comes back.

const text = fc.string({ unit: 'grapheme', maxLength: 10 })
const id: Arbitrary<Id> = fc.oneof(
  fc.integer({ min: -3, max: 12 }).map((value): Id => ({ text: String(value), kind: 'integer' })),
  fc.bigInt({ min: 2n ** 53n, max: 2n ** 53n + 4n }).map((value): Id => ({ text: String(value), kind: 'integer' })),
  fc.oneof(text, fc.constantFrom('7', '5f1c')).map((value): Id => ({ text: value, kind: 'string' })),
)
const number = fc.double({ noNaN: true, noDefaultInfinity: true })
const json = fc.jsonValue({ maxDepth: 2 }) as Arbitrary<JsonValue>

function some<T>(of: Arbitrary<T>): Arbitrary<T | undefined> {
  return fc.option(of, { nil: undefined })
}

const extra: Arbitrary<Extra> = fc
  .dictionary(text, fc.constantFrom('1.0', '7706992903151817196', '{"b":1,"a":[null]}', '"x"'), { maxKeys: 2 })
  .map(
    (fields) =>
      new Map([['dataloop', { keys: ['type', ...Object.keys(fields)], fields: new Map(Object.entries(fields)) }]]),
  )

function arbitraryAnnotation(definition: Arbitrary<AnnotationDefinition>): Arbitrary<Annotation> {
  const flag = some(fc.boolean())
  const init: Arbitrary<AnnotationInit> = fc.record({
    definition,
    id: some(id),
    parentId: some(id),
    objectId: some(id),
    score: some(number),
    model: some(fc.record({ name: text, id: text })),
    automated: flag,
    status: some(text),
    area: some(number),
    flags: fc.record({ crowd: flag, truncated: flag, occluded: flag, difficult: flag }),
    metadata: some(json),
    extra: some(extra),
  })
  return init.map((fields) => new Annotation(fields))
}

const MEDIA: Media = { kind: 'image', ...CANVAS }

function arbitraryItems(definition: Arbitrary<AnnotationDefinition>): Arbitrary<readonly Item[]> {
  const annotations = fc.array(arbitraryAnnotation(definition), { maxLength: 3 })
  const item = fc.record({ id, annotations, metadata: some(json), extra: some(extra) })
  return fc
    .array(item, { minLength: 1, maxLength: 3 })
    .map((items) => items.map((init, i) => new Item({ ...init, path: `sub/${i}.jpg`, media: MEDIA })))
}

/** What becomes of a definition: as the format says of its type, but for the shapes its note names. */
function effectOf(definition: AnnotationDefinition): Effect {
  if (definition.type === 'box' && definition.angle % 360 !== 0) return 'derived'
  if (definition.type === 'segment' && definition.parts.some(({ holes }) => holes.length > 0)) return 'approximated'
  if (definition.type === 'pose' && definition.bounds === null) return 'dropped'
  return coco.expresses.definitions[definition.type].effect
}

/** What comes back unchanged of an annotation, whatever its geometry came to. */
function carried({
  parentId,
  objectId,
  model,
  automated,
  status,
  flags,
  metadata,
  score,
  extra,
  ...annotation
}: Annotation) {
  const { label, attributes, description } = annotation.definition
  return {
    label,
    attributes: Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)),
    description,
    parentId,
    objectId,
    model,
    automated,
    status,
    flags: [flags.crowd ?? false, flags.truncated, flags.occluded, flags.difficult],
    metadata,
    score,
    extra: extra?.get('dataloop'),
  }
}

describe.each(DEFINITION_TYPES)('COCO and the ledger, %s', (type: DefinitionType) => {
  it('add up, and what is kept comes back', async () => {
    let kept = 0
    await fc.assert(
      fc.asyncProperty(arbitraryItems(arbitraryDefinition(type)), fc.boolean(), async (items, again) => {
        const annotations = items.flatMap((item) => item.annotations)
        const { text, report } = await writeDataset(createDataset({ items }), { document: 'single' })
        const expected = { read: annotations.length, kept: 0, derived: 0, approximated: 0, dropped: 0 }
        for (const { definition } of annotations) expected[effectOf(definition)]++
        expect(report.annotations).toEqual(expected)
        for (const { level, effect, subject, reason, measure } of report.ledger) {
          if (level !== 'annotation') continue
          expect(subject).toBe(type)
          expect(reason === undefined).toBe(effect === 'kept')
          if (effect === 'approximated') expect(measure?.value).toBeGreaterThanOrEqual(0)
          else expect(measure).toBeUndefined()
        }
        expect(cocoFaults(text)).toEqual([])
        kept += expected.kept

        const back = await readDocument(text, 'strict')
        expect(
          back.items.map((item) => [item.id, item.path, item.media, item.metadata, item.extra?.get('dataloop')]),
        ).toEqual(items.map((item) => [item.id, item.path, item.media, item.metadata, item.extra?.get('dataloop')]))
        for (const [i, item] of items.entries()) {
          const written = item.annotations.filter(({ definition }) => effectOf(definition) !== 'dropped')
          const found = back.items[i]?.annotations ?? []
          expect(found.length).toBe(written.length)
          for (const [k, annotation] of written.entries()) {
            const other = found[k]
            if (other === undefined) throw new Error('as many as were written')
            expect(carried(other)).toEqual(carried(annotation))
            if (annotation.id !== undefined) expect(other.id).toEqual(annotation.id)
            if (annotation.area !== undefined) expect(other.area).toBe(annotation.area)
            if (effectOf(annotation.definition) === 'kept')
              expect([other.type, annotation.definition.equals(other.definition)]).toEqual([type, true])
          }
        }
        // From COCO to COCO nothing changes any more.
        if (again) expect((await writeDataset(back.dataset, { rewrite: true })).text).toBe(text)
      }),
      { numRuns: 40 },
    )
    expect(kept > 0).toBe(coco.expresses.definitions[type].effect === 'kept')
  })
})

describe('what the format says it can hold', () => {
  it('is what the properties above check', () => {
    expect(coco.expresses.media).toEqual(['image'])
    expect(coco.expresses.needsSize).toBe(false)
    const time = ['key frames']
    expect([...coco.expresses.fields].sort()).toEqual(FIELD_NAMES.filter((name) => !time.includes(name)).sort())
    const effects = Object.entries(coco.expresses.definitions).map(([type, { effect }]) => [effect, type])
    expect(effects.filter(([effect]) => effect !== 'dropped').sort()).toEqual([
      ['approximated', 'ellipse'],
      ['derived', 'cube'],
      ['kept', 'binary'],
      ['kept', 'box'],
      ['kept', 'pose'],
      ['kept', 'segment'],
      ['kept', 'text'],
    ])
  })
})
