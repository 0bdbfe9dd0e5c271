import fc, { type Arbitrary } from 'fast-check'
import { Annotation } from '../../src/dataset/annotation.js'
import { idFrom } from '../../src/dataset/id.js'
import { Item } from '../../src/dataset/item.js'
import type { AnnotationDefinition } from '../../src/definitions/index.js'
import { arbitraryDefinition } from '../arbitraries/definitions.js'

/** The picture of these items. Not square. */
const SIZE = { width: 64, height: 40 } as const

function some<T>(of: Arbitrary<T>): Arbitrary<T | undefined> {
  return fc.option(of, { nil: undefined, freq: 2 })
}

function arbitraryAnnotation(definition: Arbitrary<AnnotationDefinition>): Arbitrary<Annotation> {
  return fc
    .record({
      definition,
      id: some(fc.nat({ max: 1000 })),
      objectId: some(fc.nat({ max: 9 })),
      score: some(fc.double({ min: 0, max: 1, noNaN: true })),
      automated: some(fc.boolean()),
      status: some(fc.constantFrom('issue', 'approved', 'review')),
      flags: some(
        fc.record({
          crowd: some(fc.boolean()),
          truncated: some(fc.boolean()),
          occluded: some(fc.boolean()),
          difficult: some(fc.boolean()),
        }),
      ),
      area: some(fc.double({ min: 0, max: 5000, noNaN: true })),
    })
    .map(
      ({ id, objectId, ...rest }) =>
        new Annotation({
          ...rest,
          id: id === undefined ? undefined : idFrom(id),
          objectId: objectId === undefined ? undefined : idFrom(objectId),
        }),
    )
}

/** Up to three items with annotations of one type each, or with none. */
export function arbitraryItems(type: AnnotationDefinition['type']): Arbitrary<readonly Item[]> {
  const annotations = fc.array(arbitraryAnnotation(arbitraryDefinition(type, SIZE)), { maxLength: 3 })
  return fc
    .array(fc.tuple(annotations, fc.constantFrom(undefined, 'train', 'val')), { minLength: 1, maxLength: 3 })
    .map((items) =>
      items.map(
        ([list, split], i) =>
          new Item({
            id: idFrom(i + 1),
            path: `picture ${i}.jpg`,
            split,
            media: { kind: 'image', ...SIZE },
            annotations: list.map((annotation, k) =>
              // One id for one annotation.
              annotation.id === undefined ? annotation : annotation.with({ id: idFrom(1000 * i + k + 1) }),
            ),
          }),
      ),
    )
}
