import { Annotation, type AnnotationInit, type Flags, type ModelInfo } from '../../../dataset/annotation.js'
import { type Id, idFrom } from '../../../dataset/id.js'
import type { AnnotationDefinition } from '../../../definitions/index.js'

/** What an annotation may say beside its definition; ids as plain numbers and names. */
export type Remarks = Omit<AnnotationInit, 'definition' | 'id' | 'parentId' | 'objectId'> & {
  readonly parent?: number
  readonly object?: string
}

/** An annotation with an id that is unique in the demo: the number of its item times 100, and counting. */
export function mark(
  id: number,
  definition: AnnotationDefinition,
  { parent, object, ...rest }: Remarks = {},
): Annotation {
  return new Annotation({
    ...rest,
    definition,
    id: idFrom(id),
    parentId: optional(parent),
    objectId: optional(object),
  })
}

function optional(value: number | string | undefined): Id | undefined {
  return value === undefined ? undefined : idFrom(value)
}

/** The model whose predictions some scores are. There is none: the demo plays one. */
export const MODEL: ModelInfo = { name: 'demo-detector', id: '2024-06' }

export const OCCLUDED: Flags = { occluded: true }
